package payment_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/payment"
	"courts.example/eservices/payment/ledger"
)

// TestPaidAtAGateway goes the straight way: started, pending, paid, with receipt and money in the books.
func TestPaidAtAGateway(t *testing.T) {
	c := newCounter(t, nil)
	c.order("o1")
	a := c.start("o1", payment.AttemptPending)
	require.Equal(t, "https://pay.acme.example/s/"+a.ID, a.Next.URL)
	require.Equal(t, a.ID, c.is("o1", payment.Paying).Reference)

	c.clock.move(time.Minute)
	paid := c.clock.now()
	c.acquirer.pay(a.ID, cents(4200), paid)
	c.clock.move(time.Minute)
	a = c.check(a.ID, payment.AttemptSucceeded)
	require.Equal(t, payment.NextAction{}, a.Next)

	o := c.is("o1", payment.Paid)
	require.Equal(t, payment.Means("visa"), o.Means)
	require.Equal(t, a.ID, o.Reference)
	require.Equal(t, paid, o.PaidAt)
	r, err := c.ReceiptOf(c.ctx, "o1")
	require.NoError(t, err)
	require.Equal(t, number(1), r.Number)
	c.stands(ledger.Revenue("court", "filing"), 4200)
	c.explained()
}

// TestWorkFindsTheMoney has nobody ask but the work.
func TestWorkFindsTheMoney(t *testing.T) {
	c := newCounter(t, nil)
	c.order("o1")
	a := c.start("o1", payment.AttemptPending)
	c.acquirer.pay(a.ID, cents(4200), monday)
	c.run(time.Minute)
	c.is("o1", payment.Paid)
	c.explained()
}
