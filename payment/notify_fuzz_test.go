package payment_test

import (
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/payment"
)

// FuzzInbox has a gateway tell anything at all, twice, and answer questions with it. Nothing of it is an error, and the books stay sound.
func FuzzInbox(f *testing.F) {
	for _, seed := range []string{
		`[]`, `[{}]`, `[{"ID":"e","Reference":"%s","Snapshot":{"Found":true,"State":"succeeded"}}]`,
		`[{"ID":"e|1","Snapshot":{"Payments":[{"id":"p","amount":"HKD 42.00","paidAt":"2026-03-02T01:00:00Z"}]}}]`,
		`[{"Snapshot":{"State":"succeeded","Payments":[{"id":"","amount":"HKD 42.00","paidAt":"0001-01-01T00:00:00Z","masked":"x"}],"Final":true}}]`,
		`[{"Snapshot":{"Payments":[{"id":"p","amount":"HKD 42.00"}],"Refunds":[{"id":"r","paymentId":"p","amount":"HKD 1.00","state":"succeeded"}]}}]`,
		`[{"Snapshot":{"Payments":[{"id":"p","amount":"HKD 42.00"}],"Refunds":[{"id":"r","paymentId":"p","amount":"USD 1.00","state":"succeeded"}]}}]`,
		`[{"Snapshot":{"Payments":[{"id":"p","amount":"HKD 42.00"}],"Refunds":[{"id":"r","paymentId":"p","amount":"HKD 99.00","state":"succeeded"}]}}]`,
		`[{"Snapshot":{"Payments":[{"id":"p","amount":"HKD 42.00"}],"Disputes":[{"id":"d","paymentId":"p","amount":"HKD 42.00","state":"lost"}]}}]`,
		`[{"Snapshot":{"Payments":[{"id":"p","amount":"HKD 42.00"}],"Disputes":[{"id":"d","paymentId":"p","amount":"USD 9.00","state":"open"},{"id":"d","paymentId":"q","amount":"HKD 1.00","state":"won"}]}}]`,
		`[{"ID":"\u0000","Reference":"\u0001","Time":"9999-12-31T23:59:59Z","Snapshot":{"State":"\u0000","GatewayRef":"\u0000"}}]`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var events []payment.GatewayEvent
		if json.Unmarshal(data, &events) != nil || len(events) > 20 {
			t.Skip()
		}
		d := newDesk(t, nil)
		g := d.script()
		a := d.attempt("o1")
		for i := range events {
			events[i].Reference = a.ID
		}
		g.query = func(r payment.QueryReply, err error) (payment.QueryReply, error) {
			if len(events) > 0 {
				r = events[0].Snapshot
				r.Found = true
			}
			return r, err
		}
		g.tells(events...)
		d.notify(payment.Message{}, http.StatusOK)
		d.work()
		d.notify(payment.Message{}, http.StatusOK)
		d.later(time.Hour)
		_, err := d.Check(d.ctx, a.ID)
		require.NoError(t, err)
		d.sound()
	})
}
