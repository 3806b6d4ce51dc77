package payment_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/payment"
	"courts.example/eservices/payment/ledger"
	"courts.example/eservices/payment/simpay"
)

var (
	filing = ledger.Revenue("court", "filing")
	simpot = ledger.Clearing("simpay")
)

func TestRefundThatSucceedsLate(t *testing.T) {
	d := newDesk(t, nil)
	d.paid("o1")
	require.NoError(t, d.sim.PlanRefunds(simpay.RefundPlan{First: payment.OperationPending, Then: payment.OperationSucceeded, After: 30 * time.Hour}))
	r := d.refund("o1", 1000, payment.OperationPending)
	require.True(t, r.Note.IsZero(), "no number before the money has left")
	d.stands(filing, 3200)
	d.stands(ledger.RefundPayable, 1000)
	d.stands(simpot, -4200)
	for range 60 {
		d.later(time.Hour)
	}
	r = d.reads(r.ID, payment.OperationSucceeded)
	require.Equal(t, int64(1), r.Note.N)
	d.stands(ledger.RefundPayable, 0)
	d.explained()
}

func TestRefundThatFailsAfterItWasAccepted(t *testing.T) {
	d := newDesk(t, nil)
	d.paid("o1")
	require.NoError(t, d.sim.PlanRefunds(simpay.RefundPlan{First: payment.OperationReview, Then: payment.OperationFailed, After: time.Hour}))
	r := d.refund("o1", 1000, payment.OperationReview)
	d.later(2 * time.Hour)
	r = d.reads(r.ID, payment.OperationFailed)
	require.False(t, r.Returned)
	require.True(t, r.Note.IsZero())
	d.stands(filing, 4200)
	d.explained()
	require.NoError(t, d.sim.PlanRefunds(simpay.RefundPlan{}))
	d.refund("o1", 4200, payment.OperationSucceeded)
	d.explained()
}

// TestRefundThatABankSendsBack: a refund that was done fails days later. Its money is back, and can be given back anew.
func TestRefundThatABankSendsBack(t *testing.T) {
	d := newDesk(t, nil)
	d.paid("o1")
	r := d.refund("o1", 0, payment.OperationSucceeded)
	d.later(48 * time.Hour)
	require.NoError(t, d.sim.FinishRefund(r.ID, false))
	d.later(48 * time.Hour)
	r = d.reads(r.ID, payment.OperationFailed)
	require.True(t, r.Returned)
	require.Equal(t, int64(1), r.Note.N, "the note was issued and stays")
	d.stands(filing, 4200)
	d.explained()
	require.Equal(t, int64(2), d.refund("o1", 0, payment.OperationSucceeded).Note.N)
	d.stands(filing, 0)
	d.explained()
}

// TestRefundWithoutAnAnswer has each thing go wrong on the way to a refund, once: it is made once, and known in the end.
func TestRefundWithoutAnAnswer(t *testing.T) {
	for _, mode := range simpay.Modes() {
		if mode == simpay.DeclineAtOnce || mode == simpay.Hang || mode == simpay.Trickle || mode == simpay.Slow { // the last three end by a deadline: as ReplyLost does
			continue
		}
		t.Run(string(mode), func(t *testing.T) {
			d := newDesk(t, nil)
			d.paid("o1")
			require.NoError(t, d.sim.Fail(simpay.Fault{Op: simpay.OpRefund, Mode: mode}))
			r, err := d.Approve(d.ctx, d.propose("o1", 1000).ID, "clerk-2")
			require.NoError(t, err)
			require.NotEqual(t, payment.OperationFailed, r.State, "it is not known to have failed")
			d.stands(ledger.RefundPayable, payable(r))
			for range 30 {
				d.later(time.Minute)
			}
			d.reads(r.ID, payment.OperationSucceeded)
			effects, err := d.sim.Effects()
			require.NoError(t, err)
			require.Equal(t, 1, effects.Refunds)
			d.explained()
		})
	}
}

// payable is what stands in refund:payable for a refund.
func payable(r payment.Refund) int64 {
	if r.State == payment.OperationSucceeded {
		return 0
	}
	return r.Amount.Minor()
}

// TestRefundOutsideTheWindowOfItsKey: a refund of which nobody knows whether it was made is not sent again once its key is forgotten. A
// person settles it.
func TestRefundOutsideTheWindowOfItsKey(t *testing.T) {
	d := newDesk(t, nil)
	d.paid("o1")
	require.NoError(t, d.sim.Fail(
		simpay.Fault{Op: simpay.OpRefund, Mode: simpay.ErrorBefore},
		simpay.Fault{Op: simpay.OpQueryRefund, Mode: simpay.ErrorBefore, Times: 100},
	))
	r := d.refund("o1", 1000, payment.OperationUnknown)
	for range 30 {
		d.later(time.Hour)
	}
	d.sim.Heal()
	for range 5 {
		d.later(24 * time.Hour)
	}
	r = d.reads(r.ID, payment.OperationUnknown)
	require.Equal(t, 1, r.Sent)
	require.True(t, r.Flagged(payment.FlagLost))
	lost, _, err := d.Refunds(d.ctx, payment.RefundQuery{Flag: payment.FlagLost})
	require.NoError(t, err)
	require.Equal(t, []payment.Refund{r}, lost)

	_, err = d.SettleRefund(d.ctx, r.ID, payment.OperationFailed, "letter of the company", "clerk-1", "clerk-1")
	require.ErrorIs(t, err, payment.ErrFourEyes)
	r, err = d.SettleRefund(d.ctx, r.ID, payment.OperationFailed, "letter of the company", "clerk-1", "clerk-2")
	require.NoError(t, err)
	require.Equal(t, payment.OperationFailed, r.State)
	require.Equal(t, []string{"letter of the company", "clerk-1", "clerk-2"}, []string{r.Evidence, r.SettledBy, r.ConfirmedBy})
	d.stands(filing, 4200)
	d.explained()
}

// TestRefundAtTheGateway: a refund made at the company itself is on record as nobody's wish, and what is left follows it.
func TestRefundMadeAtTheGateway(t *testing.T) {
	d := newDesk(t, nil)
	taken := d.paid("o1")
	g := d.options.Gateways[0].(payment.Refunder)
	_, err := g.Refund(d.ctx, payment.RefundRequest{
		Reference: "OWN-1", Key: "own:1", Attempt: taken.Attempt, PaymentID: taken.ID, Amount: cents(1500), Refundable: cents(4200),
	})
	require.NoError(t, err)

	r := d.propose("o1", 4200)
	r, err = d.Approve(d.ctx, r.ID, "clerk-2")
	require.NoError(t, err)
	require.Equal(t, payment.OperationFailed, r.State, "the company holds less to be left: nothing is given back by mistake")
	require.NotEmpty(t, r.Code)
	d.deliver()
	found, _, err := d.Refunds(d.ctx, payment.RefundQuery{Flag: payment.FlagUnrequested})
	require.NoError(t, err)
	require.Len(t, found, 1)
	require.Equal(t, cents(1500), found[0].Amount)
	require.Equal(t, payment.OperationSucceeded, found[0].State)
	d.stands(filing, 2700)
	d.explained()
	require.Equal(t, cents(2700), d.propose("o1", 0).Amount)
}

func TestRefundsAreBounded(t *testing.T) {
	d := newDesk(t, func(o *simpay.Options, _ *payment.CashierOptions) { o.Terms.MaxRefunds = 2 })
	d.paid("o1")
	d.refund("o1", 100, payment.OperationSucceeded)
	d.refund("o1", 100, payment.OperationSucceeded)
	_, err := d.Propose(d.ctx, payment.Proposal{Order: "o1", Reason: "r", By: "clerk-1"})
	require.ErrorIs(t, err, payment.ErrTransition)
	d.explained()
}

// TestRefundOfUnallocatedMoney: what a payer paid twice goes back from where it stands, and the order stays paid.
func TestRefundOfUnallocatedMoney(t *testing.T) {
	d := newDesk(t, nil)
	a := d.attempt("o1")
	id, err := d.sim.PayAmount(a.ID, cents(5000))
	require.NoError(t, err)
	_, err = d.Check(d.ctx, a.ID)
	require.NoError(t, err)
	d.stands(ledger.Unallocated, 5000)
	r, err := d.Propose(d.ctx, payment.Proposal{Gateway: "simpay", Payment: id, Reason: "another amount", By: "clerk-1"})
	require.NoError(t, err)
	require.Equal(t, cents(5000), r.Amount)
	r, err = d.Approve(d.ctx, r.ID, "clerk-2")
	require.NoError(t, err)
	require.Equal(t, payment.OperationSucceeded, r.State)
	require.Equal(t, []ledger.Posting{{Account: ledger.Unallocated, Amount: cents(5000)}}, r.From)
	d.stands(ledger.Unallocated, 0)
	d.explained()
}
