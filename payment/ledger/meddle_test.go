package ledger_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment/ledger"
)

// meddler is a store in which something happens right before a read: the moment that a race would need luck to hit.
type meddler struct {
	store.Store
	// list and sums are called before each List and Sums, with the number of the call from 1.
	list, sums   func(call int)
	lists, summs int
	// match is called before each Match.
	match func()
}

func (m *meddler) Match(ctx context.Context, index string, keys []string) ([]store.Hit, error) {
	if m.match != nil {
		m.match()
	}
	return m.Store.Match(ctx, index, keys)
}

func (m *meddler) List(ctx context.Context, q store.Query) (store.Page, error) {
	m.lists++
	if m.list != nil {
		m.list(m.lists)
	}
	return m.Store.List(ctx, q)
}

func (m *meddler) Sums(ctx context.Context, names ...string) ([]int64, error) {
	m.summs++
	if m.sums != nil {
		m.sums(m.summs)
	}
	return m.Store.Sums(ctx, names...)
}

// TestStatementBeforeALateEntry books an entry before From while the opening balance is being summed up.
func TestStatementBeforeALateEntry(t *testing.T) {
	b := newBooks(t, ledger.Terms{})
	month(b)
	for call := 1; call <= 3; call++ {
		m := &meddler{Store: b.store, list: func(n int) {
			if n == call {
				b.must(ledger.Debit{ID: fmt.Sprint("late", call), Account: acme, To: fee(100), At: monday, Value: monday.Add(day)})
			}
		}}
		s, err := booksOn(t, m, ledger.Terms{}).Statement(t.Context(), ledger.StatementQuery{Account: acme, From: monday.Add(5 * day)})
		require.NoError(t, err)
		before := 100 * int64(call-1)
		if call == 1 { // before the statement fixed what counts
			before = 100
		}
		require.Equal(t, cents(990-before), s.Opening, call)
		require.Equal(t, cents(955-before), s.Closing, call)
	}
}

// TestReversalDoneWhileItIsPlanned lets the same reversal, or another, be done right before the plan looks for one.
func TestReversalDoneWhileItIsPlanned(t *testing.T) {
	for other, want := range map[string]error{"r": nil, "r2": ledger.ErrConflict} {
		b := newBooks(t, ledger.Terms{})
		b.funded(acme, 1000)
		b.must(ledger.Debit{ID: "d", Account: acme, To: fee(1), At: monday})
		m := &meddler{Store: b.store, match: func() { b.must(ledger.Reverse{ID: other, Entry: "d", At: monday}) }}
		done, err := booksOn(t, m, ledger.Terms{}).Do(t.Context(), ledger.Reverse{ID: "r", Entry: "d", At: monday})
		require.ErrorIs(t, err, want)
		require.Equal(t, want == nil, done.Replayed)
		b.balance(acme, 1000, 1000)
	}
}

// TestProofWaitsUntilNothingMoves lets each kind of movement happen while the sums are read: the proof sees one state, and finds no fault.
func TestProofWaitsUntilNothingMoves(t *testing.T) {
	for name, move := range map[string][]ledger.Request{
		"debit":           {ledger.Debit{ID: "d", Account: acme, To: fee(1), At: monday}},
		"place":           {ledger.Place{ID: "h2", Account: acme, Amount: cents(7), At: monday}},
		"release":         {ledger.Release{Hold: "h", At: monday}},
		"capture":         {ledger.Capture{Hold: "h", To: fee(5), At: monday}},
		"place, released": {ledger.Place{ID: "h2", Account: acme, Amount: cents(7), At: monday}, ledger.Release{Hold: "h2", At: monday}},
	} {
		for _, after := range []bool{false, true} {
			t.Run(fmt.Sprint(name, " after the sums: ", after), func(t *testing.T) {
				b := newBooks(t, ledger.Terms{})
				b.funded(acme, 1000)
				b.must(ledger.Place{ID: "h", Account: acme, Amount: cents(10), At: monday})
				moved := false
				m := &meddler{Store: b.store}
				happen := func() {
					if !moved {
						moved = true
						for _, r := range move {
							b.must(r)
						}
					}
				}
				m.sums = func(int) {
					if !after {
						happen()
					}
				}
				m.list = func(int) {
					if after && m.summs > 0 {
						happen()
					}
				}
				proofs, err := booksOn(t, m, ledger.Terms{}).Prove(t.Context())
				require.NoError(t, err)
				require.True(t, moved)
				require.Empty(t, proofs[0].Faults)
			})
		}
	}
}

func TestProofGivesUpWhenItNeverStandsStill(t *testing.T) {
	b := newBooks(t, ledger.Terms{})
	b.funded(acme, 1000)
	m := &meddler{Store: b.store, sums: func(n int) {
		b.must(ledger.Debit{ID: fmt.Sprint(n), Account: acme, To: fee(1), At: monday})
	}}
	_, err := booksOn(t, m, ledger.Terms{}).Prove(t.Context())
	require.ErrorIs(t, err, ledger.ErrMoving)
}
