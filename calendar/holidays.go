package calendar

import (
	"errors"
	"fmt"
	"iter"
	"slices"
	"time"

	"courts.example/eservices/icms/law"
)

// Holiday is one dated holiday. It is a whole civil date, whatever the zone.
type Holiday struct {
	Date Date
	// Name is the gazetted name, or a plain description when Unnamed is set.
	Name law.Text
	// Status is how certain we are that this date is a holiday.
	Status law.Status
	// InPlaceOf says which holiday this day stands in for and why, or what brought about a holiday of one year only.
	InPlaceOf law.Text
	// Unnamed says that the law gives a day here whose official name is not known yet.
	Unnamed bool
	// Projected says that the day was found by rule and not in a published list. NewHolidays sets it.
	Projected bool
}

// HolidaysOptions describe a table of holidays.
type HolidaysOptions struct {
	// Version names the edition of the table; reasons carry it.
	Version string
	// From and Until are the first and the last year whose rows are complete.
	From, Until int
	// Rows are the holidays of these years in any order, one a date. A weekly day of rest is not listed: it is a weekday
	// without office hours, and a weekday that a time limit leaves out.
	Rows []Holiday
	// Provision is what the rows rest on; the status of each row takes the place of its status.
	Provision law.Provision

	// Rule, when set, gives the holidays of a later year, up to RuleUntil. It is called once a year by NewHolidays.
	Rule func(year int) ([]Holiday, error)
	// RuleUntil is the last year that Rule is asked for.
	RuleUntil int
	// RuleProvision is what the rule rests on; the status of each of its rows takes the place of its status.
	RuleProvision law.Provision
}

// Holidays is an immutable table of dated holidays with the years that it covers: years with published rows, then, where there is
// a rule, projected years. It is safe for any number of goroutines.
type Holidays struct {
	options           HolidaysOptions
	rows              []Holiday // by date
	first, last, rule Date
}

// NewHolidays proves the rows and compiles the table: every row lies in the years covered, has a name and a status, and no date
// has two rows.
func NewHolidays(o HolidaysOptions) (*Holidays, error) {
	first, err := MakeDate(o.From, time.January, 1)
	last, err2 := MakeDate(o.Until, time.December, 31)
	if err := errors.Join(err, err2); err != nil {
		return nil, fmt.Errorf("calendar: holidays: years covered: %w", err)
	}
	if last.Before(first) {
		return nil, fmt.Errorf("calendar: holidays: the years covered run from %d back to %d", o.From, o.Until)
	}
	h := &Holidays{options: o, first: first, last: last, rule: last}
	h.options.Rows, h.options.Rule = nil, nil
	if err := h.add(o.Rows, first, last, false); err != nil {
		return nil, err
	}
	if o.Rule != nil {
		if err := h.project(o); err != nil {
			return nil, err
		}
	}
	if err := h.sort(); err != nil {
		return nil, err
	}
	return h, nil
}

func (h *Holidays) add(rows []Holiday, first, last Date, projected bool) error {
	for _, row := range rows {
		switch {
		case row.Date.IsZero() || row.Date.Before(first) || row.Date.After(last):
			return fmt.Errorf("calendar: holidays: %q on %q lies outside %s to %s", row.Name.In(), row.Date.String(), first, last)
		case row.Name.In() == "":
			return fmt.Errorf("calendar: holidays: the row of %s has no name", row.Date)
		case row.Status == law.Unstated:
			return fmt.Errorf("calendar: holidays: the row of %s does not say how certain it is", row.Date)
		}
		row.Projected = projected
		h.rows = append(h.rows, row)
	}
	return nil
}

func (h *Holidays) project(o HolidaysOptions) error {
	rule, err := MakeDate(o.RuleUntil, time.December, 31)
	if err != nil || rule.Before(h.last) {
		return fmt.Errorf("calendar: holidays: the rule reaches until %d and the rows until %d", o.RuleUntil, o.Until)
	}
	for year := o.Until + 1; year <= o.RuleUntil; year++ {
		rows, err := o.Rule(year)
		if err != nil {
			return fmt.Errorf("calendar: holidays of %d by rule: %w", year, err)
		}
		first, _ := MakeDate(year, time.January, 1)
		last, _ := MakeDate(year, time.December, 31)
		if err := h.add(rows, first, last, true); err != nil {
			return fmt.Errorf("calendar: holidays of %d by rule: %w", year, err)
		}
	}
	h.rule = rule
	return nil
}

// With gives a table of another version in which each given row replaces the one of its date, or is added: a holiday appointed
// after the list was published.
func (h *Holidays) With(version string, rows ...Holiday) (*Holidays, error) {
	out := &Holidays{options: h.options, first: h.first, last: h.last, rule: h.rule}
	out.options.Version = version
	if err := out.add(rows, h.first, h.rule, false); err != nil {
		return nil, err
	}
	if err := out.sort(); err != nil {
		return nil, err
	}
	added := slices.Clone(out.rows)
	for _, row := range h.rows {
		if _, replaced := find(added, row.Date); !replaced {
			out.rows = append(out.rows, row)
		}
	}
	if err := out.sort(); err != nil {
		return nil, err
	}
	return out, nil
}

// sort puts the rows in order and refuses two of one date.
func (h *Holidays) sort() error {
	slices.SortFunc(h.rows, func(a, b Holiday) int { return a.Date.Compare(b.Date) })
	for i := 1; i < len(h.rows); i++ {
		if a, b := &h.rows[i-1], &h.rows[i]; a.Date == b.Date {
			return fmt.Errorf("calendar: holidays: %s is listed twice, as %q and as %q; join them in one row",
				a.Date, a.Name.In(), b.Name.In())
		}
	}
	return nil
}

// Options gives what the table was made of: all its rows, those by rule marked as projected, and no Rule.
func (h *Holidays) Options() HolidaysOptions {
	out := h.options
	out.Rows = slices.Clone(h.rows)
	return out
}

// Version names the edition of the table.
func (h *Holidays) Version() string { return h.options.Version }

// First is the first date covered.
func (h *Holidays) First() Date { return h.first }

// Last is the last date covered by published rows; later dates are projected.
func (h *Holidays) Last() Date { return h.last }

// Horizon is the last date of which anything is said: Last, or the end of the years by rule.
func (h *Holidays) Horizon() Date { return h.rule }

// On gives the holiday on d, if d is one.
func (h *Holidays) On(d Date) (Holiday, bool) {
	if i, ok := find(h.rows, d); ok {
		return h.rows[i], true
	}
	return Holiday{}, false
}

// Between gives the holidays from one date to another, both in, in order.
func (h *Holidays) Between(from, to Date) iter.Seq[Holiday] {
	return func(yield func(Holiday) bool) {
		i, _ := find(h.rows, from)
		for ; i < len(h.rows) && !h.rows[i].Date.After(to); i++ {
			if !yield(h.rows[i]) {
				return
			}
		}
	}
}

// provision is what a row rests on, with the row's own status.
func (h *Holidays) provision(row Holiday) law.Provision {
	p := h.options.Provision
	if row.Projected {
		p = h.options.RuleProvision
	}
	p.Status = row.Status
	return p
}

func find(rows []Holiday, d Date) (int, bool) {
	return slices.BinarySearchFunc(rows, d, func(row Holiday, d Date) int { return row.Date.Compare(d) })
}
