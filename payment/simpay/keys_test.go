package simpay_test

import (
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/simpay"
)

func (b *bench) effects() simpay.Effects {
	b.Helper()
	e, err := b.sim.Effects()
	require.NoError(b, err)
	return e
}

func TestTheSameKeyHasItsEffectOnce(t *testing.T) {
	b := newBench(t)
	first := b.create("A-1")
	require.False(t, first.Replay)
	b.act("A-1", simpay.DeedPay)
	for n := 2; n < 10; n++ {
		again := b.create("A-1", func(r *payment.CreateRequest) { r.SendNo = n })
		require.True(t, again.Replay)
		again.Replay = false
		require.Equal(t, first, again, "the answer is that of then")
	}
	require.Equal(t, 1, b.effects().Sessions)
}

func TestManyWithTheSameKeyAtOnce(t *testing.T) {
	b := newBench(t)
	replies := make([]payment.AttemptReply, 50)
	var all sync.WaitGroup
	for i := range replies {
		all.Go(func() {
			var err error
			replies[i], err = b.newClient(b.sim.RoundTripper(), secret).Create(t.Context(), b.request("A-1"))
			require.NoError(t, err)
		})
	}
	all.Wait()
	fresh := 0
	for _, r := range replies {
		require.Equal(t, replies[0].GatewayRef, r.GatewayRef)
		if !r.Replay {
			fresh++
		}
	}
	require.Equal(t, 1, fresh)
	require.Equal(t, 1, b.effects().Sessions)
}

func TestTheSameKeyWithOtherContents(t *testing.T) {
	b := newBench(t)
	b.create("A-1")
	for name, change := range map[string]func(*payment.CreateRequest){
		"amount":      func(r *payment.CreateRequest) { r.Amount = eur(1251) },
		"currency":    func(r *payment.CreateRequest) { r.Amount = money.New(1250, money.MustCurrency("JPY")) },
		"reference":   func(r *payment.CreateRequest) { r.Reference = "A-2" },
		"means":       func(r *payment.CreateRequest) { r.Means = "wallet" },
		"authorising": func(r *payment.CreateRequest) { r.Authorise = true },
		"flow":        func(r *payment.CreateRequest) { r.Flow = payment.QR },
		"return":      func(r *payment.CreateRequest) { r.ReturnURL = "https://court.test/elsewhere" },
	} {
		r := b.request("A-1")
		change(&r)
		_, err := b.client.Create(t.Context(), r)
		b.class(err, payment.Conflict)
		require.Equal(t, 1, b.effects().Sessions, name)
	}
	id, err := b.sim.Pay("A-1")
	require.NoError(t, err)
	_, err = b.client.Refund(t.Context(), payment.RefundRequest{Reference: "R-1", Key: "A-1:create:1", PaymentID: id, Amount: eur(1)})
	b.class(err, payment.Conflict)
	require.Zero(t, b.effects().Refunds, "the key of another operation")
}

func TestAReferenceIsNeverUsedTwice(t *testing.T) {
	b := newBench(t)
	b.create("A-1")
	r := b.request("A-1")
	r.Key = "A-1:create:2"
	_, err := b.client.Create(t.Context(), r)
	b.class(err, payment.NotAllowed)
	require.Equal(t, 1, b.effects().Sessions)
}

func TestTheWindowOfKeys(t *testing.T) {
	b := newBench(t)
	r := b.request("A-1")
	first := b.create("A-1")
	b.clock.add(24*time.Hour - 1)
	again, err := b.client.Create(t.Context(), r)
	require.NoError(t, err)
	require.True(t, again.Replay)
	require.Equal(t, first.GatewayRef, again.GatewayRef)

	b.clock.add(1)
	before := b.effects().Requests[simpay.OpCreate]
	_, err = b.client.Create(t.Context(), r)
	e := b.class(err, payment.NotAllowed)
	require.False(t, e.Sent)
	require.Equal(t, before, b.effects().Requests[simpay.OpCreate], "the client does not even send it")

	r.FirstSent = time.Time{} // a client that does not know how old its key is
	_, err = b.client.Create(t.Context(), r)
	b.class(err, payment.Invalid) // the session would have ended before
	r.ExpiresAt = b.clock.now().Add(time.Hour)
	_, err = b.client.Create(t.Context(), r)
	b.class(err, payment.NotAllowed) // the key is forgotten, and the reference never
	require.Equal(t, 1, b.effects().Sessions)
}

// A refusal uses no key up: the same request may succeed once its reason is gone.
func TestARefusalIsNotRemembered(t *testing.T) {
	b := newBench(t)
	id := b.paid("A-1")
	d, err := b.sim.OpenDispute(id, money.Amount{})
	require.NoError(t, err)
	r := payment.RefundRequest{Reference: "R-1", Key: "R-1:refund:1", PaymentID: id, Amount: eur(1250)}
	_, err = b.client.Refund(t.Context(), r)
	b.class(err, payment.NotAllowed)
	require.NoError(t, b.sim.EndDispute(d, true))
	_, err = b.client.Refund(t.Context(), r)
	require.NoError(t, err)
}
