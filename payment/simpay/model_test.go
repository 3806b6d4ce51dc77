package simpay_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/simpay"
)

// world is a Sim to which anything is done in any order, and what was seen of it before.
type world struct {
	*bench
	rt      *rapid.T
	journal *brittle
	seen    map[string]payment.QueryReply
	refunds int
}

var references = []string{"A-1", "A-2", "A-3", "A-4"}

func (w *world) ref() string { return rapid.SampledFrom(references).Draw(w.rt, "reference") }

// amount draws one around what is asked.
func (w *world) amount() money.Amount {
	return eur(rapid.SampledFrom([]int64{1, 600, 1249, 1250, 1251}).Draw(w.rt, "amount"))
}

// step does one thing; that it is refused is no matter here.
func (w *world) step() {
	ctx := w.Context()
	switch rapid.SampledFrom([]string{
		"create", "create", "act", "act", "act", "cancel", "capture", "refund", "refund", "finish", "plan", "dispute", "decide", "hold", "fee", "wait", "wait", "late", "restart",
	}).Draw(w.rt, "what") {
	case "create":
		r := w.request(w.ref())
		r.Authorise = rapid.Bool().Draw(w.rt, "authorise")
		r.Flow = rapid.SampledFrom([]payment.Flow{payment.Redirect, payment.QR}).Draw(w.rt, "flow")
		_, _ = w.client.Create(ctx, r)
	case "act":
		_, _ = w.sim.Act(w.ref(), simpay.Act{Amount: w.amount(), Deed: rapid.SampledFrom([]simpay.Deed{
			simpay.DeedPay, simpay.DeedPay, simpay.DeedDecline, simpay.DeedCancel, simpay.DeedChallenge, simpay.DeedPass, simpay.DeedFail, simpay.DeedProcess,
		}).Draw(w.rt, "deed")})
	case "cancel":
		_, _ = w.client.Cancel(ctx, operation(w.ref(), eur(0)))
	case "capture":
		_, _ = w.client.Capture(ctx, operation(w.ref(), w.amount()))
	case "refund":
		w.refunds++
		if p := w.query(w.ref()).Payments; len(p) > 0 {
			_, _ = w.client.Refund(ctx, refundOf(fmt.Sprint("R-", w.refunds), p[len(p)-1].ID, w.amount(), money.Amount{}))
		}
	case "finish":
		_ = w.sim.FinishRefund(fmt.Sprint("R-", rapid.IntRange(1, 9).Draw(w.rt, "refund")), rapid.Bool().Draw(w.rt, "well"))
	case "plan":
		require.NoError(w, w.sim.PlanRefunds(simpay.RefundPlan{
			First: rapid.SampledFrom([]payment.OperationState{"", payment.OperationPending, payment.OperationReview}).Draw(w.rt, "first"),
			Then:  rapid.SampledFrom([]payment.OperationState{"", payment.OperationSucceeded, payment.OperationFailed}).Draw(w.rt, "then"),
			After: time.Hour,
		}))
	case "dispute":
		if p := w.query(w.ref()).Payments; len(p) > 0 {
			_, _ = w.sim.OpenDispute(p[0].ID, money.Amount{})
		}
	case "decide":
		_ = w.sim.EndDispute(fmt.Sprintf("dispute-%06d", rapid.IntRange(1, 4).Draw(w.rt, "dispute")), rapid.Bool().Draw(w.rt, "won"))
	case "hold":
		require.NoError(w, w.sim.HoldLines(rapid.Bool().Draw(w.rt, "hold")))
	case "fee":
		require.NoError(w, w.sim.ChargeFee(eur(3)))
	case "wait":
		w.clock.add(rapid.SampledFrom([]time.Duration{time.Second, 5 * time.Minute, time.Hour, 30 * time.Hour}).Draw(w.rt, "wait"))
	case "late":
		require.NoError(w, w.sim.Fail(simpay.Fault{Mode: simpay.Late, After: time.Second}))
		_, _ = w.client.Create(ctx, w.request(w.ref()))
	case "restart":
		again := w.restart(w.journal, worldly)
		w.sim, w.client = again.sim, again.client
	}
}

func worldly(o *simpay.Options) {
	o.Terms.Late, o.Terms.PayTwice, o.Terms.Authorised = 10*time.Minute, true, 2*time.Hour
	o.Fees = simpay.Fees{Rate: money.MustRate("0.02"), Fixed: 1}
}

// check compares what is seen of a session with what was seen before, and the money with itself.
func (w *world) check() {
	for _, ref := range references {
		q, was := w.query(ref), w.seen[ref]
		require.GreaterOrEqual(w, int64(0), w.spent(q)-w.taken(q), "%s: %+v", ref, q)
		require.Equal(w, q.State == payment.AttemptSucceeded, w.taken(q) > 0, "%s: %+v", ref, q)
		if was.State == payment.AttemptSucceeded || was.Final {
			require.Equal(w, was.State, q.State, "%s: what has succeeded or is final stays so", ref)
			require.GreaterOrEqual(w, len(q.Payments), len(was.Payments))
			require.Equal(w, was.Payments, q.Payments[:len(was.Payments)])
		}
		if was.Final {
			require.True(w, q.Final)
			require.Equal(w, was.Payments, q.Payments)
		}
		w.seen[ref] = q
	}
	t, err := w.sim.Totals(euro)
	require.NoError(w, err)
	require.Equal(w, t.Owed.Minor(), t.Taken.Minor()-t.GivenBack.Minor()-t.Lost.Minor()-t.Fees.Minor()-t.PaidOut.Minor())
	var taken int64
	for _, q := range w.seen {
		taken += w.taken(q)
	}
	require.Equal(w, t.Taken, eur(taken), "the settlement has what the payers paid")
}

func (w *world) taken(q payment.QueryReply) (sum int64) {
	for _, p := range q.Payments {
		if !p.Authorised {
			sum += p.Amount.Minor()
		}
	}
	return sum
}

// spent is what of the payments went back.
func (w *world) spent(q payment.QueryReply) (sum int64) {
	for _, r := range q.Refunds {
		if r.State != payment.OperationFailed {
			sum += r.Amount.Minor()
		}
	}
	for _, d := range q.Disputes {
		if d.State == payment.DisputeLost {
			sum += d.Amount.Minor()
		}
	}
	return sum
}

// Whatever is done, the books agree with themselves, and a restart changes nothing.
func TestTheBooksAgree(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		j := &brittle{}
		w := &world{rt: rt, journal: j, seen: map[string]payment.QueryReply{}, bench: newBench(t, worldly, func(o *simpay.Options) { o.Journal = j })}
		for range rapid.IntRange(1, 40).Draw(rt, "steps") {
			w.step()
			w.check()
		}
		again := w.restart(j, worldly)
		for _, ref := range references {
			require.Equal(t, w.query(ref), again.query(ref))
		}
		require.NoError(t, w.sim.HoldLines(false))
		w.clock.add(24 * time.Hour)
		again = w.restart(j, worldly)
		require.NoError(t, again.sim.Tick())
		for day := noon; !day.After(w.clock.now()); day = day.AddDate(0, 0, 1) {
			date := day.Format(time.DateOnly)
			require.Equal(t, w.lines(date), again.lines(date))
		}
	})
}
