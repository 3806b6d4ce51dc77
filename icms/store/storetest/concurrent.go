package storetest

import (
	"errors"
	"fmt"
	"runtime"
	"sync/atomic"

	"courts.example/eservices/icms/store"
)

func concurrentRules() []rule {
	return []rule{
		{"one-winner-of-64-at-a-version", func(b *bench) {
			b.put(rec("k", "1"))
			all := make([]store.Change, 64)
			for i := range all {
				all[i] = b.complete(store.Change{Puts: []store.Put{{Kind: "k", ID: "1", Expect: 1, Body: fmt.Append(nil, i)}}, Sums: []store.Sum{{Name: "s", Delta: 1}}})
			}
			b.one(all, store.ErrVersion)
			b.equal("version and sum", []int64{b.get("k", "1").Version, b.sum("s")}, []int64{2, 1})
		}},
		{"one-winner-of-64-at-a-key", func(b *bench) {
			all := make([]store.Change, 64)
			for i := range all {
				all[i] = b.complete(store.Change{Puts: []store.Put{owning(rec("k", fmt.Sprint(i)), store.Entry{Index: "u", Key: "a"})}})
			}
			b.one(all, store.ErrTaken)
			b.equal("the holders", len(b.match("u", "a")), 1)
		}},
		{"reads-see-whole-changes", func(b *bench) {
			pair := func(expect int64) []store.Put {
				body := fmt.Append(nil, expect)
				e := store.Entry{Index: "i", Key: "a"}
				return []store.Put{
					{Kind: "k", ID: "1", Expect: expect, Body: body, Index: []store.Entry{e}},
					{Kind: "k", ID: "2", Expect: expect, Body: body, Index: []store.Entry{e}},
				}
			}
			b.put(pair(0)...)
			changes := make([]store.Change, 30)
			for i := range changes {
				changes[i] = b.complete(store.Change{Puts: pair(int64(i) + 1)})
			}
			var over atomic.Bool
			b.together(4, func(i int) error {
				if i == 0 {
					defer over.Store(true)
					for _, c := range changes {
						if _, err := b.s.Apply(b.ctx, c); err != nil {
							return err
						}
					}
					return nil
				}
				for ; !over.Load(); runtime.Gosched() {
					p, err := b.s.List(b.ctx, store.Query{Index: "i"})
					if err != nil {
						return err
					}
					if len(p.Records) != 2 || p.Records[0].Version != p.Records[1].Version {
						return fmt.Errorf("a page shows half of a change: %v", p.Records)
					}
				}
				return nil
			})
		}},
	}
}

// one applies all changes at once: exactly one must succeed, the others fail with the error.
func (b *bench) one(all []store.Change, lost error) {
	b.Helper()
	var won atomic.Int64
	b.together(len(all), func(i int) error {
		_, err := b.s.Apply(b.ctx, all[i])
		switch {
		case err == nil:
			won.Add(1)
		case !errors.Is(err, lost):
			return err
		}
		return nil
	})
	b.equal("the winners", won.Load(), int64(1))
}

// together runs the function in n goroutines at once and reports their errors and panics.
func (b *bench) together(n int, f func(i int) error) {
	b.Helper()
	start, errs := make(chan struct{}), make(chan error, n)
	for i := range n {
		go func() {
			var err error
			defer func() {
				if p := recover(); p != nil {
					err = fmt.Errorf("panic: %v", p)
				}
				errs <- err
			}()
			<-start
			err = f(i)
		}()
	}
	close(start)
	var all error
	for range n {
		all = errors.Join(all, <-errs)
	}
	if all != nil {
		b.Fatalf("at least one of %d goroutines failed: %v", n, all)
	}
}
