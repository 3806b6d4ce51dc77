package calendar

import (
	"time"

	"courts.example/eservices/icms/law"
)

// plan is one reading compiled over the horizon, before any closure. Offices that differ in closures share it.
type plan struct {
	reading  Reading
	special  map[Date]*SpecialDay
	holidays *Holidays
	zone     *time.Location

	first, last Date // the horizon
	regular     *table
	projected   int64 // the first instant whose holidays were found by rule, in nanoseconds
}

// sessions gives the sessions of a date of the horizon, none on a holiday, and what they rest on where a session does not say.
func (p *plan) sessions(d Date) ([]Session, law.Provision) {
	hours := p.reading.edition(d)
	if _, ok := p.holidays.On(d); ok {
		return nil, hours.Provision
	}
	if s := p.special[d]; s != nil {
		return s.Sessions, s.Provision
	}
	return hours.Week[d.Weekday()], hours.Provision
}

// afterHours reports whether the sessions of the date of t, if it has any, are over.
func (p *plan) afterHours(t time.Time) bool {
	sessions, _ := p.sessions(DateOf(t, p.zone))
	return len(sessions) > 0 && clockOf(t.In(p.zone)) >= sessions[len(sessions)-1].Closes
}

// compile lays the sessions of every date of the horizon on the line of time. What counts is the clock on the wall: a session in an
// hour that the zone repeats is open in both, and of an hour that it skips nothing is open.
func (p *plan) compile() {
	base, end := p.first.Start(p.zone).Unix(), p.last.AddDays(1).Start(p.zone).Unix()
	openings := make([]opening, 0, p.last.Sub(p.first)) // about one a date
	for s := range segments(p.zone, base, end) {
		from, until := max(s.from, base), min(s.until, end)
		d := fromUnixDay(floorDiv(from+s.offset, secondsPerDay))
		for ; d.unix()-s.offset < until; d = d.AddDays(1) {
			sessions, _ := p.sessions(d)
			for _, session := range sessions {
				opens, closes := d.unix()-s.offset+int64(session.Opens), d.unix()-s.offset+int64(session.Closes)
				openings = p.join(openings, max(opens, from), min(closes, until), closes <= until)
			}
		}
	}
	p.regular = newTable(openings, base, end)
	p.projected = never
	if p.holidays.Last().Before(p.last) {
		p.projected = p.holidays.Last().AddDays(1).Start(p.zone).UnixNano()
	}
}

// join adds the opening [from, to) in Unix seconds to those before it, as one with the last when nothing lies between them.
// closing says that to is a closing instant, and not a moment at which the zone's clocks jump.
func (p *plan) join(openings []opening, from, to int64, closing bool) []opening {
	if from >= to {
		return openings
	}
	o := opening{from * int64(time.Second), to*int64(time.Second) - 1}
	if closing && p.reading.ClosingIn {
		o.last++
	}
	if n := len(openings); n > 0 && openings[n-1].last >= o.from-1 {
		openings[n-1].last = o.last
		return openings
	}
	return append(openings, o)
}
