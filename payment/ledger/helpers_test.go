package ledger_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/icms/store"
	"courts.example/eservices/icms/store/sqlite"
	"courts.example/eservices/payment/ledger"
)

// The currency and the accounts of the tests.
var (
	hkd    = money.MustCurrency("HKD")
	usd    = money.MustCurrency("USD")
	monday = time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC)
)

var (
	acme    = ledger.Deposit("acme", ledger.Main)
	north   = ledger.Deposit("acme", "north")
	filing  = ledger.Revenue("court", "filing")
	search  = ledger.Revenue("court", "search")
	bank    = ledger.Bank("main")
	counter = ledger.Clearing("counter")
)

func cents(n int64) money.Amount { return money.New(n, hkd) }

func openStore(t testing.TB, path string) *sqlite.Store {
	t.Helper()
	s, err := sqlite.Open(t.Context(), sqlite.Options{Path: path, Durability: sqlite.Process})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s
}

// books is a ledger on a store of its own.
type books struct {
	*ledger.Ledger
	t     testing.TB
	ctx   context.Context
	store store.Store
}

func newBooks(t testing.TB, terms ledger.Terms) books {
	t.Helper()
	return booksOn(t, openStore(t, filepath.Join(t.TempDir(), "books.db")), terms)
}

func booksOn(t testing.TB, s store.Store, terms ledger.Terms) books {
	t.Helper()
	l, err := ledger.New(ledger.Options{Store: s, Terms: terms})
	require.NoError(t, err)
	return books{l, t, t.Context(), s}
}

// must does a request that is expected to succeed.
func (b books) must(r ledger.Request) ledger.Done {
	b.t.Helper()
	done, err := b.Do(b.ctx, r)
	require.NoError(b.t, err)
	return done
}

// funded opens the account and tops it up.
func (b books) funded(a ledger.AccountID, minor int64) {
	b.t.Helper()
	b.must(ledger.OpenAccount{Account: a, Currency: hkd, At: monday})
	if minor > 0 {
		b.must(ledger.TopUp{From: bank, Reference: "fund " + string(a), Account: a, Amount: cents(minor), At: monday})
	}
}

// balance asserts posted and available minor units.
func (b books) balance(a ledger.AccountID, posted, available int64) {
	b.t.Helper()
	got, err := b.Balance(b.ctx, a)
	require.NoError(b.t, err)
	require.Equal(b.t, ledger.Balance{Posted: cents(posted), Available: cents(available), Held: cents(posted - available)}, got)
}

// proven asserts that the books hold together.
func (b books) proven() {
	b.t.Helper()
	proofs, err := b.Prove(b.ctx)
	require.NoError(b.t, err)
	for _, p := range proofs {
		require.Empty(b.t, p.Faults)
		require.True(b.t, p.OK())
		sum, err := p.Debits.Add(p.Credits)
		require.NoError(b.t, err)
		require.True(b.t, sum.IsZero())
	}
}

func fee(minor int64) []ledger.Posting {
	return []ledger.Posting{{Account: filing, Amount: cents(minor)}}
}
