package simpay_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/payment"
	"courts.example/eservices/payment/simpay"
)

// merchant is a merchant's server, which answers as it is told.
type merchant struct {
	*httptest.Server
	mu     sync.Mutex
	answer func(w http.ResponseWriter)
	got    []payment.Message
	came   chan struct{}
}

func newMerchant(t *testing.T) *merchant {
	m := &merchant{came: make(chan struct{}, 1000), answer: func(http.ResponseWriter) {}}
	m.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		m.mu.Lock()
		defer m.mu.Unlock()
		if err == nil {
			m.got = append(m.got, payment.Message{Method: r.Method, Path: r.URL.RequestURI(), Header: r.Header, Body: body, Received: noon})
		}
		m.answer(w)
		m.came <- struct{}{}
	}))
	t.Cleanup(m.Close)
	return m
}

func (m *merchant) answers(f func(w http.ResponseWriter)) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.answer = f
}

// messages are those that came.
func (m *merchant) messages() []payment.Message {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.got
}

func (b *bench) deliver() int {
	b.Helper()
	n, err := b.sim.Deliver(b.Context())
	require.NoError(b, err)
	return n
}

func TestNotificationsAreDelivered(t *testing.T) {
	m := newMerchant(t)
	b := newBench(t)
	b.paid("A-1", func(r *payment.CreateRequest) { r.NotifyURL = m.URL + "/notify/simpay?token=x%2Fy" })
	require.Equal(t, 1, b.deliver())
	require.Equal(t, 0, b.deliver(), "once")
	require.Equal(t, "/notify/simpay?token=x%2Fy", m.messages()[0].Path)
	require.Equal(t, http.MethodPost, m.messages()[0].Method)
	r, err := b.client.Notification(t.Context(), m.messages()[0])
	require.NoError(t, err)
	require.True(t, r.Verified)
	require.Equal(t, b.query("A-1"), r.Events[0].Snapshot)
}

func TestWhatIsNotTakenComesAgain(t *testing.T) {
	for name, answer := range map[string]func(w http.ResponseWriter){
		"an error":    func(w http.ResponseWriter) { w.WriteHeader(500) },
		"elsewhere":   func(w http.ResponseWriter) { w.Header().Set("Location", "/elsewhere"); w.WriteHeader(307) },
		"a refusal":   func(w http.ResponseWriter) { w.WriteHeader(400) },
		"a cut":       func(http.ResponseWriter) { panic(http.ErrAbortHandler) },
		"throttling":  func(w http.ResponseWriter) { w.WriteHeader(429) },
		"not changed": func(w http.ResponseWriter) { w.WriteHeader(304) },
	} {
		t.Run(name, func(t *testing.T) {
			m := newMerchant(t)
			m.answers(answer)
			b := newBench(t)
			b.paid("A-1", func(r *payment.CreateRequest) { r.NotifyURL = m.URL })
			for _, after := range []time.Duration{0, 5 * time.Second, 15 * time.Second, time.Minute, 5 * time.Minute, 15 * time.Minute, time.Hour, time.Hour} {
				b.clock.add(after - min(after, 1))
				before := len(m.messages())
				if after > 0 {
					require.Equal(t, 0, b.deliver())
					require.Len(t, m.messages(), before, "not before its time")
				}
				b.clock.add(min(after, 1))
				require.Equal(t, 0, b.deliver())
				require.Len(t, m.messages(), before+1)
			}
			m.answers(func(w http.ResponseWriter) { w.WriteHeader(204) })
			b.clock.add(time.Hour)
			require.Equal(t, 1, b.deliver())
			require.Equal(t, m.messages()[0].Body, m.messages()[len(m.messages())-1].Body, "the same event")
			require.NotEqual(t, m.messages()[0].Header["Simpay-Signature"], m.messages()[len(m.messages())-1].Header["Simpay-Signature"], "signed anew")
		})
	}
}

func TestAMerchantWhoIsNeverThere(t *testing.T) {
	m := newMerchant(t)
	m.Close()
	b := newBench(t)
	b.paid("A-1", func(r *payment.CreateRequest) { r.NotifyURL = m.URL })
	for range 100 {
		require.Equal(t, 0, b.deliver())
		b.clock.add(time.Hour)
	}
	require.Empty(t, b.events(), "after three days it is given up")
}

// Run delivers by itself what comes up, and ends with its context.
func TestRun(t *testing.T) {
	m := newMerchant(t)
	transport := &http.Transport{}
	b := newBench(t, func(o *simpay.Options) { o.HTTP = transport })
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- b.sim.Run(ctx) }()
	for _, ref := range []string{"A-1", "A-2"} {
		b.paid(ref, func(r *payment.CreateRequest) { r.NotifyURL = m.URL })
		<-m.came
	}
	stop()
	require.NoError(t, <-ended)
	transport.CloseIdleConnections()
}

func TestRunEndsWithItsJournal(t *testing.T) {
	j := &brittle{}
	b := newBench(t, func(o *simpay.Options) { o.Journal = j })
	b.paid("A-1")
	j.fail(errors.New("the disk is full"))
	require.ErrorIs(t, b.sim.Run(t.Context()), simpay.ErrJournal)
}
