package names_test

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/names"
	"courts.example/eservices/icms/store"
)

var ctx = context.Background()

// people is the index under test: a record's body is its entries.
var people = names.Index{Name: "people", Read: readBody}

func readBody(r store.Record) (entries []names.Entry, err error) {
	err = json.Unmarshal(r.Body, &entries)
	return entries, err
}

// put makes a record with its entries in the body and in the index.
func put(t require.TestingT, id string, entries ...names.Entry) store.Put {
	keys, err := people.Entries(entries...)
	require.NoError(t, err)
	body, err := json.Marshal(entries)
	require.NoError(t, err)
	return store.Put{Kind: "case", ID: id, Body: body, Index: keys}
}

// open gives an entry of the scope "open".
func open(sort string, all ...string) names.Entry {
	return names.Entry{Scope: "open", Sort: sort, Names: all}
}

// shelf is a Lister in memory that counts and notes what is asked of it.
type shelf struct {
	rows  []shelved
	seq   int64
	reads int
	asked []store.Query
}

type shelved struct {
	key    string
	record store.Record
}

func (a shelved) compare(b shelved) int {
	return cmp.Or(strings.Compare(a.key, b.key), cmp.Compare(a.record.Seq, b.record.Seq))
}

// put adds a record, or replaces the one of its id.
func (s *shelf) put(p store.Put) {
	s.remove(p.ID)
	s.seq++
	for _, e := range p.Index {
		row := shelved{e.Key, store.Record{Kind: p.Kind, ID: p.ID, Seq: s.seq, Body: p.Body}}
		i, _ := slices.BinarySearchFunc(s.rows, row, shelved.compare)
		s.rows = slices.Insert(s.rows, i, row)
	}
}

func (s *shelf) remove(id string) {
	s.rows = slices.DeleteFunc(s.rows, func(r shelved) bool { return r.record.ID == id })
}

func (s *shelf) List(_ context.Context, q store.Query) (store.Page, error) {
	if err := q.Check(); err != nil {
		return store.Page{}, err
	}
	s.asked = append(s.asked, q)
	from, until := s.between(q)
	var p store.Page
	var lastKey string
	for n := range until - from {
		row := s.rows[from+n]
		if q.Descending {
			row = s.rows[until-1-n]
		}
		if len(p.Records) == q.Limit {
			p.Next = fmt.Sprintf("%d:%s", p.Records[q.Limit-1].Seq, lastKey)
			break
		}
		p.Records, lastKey = append(p.Records, row.record), row.key
	}
	s.reads += len(p.Records)
	return p, nil
}

// between gives where the rows of a query begin and end.
func (s *shelf) between(q store.Query) (from, until int) {
	place := func(at shelved) int {
		i, found := slices.BinarySearchFunc(s.rows, at, shelved.compare)
		if found && !q.Descending {
			i++ // behind the row of a cursor
		}
		return i
	}
	from = place(shelved{key: max(q.From, q.Prefix)})
	until = place(shelved{key: min(q.Until, q.Prefix+"\xff")})
	if q.After != "" {
		text, key, _ := strings.Cut(q.After, ":")
		seq, _ := strconv.ParseInt(text, 10, 64)
		if cursor := place(shelved{key, store.Record{Seq: seq}}); q.Descending {
			until = min(until, cursor)
		} else {
			from = max(from, cursor)
		}
	}
	return from, max(from, until)
}

// walk reads all pages of a query and gives the ids.
func walk(t require.TestingT, s names.Lister, q names.Query) []string {
	all := []string{}
	for range 10_000 {
		p, err := people.Search(ctx, s, q)
		require.NoError(t, err)
		all = append(all, ids(p)...)
		if p.Next == "" {
			return all
		}
		require.NotEqual(t, q.After, p.Next, "a page that goes nowhere")
		q.After = p.Next
	}
	require.Fail(t, "the list has no end")
	return nil
}

func ids(p names.Page) []string {
	all := []string{}
	for _, r := range p.Records {
		all = append(all, r.ID)
	}
	return all
}

// find gives the ids of all that a text finds in the scope "open".
func find(t testing.TB, s names.Lister, text string) []string {
	return walk(t, s, names.Query{Scopes: []string{"open"}, Text: text})
}

// load adds many records at once.
func (s *shelf) load(puts []store.Put) {
	for _, p := range puts {
		s.seq++
		for _, e := range p.Index {
			s.rows = append(s.rows, shelved{e.Key, store.Record{Kind: p.Kind, ID: p.ID, Seq: s.seq, Body: p.Body}})
		}
	}
	slices.SortFunc(s.rows, shelved.compare)
}
