package names_test

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/names"
	"courts.example/eservices/icms/store"
	"courts.example/eservices/icms/store/sqlite"
)

// BenchmarkSearch asks for the first 20 cases of 50,000 in every way; see BenchmarkSearchMillion.
func BenchmarkSearch(b *testing.B) { compare(b, 50_000, 8) }

// BenchmarkSearchMillion asks for the first 20 cases of a cause book of 1,000,000 by name, in every way that users do, and asks the same of
// LIKE and of FTS5 over tables of the same cases in the same run. Each question is asked in turn of all three; what is reported are
// medians, of the times and of the ratios of their pairs. It takes minutes, nearly all of them to fill the tables.
func BenchmarkSearchMillion(b *testing.B) {
	if testing.Short() {
		b.Skip("takes minutes")
	}
	compare(b, 1_000_000, 8)
}

// turn is one question asked of all three.
type turn struct {
	kind             string
	ours, like, fts5 time.Duration
	reads            int
}

// counted counts the records that are read of a store.
type counted struct {
	names.Lister
	reads int
}

func (c *counted) List(ctx context.Context, q store.Query) (store.Page, error) {
	p, err := c.Lister.List(ctx, q)
	c.reads += len(p.Records)
	return p, err
}

func compare(b *testing.B, n, rounds int) {
	path := filepath.Join(b.TempDir(), "court.db")
	s, err := sqlite.Open(ctx, sqlite.Options{Path: path, Durability: sqlite.Process})
	require.NoError(b, err)
	defer s.Close()
	record, asked := bookOf(1, n, rounds)
	began := time.Now()
	fill(b, s, n, record)
	filled := time.Since(began)
	record, _ = bookOf(1, n, 0)
	began = time.Now()
	other := newRival(b, n, record)
	rivalFilled := time.Since(began)
	people := newPopulace(1)
	for b.Loop() {
		var turns []turn
		for _, who := range asked {
			for _, q := range people.questions(who) {
				var t turn
				t.kind = q.kind
				var ours, like, fts5 []string
				counter := &counted{Lister: s}
				t.ours = timed(func() { ours = ask(b, counter, q) })
				t.reads = counter.reads
				t.like = timed(func() { like = other.like(b, q) })
				t.fts5 = timed(func() { fts5 = other.fts5(b, q) })
				require.Equal(b, like, ours, "%v", q)
				require.Equal(b, fts5, ours, "%v", q)
				turns = append(turns, t)
			}
		}
		tell(b, turns)
	}
	size(b, path, n)
	b.ReportMetric(filled.Seconds()*1e6/float64(n), "fill-us/case")
	b.ReportMetric(rivalFilled.Seconds()*1e6/float64(n), "rival-fill-us/case")
	b.ReportMetric(0, "ns/op")
}

func timed(f func()) time.Duration {
	start := time.Now()
	f()
	return time.Since(start)
}

// tell reports the medians of all questions, and logs those of each kind.
func tell(b *testing.B, turns []turn) {
	ms := func(of func(turn) time.Duration, turns []turn) float64 {
		return median(turns, func(t turn) float64 { return of(t).Seconds() * 1e3 })
	}
	ours, like, fts5 := func(t turn) time.Duration { return t.ours }, func(t turn) time.Duration { return t.like }, func(t turn) time.Duration { return t.fts5 }
	b.ReportMetric(ms(ours, turns), "ms/search")
	b.ReportMetric(ms(like, turns), "ms/like")
	b.ReportMetric(ms(fts5, turns), "ms/fts5")
	b.ReportMetric(median(turns, func(t turn) float64 { return t.like.Seconds() / t.ours.Seconds() }), "x-like")
	b.ReportMetric(median(turns, func(t turn) float64 { return t.fts5.Seconds() / t.ours.Seconds() }), "x-fts5")
	slowest := slices.MaxFunc(turns, func(a, b turn) int { return cmp.Compare(a.ours, b.ours) })
	b.ReportMetric(slowest.ours.Seconds()*1e3, "ms/slowest")
	b.ReportMetric(median(turns, func(t turn) float64 { return float64(t.reads) }), "reads/search")
	text := fmt.Sprintf("median ms            %10s %10s %10s %10s %10s\n", "ours", "LIKE", "FTS5", "slowest", "reads")
	for i, first := range turns {
		if slices.IndexFunc(turns, func(t turn) bool { return t.kind == first.kind }) < i {
			continue
		}
		same := slices.DeleteFunc(slices.Clone(turns), func(t turn) bool { return t.kind != first.kind })
		worst := slices.MaxFunc(same, func(a, b turn) int { return cmp.Compare(a.ours, b.ours) })
		reads := median(same, func(t turn) float64 { return float64(t.reads) })
		text += fmt.Sprintf("%-20s %10.2f %10.2f %10.2f %10.2f %10.0f\n",
			first.kind, ms(ours, same), ms(like, same), ms(fts5, same), worst.ours.Seconds()*1e3, reads)
	}
	fmt.Print("\n", text) // b.Log would cut it
}

func median(turns []turn, of func(turn) float64) float64 {
	all := make([]float64, len(turns))
	for i, t := range turns {
		all[i] = of(t)
	}
	slices.Sort(all)
	return all[len(all)/2]
}

// size reports how large the store is, and how many keys it has.
func size(b *testing.B, path string, n int) {
	info, err := os.Stat(path)
	require.NoError(b, err)
	b.ReportMetric(float64(info.Size())/float64(n), "B/case")
	db, err := sql.Open("sqlite", "file:"+path)
	require.NoError(b, err)
	defer db.Close()
	var keys int
	require.NoError(b, db.QueryRow("SELECT count(*) FROM icms_entry").Scan(&keys))
	b.ReportMetric(float64(keys)/float64(n), "keys/case")
}
