package payment_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"courts.example/eservices/icms/law"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/ledger"
	"courts.example/eservices/payment/simpay"
)

// The items of the walk's order and what each earned.
var walkItems = map[string]int64{"filing": 3, "notice": 1000, "search": 17}

const walkTotal = 1020

// walkDesk is a desk with one paid order of three items.
func walkDesk(t *testing.T) (*desk, payment.Taken) {
	d := newDesk(t, nil)
	d.applied(d.Open(newOrder(t, func(o *payment.Order) {
		o.Lines = nil
		for _, item := range []string{"filing", "notice", "search"} {
			o.Lines = append(o.Lines, payment.Line{Item: item, Description: law.T(item, ""), Count: 1, Amount: cents(walkItems[item])})
		}
	})))
	a, err := d.Start(d.ctx, payment.StartRequest{Order: "o1", Gateway: "simpay", Means: "card", Locale: "en", By: "acme"})
	require.NoError(t, err)
	id, err := d.sim.Pay(a.ID)
	require.NoError(t, err)
	_, err = d.Check(d.ctx, a.ID)
	require.NoError(t, err)
	taken, err := d.Taking(d.ctx, "simpay", id)
	require.NoError(t, err)
	return d, taken
}

// TestRandomWalk has clerks, payer, bank, network and clock do anything in any order. At every moment nothing more is given back than came
// and no item gives back more than it earned, disputes after refunds apart; when all is quiet again, everything is explained.
func TestRandomWalkOfRefundsAndDisputes(t *testing.T) {
	if testing.Short() {
		t.Skip("long: it runs where -short is not asked for")
	}
	rapid.Check(t, func(r *rapid.T) {
		d, taken := walkDesk(t)
		w := &walk{desk: d, taken: taken}
		for range rapid.IntRange(5, 40).Draw(r, "steps") {
			w.step(r)
			w.holds()
		}
		w.quiet()
	})
}

type walk struct {
	*desk
	taken    payment.Taken
	disputes []string
	refunds  []string
}

func (w *walk) step(r *rapid.T) {
	switch rapid.IntRange(0, 13).Draw(r, "what") {
	case 0, 1, 2:
		p := payment.Proposal{Order: "o1", Amount: cents(rapid.Int64Range(0, walkTotal/2).Draw(r, "amount")), Reason: "r", By: "clerk-1"}
		if refund, err := w.Propose(w.ctx, p); err == nil {
			w.refunds = append(w.refunds, refund.ID)
		}
	case 3, 4:
		if id := pick(r, w.refunds); id != "" {
			_, _ = w.Approve(w.ctx, id, "clerk-2")
		}
	case 5:
		if id := pick(r, w.refunds); id != "" {
			_, _ = w.Decline(w.ctx, id, "clerk-2", "no")
		}
	case 6:
		if id := pick(r, w.refunds); id != "" {
			_ = w.sim.FinishRefund(id, rapid.Bool().Draw(r, "well"))
		}
	case 7:
		amount := cents(rapid.Int64Range(1, walkTotal).Draw(r, "contested"))
		if id, err := w.sim.OpenDispute(w.taken.ID, amount); err == nil {
			w.disputes = append(w.disputes, id)
		}
	case 8:
		if id := pick(r, w.disputes); id != "" {
			_ = w.sim.EndDispute(id, rapid.Bool().Draw(r, "won"))
		}
	case 9:
		mode := rapid.SampledFrom([]simpay.Mode{
			simpay.Refused, simpay.Throttle, simpay.ErrorBefore, simpay.ReplyLost, simpay.ErrorAfter, simpay.Garbage, simpay.Late,
		}).Draw(r, "fault")
		op := rapid.SampledFrom([]simpay.Op{simpay.OpRefund, simpay.OpQueryRefund, simpay.OpQuery}).Draw(r, "of")
		require.NoError(w.t, w.sim.Fail(simpay.Fault{Op: op, Mode: mode}))
	case 10:
		require.NoError(w.t, w.sim.PlanRefunds(simpay.RefundPlan{
			First: rapid.SampledFrom([]payment.OperationState{"", payment.OperationPending, payment.OperationReview}).Draw(r, "first"),
			Then:  rapid.SampledFrom([]payment.OperationState{"", payment.OperationSucceeded, payment.OperationFailed}).Draw(r, "then"),
			After: time.Duration(rapid.IntRange(0, 7200).Draw(r, "after")) * time.Second,
		}))
	case 11:
		w.later(time.Duration(rapid.IntRange(1, 4000).Draw(r, "seconds")) * time.Second)
	case 12: // the messages are lost
		_ = w.messages()
	case 13:
		w.deliver()
	}
}

func pick(r *rapid.T, ids []string) string {
	if len(ids) == 0 {
		return ""
	}
	return rapid.SampledFrom(ids).Draw(r, "which")
}

// holds is what is true at every moment.
func (w *walk) holds() {
	w.t.Helper()
	totals, err := w.sim.Totals(hkd)
	require.NoError(w.t, err)
	require.LessOrEqual(w.t, totals.GivenBack.Minor()+totals.Lost.Minor(), int64(walkTotal))
	earned := int64(0)
	for item, minor := range walkItems {
		posted, err := w.books.Posted(w.ctx, ledger.Revenue("court", item), hkd)
		require.NoError(w.t, err)
		require.LessOrEqual(w.t, posted.Minor(), minor)
		earned += posted.Minor()
		if len(w.disputes) == 0 {
			require.GreaterOrEqual(w.t, posted.Minor(), int64(0), item)
		}
	}
	parts := earned
	for _, account := range []ledger.AccountID{ledger.RefundPayable, ledger.DisputeReserve, simpot} {
		posted, err := w.books.Posted(w.ctx, account, hkd)
		require.NoError(w.t, err)
		parts += posted.Minor()
	}
	require.Zero(w.t, parts, "what came in is somewhere")
	s, err := w.Standing(w.ctx, "o1")
	require.NoError(w.t, err)
	require.Equal(w.t, cents(walkTotal), s.Paid)
	require.Equal(w.t, s.Paid.Minor(), s.Left.Minor()+s.Returning.Minor()+s.Returned.Minor()+s.Contested.Minor()+s.Lost.Minor())
	if left := s.Left; left.Sign() > 0 && s.Contested.IsZero() {
		_, err := w.Propose(w.ctx, payment.Proposal{Order: "o1", Amount: cents(left.Minor() + 1), Reason: "r", By: "clerk-1"})
		require.ErrorIs(w.t, err, payment.ErrRefundable)
	}
}

// quiet lets everything come to its end, and expects it explained.
func (w *walk) quiet() {
	w.t.Helper()
	w.sim.Heal()
	require.NoError(w.t, w.sim.PlanRefunds(simpay.RefundPlan{}))
	for _, id := range w.disputes {
		_ = w.sim.EndDispute(id, true)
	}
	for _, id := range w.refunds {
		_ = w.sim.FinishRefund(id, true) // those that wait for a person at the bank
	}
	_, err := w.Check(w.ctx, w.taken.Attempt) // what lost messages told, a settlement or a clerk finds
	require.NoError(w.t, err)
	for range 40 {
		w.later(time.Hour)
	}
	w.later(25 * time.Hour)
	w.deliver()
	w.later(25 * time.Hour)
	w.explained()
	w.holds()
	for _, id := range w.refunds {
		r, err := w.Refund(w.ctx, id)
		require.NoError(w.t, err)
		if r.Stage() != payment.StageProposed {
			require.False(w.t, r.Open(), "%s is %s, flagged %v", id, r.Stage(), r.Flags)
		}
	}
}
