package fees

import (
	"fmt"
	"time"

	"courts.example/eservices/icms/law"
)

// period is half-open: from is in, until is out. A zero time is open on that side.
type period struct {
	from, until time.Time
}

func (p period) contains(t time.Time) bool {
	return !t.Before(p.from) && (p.until.IsZero() || t.Before(p.until))
}

// narrow gives the part of p that lies in q.
func (p period) narrow(q period) period {
	if q.from.After(p.from) {
		p.from = q.from
	}
	if p.until.IsZero() || (!q.until.IsZero() && q.until.Before(p.until)) {
		p.until = q.until
	}
	return p
}

// dated gives a provision the period in which the schedule applies it.
func (p period) dated(v law.Provision) law.Provision {
	if !v.IsZero() {
		v.From, v.Until = p.from, p.until
	}
	return v
}

// end is until for comparisons: later than any instant of a file when it is open.
func (p period) end() time.Time {
	if p.until.IsZero() {
		return time.Date(10000, time.January, 2, 0, 0, 0, 0, time.UTC)
	}
	return p.until
}

// period reads from and until of an object; both may be absent.
func (o *object) period() period {
	from, until := o.has("from"), o.has("until")
	p := period{o.instant(from), o.instant(until)}
	if !p.from.IsZero() && !p.until.IsZero() && !p.from.Before(p.until) {
		o.fail(until, "until must be after from (%s): it is the first instant that no longer belongs", showInstant(p.from))
	}
	return p
}

// instant reads a civil date, which is its first instant in the schedule's zone, or an RFC 3339 instant with offset.
func (r *reader) instant(n *node) time.Time {
	s := r.text(n)
	if s == "" || r.zone == nil {
		return time.Time{}
	}
	if d, err := time.Parse(time.DateOnly, s); err == nil && d.Year() > 0 {
		return firstInstant(d.Year(), d.Month(), d.Day(), r.zone)
	}
	if t, err := time.Parse(time.RFC3339Nano, s); err == nil && t.Year() > 0 {
		return t.In(r.zone)
	}
	r.fail(n, "%.40q is neither a date like 2026-03-01 nor an instant like 2026-03-01T00:00:00+01:00", s)
	return time.Time{}
}

// firstInstant is when a civil day begins. Where clocks go forward at midnight it is the instant of the change, where they go
// back to midnight it is the earlier of the two midnights.
func firstInstant(year int, month time.Month, day int, zone *time.Location) time.Time {
	t := time.Date(year, month, day, 0, 0, 0, 0, zone)
	if _, end := t.ZoneBounds(); t.Day() != day && !end.IsZero() {
		return end
	}
	if start, _ := t.ZoneBounds(); !start.IsZero() {
		_, after := t.Zone()
		_, before := start.Add(-1).Zone()
		twin := t.Add(time.Duration(after-before) * time.Second)
		if twin.Before(start) && twin.Day() == day && twin.Before(t) {
			return twin
		}
	}
	return t
}

// readZone reads a fixed offset such as "+01:00" or an IANA name such as "Europe/Berlin".
func readZone(s string) (*time.Location, error) {
	if s != "" && (s[0] == '+' || s[0] == '-') {
		t, err := time.Parse("-07:00", s)
		if err != nil {
			return nil, fmt.Errorf("%.40q is not an offset like +01:00", s)
		}
		_, offset := t.Zone()
		return time.FixedZone("UTC"+s, offset), nil
	}
	if s == "" || s == "Local" {
		return nil, fmt.Errorf("%q is not a zone: name an offset like +01:00 or an IANA zone like Europe/Berlin", s)
	}
	zone, err := time.LoadLocation(s)
	if err != nil {
		return nil, fmt.Errorf("%.40q is neither an offset like +01:00 nor a zone this machine knows "+
			"(a program can carry the zones by importing time/tzdata): %w", s, err)
	}
	return zone, nil
}
