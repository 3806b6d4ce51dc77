package icms_test

import (
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms"
)

// TestManyFileOneBatch lets 64 goroutines on two nodes, each with its own handle of one database, file the same bytes at once.
func TestManyFileOneBatch(t *testing.T) {
	folder := t.TempDir()
	a := newCounter(t, "2026-03-02 10:00:00", 0)
	a.store = openStore(t, folder)
	a.open()
	a.topUp(1000)
	b := &counter{t: t, store: openStore(t, folder), blobs: a.blobs, court: a.court, at: a.at}
	b.open()

	csv := claims(7, "INV")
	results := make([]icms.Result, 64)
	errs := make([]error, len(results))
	var wait sync.WaitGroup
	for i := range results {
		node := a
		if i%2 == 1 {
			node = b
		}
		wait.Go(func() { results[i], errs[i] = node.Registry().File(t.Context(), batch(csv)) })
	}
	wait.Wait()
	winners := 0
	for i, r := range results {
		require.NoError(t, errs[i])
		require.Equal(t, icms.Registered, r.State)
		require.Equal(t, string(results[0].Acknowledged), string(r.Acknowledged), "everybody gets the winner's acknowledgement")
		if !r.Replayed {
			winners++
		}
	}
	require.LessOrEqual(t, winners, 1, "at most one call says that it was first")
	requireFiledOnce(t, a, results[0], "64 at once")
}

// TestOverlappingBatchesAtOnce files batches that share a claim at the same time: one is filed, the others are refused with the
// finding that names it, and nobody is charged for a refused one.
func TestOverlappingBatchesAtOnce(t *testing.T) {
	c := newCounter(t, "2026-03-02 10:00:00", 1000)
	results := make([]icms.Result, 8)
	errs := make([]error, len(results))
	var wait sync.WaitGroup
	for i := range results {
		wait.Go(func() { results[i], errs[i] = c.Registry().File(t.Context(), batch(claims(i+1, "INV"))) })
	}
	wait.Wait()
	filed := 0
	for i, r := range results {
		require.NoError(t, errs[i])
		if r.State == icms.Registered {
			filed++
			requireFiledOnce(t, c, r, "the one")
			continue
		}
		require.Equal(t, icms.Refused, r.State)
		require.Contains(t, codes(r.Findings), "claim.filed.reference")
	}
	require.Equal(t, 1, filed)
}
