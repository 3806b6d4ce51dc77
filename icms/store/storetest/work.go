package storetest

import (
	"fmt"
	"sync"
	"time"

	"courts.example/eservices/icms/store"
)

// work claims work, at noon for a minute when the claim does not say.
func (b *bench) work(c store.Claim) []store.Work {
	b.Helper()
	if c.Now.IsZero() {
		c.Now = noon
	}
	c.Lease = time.Minute
	got, err := b.s.ClaimWork(b.ctx, c)
	if err != nil {
		b.Fatalf("ClaimWork: %v", err)
	}
	return got
}

func workIDs(work []store.Work) []string {
	all := []string{}
	for _, w := range work {
		all = append(all, w.ID)
	}
	return all
}

// due is work that falls due some minutes after noon.
func due(id string, minutes int) store.Work {
	return store.Work{Kind: "w", ID: id, Due: noon.Add(time.Duration(minutes) * time.Minute), Body: []byte(`"` + id + `"`)}
}

func workRules() []rule {
	at := func(minutes int) store.Claim { return store.Claim{Now: noon.Add(time.Duration(minutes) * time.Minute)} }
	return []rule{
		{"comes-as-it-was-given", func(b *bench) {
			b.apply(store.Change{Work: []store.Work{{Kind: "w", ID: "1", Due: noon, Body: []byte(`{"n": 1}`), Attempt: 7, Token: 8}}})
			w := b.work(store.Claim{})[0]
			b.equal("the work", []any{w.Kind, w.ID, w.Due.Equal(noon), string(w.Body)}, []any{"w", "1", true, `{"n": 1}`})
			b.equal("the attempt", w.Attempt, 1)
			b.equal("Token is set", w.Token > 0, true)
		}},
		{"when-it-is-due", func(b *bench) {
			exact, later := due("exact", 0), due("later", 0)
			exact.Due, later.Due = noon.Add(time.Nanosecond), noon.Add(30*time.Second)
			b.apply(store.Change{Work: []store.Work{later, exact}})
			b.equal("too early", workIDs(b.work(store.Claim{})), []string{})
			b.equal("at the instant", workIDs(b.work(store.Claim{Now: noon.Add(time.Microsecond)})), []string{"exact"})
			b.equal("half a minute later", workIDs(b.work(store.Claim{Now: noon.Add(30 * time.Second)})), []string{"later"})
		}},
		{"the-longest-due-first", func(b *bench) {
			b.apply(store.Change{Work: []store.Work{due("b", -1), due("c", 0), due("a", -2), due("d", -3)}})
			b.equal("the order", workIDs(b.work(store.Claim{Max: 3})), []string{"d", "a", "b"})
			b.equal("the rest", workIDs(b.work(store.Claim{})), []string{"c"})
		}},
		{"of-one-kind", func(b *bench) {
			other := due("2", -5)
			other.Kind = "other"
			b.apply(store.Change{Work: []store.Work{due("1", 0), other}})
			b.equal("of one kind", workIDs(b.work(store.Claim{Kind: "w"})), []string{"1"})
			b.equal("of any kind", workIDs(b.work(store.Claim{})), []string{"2"})
		}},
		{"as-much-as-usual", func(b *bench) {
			c := store.Change{}
			for i := range 120 {
				c.Work = append(c.Work, due(fmt.Sprint(i), 0))
			}
			b.apply(c)
			b.equal("the usual number", len(b.work(store.Claim{})), 100)
		}},
		{"a-lease-hides-it", func(b *bench) {
			b.apply(store.Change{Work: []store.Work{due("1", 0)}})
			b.equal("the first claim", len(b.work(store.Claim{})), 1)
			b.equal("the second claim", len(b.work(store.Claim{Now: noon.Add(time.Minute - time.Microsecond)})), 0)
		}},
		{"until-it-runs-out", func(b *bench) {
			b.apply(store.Change{Work: []store.Work{due("1", 0)}})
			first, again := b.work(at(0)), b.work(at(1))
			b.equal("the second claim", workIDs(again), []string{"1"})
			b.equal("the attempts", []int{first[0].Attempt, again[0].Attempt}, []int{1, 2})
			b.equal("a higher token", again[0].Token > first[0].Token, true)
		}},
		{"goes-when-done", func(b *bench) {
			b.apply(store.Change{Work: []store.Work{due("1", 0), due("2", 0)}})
			w := b.work(store.Claim{})
			b.apply(store.Change{Done: w[:1], Puts: []store.Put{rec("k", "1")}})
			b.equal("what is left", workIDs(b.work(at(5))), []string{"2"})
		}},
		{"fenced-when-the-lease-has-passed-on", func(b *bench) {
			b.apply(store.Change{Work: []store.Work{due("1", 0)}})
			slow, quick := b.work(at(0)), b.work(at(2))
			b.refuse(store.Change{Done: slow, Puts: []store.Put{rec("k", "1")}}, store.ErrLease)
			b.absent("k", "1")
			b.apply(store.Change{Done: quick})
			b.refuse(store.Change{Done: quick}, store.ErrLease)
		}},
		{"done-late-when-nobody-took-over", func(b *bench) {
			b.apply(store.Change{Work: []store.Work{due("1", 0)}})
			b.apply(store.Change{At: noon.Add(time.Hour), Done: b.work(store.Claim{})})
			b.equal("what is left", len(b.work(at(120))), 0)
		}},
		{"put-again-replaces-it", func(b *bench) {
			b.apply(store.Change{Work: []store.Work{due("1", 0)}})
			slow := b.work(store.Claim{})
			again := due("1", 5)
			again.Body = []byte(`"again"`)
			b.apply(store.Change{Work: []store.Work{again}})
			b.equal("before it is due", len(b.work(at(4))), 0)
			w := b.work(at(5))
			b.equal("the new work", []any{len(w), w[0].Attempt, string(w[0].Body)}, []any{1, 1, `"again"`})
			b.refuse(store.Change{Done: slow}, store.ErrLease)
		}},
		{"a-token-is-never-used-again", func(b *bench) {
			b.apply(store.Change{Work: []store.Work{due("1", 0)}})
			slow := b.work(at(0))
			b.apply(store.Change{Done: b.work(at(2))})
			b.apply(store.Change{Work: []store.Work{due("1", 3)}})
			b.work(at(3))
			b.refuse(store.Change{Done: slow}, store.ErrLease)
		}},
		{"done-and-put-again-in-one-change", func(b *bench) {
			b.apply(store.Change{Work: []store.Work{due("1", 0)}})
			b.apply(store.Change{Done: b.work(at(0)), Work: []store.Work{due("1", 5)}})
			b.equal("the next attempt", workIDs(b.work(at(5))), []string{"1"})
		}},
		{"each-to-one-claimer", func(b *bench) {
			c := store.Change{}
			for i := range 200 {
				c.Work = append(c.Work, due(fmt.Sprint(i), 0))
			}
			b.apply(c)
			var mu sync.Mutex
			claims := map[string]int{}
			b.together(8, func(int) error {
				for range 200 {
					got, err := b.s.ClaimWork(b.ctx, store.Claim{Now: noon, Lease: time.Minute, Max: 7})
					if err != nil || len(got) == 0 {
						return err
					}
					mu.Lock()
					for _, w := range got {
						claims[w.ID]++
					}
					mu.Unlock()
				}
				return nil
			})
			b.equal("the works that were claimed", len(claims), 200)
			for id, n := range claims {
				if n != 1 {
					b.Fatalf("work %s was claimed %d times", id, n)
				}
			}
		}},
	}
}
