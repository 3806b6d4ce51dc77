package feed

import (
	"maps"
	"slices"
	"time"

	"courts.example/eservices/calendar"
	"courts.example/eservices/icms/law"
)

// Edition is a published calendar of holidays in one language.
type Edition struct {
	// Language is the BCP 47 tag of its summaries.
	Language string
	Calendar Calendar
}

// ListOptions say what a list of holidays must be to be looked at.
type ListOptions struct {
	// Today is the date on which the list is read; its year must be in the list. Required.
	Today calendar.Date
	// After, when set, is the stamp of the newest list seen before: a list whose own stamp is older is late. A list without a stamp is
	// not held against it.
	After time.Time
	// Least is the number of holidays that every year has by law; a year with fewer is cut short.
	Least int
	// Status is how certain a row of the publisher is. Required.
	Status law.Status
}

// List is a published list of holidays, proven by itself and not yet compared with what is known.
type List struct {
	// Rows are the holidays by date.
	Rows []calendar.Holiday
	// From and Until are the first and the last year listed; each year between them is.
	From, Until int
	// Stamp is when the newest of its events was made, zero when they do not say.
	Stamp time.Time
}

// NewList reads the holidays off editions in different languages of one calendar. Each event that is not cancelled is a holiday on each
// of its dates. A list is kept out as a whole, by an *Error, when an event is not of whole days, has no summary, or meets another
// on a date; when the editions differ in a date; when a year has fewer than Least holidays; and when the list is late.
func NewList(o ListOptions, editions ...Edition) (List, error) {
	if o.Today.IsZero() || o.Status == law.Unstated || len(editions) == 0 {
		return List{}, Refuse(ErrShape, "a list needs an edition, the date of today and a status")
	}
	var list List
	names := make(map[calendar.Date]law.Text)
	for i, e := range editions {
		dates, err := e.dates()
		if err != nil {
			return List{}, err
		}
		if err := merge(names, dates, e.Language, i == 0); err != nil {
			return List{}, err
		}
		if s := e.Calendar.Stamp(); s.After(list.Stamp) {
			list.Stamp = s
		}
	}
	for _, d := range slices.SortedFunc(maps.Keys(names), calendar.Date.Compare) {
		list.Rows = append(list.Rows, calendar.Holiday{Date: d, Name: names[d], Status: o.Status})
	}
	return list, list.prove(o)
}

// longest is the greatest number of dates that one holiday may have.
const longest = 31

// dates gives the names of an edition by date.
func (e *Edition) dates() (map[calendar.Date]string, error) {
	names := make(map[calendar.Date]string)
	for i := range e.Calendar.Events {
		ev := &e.Calendar.Events[i]
		switch {
		case ev.Cancelled:
			continue
		case !ev.AllDay():
			return nil, Refuse(ErrShape, "%s: the event %.60q is not of whole days", e.Language, ev.UID)
		case ev.Summary == "" || !writable(ev.Summary):
			return nil, Refuse(ErrShape, "%s: the event %.60q has no summary, or one that is no text", e.Language, ev.UID)
		case ev.Until.Sub(ev.Day) > longest:
			return nil, Refuse(ErrShape, "%s: the event %.60q lasts longer than %d days", e.Language, ev.UID, longest)
		}
		for d := ev.Day; d.Before(ev.Until); d = d.AddDays(1) {
			if other, twice := names[d]; twice {
				return nil, Refuse(ErrContradiction, "%s: %s is there twice, as %.60q and as %.60q", e.Language, d, other, ev.Summary)
			}
			names[d] = ev.Summary
		}
	}
	return names, nil
}

// merge puts the names of an edition beside those of the editions before it.
func merge(names map[calendar.Date]law.Text, dates map[calendar.Date]string, language string, first bool) error {
	for _, d := range slices.SortedFunc(maps.Keys(dates), calendar.Date.Compare) {
		switch name := dates[d]; {
		case first:
			names[d] = law.Text{language: name}
		case names[d] == nil:
			return Refuse(ErrContradiction, "%s lists %s as %.60q, and another language does not", language, d, name)
		case names[d][language] != "":
			return Refuse(ErrContradiction, "there are two editions in the language %s", language)
		default:
			names[d][language] = name
		}
	}
	for _, d := range slices.SortedFunc(maps.Keys(names), calendar.Date.Compare) {
		if _, listed := dates[d]; !listed {
			return Refuse(ErrContradiction, "%s does not list %s, and another language does", language, d)
		}
	}
	return nil
}

// prove finds the years and whether the list is complete and not late.
func (l *List) prove(o ListOptions) error {
	if len(l.Rows) == 0 {
		return Refuse(ErrCutShort, "it lists no holiday")
	}
	l.From, l.Until = l.Rows[0].Date.Year(), l.Rows[len(l.Rows)-1].Date.Year()
	for year, i := l.From, 0; year <= l.Until; year++ {
		first := i
		for i < len(l.Rows) && l.Rows[i].Date.Year() == year {
			i++
		}
		if n := i - first; n == 0 || n < o.Least {
			return Refuse(ErrCutShort, "it lists %d holidays in %d, where at least %d are expected", n, year, max(1, o.Least))
		}
	}
	switch today := o.Today.Year(); {
	case l.Until < today:
		return Refuse(ErrLate, "it ends with %d and is read in %d", l.Until, today)
	case l.From > today:
		return Refuse(ErrCutShort, "it begins with %d and is read in %d", l.From, today)
	case !o.After.IsZero() && !l.Stamp.IsZero() && l.Stamp.Before(o.After):
		return Refuse(ErrLate, "it was made at %s, and a list of %s has been read before",
			l.Stamp.Format(time.RFC3339), o.After.Format(time.RFC3339))
	}
	return nil
}
