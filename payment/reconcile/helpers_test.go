package reconcile_test

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/icms/store"
	"courts.example/eservices/icms/store/sqlite"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/ledger"
	"courts.example/eservices/payment/reconcile"
)

// The invented gateway, its bank, and a Monday.
const gate = "gate"

var (
	hkd    = money.MustCurrency("HKD")
	usd    = money.MustCurrency("USD")
	bank   = ledger.Bank("main")
	fees   = ledger.Fees(gate)
	east   = time.FixedZone("E", 8*3600)
	monday = time.Date(2026, 3, 2, 2, 0, 0, 0, time.UTC)
)

func cents(n int64) money.Amount { return money.New(n, hkd) }

// desk is a Reconciler with its till, its books and a clock that stands still.
type desk struct {
	*reconcile.Reconciler
	*till
	t      testing.TB
	ctx    context.Context
	store  store.Store
	orders *payment.Orders
	books  *ledger.Ledger
	at     time.Time
}

func newDesk(t testing.TB, change ...func(*reconcile.Options)) *desk {
	t.Helper()
	return deskOn(t, openStore(t), change...)
}

func openStore(t testing.TB) *sqlite.Store {
	t.Helper()
	s, err := sqlite.Open(context.Background(), sqlite.Options{Path: filepath.Join(t.TempDir(), "desk.db"), Durability: sqlite.Process})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s
}

func deskOn(t testing.TB, s store.Store, change ...func(*reconcile.Options)) *desk {
	t.Helper()
	books, err := ledger.New(ledger.Options{Store: s})
	require.NoError(t, err)
	orders, err := payment.New(payment.Options{Store: s, Ledger: books})
	require.NoError(t, err)
	d := &desk{t: t, ctx: context.Background(), store: s, orders: orders, books: books, at: monday}
	d.till = newTill(books, d.clock)
	d.Reconciler, err = reconcile.New(options(d, change...))
	require.NoError(t, err)
	return d
}

func options(d *desk, change ...func(*reconcile.Options)) reconcile.Options {
	o := reconcile.Options{
		Store: d.store, Orders: d.orders, Ledger: d.books, Cashier: d.till, Clock: d.clock,
		Gateways: []reconcile.Gateway{{ID: gate, Bank: bank, Currencies: []money.Currency{hkd}, Zone: east, Days: 2}},
	}
	for _, c := range change {
		c(&o)
	}
	return o
}

func (d *desk) clock() time.Time { return d.at }

func (d *desk) later(days int) { d.at = d.at.AddDate(0, 0, days) }

const heading = "id,kind,payment,reference,currency,gross,fee,net,value_date,batch\n"

// file is a settlement file of some rows.
func file(rows ...string) string { return heading + strings.Join(rows, "\n") + "\n" }

// paid is a row about a payment of so many cents, of which the gateway keeps ten.
func paid(line, payment, reference string, minor int64, batch string) string {
	return row(line, "payment", payment, reference, minor, 10, "2026-03-02", batch)
}

func row(line, kind, payment, reference string, gross, fee int64, date, batch string) string {
	return fmt.Sprintf("%s,%s,%s,%s,HKD,%s,%s,%s,%s,%s",
		line, kind, payment, reference, cents(gross).Plain(), cents(fee).Plain(), cents(gross-fee).Plain(), date, batch)
}

func (d *desk) try(csv string) (reconcile.File, error) {
	return d.ImportCSV(d.ctx, reconcile.Import{Gateway: gate, Name: "file", By: "clerk"}, strings.NewReader(csv))
}

func (d *desk) imports(rows ...string) reconcile.File {
	d.t.Helper()
	f, err := d.try(file(rows...))
	require.NoError(d.t, err)
	return f
}

func (d *desk) matches() reconcile.Matched {
	d.t.Helper()
	m, err := d.Match(d.ctx, gate)
	require.NoError(d.t, err)
	return m
}

func (d *desk) sweeps() reconcile.Swept {
	d.t.Helper()
	s, err := d.Sweep(d.ctx, gate)
	require.NoError(d.t, err)
	return s
}

// explains gives the explanation, whose sums must come to the ledger.
func (d *desk) explains() reconcile.Explanation {
	d.t.Helper()
	e, err := d.Explain(d.ctx, gate)
	require.NoError(d.t, err)
	for _, c := range e.Currencies {
		require.True(d.t, c.Unexplained.IsZero(), "%+v", c)
	}
	return e
}

// breaks lists the breaks in a state; all of them without one.
func (d *desk) breaks(state reconcile.BreakState) []reconcile.Break {
	d.t.Helper()
	b, next, err := d.Breaks(d.ctx, reconcile.BreaksQuery{Gateway: gate, State: state, Limit: 1000})
	require.NoError(d.t, err)
	require.Empty(d.t, next)
	return b
}

// one is the only break in a state.
func (d *desk) one(state reconcile.BreakState, class reconcile.Class) reconcile.Break {
	d.t.Helper()
	b := d.breaks(state)
	require.Len(d.t, b, 1)
	require.Equal(d.t, class, b[0].Class)
	return b[0]
}

func (d *desk) posted(a ledger.AccountID) int64 {
	d.t.Helper()
	m, err := d.books.Posted(d.ctx, a, hkd)
	require.NoError(d.t, err)
	return m.Minor()
}

var _ reconcile.Cashier = (*payment.Cashier)(nil)

// bodies are the records of an index as they are kept.
func (d *desk) bodies(index string) []string {
	d.t.Helper()
	page, err := d.store.List(d.ctx, store.Query{Index: index, Limit: store.MaxPage})
	require.NoError(d.t, err)
	var all []string
	for _, r := range page.Records {
		all = append(all, r.ID+" "+string(r.Body))
	}
	return all
}
