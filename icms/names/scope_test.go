package names_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"courts.example/eservices/icms/names"
	"courts.example/eservices/icms/store"
)

// What stands in another scope changes nothing: not a page, not a cursor, not what is read of the store nor how often.
func TestSealedCasesLeaveNoTrace(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		without, with := new(shelf), new(shelf)
		for i := range rapid.IntRange(0, 120).Draw(t, "cases") {
			e := open(fmt.Sprintf("%03d", rapid.IntRange(0, 100).Draw(t, "sort")), drawName(t, 0).String())
			p := put(t, fmt.Sprint(i), e)
			if rapid.IntRange(0, 2).Draw(t, "sealed") == 0 {
				e.Scope = rapid.SampledFrom([]string{"sealed", "open ", "ope", "open|x", "a"}).Draw(t, "scope")
				with.put(put(t, fmt.Sprint(i), e))
				continue
			}
			without.put(p)
			with.put(p)
		}
		q := names.Query{
			Scopes: []string{"open"}, Text: drawName(t, 1).String(), Typing: rapid.Bool().Draw(t, "typing"),
			Descending: rapid.Bool().Draw(t, "descending"), Limit: rapid.IntRange(1, 20).Draw(t, "limit"), Reads: rapid.IntRange(1, 100).Draw(t, "reads"),
		}
		for {
			without.asked, with.asked, without.reads, with.reads = nil, nil, 0, 0
			a, err := people.Search(ctx, without, q)
			require.NoError(t, err)
			b, err := people.Search(ctx, with, q)
			require.NoError(t, err)
			require.Equal(t, ids(a), ids(b))
			require.Equal(t, a.Next, b.Next)
			require.Equal(t, without.reads, with.reads)
			require.Equal(t, blank(without.asked), blank(with.asked))
			if q.After = a.Next; q.After == "" {
				return
			}
		}
	})
}

// blank takes the store's own cursors out: they hold its numbers.
func blank(asked []store.Query) []store.Query {
	for i := range asked {
		asked[i].After = fmt.Sprint(asked[i].After != "")
	}
	return asked
}

// A case is sealed in one change; the next page knows nothing of it, nor does one with a cursor from before.
func TestSealing(t *testing.T) {
	s := new(shelf)
	for i := range 6 {
		s.put(put(t, fmt.Sprint(i), open(fmt.Sprint(i), "Sample")))
	}
	q := names.Query{Scopes: []string{"open"}, Text: "sample", Limit: 2}
	first, err := people.Search(ctx, s, q)
	require.NoError(t, err)
	require.Equal(t, []string{"0", "1"}, ids(first))
	for _, id := range []string{"1", "2"} {
		s.put(put(t, id, names.Entry{Scope: "sealed", Sort: id, Names: []string{"Sample"}}))
	}
	q.After = first.Next
	require.Equal(t, []string{"3", "4", "5"}, walk(t, s, q))
	q.After = ""
	require.Equal(t, []string{"0", "3", "4", "5"}, walk(t, s, q))
	q.Scopes = []string{"sealed", "open"}
	require.Equal(t, []string{"0", "1", "2", "3", "4", "5"}, walk(t, s, q), "who may see both sees one list")
}

// A name of a case may be of another scope than the rest.
func TestOneNameSealed(t *testing.T) {
	s := new(shelf)
	s.put(put(t, "1", open("1", "Sample One"), names.Entry{Scope: "sealed", Sort: "1", Names: []string{"Sample Two", "Sample One"}}))
	require.Empty(t, find(t, s, "two"))
	require.Equal(t, []string{"1"}, find(t, s, "one"))
	q := names.Query{Scopes: []string{"open", "sealed"}, Text: "sample"}
	require.Equal(t, []string{"1"}, walk(t, s, q), "once, though both find it")
	q.Text = "two"
	require.Equal(t, []string{"1"}, walk(t, s, q))
}

// A record whose body no longer agrees with its keys is an error, and is not given.
func TestReadDisagrees(t *testing.T) {
	for what, body := range map[string]string{
		"another scope": `[{"Scope":"sealed","Sort":"2","Names":["Sample"]}]`, "out of order": `[{"Scope":"open","Sort":"0","Names":["Sample"]}]`,
	} {
		s := new(shelf)
		p := put(t, "2", open("2", "Sample"))
		p.Body = []byte(body)
		s.put(put(t, "1", open("1", "Sample")))
		s.put(p)
		got, err := people.Search(ctx, s, names.Query{Scopes: []string{"open"}, Text: "sample"})
		require.ErrorIs(t, err, names.ErrRead, what)
		require.Empty(t, got)
		_, err = people.Search(ctx, s, names.Query{Scopes: []string{"open"}, Text: "sample", From: "2"})
		require.ErrorIs(t, err, names.ErrRead, what)
	}
}
