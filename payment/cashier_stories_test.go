package payment_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/payment"
	"courts.example/eservices/payment/ledger"
)

// story is what a process does at a counter; the world around it acts through the other counter. It stops at the first error.
type story struct {
	name  string
	begin func(c counter) // before the process lives
	tell  func(c, world counter) error
	end   func(t *testing.T, c counter) // after others took up what it left
}

// latest is the latest attempt of the order, if there is one.
func (c counter) latest(order string) (payment.Attempt, bool) {
	all, err := c.Attempts(c.ctx, order)
	require.NoError(c.t, err)
	if len(all) == 0 {
		return payment.Attempt{}, false
	}
	return all[len(all)-1], true
}

// payer pays what waits for a payer.
func (c counter) payer() {
	for ref, v := range c.acquirer.sessions {
		if v.state == payment.AttemptPending {
			c.acquirer.pay(ref, cents(4200), c.clock.now())
		}
	}
}

func stories() []story {
	start := func(c counter, authorise bool) (payment.Attempt, error) {
		r := request("o1")
		r.Authorise = authorise
		return c.Start(c.ctx, r)
	}
	paid := func(t *testing.T, c counter) {
		clear(c.acquirer.lose)
		if _, ok := c.latest("o1"); !ok {
			c.start("o1", payment.AttemptPending)
		}
		c.run(10 * time.Minute)
		c.payer()
		c.run(30 * time.Minute)
		c.is("o1", payment.Paid)
		require.Equal(t, 1, c.acquirer.taken, "the payer is charged once")
	}
	open := func(c counter) { c.order("o1") }
	return []story{
		{"sale", open, func(c, world counter) error {
			a, err := start(c, false)
			if err != nil {
				return err
			}
			world.payer()
			_, err = c.Check(c.ctx, a.ID)
			return err
		}, paid},
		{"sale by work", open, func(c, world counter) error {
			if _, err := start(c, false); err != nil {
				return err
			}
			world.payer()
			c.clock.move(time.Minute)
			_, err := c.Work(c.ctx)
			return err
		}, paid},
		{"capture", open, func(c, world counter) error {
			a, err := start(c, true)
			if err != nil {
				return err
			}
			world.payer()
			if _, err := c.Check(c.ctx, a.ID); err != nil {
				return err
			}
			_, err = c.Capture(c.ctx, a.ID, "officer 1")
			return err
		}, func(t *testing.T, c counter) {
			if _, ok := c.latest("o1"); !ok {
				_, err := start(c, true)
				require.NoError(t, err)
			}
			c.run(10 * time.Minute)
			c.payer()
			c.run(30 * time.Minute)
			a, _ := c.latest("o1")
			_, err := c.Capture(c.ctx, a.ID, "officer 1")
			require.NoError(t, err)
			c.is("o1", payment.Paid)
			require.Equal(t, 1, c.acquirer.taken)
		}},
		{"cancel", open, func(c, world counter) error {
			a, err := start(c, false)
			if err != nil {
				return err
			}
			_, err = c.Cashier.Cancel(c.ctx, a.ID, "acme")
			return err
		}, func(t *testing.T, c counter) {
			c.run(10 * time.Minute)
			if a, ok := c.latest("o1"); ok {
				a, err := c.Cashier.Cancel(c.ctx, a.ID, "acme")
				require.NoError(t, err)
				require.Equal(t, payment.AttemptCancelled, a.State)
			}
			c.is("o1", payment.Open)
		}},
		{"late money while another is active", func(c counter) {
			c.bring("o1", payment.AttemptExpired)
		}, func(c, world counter) error {
			late, _ := world.latest("o1")
			if _, err := start(c, false); err != nil {
				return err
			}
			world.acquirer.pay(late.ID, cents(4200), c.clock.now())
			if _, err := c.Check(c.ctx, late.ID); err != nil {
				return err
			}
			c.clock.move(time.Second)
			_, err := c.Work(c.ctx)
			return err
		}, func(t *testing.T, c counter) {
			for ref, v := range c.acquirer.sessions {
				if v.state == payment.AttemptExpired {
					c.acquirer.pay(ref, cents(4200), c.clock.now())
				}
			}
			c.run(2 * time.Hour)
			c.is("o1", payment.Paid)
			require.Equal(t, 1, c.acquirer.taken)
			for _, v := range c.acquirer.sessions {
				require.NotEqual(t, payment.AttemptPending, v.state)
			}
		}},
		{"expire", open, func(c, world counter) error {
			if _, err := start(c, false); err != nil {
				return err
			}
			_, err := c.Cashier.Expire(c.ctx, "o1", "not paid in time", "clock")
			return err
		}, func(t *testing.T, c counter) {
			c.run(10 * time.Minute)
			o, err := c.Cashier.Expire(c.ctx, "o1", "not paid in time", "clock")
			require.NoError(t, err)
			require.Equal(t, payment.Expired, o.State)
		}},
		{"another amount", open, func(c, world counter) error {
			a, err := start(c, false)
			if err != nil {
				return err
			}
			world.acquirer.pay(a.ID, cents(1), c.clock.now())
			_, err = c.Check(c.ctx, a.ID)
			return err
		}, func(t *testing.T, c counter) {
			c.run(10 * time.Minute)
			for _, v := range c.acquirer.sessions {
				require.NotEqual(t, payment.AttemptUnknown, v.state)
			}
		}},
		{"allocate", func(c counter) {
			c.order("o1")
			elsewhere := &visit{state: payment.AttemptSucceeded}
			c.acquirer.sessions["elsewhere"] = elsewhere
			for i, minor := range []int64{4000, 200} {
				p := payment.GatewayPayment{ID: fmt.Sprint("s-", i), Amount: cents(minor), PaidAt: monday}
				elsewhere.payments = append(elsewhere.payments, p)
				_, err := c.Record(c.ctx, "acme-pay", "", p, payment.FromSettlement)
				require.NoError(c.t, err)
			}
		}, func(c, _ counter) error {
			_, err := c.Allocate(c.ctx, allocated())
			return err
		}, func(t *testing.T, c counter) {
			c.run(10 * time.Minute) // what was begun is finished by itself
			o, err := c.Orders.Get(c.ctx, "o1")
			require.NoError(t, err)
			require.NotEqual(t, payment.Paying, o.State)
			_, err = c.Allocate(c.ctx, allocated())
			require.NoError(t, err)
			c.is("o1", payment.Paid)
			c.stands(ledger.Unallocated, 0)
		}},
		{"resolve", open, func(c, world counter) error {
			c.acquirer.lose["create"] = 1
			a, err := start(c, false)
			if err != nil {
				return err
			}
			id := world.acquirer.pay(a.ID, cents(4200), c.clock.now())
			r, err := c.Resolve(c.ctx, payment.Resolution{
				Attempt: a.ID, Outcome: payment.AttemptSucceeded, Evidence: "seen", ProposedBy: "officer 1",
				Payment: payment.GatewayPayment{ID: id, Amount: cents(4200), PaidAt: c.clock.now()},
			})
			if err != nil {
				return err
			}
			_, err = c.Confirm(c.ctx, r.ID, "officer 2")
			return err
		}, paid},
		{"paid twice", open, func(c, world counter) error {
			a, err := start(c, false)
			if err != nil {
				return err
			}
			world.acquirer.pay(a.ID, cents(4200), c.clock.now())
			world.acquirer.pay(a.ID, cents(4200), c.clock.now())
			_, err = c.Check(c.ctx, a.ID)
			return err
		}, func(t *testing.T, c counter) {
			c.run(10 * time.Minute)
		}},
	}
}

func allocated() payment.Allocation {
	return payment.Allocation{
		Order: "o1", By: "officer 1", ApprovedBy: "officer 2",
		Takings: []payment.TakingID{{Gateway: "acme-pay", Payment: "s-0"}, {Gateway: "acme-pay", Payment: "s-1"}},
	}
}
