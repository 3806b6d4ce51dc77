package storetest

import (
	"fmt"
	"slices"

	"courts.example/eservices/icms/store"
)

// changed reads what a link's change wrote, as "id@version=body".
func (b *bench) changed(l store.Link) []string {
	b.Helper()
	all := []string{}
	for r, err := range b.s.Changed(b.ctx, l) {
		if err != nil {
			b.Fatalf("Changed: %v", err)
		}
		all = append(all, fmt.Sprintf("%s@%d=%s", r.ID, r.Version, r.Body))
	}
	return all
}

func chainRules() []rule {
	text := func(id string, expect int64, body string) store.Put {
		return store.Put{Kind: "k", ID: id, Expect: expect, Body: []byte(body)}
	}
	return []rule{
		{"one-link-for-each-change", func(b *bench) {
			first := b.apply(store.Change{At: noon.Add(1999), Chain: "c", Note: []byte(`{"by": "clerk"}`), Puts: []store.Put{rec("k", "1")}})
			b.put(rec("k", "2"))
			second := b.apply(store.Change{Chain: "c"})
			links := b.links("c")
			b.equal("the links", links, []store.Link{first.Link, second.Link})
			l := links[0]
			b.equal("what the first one says", []any{l.Chain, l.Seq, l.ChangeSeq, string(l.Note), l.Records, l.At.UnixMicro()},
				[]any{"c", int64(1), first.Seq, `{"by": "clerk"}`, int64(1), noon.Add(1999).UnixMicro()})
			b.equal("the first change", l.ChangeID, "change-1")
			b.equal("the places", links[1].Seq, int64(2))
		}},
		{"each-follows-the-one-before", func(b *bench) {
			for range 3 {
				b.apply(store.Change{Chain: "c"})
			}
			links := b.links("c")
			for i, l := range links {
				b.equal("the hash", l.Hash, l.Sum())
				if i > 0 {
					b.equal("the hash before", l.Before, links[i-1].Hash)
				}
			}
			b.equal("the hash before the first", links[0].Before, [32]byte{})
		}},
		{"chains-are-separate", func(b *bench) {
			b.apply(store.Change{Chain: "c"})
			d := b.apply(store.Change{Chain: "d"})
			b.equal("the place in the other chain", d.Link.Seq, int64(1))
			b.equal("the links", len(b.links("c"))+len(b.links("d")), 2)
		}},
		{"no-chain-no-link", func(b *bench) {
			b.equal("the link", b.put(rec("k", "1")).Link, store.Link{})
		}},
		{"links-page-by-page", func(b *bench) {
			for range 5 {
				b.apply(store.Change{Chain: "c"})
			}
			for after := range int64(6) {
				got, err := b.s.Links(b.ctx, "c", after, 2)
				if err != nil {
					b.Fatalf("Links: %v", err)
				}
				b.equal("the number of links", len(got), int(min(2, 5-after)))
				for i, l := range got {
					b.equal("the place", l.Seq, after+1+int64(i))
				}
			}
		}},
		{"the-digest-is-that-of-the-records", func(b *bench) {
			b.put(text("1", 0, "1"), text("9", 0, "9"))
			a := b.apply(store.Change{
				Chain: "c", Puts: []store.Put{text("2", 0, "2"), text("1", 1, "1b")},
				Deletes: []store.Key{{Kind: "k", ID: "9", Expect: 1}},
			})
			var d store.Digest
			d.Add("k", "2", 1, []byte("2"))
			d.Add("k", "1", 2, []byte("1b"))
			d.Add("k", "9", 2, nil)
			n, sum := d.Sum()
			b.equal("number and digest", []any{a.Link.Records, a.Link.Content}, []any{n, sum})
		}},
		{"changed-gives-what-was-written", func(b *bench) {
			b.put(text("b", 0, "b1"), text("z", 0, "z1"))
			a := b.apply(store.Change{
				Chain: "c", Puts: []store.Put{text("c", 0, "c1"), text("b", 1, "b2"), text("a", 0, "a1"), text("c", 1, "c2")},
				Deletes: []store.Key{{Kind: "k", ID: "z", Expect: 1}},
			})
			want := []string{"c@1=c1", "b@2=b2", "a@1=a1", "c@2=c2", "z@2="}
			b.equal("at once", b.changed(a.Link), want)
			b.put(text("b", 2, "b3"), text("a", 1, "a2"), text("z", 0, "again"))
			b.apply(store.Change{Deletes: []store.Key{{Kind: "k", ID: "c", Expect: 2}, {Kind: "k", ID: "a", Expect: 2}}})
			b.equal("after all of it was replaced or deleted", b.changed(a.Link), want)
		}},
		{"changed-names-the-records", func(b *bench) {
			a := b.apply(store.Change{Chain: "c", Puts: []store.Put{rec("k", "1")}})
			for r, err := range b.s.Changed(b.ctx, a.Link) {
				if err != nil {
					b.Fatalf("Changed: %v", err)
				}
				b.equal("the record", r, b.get("k", "1"))
			}
		}},
		{"changed-may-be-left-early", func(b *bench) {
			a := b.apply(store.Change{Chain: "c", Puts: many(10)})
			for range b.s.Changed(b.ctx, a.Link) {
				break
			}
			b.put(rec("k", "after"))
		}},
		{"verifies", func(b *bench) {
			b.apply(store.Change{Puts: many(700)})
			updates := many(700)
			slices.Reverse(updates)
			for i := range updates {
				updates[i].Expect = 1
			}
			b.apply(store.Change{Chain: "c", Puts: updates[:350], Parts: inParts(append(updates[350:600], rec("k", "new")), 10)})
			b.put(with(updates[1], 2))
			if err := store.Verify(b.ctx, b.s, "c"); err != nil {
				b.Fatalf("Verify: %v", err)
			}
		}},
	}
}
