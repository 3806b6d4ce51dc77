package calendar

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"time"

	"courts.example/eservices/icms/law"
)

// Cause names why an office is closed, in the words of the court's own table ("flood").
type Cause string

// Closure is one notice that an office is closed at a time when it would be open, from From on and before Reopens. A notice known
// later replaces those of the same ID known before it: it announces the reopening, corrects the times, or withdraws the closure.
type Closure struct {
	// ID names the closure, not the notice: all notices of one closure carry the same ID.
	ID    string `json:"id"`
	Cause Cause  `json:"cause,omitempty"`
	// From is the first closed instant, Reopens the first that is not. The zero Reopens means until further notice.
	From    time.Time `json:"from"`
	Reopens time.Time `json:"reopens,omitzero"`
	// Known is when the notice became known; zero means that it always was.
	Known time.Time `json:"known,omitzero"`
	// Withdrawn says that the closure did not or will not happen.
	Withdrawn bool `json:"withdrawn,omitempty"`
	// Authority is who ordered or announced it.
	Authority string `json:"authority,omitempty"`
	// Provision is what the closure rests on; zero means the office's provision for the cause.
	Provision law.Provision `json:"provision,omitzero"`
	// Note says more in words.
	Note law.Text `json:"note,omitempty"`
}

func (c Closure) check() error {
	return checkNotice("closure", c.ID, c.From, c.Reopens)
}

// checkNotice proves what the kinds of notices have in common: an id, a beginning, and an end after it when there is one.
func checkNotice(kind, id string, from, until time.Time) error {
	switch {
	case id == "":
		return fmt.Errorf("calendar: a %s has no ID, so that no later notice could replace it", kind)
	case !inNanoseconds(from):
		return fmt.Errorf("calendar: %s %q: it begins at %s, which is no usable instant", kind, id, from.Format(time.RFC3339))
	case until.IsZero():
		return nil
	case !inNanoseconds(until):
		return fmt.Errorf("calendar: %s %q: it ends at %s, which is no usable instant", kind, id, until.Format(time.RFC3339))
	case !from.Before(until):
		return fmt.Errorf("calendar: %s %q: it ends at %s, not after it begins at %s",
			kind, id, until.Format(time.RFC3339), from.Format(time.RFC3339))
	}
	return nil
}

// inNanoseconds reports whether t fits a Unix time in nanoseconds: the years 1678 to 2261.
func inNanoseconds(t time.Time) bool {
	return t.Unix() > math.MinInt64/int64(time.Second) && t.Unix() < math.MaxInt64/int64(time.Second)
}

// covers reports whether t lies in the closure.
func (c *Closure) covers(t time.Time) bool {
	return !t.Before(c.From) && (c.Reopens.IsZero() || t.Before(c.Reopens))
}

// inForce gives the closures that hold as known at asOf (zero: now that all is known), by their beginning.
func inForce(notices []Closure, asOf time.Time) []Closure {
	held := latest(notices, asOf, func(c *Closure) (string, time.Time) { return c.ID, c.Known })
	held = slices.DeleteFunc(held, func(c Closure) bool { return c.Withdrawn })
	slices.SortFunc(held, func(a, b Closure) int {
		return cmp.Or(a.From.Compare(b.From), cmp.Compare(a.ID, b.ID))
	})
	return held
}

// latest gives of each id the notice known last among those known at asOf; of two known at the same instant the later in the list.
// A zero asOf leaves none out.
func latest[N any](notices []N, asOf time.Time, of func(*N) (id string, known time.Time)) []N {
	at := make(map[string]int, len(notices))
	var out []N
	for i := range notices {
		id, known := of(&notices[i])
		if !asOf.IsZero() && known.After(asOf) {
			continue
		}
		j, seen := at[id]
		if !seen {
			at[id] = len(out)
			out = append(out, notices[i])
			continue
		}
		if _, before := of(&out[j]); !known.Before(before) {
			out[j] = notices[i]
		}
	}
	return out
}

// spans joins the closures whose reopening is announced to disjoint spans in order, and gives the instant from which the office is
// closed until further notice, never when it is not.
func spans(closures []Closure) (closed []opening, shut int64) {
	shut = never
	for i := range closures {
		c := &closures[i]
		from := c.From.UnixNano()
		if c.Reopens.IsZero() {
			shut = min(shut, from)
			continue
		}
		last := c.Reopens.UnixNano() - 1
		if n := len(closed); n > 0 && from <= closed[n-1].last+1 {
			closed[n-1].last = max(closed[n-1].last, last)
			continue
		}
		closed = append(closed, opening{from, last})
	}
	return closed, shut
}

// closureAt gives the closure in force that holds at t and reaches farthest, nil when none holds.
func (o *Office) closureAt(t time.Time) *Closure {
	var found *Closure
	for i := range o.held {
		c := &o.held[i]
		if c.From.After(t) {
			break
		}
		if c.covers(t) && (found == nil || c.Reopens.IsZero() || !found.Reopens.IsZero() && c.Reopens.After(found.Reopens)) {
			found = c
		}
	}
	return found
}
