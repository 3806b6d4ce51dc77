package storetest

import (
	"fmt"

	"courts.example/eservices/icms/store"
)

// keyed creates one record for each key of the index "i", with the ids 0, 1, 2 and so on.
func (b *bench) keyed(keys ...string) {
	b.Helper()
	var c store.Change
	for i, key := range keys {
		c.Puts = append(c.Puts, rec("k", fmt.Sprint(i), store.Entry{Index: "i", Key: key}))
	}
	b.apply(c)
}

func listRules() []rule {
	is := func(b *bench, q store.Query, want ...string) {
		b.Helper()
		q.Index = "i"
		b.equal(fmt.Sprintf("%+v", q), ids(b.list(q).Records), append([]string{}, want...))
	}
	return []rule{
		{"by-key-then-insertion", func(b *bench) {
			b.keyed("b", "a", "b", "a", "ab", "", "B", "é", "z", "中", "a\x01")
			is(b, store.Query{}, "5", "6", "1", "3", "10", "4", "0", "2", "8", "7", "9")
		}},
		{"descending", func(b *bench) {
			b.keyed("b", "a", "b", "c")
			is(b, store.Query{Descending: true}, "3", "2", "0", "1")
			is(b, store.Query{Descending: true, From: "b", Until: "c"}, "2", "0")
		}},
		{"from-until-half-open", func(b *bench) {
			b.keyed("a", "b", "c", "d")
			is(b, store.Query{From: "b", Until: "d"}, "1", "2")
			is(b, store.Query{From: "c"}, "2", "3")
			is(b, store.Query{Until: "a"})
			is(b, store.Query{From: "d", Until: "b"})
		}},
		{"prefix", func(b *bench) {
			b.keyed("a", "b", "b1", "b2", "c", "bé", "b\U0010FFFF")
			is(b, store.Query{Prefix: "b"}, "1", "2", "3", "5", "6")
			is(b, store.Query{Prefix: "b", Descending: true}, "6", "5", "3", "2", "1")
			is(b, store.Query{Prefix: "x"})
		}},
		{"prefix-within-the-bounds", func(b *bench) {
			b.keyed("b0", "b1", "b2", "c")
			is(b, store.Query{Prefix: "b", From: "b1"}, "1", "2")
			is(b, store.Query{Prefix: "b", From: "a", Until: "b2"}, "0", "1")
			is(b, store.Query{Prefix: "b", Until: "z"}, "0", "1", "2")
			is(b, store.Query{Prefix: "b", From: "c"})
		}},
		{"one-kind", func(b *bench) {
			b.keyed("a", "b")
			b.put(rec("other", "x", store.Entry{Index: "i", Key: "a"}))
			is(b, store.Query{Kind: "other"}, "x")
			is(b, store.Query{Kind: "none"})
			is(b, store.Query{}, "0", "x", "1")
		}},
		{"under-each-of-its-keys", func(b *bench) {
			b.put(rec("k", "1", store.Entry{Index: "i", Key: "a"}, store.Entry{Index: "i", Key: "b"}, store.Entry{Index: "i", Key: "a"}, store.Entry{Index: "j", Key: "c"}))
			is(b, store.Query{}, "1", "1")
		}},
		{"a-put-replaces-all-entries", func(b *bench) {
			e := func(key string) store.Entry { return store.Entry{Index: "i", Key: key} }
			b.put(rec("k", "1", e("a")), rec("k", "2", e("b")))
			b.put(with(rec("k", "1", e("c")), 1))
			is(b, store.Query{}, "2", "1")
			b.put(with(rec("k", "1"), 2), with(rec("k", "2", e("d")), 1), with(rec("k", "2", e("b")), 2))
			is(b, store.Query{}, "2")
			b.equal("the key of the last put", len(b.match("i", "b")), 1)
		}},
		{"gives-the-record-as-it-is-now", func(b *bench) {
			b.keyed("a")
			b.put(store.Put{Kind: "k", ID: "0", Expect: 1, Body: []byte(`"now"`), Index: []store.Entry{{Index: "i", Key: "a"}}})
			b.equal("List", b.list(store.Query{Index: "i"}).Records, []store.Record{b.get("k", "0")})
			b.equal("Match", b.match("i", "a"), []store.Hit{{Key: "a", Record: b.get("k", "0")}})
		}},
		{"an-index-nobody-wrote", func(b *bench) {
			p := b.list(store.Query{Index: "nothing"})
			b.equal("the page", len(p.Records)+len(p.Next), 0)
		}},
	}
}
