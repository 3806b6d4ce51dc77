package payment_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/payment"
	"courts.example/eservices/payment/simpay"
)

func TestStatusOfWhatGoesBack(t *testing.T) {
	d := newDesk(t, nil)
	quiet, err := d.Status(d.ctx)
	require.NoError(t, err)
	require.Empty(t, quiet.Refunds)
	require.Empty(t, quiet.Inbox)
	require.Zero(t, quiet.Disputes)

	first, second := d.paid("o1"), d.paid("o2")
	d.deliver()
	d.propose("o1", 100)
	require.NoError(t, d.sim.Fail(simpay.Fault{Op: simpay.OpRefund, Mode: simpay.ReplyLost}))
	d.refund("o2", 100, payment.OperationUnknown)
	_, err = d.sim.OpenDispute(first.ID, cents(100))
	require.NoError(t, err)
	for _, m := range d.messages() {
		d.notify(m, http.StatusOK)
	}
	_, err = d.Check(d.ctx, first.Attempt)
	require.NoError(t, err)
	s, err := d.Status(d.ctx)
	require.NoError(t, err)
	one := payment.Tally{Count: 1, Oldest: monday}
	require.Equal(t, map[string]payment.Tally{payment.StageProposed: one, string(payment.OperationUnknown): one}, s.Refunds)
	require.Equal(t, map[payment.InboxState]payment.Tally{payment.InboxWaiting: {Count: 2, Oldest: monday}}, s.Inbox)
	require.NotEmpty(t, second.ID)
	d.later(time.Minute)
	s, err = d.Status(d.ctx)
	require.NoError(t, err)
	require.Empty(t, s.Inbox)
	require.Equal(t, one.Count, s.Disputes.Count)
	require.Equal(t, map[string]payment.Tally{payment.StageProposed: one}, s.Refunds)
}

func TestStandingOfAnOrder(t *testing.T) {
	d := newDesk(t, nil)
	_, err := d.Standing(d.ctx, "o1")
	require.ErrorIs(t, err, payment.ErrNoOrder)
	taken := d.paid("o1")
	d.refund("o1", 1000, payment.OperationSucceeded)
	lost := d.contest(taken.ID, 300)
	require.NoError(t, d.sim.EndDispute(lost.ID, false))
	d.deliver()
	d.propose("o1", 200)
	d.contest(taken.ID, 50)
	s, err := d.Standing(d.ctx, "o1")
	require.NoError(t, err)
	require.Equal(t, payment.Standing{
		Paid: cents(4200), Returning: cents(200), Returned: cents(1000), Contested: cents(50), Lost: cents(300), Left: cents(2650),
	}, s)
	d.attempt("o2")
	s, err = d.Standing(d.ctx, "o2")
	require.NoError(t, err)
	require.True(t, s.Paid.IsZero() && s.Left.IsZero())
}

func TestRefusalInWords(t *testing.T) {
	e := &payment.RefundableError{Of: "p", Left: cents(100), Asked: cents(200)}
	require.Equal(t, "HKD 2.00 can't be given back: HKD 1.00 is left of the payment.", e.Text().In("en"))
	require.Contains(t, e.Text().In("zh-Hant"), "HKD 2.00")
}
