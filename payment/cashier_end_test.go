package payment_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/ledger"
)

func TestCancel(t *testing.T) {
	c := newCounter(t, nil)
	c.order("o1")
	a := c.start("o1", payment.AttemptPending)
	a, err := c.Cashier.Cancel(c.ctx, a.ID, "acme")
	require.NoError(t, err)
	require.Equal(t, payment.AttemptCancelled, a.State)
	require.Equal(t, payment.OperationSucceeded, a.Cancel.State)
	require.Equal(t, "acme", a.Cancel.By)
	c.is("o1", payment.Open)
	again, err := c.Cashier.Cancel(c.ctx, a.ID, "acme")
	require.NoError(t, err)
	require.Equal(t, a, again)
	require.Equal(t, 1, c.acquirer.count("cancel"))
	c.start("o1", payment.AttemptPending)
}

// TestCancelMeetsTheMoney: the payer was quicker than the cancellation.
func TestCancelMeetsTheMoney(t *testing.T) {
	c := newCounter(t, nil)
	c.order("o1")
	a := c.start("o1", payment.AttemptPending)
	c.acquirer.pay(a.ID, cents(4200), c.clock.now())
	a, err := c.Cashier.Cancel(c.ctx, a.ID, "acme")
	require.NoError(t, err)
	require.Equal(t, payment.AttemptSucceeded, a.State)
	require.Equal(t, payment.OperationFailed, a.Cancel.State)
	c.is("o1", payment.Paid)
	c.explained()
}

// TestCancelLost loses the reply of a cancellation, or the request; the work goes on with the same key.
func TestCancelLost(t *testing.T) {
	for name, lose := range map[string]func(*acquirer){
		"reply":   func(q *acquirer) { q.lose["cancel"] = 1 },
		"request": func(q *acquirer) { q.refuse["cancel"] = []error{errLost} },
		"refused": func(q *acquirer) { q.refuse["cancel"] = []error{refusal(payment.Unavailable)} },
	} {
		t.Run(name, func(t *testing.T) {
			c := newCounter(t, nil)
			c.order("o1")
			a := c.start("o1", payment.AttemptPending)
			lose(c.acquirer)
			a, err := c.Cashier.Cancel(c.ctx, a.ID, "acme")
			require.NoError(t, err)
			require.True(t, a.Cancel.Open())
			c.is("o1", payment.Paying)
			_, err = c.Start(c.ctx, request("o1"))
			require.ErrorAs(t, err, new(*payment.ActiveError))
			c.run(time.Minute)
			a, err = c.Attempt(c.ctx, a.ID)
			require.NoError(t, err)
			require.Equal(t, payment.AttemptCancelled, a.State)
			require.Equal(t, payment.OperationSucceeded, a.Cancel.State)
			c.is("o1", payment.Open)
		})
	}
}

// TestCancelUnknown: what may never have been there is looked for first.
func TestCancelUnknown(t *testing.T) {
	t.Run("there", func(t *testing.T) {
		c := newCounter(t, nil)
		c.order("o1")
		c.acquirer.lose["create"] = 1
		a := c.start("o1", payment.AttemptUnknown)
		a, err := c.Cashier.Cancel(c.ctx, a.ID, "acme")
		require.NoError(t, err)
		require.Equal(t, payment.AttemptCancelled, a.State)
		c.is("o1", payment.Open)
	})
	t.Run("not there", func(t *testing.T) {
		c := newCounter(t, nil)
		c.order("o1")
		c.acquirer.refuse["create"] = []error{errLost}
		a := c.start("o1", payment.AttemptUnknown)
		a, err := c.Cashier.Cancel(c.ctx, a.ID, "acme")
		require.NoError(t, err)
		require.Equal(t, payment.AttemptUnknown, a.State, "the request may yet land")
		c.clock.move(2 * time.Minute)
		a = c.check(a.ID, payment.AttemptCancelled)
		require.False(t, a.Final)
		require.Equal(t, 1, c.acquirer.count("create"), "what is not wanted is not sent again")
	})
	t.Run("never sent", func(t *testing.T) {
		c := newCounter(t, nil)
		c.order("o1")
		c.acquirer.refuse["create"] = []error{refusal(payment.Unavailable)}
		a := c.start("o1", payment.AttemptUnknown)
		a, err := c.Cashier.Cancel(c.ctx, a.ID, "acme")
		require.NoError(t, err)
		require.Equal(t, payment.AttemptCancelled, a.State)
		require.True(t, a.Final)
	})
}

func TestCancelWhereItCant(t *testing.T) {
	c := newCounter(t, nil)
	c.acquirer.caps.Cancel, c.acquirer.caps.AuthCapture = false, false
	c.order("o1")
	a := c.start("o1", payment.AttemptPending)
	_, err := c.Cashier.Cancel(c.ctx, a.ID, "acme")
	require.ErrorIs(t, err, payment.ErrInvalid)
	require.ErrorContains(t, err, "can't cancel")
}

// meddler does something before the first change whose id ends so, as another node may.
type meddler struct {
	store.Store
	suffix string
	do     func()
}

func (m *meddler) Apply(ctx context.Context, c store.Change) (store.Applied, error) {
	if do := m.do; do != nil && strings.HasSuffix(c.ID, m.suffix) {
		m.do = nil
		do()
	}
	return m.Store.Apply(ctx, c)
}

// TestAnOperationMeetsAPoll: another node asks about the attempt, and counts that, at the moment when an operation is to be stored.
func TestAnOperationMeetsAPoll(t *testing.T) {
	for _, verb := range []string{"capture", "cancel"} {
		t.Run(verb, func(t *testing.T) {
			m := &meddler{suffix: "/" + verb}
			c := newCounter(t, func(o *payment.CashierOptions) { m.Store, o.Store = o.Store, m })
			a := c.bring("o1", payment.AttemptAuthorised)
			m.do = func() { c.check(a.ID, payment.AttemptAuthorised) }
			operate, want := c.Cashier.Capture, payment.AttemptSucceeded
			if verb == "cancel" {
				operate, want = c.Cashier.Cancel, payment.AttemptCancelled
			}
			a, err := operate(c.ctx, a.ID, "officer")
			require.NoError(t, err)
			require.Equal(t, want, a.State)
			require.Equal(t, 1, c.acquirer.count(verb))
			c.explained()
		})
	}
}

func TestAuthoriseAndCapture(t *testing.T) {
	for name, lose := range map[string]func(*acquirer){
		"straight": func(*acquirer) {},
		"reply":    func(q *acquirer) { q.lose["capture"] = 1 },
		"request":  func(q *acquirer) { q.refuse["capture"] = []error{errLost, refusal(payment.Throttled)} },
	} {
		t.Run(name, func(t *testing.T) {
			c := newCounter(t, nil)
			a := c.bring("o1", payment.AttemptAuthorised)
			c.is("o1", payment.Paying)
			c.stands(ledger.Revenue("court", "filing"), 0)
			lose(c.acquirer)
			_, err := c.Capture(c.ctx, a.ID, "officer 1")
			require.NoError(t, err)
			c.run(10 * time.Minute)
			a, err = c.Attempt(c.ctx, a.ID)
			require.NoError(t, err)
			require.Equal(t, payment.AttemptSucceeded, a.State)
			require.Equal(t, payment.OperationSucceeded, a.Capture.State)
			c.is("o1", payment.Paid)
			c.explained()
			again, err := c.Capture(c.ctx, a.ID, "officer 1")
			require.NoError(t, err)
			require.Equal(t, a, again)
		})
	}
}

// TestHoldGivenUp: what is held and not wanted is given up, and the order can be paid anew.
func TestHoldGivenUp(t *testing.T) {
	c := newCounter(t, nil)
	a := c.bring("o1", payment.AttemptAuthorised)
	a, err := c.Cashier.Cancel(c.ctx, a.ID, "officer 1")
	require.NoError(t, err)
	require.Equal(t, payment.AttemptCancelled, a.State)
	_, err = c.Capture(c.ctx, a.ID, "officer 1")
	require.ErrorIs(t, err, payment.ErrTransition)
	c.is("o1", payment.Open)
	c.explained()
}

// TestEndedAndAuthorised: money held for an attempt that has ended is given up by itself.
func TestEndedAndAuthorised(t *testing.T) {
	c := newCounter(t, nil)
	c.order("o1")
	a := c.start("o1", payment.AttemptPending)
	c.acquirer.set(a.ID, payment.AttemptExpired, false)
	c.check(a.ID, payment.AttemptExpired)
	c.acquirer.set(a.ID, payment.AttemptAuthorised, false)
	a = c.check(a.ID, payment.AttemptExpired)
	require.Equal(t, payment.AttemptCancelled, c.acquirer.sessions[a.ID].state)
	require.Equal(t, payment.OperationSucceeded, a.Cancel.State)
	c.is("o1", payment.Open)
}

func TestExpireAsksFirst(t *testing.T) {
	t.Run("not paid", func(t *testing.T) {
		c := newCounter(t, nil)
		c.order("o1")
		a := c.start("o1", payment.AttemptPending)
		o, err := c.Cashier.Expire(c.ctx, "o1", "not paid in time", "clock")
		require.NoError(t, err)
		require.Equal(t, payment.Expired, o.State)
		require.Equal(t, o, c.is("o1", payment.Expired))
		require.Equal(t, payment.AttemptCancelled, c.acquirer.sessions[a.ID].state)
	})
	t.Run("paid", func(t *testing.T) {
		c := newCounter(t, nil)
		c.order("o1")
		a := c.start("o1", payment.AttemptPending)
		c.acquirer.pay(a.ID, cents(4200), c.clock.now())
		o, err := c.Cashier.Expire(c.ctx, "o1", "not paid in time", "clock")
		require.NoError(t, err)
		require.Equal(t, payment.Paid, o.State)
		c.explained()
	})
	t.Run("paid late by an attempt that had ended", func(t *testing.T) {
		c := newCounter(t, nil)
		c.order("o1")
		a := c.start("o1", payment.AttemptPending)
		c.acquirer.set(a.ID, payment.AttemptExpired, false)
		c.check(a.ID, payment.AttemptExpired)
		c.acquirer.pay(a.ID, cents(4200), c.clock.now())
		o, err := c.Cashier.Expire(c.ctx, "o1", "not paid in time", "clock")
		require.NoError(t, err)
		require.Equal(t, payment.Paid, o.State)
		c.explained()
	})
	t.Run("nobody knows", func(t *testing.T) {
		c := newCounter(t, nil)
		c.order("o1")
		c.start("o1", payment.AttemptPending)
		c.acquirer.refuse["query"] = []error{errLost}
		c.acquirer.refuse["cancel"] = []error{errLost}
		_, err := c.Cashier.Expire(c.ctx, "o1", "not paid in time", "clock")
		require.ErrorAs(t, err, new(*payment.ActiveError))
		c.is("o1", payment.Paying)
		o, err := c.Cashier.Expire(c.ctx, "o1", "not paid in time", "clock")
		require.NoError(t, err)
		require.Equal(t, payment.Expired, o.State)
		again, err := c.Cashier.Expire(c.ctx, "o1", "not paid in time", "clock")
		require.NoError(t, err)
		require.Equal(t, o, again)
	})
}
