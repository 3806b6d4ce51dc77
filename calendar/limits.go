package calendar

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"courts.example/eservices/icms/law"
)

// LimitsOptions describe how periods of days are counted.
type LimitsOptions struct {
	// Name is the rule's name for people. It needs at least one language.
	Name law.Text
	// Version names the edition of the rule; reasons carry it beside that of the holidays.
	Version string
	// Zone is the zone in which the instants of warnings fall on dates. Required.
	Zone *time.Location
	// Holidays are the dated holidays. Required; their years are the horizon.
	Holidays *Holidays
	// Short is the longest period in which the days of LeftOut are not counted; 0 means that every day always counts.
	Short int
	// LeftOut are the days not counted in a short period, NotLast those on which no period ends: it runs on to the next other day.
	LeftOut, NotLast DaySet
	// Kinds are the kinds of warning that count. Warnings of other kinds may be given and change nothing.
	Kinds map[string]Kind
	// Warnings are the notices known so far, in the order in which they came.
	Warnings []Warning
	// Office is the office whose closed days count, where a DaySet says that they do.
	Office *Office
	// Strict refuses dates whose holidays are known by rule only. Otherwise they are answered and marked as projected.
	Strict bool
	// Grounds are what the steps of its reasons rest on.
	Grounds LimitGrounds
}

// DaySet says which days belong to a set.
type DaySet struct {
	// Weekdays are days of the week, such as the weekly day of rest.
	Weekdays []time.Weekday
	// Holidays are the dated holidays.
	Holidays bool
	// Warnings are the days throughout or for part of which a warning of a kind that counts was in force.
	Warnings bool
	// Closed are the days on which the office, though it has hours, was closed through all of them. A day on which it was open for
	// any part of its hours is none.
	Closed bool
}

// Kind says what a kind of warning is.
type Kind struct {
	// Name is the kind in words.
	Name law.Text
	// Provision is what makes such a day count.
	Provision law.Provision
}

// LimitGrounds are the provisions on which the steps of an expiry's reason rest, besides those of holidays and warnings.
type LimitGrounds struct {
	// Event: the day of the event is not counted.
	Event law.Provision
	// Short: the days left out of a short period. NotLast: no period ends on such a day.
	Short, NotLast law.Provision
	// Weekdays: why a day of the week is in a set.
	Weekdays map[time.Weekday]law.Provision
	// Closed: why a day on which the office is closed is in a set.
	Closed law.Provision
	// Pending: what holds while a warning or a closure has no end yet.
	Pending law.Provision
}

// Limits counts periods of days by one rule. It shares nothing with the hours by which an [Office] receives: a day may be left out
// of a period on which the office received, and the other way round. It is an immutable snapshot, safe for any number of goroutines.
type Limits struct {
	options LimitsOptions
	asOf    time.Time
	warned  warnings
	last    Date
}

// NewLimits proves the rule and its tables.
func NewLimits(o LimitsOptions) (*Limits, error) {
	name := o.Name.In()
	switch {
	case name == "":
		return nil, fmt.Errorf("calendar: a rule for time limits needs a name")
	case o.Zone == nil:
		return nil, fmt.Errorf("calendar: %s: a rule for time limits needs a zone", name)
	case o.Holidays == nil:
		return nil, fmt.Errorf("calendar: %s: a rule for time limits needs a table of holidays, if an empty one", name)
	case o.Short < 0:
		return nil, fmt.Errorf("calendar: %s: a short period can't have %d days", name, o.Short)
	case o.Office == nil && (o.LeftOut.Closed || o.NotLast.Closed):
		return nil, fmt.Errorf("calendar: %s: the days on which the office is closed count, but no office is given", name)
	case everyWeekday(o.NotLast) || everyWeekday(o.LeftOut):
		return nil, fmt.Errorf("calendar: %s: every day of the week is left out, so that no period ends", name)
	}
	if err := checkWarnings(o.Warnings); err != nil {
		return nil, err
	}
	l := &Limits{options: o, last: o.Holidays.Horizon()}
	l.options.LeftOut.Weekdays = slices.Clone(o.LeftOut.Weekdays)
	l.options.NotLast.Weekdays = slices.Clone(o.NotLast.Weekdays)
	l.options.Kinds = maps.Clone(o.Kinds)
	l.options.Warnings = slices.Clone(o.Warnings)
	l.options.Grounds.Weekdays = maps.Clone(o.Grounds.Weekdays)
	if o.Strict {
		l.last = o.Holidays.Last()
	}
	return l.view(l.options.Warnings, time.Time{}), nil
}

func everyWeekday(s DaySet) bool {
	for d := time.Sunday; d <= time.Saturday; d++ {
		if !slices.Contains(s.Weekdays, d) {
			return false
		}
	}
	return true
}

// view gives the rule with the notices as known at asOf.
func (l *Limits) view(notices []Warning, asOf time.Time) *Limits {
	out := *l
	out.options.Warnings, out.asOf = notices, asOf
	out.warned = newWarnings(notices, out.options.Kinds, asOf, out.options.Zone, out.last)
	return &out
}

// WithWarnings gives the rule with further notices of warnings.
func (l *Limits) WithWarnings(notices ...Warning) (*Limits, error) {
	if err := checkWarnings(notices); err != nil {
		return nil, err
	}
	return l.view(append(slices.Clip(l.options.Warnings), notices...), l.asOf), nil
}

// WithOffice gives the rule with another snapshot of the office: its new closures.
func (l *Limits) WithOffice(o *Office) (*Limits, error) {
	if o == nil {
		return nil, fmt.Errorf("calendar: %s: no office is given", l.options.Name.In())
	}
	out := *l
	out.options.Office = o
	return &out, nil
}

// AsKnown gives the rule as it was known at an instant: without the notices of warnings and closures known later. The zero Time
// means all notices.
func (l *Limits) AsKnown(at time.Time) *Limits {
	out := l.view(l.options.Warnings, at)
	if out.options.Office != nil {
		out.options.Office = out.options.Office.AsKnown(at)
	}
	return out
}

// Options gives what the rule was made of, with the notices of this snapshot. Change nothing in it.
func (l *Limits) Options() LimitsOptions {
	out := l.options
	out.Warnings = slices.Clone(l.options.Warnings)
	return out
}

// Name is the rule's name for people.
func (l *Limits) Name() law.Text { return l.options.Name }

// Horizon gives the first and the last date that an answer may rest on.
func (l *Limits) Horizon() (first, last Date) { return l.options.Holidays.First(), l.last }
