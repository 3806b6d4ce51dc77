package calendar

import (
	"fmt"
	"slices"
)

// Expiry is the last day of a period. Read back from JSON it has its dates, but no reason any more: keep the reason beside it.
type Expiry struct {
	// Event is the day from which the period runs, Days its length.
	Event Date `json:"event"`
	Days  int  `json:"days"`
	// Date is the last day on which the act is in time.
	Date Date `json:"date,omitzero"`
	// Pending says that the last day is not known yet, because it hangs on a warning or a closure that has no end so far. Date is then
	// zero, and Regular is the last day if every day of which nobody knows counts as an ordinary one. Otherwise Regular is zero.
	Pending bool `json:"pending,omitempty"`
	Regular Date `json:"regular,omitzero"`
	// Projected says that the answer rests on holidays that were found by rule, and not in a published list.
	Projected bool `json:"projected,omitempty"`

	limits *Limits
}

// Expires gives the last day of a period of days that runs from an event. The number of days is at least 1. An error that says that
// a needed date lies beyond the holidays is a *HorizonError, which wraps ErrBeyondHorizon.
func (l *Limits) Expires(event Date, days int) (Expiry, error) {
	if event.IsZero() || days < 1 || days > maxDay {
		return Expiry{}, fmt.Errorf("calendar: %s: a period of %d days from %q can't be counted; it needs a date and at least one day",
			l.options.Name.In(), days, event.String())
	}
	e := Expiry{Event: event, Days: days, limits: l}
	last, err := l.count(event, days, func(_ Date, s dayState, _ bool) { e.Pending = e.Pending || s.unknown })
	if err != nil {
		return Expiry{}, err
	}
	if e.Pending {
		e.Regular = last
	} else {
		e.Date = last
	}
	e.Projected = last.After(l.options.Holidays.Last())
	return e, nil
}

// count finds the last day of a period. It hands each day that is not counted, or on which the period may not end (rolled), and each
// day of which nobody knows whether it is one, to note.
func (l *Limits) count(event Date, days int, note func(d Date, s dayState, rolled bool)) (Date, error) {
	d := event
	if days > l.options.Short {
		d = d.AddDays(days)
		days = 0
	}
	for days > 0 {
		d = d.AddDays(1)
		s, err := l.state(d, &l.options.LeftOut, event)
		if err != nil {
			return Date{}, err
		}
		if s.in || s.unknown {
			note(d, s, false)
		}
		if !s.in {
			days--
		}
	}
	for {
		s, err := l.state(d, &l.options.NotLast, event)
		if err != nil {
			return Date{}, err
		}
		if s.in || s.unknown {
			note(d, s, true)
		}
		if !s.in {
			return d, nil
		}
		d = d.AddDays(1)
	}
}

// dayState says whether and why a day is in a set, or that nobody knows yet.
type dayState struct {
	in, unknown bool
	why         dayCause
	holiday     Holiday
	warning     *Warning
	closure     *Closure
}

// dayCause is the kind of reason for which a day is in a set.
type dayCause uint8

const (
	notInSet dayCause = iota
	byHoliday
	byWeekday
	byWarning
	byClosure
)

// state looks at one day; event is for the error.
func (l *Limits) state(d Date, set *DaySet, event Date) (dayState, error) {
	h := l.options.Holidays
	if d.IsZero() || d.Before(h.First()) || d.After(l.last) {
		return dayState{}, newHorizonError(l.options.Name.In(), event, h.First(), l.last, h)
	}
	if set.Holidays {
		if row, ok := h.On(d); ok {
			return dayState{in: true, why: byHoliday, holiday: row}, nil
		}
	}
	if slices.Contains(set.Weekdays, d.Weekday()) {
		return dayState{in: true, why: byWeekday}, nil
	}
	var s dayState
	if set.Warnings {
		if w := l.warned.days[d]; w != nil {
			return dayState{in: true, why: byWarning, warning: w}, nil
		}
		if l.warned.unended != nil && d.After(l.warned.began) {
			s = dayState{unknown: true, why: byWarning, warning: l.warned.unended}
		}
	}
	if set.Closed {
		closed, known, by := l.options.Office.closedOn(d)
		if closed && known {
			return dayState{in: true, why: byClosure, closure: by}, nil
		}
		if closed {
			s = dayState{unknown: true, why: byClosure, closure: by}
		}
	}
	return s, nil
}
