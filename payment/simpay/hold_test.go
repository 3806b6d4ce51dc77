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

// held opens a session whose money is authorised.
func (b *bench) held(ref string) {
	b.Helper()
	b.paid(ref, func(r *payment.CreateRequest) { r.Authorise = true })
	q := b.query(ref)
	require.Equal(b, payment.AttemptAuthorised, q.State)
	require.True(b, q.Payments[0].Authorised)
	require.False(b, q.Final)
}

func operation(ref string, amount money.Amount) payment.OperationRequest {
	return payment.OperationRequest{Reference: ref, Key: ref + ":op:" + fmt.Sprint(amount.Minor()), Amount: amount}
}

func TestCapture(t *testing.T) {
	for name, c := range map[string]struct {
		amount, taken money.Amount
		class         payment.ErrorClass
	}{
		"all":              {money.Amount{}, eur(1250), ""},
		"all by name":      {eur(1250), eur(1250), ""},
		"a part":           {eur(50), eur(50), ""},
		"too much":         {eur(1251), eur(0), payment.NotAllowed},
		"less than no":     {eur(-1), eur(0), payment.Invalid},
		"another currency": {money.New(50, money.MustCurrency("JPY")), eur(0), payment.Invalid},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			b.held("A-1")
			r, err := b.client.Capture(t.Context(), operation("A-1", c.amount))
			q := b.query("A-1")
			if c.class != "" {
				b.class(err, c.class)
				require.Equal(t, payment.AttemptAuthorised, q.State)
				return
			}
			require.NoError(t, err)
			require.Equal(t, payment.OperationSucceeded, r.State)
			require.Equal(t, c.taken, r.Amount)
			require.Equal(t, r.Payments, q.Payments)
			require.Equal(t, c.taken, q.Payments[0].Amount)
			require.False(t, q.Payments[0].Authorised)
			require.Equal(t, payment.AttemptSucceeded, q.State)
			require.True(t, q.Final)
			lines, err := b.sim.Settlement("2031-05-06")
			require.NoError(t, err)
			require.Len(t, lines, 1, "what was only held is in no settlement")
			require.Equal(t, c.taken, lines[0].Gross)
		})
	}
}

func TestAnAuthorisationLapses(t *testing.T) {
	b := newBench(t, func(o *simpay.Options) { o.Terms.Authorised = time.Hour })
	b.held("A-1")
	b.clock.add(time.Hour - 1)
	require.Equal(t, payment.AttemptAuthorised, b.query("A-1").State)
	b.clock.add(1)
	q := b.query("A-1")
	require.Equal(t, payment.AttemptExpired, q.State)
	require.Empty(t, q.Payments)
	require.True(t, q.Final)
	_, err := b.client.Capture(t.Context(), operation("A-1", eur(0)))
	b.class(err, payment.NotAllowed)
}

func TestCancel(t *testing.T) {
	b := newBench(t)
	for _, w := range ways {
		b.create(w.name)
		w.into(b, w.name)
		_, err := b.client.Cancel(t.Context(), operation(w.name, eur(0)))
		switch w.state {
		case payment.AttemptPending, payment.AttemptCancelled:
			require.NoError(t, err, w.name)
			require.Equal(t, payment.AttemptCancelled, b.query(w.name).State)
			_, err = b.client.Cancel(t.Context(), operation(w.name, eur(2)))
			require.NoError(t, err, "cancelling again changes nothing")
		default:
			b.class(err, payment.NotAllowed)
			require.Equal(t, w.state, b.query(w.name).State)
		}
	}
	_, err := b.client.Cancel(t.Context(), operation("nobody", eur(0)))
	b.class(err, payment.NotAllowed)
	b.held("held")
	_, err = b.client.Cancel(t.Context(), operation("held", eur(0)))
	require.NoError(t, err)
	require.Empty(t, b.query("held").Payments)
	_, err = b.client.Capture(t.Context(), operation("held", eur(1)))
	b.class(err, payment.NotAllowed)
}

// TestCancelRacesPay lets both try at once: one of them wins, and the money is as it says.
func TestCancelRacesPay(t *testing.T) {
	b := newBench(t)
	for i := range 50 {
		ref := fmt.Sprint("A-", i)
		b.create(ref)
		var paid, cancelled error
		var both sync.WaitGroup
		both.Go(func() { _, paid = b.sim.Pay(ref) })
		both.Go(func() { _, cancelled = b.client.Cancel(t.Context(), operation(ref, eur(0))) })
		both.Wait()
		require.NotEqual(t, paid == nil, cancelled == nil, "%v, %v", paid, cancelled)
		require.Equal(t, paid == nil, len(b.query(ref).Payments) == 1)
	}
}

func TestByTheSimsOwnName(t *testing.T) {
	b := newBench(t)
	a := b.create("A-1")
	q, err := b.client.Query(t.Context(), payment.QueryRequest{GatewayRef: a.GatewayRef})
	require.NoError(t, err)
	require.Equal(t, b.query("A-1"), q)
	_, err = b.client.Cancel(t.Context(), payment.OperationRequest{GatewayRef: a.GatewayRef, Key: "k:1"})
	require.NoError(t, err)
	require.Equal(t, payment.AttemptCancelled, b.query("A-1").State)
}
