package ledger_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/store/sqlite"
	"courts.example/eservices/payment/ledger"
)

// The shape of the comparison: so many goroutines, each so many debits, in so many interleaved rounds.
const (
	writers        = 32
	debitsOfWriter = 40
	rounds         = 9
)

// BenchmarkDebitsAgainstBareUpdate debits one account by 32 goroutines, everything included (the journal, the statement's index, the
// sums, the guards, at most once), against what a user would write instead, by as many goroutines and as durable: a prepared guarded UPDATE of
// one row that commits by itself, and the same UPDATE with an INSERT of a row for the debit in one transaction. The three take turns in each
// round; the medians of the ratios are reported. At least half the rate of the UPDATE alone is the promise, and the benchmark fails below.
func BenchmarkDebitsAgainstBareUpdate(b *testing.B) {
	s, err := sqlite.Open(b.Context(), sqlite.Options{Path: filepath.Join(b.TempDir(), "books.db")})
	require.NoError(b, err)
	defer func() { require.NoError(b, s.Close()) }()
	ours := booksOn(b, s, ledger.Terms{})
	ours.funded(acme, 1<<40)
	bare := openBare(b)
	debits := 0
	arms := [...]func(id string) error{
		func(id string) error {
			_, err := ours.Do(b.Context(), ledger.Debit{ID: id, Account: acme, To: fee(1), At: monday})
			return err
		},
		bare.debit,
		bare.debitAndRecord,
	}
	for b.Loop() {
		var rates [len(arms)][]float64
		for round := range rounds {
			for i := range arms {
				arm := (round + i) % len(arms)
				debits += writers * debitsOfWriter
				rates[arm] = append(rates[arm], rate(b, debits, arms[arm]))
			}
		}
		ratio := median(ratios(rates[0], rates[1]))
		b.ReportMetric(median(rates[0]), "debits/s")
		b.ReportMetric(ratio, "of-bare-update-rate")
		b.ReportMetric(median(ratios(rates[0], rates[2])), "of-update-and-insert-rate")
		b.ReportMetric(0, "ns/op")
		if ratio < 0.5 {
			b.Errorf("debits run at %.2f of the rate of the bare UPDATE, 0.5 is promised", ratio)
		}
	}
	ours.proven()
}

// rate runs the debits in all goroutines, with ids of their own from a number on, and gives the debits per second.
func rate(b *testing.B, from int, debit func(id string) error) float64 {
	start := make(chan struct{})
	errs := make([]error, writers)
	var wait sync.WaitGroup
	for w := range writers {
		wait.Go(func() {
			<-start
			for i := 0; i < debitsOfWriter && errs[w] == nil; i++ {
				errs[w] = debit(fmt.Sprintf("d%d", from+w*debitsOfWriter+i))
			}
		})
	}
	began := b.Elapsed()
	close(start)
	wait.Wait()
	took := b.Elapsed() - began
	require.NoError(b, errors.Join(errs...))
	return writers * debitsOfWriter / took.Seconds()
}

// bareAccount is a table of one row, and one of debits, in a file of its own with the same settings as the store's.
type bareAccount struct {
	db             *sql.DB
	update, insert *sql.Stmt
}

func openBare(b *testing.B) bareAccount {
	dsn, err := sqlite.DSN(sqlite.Options{Path: filepath.Join(b.TempDir(), "bare.db")})
	require.NoError(b, err)
	db, err := sql.Open("sqlite", dsn)
	require.NoError(b, err)
	b.Cleanup(func() { require.NoError(b, db.Close()) })
	db.SetMaxOpenConns(1)
	for _, query := range []string{
		`CREATE TABLE account (id TEXT PRIMARY KEY, balance INTEGER NOT NULL) STRICT`,
		`CREATE TABLE debit (id TEXT PRIMARY KEY, account TEXT NOT NULL, amount INTEGER NOT NULL) STRICT`,
		`INSERT INTO account VALUES ('a', 1 << 40)`,
	} {
		_, err = db.ExecContext(b.Context(), query)
		require.NoError(b, err)
	}
	update, err := db.PrepareContext(b.Context(), `UPDATE account SET balance = balance - 1 WHERE id = 'a' AND balance - 1 >= 0`)
	require.NoError(b, err)
	insert, err := db.PrepareContext(b.Context(), `INSERT INTO debit VALUES (?, 'a', 1)`)
	require.NoError(b, err)
	return bareAccount{db, update, insert}
}

// debit is the UPDATE alone, in a transaction of its own.
func (a bareAccount) debit(string) error { return oneRow(a.update.Exec()) }

// debitAndRecord is the UPDATE with the row that says what it was for, in a transaction that takes the write lock when it begins.
func (a bareAccount) debitAndRecord(id string) error {
	tx, err := a.db.BeginTx(context.Background(), nil)
	if err != nil {
		return err
	}
	err = oneRow(tx.Stmt(a.update).Exec())
	if err == nil {
		err = oneRow(tx.Stmt(a.insert).Exec(id))
	}
	if err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}

func oneRow(r sql.Result, err error) error {
	if err != nil {
		return err
	}
	n, err := r.RowsAffected()
	if err == nil && n != 1 {
		err = fmt.Errorf("%d rows changed, not 1", n)
	}
	return err
}

func ratios(of, to []float64) []float64 {
	out := make([]float64, len(of))
	for i := range out {
		out[i] = of[i] / to[i]
	}
	return out
}

func median(x []float64) float64 {
	x = slices.Clone(x)
	slices.Sort(x)
	return x[len(x)/2]
}
