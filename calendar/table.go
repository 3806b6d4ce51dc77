package calendar

import (
	"math"
	"sort"
	"time"
)

// never lies after every instant of a table.
const never = math.MaxInt64

// opening is a span of Unix time in nanoseconds, both ends in.
type opening struct{ from, last int64 }

// table is an office's openings over its horizon: disjoint, in order, and indexed by day, so that finding one takes a step or two.
// It is never changed after it was built.
type table struct {
	openings []opening
	base     int64    // Unix time in seconds of the horizon's first instant
	seconds  uint64   // length of the horizon
	index    []uint32 // for each 24 hours from base, the first opening that ends in or after them
}

// newTable indexes the openings of the horizon from base to end (Unix seconds, end out).
func newTable(openings []opening, base, end int64) *table {
	t := &table{openings: openings, base: base, seconds: uint64(end - base)}
	t.index = make([]uint32, (end-base+secondsPerDay-1)/secondsPerDay)
	i := 0
	for day := range t.index {
		start := (base + int64(day)*secondsPerDay) * int64(time.Second)
		for i < len(openings) && openings[i].last < start {
			i++
		}
		t.index[day] = uint32(i)
	}
	return t
}

// spans reports whether an instant, in Unix seconds, lies in the horizon.
func (t *table) spans(seconds int64) bool { return uint64(seconds-t.base) < t.seconds }

// seek gives the number of the first opening that ends at or after an instant, given in seconds and in nanoseconds; ok is false
// when there is none or the instant lies outside the horizon.
func (t *table) seek(seconds, nanoseconds int64) (i int, ok bool) {
	since := uint64(seconds - t.base)
	if since >= t.seconds {
		return 0, false
	}
	i = int(t.index[since/secondsPerDay])
	for i < len(t.openings) && t.openings[i].last < nanoseconds {
		i++
	}
	return i, i < len(t.openings)
}

// after gives the number of the first opening that begins after ns.
func (t *table) after(ns int64) int {
	return sort.Search(len(t.openings), func(i int) bool { return t.openings[i].from > ns })
}

// without gives the openings with the closed spans (disjoint, in order) taken out. What is left of an opening is kept only when it
// is longer than an instant: an office that reopens at its closing instant does not open.
func without(openings, closed []opening) []opening {
	if len(closed) == 0 {
		return openings
	}
	out := make([]opening, 0, len(openings)+len(closed))
	for _, o := range openings {
		for len(closed) > 0 && closed[0].last < o.from {
			closed = closed[1:]
		}
		for _, c := range closed {
			if c.from > o.last || o.from > o.last {
				break
			}
			if o.from < c.from-1 {
				out = append(out, opening{o.from, c.from - 1})
			}
			o.from = max(o.from, c.last+1)
		}
		if o.from < o.last {
			out = append(out, o)
		}
	}
	return out
}

// replaced gives a table of other openings over the same horizon.
func (t *table) replaced(openings []opening) *table {
	return newTable(openings, t.base, t.base+int64(t.seconds))
}
