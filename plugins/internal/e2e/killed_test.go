package e2e_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	calendarhk "courts.example/eservices/calendar/hk"
	"courts.example/eservices/icms"
	"courts.example/eservices/icms/money"
	"courts.example/eservices/icms/store/sqlite"
	"courts.example/eservices/payment"
)

// claims is how many a batch has, tries how often anything is asked again at most.
const (
	claims = 300
	tries  = 200
)

// clerk files batches at a court whose plugins die, and does nothing about it but to ask again.
type clerk struct {
	*testing.T
	*house
	court *icms.Service
	// paid are the attempts for which the payer has pressed the button.
	paid map[string]bool
	// errors counts what went wrong on the way.
	errors int
}

// until asks until there is an answer.
func (c *clerk) until(what string, ask func() (bool, error)) {
	c.Helper()
	for range tries {
		ok, err := ask()
		if err != nil {
			c.errors++
			c.Logf("%s: %v", what, err)
		} else if ok {
			return
		}
	}
	c.Fatalf("%s: not after %d tries", what, tries)
}

// file files a batch, has it paid, and gives what the court says in the end.
func (c *clerk) file(b icms.Batch) icms.Result {
	c.Helper()
	var r icms.Result
	ctx := c.Context()
	c.until("accepted", func() (ok bool, err error) {
		r, err = c.court.Registry().File(ctx, b)
		return r.State == icms.Accepted || r.State == icms.Registered, err
	})
	id := r.ID
	c.until("registered", func() (ok bool, err error) {
		if err := c.pay(ctx, id); err != nil {
			return false, err
		}
		r, err = c.court.Registry().File(ctx, b)
		return r.State == icms.Registered, err
	})
	return r
}

// pay goes one step towards the payment of a batch: it begins an attempt when there is none, and when there is a page pays on it, once.
func (c *clerk) pay(ctx context.Context, id string) error {
	order, err := c.court.AccountsOffice().Orders().For(ctx, payment.Subject{Kind: "batch", ID: id})
	if err != nil || order.State == payment.Paid {
		return err
	}
	cashier := c.court.AccountsOffice().Cashier()
	a, err := cashier.ActiveOf(ctx, order.ID)
	if errors.Is(err, payment.ErrNoAttempt) {
		a, err = c.court.AccountsOffice().Start(ctx, payment.StartRequest{
			Order: order.ID, Gateway: gatewayName, Means: payment.Visa, Locale: "en", By: "clerk-1", Registered: true,
		})
	}
	if err != nil {
		return err
	}
	if a.Next.URL != "" && !c.paid[a.ID] {
		c.paid[a.ID] = true
		if _, err := c.sim.Pay(a.ID); err != nil {
			return err
		}
	}
	if a, err = cashier.Check(ctx, a.ID); err == nil && a.State == payment.AttemptUnknown {
		c.clock.pass(2 * time.Minute) // nobody knows whether the company has it: it is sent again when it could not still be on its way
	}
	return err
}

// The main job while its plugins are killed with SIGKILL, again and again: whatever the moment, a batch is filed once and charged once.
func TestTheMainJobOutlivesItsPlugins(t *testing.T) {
	rounds, kills, seed := 12, 8, uint64(20241031)
	if testing.Short() {
		rounds, kills = 2, 5
	}
	t.Logf("seed %d, %d kills in each of %d rounds", seed, kills, rounds)
	k := &killer{t: t, random: rand.New(rand.NewPCG(seed, 1)), done: map[string]int{}}
	h, records := newHouse(t, k)
	c := &clerk{T: t, house: h, court: h.service(t, records), paid: map[string]bool{}}

	acknowledged := map[string]string{}
	charged := money.New(0, money.MustCurrency("HKD"))
	for round := range rounds {
		b := batch(fmt.Sprintf("B%02d", round), claims)
		k.arm(kills)
		r := c.file(b)
		acknowledged[b.Reference] = string(r.Acknowledged)
		require.NotEmpty(t, acknowledged[b.Reference])
		c.until("asked again", func() (bool, error) { // and the plugins may still die
			again, err := c.court.Registry().File(t.Context(), b)
			require.True(t, err != nil || acknowledged[b.Reference] == string(again.Acknowledged))
			return again.Replayed, err
		})
		var err error
		charged, err = charged.Add(r.Quote.Total.Payable)
		require.NoError(t, err)
	}
	k.arm(0)
	k.meanwhile.Wait()
	require.Greater(t, k.done[storeName]+k.done[gatewayName], rounds*kills/2, "%v", k.done)
	require.Greater(t, k.done[storeName], rounds/2, "%v", k.done)
	require.Greater(t, k.done[gatewayName], rounds/2, "%v", k.done)
	require.Greater(t, status(h.host, storeName).Process, uint64(rounds/2))
	require.Greater(t, status(h.host, gatewayName).Process, uint64(rounds/2))
	t.Logf("killed: %v; calls that failed and were asked again: %d", k.done, c.errors)
	require.Positive(t, c.errors)

	h.requireOnce(t, c.court, rounds, charged)
	require.NoError(t, h.host.Close(t.Context()))

	// The same court without plugins, on what they left: nothing of what was acknowledged is any other.
	db, err := sqlite.Open(t.Context(), sqlite.Options{Path: h.path})
	require.NoError(t, err)
	defer db.Close()
	alone := h.service(t, db)
	h.requireOnce(t, alone, rounds, charged)
	for name, want := range acknowledged {
		again, err := alone.Registry().File(t.Context(), batch(name, claims))
		require.NoError(t, err)
		require.True(t, again.Replayed)
		require.Equal(t, want, string(again.Acknowledged))
	}
	h.requireKept(t, rounds)
}

// requireOnce holds a court against the company's books: every batch was charged once and has one receipt, and what is kept holds together.
func (h *house) requireOnce(t *testing.T, court *icms.Service, rounds int, charged money.Amount) {
	t.Helper()
	effects, err := h.sim.Effects()
	require.NoError(t, err)
	require.Equal(t, rounds, effects.Sessions, "an answer that was lost with its plugin is asked for, and never taken for a no")
	require.Equal(t, rounds, effects.Payments)
	require.Zero(t, effects.Refunds)
	totals, err := h.sim.Totals(charged.Currency())
	require.NoError(t, err)
	require.Equal(t, charged, totals.Taken)

	office := court.AccountsOffice()
	proofs, err := office.Ledger().Prove(t.Context())
	require.NoError(t, err)
	require.NotEmpty(t, proofs)
	for _, p := range proofs {
		require.True(t, p.OK(), "%v", p.Faults)
	}
	proof, err := office.Orders().Prove(t.Context())
	require.NoError(t, err)
	require.True(t, proof.OK(), "%v", proof.Faults)
	require.Equal(t, rounds, proof.Orders)
	unallocated, _, err := office.Cashier().Unallocated(t.Context(), "", 10)
	require.NoError(t, err)
	require.Empty(t, unallocated)
	year := h.clock.now().In(calendarhk.Zone()).Year()
	links, err := court.Audit().Links(t.Context(), "SCT", year, 0, 10)
	require.NoError(t, err)
	require.NotEmpty(t, links)
	require.NoError(t, court.Audit().Verify(t.Context(), "SCT", year))
	require.NoError(t, court.Audit().VerifyAccounts(t.Context(), year))
}

// requireKept counts what the database holds: each thing once.
func (h *house) requireKept(t *testing.T, rounds int) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+h.path)
	require.NoError(t, err)
	defer db.Close()
	for kind, want := range map[string]int{
		"batch": rounds, "case": rounds * claims, "acknowledgement": rounds, "payment.order": rounds, "payment.receipt": rounds, "payment.taken": rounds,
	} {
		var n int
		require.NoError(t, db.QueryRow("SELECT count(*) FROM icms_record WHERE kind = ?", kind).Scan(&n))
		require.Equal(t, want, n, kind)
	}
}
