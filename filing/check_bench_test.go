package filing_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/filing"
)

// BenchmarkCheck checks one clean claim after another.
func BenchmarkCheck(b *testing.B) {
	p := harbour(b)
	p.Batches.Claims = b.N
	c, err := p.NewCheck(powerBatch(p))
	require.NoError(b, err)
	claims := make([]filing.Claim, b.N)
	for i := range claims {
		claims[i] = goodClaim(i)
	}
	b.ReportAllocs()
	b.ResetTimer()
	in := func(yield func(filing.Row, error) bool) {
		for i := range claims {
			if !yield(filing.Row{Line: i + 2, Claim: claims[i]}, nil) {
				return
			}
		}
	}
	for checked, err := range c.Rows(context.Background(), in) {
		if err != nil || checked.Refused {
			b.Fatal(err)
		}
	}
}

// TestCleanClaimsAllocateNothing holds the rules to their promise; memory for the tables of repeats comes seldom and is left out
// by checking the same claims again and again.
func TestCleanClaimsAllocateNothing(t *testing.T) {
	p := harbour(t)
	p.Batches.Claims = 1 << 30
	require.NoError(t, p.ReplaceRule("repeats"))
	c, err := p.NewCheck(powerBatch(p))
	require.NoError(t, err)
	row := filing.Row{Line: 2, Claim: goodClaim(1)}
	row.Claim.Defendants[0].Chinese = "被告人一"
	allocations := -1.0
	in := func(yield func(filing.Row, error) bool) {
		allocations = testing.AllocsPerRun(100, func() { yield(row, nil) })
	}
	for checked, err := range c.Rows(context.Background(), in) {
		if err != nil || len(checked.Findings) > 0 {
			t.Fatal(err, checked.Findings)
		}
	}
	require.Zero(t, allocations)
}
