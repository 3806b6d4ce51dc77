package payment_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/payment"
	"courts.example/eservices/payment/ledger"
)

// TestLateMoneyPays: an attempt ended, and its money came after all.
func TestLateMoneyPays(t *testing.T) {
	for _, end := range []payment.AttemptState{payment.AttemptFailed, payment.AttemptCancelled, payment.AttemptExpired} {
		t.Run(string(end), func(t *testing.T) {
			c := newCounter(t, nil)
			a := c.bring("o1", end)
			c.acquirer.pay(a.ID, cents(4200), c.clock.now())
			c.run(time.Hour)
			a = c.check(a.ID, payment.AttemptSucceeded)
			require.True(t, a.Flagged(payment.FlagLate))
			require.Equal(t, a.ID, c.is("o1", payment.Paid).Reference)
			c.explained()
		})
	}
}

// TestLateMoneyWhileAnotherIsActive: the money of an attempt that had ended pays the order; the active one is cancelled at the gateway.
func TestLateMoneyWhileAnotherIsActive(t *testing.T) {
	c := newCounter(t, nil)
	a := c.bring("o1", payment.AttemptExpired)
	b := c.start("o1", payment.AttemptPending)
	c.acquirer.pay(a.ID, cents(4200), c.clock.now())
	c.check(a.ID, payment.AttemptSucceeded)
	require.Equal(t, a.ID, c.is("o1", payment.Paid).Reference)
	c.run(time.Second) // the work of the other is due at once
	b, err := c.Attempt(c.ctx, b.ID)
	require.NoError(t, err)
	require.Equal(t, payment.AttemptCancelled, b.State)
	require.Equal(t, "cashier", b.Cancel.By)
	c.explained()
}

// TestBothPay: the other attempt was paid too before it could be cancelled. That money is nobody's.
func TestBothPay(t *testing.T) {
	c := newCounter(t, nil)
	a := c.bring("o1", payment.AttemptExpired)
	b := c.start("o1", payment.AttemptPending)
	c.acquirer.pay(a.ID, cents(4200), c.clock.now())
	c.acquirer.pay(b.ID, cents(4200), c.clock.now())
	c.check(a.ID, payment.AttemptSucceeded)
	b = c.check(b.ID, payment.AttemptSucceeded)
	require.True(t, b.Flagged(payment.FlagExcess))
	c.is("o1", payment.Paid)
	c.stands(ledger.Unallocated, 4200)
	c.stands(ledger.Revenue("court", "filing"), 4200)
	c.explained()
}

// TestCodePaidTwice: one code is scanned and paid twice.
func TestCodePaidTwice(t *testing.T) {
	for _, together := range []bool{true, false} {
		c := newCounter(t, nil)
		c.order("o1")
		r := request("o1")
		r.Flow = payment.QR
		a, err := c.Start(c.ctx, r)
		require.NoError(t, err)
		c.acquirer.pay(a.ID, cents(4200), c.clock.now())
		if !together {
			c.check(a.ID, payment.AttemptSucceeded)
		}
		c.acquirer.pay(a.ID, cents(4200), c.clock.now())
		a = c.check(a.ID, payment.AttemptSucceeded)
		require.True(t, a.Flagged(payment.FlagExcess))
		excess, _, err := c.Unallocated(c.ctx, "", 0)
		require.NoError(t, err)
		require.Len(t, excess, 1)
		takings, err := c.TakingsOf(c.ctx, "o1")
		require.NoError(t, err)
		require.Len(t, takings, 2)
		c.explained()
	}
}

// TestMismatch: money in another amount or currency is on record, flagged, and pays nothing.
func TestMismatch(t *testing.T) {
	for name, pay := range map[string]func(c counter, id string){
		"less":     func(c counter, id string) { c.acquirer.pay(id, cents(4199), c.clock.now()) },
		"more":     func(c counter, id string) { c.acquirer.pay(id, cents(4201), c.clock.now()) },
		"currency": func(c counter, id string) { c.acquirer.pay(id, dollars(4200), c.clock.now()) },
	} {
		t.Run(name, func(t *testing.T) {
			c := newCounter(t, nil)
			c.order("o1")
			a := c.start("o1", payment.AttemptPending)
			pay(c, a.ID)
			a = c.check(a.ID, payment.AttemptSucceeded)
			require.Equal(t, []payment.Flag{payment.FlagMismatch}, a.Flags)
			c.is("o1", payment.Open)
			c.stands(ledger.Revenue("court", "filing"), 0)
			c.explained()
			b := c.start("o1", payment.AttemptPending)
			c.acquirer.pay(b.ID, cents(4200), c.clock.now())
			c.check(b.ID, payment.AttemptSucceeded)
			c.is("o1", payment.Paid)
			c.explained()
		})
	}
}

// TestUnprovenSuccess: a success without a payment is not believed, until one is shown.
func TestUnprovenSuccess(t *testing.T) {
	c := newCounter(t, nil)
	c.order("o1")
	a := c.start("o1", payment.AttemptPending)
	c.acquirer.set(a.ID, payment.AttemptSucceeded, true)
	a = c.check(a.ID, payment.AttemptPending)
	require.True(t, a.Flagged(payment.FlagUnproven))
	require.False(t, a.Final)
	c.is("o1", payment.Paying)
	c.acquirer.pay(a.ID, cents(4200), c.clock.now())
	a = c.check(a.ID, payment.AttemptSucceeded)
	require.Empty(t, a.Flags)
	require.True(t, a.Final)
	c.explained()
}

// TestNeverDropped: attempts that ended and may still be paid are asked about for weeks; final ones are left alone.
func TestNeverDropped(t *testing.T) {
	c := newCounter(t, nil)
	open, final := c.bring("o1", payment.AttemptExpired), c.bring("o2", payment.AttemptFailed)
	c.acquirer.set(final.ID, payment.AttemptFailed, true)
	c.check(final.ID, payment.AttemptFailed)
	c.run(time.Hour)
	c.run(30 * 24 * time.Hour)
	asked := c.acquirer.count("query")
	c.acquirer.pay(open.ID, cents(4200), c.clock.now())
	c.run(48 * time.Hour)
	c.is("o1", payment.Paid)
	require.Less(t, asked, 70)
	c.explained()
}
