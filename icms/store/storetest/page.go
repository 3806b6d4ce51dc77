package storetest

import (
	"fmt"
	"slices"

	"courts.example/eservices/icms/store"
)

func pageRules() []rule {
	return []rule{
		{"cover-everything-once", func(b *bench) {
			b.keyed("b", "a", "a", "c", "a", "b", "d")
			for limit := 1; limit <= 8; limit++ {
				b.equal(fmt.Sprintf("pages of %d", limit), b.walk(store.Query{Index: "i", Limit: limit}), []string{"1", "2", "4", "0", "5", "3", "6"})
			}
		}},
		{"cover-everything-once-backwards", func(b *bench) {
			b.keyed("b", "a", "a", "c", "a", "b", "d")
			for limit := 1; limit <= 8; limit++ {
				got := b.walk(store.Query{Index: "i", Limit: limit, Descending: true, Until: "d"})
				b.equal(fmt.Sprintf("pages of %d", limit), got, []string{"3", "5", "0", "4", "2", "1"})
			}
		}},
		{"cover-unique-keys", func(b *bench) {
			u := func(key string) store.Entry { return store.Entry{Index: "i", Key: key} }
			b.put(owning(rec("k", "2"), u("b")), owning(rec("k", "1"), u("a")), owning(rec("k", "3"), u("c")))
			b.equal("upwards", b.walk(store.Query{Index: "i", Limit: 1}), []string{"1", "2", "3"})
			b.equal("downwards", b.walk(store.Query{Index: "i", Limit: 1, Descending: true}), []string{"3", "2", "1"})
		}},
		{"cover-one-kind", func(b *bench) {
			b.keyed("a", "a", "b")
			b.put(rec("other", "x", store.Entry{Index: "i", Key: "a"}), rec("other", "y", store.Entry{Index: "i", Key: "b"}))
			b.equal("the pages", b.walk(store.Query{Index: "i", Kind: "other", Limit: 1}), []string{"x", "y"})
		}},
		{"limits", func(b *bench) {
			keys := make([]string, 1001)
			for i := range keys {
				keys[i] = fmt.Sprintf("%04d", i)
			}
			b.keyed(keys...)
			p := b.list(store.Query{Index: "i"})
			b.equal("the usual page", len(p.Records), 100)
			b.equal("the largest page", len(b.list(store.Query{Index: "i", Limit: 1000}).Records), 1000)
			p = b.list(store.Query{Index: "i", Limit: 1000, After: b.list(store.Query{Index: "i", Limit: 1}).Next})
			b.equal("records and cursor of a page that ends the list", []any{len(p.Records), p.Next}, []any{1000, ""})
		}},
		{"under-change", func(b *bench) {
			b.keyed("a", "b", "c", "e", "f")
			first := b.list(store.Query{Index: "i", Limit: 2})
			e := func(key string) store.Entry { return store.Entry{Index: "i", Key: key} }
			b.apply(store.Change{
				Puts:    []store.Put{rec("k", "before", e("aa")), rec("k", "after", e("d")), with(rec("k", "2", e("c")), 1)},
				Deletes: []store.Key{{Kind: "k", ID: "1", Expect: 1}, {Kind: "k", ID: "3", Expect: 1}},
			})
			got := b.walk(store.Query{Index: "i", Limit: 2, After: first.Next})
			got = slices.DeleteFunc(got, func(id string) bool { return id == "after" }) // seen or not seen
			b.equal("what stays after the first page", got, []string{"2", "4"})
		}},
		{"a-cursor-widens-nothing", func(b *bench) {
			b.keyed("a1", "a2", "b1", "b2")
			next := b.list(store.Query{Index: "i", Limit: 1}).Next
			b.equal("from another range", b.walk(store.Query{Index: "i", Prefix: "b", After: next}), []string{"2", "3"})
		}},
	}
}

// walk reads all pages and gives the ids.
func (b *bench) walk(q store.Query) []string {
	b.Helper()
	all := []string{}
	for range 1000 {
		p := b.list(q)
		if q.Limit > 0 && len(p.Records) > q.Limit {
			b.Fatalf("a page of %d records, asked for %d", len(p.Records), q.Limit)
		}
		all = append(all, ids(p.Records)...)
		if p.Next == "" {
			return all
		}
		q.After = p.Next
	}
	b.Fatalf("the list has no end")
	return nil
}
