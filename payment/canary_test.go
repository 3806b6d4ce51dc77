package payment_test

import (
	"errors"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/payment"
	"courts.example/eservices/payment/simpay"
)

// The canaries are numbers of test cards in three spellings.
const (
	canary   = "4111111111111111"
	spaced   = "5555 5555 5555 4444"
	hyphened = "3782-822463-10005"
	all      = canary + " " + spaced + " " + hyphened
)

// noCanary expects that no canary is in the store's files, in the log, or in a text.
func (d *desk) noCanary(texts ...string) {
	d.t.Helper()
	texts = append(texts, d.log.String())
	for _, suffix := range []string{"", "-wal"} {
		b, err := os.ReadFile(d.path + suffix)
		if !errors.Is(err, os.ErrNotExist) {
			require.NoError(d.t, err)
		}
		texts = append(texts, string(b))
	}
	for _, text := range texts {
		for _, c := range []string{canary, spaced, hyphened} {
			at := strings.Index(text, c)
			require.Negative(d.t, at, "%s in %q", c, text[max(0, at-200):min(len(text), max(0, at)+60)])
		}
	}
}

// TestCanariesInEvents plants card numbers into everything that an event can say.
func TestCanariesInEvents(t *testing.T) {
	d := newDesk(t, nil)
	g := d.script()
	a := d.attempt("o1")
	paid := payment.GatewayPayment{ID: canary, Amount: cents(4200), PaidAt: monday, Means: canary, Masked: all}
	snapshot := payment.QueryReply{
		Found: true, State: payment.AttemptState(all), GatewayRef: canary, Payments: []payment.GatewayPayment{paid},
		Refunds:  []payment.GatewayRefund{{ID: spaced, Reference: canary, PaymentID: canary, Amount: cents(1), State: payment.OperationSucceeded}},
		Disputes: []payment.GatewayDispute{{ID: hyphened, PaymentID: canary, Amount: cents(2), State: payment.DisputeOpen}},
		Decline:  payment.Decline(canary), Next: payment.NextAction{Flow: payment.Flow(canary), URL: "https://a/" + canary, Code: canary, Fields: map[string]string{canary: canary}},
	}
	g.tells(
		payment.GatewayEvent{ID: canary, Reference: a.ID, Snapshot: snapshot},
		payment.GatewayEvent{ID: all, Reference: spaced, Snapshot: snapshot},
		payment.GatewayEvent{Reference: canary, Snapshot: snapshot},
	)
	g.query = func(payment.QueryReply, error) (payment.QueryReply, error) {
		known := snapshot
		known.State = payment.AttemptSucceeded
		return known, nil
	}
	d.notify(payment.Message{
		Path: "/" + canary, Header: http.Header{canary: {all}}, Body: []byte(all),
	}, http.StatusOK)
	_, _ = d.Work(d.ctx)
	d.later(time.Minute)
	require.Len(t, d.inbox(payment.InboxStray), 2)
	require.Len(t, d.inbox(payment.InboxDone), 1)
	disputes, _, err := d.Disputes(d.ctx, payment.DisputeQuery{Order: "o1"})
	require.NoError(t, err)
	require.Len(t, disputes, 1, "it is on record, under another name")
	refunds, _, err := d.Refunds(d.ctx, payment.RefundQuery{Flag: payment.FlagUnrequested})
	require.NoError(t, err)
	require.Len(t, refunds, 1)
	d.sound()
	d.noCanary()
}

// TestRefundOfAPaymentNamedLikeACard: what is kept of such a name is a digest, and the refund is of the payment nevertheless.
func TestRefundOfAPaymentNamedLikeACard(t *testing.T) {
	d := newDesk(t, func(o *simpay.Options, _ *payment.CashierOptions) { o.Canary = canary })
	a := d.attempt("o1")
	id, err := d.sim.Pay(a.ID)
	require.NoError(t, err)
	require.Contains(t, id, canary)
	_, err = d.Check(d.ctx, a.ID)
	require.NoError(t, err)
	require.NoError(t, d.sim.Fail(simpay.Fault{Op: simpay.OpQuery, Mode: simpay.ErrorBefore}))
	r := d.refund("o1", 1000, payment.OperationUnknown)
	require.Zero(t, r.Sent, "the company could not be asked for the name")
	d.later(time.Minute)
	d.reads(r.ID, payment.OperationSucceeded)
	d.contest(id, 500)
	d.explained()
	d.noCanary()
}

// TestCanariesInRefunds plants them into all that clerks write and that the company answers.
func TestCanariesInRefunds(t *testing.T) {
	d := newDesk(t, func(o *simpay.Options, _ *payment.CashierOptions) { o.Canary = canary })
	g := d.script()
	d.paid("o1")
	r, err := d.Propose(d.ctx, payment.Proposal{Order: "o1", Amount: cents(100), Reason: "paid with " + all, By: "clerk-1", Key: canary})
	require.NoError(t, err)
	g.refund = func(payment.OperationReply, error) (payment.OperationReply, error) {
		return payment.OperationReply{}, &payment.GatewayError{Class: payment.Declined, Code: canary, Detail: all, Cause: errors.New(all)}
	}
	r, err = d.Approve(d.ctx, r.ID, "clerk-2")
	require.NoError(t, err)
	require.Equal(t, payment.OperationFailed, r.State)
	require.NotEmpty(t, r.Code)

	other := d.propose("o1", 200)
	_, err = d.Decline(d.ctx, other.ID, "clerk-2", "see "+spaced)
	require.NoError(t, err)
	third := d.propose("o1", 300)
	g.refund = func(payment.OperationReply, error) (payment.OperationReply, error) {
		return payment.OperationReply{State: payment.OperationReview, GatewayRef: canary}, nil
	}
	third, err = d.Approve(d.ctx, third.ID, "clerk-2")
	require.NoError(t, err)
	_, err = d.SettleRefund(d.ctx, third.ID, payment.OperationSucceeded, "statement says "+hyphened, "clerk-1", "clerk-2")
	require.NoError(t, err)
	_, err = d.Refund(d.ctx, canary)
	require.ErrorIs(t, err, payment.ErrNoRefund)
	d.noCanary(err.Error())
}
