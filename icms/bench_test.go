package icms_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms"
)

// BenchmarkPreflight checks and prices 10,000 claims from CSV, duplicates against the store included.
func BenchmarkPreflight(b *testing.B) {
	c := newCounter(b, "2026-03-02 10:00:00", 0)
	in := batch(claims(10_000, "INV"))
	b.ReportAllocs()
	for b.Loop() {
		r, err := c.Registry().Preflight(b.Context(), in)
		require.NoError(b, err)
		require.Equal(b, icms.Ready, r.State)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/10_000, "ns/claim")
}

// BenchmarkFile files 10,000 claims durably.
func BenchmarkFile(b *testing.B) {
	csv := claims(10_000, "INV")
	for b.Loop() {
		b.StopTimer()
		c := newCounter(b, "2026-03-02 10:00:00", 1_000_000)
		b.StartTimer()
		r, err := c.Registry().File(b.Context(), batch(csv))
		require.NoError(b, err)
		require.Equal(b, icms.Registered, r.State)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/10_000, "ns/claim")
}
