package reconcile_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/store/sqlite"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/ledger"
	"courts.example/eservices/payment/reconcile"
)

// month is payments of all kinds.
func month(d *desk) {
	t := d.t
	for _, id := range []string{"a1", "a2", "a3", "a4", "a5"} {
		d.start(id)
	}
	d.took(t, "a1", "p1", cents(1000), monday)
	d.took(t, "a2", "p2", cents(2000), monday)
	d.took(t, "a3", "p3", cents(3000), monday) // in no settlement
	d.known["a4"] = []payment.GatewayPayment{{ID: "p4", Amount: cents(4000), PaidAt: monday}}
	d.attempts["a5"] = payment.Attempt{ID: "a5", Order: "o5", Gateway: gate, Final: true}
	d.gaveBack(t, "r1", "p1", cents(300))
	d.till.now = func() time.Time { return monday.Add(time.Second) } // what is recorded from now on is recorded after the import
}

// script is what is done about a month; at the nil the days agreed pass.
func script(d *desk) []func() error {
	first := file(paid("l1", "p1", "a1", 1000, ""), paid("l2", "p2", "a2", 1900, ""), paid("l6", "", "a2", 1900, ""))
	second := file(
		paid("l1", "p1", "a1", 1000, "b1"), paid("l2", "p2", "a2", 1900, "b1"), paid("l6", "", "a2", 1900, "b1"), paid("l4", "p4", "a4", 4000, "b1"),
		paid("l5", "p5", "a5", 5000, "b1"), row("l7", "refund", "p1", "r1", -300, 0, "2026-03-02", "b1"),
		row("l8", "payout", "", "", 13450, 0, "2026-03-03", "b1"),
	)
	close := func() error {
		breaks, _, err := d.Breaks(d.ctx, reconcile.BreaksQuery{Gateway: gate, State: reconcile.BreakOpen})
		if err != nil {
			return err
		}
		for _, b := range breaks {
			if _, err := d.Propose(d.ctx, b.ID, "x", "borne", fees); err != nil && !errors.Is(err, reconcile.ErrState) {
				return err
			}
		}
		return nil
	}
	confirm := func() error {
		breaks, _, err := d.Breaks(d.ctx, reconcile.BreaksQuery{Gateway: gate, State: reconcile.BreakProposed})
		if err != nil {
			return err
		}
		for _, b := range breaks {
			if _, err := d.Confirm(d.ctx, b.ID, "y"); err != nil && !errors.Is(err, reconcile.ErrState) {
				return err
			}
		}
		return nil
	}
	match := func() error { _, err := d.Match(d.ctx, gate); return err }
	return []func() error{
		func() error { _, err := d.try(first); return err }, match,
		func() error { _, err := d.try(second); return err }, match,
		nil,
		func() error { _, err := d.Sweep(d.ctx, gate); return err }, close, confirm,
	}
}

// runs takes every step, and a step that a death broke off once more.
func runs(d *desk, steps []func() error) (died bool) {
	for _, step := range steps {
		if step == nil {
			d.later(5)
			continue
		}
		if err := step(); err != nil {
			require.ErrorIs(d.t, err, errDied)
			require.NoError(d.t, step())
			died = true
		}
	}
	return died
}

// undisturbed is the outcome when nobody dies.
func undisturbed(t *testing.T) string {
	d := newDesk(t)
	month(d)
	require.False(t, runs(d, script(d)))
	require.Zero(t, d.posted(ledger.Clearing(gate)))
	return outcome(d)
}

// outcome is what must be the same, whoever died on the way.
func outcome(d *desk) string {
	e := d.explains()
	require.True(d.t, e.OK(), "%+v", e)
	out := fmt.Sprint(d.posted(ledger.Clearing(gate)), d.posted(bank), d.posted(fees), d.posted(ledger.Unallocated), e.Currencies, e.Items)
	found := map[string]bool{}
	for _, b := range d.breaks("") {
		found[fmt.Sprint(b.ID, b.Class, b.State, b.Item, b.Line, b.Open, b.Closing.Amounts)] = true
	}
	return out + fmt.Sprint(found)
}

// TestDyingAtEveryWrite kills the process before and after every commit; who comes after it begins anew, and all ends as if nobody had died.
func TestDyingAtEveryWrite(t *testing.T) {
	if testing.Short() {
		t.Skip("long: it runs where -short is not asked for")
	}
	want := undisturbed(t)
	deaths := 0
	for _, late := range []bool{false, true} {
		for at := 1; ; at++ {
			d := newDesk(t)
			month(d)
			mortal := &dying{Store: d.store, at: at, late: late}
			var err error
			d.Reconciler, err = reconcile.New(options(d, func(o *reconcile.Options) { o.Store = mortal }))
			require.NoError(t, err)
			died := runs(d, script(d))
			require.Equal(t, want, outcome(d), "died at %d, late %v", at, late)
			if !died {
				break
			}
			deaths++
		}
	}
	require.Greater(t, deaths, 20)
}

// TestTwoNodes has two processes do everything at once, each twice.
func TestTwoNodes(t *testing.T) {
	want := undisturbed(t)
	path := filepath.Join(t.TempDir(), "shared.db")
	var nodes [2]*desk
	for i := range nodes {
		s, err := sqlite.Open(context.Background(), sqlite.Options{Path: path, Durability: sqlite.Process})
		require.NoError(t, err)
		t.Cleanup(func() { require.NoError(t, s.Close()) })
		nodes[i] = deskOn(t, s)
	}
	month(nodes[0])
	nodes[1].till = nodes[0].till
	var err error
	nodes[1].Reconciler, err = reconcile.New(options(nodes[1]))
	require.NoError(t, err)
	steps := [2][]func() error{script(nodes[0]), script(nodes[1])}
	for i := range steps[0] {
		if steps[0][i] == nil {
			nodes[0].later(5)
			nodes[1].later(5)
			continue
		}
		var wait sync.WaitGroup
		for n := range 4 {
			wait.Go(func() {
				if err := steps[n%2][i](); err != nil {
					t.Error(err)
				}
			})
		}
		wait.Wait()
		for n := range steps {
			require.NoError(t, steps[n][i](), "what another node took away is done the next time")
		}
	}
	require.Equal(t, want, outcome(nodes[0]))
}
