package simpay_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/payment"
	"courts.example/eservices/payment/simpay"
)

// onNetwork has the bench's client reach the Sim over loopback.
func (b *bench) onNetwork() {
	b.Helper()
	server := httptest.NewServer(b.sim.Handler())
	transport := &http.Transport{}
	b.Cleanup(func() { transport.CloseIdleConnections(); server.CloseClientConnections(); server.Close() })
	c, err := simpay.NewClient(simpay.ClientOptions{
		URL: server.URL, HTTP: transport, Secrets: []simpay.Secret{secret}, Terms: b.terms, Clock: b.clock.now,
	})
	require.NoError(b, err)
	b.client = c
}

// TestEachFault has a start, a refund and a query go wrong in every way, in process and over loopback: the class of the error, and what
// has happened at the company.
func TestEachFault(t *testing.T) {
	for _, network := range []bool{false, true} {
		for _, mode := range simpay.Modes() {
			t.Run(fmt.Sprint(mode, " network ", network), func(t *testing.T) {
				b := newBench(t)
				if network {
					b.onNetwork()
				}
				class, sent, done := payment.Unknown, true, true
				switch mode {
				case simpay.Refused:
					done = false
					if !network {
						class, sent = payment.Unavailable, false
					}
				case simpay.Throttle:
					class, done = payment.Throttled, false
				case simpay.DeclineAtOnce:
					class, done = payment.Declined, false
				case simpay.ErrorBefore, simpay.Strange, simpay.Late:
					done = false
				}
				id := b.paid("A-0")
				for _, call := range []struct {
					op    simpay.Op
					send  func(ctx context.Context) error
					count func() int
				}{
					{simpay.OpCreate, func(ctx context.Context) error { _, err := b.client.Create(ctx, b.request("A-1")); return err }, func() int { return b.effects().Sessions - 1 }},
					{simpay.OpRefund, func(ctx context.Context) error {
						_, err := b.client.Refund(ctx, refundOf("R-1", id, eur(1), eur(1250)))
						return err
					}, func() int { return b.effects().Refunds }},
				} {
					require.NoError(t, b.sim.Fail(simpay.Fault{Op: call.op, Mode: mode}))
					err := b.impatient(mode, call.send, func() bool { return call.count() == 1 })
					e := b.class(err, class)
					require.Equal(t, sent, e.Sent)
					require.Equal(t, done, call.count() == 1)
					if mode == simpay.Throttle {
						require.Equal(t, time.Second, e.RetryAfter)
					}
					if mode == simpay.DeclineAtOnce {
						require.Equal(t, payment.DeclineInsufficient, e.Decline)
					}
					require.NoError(t, call.send(t.Context()), "sent again with the same key")
					require.Equal(t, 1, call.count())
				}
				require.NoError(t, b.sim.Fail(simpay.Fault{Op: simpay.OpQuery, Mode: mode}))
				asked := b.effects().Requests[simpay.OpQuery]
				err := b.impatient(mode, func(ctx context.Context) error {
					_, err := b.client.Query(ctx, payment.QueryRequest{Reference: "A-1"})
					return err
				}, func() bool { return b.effects().Requests[simpay.OpQuery] > asked })
				cut := mode == simpay.Refused || mode == simpay.ReplyLost || mode == simpay.Late
				if err != nil || !network || !cut { // net/http may ask a question again whose connection was cut
					b.class(err, class)
				}
				require.True(t, b.query("A-1").Found)
				b.clock.add(time.Minute)
				require.Equal(t, 1, b.effects().Refunds, "what lands late lands once")
				require.Equal(t, 2, b.effects().Sessions)
			})
		}
	}
}

// impatient makes a call and, where the company would never answer, ends its context once that is done what it asks for.
func (b *bench) impatient(mode simpay.Mode, send func(ctx context.Context) error, done func() bool) error {
	b.Helper()
	if mode != simpay.Hang && mode != simpay.Trickle && mode != simpay.Slow {
		return send(b.Context())
	}
	ctx, cancel := context.WithCancel(b.Context())
	defer cancel()
	answer := make(chan error, 1)
	go func() { answer <- send(ctx) }()
	for !done() {
	}
	cancel()
	err := <-answer
	require.ErrorIs(b, err, context.Canceled)
	return err
}

func TestASlowAnswer(t *testing.T) {
	b := newBench(t)
	require.NoError(t, b.sim.Fail(simpay.Fault{Mode: simpay.Slow, After: 1}))
	require.Equal(t, payment.AttemptPending, b.create("A-1").State)
}

func TestARequestLandsLate(t *testing.T) {
	b := newBench(t)
	require.NoError(t, b.sim.Fail(simpay.Fault{Mode: simpay.Late, After: 40 * time.Second}))
	_, err := b.client.Create(t.Context(), b.request("A-1"))
	require.True(t, b.class(err, payment.Unknown).Sent)
	b.clock.add(40*time.Second - 1)
	require.False(t, b.query("A-1").Found)
	b.clock.add(1)
	require.True(t, b.query("A-1").Found)
	a := b.create("A-1", func(r *payment.CreateRequest) { r.ExpiresAt = noon.Add(30 * time.Minute) })
	require.True(t, a.Replay, "it landed with its key")
}

func TestFaultsArePlannedInOrder(t *testing.T) {
	b := newBench(t)
	b.create("A-1")
	require.NoError(t, b.sim.Fail(
		simpay.Fault{Op: simpay.OpQuery, Mode: simpay.ErrorBefore, Status: 503, Times: 2},
		simpay.Fault{Op: simpay.OpHealth, Mode: simpay.Throttle},
		simpay.Fault{Mode: simpay.Garbage},
	))
	ask := func() error {
		_, err := b.client.Query(t.Context(), payment.QueryRequest{Reference: "A-1"})
		return err
	}
	require.ErrorContains(t, ask(), "status 503")
	require.ErrorContains(t, ask(), "status 503")
	require.ErrorContains(t, ask(), "is not JSON")
	require.NoError(t, ask())
	_, err := b.client.Health(t.Context())
	b.class(err, payment.Throttled)
	require.NoError(t, b.sim.Fail(simpay.Fault{Mode: simpay.Garbage, Times: 100}))
	require.NoError(t, b.sim.FaultRates(simpay.Fault{Mode: simpay.Garbage, Rate: 1}))
	require.Error(t, ask())
	b.sim.Heal()
	require.NoError(t, ask())
}

func TestRatesOfFaults(t *testing.T) {
	run := func(seed uint64) (all []bool) {
		b := newBench(t, func(o *simpay.Options) { o.Seed = seed })
		b.create("A-1")
		require.NoError(t, b.sim.FaultRates(
			simpay.Fault{Op: simpay.OpQuery, Mode: simpay.ReplyLost, Rate: 0.1}, simpay.Fault{Mode: simpay.ErrorBefore, Rate: 0.1},
		))
		for range 500 {
			_, err := b.client.Query(t.Context(), payment.QueryRequest{Reference: "A-1"})
			all = append(all, err != nil)
		}
		return all
	}
	one, same, other := run(1), run(1), run(2)
	require.Equal(t, one, same)
	require.NotEqual(t, one, other)
	n := 0
	for _, failed := range one {
		if failed {
			n++
		}
	}
	require.InDelta(t, 95, n, 30)
}

func TestFaultsThatAreNone(t *testing.T) {
	b := newBench(t)
	for _, bad := range []simpay.Fault{
		{}, {Mode: "rain"}, {Mode: simpay.Hang, Op: "dance"}, {Mode: simpay.Hang, Times: -1}, {Mode: simpay.Hang, Rate: 1.5},
		{Mode: simpay.ErrorAfter, Status: 200}, {Mode: simpay.ErrorAfter, Status: 600}, {Mode: simpay.Late, After: 2 * time.Minute}, {Mode: simpay.Late, After: -1},
	} {
		require.ErrorIs(t, b.sim.Fail(bad), simpay.ErrOptions, "%+v", bad)
		require.ErrorIs(t, b.sim.FaultRates(bad), simpay.ErrOptions, "%+v", bad)
	}
	require.NoError(t, b.sim.Tick())
}

func TestCanaries(t *testing.T) {
	const card = "4111111111111111"
	b := newBench(t, func(o *simpay.Options) { o.Canary = card })
	a := b.create("A-1")
	require.Contains(t, a.GatewayRef, card)
	require.NoError(t, b.sim.Fail(simpay.Fault{Op: simpay.OpCancel, Mode: simpay.Strange}))
	_, err := b.client.Cancel(t.Context(), operation("A-1", eur(0)))
	e := b.class(err, payment.Unknown)
	require.Contains(t, e.Code, card)
	require.Contains(t, e.Detail, card)
	b.act("A-1", simpay.DeedPay)
	p := b.query("A-1").Payments[0]
	require.Contains(t, p.ID, card)
	require.Equal(t, card, p.Masked)
	_, err = b.client.Cancel(t.Context(), operation("A-1", eur(0)))
	require.Contains(t, b.class(err, payment.NotAllowed).Detail, card)
	r, err := b.client.Refund(t.Context(), refundOf("R-1", p.ID, eur(1), eur(1250)))
	require.NoError(t, err)
	require.Contains(t, r.GatewayRef, card)
	q, err := b.client.Query(t.Context(), payment.QueryRequest{Reference: "A-1", GatewayRef: "[redacted]"})
	require.NoError(t, err)
	require.True(t, q.Found, "a merchant who keeps no such reference finds it by its own")
}

// The transport in process does what one on a network does when the caller goes away.
func TestTheCallerGoesAway(t *testing.T) {
	b := newBench(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := b.client.Health(ctx)
	e := b.class(err, payment.Unavailable)
	require.False(t, e.Sent)
	require.ErrorIs(t, err, context.Canceled)
	require.Zero(t, b.effects().Requests[simpay.OpHealth])

	short, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	require.NoError(t, b.sim.Fail(simpay.Fault{Mode: simpay.Hang}))
	_, err = b.client.Health(short)
	require.True(t, errors.Is(err, context.DeadlineExceeded), "%v", err)
}
