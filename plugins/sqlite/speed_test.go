package main

import (
	"path/filepath"
	"runtime"
	"slices"
	"testing"
	"time"

	"courts.example/eservices/icms"
	"courts.example/eservices/icms/store"
	"courts.example/eservices/icms/store/storetest"
	"courts.example/eservices/plugins/sqlite/sqliteplugin"
	"github.com/stretchr/testify/require"
)

// pairs files the claims in process and behind the wire in turn, each into a database of its own with commits that survive the loss of power.
// It gives the speed behind the wire as a share of that in process: the median of the pairs, and that of the fastest of both, which other
// programs on the machine disturb least.
func pairs(t testing.TB, n, claimed int) (median, fastest float64) {
	dir, digest := program(storetest.Go(goTest{t}))
	csv := claims(claimed)
	took := func(s store.Store) float64 {
		c := counter(t, s)
		runtime.GC()
		began := time.Now()
		r, err := file(t.Context(), c, csv)
		took := time.Since(began)
		require.NoError(t, err)
		require.Equal(t, icms.Registered, r.State)
		return took.Seconds()
	}
	var shares, ins, outs []float64
	for i := range n {
		inside, err := sqliteplugin.Open(t.Context(), configuration(filepath.Join(t.TempDir(), "inside.db"), "full"))
		require.NoError(t, err)
		outside, h := hosted(storetest.Go(goTest{t}), dir, digest, configuration(filepath.Join(t.TempDir(), "outside.db"), "full"))
		var in, out float64
		if i%2 == 0 {
			in, out = took(inside), took(outside)
		} else {
			out, in = took(outside), took(inside)
		}
		shares, ins, outs = append(shares, in/out), append(ins, in), append(outs, out)
		t.Logf("in process %.2f s, behind the wire %.2f s: %.2f", in, out, in/out)
		require.NoError(t, inside.Close())
		require.NoError(t, h.Close(t.Context()))
	}
	slices.Sort(shares)
	return shares[n/2], slices.Min(ins) / slices.Min(outs)
}

// BenchmarkFile files 10,000 claims through a service whose store is a plugin under a host, and through one whose store is in process.
// Above 0.6 is the promise.
func BenchmarkFile(b *testing.B) {
	for b.Loop() {
		median, fastest := pairs(b, 5, 10_000)
		b.ReportMetric(median, "of-in-process")
		b.ReportMetric(fastest, "of-in-process-at-best")
		b.ReportMetric(0, "ns/op")
	}
}

func TestFilingBehindTheWireIsFastEnough(t *testing.T) {
	if testing.Short() {
		t.Skip("files many claims")
	}
	_, fastest := pairs(t, 3, 10_000)
	require.Greater(t, fastest, 0.6)
}

// goTest makes a storetest.T of a testing.TB, which has no Run.
type goTest struct{ testing.TB }

func (goTest) Run(string, func(goTest)) bool { panic("a benchmark has no cases") }
