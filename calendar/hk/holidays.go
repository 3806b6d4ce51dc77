package hk

import (
	"fmt"

	"github.com/rickar/cal/v2"

	"courts.example/eservices/calendar"
	"courts.example/eservices/icms/law"
)

const (
	// firstYear and lastYear are the years of the holiday table, and lastFestivals the last year of the festivals.
	firstYear, lastYear, lastFestivals = 1998, 2027, 2100

	// holidaysVersion names the edition of the table; it changes with every change of a row.
	holidaysVersion = "hk-holidays-2027.1"
)

// Holidays gives the general holidays of Hong Kong other than Sundays: those of 1998 to 2027 as published, those up to 2100 by rule and
// marked as projected. A row is Confirmed when the Government's own list or notice was seen for it, else Secondary; a day by rule is
// Inferred. The name of a day that the law gives because two holidays meet is not known before it is gazetted: such a row is Unnamed.
func Holidays() (*calendar.Holidays, error) {
	names, err := loadNames()
	if err != nil {
		return nil, err
	}
	published, err := loadHolidays(names)
	if err != nil {
		return nil, err
	}
	years, err := loadFestivals()
	if err != nil {
		return nil, err
	}
	return calendar.NewHolidays(calendar.HolidaysOptions{
		Version:       holidaysVersion,
		From:          firstYear,
		Until:         lastYear,
		Rows:          published,
		Provision:     holidaysOrdinance(),
		RuleUntil:     lastFestivals,
		RuleProvision: holidaysByRule(),
		Rule: func(year int) ([]calendar.Holiday, error) {
			f, ok := years[year]
			if !ok {
				return nil, fmt.Errorf("calendar/hk: the table of festivals has no year %d", year)
			}
			return byRule(year, f, names), nil
		},
	})
}

// Cal gives the general holidays of 1998 to 2027 other than Sundays for github.com/rickar/cal/v2. Leave the Locations of the calendar
// that takes them empty, ask it only about times in Hong Kong's zone, and set its Cacheable: the list is long.
func Cal() ([]*cal.Holiday, error) {
	h, err := Holidays()
	if err != nil {
		return nil, err
	}
	return h.Cal(), nil
}

func loadNames() (map[string]law.Text, error) {
	text, err := table("names.txt")
	if err != nil {
		return nil, err
	}
	return readNames(text)
}

func loadFestivals() (map[int]festivals, error) {
	text, err := table("festivals.txt")
	if err != nil {
		return nil, err
	}
	return readFestivals(text)
}

func loadHolidays(names map[string]law.Text) ([]calendar.Holiday, error) {
	text, err := table("holidays.txt")
	if err != nil {
		return nil, err
	}
	rows, err := readRows(text)
	if err != nil {
		return nil, err
	}
	return resolve(rows, names)
}

// resolve gives the rows their names.
func resolve(rows []row, names map[string]law.Text) ([]calendar.Holiday, error) {
	on := make(map[calendar.Date]law.Text, len(rows))
	for _, r := range rows {
		if names[r.name] == nil {
			return nil, fmt.Errorf("calendar/hk: the holiday on %s has the name %.40q, which the names lack", r.date, r.name)
		}
		on[r.date] = names[r.name]
	}
	out := make([]calendar.Holiday, len(rows))
	for i, r := range rows {
		out[i] = calendar.Holiday{Date: r.date, Name: names[r.name], Status: r.status}
		switch {
		case r.why == "":
		case names[r.why] == nil:
			return nil, fmt.Errorf("calendar/hk: the holiday on %s stands in for %.40q, which the names lack", r.date, r.why)
		case r.on.IsZero():
			out[i].InPlaceOf = names[r.why]
		default:
			out[i].InPlaceOf = inPlaceOf(names[r.why], r.on, on[r.on])
		}
	}
	return out, nil
}

// inPlaceOf says which holiday a day stands in for: one that met a Sunday, or another holiday, on a date.
func inPlaceOf(name law.Text, on calendar.Date, other law.Text) law.Text {
	values := []law.Value{law.V("name", name), law.V("date", on), law.V("other", other)}
	if other == nil {
		return law.T("{name}, which fell on Sunday {date}", "{name}（{date}為星期日）").Fill(values...)
	}
	return law.T("{name}, which met another holiday on {date}: {other}", "{name}（{date}同為{other}）").Fill(values...)
}
