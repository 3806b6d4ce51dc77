package icms_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms"
)

// TestCasesInWhichNothingHappenedAreListed files two batches and has something happen in some of their cases between the pages: every case is
// there once, whatever the size of the pages.
func TestCasesInWhichNothingHappenedAreListed(t *testing.T) {
	for _, limit := range []int{1, 2, 3, 7, 100} {
		c := newCounter(t, "2026-02-27 10:00:00", 10_000)
		for i, n := range []int{5, 4} {
			in := batch(claims(n, fmt.Sprint("B", i)))
			in.Reference = fmt.Sprintf("batch|%d", i)
			_, err := c.Registry().File(t.Context(), in)
			require.NoError(t, err)
		}
		c.set("2026-03-02 10:00:00")
		link := func(n int) {
			_, err := c.Registry().LinkParty(t.Context(), icms.Link{
				Court: "SCT", Case: number(n), Party: "defendant-1", Member: "dora", Proof: "letter", By: registrar,
			})
			require.NoError(t, err)
		}
		link(2)
		link(7)
		var listed []string
		step := 0
		for f, err := range pages(func(after string) ([]icms.CaseFile, string, error) {
			if step++; step == 2 { // something happens in cases that were listed, and in others that were not
				link(1)
				link(4)
				link(9)
			}
			return c.Registry().CasesOf(t.Context(), "sample-utilities", after, limit)
		}) {
			require.NoError(t, err)
			listed = append(listed, f.Number)
		}
		want := make([]string, 9)
		for i := range want {
			want[i] = number(i + 1)
		}
		require.Equal(t, want, listed, "pages of %d", limit)
		require.Subset(t, c.casesOf("dora"), []string{number(2), number(7)})
	}
}

func TestPagesOfCasesHaveBounds(t *testing.T) {
	c := newCase(t)
	for _, limit := range []int{-1, 1001} {
		_, _, err := c.Registry().CasesOf(t.Context(), "sample-utilities", "", limit)
		require.ErrorIs(t, err, icms.ErrInvalid)
	}
	for _, cursor := range []string{"b|SCT", "b|SCT|sample-utilities|x|ref"} {
		_, _, err := c.Registry().CasesOf(t.Context(), "sample-utilities", cursor, 1)
		require.ErrorIs(t, err, icms.ErrInvalid, cursor)
	}
}
