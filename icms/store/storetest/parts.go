package storetest

import (
	"errors"
	"fmt"
	"iter"

	"courts.example/eservices/icms/store"
)

// inParts hands records over in parts of n.
func inParts(puts []store.Put, n int) iter.Seq2[[]store.Put, error] {
	return func(yield func([]store.Put, error) bool) {
		for len(puts) > n {
			if !yield(puts[:n], nil) {
				return
			}
			puts = puts[n:]
		}
		yield(puts, nil)
	}
}

// many are n records with one plain key and one unique key each.
func many(n int) []store.Put {
	puts := make([]store.Put, n)
	for i := range puts {
		id := fmt.Sprintf("%06d", i)
		puts[i] = owning(rec("k", id, store.Entry{Index: "i", Key: id}), store.Entry{Index: "u", Key: id})
	}
	return puts
}

func partsRules() []rule {
	return []rule{
		{"are-written-after-the-puts", func(b *bench) {
			b.apply(store.Change{Puts: []store.Put{rec("k", "1")}, Parts: inParts([]store.Put{with(rec("k", "1"), 1), rec("k", "2"), rec("k", "3")}, 2)})
			b.equal("the version", b.get("k", "1").Version, int64(2))
			b.get("k", "3")
		}},
		{"an-error-half-way", func(b *bench) {
			broken := errors.New("the file ends here")
			puts := many(300)
			b.refuse(store.Change{
				Puts: []store.Put{rec("k", "first")}, Sums: []store.Sum{{Name: "s", Delta: 1}},
				Parts: func(yield func([]store.Put, error) bool) { _ = yield(puts, nil) && yield(nil, broken) },
			}, broken)
			b.absent("k", "first")
			b.absent("k", "000000")
			b.equal("what its keys find", len(b.match("u", "000000", "000299"))+len(b.match("i", "000000")), 0)
			b.equal("the sum", b.sum("s"), int64(0))
		}},
		{"a-bad-record-in-a-part", func(b *bench) {
			b.put(rec("k", "000250"))
			b.wrongVersion(store.Change{Parts: inParts(many(300), 7)}, "k", "000250", 0, 1)
			b.refuse(store.Change{Parts: inParts([]store.Put{rec("k", "1"), rec("k", "")}, 1)}, store.ErrInvalid)
			b.absent("k", "000000")
			b.absent("k", "1")
		}},
		{"a-taken-key-in-a-part", func(b *bench) {
			b.put(owning(rec("k", "holder"), store.Entry{Index: "u", Key: "000250"}))
			b.taken(store.Change{Parts: inParts(many(300), 100)}, "u", "000250", "k", "holder")
			b.absent("k", "000000")
		}},
		{"may-use-their-memory-again", func(b *bench) {
			b.apply(store.Change{Parts: func(yield func([]store.Put, error) bool) {
				part := make([]store.Put, 1)
				body := []byte(`{"n":0}`)
				for i := range 10 {
					body[5] = byte('0' + i)
					part[0] = store.Put{Kind: "k", ID: fmt.Sprint(i), Body: body}
					if !yield(part, nil) {
						return
					}
				}
			}})
			for i := range 10 {
				b.equal("the body", string(b.get("k", fmt.Sprint(i)).Body), fmt.Sprintf(`{"n":%d}`, i))
			}
		}},
		{"may-read-the-store", func(b *bench) {
			b.keyed("a", "b")
			b.apply(store.Change{Puts: []store.Put{rec("k", "uncommitted")}, Parts: func(yield func([]store.Put, error) bool) {
				r, err := b.s.Get(b.ctx, "k", "1")
				if err == nil {
					_, err = b.s.Match(b.ctx, "i", []string{"a", "b"})
				}
				if _, seen := b.s.Get(b.ctx, "k", "uncommitted"); !errors.Is(seen, store.ErrNotFound) {
					err = errors.Join(err, fmt.Errorf("a read sees what is not committed: %w", seen))
				}
				yield([]store.Put{with(rec("k", "1"), r.Version)}, err)
			}})
			b.equal("the version", b.get("k", "1").Version, int64(2))
		}},
		{"ten-thousand-records", func(b *bench) {
			a := b.apply(store.Change{Parts: inParts(many(10_000), 1000), Chain: "c"})
			b.equal("the records of the link", a.Link.Records, int64(10_000))
			b.equal("what the key of the last one finds", b.match("u", "009999")[0].Record.ID, "009999")
			n := 0
			for r, err := range b.s.Changed(b.ctx, a.Link) {
				if err != nil {
					b.Fatalf("Changed: %v", err)
				}
				if r.ID != fmt.Sprintf("%06d", n) {
					b.Fatalf("Changed gives %s at place %d", r.ID, n)
				}
				n++
			}
			b.equal("the records of Changed", n, 10_000)
		}},
	}
}
