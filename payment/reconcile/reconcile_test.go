package reconcile_test

import (
	"context"
	"encoding/json"
	"errors"
	"iter"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/ledger"
	"courts.example/eservices/payment/reconcile"
)

func TestNewRefuses(t *testing.T) {
	d := newDesk(t)
	for name, change := range map[string]func(*reconcile.Options){
		"no store":       func(o *reconcile.Options) { o.Store = nil },
		"no orders":      func(o *reconcile.Options) { o.Orders = nil },
		"no ledger":      func(o *reconcile.Options) { o.Ledger = nil },
		"no cashier":     func(o *reconcile.Options) { o.Cashier = nil },
		"no clock":       func(o *reconcile.Options) { o.Clock = nil },
		"bad id":         func(o *reconcile.Options) { o.Gateways[0].ID = "a|b" },
		"twice":          func(o *reconcile.Options) { o.Gateways = append(o.Gateways, o.Gateways[0]) },
		"no bank":        func(o *reconcile.Options) { o.Gateways[0].Bank = "" },
		"no bank's":      func(o *reconcile.Options) { o.Gateways[0].Bank = ledger.Fees(gate) },
		"its own":        func(o *reconcile.Options) { o.Gateways[0].Bank = ledger.Clearing(gate) },
		"no zone":        func(o *reconcile.Options) { o.Gateways[0].Zone = nil },
		"no days":        func(o *reconcile.Options) { o.Gateways[0].Days = 0 },
		"no currency":    func(o *reconcile.Options) { o.Gateways[0].Currencies = nil },
		"less than none": func(o *reconcile.Options) { o.Gateways[0].Patience = -1 },
	} {
		_, err := reconcile.New(options(d, change))
		require.ErrorIs(t, err, reconcile.ErrInvalid, name)
	}
	for _, call := range []func() error{
		func() error { _, err := d.Match(d.ctx, "other"); return err },
		func() error { _, err := d.Sweep(d.ctx, "other"); return err },
		func() error { _, err := d.Explain(d.ctx, "other"); return err },
		func() error { _, err := d.Fetch(d.ctx, "other", "clerk", "2026-03-02"); return err },
		func() error { _, err := d.Fetch(d.ctx, gate, "clerk", "2026-03-02"); return err },
		func() error { _, _, err := d.Breaks(d.ctx, reconcile.BreaksQuery{}); return err },
	} {
		require.ErrorIs(t, call(), reconcile.ErrInvalid)
	}
}

// settler gives lines by the day.
type settler map[string][]payment.SettlementLine

func (s settler) Settlement(_ context.Context, day payment.SettlementDay) ([]payment.SettlementLine, error) {
	lines, ok := s[day.Date]
	if !ok {
		return nil, errors.New("the gateway is closed")
	}
	return lines, nil
}

func TestFetch(t *testing.T) {
	line := func(id, date string) payment.SettlementLine {
		return payment.SettlementLine{
			ID: id, Kind: payment.SettledPayment, PaymentID: "p" + id, Gross: cents(100), Fee: cents(1), Net: cents(99), ValueDate: date,
		}
	}
	wrong := line("l9", "2026-03-05")
	wrong.Net = cents(98)
	s := settler{"2026-03-02": {line("l1", "2026-03-02")}, "2026-03-03": {line("l2", "2026-03-03")}, "2026-03-04": nil, "2026-03-05": {wrong}}
	d := newDesk(t, func(o *reconcile.Options) { o.Gateways[0].Settler = s })
	f, err := d.Fetch(d.ctx, gate, "clerk", "2026-03-03", "2026-03-02")
	require.NoError(t, err)
	require.Equal(t, "2026-03-02 to 2026-03-03", f.Name)
	require.Equal(t, 2, f.New)
	f, err = d.Fetch(d.ctx, gate, "clerk", "2026-03-02")
	require.NoError(t, err)
	require.Equal(t, "2026-03-02", f.Name)
	require.Zero(t, f.New)
	require.False(t, f.Again)
	f, err = d.Fetch(d.ctx, gate, "clerk", "2026-03-02")
	require.NoError(t, err)
	require.True(t, f.Again)

	_, err = d.Fetch(d.ctx, gate, "clerk", "2026-03-04")
	require.ErrorIs(t, err, reconcile.ErrEmpty)
	_, err = d.Fetch(d.ctx, gate, "clerk", "2026-03-05")
	require.ErrorIs(t, err, reconcile.ErrTotals)
	_, err = d.Fetch(d.ctx, gate, "clerk", "2026-03-06")
	require.ErrorContains(t, err, "settlement of gate on 2026-03-06: the gateway is closed")
	_, err = d.Fetch(d.ctx, gate, "clerk", "today")
	require.ErrorIs(t, err, reconcile.ErrInvalid)
	_, err = d.ImportLines(d.ctx, reconcile.Import{Gateway: gate, By: "clerk"}, make([]payment.SettlementLine, reconcile.MaxLines+1))
	require.ErrorIs(t, err, reconcile.ErrTooLarge)
	_, err = d.File(d.ctx, gate, "0")
	require.ErrorIs(t, err, reconcile.ErrNoFile)
}

func TestEveryChangeHasItsLink(t *testing.T) {
	d := newDesk(t, func(o *reconcile.Options) { o.Chain = func(time.Time) string { return "audit" } })
	d.start("a1")
	d.took(t, "a1", "p1", cents(1000), monday)
	d.imports(paid("l1", "p1", "a1", 900, ""))
	d.matches()
	closeAll(d)
	d.took(t, "a1", "p2", cents(1000), monday)
	d.later(9)
	d.sweeps()
	links, err := d.store.Links(d.ctx, "audit", 0, 100)
	require.NoError(t, err)
	var actions []string
	for _, l := range links {
		var note struct{ Action, By string }
		require.NoError(t, json.Unmarshal(l.Note, &note))
		actions = append(actions, note.Action+" by "+note.By)
	}
	require.Equal(t, []string{
		"settlement import by clerk", "settlement match by reconciliation", "settlement propose by x", "settlement confirm by y",
		"settlement sweep by reconciliation",
	}, actions)
	require.NoError(t, store.Verify(d.ctx, d.store, "audit"))
}

func TestAPaymentInTwoCurrenciesIsClosedInBoth(t *testing.T) {
	d := newDesk(t)
	d.start("a1")
	d.took(t, "a1", "p1", cents(1000), monday)
	d.imports("l1,payment,p1,a1,USD,1.28,0.00,1.28,2026-03-02,b1", "l2,payout,,,USD,1.28,0.00,1.28,2026-03-03,b1")
	d.matches()
	closeAll(d)
	b := d.one(reconcile.BreakClosed, reconcile.CurrencyDiffers)
	require.Equal(t, []money.Amount{cents(1000), money.New(-128, usd)}, b.Closing.Amounts)
	require.Len(t, b.Closing.Entries, 2)
	for _, c := range []money.Currency{hkd, usd} {
		left, err := d.books.Posted(d.ctx, ledger.Clearing(gate), c)
		require.NoError(t, err)
		require.True(t, left.IsZero())
	}
	require.True(t, d.explains().OK())
}

// failing is a store of which the n-th call fails.
type failing struct {
	store.Store
	at, calls int
}

func (f *failing) fails() error {
	if f.calls++; f.calls == f.at {
		return errDied
	}
	return nil
}

func (f *failing) Get(ctx context.Context, kind, id string) (store.Record, error) {
	if err := f.fails(); err != nil {
		return store.Record{}, err
	}
	return f.Store.Get(ctx, kind, id)
}

func (f *failing) List(ctx context.Context, q store.Query) (store.Page, error) {
	if err := f.fails(); err != nil {
		return store.Page{}, err
	}
	return f.Store.List(ctx, q)
}

func (f *failing) Match(ctx context.Context, index string, keys []string) ([]store.Hit, error) {
	if err := f.fails(); err != nil {
		return nil, err
	}
	return f.Store.Match(ctx, index, keys)
}

// Apply fails while the parts of a change are handed over, when there are any.
func (f *failing) Apply(ctx context.Context, c store.Change) (store.Applied, error) {
	if err := f.fails(); err != nil {
		if c.Parts != nil {
			c.Parts = broken(c.Parts)
			return f.Store.Apply(ctx, c)
		}
		return store.Applied{}, err
	}
	return f.Store.Apply(ctx, c)
}

// broken hands over one part, and then nothing but an error.
func broken(parts iter.Seq2[[]store.Put, error]) iter.Seq2[[]store.Put, error] {
	return func(yield func([]store.Put, error) bool) {
		for puts, err := range parts {
			if !yield(puts, err) {
				return
			}
			break
		}
		yield(nil, errDied)
	}
}

// TestAStoreThatFails lets calls of the store fail, one in each run; whoever does the same again ends as if none had.
func TestAStoreThatFails(t *testing.T) {
	if testing.Short() {
		t.Skip("long: it runs where -short is not asked for")
	}
	want := undisturbed(t)
	for at := 1; ; at += 3 {
		d := newDesk(t)
		month(d)
		bad := &failing{Store: d.store, at: at}
		var err error
		d.Reconciler, err = reconcile.New(options(d, func(o *reconcile.Options) { o.Store = bad }))
		require.NoError(t, err)
		steps := script(d)
		died := runs(d, steps)
		if !died {
			_, err = d.Explain(d.ctx, gate)
			died = errors.Is(err, errDied)
			require.True(t, died || err == nil)
		}
		bad.at = 0
		require.Equal(t, want, outcome(d), "failed at %d", at)
		if !died {
			require.Greater(t, at, 60)
			return
		}
	}
}
