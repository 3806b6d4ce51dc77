package payment_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/payment"
	"courts.example/eservices/payment/simpay"
)

// deadly is a gateway by whose calls a process dies: at the n-th call, before it or after it took effect.
type deadly struct {
	*simpay.Client
	process *mortal
	mu      sync.Mutex
	dieAt   int
	late    bool
	calls   int
}

func (g *deadly) at(effect func()) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.calls++
	if g.calls != g.dieAt {
		effect()
		return nil
	}
	if g.late {
		effect()
	}
	g.process.mu.Lock()
	g.process.dead = true
	g.process.mu.Unlock()
	return errDead
}

func (g *deadly) Refund(ctx context.Context, r payment.RefundRequest) (reply payment.OperationReply, err error) {
	return reply, errors.Join(g.at(func() { reply, err = g.Client.Refund(ctx, r) }), err)
}

func (g *deadly) QueryRefund(ctx context.Context, r payment.QueryRefundRequest) (reply payment.OperationReply, err error) {
	return reply, errors.Join(g.at(func() { reply, err = g.Client.QueryRefund(ctx, r) }), err)
}

func (g *deadly) Query(ctx context.Context, r payment.QueryRequest) (reply payment.QueryReply, err error) {
	return reply, errors.Join(g.at(func() { reply, err = g.Client.Query(ctx, r) }), err)
}

// giveBack is what two clerks do about an order, from wherever it stands.
func giveBack(ctx context.Context, c *payment.Cashier, minor int64) error {
	r, err := c.Propose(ctx, payment.Proposal{Order: "o1", Amount: cents(minor), Reason: "r", By: "clerk-1", Key: fmt.Sprint("form ", minor)})
	if err != nil {
		return err
	}
	if r.Stage() == payment.StageProposed {
		_, err = c.Approve(ctx, r.ID, "clerk-2")
	}
	return err
}

// death is where a process dies: at a write or at a call, before or after it.
type death struct {
	write, call int
	late        bool
}

// TestRefundSurvivesEveryDeath gives money back twice, with a process that dies at every write and every call in turn, before or after it. The
// next process finishes: each refund is made once, and everything is explained.
func TestRefundSurvivesEveryDeath(t *testing.T) {
	if testing.Short() {
		t.Skip("long: it runs where -short is not asked for")
	}
	for _, plan := range []simpay.RefundPlan{
		{}, {First: payment.OperationPending, Then: payment.OperationSucceeded, After: 10 * time.Minute},
		{Then: payment.OperationFailed, After: 10 * time.Minute},
	} {
		writes, calls := refundWithDeath(t, plan, death{})
		for _, late := range []bool{false, true} {
			for n := 1; n <= writes; n++ {
				t.Run(fmt.Sprint(plan, " write ", n, late), func(t *testing.T) { refundWithDeath(t, plan, death{write: n, late: late}) })
			}
			for n := 1; n <= calls; n++ {
				t.Run(fmt.Sprint(plan, " call ", n, late), func(t *testing.T) { refundWithDeath(t, plan, death{call: n, late: late}) })
			}
		}
	}
}

func refundWithDeath(t *testing.T, plan simpay.RefundPlan, at death) (writes, calls int) {
	d := newDesk(t, nil)
	d.paid("o1")
	require.NoError(t, d.sim.PlanRefunds(plan))
	m := &mortal{Store: d.store, dieAt: at.write, late: at.late}
	g := &deadly{Client: d.options.Gateways[0].(*simpay.Client), process: m, dieAt: at.call, late: at.late}
	d.options.Gateways = []payment.Gateway{g}
	first := d.process(m)
	run := func(c *payment.Cashier) {
		for _, minor := range []int64{1000, 3200} {
			_ = giveBack(d.ctx, c, minor) // what a dead process answers nobody hears
		}
		for range 3 {
			_, _ = c.Work(d.ctx)
			d.clock.move(30 * time.Second)
		}
	}
	run(first)
	writes, calls = m.counts, g.calls

	g.dieAt, g.process = 0, &mortal{}
	next := d.process(d.store)
	d.Cashier = next
	for _, minor := range []int64{1000, 3200} {
		require.NoError(t, giveBack(d.ctx, next, minor))
	}
	for range 8 {
		d.later(10 * time.Minute)
	}
	d.later(25 * time.Hour)
	d.deliver()
	effects, err := d.sim.Effects()
	require.NoError(t, err)
	refunds, _, err := d.Refunds(d.ctx, payment.RefundQuery{Order: "o1"})
	require.NoError(t, err)
	require.Len(t, refunds, 2)
	want := payment.OperationSucceeded
	if plan.Then == payment.OperationFailed {
		want = payment.OperationFailed
		require.Zero(t, effects.Refunds)
		d.stands(filing, 4200)
	} else {
		require.Equal(t, 2, effects.Refunds)
		d.stands(filing, 0)
	}
	for _, r := range refunds {
		require.Equal(t, want, r.State)
		require.Equal(t, r.State == payment.OperationSucceeded || r.Returned, r.Note.N > 0, "what was known to be done has its note")
	}
	d.explained()
	return writes, calls
}
