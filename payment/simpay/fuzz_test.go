package simpay_test

import (
	"bytes"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/payment"
	"courts.example/eservices/payment/simpay"
)

// FuzzNotification: what is not signed is never believed; what is signed gives events with an id, an instant and a reference, or none.
func FuzzNotification(f *testing.F) {
	f.Add("t=1936008000,v1=00", []byte(goodBody))
	f.Add(",,t=,v1=", []byte(`{"events":[{}]}`))
	f.Add("v1=00,t=1936008000,t=1", []byte("null"))
	c, err := simpay.NewClient(simpay.ClientOptions{
		URL: address, Secrets: []simpay.Secret{secret}, Clock: func() time.Time { return noon }, Terms: simpay.Terms{Currencies: []string{"EUR"}},
	})
	require.NoError(f, err)
	f.Fuzz(func(t *testing.T, signature string, body []byte) {
		r, err := c.Notification(t.Context(), message(string(body), signature))
		require.NoError(t, err)
		require.False(t, r.Verified)
		require.Empty(t, r.Events)
		r, err = c.Notification(t.Context(), message(string(body), sealed(secret, stampOf(noon), string(body))))
		require.NoError(t, err)
		require.Equal(t, r.Verified, r.Reject == "")
		for _, e := range r.Events {
			require.NotEmpty(t, e.ID)
			require.NotEmpty(t, e.Reference)
			require.LessOrEqual(t, len(e.Reference), 25)
			require.False(t, e.Time.IsZero())
		}
	})
}

// FuzzAnswer: whatever a company answers, the client gives an error of a class or an answer about what was asked.
func FuzzAnswer(f *testing.F) {
	f.Add(200, "application/json", `{"reference":"A-1","id":"s","state":"pending","next":{"flow":"qr","path":"/pay/x"}}`)
	f.Add(200, "application/json; charset=utf-8", `{"lines":[{"id":"l","gross":"EUR 1.00"}],"next":5}`)
	f.Add(400, "application/json", `{"error":{"code":"declined","decline":"x"}}`)
	f.Add(429, "", "")
	f.Fuzz(func(t *testing.T, status int, kind, body string) {
		b := newBench(t)
		c := b.newClient(hostile(status, kind, body), secret)
		a, err := c.Create(t.Context(), b.request("A-1"))
		if err != nil {
			require.NotEmpty(t, payment.ClassOf(err))
		} else {
			require.NotEmpty(t, a.GatewayRef)
		}
		_, err = c.Query(t.Context(), payment.QueryRequest{Reference: "A-1"})
		_, err2 := c.Refund(t.Context(), refundOf("R-1", "p", eur(1), eur(1)))
		_, err3 := c.Settlement(t.Context(), payment.SettlementDay{Date: "2031-05-06"})
		for _, err := range []error{err, err2, err3} {
			if e := (*payment.GatewayError)(nil); err != nil {
				require.ErrorAs(t, err, &e)
			}
		}
	})
}

// FuzzRequest: whatever is sent to the company, it answers with JSON of a known status, and does not open a session with a bad reference.
func FuzzRequest(f *testing.F) {
	f.Add("POST", "/v1/sessions", `{"reference":"A-1","amount":"EUR 1.00","flow":"redirect"}`)
	f.Add("POST", "/v1/refunds", `{"reference":"R-1","paymentId":"charge-000001","amount":"EUR 1.00"}`)
	f.Add("POST", "/v1/sessions/capture", `{"reference":"A-1","amount":"EUR -1.00"}`)
	f.Add("GET", "/v1/settlement?date=2031-05-06&after=-1", "")
	f.Add("POST", "/pay/x", "deed=pay&once=ABCDEFGHIJKLMNOPQRST")
	f.Fuzz(func(t *testing.T, method, target, body string) {
		b := newBench(t)
		b.held("H-1")
		q, err := http.NewRequestWithContext(t.Context(), method, address+"/"+strings.TrimPrefix(target, "/"), strings.NewReader(body))
		if err != nil {
			return
		}
		q.Header.Set("Authorization", b.bearer())
		q.Header.Set("Simpay-Key", "k")
		q.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		a, err := b.sim.RoundTripper().RoundTrip(q)
		require.NoError(t, err)
		defer a.Body.Close()
		_, err = io.ReadAll(a.Body)
		require.NoError(t, err)
		require.Contains(t, []int{200, 301, 303, 307, 400, 404, 405, 409}, a.StatusCode)
		totals, err := b.sim.Totals(euro)
		require.NoError(t, err)
		require.GreaterOrEqual(t, totals.Owed.Minor(), int64(0))
	})
}

// FuzzJournal: a file is read as it was, without a torn end, or refused; never changed otherwise.
func FuzzJournal(f *testing.F) {
	f.Add([]byte("53b7f1f0 [1]\n"))
	f.Add([]byte("00000000 \n"))
	f.Add([]byte("00000000 \n00000000"))
	f.Fuzz(func(t *testing.T, text []byte) {
		path := filepath.Join(t.TempDir(), "journal")
		require.NoError(t, os.WriteFile(path, text, 0o600))
		j, err := simpay.OpenJournal(path)
		if err != nil {
			require.ErrorIs(t, err, simpay.ErrJournal)
			return
		}
		n := len(entries(t, j))
		require.NoError(t, j.Append([]byte("more")))
		require.NoError(t, j.Close())
		kept, err := os.ReadFile(path)
		require.NoError(t, err)
		whole := text[:bytes.LastIndexByte(text, '\n')+1]
		require.True(t, bytes.HasPrefix(kept, whole))
		require.Equal(t, n+1, bytes.Count(kept, []byte("\n")))
	})
}
