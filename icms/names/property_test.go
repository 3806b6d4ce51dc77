package names_test

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"courts.example/eservices/icms/names"
	"courts.example/eservices/icms/store"
)

// The model: names are lists of words and runs of few kinds, so that they meet often; what they match is decided by lists, not by text.
var (
	someWords = []string{"limited", "sample", "sam", "other", "one", "two", "three", "four", "five"}
	someRuns  = []string{"甲", "甲乙", "乙甲", "甲乙丙", "丙丁", "有限公司"}
	scopes    = []string{"open", "closed", "sealed"}
)

type modelName []string

func (n modelName) String() string { return strings.Join(n, " ") }

func drawName(t *rapid.T, least int) modelName {
	n := modelName(rapid.SliceOfN(rapid.SampledFrom(someWords), 0, 9).Draw(t, "words"))
	n = append(n, rapid.SliceOfN(rapid.SampledFrom(someRuns), max(0, least-len(n)), 2).Draw(t, "runs")...)
	return rapid.Permutation(n).Draw(t, "order")
}

// has reports whether the name has all of the other; with typing, the last word of the other may be the beginning of one.
func (n modelName) has(other modelName, typing bool) bool {
	for i, part := range other {
		han := slices.Contains(someRuns, part)
		if !slices.ContainsFunc(n, func(own string) bool {
			return own == part || han && strings.Contains(own, part) || typing && !han && i == len(other)-1 && strings.HasPrefix(own, part)
		}) {
			return false
		}
	}
	return true
}

// modelCase is a record of the model.
type modelCase struct {
	id, sort string
	scopes   []string
	names    []modelName
}

func (c modelCase) entries() (entries []names.Entry) {
	for _, scope := range c.scopes {
		e := names.Entry{Scope: scope, Sort: c.sort}
		for _, n := range c.names {
			e.Names = append(e.Names, n.String())
		}
		entries = append(entries, e)
	}
	return entries
}

// world is a shelf and what should be in it.
type world struct {
	shelf
	cases map[string]modelCase
}

// write puts a case under an id, in one or two scopes.
func (w *world) write(t *rapid.T, id string) {
	c := modelCase{id: id, sort: fmt.Sprintf("%02d", rapid.IntRange(0, 60).Draw(t, "sort"))}
	c.scopes = rapid.Permutation(scopes).Draw(t, "scopes")[:rapid.IntRange(1, 2).Draw(t, "how many scopes")]
	for range rapid.IntRange(1, 2).Draw(t, "how many names") {
		c.names = append(c.names, drawName(t, 0))
	}
	w.cases[id] = c
	w.put(put(t, id, c.entries()...))
}

// want gives the ids that a query should find, with their sort keys.
func (w *world) want(q names.Query, text modelName) map[string]string {
	want := map[string]string{}
	for _, c := range w.cases {
		seen := slices.ContainsFunc(c.scopes, func(s string) bool { return slices.Contains(q.Scopes, s) })
		matches := slices.ContainsFunc(c.names, func(n modelName) bool { return n.has(text, q.Typing) })
		if seen && matches && c.sort >= q.From && (q.Until == "" || c.sort < q.Until) {
			want[c.id] = c.sort
		}
	}
	return want
}

// However a search is paged, and whatever is put and removed between its pages, it gives what stays in the order of the sort keys, once, and
// nothing that was never to be found.
func TestPagesUnderChange(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := &world{cases: map[string]modelCase{}}
		for i := range rapid.IntRange(0, 80).Draw(t, "cases") {
			w.write(t, fmt.Sprint(i))
		}
		text := drawName(t, 1)
		q := names.Query{
			Scopes: scopes[:rapid.IntRange(1, 3).Draw(t, "scopes")], Text: text.String(), Typing: rapid.Bool().Draw(t, "typing"),
			Descending: rapid.Bool().Draw(t, "descending"), Limit: rapid.IntRange(1, 30).Draw(t, "limit"), Reads: rapid.IntRange(1, 200).Draw(t, "reads"),
			From: rapid.SampledFrom([]string{"", "1", "10", "30"}).Draw(t, "from"), Until: rapid.SampledFrom([]string{"", "45", "50"}).Draw(t, "until"),
		}
		stay := w.want(q, text)
		ever := w.want(q, text)
		var got []string
		for {
			p, err := people.Search(ctx, w, q)
			require.NoError(t, err)
			for _, r := range p.Records {
				require.Contains(t, w.want(q, text), r.ID, "given now")
			}
			got = append(got, ids(p)...)
			if p.Next == "" {
				break
			}
			require.NotEqual(t, q.After, p.Next)
			q.After = p.Next
			for range rapid.IntRange(0, 3).Draw(t, "changes") {
				w.change(t)
			}
			now := w.want(q, text)
			for id, sort := range stay {
				if now[id] != sort {
					delete(stay, id)
				}
			}
			for id := range now {
				ever[id] = cmp.Or(ever[id], now[id])
			}
		}
		given := map[string]int{}
		for _, id := range got {
			given[id]++
			require.Contains(t, ever, id)
		}
		for id := range stay {
			require.Equal(t, 1, given[id], "case %s stays all the while", id)
		}
	})
}

// change puts a new case, changes one or removes one.
func (w *world) change(t *rapid.T) {
	id := fmt.Sprint(rapid.IntRange(0, 99).Draw(t, "id"))
	if _, there := w.cases[id]; there && rapid.Bool().Draw(t, "remove") {
		delete(w.cases, id)
		w.remove(id)
		return
	}
	if c, there := w.cases[id]; there && rapid.Bool().Draw(t, "keep the names") {
		w.put(put(t, id, c.entries()...))
		return
	}
	w.write(t, id)
}

// With nothing changing, all pages together are the whole list in its order.
func TestPagesAreTheList(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := &world{cases: map[string]modelCase{}}
		for i := range rapid.IntRange(0, 150).Draw(t, "cases") {
			w.write(t, fmt.Sprint(i))
		}
		text := drawName(t, 1)
		q := names.Query{
			Scopes: scopes[:rapid.IntRange(1, 3).Draw(t, "scopes")], Text: text.String(), Descending: rapid.Bool().Draw(t, "descending"),
			Limit: rapid.IntRange(1, 30).Draw(t, "limit"), Reads: rapid.IntRange(1, 400).Draw(t, "reads"),
		}
		want := w.want(q, text)
		got := walk(t, w, q)
		require.Len(t, got, len(want))
		require.True(t, slices.IsSortedFunc(got, func(a, b string) int {
			if q.Descending {
				a, b = b, a
			}
			return strings.Compare(want[a], want[b])
		}))
		for _, id := range got {
			require.Contains(t, want, id)
		}
	})
}

// The same over so many cases that no list of keys is read at once, and that nearly every page ends because enough was read.
func TestPagesOfManyAreTheList(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := &world{cases: map[string]modelCase{}}
		var puts []store.Put
		n, tied := rapid.IntRange(200, 500).Draw(t, "cases"), rapid.IntRange(1, 5).Draw(t, "of one sort key")
		every := rapid.SliceOfN(rapid.IntRange(1, 4), 5, 5).Draw(t, "every")
		for i := range n {
			c := modelCase{id: fmt.Sprint(i), sort: fmt.Sprintf("%04d", i/tied), scopes: []string{scopes[i*7%13%3]}, names: []modelName{{"nobody"}}}
			for j, part := range []string{"sample", "one", "limited", "甲", "乙丙"} {
				if (i/(1+j)+i)%every[j] == 0 {
					c.names[0] = append(c.names[0], part)
				}
			}
			w.cases[c.id] = c
			puts = append(puts, put(t, c.id, c.entries()...))
		}
		w.load(puts)
		text := rapid.Permutation(modelName{"sample", "one", "limited", "甲", "乙丙"}).Draw(t, "parts")[:rapid.IntRange(1, 4).Draw(t, "of them")]
		q := names.Query{
			Scopes: scopes[:rapid.IntRange(1, 3).Draw(t, "scopes")], Text: text.String(), Descending: rapid.Bool().Draw(t, "descending"),
			Limit: rapid.IntRange(8, 60).Draw(t, "limit"), Reads: rapid.IntRange(1, 60).Draw(t, "reads"),
		}
		want := w.want(q, text)
		got := walk(t, w, q)
		require.Len(t, got, len(want))
		for i, id := range got {
			require.Contains(t, want, id)
			if i > 0 && q.Descending {
				require.GreaterOrEqual(t, want[got[i-1]], want[id])
			} else if i > 0 {
				require.LessOrEqual(t, want[got[i-1]], want[id])
			}
		}
	})
}
