package simpay_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/payment"
)

func TestASessionIsPaid(t *testing.T) {
	b := newBench(t)
	a := b.create("A-1")
	require.Equal(t, payment.AttemptPending, a.State)
	require.Contains(t, a.Next.URL, address+"/pay/")
	require.Equal(t, payment.Redirect, a.Next.Flow)

	id, err := b.sim.Pay("A-1")
	require.NoError(t, err)
	q := b.query("A-1")
	require.Equal(t, payment.AttemptSucceeded, q.State)
	require.True(t, q.Final)
	require.Equal(t, a.GatewayRef, q.GatewayRef)
	require.Equal(t, []payment.GatewayPayment{{ID: id, Amount: eur(1250), PaidAt: noon, Means: "card", Masked: "card 4242"}}, q.Payments)

	events := b.events()
	require.Len(t, events, 1)
	require.Equal(t, "A-1", events[0].Reference)
	require.Equal(t, q, events[0].Snapshot)
	require.Empty(t, b.events())
}
