package storetest

import (
	"courts.example/eservices/icms/store"
)

func replayRules() []rule {
	return []rule{
		{"gives-the-first-answer", func(b *bench) {
			c := b.complete(store.Change{
				Puts: []store.Put{rec("k", "1")}, Draw: []store.Draw{{Sequence: "q", Count: 3}, {Sequence: "r", Count: 1}},
				Chain: "c", Note: []byte(`{"by":"clerk"}`), At: noon.Add(1234),
			})
			first := b.apply(c)
			b.apply(store.Change{Draw: []store.Draw{{Sequence: "q", Count: 1}}, Chain: "c"})
			again := b.apply(c)
			b.equal("Replayed of the first and the second time", []bool{first.Replayed, again.Replayed}, []bool{false, true})
			again.Replayed = false
			b.equal("the answer", again, first)
		}},
		{"writes-nothing", func(b *bench) {
			c := b.complete(store.Change{Sums: []store.Sum{{Name: "s", Delta: 1}}})
			b.apply(c)
			c.Puts = []store.Put{rec("k", "2")}
			b.apply(c)
			b.absent("k", "2")
			b.equal("the sum", b.sum("s"), int64(1))
		}},
		{"looks-at-nothing-of-the-new-call", func(b *bench) {
			c := b.complete(store.Change{Puts: []store.Put{rec("k", "1")}})
			b.apply(c)
			c.Draw = []store.Draw{{Sequence: "", Count: -1}}
			c.Parts = func(func([]store.Put, error) bool) {
				b.Errorf("the Parts of a change that was committed before were started")
			}
			b.apply(c)
		}},
		{"a-refused-change-may-be-tried-again", func(b *bench) {
			c := b.complete(store.Change{Puts: []store.Put{with(rec("k", "1"), 1)}})
			b.refuse(c, store.ErrVersion)
			c.Puts[0].Expect = 0
			b.equal("Replayed", b.apply(c).Replayed, false)
			b.get("k", "1")
		}},
		{"one-winner-of-many", func(b *bench) {
			c := b.complete(store.Change{Sums: []store.Sum{{Name: "s", Delta: 1}}, Draw: []store.Draw{{Sequence: "q", Count: 1}}})
			answers := make([]store.Applied, 16)
			b.together(len(answers), func(i int) (err error) {
				answers[i], err = b.s.Apply(b.ctx, c)
				return err
			})
			first := 0
			for i := range answers {
				if !answers[i].Replayed {
					first++
				}
				answers[i].Replayed = true
				b.equal("the answers", answers[i], answers[0])
			}
			b.equal("the calls that were the first", first, 1)
			b.equal("the sum", b.sum("s"), int64(1))
		}},
	}
}
