package storetest

import (
	"errors"

	"courts.example/eservices/icms/store"
)

func versionRules() []rule {
	return []rule{
		{"grow-by-one", func(b *bench) {
			for i := range int64(40) {
				b.put(with(rec("k", "1"), i))
				b.equal("the version", b.get("k", "1").Version, i+1)
			}
		}},
		{"a-new-record-must-not-exist", func(b *bench) {
			b.put(rec("k", "1"))
			b.wrongVersion(store.Change{Puts: []store.Put{rec("k", "0"), rec("k", "1"), rec("k", "2")}}, "k", "1", 0, 1)
			b.absent("k", "0")
		}},
		{"nor-twice-in-one-change", func(b *bench) {
			b.wrongVersion(store.Change{Puts: []store.Put{rec("k", "1"), rec("k", "2"), rec("k", "1")}}, "k", "1", 0, 1)
		}},
		{"an-old-version-is-refused", func(b *bench) {
			b.put(rec("k", "1"))
			b.put(with(rec("k", "1"), 1))
			b.wrongVersion(store.Change{Puts: []store.Put{with(rec("k", "1"), 1)}}, "k", "1", 1, 2)
		}},
		{"a-missing-record-is-at-0", func(b *bench) {
			b.wrongVersion(store.Change{Puts: []store.Put{with(rec("k", "1"), 4)}}, "k", "1", 4, 0)
		}},
		{"puts-count-in-their-order", func(b *bench) {
			last := store.Put{Kind: "k", ID: "1", Expect: 2, Body: []byte(`"last"`)}
			b.put(rec("k", "1"), with(rec("k", "1"), 1), last)
			r := b.get("k", "1")
			b.equal("version and body", []any{r.Version, string(r.Body)}, []any{int64(3), `"last"`})
		}},
		{"require-refuses", func(b *bench) {
			b.put(rec("k", "1"))
			b.wrongVersion(store.Change{Puts: []store.Put{rec("k", "2")}, Require: []store.Key{{Kind: "k", ID: "1", Expect: 2}}}, "k", "1", 2, 1)
			b.wrongVersion(store.Change{Puts: []store.Put{rec("k", "2")}, Require: []store.Key{{Kind: "k", ID: "1"}}}, "k", "1", 0, 1)
			b.wrongVersion(store.Change{Puts: []store.Put{rec("k", "2")}, Require: []store.Key{{Kind: "k", ID: "9", Expect: 1}}}, "k", "9", 1, 0)
			b.absent("k", "2")
		}},
		{"require-writes-nothing", func(b *bench) {
			b.put(rec("k", "1"))
			a := b.apply(store.Change{
				Puts: []store.Put{rec("k", "2")}, Require: []store.Key{{Kind: "k", ID: "1", Expect: 1}, {Kind: "k", ID: "9"}}, Chain: "c",
			})
			b.equal("the version", b.get("k", "1").Version, int64(1))
			b.equal("the records of the link", a.Link.Records, int64(1))
		}},
	}
}

func deleteRules() []rule {
	return []rule{
		{"takes-the-record-away", func(b *bench) {
			b.put(owning(rec("k", "1", store.Entry{Index: "i", Key: "x"}), store.Entry{Index: "u", Key: "x"}), rec("k", "2"))
			b.apply(store.Change{Deletes: []store.Key{{Kind: "k", ID: "1", Expect: 1}}})
			b.absent("k", "1")
			b.equal("what its keys find", len(b.match("i", "x"))+len(b.match("u", "x"))+len(b.list(store.Query{Index: "i"}).Records), 0)
			b.get("k", "2")
		}},
		{"needs-the-version", func(b *bench) {
			b.put(rec("k", "1"))
			b.put(with(rec("k", "1"), 1))
			b.wrongVersion(store.Change{Deletes: []store.Key{{Kind: "k", ID: "1", Expect: 1}}}, "k", "1", 1, 2)
			b.wrongVersion(store.Change{Deletes: []store.Key{{Kind: "k", ID: "2", Expect: 1}}}, "k", "2", 1, 0)
			b.get("k", "1")
		}},
		{"a-record-made-again-is-a-new-one", func(b *bench) {
			b.put(rec("k", "1"))
			before := b.get("k", "1").Seq
			b.apply(store.Change{Deletes: []store.Key{{Kind: "k", ID: "1", Expect: 1}}})
			b.put(rec("k", "1"))
			r := b.get("k", "1")
			b.equal("the version", r.Version, int64(1))
			if r.Seq <= before {
				b.Fatalf("it has the number %d, the deleted record had %d", r.Seq, before)
			}
		}},
	}
}

// wrongVersion applies a change that must fail with this VersionError.
func (b *bench) wrongVersion(c store.Change, kind, id string, expected, found int64) {
	b.Helper()
	var v *store.VersionError
	if err := b.refuse(c, store.ErrVersion); !errors.As(err, &v) {
		b.Fatalf("the error is no *store.VersionError: %v", err)
	}
	b.equal("the error", *v, store.VersionError{Kind: kind, ID: id, Expected: expected, Found: found})
}
