package storewire_test

import (
	"bytes"
	"fmt"
	"iter"
	"strings"
	"testing"
	"time"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/icms/store/storetest"
	"courts.example/eservices/plugins/internal/storewire"
	"github.com/stretchr/testify/require"
)

var noon = time.Date(2031, time.May, 6, 12, 0, 0, 0, time.UTC)

// body is a JSON text of about n bytes.
func body(n int) []byte { return fmt.Appendf(nil, "%q", strings.Repeat("x", n)) }

// listed are records of about n bytes each under one index.
func listed(records, n int) []store.Put {
	puts := make([]store.Put, records)
	for i := range puts {
		id := fmt.Sprintf("%06d", i)
		puts[i] = store.Put{Kind: "k", ID: id, Body: body(n), Index: []store.Entry{{Index: "i", Key: id}}}
	}
	return puts
}

// one hands records over one by one.
func one(puts []store.Put) iter.Seq2[[]store.Put, error] {
	return func(yield func([]store.Put, error) bool) {
		for i := range puts {
			if !yield(puts[i:i+1], nil) {
				return
			}
		}
	}
}

func TestARecordAsLargeAsAMessage(t *testing.T) {
	s := overWire(storetest.Go(t), openSQLite(storetest.Go(t)))
	large := store.Put{Kind: "k", ID: "1", Body: body(storewire.MaxItem - 200), Index: []store.Entry{{Index: "i", Key: "a"}}}
	in := large
	in.ID = "2"
	a, err := s.Apply(t.Context(), store.Change{ID: "c", Puts: []store.Put{large, in}, Parts: one([]store.Put{{Kind: "k", ID: "3", Body: large.Body}}), Chain: "c"})
	require.NoError(t, err)
	r, err := s.Get(t.Context(), "k", "3")
	require.NoError(t, err)
	require.Len(t, r.Body, len(large.Body))
	p, err := s.List(t.Context(), store.Query{Index: "i"})
	require.NoError(t, err)
	require.Len(t, p.Records, 2)
	hits, err := s.Match(t.Context(), "i", []string{"a"})
	require.NoError(t, err)
	require.Len(t, hits, 2)
	n := 0
	for r, err := range s.Changed(t.Context(), a.Link) {
		require.NoError(t, err)
		require.Len(t, r.Body, len(large.Body))
		n++
	}
	require.Equal(t, 3, n)
	require.NoError(t, store.Verify(t.Context(), s, "c"))
}

// What no message holds is refused by name, unless the change was committed before, when nothing of it is looked at.
func TestATooLargeThingIsRefusedAndAReplayIsNot(t *testing.T) {
	inside := openSQLite(storetest.Go(t))
	s := overWire(storetest.Go(t), inside)
	huge := body(storewire.MaxItem)
	for name, c := range map[string]store.Change{
		`k "1"`:                  {Puts: []store.Put{{Kind: "k", ID: "1", Body: huge}}},
		`change.Parts, record 2`: {Parts: one([]store.Put{{Kind: "k", ID: "0", Body: []byte("1")}, {Kind: "k", ID: "1", Body: huge}})},
		`event "1"`:              {Events: []store.Event{{ID: "1", Type: "t", Data: huge}}},
		`work k "1"`:             {Work: []store.Work{{Kind: "k", ID: "1", Body: huge}}},
		"the note":               {Chain: "c", Note: huge},
		"draws":                  {Draw: make([]store.Draw, storewire.MaxDraws+1)},
	} {
		c.ID, c.At = name, noon
		_, err := s.Apply(t.Context(), c)
		require.ErrorIs(t, err, store.ErrInvalid, name)
		require.ErrorContains(t, err, name)
		require.True(t, store.Decided(err))
		first, err := inside.Apply(t.Context(), store.Change{ID: name, At: noon})
		require.NoError(t, err)
		again, err := s.Apply(t.Context(), c)
		require.NoError(t, err, name)
		require.True(t, again.Replayed)
		require.Equal(t, first.Seq, again.Seq)
	}
}

func TestARecordTooLargeToComeBackIsAnErrorInWords(t *testing.T) {
	inside := openSQLite(storetest.Go(t))
	a, err := inside.Apply(t.Context(), store.Change{ID: "c", Puts: listed(1, storewire.MaxItem), Chain: "c"})
	require.NoError(t, err)
	s := overWire(storetest.Go(t), inside)
	_, err = s.Get(t.Context(), "k", "000000")
	require.ErrorContains(t, err, `k "000000" takes`)
	_, err = s.List(t.Context(), store.Query{Index: "i"})
	require.ErrorContains(t, err, "number 1 of the answer takes")
	require.ErrorContains(t, store.Verify(t.Context(), s, "c"), `k "000000" takes`)
	require.Equal(t, int64(1), a.Link.Records)
}

// A change without parts, of lists that are each longer than a message.
func TestAChangeOfManyMessages(t *testing.T) {
	n := 12_000
	if testing.Short() {
		n = 2800 // lists of a few messages each
	}
	s := overWire(storetest.Go(t), openSQLite(storetest.Go(t)))
	long := strings.Repeat("x", 180)
	c := store.Change{ID: "1", At: noon, Chain: "c", Note: []byte("{}"), Puts: listed(n, 500)}
	for i := range n {
		c.Sums = append(c.Sums, store.Sum{Name: fmt.Sprint("sum/", long, i), Delta: int64(i), HasFloor: true, Floor: int64(i)})
		c.Draw = append(c.Draw, store.Draw{Sequence: fmt.Sprint(long, i%7), Count: 1})
		c.Events = append(c.Events, store.Event{ID: fmt.Sprint(i), Type: "t", Data: body(300)})
		c.Work = append(c.Work, store.Work{Kind: "w", ID: fmt.Sprint(i), Due: noon, Body: body(300)})
	}
	a, err := s.Apply(t.Context(), c)
	require.NoError(t, err)
	require.Len(t, a.First, n)
	require.Equal(t, int64(n/7), a.First[n-7])
	require.Equal(t, int64(n), a.Link.Records)
	work, err := s.ClaimWork(t.Context(), store.Claim{Now: noon, Lease: time.Minute, Max: 2 * n})
	require.NoError(t, err)
	require.Len(t, work, n)
	events, err := s.ClaimEvents(t.Context(), store.Claim{Now: noon, Lease: time.Minute, Max: 2 * n})
	require.NoError(t, err)
	require.Len(t, events, n)
	require.NoError(t, s.AckEvents(t.Context(), events))
	names := make([]string, n)
	for i := range names {
		names[i] = c.Sums[i].Name
	}
	sums, err := s.Sums(t.Context(), names...)
	require.NoError(t, err)
	require.Equal(t, int64(n-1), sums[n-1])

	last := store.Change{ID: "2", At: noon, Done: work}
	for _, p := range c.Puts {
		last.Deletes = append(last.Deletes, store.Key{Kind: p.Kind, ID: p.ID, Expect: 1})
		last.Require = append(last.Require, store.Key{Kind: p.Kind, ID: long + p.ID})
	}
	_, err = s.Apply(t.Context(), last)
	require.NoError(t, err)
	_, err = s.Get(t.Context(), "k", "000000")
	require.ErrorIs(t, err, store.ErrNotFound)
}

func TestAPageOfAThousandLargeRecords(t *testing.T) {
	s := overWire(storetest.Go(t), openSQLite(storetest.Go(t)))
	puts := listed(1000, 20_000)
	_, err := s.Apply(t.Context(), store.Change{ID: "1", Parts: one(puts)})
	require.NoError(t, err)
	p, err := s.List(t.Context(), store.Query{Index: "i", Limit: 1000})
	require.NoError(t, err)
	require.Len(t, p.Records, 1000)
	for i, r := range p.Records {
		require.Equal(t, puts[i].ID, r.ID)
		require.True(t, bytes.Equal(puts[i].Body, r.Body))
	}
}

func TestFiftyThousandKeys(t *testing.T) {
	s := overWire(storetest.Go(t), openSQLite(storetest.Go(t)))
	n := 50_000
	if testing.Short() {
		n = 5000
	}
	keys := make([]string, n)
	c := store.Change{ID: "1"}
	for i := range keys {
		keys[i] = fmt.Sprintf("%s%06d", strings.Repeat("key ", 100), i)
		if i%5 == 0 {
			c.Puts = append(c.Puts, store.Put{Kind: "k", ID: fmt.Sprint(i), Body: body(500), Index: []store.Entry{{Index: "i", Key: keys[i]}}})
		}
	}
	_, err := s.Apply(t.Context(), c)
	require.NoError(t, err)
	hits, err := s.Match(t.Context(), "i", keys)
	require.NoError(t, err)
	require.Len(t, hits, n/5)
	require.Equal(t, keys[n-5], hits[n/5-1].Key)
}

func TestAHundredThousandParts(t *testing.T) {
	inside := &sink{}
	s := overWire(storetest.Go(t), inside)
	puts := listed(100_000, 40)
	_, err := s.Apply(t.Context(), store.Change{ID: "1", Parts: one(puts)})
	require.NoError(t, err)
	require.Equal(t, len(puts), inside.records)
	require.Less(t, inside.parts, 100, "parts of one record travel many at a time")
	require.Equal(t, puts[99_999], inside.last)
}
