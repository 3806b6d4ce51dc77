package payment_test

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/icms/store/sqlite"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/ledger"
)

// timed is a store that adds up the time that is spent in its Apply.
type timed struct {
	store.Store
	applied atomic.Int64
	commits atomic.Int64
}

func (s *timed) Apply(ctx context.Context, c store.Change) (store.Applied, error) {
	begin := time.Now()
	defer func() { s.applied.Add(int64(time.Since(begin))); s.commits.Add(1) }()
	return s.Store.Apply(ctx, c)
}

// BenchmarkCashierOverhead pays one order after another at a company that answers at once, on a durable store, and reports per payment: the whole
// time, the store's commits, and the overhead: all that is not a commit. It is the median of the payments.
func BenchmarkCashierOverhead(b *testing.B) {
	ctx := b.Context()
	disk, err := sqlite.Open(ctx, sqlite.Options{Path: filepath.Join(b.TempDir(), "court.db")})
	require.NoError(b, err)
	b.Cleanup(func() { require.NoError(b, disk.Close()) })
	s := &timed{Store: disk}
	books, err := ledger.New(ledger.Options{Store: s})
	require.NoError(b, err)
	orders, err := payment.New(payment.Options{Store: s, Ledger: books})
	require.NoError(b, err)
	c := counterAt(office{orders, b, ctx, books, s}, newAcquirer(), &clock{at: monday}, nil)
	var whole, overhead []time.Duration
	begun := s.commits.Load()
	b.ResetTimer()
	for i := range b.N {
		b.StopTimer()
		id := fmt.Sprint("o", i)
		c.order(id)
		b.StartTimer()
		before, at := s.applied.Load(), time.Now()
		a, err := c.Start(ctx, request(id))
		if err != nil {
			b.Fatal(err)
		}
		c.acquirer.pay(a.ID, cents(4200), monday)
		if a, err = c.Check(ctx, a.ID); err != nil || a.State != payment.AttemptSucceeded {
			b.Fatal(a.State, err)
		}
		took := time.Since(at)
		whole = append(whole, took)
		overhead = append(overhead, took-time.Duration(s.applied.Load()-before))
	}
	b.StopTimer()
	b.ReportMetric(micros(whole), "whole-us/payment")
	b.ReportMetric(micros(overhead), "overhead-us/payment")
	b.ReportMetric(float64(s.commits.Load()-begun)/float64(b.N)-1, "commits/payment")
}

// micros is the median in microseconds.
func micros(d []time.Duration) float64 {
	slices.Sort(d)
	return float64(d[len(d)/2]) / float64(time.Microsecond)
}
