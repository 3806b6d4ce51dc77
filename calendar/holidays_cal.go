package calendar

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/rickar/cal/v2"

	"courts.example/eservices/icms/law"
)

// CalOptions say how to take holidays of github.com/rickar/cal/v2.
type CalOptions struct {
	// Version names the edition of the table, such as the version of that module.
	Version string
	// From and Until are the first and the last year that the caller vouches for.
	From, Until int
	// ProjectedUntil, when later than Until, is the last year to be taken by the same rules and marked as projected.
	ProjectedUntil int
	// Language is the tag of the holidays' names; empty means English.
	Language string
	// Status is how certain the years vouched for are; the zero Status means Secondary. Projected years are Inferred at best.
	Status law.Status
	// Provision is what the table rests on.
	Provision law.Provision
}

// FromCal compiles holidays of any country of github.com/rickar/cal/v2 into a table of dates. A date is a holiday when any of them is
// observed on it, which is what that module's IsWorkday asks; the day on which a holiday falls but is not observed is none. Dates are
// civil dates: neither the zone of the machine nor that of a calendar matters. Holidays observed on the same date become one row.
func FromCal(list []*cal.Holiday, o CalOptions) (*Holidays, error) {
	if slices.Contains(list, nil) {
		return nil, errors.New("calendar: holidays of cal/v2: the list has a nil holiday")
	}
	status := o.Status
	if status == law.Unstated {
		status = law.Secondary
	}
	language := o.Language
	if language == "" {
		language = law.English
	}
	rows := func(year int, status law.Status) ([]Holiday, error) { return calYear(list, year, language, status) }
	options := HolidaysOptions{
		Version: o.Version, From: o.From, Until: o.Until, Provision: o.Provision,
		RuleUntil: o.ProjectedUntil, RuleProvision: o.Provision,
	}
	for year := o.From; year <= o.Until; year++ {
		added, err := rows(year, status)
		if err != nil {
			return nil, err
		}
		options.Rows = append(options.Rows, added...)
	}
	if o.ProjectedUntil > o.Until {
		options.Rule = func(year int) ([]Holiday, error) { return rows(year, min(status, law.Inferred)) }
	}
	return NewHolidays(options)
}

// calYear gives the dates of a year on which a holiday is observed. The holidays of the years beside it are asked too, because
// 1 January may be observed on 31 December.
func calYear(list []*cal.Holiday, year int, language string, status law.Status) ([]Holiday, error) {
	names := make(map[Date][]string)
	for _, h := range list {
		for y := year - 1; y <= year+1; y++ {
			d, err := calObserved(h, y)
			if err != nil {
				return nil, err
			}
			if !d.IsZero() && d.Year() == year && !slices.Contains(names[d], h.Name) {
				names[d] = append(names[d], h.Name)
			}
		}
	}
	rows := make([]Holiday, 0, len(names))
	for d, of := range names {
		name := ""
		for i, n := range of {
			if i > 0 {
				name += " / "
			}
			name += n
		}
		rows = append(rows, Holiday{Date: d, Name: law.Text{language: name}, Status: status})
	}
	return rows, nil
}

// calObserved gives the date on which a holiday of a year is observed, the zero Date when it is not. The module answers with midnight
// in a zone of its own choice, of which only the date counts; a holiday that does not take place is the zero time, possibly shifted by
// the offset of a substitute day.
func calObserved(h *cal.Holiday, year int) (Date, error) {
	_, observed := h.Calc(year)
	y, m, d := observed.Date()
	if h.Func == nil || y <= 1 {
		return Date{}, nil
	}
	if y < year-1 || y > year+1 {
		return Date{}, fmt.Errorf("calendar: holidays of cal/v2: %q of %d is observed on %s", h.Name, year, observed.Format(time.DateOnly))
	}
	return MakeDate(y, m, d)
}

// Cal gives the published rows for github.com/rickar/cal/v2: one of its holidays for each name, without a rule for substitutes, because
// the dates are those observed. It answers for the years First to Last only. That module compares the pointers of a calendar's
// Locations and reads the date in the zone of each time it is asked about: leave Locations empty and convert the times.
func (h *Holidays) Cal() []*cal.Holiday {
	var list []*cal.Holiday
	dates := make(map[string]map[int]Date)
	for _, row := range h.rows {
		if row.Projected {
			continue
		}
		name, year := row.Name.In(), row.Date.Year()
		of := dates[name]
		for again := 2; of != nil && !of[year].IsZero(); again++ { // twice in one year
			name = fmt.Sprintf("%s (%d)", row.Name.In(), again)
			of = dates[name]
		}
		if of == nil {
			of = make(map[int]Date)
			dates[name] = of
			list = append(list, &cal.Holiday{
				Name: name, Type: cal.ObservancePublic, StartYear: h.first.Year(), EndYear: h.last.Year(),
				Func: func(_ *cal.Holiday, year int) time.Time {
					y, m, d := of[year].Date()
					if y == 0 {
						return time.Time{}
					}
					return time.Date(y, m, d, 0, 0, 0, 0, cal.DefaultLoc)
				},
			})
		}
		of[year] = row.Date
	}
	return list
}
