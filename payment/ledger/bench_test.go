package ledger_test

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/store/sqlite"
	"courts.example/eservices/payment/ledger"
)

// The shape of the comparison: so many goroutines, each so many debits, in so many interleaved pairs.
const (
	writers        = 32
	debitsOfWriter = 20
	pairs          = 5
)

// BenchmarkDebits32 compares 32 concurrent debits on one account with what a user would write instead: a bare guarded UPDATE of one
// row in SQLite, by as many goroutines, as durable. It reports the rate of each and, over interleaved pairs, the median of ours/bare.
func BenchmarkDebits32(b *testing.B) {
	s, err := sqlite.Open(b.Context(), sqlite.Options{Path: filepath.Join(b.TempDir(), "books.db")})
	require.NoError(b, err)
	defer func() { require.NoError(b, s.Close()) }()
	ours := booksOn(b, s, ledger.Terms{})
	ours.funded(acme, 1<<40)
	bare := bareAccount(b)

	n := 0
	for b.Loop() {
		var ratios, ourRates, bareRates []float64
		for pair := range pairs {
			run := fmt.Sprintf("%d-%d", b.N, n)
			n++
			one := func() float64 {
				return rate(func(w, i int) error {
					_, err := ours.Do(b.Context(), ledger.Debit{ID: fmt.Sprintf("%s-%d-%d", run, w, i), Account: acme, To: fee(1), At: monday})
					return err
				}, b)
			}
			other := func() float64 {
				return rate(func(int, int) error { return bareDebit(bare) }, b)
			}
			var our, their float64
			if pair%2 == 0 {
				our, their = one(), other()
			} else {
				their, our = other(), one()
			}
			ourRates, bareRates, ratios = append(ourRates, our), append(bareRates, their), append(ratios, our/their)
		}
		b.ReportMetric(median(ourRates), "debits/s")
		b.ReportMetric(median(bareRates), "bare/s")
		b.ReportMetric(median(ratios), "ours/bare")
	}
	ours.proven()
}

// rate runs the call in all goroutines and gives the calls per second.
func rate(call func(w, i int) error, b *testing.B) float64 {
	start := make(chan struct{})
	errs := make([]error, writers)
	var wait sync.WaitGroup
	for w := range writers {
		wait.Add(1)
		go func() {
			defer wait.Done()
			<-start
			for i := 0; i < debitsOfWriter && errs[w] == nil; i++ {
				errs[w] = call(w, i)
			}
		}()
	}
	began := b.Elapsed()
	close(start)
	wait.Wait()
	took := b.Elapsed() - began
	for _, err := range errs {
		require.NoError(b, err)
	}
	return float64(writers*debitsOfWriter) / took.Seconds()
}

// bareAccount is a table of one row in a file of its own, with the same settings as the store's.
func bareAccount(b *testing.B) *sql.DB {
	dsn, err := sqlite.DSN(sqlite.Options{Path: filepath.Join(b.TempDir(), "bare.db")})
	require.NoError(b, err)
	db, err := sql.Open("sqlite", dsn)
	require.NoError(b, err)
	b.Cleanup(func() { require.NoError(b, db.Close()) })
	db.SetMaxOpenConns(1)
	_, err = db.ExecContext(b.Context(), `CREATE TABLE account (id TEXT PRIMARY KEY, balance INTEGER NOT NULL) STRICT`)
	require.NoError(b, err)
	_, err = db.ExecContext(b.Context(), `INSERT INTO account VALUES ('a', 1 << 40)`)
	require.NoError(b, err)
	return db
}

func bareDebit(db *sql.DB) error {
	r, err := db.Exec(`UPDATE account SET balance = balance - 1 WHERE id = 'a' AND balance - 1 >= 0`)
	if err != nil {
		return err
	}
	if n, err := r.RowsAffected(); err != nil || n != 1 {
		return fmt.Errorf("%d rows, %w", n, err)
	}
	return nil
}

func median(x []float64) float64 {
	x = slices.Clone(x)
	slices.Sort(x)
	return x[len(x)/2]
}
