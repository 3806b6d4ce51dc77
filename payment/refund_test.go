package payment_test

import (
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/ledger"
	"courts.example/eservices/payment/simpay"
)

func TestRefundInParts(t *testing.T) {
	d := newDesk(t, nil)
	taken := d.paid("o1")
	filing, notice := ledger.Revenue("court", "filing"), ledger.Revenue("court", "notice")
	d.stands(filing, 4200)

	first := d.refund("o1", 1000, payment.OperationSucceeded)
	require.Equal(t, payment.Number{Series: "refund/" + series, N: 1}, first.Note)
	require.Equal(t, cents(4200), first.Refundable)
	require.Equal(t, taken.ID, first.Payment)
	require.Equal(t, []ledger.Posting{{Account: filing, Amount: cents(1000)}}, first.From)
	d.stands(filing, 3200)
	d.stands(notice, 0)
	d.stands(ledger.RefundPayable, 0)

	_, err := d.Propose(d.ctx, payment.Proposal{Order: "o1", Amount: cents(3201), Reason: "too much", By: "clerk-1"})
	over := (*payment.RefundableError)(nil)
	require.ErrorAs(t, err, &over)
	require.Equal(t, payment.RefundableError{Of: "simpay|" + taken.ID, Left: cents(3200), Asked: cents(3201)}, *over)

	second := d.refund("o1", 0, payment.OperationSucceeded)
	require.Equal(t, cents(3200), second.Amount)
	require.Equal(t, int64(2), second.Note.N)
	d.stands(filing, 0)
	d.explained()

	_, err = d.Propose(d.ctx, payment.Proposal{Order: "o1", Reason: "nothing is left", By: "clerk-1"})
	require.ErrorIs(t, err, payment.ErrRefundable)
	refunds, _, err := d.Refunds(d.ctx, payment.RefundQuery{Order: "o1"})
	require.NoError(t, err)
	require.Equal(t, []payment.Refund{first, second}, refunds)
	d.later(40 * 24 * time.Hour)
	d.explained()
}

func TestRefundOfWhatWasNeverPaid(t *testing.T) {
	d := newDesk(t, nil)
	d.attempt("o1")
	_, err := d.Propose(d.ctx, payment.Proposal{Order: "o1", Reason: "r", By: "clerk-1"})
	require.ErrorIs(t, err, payment.ErrTransition)
	_, err = d.Propose(d.ctx, payment.Proposal{Order: "o2", Reason: "r", By: "clerk-1"})
	require.ErrorIs(t, err, payment.ErrNoOrder)
	_, err = d.Propose(d.ctx, payment.Proposal{Gateway: "simpay", Payment: "p", Reason: "r", By: "clerk-1"})
	require.ErrorIs(t, err, payment.ErrNoTaken)
	for name, p := range map[string]payment.Proposal{
		"nothing": {Reason: "r", By: "clerk-1"}, "both": {Order: "o1", Gateway: "simpay", Payment: "p", Reason: "r", By: "clerk-1"},
		"no gateway": {Payment: "p", Reason: "r", By: "clerk-1"}, "no reason": {Order: "o1", By: "clerk-1"},
		"nobody": {Order: "o1", Reason: "r"}, "negative": {Order: "o1", Amount: cents(-1), Reason: "r", By: "clerk-1"},
	} {
		_, err := d.Propose(d.ctx, p)
		require.ErrorIs(t, err, payment.ErrInvalid, name)
	}
	_, err = d.Approve(d.ctx, "RNONE", "clerk-2")
	require.ErrorIs(t, err, payment.ErrNoRefund)
}

func TestRefundInAnotherCurrency(t *testing.T) {
	d := newDesk(t, nil)
	d.paid("o1")
	_, err := d.Propose(d.ctx, payment.Proposal{Order: "o1", Amount: money.New(1, usd), Reason: "r", By: "clerk-1"})
	require.ErrorIs(t, err, money.ErrCurrency)
}

func TestFourEyes(t *testing.T) {
	small := func(_ string, a money.Amount) bool { return a.Minor() <= 100 }
	d := newDesk(t, func(_ *simpay.Options, o *payment.CashierOptions) { o.Terms.Alone = small })
	d.paid("o1")
	r := d.propose("o1", 101)
	for _, same := range []string{"clerk-1", "Clerk-1", " clerk-1 "} {
		_, err := d.Approve(d.ctx, r.ID, same)
		require.ErrorIs(t, err, payment.ErrFourEyes, same)
	}
	_, err := d.Approve(d.ctx, r.ID, "")
	require.ErrorIs(t, err, payment.ErrInvalid)
	d.reads(r.ID, "")
	effects, err := d.sim.Effects()
	require.NoError(t, err)
	require.Zero(t, effects.Requests[simpay.OpRefund], "nothing is sent before it is approved")

	part := d.propose("o1", 100)
	_, err = d.Approve(d.ctx, part.ID, "clerk-1")
	require.ErrorIs(t, err, payment.ErrFourEyes, "with what is proposed beside it, it is more than one person may decide")
	d.paid("o2")
	alone := d.propose("o2", 100)
	alone, err = d.Approve(d.ctx, alone.ID, "clerk-1")
	require.NoError(t, err)
	require.Equal(t, payment.OperationSucceeded, alone.State)
	_, err = d.Approve(d.ctx, alone.ID, "clerk-2")
	require.ErrorIs(t, err, payment.ErrTransition, "once")
	d.explained()
}

func TestDeclineLeavesTheMoney(t *testing.T) {
	d := newDesk(t, nil)
	d.paid("o1")
	r := d.propose("o1", 0)
	_, err := d.Propose(d.ctx, payment.Proposal{Order: "o1", Reason: "r", By: "clerk-1"})
	require.ErrorIs(t, err, payment.ErrRefundable, "what is proposed is set aside")
	r, err = d.Decline(d.ctx, r.ID, "clerk-2", "no ground")
	require.NoError(t, err)
	require.Equal(t, payment.StageDeclined, r.Stage())
	require.False(t, r.Counts())
	for _, decide := range []func() (payment.Refund, error){
		func() (payment.Refund, error) { return d.Approve(d.ctx, r.ID, "clerk-2") },
		func() (payment.Refund, error) { return d.Decline(d.ctx, r.ID, "clerk-2", "again") },
	} {
		_, err = decide()
		require.ErrorIs(t, err, payment.ErrTransition)
	}
	require.Equal(t, cents(4200), d.propose("o1", 0).Amount)
	d.stands(ledger.Revenue("court", "filing"), 4200)
	d.explained()
}

func TestProposalOnceByItsKey(t *testing.T) {
	d := newDesk(t, nil)
	d.paid("o1")
	p := payment.Proposal{Order: "o1", Amount: cents(1000), Reason: "r", By: "clerk-1", Key: "form-1"}
	first, err := d.Propose(d.ctx, p)
	require.NoError(t, err)
	again, err := d.Propose(d.ctx, p)
	require.NoError(t, err)
	require.Equal(t, first, again)
	p.Amount = cents(1001)
	_, err = d.Propose(d.ctx, p)
	require.ErrorIs(t, err, payment.ErrInvalid)
	p.Key = "form-2"
	other, err := d.Propose(d.ctx, p)
	require.NoError(t, err)
	require.NotEqual(t, first.ID, other.ID)
}

// TestParallelRefunds has many clerks of two nodes propose and approve parts of one payment at once: together never more than it.
func TestParallelRefunds(t *testing.T) {
	d := newDesk(t, nil)
	d.paid("o1")
	nodes := []*payment.Cashier{d.Cashier, d.process(d.store)}
	var wait sync.WaitGroup
	errs := make([]error, 12)
	for i := range errs {
		wait.Go(func() {
			c := nodes[i%2]
			r, err := c.Propose(d.ctx, payment.Proposal{Order: "o1", Amount: cents(500), Reason: "r", By: "clerk-1"})
			if err == nil {
				_, err = c.Approve(d.ctx, r.ID, "clerk-2")
			}
			errs[i] = err
		})
	}
	wait.Wait()
	refused := 0
	for _, err := range errs {
		if err != nil {
			require.ErrorIs(t, err, payment.ErrRefundable)
			refused++
		}
	}
	require.Equal(t, 4, refused, "8 times 5.00 fit into 42.00")
	for range 12 { // those that had to wait for another to be known
		d.later(time.Minute)
	}
	refunds, _, err := d.Refunds(d.ctx, payment.RefundQuery{Stage: string(payment.OperationSucceeded)})
	require.NoError(t, err)
	require.Len(t, refunds, 8)
	d.stands(ledger.Revenue("court", "filing"), 200)
	d.stands(ledger.RefundPayable, 0)
	d.explained()
}
