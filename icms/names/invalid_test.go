package names_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/names"
	"courts.example/eservices/icms/store"
)

func TestEntriesThatCannotBe(t *testing.T) {
	for _, e := range [][]names.Entry{
		{{Sort: "1"}},
		{{Scope: "open"}},
		{{Scope: "op\x1fen", Sort: "1"}},
		{{Scope: "open", Sort: "1\n"}},
		{{Scope: "open", Sort: "\xff"}},
		{{Scope: "open", Sort: "\U0010ffff"}},
		{{Scope: strings.Repeat("x", names.MaxScope+1), Sort: "1"}},
		{{Scope: "open", Sort: strings.Repeat("x", names.MaxSort+1)}},
		{{Scope: "open", Sort: "1"}, {Scope: "open", Sort: "1"}},
		{{Scope: "open", Sort: "1"}, {Scope: "sealed", Sort: "2"}},
	} {
		_, err := people.Entries(e...)
		require.ErrorIs(t, err, store.ErrInvalid, "%q", e)
	}
}

// The longest scope, sort key and words together are keys that a store takes.
func TestLongestKeys(t *testing.T) {
	e := names.Entry{Scope: strings.Repeat("s", names.MaxScope), Sort: strings.Repeat("9", names.MaxSort)}
	e.Names = []string{strings.Repeat("x", 99) + " " + strings.Repeat("ก", 99) + " " + strings.Repeat("𠮷", 9)}
	keys, err := people.Entries(e)
	require.NoError(t, err)
	for _, k := range keys {
		require.True(t, store.ValidKey(k.Key))
	}
}

func TestQueriesThatCannotBe(t *testing.T) {
	good := names.Query{Scopes: []string{"open"}, Text: "sample"}
	for what, change := range map[string]func(*names.Query){
		"no scope":          func(q *names.Query) { q.Scopes = nil },
		"an empty scope":    func(q *names.Query) { q.Scopes = []string{""} },
		"a scope twice":     func(q *names.Query) { q.Scopes = []string{"open", "open"} },
		"too many scopes":   func(q *names.Query) { q.Scopes = strings.Split("abcdefghijklmnopq", "") },
		"a scope of two":    func(q *names.Query) { q.Scopes = []string{"open\x1fwsample"} },
		"a limit below 0":   func(q *names.Query) { q.Limit = -1 },
		"a limit too high":  func(q *names.Query) { q.Limit = store.MaxPage + 1 },
		"reads below 0":     func(q *names.Query) { q.Reads = -1 },
		"a bound":           func(q *names.Query) { q.From = "\x1f" },
		"another bound":     func(q *names.Query) { q.Until = "\xff" },
		"a cursor":          func(q *names.Query) { q.After = "!" },
		"a cursor of bytes": func(q *names.Query) { q.After = "_w" },
	} {
		q := good
		change(&q)
		_, err := people.Search(ctx, new(shelf), q)
		require.ErrorIs(t, err, store.ErrInvalid, what)
	}
	_, err := people.Search(ctx, new(shelf), good)
	require.NoError(t, err)
	_, err = names.Index{Name: "people"}.Search(ctx, new(shelf), good)
	require.ErrorIs(t, err, store.ErrInvalid, "an index that can't be read")
}

// A thousand entries may share a sort key and come on one page; more are an error, not a list without an end.
func TestTies(t *testing.T) {
	for n, want := range map[int]error{1000: nil, 3000: names.ErrSort} {
		s := new(shelf)
		var puts []store.Put
		for i := range n {
			puts = append(puts, put(t, fmt.Sprint(i), open("5", "Sample")))
		}
		s.load(append(puts, put(t, "before", open("4", "Sample")), put(t, "after", open("6", "Sample"))))
		for _, descending := range []bool{false, true} {
			q := names.Query{Scopes: []string{"open"}, Text: "sample", Limit: 10, Descending: descending}
			first, err := people.Search(ctx, s, q)
			if want != nil {
				require.ErrorIs(t, err, want)
				continue
			}
			require.NoError(t, err)
			require.Len(t, first.Records, n+1)
			q.After = first.Next
			require.Len(t, walk(t, s, q), 1)
		}
	}
}

// A cursor of a stranger shows nothing that the query would not.
func TestCursorsOnlyNarrow(t *testing.T) {
	s := new(shelf)
	for i := range 9 {
		s.put(put(t, fmt.Sprint(i), open(fmt.Sprint(i), "Sample"), names.Entry{Scope: "sealed", Sort: fmt.Sprint(i), Names: []string{"Secret"}}))
	}
	p, err := people.Search(ctx, s, names.Query{Scopes: []string{"sealed"}, Text: "secret", Limit: 1})
	require.NoError(t, err)
	q := names.Query{Scopes: []string{"open"}, Text: "sample", From: "3", Until: "6", After: p.Next}
	require.Equal(t, []string{"3", "4", "5"}, walk(t, s, q))
	q.Descending = true
	require.Empty(t, walk(t, s, q))
	p, err = people.Search(ctx, s, names.Query{Scopes: []string{"sealed"}, Text: "secret", Limit: 1, Descending: true})
	require.NoError(t, err)
	q.After = p.Next
	require.Equal(t, []string{"5", "4", "3"}, walk(t, s, q))
}

// broken is a store that fails.
type broken struct{ err error }

func (b broken) List(context.Context, store.Query) (store.Page, error) { return store.Page{}, b.err }

func TestErrorsComeThrough(t *testing.T) {
	mine := errors.New("mine")
	q := names.Query{Scopes: []string{"open"}, Text: "sample"}
	_, err := people.Search(ctx, broken{mine}, q)
	require.ErrorIs(t, err, mine)

	s := new(shelf)
	s.put(put(t, "1", open("1", "Sample")))
	_, err = names.Index{Name: "people", Read: func(store.Record) ([]names.Entry, error) { return nil, mine }}.Search(ctx, s, q)
	require.ErrorIs(t, err, mine)
}
