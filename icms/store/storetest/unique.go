package storetest

import (
	"errors"

	"courts.example/eservices/icms/store"
)

func uniqueRules() []rule {
	u := func(key string) store.Entry { return store.Entry{Index: "u", Key: key} }
	return []rule{
		{"names-the-holder", func(b *bench) {
			b.put(owning(rec("k", "1"), u("a"), u("b")))
			b.taken(store.Change{Puts: []store.Put{owning(rec("k", "2"), u("c")), owning(rec("k", "3"), u("b"))}}, "u", "b", "k", "1")
			b.absent("k", "2")
		}},
		{"holds-across-kinds", func(b *bench) {
			b.put(owning(rec("k", "1"), u("a")))
			b.taken(store.Change{Puts: []store.Put{owning(rec("other", "1"), u("a"))}}, "u", "a", "k", "1")
		}},
		{"holds-within-a-change", func(b *bench) {
			b.taken(store.Change{Puts: []store.Put{owning(rec("k", "1"), u("a")), owning(rec("k", "2"), u("a"))}}, "u", "a", "k", "1")
		}},
		{"holds-at-an-update", func(b *bench) {
			b.put(owning(rec("k", "1"), u("a")), owning(rec("k", "2"), u("b")))
			b.taken(store.Change{Puts: []store.Put{with(owning(rec("k", "2"), u("a")), 1)}}, "u", "a", "k", "1")
		}},
		{"stays-with-its-record", func(b *bench) {
			b.put(owning(rec("k", "1"), u("a")))
			b.put(with(owning(rec("k", "1"), u("a"), u("a")), 1))
			b.equal("what the key finds", len(b.match("u", "a")), 1)
		}},
		{"is-free-once-given-up", func(b *bench) {
			b.put(owning(rec("k", "1"), u("a")))
			b.put(with(rec("k", "1"), 1), owning(rec("k", "2"), u("a")))
			b.equal("the holder", b.match("u", "a")[0].Record.ID, "2")
		}},
		{"but-not-before", func(b *bench) {
			b.put(owning(rec("k", "1"), u("a")))
			b.taken(store.Change{Puts: []store.Put{owning(rec("k", "2"), u("a")), with(rec("k", "1"), 1)}}, "u", "a", "k", "1")
		}},
		{"is-free-after-a-deletion", func(b *bench) {
			b.put(owning(rec("k", "1"), u("a")))
			b.apply(store.Change{Deletes: []store.Key{{Kind: "k", ID: "1", Expect: 1}}})
			b.put(owning(rec("k", "2"), u("a")))
		}},
		{"holds-in-its-index-only", func(b *bench) {
			b.put(owning(rec("k", "1"), u("a")))
			b.put(owning(rec("k", "2"), store.Entry{Index: "v", Key: "a"}))
		}},
		{"is-matched", func(b *bench) {
			b.put(owning(rec("k", "1"), u("b")), owning(rec("k", "2"), u("a")))
			b.equal("the hits", len(b.match("u", "a", "b", "c")), 2)
		}},
		{"nobody-may-carry-it-as-a-plain-key", func(b *bench) {
			b.put(owning(rec("k", "1", u("a"), u("p")), u("a")))
			b.taken(store.Change{Puts: []store.Put{rec("k", "2", u("a"))}}, "u", "a", "k", "1")
			b.taken(store.Change{Puts: []store.Put{owning(rec("k", "2"), u("p"))}}, "u", "p", "k", "1")
			b.put(rec("k", "2", u("p")))
			b.equal("what the plain key finds", len(b.match("u", "p")), 2)
		}},
	}
}

// taken applies a change that must fail with this TakenError.
func (b *bench) taken(c store.Change, index, key, kind, id string) {
	b.Helper()
	var e *store.TakenError
	if err := b.refuse(c, store.ErrTaken); !errors.As(err, &e) {
		b.Fatalf("the error is no *store.TakenError: %v", err)
	}
	b.equal("the error", *e, store.TakenError{Index: index, Key: key, Kind: kind, ID: id})
}
