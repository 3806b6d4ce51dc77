package payment_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/payment"
	"courts.example/eservices/payment/ledger"
)

// atOnce runs n functions at once and waits for all.
func atOnce(n int, do func(i int)) {
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() { do(i) })
	}
	all.Wait()
}

// twoCounters are two processes at one store and one company.
func twoCounters(t *testing.T) [2]counter {
	path := filepath.Join(t.TempDir(), "office.db")
	q, now := newAcquirer(), &clock{at: monday}
	return [2]counter{counterAt(officeAt(t, path), q, now, nil), counterAt(officeAt(t, path), q, now, nil)}
}

// TestTwoCashiersOneOrder has many start, check, cancel and work at once on two cashiers: of each order one attempt at a time, every
// payment recorded once, receipts without gaps.
func TestTwoCashiersOneOrder(t *testing.T) {
	both := twoCounters(t)
	c := both[0]
	const orders, hands = 12, 4
	for i := range orders {
		c.order(fmt.Sprint("o", i))
	}
	started := make([]int, orders)
	var mu sync.Mutex
	atOnce(orders*hands, func(i int) {
		_, err := both[i%2].Start(c.ctx, request(fmt.Sprint("o", i%orders)))
		mu.Lock()
		defer mu.Unlock()
		var active *payment.ActiveError
		switch {
		case err == nil:
			started[i%orders]++
		case !errors.As(err, &active):
			t.Errorf("start: %v", err)
		}
	})
	for i, n := range started {
		require.Equal(t, 1, n, "order %d", i)
	}
	require.Equal(t, orders, c.acquirer.count("create"))

	c.payer()
	atOnce(orders*hands, func(i int) {
		at := both[i%2]
		a, err := at.ActiveOf(c.ctx, fmt.Sprint("o", i%orders))
		switch {
		case errors.Is(err, payment.ErrNoAttempt):
			return
		case err != nil:
			t.Errorf("active: %v", err)
			return
		}
		if i%3 == 0 {
			_, err = at.Cashier.Cancel(c.ctx, a.ID, "acme")
		} else {
			_, err = at.Check(c.ctx, a.ID)
		}
		if err != nil {
			t.Errorf("check: %v", err)
		}
	})
	c.clock.move(time.Minute)
	atOnce(4, func(i int) {
		if _, err := both[i%2].Work(c.ctx); err != nil {
			t.Errorf("work: %v", err)
		}
	})
	for i := range orders {
		c.is(fmt.Sprint("o", i), payment.Paid)
	}
	c.stands(ledger.Revenue("court", "filing"), orders*4200)
	c.explained()
	receipts, _, err := c.Receipts(c.ctx, series, "", 0)
	require.NoError(t, err)
	require.Len(t, receipts, orders)
}

// TestExpiryMeetsMoney has orders expire while their money comes: each ends expired or paid, and no number is missing.
func TestExpiryMeetsMoney(t *testing.T) {
	both := twoCounters(t)
	c := both[0]
	const orders = 12
	for i := range orders {
		c.order(fmt.Sprint("o", i))
		a := c.start(fmt.Sprint("o", i), payment.AttemptPending)
		c.acquirer.set(a.ID, payment.AttemptExpired, false)
		c.check(a.ID, payment.AttemptExpired)
	}
	atOnce(orders*3, func(i int) {
		order := fmt.Sprint("o", i%orders)
		switch i / orders {
		case 0:
			a, _ := c.latest(order)
			c.acquirer.pay(a.ID, cents(4200), monday)
			if _, err := both[0].Check(c.ctx, a.ID); err != nil {
				t.Errorf("check: %v", err)
			}
		case 1:
			_, err := both[1].Cashier.Expire(c.ctx, order, "not paid in time", "clock")
			if err != nil && !errors.Is(err, payment.ErrTransition) { // it is being paid, or was cancelled
				t.Errorf("expire: %v", err)
			}
		case 2:
			o, err := both[1].Orders.Get(c.ctx, order)
			if err == nil {
				if step, err := both[1].Orders.Cancel(o, "not wanted", monday); err == nil {
					_, _ = both[1].Apply(c.ctx, step.Change) // may be too late
				}
			}
		}
	})
	c.run(time.Hour)
	for i := range orders {
		o, err := c.Orders.Get(c.ctx, fmt.Sprint("o", i))
		require.NoError(t, err)
		require.True(t, o.State.Over(), o.State)
	}
	c.explained()
}
