package payment_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/ledger"
	"courts.example/eservices/payment/simpay"
)

// contest has the payer of a payment contest an amount of it, 0 for what is left, and the cashier hear of it.
func (d *desk) contest(paymentID string, minor int64) payment.Dispute {
	d.t.Helper()
	id, err := d.sim.OpenDispute(paymentID, cents(minor))
	if minor == 0 {
		id, err = d.sim.OpenDispute(paymentID, payment.Order{}.Amount)
	}
	require.NoError(d.t, err)
	d.deliver()
	return d.dispute(id, payment.DisputeOpen)
}

func (d *desk) dispute(id string, want payment.DisputeState) payment.Dispute {
	d.t.Helper()
	got, err := d.Dispute(d.ctx, "simpay", id)
	require.NoError(d.t, err)
	require.Equal(d.t, want, got.State)
	return got
}

func TestDisputeLostAndWon(t *testing.T) {
	for _, won := range []bool{false, true} {
		d := newDesk(t, nil)
		taken := d.paid("o1")
		open := d.contest(taken.ID, 3000)
		require.Equal(t, taken.Attempt, open.Attempt)
		require.Equal(t, "o1", open.Order)
		d.stands(filing, 1200)
		d.stands(ledger.DisputeReserve, 3000)
		d.stands(simpot, -4200)
		listed, _, err := d.Disputes(d.ctx, payment.DisputeQuery{State: payment.DisputeOpen})
		require.NoError(t, err)
		require.Equal(t, []payment.Dispute{open}, listed)

		require.NoError(t, d.sim.EndDispute(open.ID, won))
		d.clock.move(time.Hour)
		d.deliver()
		d.stands(ledger.DisputeReserve, 0)
		if won {
			d.dispute(open.ID, payment.DisputeWon)
			d.stands(filing, 4200)
			require.Equal(t, cents(4200), d.refund("o1", 0, payment.OperationSucceeded).Amount)
		} else {
			require.Equal(t, d.clock.now(), d.dispute(open.ID, payment.DisputeLost).DoneAt)
			d.stands(filing, 1200)
			require.Equal(t, cents(1200), d.refund("o1", 0, payment.OperationSucceeded).Amount)
		}
		d.explained()
	}
}

// TestNothingGoesBackWhileItIsContested: neither what is proposed, nor what was proposed or approved before.
func TestNothingGoesBackWhileItIsContested(t *testing.T) {
	d := newDesk(t, nil)
	taken := d.paid("o1")
	before := d.propose("o1", 1000)
	require.NoError(t, d.sim.Fail(simpay.Fault{Op: simpay.OpRefund, Mode: simpay.Refused}))
	waiting := d.refund("o1", 200, payment.OperationUnknown)
	require.Zero(t, waiting.Sent, "nothing left")
	open := d.contest(taken.ID, 500)
	_, err := d.Propose(d.ctx, payment.Proposal{Order: "o1", Reason: "r", By: "clerk-1"})
	require.ErrorIs(t, err, payment.ErrDisputed)
	_, err = d.Approve(d.ctx, before.ID, "clerk-2")
	require.ErrorIs(t, err, payment.ErrDisputed)
	for range 48 {
		d.later(time.Hour)
	}
	d.reads(waiting.ID, payment.OperationUnknown)

	require.NoError(t, d.sim.EndDispute(open.ID, true))
	d.deliver()
	for range 30 {
		d.later(time.Hour)
	}
	d.reads(waiting.ID, payment.OperationSucceeded)
	_, err = d.Approve(d.ctx, before.ID, "clerk-2")
	require.NoError(t, err)
	d.explained()
}

// TestDisputeThatTakesWhatWasToGoBack: the payer gets the money by the dispute, so the refund that was approved and not sent is off.
func TestDisputeThatTakesWhatWasToGoBack(t *testing.T) {
	d := newDesk(t, nil)
	taken := d.paid("o1")
	proposed := d.propose("o1", 1000)
	require.NoError(t, d.sim.Fail(simpay.Fault{Op: simpay.OpRefund, Mode: simpay.Refused}))
	waiting := d.refund("o1", 3000, payment.OperationUnknown)
	open := d.contest(taken.ID, 0)
	require.NoError(t, d.sim.EndDispute(open.ID, false))
	d.deliver()
	_, err := d.Approve(d.ctx, proposed.ID, "clerk-2")
	require.ErrorIs(t, err, payment.ErrRefundable)
	for range 30 {
		d.later(time.Hour)
	}
	require.Equal(t, "disputed", d.reads(waiting.ID, payment.OperationFailed).Code)
	_, err = d.Decline(d.ctx, proposed.ID, "clerk-1", "lost by dispute")
	require.NoError(t, err)
	d.stands(filing, 0)
	d.stands(ledger.RefundPayable, 0)
	d.explained()
}

// TestDisputeTable has a company say every sequence of three states.
func TestDisputeTable(t *testing.T) {
	for _, row := range payment.DisputeTransitions() {
		to, moved := row.From.Next(row.Reported)
		require.True(t, moved)
		require.Equal(t, row.To, to)
	}
	_, moved := payment.DisputeOpen.Next(payment.DisputeOpen)
	require.False(t, moved)
	_, moved = payment.DisputeLost.Next(payment.DisputeOpen)
	require.False(t, moved, "a dispute that is over is not opened again")
}

// TestDisputeWhoseEndNobodyTells: the attempt is long over and the message that the dispute was decided is lost. The gateway is asked.
func TestDisputeWhoseEndNobodyTells(t *testing.T) {
	for _, won := range []bool{false, true} {
		d := newDesk(t, nil)
		taken := d.paid("o1")
		for range 60 {
			d.later(time.Hour)
		}
		a, err := d.Attempt(d.ctx, taken.Attempt)
		require.NoError(t, err)
		require.True(t, a.Final, "nobody asks about it any more")
		open := d.contest(taken.ID, 3000)
		for range 60 {
			d.later(time.Hour)
		}
		d.dispute(open.ID, payment.DisputeOpen)

		require.NoError(t, d.sim.PlanNotifications(simpay.NotifyPlan{Drop: 1}))
		require.NoError(t, d.sim.EndDispute(open.ID, won))
		for range 25 {
			d.later(time.Hour)
		}
		want := payment.DisputeLost
		if won {
			want = payment.DisputeWon
		}
		d.dispute(open.ID, want)
		d.stands(ledger.DisputeReserve, 0)
		d.later(48 * time.Hour)
		work, err := d.store.ClaimWork(d.ctx, store.Claim{Kind: "payment.dispute", Now: d.clock.now().AddDate(1, 0, 0), Lease: time.Minute, Max: 1})
		require.NoError(t, err)
		require.Empty(t, work, "it is decided, nobody asks any more")
		d.explained()
	}
}
