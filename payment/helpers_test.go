package payment_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/money"
	"courts.example/eservices/icms/store"
	"courts.example/eservices/icms/store/sqlite"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/ledger"
)

// The invented court, its money and its members.
var (
	hkd    = money.MustCurrency("HKD")
	usd    = money.MustCurrency("USD")
	monday = time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC)
	acme   = ledger.Deposit("acme", ledger.Main)
	bank   = ledger.Bank("main")
)

const series = "court/2026"

func cents(n int64) money.Amount { return money.New(n, hkd) }

func number(n int64) payment.Number { return payment.Number{Series: series, N: n} }

// batchOrder is an order for three claims of two bands, HKD 42.00.
func batchOrder() payment.Order {
	return payment.Order{
		ID: "o1", Court: "court", Payer: "acme", Purpose: "filing", For: payment.Subject{Kind: "batch", ID: "b1"},
		PricedAt: monday, CreatedAt: monday,
		Lines: []payment.Line{
			{Item: "filing", Description: law.T("Filing, band 1", "入稟"), Count: 2, Each: cents(1100), Amount: cents(2200)},
			{Item: "filing", Description: law.T("Filing, band 2", ""), Count: 1, Amount: cents(2000)},
			{Item: "notice", Description: law.T("Notice", ""), Count: 3, Amount: cents(0)},
		},
	}
}

func newOrder(t testing.TB, change func(*payment.Order)) payment.Order {
	t.Helper()
	o := batchOrder()
	if change != nil {
		change(&o)
	}
	o, err := payment.NewOrder(o)
	require.NoError(t, err)
	return o
}

// office is orders and a ledger on a store of their own.
type office struct {
	*payment.Orders
	t     testing.TB
	ctx   context.Context
	books *ledger.Ledger
	store store.Store
}

func newOffice(t testing.TB, funds int64) office {
	t.Helper()
	o := officeAt(t, filepath.Join(t.TempDir(), "office.db"))
	_, err := o.books.Do(o.ctx, ledger.OpenAccount{Account: acme, Currency: hkd, At: monday})
	require.NoError(t, err)
	if funds > 0 {
		_, err = o.books.Do(o.ctx, ledger.TopUp{From: bank, Reference: "1", Account: acme, Amount: cents(funds), At: monday})
		require.NoError(t, err)
	}
	return o
}

func officeAt(t testing.TB, path string) office {
	t.Helper()
	s, err := sqlite.Open(t.Context(), sqlite.Options{Path: path, Durability: sqlite.Process})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	l, err := ledger.New(ledger.Options{Store: s})
	require.NoError(t, err)
	orders, err := payment.New(payment.Options{Store: s, Ledger: l})
	require.NoError(t, err)
	return office{orders, t, t.Context(), l, s}
}

// applied commits a step that is expected to succeed and gives its order, read back.
func (o office) applied(step payment.Step, err error) payment.Order {
	o.t.Helper()
	require.NoError(o.t, err)
	_, err = o.Apply(o.ctx, step.Change)
	require.NoError(o.t, err)
	got, err := o.Get(o.ctx, step.Order.ID)
	require.NoError(o.t, err)
	require.Equal(o.t, step.Order, got, "the step foretells the order")
	return got
}

// balance asserts the account's posted and available minor units, and that the books hold together.
func (o office) balance(posted, available int64) {
	o.t.Helper()
	b, err := o.books.Balance(o.ctx, acme)
	require.NoError(o.t, err)
	require.Equal(o.t, cents(posted), b.Posted)
	require.Equal(o.t, cents(available), b.Available)
	proofs, err := o.books.Prove(o.ctx)
	require.NoError(o.t, err)
	for _, p := range proofs {
		require.Empty(o.t, p.Faults)
	}
}
