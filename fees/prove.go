package fees

import (
	"cmp"
	"slices"
	"time"

	"courts.example/eservices/icms/money"
)

// span is a range from low up to high, with the place in the file that states it.
type span[T any] struct {
	low, high T
	node      *node
}

// meet walks spans in order of their low ends and reports where two of them leave a gap or overlap. A span inside an earlier one
// is compared with that one, not only with its neighbour.
func meet[T any](spans []span[T], compare func(a, b T) int, gap, overlap func(a, b span[T])) {
	slices.SortStableFunc(spans, func(a, b span[T]) int {
		return cmp.Or(compare(a.low, b.low), compare(a.high, b.high))
	})
	for i := 1; i < len(spans); i++ {
		last, next := spans[i-1], spans[i]
		switch c := compare(last.high, next.low); {
		case c < 0:
			gap(last, next)
		case c > 0:
			overlap(last, next)
		}
		if compare(last.high, next.high) > 0 {
			spans[i].high, spans[i].node = last.high, last.node
		}
	}
}

// proveEditions proves that the editions of an item follow each other without gap or overlap, and puts them in order.
func (r *reader) proveEditions(it *item) {
	spans := make([]span[time.Time], len(it.editions))
	for i, e := range it.editions {
		spans[i] = span[time.Time]{e.from, e.end(), e.node}
	}
	meet(spans, time.Time.Compare,
		func(a, b span[time.Time]) {
			r.fail(b.node, "gap: item %q has no edition from %s until %s, between %s and %s",
				it.name, showInstant(a.high), showInstant(b.low), a.node.place(), b.node.place())
		},
		func(a, b span[time.Time]) {
			r.fail(b.node, "overlap: item %q has two editions from %s, %s and %s",
				it.name, showFrom(b.low), a.node.place(), b.node.place())
		})
	slices.SortStableFunc(it.editions, func(a, b *edition) int { return a.from.Compare(b.from) })
}

// proveBands proves that the bands of an edition follow each other without gap or overlap, and puts them in order.
func (r *reader) proveBands(e *edition) {
	spans := make([]span[int64], len(e.bands))
	for i, b := range e.bands {
		spans[i] = span[int64]{b.over, b.upTo, b.node}
	}
	show := func(minor int64) string { return money.New(minor, r.currency).String() }
	meet(spans, cmp.Compare[int64],
		func(a, b span[int64]) {
			r.fail(b.node, "gap: no band has the amounts from %s to %s, between %s and %s",
				show(a.high+1), show(b.low), a.node.place(), b.node.place())
		},
		func(a, b span[int64]) {
			r.fail(b.node, "overlap: two bands have the amount %s, %s and %s",
				show(b.low+1), a.node.place(), b.node.place())
		})
	slices.SortStableFunc(e.bands, func(a, b *band) int { return cmp.Compare(a.over, b.over) })
}

// proveConcessions proves that no two concessions meet: not for the same item, mode and instant.
func (r *reader) proveConcessions(all []*concession) {
	var order []itemMode
	spans := map[itemMode][]span[time.Time]{}
	for _, c := range all {
		for _, name := range c.items {
			u := itemMode{name, c.mode}
			if spans[u] == nil {
				order = append(order, u)
			}
			spans[u] = append(spans[u], span[time.Time]{c.from, c.end(), c.node})
		}
	}
	for _, u := range order {
		meet(spans[u], time.Time.Compare, func(a, b span[time.Time]) {}, func(a, b span[time.Time]) {
			r.fail(b.node, "overlap: two concessions are in force for %s use of %q from %s, %s and %s",
				u.mode, u.item, showFrom(b.low), a.node.place(), b.node.place())
		})
	}
}

// showFrom is showInstant for a start that may be open.
func showFrom(t time.Time) string {
	if t.IsZero() {
		return "the beginning"
	}
	return showInstant(t)
}
