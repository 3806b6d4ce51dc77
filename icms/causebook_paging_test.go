package icms_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/calendar"
	"courts.example/eservices/icms"
)

// Whoever turns the pages of the cause book while cases are registered, sealed and opened again sees each case once that was there all the time, in its
// order, and none of those that were sealed before their page.
func TestPagesStandWhileCasesComeAndGo(t *testing.T) {
	day := calendar.MustDate("2026-03-02")
	for name, page := range map[string]func(c *counter, after string) ([]icms.Entry, string, error){
		"day": func(c *counter, after string) ([]icms.Entry, string, error) {
			return c.CauseBook().Day(t.Context(), "SCT", day, after, 3)
		},
		"days": func(c *counter, after string) ([]icms.Entry, string, error) {
			return c.CauseBook().Find(t.Context(), icms.BookQuery{Court: "SCT", From: day, After: after, Limit: 3})
		},
		"defendant": func(c *counter, after string) ([]icms.Entry, string, error) {
			return c.CauseBook().Find(t.Context(), icms.BookQuery{Court: "SCT", Party: "defendant", After: after, Limit: 3})
		},
		"claimant": func(c *counter, after string) ([]icms.Entry, string, error) {
			return c.CauseBook().Find(t.Context(), icms.BookQuery{Court: "SCT", Party: "公用事業", After: after, Limit: 3})
		},
	} {
		c := newCounter(t, "2026-03-02 10:00:00", 10_000)
		file := func(n int, prefix string) {
			r, err := c.Registry().File(t.Context(), batch(claims(n, prefix)))
			require.NoError(t, err)
			require.Equal(t, icms.Registered, r.State)
		}
		set := func(n int, access icms.CaseAccess) {
			_, err := c.Registry().SetAccess(t.Context(), icms.CaseAct{Court: "SCT", Case: fmt.Sprintf("SCTC%06d/2026", n), By: registrar}, access)
			require.NoError(t, err)
		}
		file(20, "A")
		var seen []string
		after, next := "", 0
		for {
			entries, cursor, err := page(c, after)
			require.NoError(t, err, name)
			for _, e := range entries {
				seen = append(seen, e.Number)
			}
			if after = cursor; after == "" {
				break
			}
			switch next++; next {
			case 1: // a case of the page that was just read, and one of a later page
				set(2, icms.CaseSealed)
				set(15, icms.CaseSealed)
			case 2:
				set(2, icms.CaseOpen)
				set(9, icms.CaseRestricted)
			case 3, 4:
				file(2, fmt.Sprint("B", next))
			}
			require.Less(t, next, 20, name)
		}
		require.True(t, slices.IsSorted(seen), "%s: %v", name, seen)
		require.Len(t, slices.Compact(slices.Clone(seen)), len(seen), name)
		for n := 1; n <= 24; n++ {
			number := fmt.Sprintf("SCTC%06d/2026", n)
			switch n {
			case 9, 15:
				require.NotContains(t, seen, number, name)
			default:
				require.Contains(t, seen, number, name)
			}
		}
	}
}
