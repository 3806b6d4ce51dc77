package calendar

import (
	"iter"
	"math"
	"time"
)

// segment is a span of Unix seconds, half-open, in which the clocks of a zone keep one offset to UTC.
type segment struct {
	from, until int64
	offset      int64
}

const secondsPerHour = 3600

// segments gives, in order, the segments of the zone that meet [from, until). The first and the last are not cut: they reach as
// far as their offset holds.
func segments(zone *time.Location, from, until int64) iter.Seq[segment] {
	return func(yield func(segment) bool) {
		for at := from; at < until; {
			t := time.Unix(at, 0).In(zone)
			_, offset := t.Zone()
			start, end := t.ZoneBounds()
			s := segment{math.MinInt64, math.MaxInt64, int64(offset)}
			if !start.IsZero() {
				s.from = start.Unix()
			}
			if !end.IsZero() {
				s.until = end.Unix()
			}
			if s.until <= at { // of the last day of leap years past the zone's table, package time says that it is over when it begins
				s.until = at + secondsPerHour
			}
			if !yield(s) {
				return
			}
			at = s.until
		}
	}
}
