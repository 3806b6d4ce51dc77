package gatewaytest_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"courts.example/eservices/payment/gatewaytest"
	"github.com/stretchr/testify/require"
)

// company counts what it was asked and answers "done".
type company struct{ asked []string }

func (c *company) RoundTrip(r *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	c.asked = append(c.asked, r.Method+" "+string(body))
	w := httptest.NewRecorder()
	_, err = w.WriteString("done")
	return w.Result(), err
}

// ask sends a request over a wire and gives the status, what could be read of the reply, and the first error.
func ask(t *testing.T, w *gatewaytest.Wire, method string) (int, string, error) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, "http://pay.example/", strings.NewReader("please"))
	require.NoError(t, err)
	reply, err := w.RoundTrip(r)
	if err != nil {
		return 0, "", err
	}
	defer reply.Body.Close()
	text, err := io.ReadAll(reply.Body)
	return reply.StatusCode, string(text), err
}

func TestWireWithoutAFault(t *testing.T) {
	c := &company{}
	w := &gatewaytest.Wire{Next: c}
	status, text, err := ask(t, w, http.MethodPost)
	require.NoError(t, err)
	require.Equal(t, 200, status)
	require.Equal(t, "done", text)
	require.Equal(t, []string{"POST please"}, c.asked)
}

// Each fault is as it says: whether the company has done it, and what comes back.
func TestWireFaults(t *testing.T) {
	for _, want := range []struct {
		fault  gatewaytest.Fault
		done   bool
		status int
		failed bool
	}{
		{gatewaytest.NoConnection, false, 0, true},
		{gatewaytest.Status500, false, 500, false},
		{gatewaytest.Status502, false, 502, false},
		{gatewaytest.Status503, false, 503, false},
		{gatewaytest.Status504, false, 504, false},
		{gatewaytest.Throttle, false, 429, false},
		{gatewaytest.Loop, false, 307, false},
		{gatewaytest.ReplyLost, true, 0, true},
		{gatewaytest.ErrorAfter, true, 500, false},
		{gatewaytest.CutShort, true, 200, true},
		{gatewaytest.Garbage, true, 200, false},
		{gatewaytest.Page, true, 200, false},
		{gatewaytest.NewCode, true, 418, false},
	} {
		c := &company{}
		w := &gatewaytest.Wire{Next: c, Strange: func() (int, string, string) { return 418, "text/plain", "teapot" }}
		trouble, err := w.Fault(want.fault, gatewaytest.All)
		require.NoError(t, err, want.fault)
		status, text, err := ask(t, w, http.MethodPost)
		require.Equal(t, want.failed, err != nil, "%s: %v", want.fault, err)
		require.Equal(t, want.status, status, want.fault)
		require.NotEqual(t, "done", text, want.fault)
		require.Equal(t, want.done, len(c.asked) == 1, want.fault)
		<-trouble.Met
		trouble.Heal()
		_, text, err = ask(t, w, http.MethodPost)
		require.NoError(t, err, want.fault)
		require.Equal(t, "done", text, want.fault)
	}
}

func TestWireSparesReads(t *testing.T) {
	w := &gatewaytest.Wire{Next: &company{}}
	trouble, err := w.Fault(gatewaytest.ReplyLost, gatewaytest.Changes)
	require.NoError(t, err)
	_, _, err = ask(t, w, http.MethodGet)
	require.NoError(t, err)
	_, _, err = ask(t, w, http.MethodPost)
	require.Error(t, err)
	w.Reads = func(*http.Request) bool { return true }
	_, _, err = ask(t, w, http.MethodPost)
	require.NoError(t, err)
	trouble.Heal()
}

// A late request gets to the company once, when the fault is healed, however often that is done.
func TestWireDeliversLate(t *testing.T) {
	c := &company{}
	w := &gatewaytest.Wire{Next: c}
	trouble, err := w.Fault(gatewaytest.Late, gatewaytest.Changes)
	require.NoError(t, err)
	_, _, err = ask(t, w, http.MethodPost)
	require.Error(t, err)
	require.Empty(t, c.asked)
	_, _, err = ask(t, w, http.MethodPut)
	require.NoError(t, err)
	require.Equal(t, []string{"PUT please"}, c.asked)
	trouble.Heal()
	trouble.Heal()
	require.Equal(t, []string{"PUT please", "POST please"}, c.asked)
}

// Healed, a stalled call gets its reply; a dripping one ends badly.
func TestWireHealsWhatWaits(t *testing.T) {
	for _, f := range []gatewaytest.Fault{gatewaytest.Stall, gatewaytest.Trickle} {
		w := &gatewaytest.Wire{Next: &company{}}
		trouble, err := w.Fault(f, gatewaytest.All)
		require.NoError(t, err)
		done := make(chan error, 1)
		go func() {
			_, _, err := ask(t, w, http.MethodPost)
			done <- err
		}()
		<-trouble.Met
		trouble.Heal()
		require.Equal(t, f == gatewaytest.Trickle, <-done != nil, f)
	}
}

func TestWireRefuses(t *testing.T) {
	w := &gatewaytest.Wire{Next: &company{}}
	_, err := w.Fault(gatewaytest.NewCode, gatewaytest.All)
	require.ErrorIs(t, err, gatewaytest.ErrNotOffered)
	_, err = w.Fault("thunder", gatewaytest.All)
	require.ErrorIs(t, err, gatewaytest.ErrNotOffered)
	_, err = w.Fault(gatewaytest.Loop, gatewaytest.All)
	require.NoError(t, err)
	_, err = w.Fault(gatewaytest.Page, gatewaytest.All)
	require.ErrorContains(t, err, "heal it first")
}
