package hk

import (
	"slices"
	"time"

	"courts.example/eservices/calendar/feed"
)

// Watch is what earlier warning summaries said. It is a value: keep it as JSON between readings. The zero Watch has seen none.
type Watch struct {
	// Read is when the newest summary was read.
	Read time.Time `json:"read,omitzero"`
	// InForce are the warnings that it had in force and for which an office may be closed, by cause.
	InForce []Running `json:"inForce,omitempty"`
}

// Running is a warning in force.
type Running struct {
	// Cause is [GaleWarning] or [BlackRainstorm].
	Cause string `json:"cause"`
	// Code is the signal seen last: one gale warning goes through several signals.
	Code string `json:"code"`
	// From is when its first signal seen was issued, Updated when the last one seen was changed.
	From    time.Time `json:"from"`
	Updated time.Time `json:"updated"`
}

// Next gives the watch after another summary, and what the summary proposes: a closure for each warning that has begun, and a
// reopening for each that has ended. A summary read before the last one, or with an older signal than was seen, is ErrLate, and
// the watch stays as it was.
func (w Watch) Next(s Summary) (Watch, []Proposal, error) {
	if s.Read.Before(w.Read) {
		return w, nil, feed.Refuse(feed.ErrLate, "it was read at %s, and one of %s has been seen",
			s.Read.Format(time.RFC3339), w.Read.Format(time.RFC3339))
	}
	next := Watch{Read: s.Read}
	var out []Proposal
	for _, f := range []struct{ key, cause string }{{keyRainstorm, BlackRainstorm}, {keyCyclone, GaleWarning}} {
		before, was := w.running(f.cause)
		signal, listed := s.family(f.key)
		if listed && was && signal.Updated.Before(before.Updated) {
			return w, nil, feed.Refuse(feed.ErrLate, "%s is of %s, and one of %s has been seen",
				f.key, signal.Updated.Format(time.RFC3339), before.Updated.Format(time.RFC3339))
		}
		is := listed && signal.Cause() == f.cause
		switch {
		case is && was:
			before.Code, before.Updated = signal.Code, signal.Updated
			next.InForce = append(next.InForce, before)
		case is:
			r := Running{Cause: f.cause, Code: signal.Code, From: signal.Issued, Updated: signal.Updated}
			next.InForce = append(next.InForce, r)
			out = append(out, Proposal{Running: r, Read: s.Read, Last: w.Read})
		case was:
			out = append(out, ended(before, signal, listed, w.Read, s.Read))
		}
	}
	return next, out, nil
}

func (w *Watch) running(cause string) (Running, bool) {
	i := slices.IndexFunc(w.InForce, func(r Running) bool { return r.Cause == cause })
	if i < 0 {
		return Running{}, false
	}
	return w.InForce[i], true
}

// ended is the proposal for a warning that is over. A cancelled entry says when, in its last change; a lower signal by the time of its
// issue. An entry that is gone says only that it ended after the last reading.
func ended(r Running, signal Signal, listed bool, last, read time.Time) Proposal {
	p := Proposal{Running: r, Read: read, Ended: true, Last: last}
	switch {
	case !listed:
		return p
	case signal.Action == codeCancel:
		p.Until = signal.Updated
	default:
		p.Until = signal.Issued
	}
	if !p.Until.After(r.From) { // times that cannot be: leave the end to the person
		p.Until = time.Time{}
	}
	return p
}
