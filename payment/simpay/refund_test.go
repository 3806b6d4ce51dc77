package simpay_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/simpay"
)

func refundOf(ref, id string, amount, left money.Amount) payment.RefundRequest {
	return payment.RefundRequest{Reference: ref, Key: ref + ":refund:1", PaymentID: id, Amount: amount, Refundable: left, Reason: "Paid twice"}
}

func (b *bench) refundState(ref string) payment.OperationState {
	b.Helper()
	r, err := b.client.QueryRefund(b.Context(), payment.QueryRefundRequest{Reference: ref})
	require.NoError(b, err)
	return r.State
}

func TestRefundsToNothing(t *testing.T) {
	b := newBench(t)
	id := b.paid("A-1")
	left := eur(1250)
	for i, part := range []int64{1, 1000, 249} {
		ref := fmt.Sprint("R-", i)
		r, err := b.client.Refund(t.Context(), refundOf(ref, id, eur(part), left))
		require.NoError(t, err)
		require.Equal(t, payment.OperationSucceeded, r.State)
		require.Equal(t, eur(part), r.Amount)
		left = eur(left.Minor() - part)
		again, err := b.client.Refund(t.Context(), refundOf(ref, id, eur(part), eur(left.Minor()+part)))
		require.NoError(t, err)
		require.True(t, again.Replay)
		require.Equal(t, r.GatewayRef, again.GatewayRef)
	}
	_, err := b.client.Refund(t.Context(), refundOf("R-9", id, eur(1), eur(0)))
	b.class(err, payment.NotAllowed)
	q := b.query("A-1")
	require.Len(t, q.Refunds, 3)
	require.Equal(t, payment.GatewayRefund{ID: q.Refunds[1].ID, Reference: "R-1", PaymentID: id, Amount: eur(1000), State: payment.OperationSucceeded}, q.Refunds[1])
	require.Equal(t, payment.AttemptSucceeded, q.State)
}

func TestRefundsThatAreRefused(t *testing.T) {
	yen := money.New(5, money.MustCurrency("JPY"))
	for name, c := range map[string]struct {
		change func(b *bench, r *payment.RefundRequest)
		class  payment.ErrorClass
	}{
		"too much":               {func(_ *bench, r *payment.RefundRequest) { r.Amount = eur(1251) }, payment.NotAllowed},
		"nothing":                {func(_ *bench, r *payment.RefundRequest) { r.Amount = eur(0) }, payment.Invalid},
		"less":                   {func(_ *bench, r *payment.RefundRequest) { r.Amount = eur(-1) }, payment.Invalid},
		"another currency":       {func(_ *bench, r *payment.RefundRequest) { r.Amount, r.Refundable = yen, money.Amount{} }, payment.Invalid},
		"who counts more":        {func(_ *bench, r *payment.RefundRequest) { r.Refundable = eur(1251) }, payment.NotAllowed},
		"who counts less":        {func(_ *bench, r *payment.RefundRequest) { r.Refundable = eur(1249) }, payment.NotAllowed},
		"another's payment":      {func(_ *bench, r *payment.RefundRequest) { r.Attempt = "A-2" }, payment.NotAllowed},
		"no such payment":        {func(_ *bench, r *payment.RefundRequest) { r.PaymentID = "charge-9" }, payment.NotAllowed},
		"no payment":             {func(_ *bench, r *payment.RefundRequest) { r.PaymentID = "" }, payment.Invalid},
		"a bad reference":        {func(_ *bench, r *payment.RefundRequest) { r.Reference = "R 1" }, payment.Invalid},
		"a bad key":              {func(_ *bench, r *payment.RefundRequest) { r.Key = "" }, payment.Invalid},
		"after the window":       {func(b *bench, _ *payment.RefundRequest) { b.clock.add(time.Hour) }, payment.NotAllowed},
		"what is disputed":       {func(b *bench, r *payment.RefundRequest) { b.dispute(r.PaymentID) }, payment.NotAllowed},
		"what is only held":      {func(b *bench, r *payment.RefundRequest) { b.held("H-1"); r.PaymentID = b.query("H-1").Payments[0].ID }, payment.NotAllowed},
		"a third of one payment": {func(b *bench, r *payment.RefundRequest) { b.partly(r) }, payment.NotAllowed},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, func(o *simpay.Options) { o.Terms.RefundWindow, o.Terms.MaxRefunds = time.Hour, 2 })
			b.create("A-2")
			r := refundOf("R-1", b.paid("A-1"), eur(1), eur(1250))
			c.change(b, &r)
			before := b.effects().Refunds
			_, err := b.client.Refund(t.Context(), r)
			b.class(err, c.class)
			require.Equal(t, before, b.effects().Refunds)
		})
	}
}

// partly gives back a payment twice before.
func (b *bench) partly(r *payment.RefundRequest) {
	b.Helper()
	for i := range 2 {
		_, err := b.client.Refund(b.Context(), refundOf(fmt.Sprint("P-", i), r.PaymentID, eur(1), money.Amount{}))
		require.NoError(b, err)
	}
	r.Refundable = eur(1248)
}

func (b *bench) dispute(id string) string {
	b.Helper()
	d, err := b.sim.OpenDispute(id, money.Amount{})
	require.NoError(b, err)
	return d
}

func TestPlansForRefunds(t *testing.T) {
	for name, c := range map[string]struct {
		plan         simpay.RefundPlan
		first, after payment.OperationState
		listed       int
	}{
		"at once":              {simpay.RefundPlan{}, payment.OperationSucceeded, payment.OperationSucceeded, 1},
		"later":                {simpay.RefundPlan{First: payment.OperationPending, Then: payment.OperationSucceeded, After: time.Hour}, payment.OperationPending, payment.OperationSucceeded, 1},
		"refused later":        {simpay.RefundPlan{First: payment.OperationPending, Then: payment.OperationFailed, After: time.Hour}, payment.OperationPending, payment.OperationFailed, 0},
		"sent back":            {simpay.RefundPlan{Then: payment.OperationFailed, After: time.Hour}, payment.OperationSucceeded, payment.OperationFailed, 2},
		"looked at, then done": {simpay.RefundPlan{First: payment.OperationReview, Then: payment.OperationSucceeded, After: time.Hour}, payment.OperationReview, payment.OperationSucceeded, 1},
		"left":                 {simpay.RefundPlan{First: payment.OperationPending}, payment.OperationPending, payment.OperationPending, 0},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			require.NoError(t, b.sim.PlanRefunds(c.plan))
			id := b.paid("A-1")
			b.events()
			r, err := b.client.Refund(t.Context(), refundOf("R-1", id, eur(250), eur(1250)))
			require.NoError(t, err)
			require.Equal(t, c.first, r.State)
			b.clock.add(time.Hour - 1)
			require.Equal(t, c.first, b.refundState("R-1"))
			b.clock.add(1)
			require.Equal(t, c.after, b.refundState("R-1"))
			require.Equal(t, c.after, b.query("A-1").Refunds[0].State)

			states := []payment.OperationState{c.first}
			if c.after != c.first {
				states = append(states, c.after)
			}
			var told []payment.OperationState
			for _, e := range b.events() {
				told = append(told, e.Snapshot.Refunds[0].State)
			}
			require.Equal(t, states, told)

			b.clock.add(24 * time.Hour)
			lines, err := b.sim.Settlement("2031-05-06")
			require.NoError(t, err)
			n, sum := 0, int64(0)
			for _, l := range lines {
				if l.Kind == payment.SettledRefund {
					n++
					sum += l.Gross.Minor()
					require.Equal(t, "R-1", l.Reference)
				}
			}
			require.Equal(t, c.listed, n)
			if c.after == payment.OperationSucceeded {
				require.Equal(t, int64(-250), sum)
			} else {
				require.Zero(t, sum)
			}
			left := eur(1000)
			if c.after == payment.OperationFailed {
				left = eur(1250)
			}
			require.NoError(t, b.sim.PlanRefunds(simpay.RefundPlan{}))
			_, err = b.client.Refund(t.Context(), refundOf("R-2", id, left, left))
			require.NoError(t, err)
		})
	}
}

func TestRefundsAreFinishedByHand(t *testing.T) {
	b := newBench(t)
	require.NoError(t, b.sim.PlanRefunds(simpay.RefundPlan{First: payment.OperationPending}))
	id := b.paid("A-1")
	_, err := b.client.Refund(t.Context(), refundOf("R-1", id, eur(250), eur(1250)))
	require.NoError(t, err)
	require.NoError(t, b.sim.FinishRefund("R-1", true))
	require.ErrorIs(t, b.sim.FinishRefund("R-1", true), simpay.ErrState)
	require.NoError(t, b.sim.FinishRefund("R-1", false))
	require.ErrorIs(t, b.sim.FinishRefund("R-1", true), simpay.ErrState, "what failed stays so")
	require.ErrorIs(t, b.sim.FinishRefund("R-2", true), simpay.ErrNotThere)
	require.Equal(t, payment.OperationUnknown, b.refundState("R-2"))
	for _, bad := range []simpay.RefundPlan{{First: payment.OperationFailed}, {First: "x"}, {Then: payment.OperationPending}, {After: -1}} {
		require.ErrorIs(t, b.sim.PlanRefunds(bad), simpay.ErrOptions)
	}
}

func TestTwoRefundsAtOnce(t *testing.T) {
	b := newBench(t)
	for i := range 20 {
		id := b.paid(fmt.Sprint("A-", i))
		var errs [2]error
		var both sync.WaitGroup
		for j := range errs {
			both.Go(func() {
				_, errs[j] = b.client.Refund(t.Context(), refundOf(fmt.Sprint("R-", i, "-", j), id, eur(700), money.Amount{}))
			})
		}
		both.Wait()
		require.NotEqual(t, errs[0] == nil, errs[1] == nil)
		require.Len(t, b.query(fmt.Sprint("A-", i)).Refunds, 1)
	}
}

func TestDisputes(t *testing.T) {
	for _, won := range []bool{true, false} {
		t.Run(fmt.Sprint("won ", won), func(t *testing.T) {
			b := newBench(t)
			id := b.paid("A-1")
			b.events()
			d, err := b.sim.OpenDispute(id, eur(1000))
			require.NoError(t, err)
			open := payment.GatewayDispute{ID: d, PaymentID: id, Amount: eur(1000), State: payment.DisputeOpen}
			require.Equal(t, []payment.GatewayDispute{open}, b.query("A-1").Disputes)
			_, err = b.sim.OpenDispute(id, eur(1))
			require.ErrorIs(t, err, simpay.ErrState, "one at a time")
			require.NoError(t, b.sim.EndDispute(d, won))
			require.ErrorIs(t, b.sim.EndDispute(d, won), simpay.ErrState)

			state, left := payment.DisputeWon, eur(1250)
			if !won {
				state, left = payment.DisputeLost, eur(250)
			}
			var told []payment.DisputeState
			for _, e := range b.events() {
				told = append(told, e.Snapshot.Disputes[0].State)
			}
			require.Equal(t, []payment.DisputeState{payment.DisputeOpen, state}, told)
			_, err = b.client.Refund(t.Context(), refundOf("R-1", id, left, left))
			require.NoError(t, err, "what is left can be given back")
			totals, err := b.sim.Totals(euro)
			require.NoError(t, err)
			require.Equal(t, eur(1250-left.Minor()), totals.Lost)
		})
	}
	b := newBench(t)
	_, err := b.sim.OpenDispute("charge-1", money.Amount{})
	require.ErrorIs(t, err, simpay.ErrNotThere)
	require.ErrorIs(t, b.sim.EndDispute("dispute-1", true), simpay.ErrNotThere)
	id := b.paid("A-1")
	for _, amount := range []money.Amount{eur(1251), eur(-1), money.New(1, money.MustCurrency("JPY"))} {
		_, err := b.sim.OpenDispute(id, amount)
		require.ErrorIs(t, err, simpay.ErrState)
	}
}
