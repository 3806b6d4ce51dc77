package ledger_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment/ledger"
)

var errCut = errors.New("the wire was cut")

// faulty is a store that fails at one of its calls, counted from 1: before it does anything or, when late, after an Apply was committed.
type faulty struct {
	store.Store
	failAt, calls int
	late          bool
}

// fails counts a call and says whether it fails.
func (f *faulty) fails() bool {
	f.calls++
	return f.calls == f.failAt
}

func (f *faulty) Apply(ctx context.Context, c store.Change) (store.Applied, error) {
	if !f.fails() {
		return f.Store.Apply(ctx, c)
	}
	if f.late {
		if _, err := f.Store.Apply(ctx, c); err != nil {
			return store.Applied{}, err
		}
	}
	return store.Applied{}, errCut
}

func (f *faulty) Get(ctx context.Context, kind, id string) (store.Record, error) {
	if f.fails() {
		return store.Record{}, errCut
	}
	return f.Store.Get(ctx, kind, id)
}

func (f *faulty) List(ctx context.Context, q store.Query) (store.Page, error) {
	if f.fails() {
		return store.Page{}, errCut
	}
	return f.Store.List(ctx, q)
}

func (f *faulty) Match(ctx context.Context, index string, keys []string) ([]store.Hit, error) {
	if f.fails() {
		return nil, errCut
	}
	return f.Store.Match(ctx, index, keys)
}

func (f *faulty) Sums(ctx context.Context, names ...string) ([]int64, error) {
	if f.fails() {
		return nil, errCut
	}
	return f.Store.Sums(ctx, names...)
}

// script is every kind of request once, in an order in which each succeeds.
func script() []ledger.Request {
	return []ledger.Request{
		ledger.OpenAccount{Account: acme, Currency: hkd, At: monday},
		ledger.OpenAccount{Account: north, Currency: hkd, At: monday},
		ledger.TopUp{From: bank, Reference: "1", Account: acme, Amount: cents(1000), At: monday},
		ledger.Transfer{ID: "t", From: acme, To: north, Amount: cents(300), At: monday},
		ledger.Debit{ID: "d", Account: acme, To: fee(50), At: monday},
		ledger.Reverse{ID: "r", Entry: "d", At: monday},
		ledger.Place{ID: "h", Account: acme, Amount: cents(200), At: monday},
		ledger.Place{ID: "g", Account: acme, Amount: cents(200), At: monday},
		ledger.Capture{Hold: "h", To: fee(150), At: monday},
		ledger.Release{Hold: "g", At: monday},
		ledger.Post{ID: "p", Postings: []ledger.Posting{{Account: north, Amount: cents(-300)}, {Account: bank, Amount: cents(300)}}, At: monday},
		ledger.SuspendAccount{Account: north, At: monday},
		ledger.ReopenAccount{Account: north, At: monday},
		ledger.SuspendAccount{Account: north, At: monday.Add(time.Hour)},
		ledger.CloseAccount{Account: north, At: monday},
	}
}

// TestAFaultAtEveryCall cuts the wire to the storage at each call of a script, before or after the commit. The request that was hit says
// so; done again it succeeds; the books end the same.
func TestAFaultAtEveryCall(t *testing.T) {
	calls := scriptWithFault(t, 0, false)
	for _, late := range []bool{false, true} {
		for at := 1; at <= calls; at++ {
			t.Run(fmt.Sprint("call ", at, ", late ", late), func(t *testing.T) { scriptWithFault(t, at, late) })
		}
	}
}

// scriptWithFault runs the script with a fault at one call, 0 for none, and gives the number of calls.
func scriptWithFault(t *testing.T, at int, late bool) (calls int) {
	b := newBooks(t, ledger.Terms{})
	f := &faulty{Store: b.store, failAt: at, late: late}
	hit := booksOn(t, f, ledger.Terms{})
	cut := 0
	for _, r := range script() {
		if _, err := hit.Do(t.Context(), r); err != nil {
			require.ErrorIs(t, err, errCut, "%T", r)
			cut++
			hit.must(r)
		}
	}
	require.Equal(t, min(at, 1), cut)
	calls = f.calls
	b.balance(acme, 550, 550)
	b.balance(north, 0, 0)
	b.proven()
	return calls
}

// TestReadsSayThatTheyFailed cuts the wire at each call of everything that reads.
func TestReadsSayThatTheyFailed(t *testing.T) {
	b := newBooks(t, ledger.Terms{})
	month(b)
	b.must(ledger.Place{ID: "h", Account: acme, Amount: cents(5), At: monday})
	for name, read := range map[string]func(books) error{
		"statement": func(b books) error {
			_, err := b.Statement(b.ctx, ledger.StatementQuery{Account: acme, From: monday.Add(3 * day)})
			return err
		},
		"balance":  func(b books) error { _, err := b.Balance(b.ctx, acme); return err },
		"posted":   func(b books) error { _, err := b.Posted(b.ctx, filing, hkd); return err },
		"holds":    func(b books) error { _, _, err := b.Holds(b.ctx, acme, "", 0); return err },
		"accounts": func(b books) error { _, _, err := b.Accounts(b.ctx, "acme", "", 0); return err },
		"entry":    func(b books) error { _, err := b.Entry(b.ctx, "d1"); return err },
		"proof":    func(b books) error { _, err := b.Prove(b.ctx); return err },
	} {
		t.Run(name, func(t *testing.T) {
			calls := 1 << 30
			for at := 0; at <= calls; at++ {
				f := &faulty{Store: b.store, failAt: at}
				err := read(booksOn(t, f, ledger.Terms{}))
				if at == 0 {
					require.NoError(t, err)
					calls = f.calls
					continue
				}
				require.ErrorIs(t, err, errCut, "call %d of %d", at, calls)
			}
		})
	}
}
