package storetest

import (
	"fmt"

	"courts.example/eservices/icms/store"
)

func matchRules() []rule {
	return []rule{
		{"in-the-order-of-the-keys", func(b *bench) {
			b.keyed("a", "b", "a", "c")
			var got []string
			for _, h := range b.match("i", "c", "missing", "a", "b") {
				got = append(got, h.Key+h.Record.ID)
			}
			b.equal("the hits", got, []string{"c3", "a0", "a2", "b1"})
		}},
		{"exactly", func(b *bench) {
			b.keyed("a", "A", "ab", "")
			b.equal("a key", len(b.match("i", "a")), 1)
			b.equal("the empty key", len(b.match("i", "")), 1)
			b.equal("a wildcard", len(b.match("i", "%", "a*", "_")), 0)
			b.equal("another index", len(b.match("j", "a")), 0)
		}},
		{"a-key-asked-twice-is-found-twice", func(b *bench) {
			b.keyed("a")
			b.equal("the hits", len(b.match("i", "a", "a")), 2)
		}},
		{"no-keys", func(b *bench) {
			b.keyed("a")
			b.equal("the hits", len(b.match("i")), 0)
		}},
		{"keys-that-no-record-can-carry", func(b *bench) {
			b.keyed("\uFFFD", "a")
			b.equal("the hits", len(b.match("i", "\xff", "a\x00", string(make([]byte, 5000)), "a")), 1)
		}},
		{"tens-of-thousands", func(b *bench) {
			c := store.Change{}
			keys := make([]string, 20000)
			for i := range keys {
				keys[i] = fmt.Sprintf("key-%05d", i)
				if i%20 == 0 {
					c.Puts = append(c.Puts, rec("k", keys[i], store.Entry{Index: "i", Key: keys[i]}))
				}
			}
			b.apply(c)
			hits := b.match("i", keys...)
			b.equal("the number of hits", len(hits), 1000)
			b.equal("the first and the last", []string{hits[0].Key, hits[999].Key}, []string{"key-00000", "key-19980"})
		}},
	}
}
