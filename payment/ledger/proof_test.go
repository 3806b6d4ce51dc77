package ledger_test

import (
	"bytes"
	"context"
	"fmt"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment/ledger"
)

func TestProofOfTwoCurrencies(t *testing.T) {
	b := newBooks(t, ledger.Terms{})
	proofs, err := b.Prove(b.ctx)
	require.NoError(t, err)
	require.Empty(t, proofs)

	month(b)
	b.must(ledger.Place{ID: "h", Account: acme, Amount: cents(5), At: monday})
	dollars := ledger.Deposit("dollars", ledger.Main)
	b.must(ledger.OpenAccount{Account: dollars, Currency: usd, At: monday})
	b.must(ledger.TopUp{From: bank, Reference: "u", Account: dollars, Amount: money.New(70, usd), At: monday})
	b.funded(ledger.Deposit("unused", ledger.Main), 0)
	proofs, err = b.Prove(b.ctx)
	require.NoError(t, err)
	require.Equal(t, []ledger.Proof{
		{Currency: hkd, Entries: 10, Accounts: 4, Held: 1, Debits: cents(-1000), Credits: cents(1000)},
		{Currency: usd, Entries: 1, Accounts: 2, Debits: money.New(-70, usd), Credits: money.New(70, usd)},
	}, proofs)
}

// TestProofFindsEveryFault changes the records and sums behind the ledger's back, as a faulty program or hand could.
func TestProofFindsEveryFault(t *testing.T) {
	const posted, available = "ledger/HKD/deposit:acme/main/posted", "ledger/HKD/deposit:acme/main/available"
	for name, tt := range map[string]struct {
		harm func(b books) store.Change
		want []string
	}{
		"sum changed": {
			func(books) store.Change { return store.Change{Sums: []store.Sum{{Name: posted, Delta: 1}}} },
			[]string{"sum.posted: deposit:acme/main: want HKD 9.55, have HKD 9.56"},
		},
		"available changed": {
			func(books) store.Change { return store.Change{Sums: []store.Sum{{Name: available, Delta: -1}}} },
			[]string{"sum.available: deposit:acme/main: want HKD 9.05, have HKD 9.04"},
		},
		"revenue with a floor": {
			func(books) store.Change {
				return store.Change{Sums: []store.Sum{{Name: "ledger/HKD/revenue:court:filing/available", Delta: 3}}}
			},
			[]string{"sum.available: revenue:court:filing: want HKD 0.00, have HKD 0.03"},
		},
		"hold vanished": {
			func(b books) store.Change {
				h, err := b.Hold(b.ctx, "h")
				require.NoError(b.t, err)
				return store.Change{Deletes: []store.Key{{Kind: "ledger.hold", ID: "h", Expect: h.Version}}}
			},
			[]string{"sum.available: deposit:acme/main: want HKD 9.55, have HKD 9.05"},
		},
		"entry vanished": {
			func(books) store.Change {
				return store.Change{Deletes: []store.Key{{Kind: "ledger.entry", ID: "d4", Expect: 1}}}
			},
			[]string{
				"sum.posted: deposit:acme/main: want HKD 9.59, have HKD 9.55",
				"sum.available: deposit:acme/main: want HKD 9.09, have HKD 9.05",
				"sum.posted: revenue:court:filing: want HKD 0.41, have HKD 0.45",
			},
		},
		"entry changed": {
			func(b books) store.Change { return rewritten(b, "d4", "order 4", "order 5") },
			[]string{"entry.changed: d4: want "},
		},
		"entry unbalanced": {
			func(b books) store.Change { return rewritten(b, "d4", "HKD -0.04", "HKD -0.05") },
			[]string{
				"entry.changed: d4: want ", "entry.unbalanced: d4: want a sum of zero",
				"sum.posted: deposit:acme/main", "sum.available: deposit:acme/main",
				"trial.balance: HKD: want HKD 0.00, have HKD -0.01",
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBooks(t, ledger.Terms{})
			month(b)
			b.must(ledger.Place{ID: "h", Account: acme, Amount: cents(50), At: monday})
			b.proven()
			harm := tt.harm(b)
			harm.ID, harm.At = "harm", monday
			_, err := b.store.Apply(b.ctx, harm)
			require.NoError(t, err)
			proofs, err := b.Prove(b.ctx)
			require.NoError(t, err)
			require.False(t, proofs[0].OK())
			var got []string
			for i, f := range proofs[0].Faults {
				got = append(got, f.String())
				if i < len(tt.want) {
					require.Contains(t, f.String(), tt.want[i])
				}
			}
			require.Len(t, got, len(tt.want), "%q", got)
		})
	}
}

// rewritten is a change of an entry's text that keeps its index entries.
func rewritten(b books, id, from, to string) store.Change {
	r, err := b.store.Get(b.ctx, "ledger.entry", id)
	require.NoError(b.t, err)
	body := bytes.ReplaceAll(r.Body, []byte(from), []byte(to))
	require.NotEqual(b.t, r.Body, body)
	return store.Change{Puts: []store.Put{{
		Kind: r.Kind, ID: r.ID, Body: body, Expect: r.Version, Index: []store.Entry{{Index: "ledger.journal", Key: "HKD"}},
	}}}
}

func TestProofBoundsItsFaults(t *testing.T) {
	b := newBooks(t, ledger.Terms{})
	whole := store.Change{ID: "many", At: monday}
	for i := range 103 {
		whole.Sums = append(whole.Sums, store.Sum{Name: fmt.Sprintf("ledger/HKD/deposit:org%d/main/posted", i), Delta: 1})
	}
	for i := range 103 {
		b.must(ledger.OpenAccount{Account: ledger.Deposit(fmt.Sprint("org", i), ledger.Main), Currency: hkd, At: monday})
	}
	b.funded(acme, 1)
	_, err := b.store.Apply(b.ctx, whole)
	require.NoError(t, err)
	proofs, err := b.Prove(b.ctx)
	require.NoError(t, err)
	require.Len(t, proofs[0].Faults, 100)
	require.Equal(t, 3, proofs[0].More)
}

func TestBrokenRecordsAreCorruption(t *testing.T) {
	b := newBooks(t, ledger.Terms{})
	month(b)
	_, err := b.store.Apply(b.ctx, store.Change{ID: "harm", At: monday, Puts: []store.Put{
		{Kind: "ledger.entry", ID: "broken", Body: []byte(`{"postings":7}`), Index: []store.Entry{{Index: "ledger.journal", Key: "HKD"}}},
		{Kind: "ledger.hold", ID: "broken", Body: []byte(`[]`)},
		{Kind: "ledger.account", ID: string(north), Body: []byte(`{"status":"asleep"}`)},
	}})
	require.NoError(t, err)
	_, err = b.Prove(b.ctx)
	require.ErrorIs(t, err, store.ErrCorrupt)
	_, err = b.Entry(b.ctx, "broken")
	require.ErrorIs(t, err, store.ErrCorrupt)
	_, err = b.Hold(b.ctx, "broken")
	require.ErrorIs(t, err, store.ErrCorrupt)
	_, err = b.Account(b.ctx, north)
	require.ErrorIs(t, err, store.ErrCorrupt)
	require.ErrorContains(t, err, "asleep")
}

// TestProofInAWrongJournal guards the walk over the currencies against an entry that stands under another currency than its own.
func TestProofInAWrongJournal(t *testing.T) {
	b := newBooks(t, ledger.Terms{})
	month(b)
	c := rewritten(b, "d4", "order 4", "order 4!")
	c.ID, c.At = "harm", monday
	c.Puts[0].Index[0].Key = "ZZZ"
	_, err := b.store.Apply(b.ctx, c)
	require.NoError(t, err)
	_, err = b.Prove(b.ctx)
	require.ErrorIs(t, err, store.ErrCorrupt)
}

// TestProofWhileMoneyMoves proves again and again beside writers that hold, capture, release and debit. What it compares is always one state.
func TestProofWhileMoneyMoves(t *testing.T) {
	b := newBooks(t, ledger.Terms{})
	b.funded(acme, 1_000_000)
	ctx, stop := context.WithCancel(b.ctx)
	var writers sync.WaitGroup
	for w := range 2 {
		writers.Add(1)
		go func() {
			defer writers.Done()
			for i := 0; ctx.Err() == nil; i++ {
				id := fmt.Sprintf("%d-%d", w, i)
				for _, r := range []ledger.Request{
					ledger.Place{ID: id, Account: acme, Amount: cents(2), At: monday},
					[]ledger.Request{ledger.Capture{Hold: id, To: fee(1), At: monday}, ledger.Release{Hold: id, At: monday}}[i%2],
					ledger.Debit{ID: id, Account: acme, To: fee(1), At: monday},
				} {
					if _, err := b.Do(ctx, r); err != nil {
						return
					}
				}
			}
		}()
	}
	for range 5 {
		proofs, err := b.Prove(b.ctx)
		if err != nil {
			require.ErrorIs(t, err, ledger.ErrMoving)
			continue
		}
		require.Empty(t, proofs[0].Faults)
	}
	stop()
	writers.Wait()
	b.proven()
}
