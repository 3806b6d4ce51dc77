package storetest

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"time"

	"courts.example/eservices/icms/store"
)

// Run runs the whole suite. The function opens a new, empty store for a case, and closes it by t.Cleanup where it must be closed.
func Run(t T, open func(t T) store.Store) {
	for _, topic := range []struct {
		name  string
		cases []rule
	}{
		{"apply", applyRules()}, {"replay", replayRules()}, {"version", versionRules()}, {"delete", deleteRules()},
		{"unique", uniqueRules()}, {"list", listRules()}, {"page", pageRules()}, {"match", matchRules()}, {"sum", sumRules()},
		{"draw", drawRules()}, {"parts", partsRules()}, {"event", eventRules()}, {"work", workRules()}, {"chain", chainRules()},
		{"invalid", invalidRules()}, {"concurrent", concurrentRules()},
	} {
		t.Run(topic.name, func(t T) {
			for _, r := range topic.cases {
				t.Run(r.name, func(t T) {
					r.test(&bench{T: t, s: open(t), ctx: context.Background()})
				})
			}
		})
	}
}

// rule is one case.
type rule struct {
	name string
	test func(b *bench)
}

// noon is the instant of the suite's clock.
var noon = time.Date(2031, time.May, 6, 12, 0, 0, 0, time.UTC)

// bench is a store under test.
type bench struct {
	T
	s   store.Store
	ctx context.Context
	n   int
}

// id gives a new id for a change.
func (b *bench) id() string {
	b.n++
	return fmt.Sprintf("change-%d", b.n)
}

// complete gives a change an id and an instant when it has none.
func (b *bench) complete(c store.Change) store.Change {
	if c.ID == "" {
		c.ID = b.id()
	}
	if c.At.IsZero() {
		c.At = noon
	}
	return c
}

// apply applies a change that must succeed.
func (b *bench) apply(c store.Change) store.Applied {
	b.Helper()
	c = b.complete(c)
	a, err := b.s.Apply(b.ctx, c)
	if err != nil {
		b.Fatalf("Apply %s: %v", c.ID, err)
	}
	return a
}

// put applies a change of these records.
func (b *bench) put(puts ...store.Put) store.Applied {
	b.Helper()
	return b.apply(store.Change{Puts: puts})
}

// refuse applies a change that must fail with the error.
func (b *bench) refuse(c store.Change, want error) error {
	b.Helper()
	_, err := b.s.Apply(b.ctx, b.complete(c))
	if !errors.Is(err, want) {
		b.Fatalf("Apply gave the error %v, must be %v", err, want)
	}
	return err
}

// get reads a record that must be there.
func (b *bench) get(kind, id string) store.Record {
	b.Helper()
	r, err := b.s.Get(b.ctx, kind, id)
	if err != nil {
		b.Fatalf("Get %s %q: %v", kind, id, err)
	}
	return r
}

// absent makes sure that there is no such record.
func (b *bench) absent(kind, id string) {
	b.Helper()
	if _, err := b.s.Get(b.ctx, kind, id); !errors.Is(err, store.ErrNotFound) {
		b.Fatalf("Get %s %q gave the error %v, must be %v", kind, id, err, store.ErrNotFound)
	}
}

// list reads a page.
func (b *bench) list(q store.Query) store.Page {
	b.Helper()
	p, err := b.s.List(b.ctx, q)
	if err != nil {
		b.Fatalf("List %+v: %v", q, err)
	}
	return p
}

// match looks keys up.
func (b *bench) match(index string, keys ...string) []store.Hit {
	b.Helper()
	hits, err := b.s.Match(b.ctx, index, keys)
	if err != nil {
		b.Fatalf("Match: %v", err)
	}
	return hits
}

// sum reads one sum.
func (b *bench) sum(name string) int64 {
	b.Helper()
	v, err := b.s.Sums(b.ctx, name)
	if err != nil || len(v) != 1 {
		b.Fatalf("Sums %s: %v, %v", name, v, err)
	}
	return v[0]
}

// links reads the first links of a chain.
func (b *bench) links(chain string) []store.Link {
	b.Helper()
	l, err := b.s.Links(b.ctx, chain, 0, 100)
	if err != nil {
		b.Fatalf("Links %s: %v", chain, err)
	}
	return l
}

// equal compares what a rule is about.
func (b *bench) equal(what string, got, want any) {
	b.Helper()
	if !reflect.DeepEqual(got, want) {
		b.Fatalf("%s: got %v, must be %v", what, got, want)
	}
}

// rec is a record to create, with a body that names it.
func rec(kind, id string, index ...store.Entry) store.Put {
	return store.Put{Kind: kind, ID: id, Body: fmt.Appendf(nil, `{"id":%q}`, id), Index: index}
}

// with gives the put its expected version.
func with(p store.Put, expect int64) store.Put {
	p.Expect = expect
	return p
}

// owning gives the put unique keys.
func owning(p store.Put, unique ...store.Entry) store.Put {
	p.Unique = unique
	return p
}

// ids are the ids of records.
func ids(records []store.Record) []string {
	all := []string{}
	for _, r := range records {
		all = append(all, r.ID)
	}
	return all
}
