package calendar

import (
	"iter"
	"time"

	"courts.example/eservices/icms/law"
)

// Span is a span of time, from From on and before Until.
type Span struct{ From, Until time.Time }

// Day is one date of an office, for people to look at.
type Day struct {
	Date Date
	// Open is when the office is open on that date, closures taken out, in its zone. Where its reading takes the closing instant as in
	// time, Until is such an instant. Of a closure until further notice everything after its beginning is taken out.
	Open []Span
	// Hours are the sessions that it has on that date when no closure comes between; none on a holiday.
	Hours []Session
	// Holiday is set when the date is a holiday.
	Holiday *Holiday
	// Special is the title of the special day, if the date is one.
	Special law.Text
	// Closures are the closures in force that touch the date.
	Closures []Closure
	// Projected says that the date lies after the last one with a published list of holidays.
	Projected bool
}

// Days lists the office's dates from one to another, both in. Its error is a *HorizonError when one of them lies beyond the horizon.
func (o *Office) Days(from, to Date) (iter.Seq[Day], error) {
	for _, d := range []Date{from, to} {
		if d.IsZero() || d.Before(o.plan.first) || d.After(o.plan.last) {
			return nil, o.beyondDate(d)
		}
	}
	return func(yield func(Day) bool) {
		for d := from; !d.After(to); d = d.AddDays(1) {
			if !yield(o.day(d)) {
				return
			}
		}
	}, nil
}

func (o *Office) day(d Date) Day {
	p := o.plan
	day := Day{Date: d, Projected: d.After(p.holidays.Last())}
	day.Hours, _ = p.sessions(d)
	if h, ok := p.holidays.On(d); ok {
		day.Holiday = &h
	}
	if s := p.special[d]; s != nil {
		day.Special = s.Title
	}
	start, end := d.Start(p.zone), d.AddDays(1).Start(p.zone)
	from, until := start.UnixNano(), end.UnixNano()
	until = min(until, o.shut)
	for at := from; at < until; {
		opening, ok := o.open.within(at, until)
		if !ok {
			break
		}
		last := min(opening.last+1, until)
		if p.reading.ClosingIn && opening.last < last && opening.last%int64(time.Second) == 0 {
			last = opening.last
		}
		day.Open = append(day.Open, Span{time.Unix(0, max(opening.from, from)).In(p.zone), time.Unix(0, last).In(p.zone)})
		at = opening.last + 1
	}
	for _, c := range o.held {
		if c.From.Before(end) && (c.Reopens.IsZero() || c.Reopens.After(start)) {
			day.Closures = append(day.Closures, c)
		}
	}
	return day
}
