package storetest

import (
	"errors"
	"math"
	"sync/atomic"

	"courts.example/eservices/icms/store"
)

func sumRules() []rule {
	add := func(name string, delta int64) store.Sum { return store.Sum{Name: name, Delta: delta} }
	keep := func(name string, delta, floor int64) store.Sum {
		return store.Sum{Name: name, Delta: delta, HasFloor: true, Floor: floor}
	}
	return []rule{
		{"add-up", func(b *bench) {
			b.apply(store.Change{Sums: []store.Sum{add("a", 5), add("b", 7), add("a", -2)}})
			b.apply(store.Change{Sums: []store.Sum{add("a", 10)}})
			got, err := b.s.Sums(b.ctx, "b", "never", "a", "b")
			if err != nil {
				b.Fatalf("Sums: %v", err)
			}
			b.equal("the sums in the order asked", got, []int64{7, 0, 13, 7})
		}},
		{"keep-above-the-floor", func(b *bench) {
			b.apply(store.Change{Sums: []store.Sum{add("a", 10)}})
			b.apply(store.Change{Sums: []store.Sum{keep("a", -10, 0)}})
			b.short(store.Change{Sums: []store.Sum{keep("a", -1, 0)}}, store.ShortError{Name: "a", Have: 0, Delta: -1, Floor: 0})
			b.short(store.Change{Sums: []store.Sum{keep("new", -3, -2)}}, store.ShortError{Name: "new", Have: 0, Delta: -3, Floor: -2})
			b.apply(store.Change{Sums: []store.Sum{keep("new", -2, -2)}})
		}},
		{"a-floor-holds-for-what-is-added-too", func(b *bench) {
			b.apply(store.Change{Sums: []store.Sum{add("a", -10)}})
			b.short(store.Change{Sums: []store.Sum{keep("a", 5, 0)}}, store.ShortError{Name: "a", Have: -10, Delta: 5, Floor: 0})
		}},
		{"count-in-their-order", func(b *bench) {
			b.apply(store.Change{Sums: []store.Sum{add("a", 5), keep("a", -5, 0)}})
			b.short(store.Change{Sums: []store.Sum{keep("a", -5, 0), add("a", 5)}}, store.ShortError{Name: "a", Have: 0, Delta: -5, Floor: 0})
			b.equal("the sum", b.sum("a"), int64(0))
		}},
		{"never-wrap-round", func(b *bench) {
			b.apply(store.Change{Sums: []store.Sum{add("a", math.MaxInt64), add("b", math.MinInt64)}})
			b.refuse(store.Change{Sums: []store.Sum{add("a", 1)}}, store.ErrInvalid)
			b.refuse(store.Change{Sums: []store.Sum{add("b", -1)}}, store.ErrInvalid)
			b.equal("the sums", []int64{b.sum("a"), b.sum("b")}, []int64{math.MaxInt64, math.MinInt64})
		}},
		{"a-thousand-debits-at-once", func(b *bench) {
			b.apply(store.Change{Sums: []store.Sum{add("a", 600)}})
			all := make([]store.Change, 1000)
			for i := range all {
				all[i] = b.complete(store.Change{Sums: []store.Sum{keep("a", -1, 0)}})
			}
			var paid atomic.Int64
			b.together(len(all), func(i int) error {
				_, err := b.s.Apply(b.ctx, all[i])
				switch {
				case err == nil:
					paid.Add(1)
				case !errors.Is(err, store.ErrShort):
					return err
				}
				return nil
			})
			b.equal("debits that succeeded, and what is left", []int64{paid.Load(), b.sum("a")}, []int64{600, 0})
		}},
	}
}

// short applies a change that must fail with this ShortError.
func (b *bench) short(c store.Change, want store.ShortError) {
	b.Helper()
	var e *store.ShortError
	if err := b.refuse(c, store.ErrShort); !errors.As(err, &e) {
		b.Fatalf("the error is no *store.ShortError: %v", err)
	}
	b.equal("the error", *e, want)
}

func drawRules() []rule {
	draw := func(sequence string, count int64) store.Draw { return store.Draw{Sequence: sequence, Count: count} }
	return []rule{
		{"start-at-1-and-follow", func(b *bench) {
			b.equal("the first draw", b.apply(store.Change{Draw: []store.Draw{draw("a", 3), draw("b", 1), draw("a", 2)}}).First, []int64{1, 1, 4})
			b.equal("the second draw", b.apply(store.Change{Draw: []store.Draw{draw("a", 1)}}).First, []int64{6})
			b.equal("without a draw", len(b.apply(store.Change{}).First), 0)
		}},
		{"no-gap-after-a-failure", func(b *bench) {
			b.refuse(store.Change{Draw: []store.Draw{draw("a", 3)}, Done: []store.Work{{Kind: "w", ID: "1", Token: 1}}}, store.ErrLease)
			b.equal("the next draw", b.apply(store.Change{Draw: []store.Draw{draw("a", 1)}}).First, []int64{1})
		}},
		{"no-number-twice", func(b *bench) {
			all := make([]store.Change, 50)
			for i := range all {
				all[i] = b.complete(store.Change{Draw: []store.Draw{draw("a", 2)}})
			}
			seen := make([]atomic.Int64, 2*len(all)+1)
			b.together(len(all), func(i int) error {
				a, err := b.s.Apply(b.ctx, all[i])
				if err == nil && a.First[0] >= 1 && a.First[0] < int64(len(seen)-1) {
					seen[a.First[0]].Add(1)
					seen[a.First[0]+1].Add(1)
				}
				return err
			})
			for i := range seen[1:] {
				if n := seen[i+1].Load(); n != 1 {
					b.Fatalf("the number %d was drawn %d times", i+1, n)
				}
			}
		}},
	}
}
