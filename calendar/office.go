package calendar

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"courts.example/eservices/icms/law"
)

// OfficeOptions describe an office: when it opens, and what its answers rest on.
type OfficeOptions struct {
	// Name is the office's name for people. It needs at least one language.
	Name law.Text
	// Version names the edition of the hours; reasons carry it beside that of the holidays.
	Version string
	// Zone is the zone of the office's clocks. Required.
	Zone *time.Location
	// Holidays are the days on which the office does not open. Required; their years are the office's horizon.
	Holidays *Holidays
	// Readings are the ways to read its hours; the office is opened in the first one. At least one is required.
	Readings []Reading
	// Special are the days with hours of their own, one a date.
	Special []SpecialDay
	// Closures are the notices known so far, in the order in which they came.
	Closures []Closure
	// Strict refuses dates whose holidays are known by rule only. Otherwise they are answered and marked as projected.
	Strict bool
	// Grounds are what the steps of its reasons rest on.
	Grounds Grounds
}

// Grounds are the provisions on which the steps of an office's reasons rest, besides those of hours and holidays.
type Grounds struct {
	// Rule: what arrives while the office is open counts at that instant, and what arrives at another time when it next opens.
	Rule law.Provision
	// OutsideRule: that Rule is applied to instants outside the dates on which it is in force. The zero Provision leaves the step out.
	OutsideRule law.Provision
	// Closed: which times count as closed. The zero Provision leaves the step out.
	Closed law.Provision
	// AfterHours and Reopening: what the court has announced of what arrives after the day's hours, or in a closure. The zero Provision
	// leaves the step out.
	AfterHours, Reopening law.Provision
	// Pending: what holds as long as a reopening is not announced.
	Pending law.Provision
	// Causes say what the causes of closures are.
	Causes map[Cause]CauseEntry
}

// CauseEntry says what a cause of closures is.
type CauseEntry struct {
	// Name is the cause in words.
	Name law.Text
	// Provision is what closures of this cause rest on that cite nothing themselves.
	Provision law.Provision
}

// Office answers when an office is open and when what arrives counts as received. It is an immutable snapshot, safe for any number
// of goroutines; a new closure gives a new Office ([Office.With]).
type Office struct {
	options *OfficeOptions
	plans   []*plan // one for each reading
	plan    *plan   // the reading of this office

	notices []Closure // every notice given
	asOf    time.Time // the instant of knowledge; zero: all that is known
	held    []Closure // the closures in force, by their beginning
	open    *table    // the plan without the closures that are over or whose reopening is announced
	shut    int64     // the instant from which it is closed until further notice, or never
}

// NewOffice proves the tables and compiles them.
func NewOffice(o OfficeOptions) (*Office, error) {
	name := o.Name.In()
	switch {
	case name == "":
		return nil, fmt.Errorf("calendar: an office needs a name")
	case o.Zone == nil:
		return nil, fmt.Errorf("calendar: %s: an office needs a zone", name)
	case o.Holidays == nil:
		return nil, fmt.Errorf("calendar: %s: an office needs a table of holidays, if an empty one", name)
	case len(o.Readings) == 0:
		return nil, fmt.Errorf("calendar: %s: an office needs hours: give at least one reading", name)
	}
	own := o
	own.Closures = nil
	own.Grounds.Causes = maps.Clone(o.Grounds.Causes)
	own.Readings, own.Special = make([]Reading, len(o.Readings)), slices.Clone(o.Special)
	for i, r := range o.Readings {
		own.Readings[i] = r.clone()
	}
	special, err := specialDays(own.Special)
	if err != nil {
		return nil, fmt.Errorf("calendar: %s: %w", name, err)
	}
	out := &Office{options: &own}
	for i, r := range own.Readings {
		if slices.ContainsFunc(own.Readings[:i], func(o Reading) bool { return o.Name == r.Name }) {
			return nil, fmt.Errorf("calendar: %s: there are two readings %q", name, r.Name)
		}
		p, err := newPlan(r, special, &own)
		if err != nil {
			return nil, fmt.Errorf("calendar: %s: %w", name, err)
		}
		out.plans = append(out.plans, p)
	}
	return out.snapshot(out.plans[0], o.Closures, time.Time{})
}

func specialDays(days []SpecialDay) (map[Date]*SpecialDay, error) {
	out := make(map[Date]*SpecialDay, len(days))
	for i := range days {
		s := &days[i]
		if s.Date.IsZero() || out[s.Date] != nil {
			return nil, fmt.Errorf("special day %q is given twice or has no date", s.Date.String())
		}
		if err := checkSessions(s.Sessions); err != nil {
			return nil, fmt.Errorf("special day %s: %w", s.Date, err)
		}
		s.Sessions = slices.Clone(s.Sessions)
		out[s.Date] = s
	}
	return out, nil
}

// newPlan compiles one reading over the dates of which both the holidays and the hours say something.
func newPlan(r Reading, special map[Date]*SpecialDay, o *OfficeOptions) (*plan, error) {
	if err := r.check(); err != nil {
		return nil, err
	}
	p := &plan{reading: r, special: special, holidays: o.Holidays, zone: o.Zone}
	p.first, p.last = o.Holidays.First(), o.Holidays.Horizon()
	if o.Strict {
		p.last = o.Holidays.Last()
	}
	if from := r.Hours[0].From; from.After(p.first) {
		p.first = from
	}
	if until := r.Hours[len(r.Hours)-1].Until; !until.IsZero() && !until.After(p.last) {
		p.last = until.AddDays(-1)
	}
	if p.last.Before(p.first) || !inNanoseconds(p.first.Start(o.Zone)) || !inNanoseconds(p.last.AddDays(1).Start(o.Zone)) {
		return nil, fmt.Errorf("reading %q: no usable date has both hours and holidays (%s to %s)", r.Name, p.first, p.last)
	}
	p.compile()
	return p, nil
}

// snapshot gives the office in one reading with the notices as known at asOf.
func (o *Office) snapshot(p *plan, notices []Closure, asOf time.Time) (*Office, error) {
	for i := range notices {
		if err := notices[i].check(); err != nil {
			return nil, err
		}
	}
	return o.view(p, slices.Clone(notices), asOf), nil
}

// view is snapshot for notices that were proven before.
func (o *Office) view(p *plan, notices []Closure, asOf time.Time) *Office {
	out := &Office{options: o.options, plans: o.plans, plan: p, notices: notices, asOf: asOf, open: p.regular}
	out.held = inForce(notices, asOf)
	var closed []opening
	closed, out.shut = spans(out.held)
	if len(closed) > 0 {
		out.open = p.regular.replaced(without(p.regular.openings, closed))
	}
	return out
}

// With gives the office with further notices. An office as known at an instant stays so: it does not heed notices known later.
func (o *Office) With(notices ...Closure) (*Office, error) {
	return o.snapshot(o.plan, append(slices.Clip(o.notices), notices...), o.asOf)
}

// AsKnown gives the office as it was known at an instant: without the notices known later. The zero Time means all notices.
func (o *Office) AsKnown(at time.Time) *Office { return o.view(o.plan, o.notices, at) }

// Reading gives the same office in another of its readings.
func (o *Office) Reading(name string) (*Office, error) {
	for _, p := range o.plans {
		if p.reading.Name == name {
			return o.view(p, o.notices, o.asOf), nil
		}
	}
	names := make([]string, len(o.plans))
	for i, p := range o.plans {
		names[i] = p.reading.Name
	}
	return nil, fmt.Errorf("calendar: %s has no reading %.40q; it has %q", o.options.Name.In(), name, names)
}

// WithHolidays gives the same office with another table of holidays.
func (o *Office) WithHolidays(h *Holidays) (*Office, error) {
	options := *o.options
	options.Holidays, options.Closures = h, o.notices
	out, err := NewOffice(options)
	if err != nil {
		return nil, err
	}
	if out, err = out.Reading(o.plan.reading.Name); err != nil {
		return nil, err
	}
	return out.AsKnown(o.asOf), nil
}

// Options gives what the office was made of, with the notices of this snapshot. Change nothing in it.
func (o *Office) Options() OfficeOptions {
	out := *o.options
	out.Closures = slices.Clone(o.notices)
	return out
}

// Name is the office's name for people.
func (o *Office) Name() law.Text { return o.options.Name }

// Zone is the zone of the office's clocks.
func (o *Office) Zone() *time.Location { return o.plan.zone }

// ReadingName is the name of the reading in which the office answers.
func (o *Office) ReadingName() string { return o.plan.reading.Name }

// Holidays is the office's table of holidays.
func (o *Office) Holidays() *Holidays { return o.plan.holidays }

// Horizon gives the first and the last date of which the office says anything.
func (o *Office) Horizon() (first, last Date) { return o.plan.first, o.plan.last }

// Closures lists the closures in force by their beginning, each as its last notice known has it.
func (o *Office) Closures() []Closure { return slices.Clone(o.held) }
