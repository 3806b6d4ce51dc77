package names_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/names"
)

// TestReadsAreBoundedInALargeBook asks in every way of a cause book of 100,000 cases: whatever is asked, a page reads no more records than the
// question's Reads and the probes of one scope, so that no size of the book makes a page slow.
func TestReadsAreBoundedInALargeBook(t *testing.T) {
	if testing.Short() {
		t.Skip("fills a book of 100,000")
	}
	const (
		n      = 100_000
		probes = 2 * (24*8 + 64) // of one scope
	)
	s := database(t, new(ears))
	record, asked := bookOf(1, n, 8)
	fill(t, s, n, record)
	people := newPopulace(1)
	most, pagesRead := 0, 0
	for _, who := range asked {
		for _, question := range people.questions(who) {
			for _, bound := range []int{100, 1000} {
				q := names.Query{Scopes: []string{"CB/open"}, Text: question.String(), Typing: question.typing, Limit: pageSize, Reads: bound}
				pages := 0
				for after := ""; pages == 0 || after != "" && pages < 3; pages++ {
					counter := &counted{Lister: s}
					q.After = after
					p, err := book.Search(ctx, counter, q)
					require.NoError(t, err)
					require.LessOrEqual(t, counter.reads, bound+probes, "%s: %v", question.kind, q)
					most, pagesRead, after = max(most, counter.reads), pagesRead+1, p.Next
				}
			}
		}
	}
	t.Logf("%d pages, at most %d records read for one", pagesRead, most)
	require.Greater(t, most, 1000, "some question reaches the bound")
}
