package storetest

import (
	"errors"
	"strings"
	"time"

	"courts.example/eservices/icms/store"
)

func invalidRules() []rule {
	return []rule{
		{"changes", invalidChanges},
		{"the-longest-names", func(b *bench) {
			id, key := strings.Repeat("i", store.MaxID), strings.Repeat("k", store.MaxKey)
			p := owning(store.Put{Kind: id, ID: id, Body: []byte("1")}, store.Entry{Index: key, Key: key})
			b.apply(store.Change{ID: key, Puts: []store.Put{p}})
			b.equal("what the key finds", len(b.match(key, key)), 1)
		}},
		{"queries", func(b *bench) {
			b.keyed("a")
			for name, q := range map[string]store.Query{
				"no index": {}, "a negative limit": {Index: "i", Limit: -1}, "a limit above the largest": {Index: "i", Limit: 1001},
				"a cursor of nobody": {Index: "i", After: "!"},
			} {
				if _, err := b.s.List(b.ctx, q); !errors.Is(err, store.ErrInvalid) {
					b.Errorf("List with %s gave the error %v", name, err)
				}
			}
			if _, err := b.s.Links(b.ctx, "c", 0, 0); !errors.Is(err, store.ErrInvalid) {
				b.Errorf("Links with no number gave the error %v", err)
			}
		}},
		{"claims", func(b *bench) {
			for name, c := range map[string]store.Claim{
				"no lease": {Now: noon}, "a negative lease": {Now: noon, Lease: -1}, "a negative number": {Now: noon, Lease: time.Minute, Max: -1},
			} {
				_, work := b.s.ClaimWork(b.ctx, c)
				_, events := b.s.ClaimEvents(b.ctx, c)
				if !errors.Is(work, store.ErrInvalid) || !errors.Is(events, store.ErrInvalid) {
					b.Errorf("claims with %s gave the errors %v and %v", name, work, events)
				}
			}
		}},
	}
}

func invalidChanges(b *bench) {
	b.put(rec("k", "there"))
	long := strings.Repeat("x", 501)
	entry := func(index, key string) store.Change {
		return store.Change{Puts: []store.Put{rec("k", "1", store.Entry{Index: index, Key: key})}}
	}
	for name, c := range map[string]store.Change{
		"a long id":             {ID: long},
		"an id of no UTF-8":     {ID: "a\xff"},
		"an id with a tab":      {ID: "a\tb"},
		"an instant out of age": {At: time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)},
		"no kind":               {Puts: []store.Put{{ID: "1", Body: []byte("1")}}},
		"no record id":          {Puts: []store.Put{{Kind: "k", Body: []byte("1")}}},
		"a long record id":      {Puts: []store.Put{rec("k", long[:201])}},
		"a long kind":           {Puts: []store.Put{rec(long[:201], "1")}},
		"no body":               {Puts: []store.Put{{Kind: "k", ID: "1"}}},
		"a body of no UTF-8":    {Puts: []store.Put{{Kind: "k", ID: "1", Body: []byte("\"\xff\"")}}},
		"a negative version":    {Puts: []store.Put{with(rec("k", "1"), -1)}},
		"no index":              entry("", "a"),
		"a long key":            entry("i", long),
		"a key of no UTF-8":     entry("i", "\xff"),
		"a key with a zero":     entry("i", "a\x00b"),
		"a long unique key":     {Puts: []store.Put{owning(rec("k", "1"), store.Entry{Index: "u", Key: long})}},
		"a deletion of nothing": {Deletes: []store.Key{{Kind: "k", ID: "there"}}},
		"no sum":                {Sums: []store.Sum{{Delta: 1}}},
		"no sequence":           {Draw: []store.Draw{{Count: 1}}},
		"no number":             {Draw: []store.Draw{{Sequence: "q"}}},
		"an event without id":   {Events: []store.Event{{Type: "t"}}},
		"an event without type": {Events: []store.Event{{ID: "e"}}},
		"work without id":       {Work: []store.Work{{Kind: "w", Due: noon}}},
		"work never claimed":    {Done: []store.Work{{Kind: "w", ID: "1"}}},
		"a note without chain":  {Note: []byte("{}")},
		"a note of no UTF-8":    {Chain: "c", Note: []byte("\xff")},
		"a long chain":          {Chain: long},
	} {
		if _, err := b.s.Apply(b.ctx, b.complete(c)); !errors.Is(err, store.ErrInvalid) {
			b.Errorf("a change with %s gave the error %v, must be %v", name, err, store.ErrInvalid)
		}
	}
	if _, err := b.s.Apply(b.ctx, store.Change{At: noon}); !errors.Is(err, store.ErrInvalid) {
		b.Errorf("a change without an id gave the error %v, must be %v", err, store.ErrInvalid)
	}
}
