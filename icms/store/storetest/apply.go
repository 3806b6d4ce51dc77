package storetest

import (
	"context"
	"errors"

	"courts.example/eservices/icms/store"
)

func applyRules() []rule {
	return []rule{
		{"keeps-what-it-was-given", func(b *bench) {
			body := `{ "text": "法庭 \u0000 <&> 'x'", "n": 1.50 }`
			b.put(store.Put{Kind: "ka-甲", ID: "a/b c", Body: []byte(body)})
			r := b.get("ka-甲", "a/b c")
			b.equal("the body", string(r.Body), body)
			b.equal("kind and id", r.Kind+" "+r.ID, "ka-甲 a/b c")
			b.equal("the version of a new record", r.Version, int64(1))
		}},
		{"get-of-nothing", func(b *bench) {
			b.put(rec("k", "1"))
			b.absent("k", "2")
			b.absent("j", "1")
		}},
		{"whole-or-nothing", wholeOrNothing},
		{"numbers-grow-in-the-order-of-commit", func(b *bench) {
			first := b.put(rec("k", "1"), rec("k", "2"))
			second := b.put(with(rec("k", "1"), 1), rec("k", "3"))
			if first.Seq < 1 || second.Seq <= first.Seq {
				b.Fatalf("Applied.Seq went from %d to %d", first.Seq, second.Seq)
			}
			one, two, three := b.get("k", "1").Seq, b.get("k", "2").Seq, b.get("k", "3").Seq
			if one < 1 || two <= one || three <= two {
				b.Fatalf("the insertions are numbered %d, %d, %d: an update must keep the number and a new record get a higher one", one, two, three)
			}
		}},
		{"ends-with-its-context", func(b *bench) {
			ctx, cancel := context.WithCancel(b.ctx)
			cancel()
			if _, err := b.s.Apply(ctx, b.complete(store.Change{Puts: []store.Put{rec("k", "1")}})); !errors.Is(err, context.Canceled) {
				b.Fatalf("Apply with a context that has ended gave the error %v", err)
			}
			b.absent("k", "1")
		}},
	}
}

// wholeOrNothing fails a change at its very end and looks for traces of its other parts.
func wholeOrNothing(b *bench) {
	b.put(rec("k", "old", store.Entry{Index: "i", Key: "old"}))
	b.refuse(store.Change{
		Puts: []store.Put{
			owning(rec("k", "new", store.Entry{Index: "i", Key: "new"}), store.Entry{Index: "u", Key: "new"}),
			with(rec("k", "old", store.Entry{Index: "i", Key: "changed"}), 1),
		},
		Sums:   []store.Sum{{Name: "s", Delta: 5}},
		Events: []store.Event{{ID: "e", Type: "t", Data: []byte("{}")}},
		Work:   []store.Work{{Kind: "w", ID: "1", Due: noon}},
		Done:   []store.Work{{Kind: "w", ID: "never", Token: 99}},
		Chain:  "c",
	}, store.ErrLease)
	b.absent("k", "new")
	b.equal("the version of the other record", b.get("k", "old").Version, int64(1))
	b.equal("the index", ids(b.list(store.Query{Index: "i"}).Records), []string{"old"})
	b.equal("its keys", len(b.match("i", "new", "changed"))+len(b.match("u", "new")), 0)
	b.equal("the sum", b.sum("s"), int64(0))
	b.equal("the links", len(b.links("c")), 0)
	b.equal("the events", len(b.events(10)), 0)
	b.equal("the work", len(b.work(store.Claim{})), 0)
}
