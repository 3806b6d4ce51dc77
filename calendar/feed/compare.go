package feed

import (
	"strings"
	"unicode"

	"courts.example/eservices/calendar"
)

// Comparison is what a published list says beside a table that is known. Nothing of it is in force: somebody looks at it, and what is
// right is put into a table by the one who keeps the table.
type Comparison struct {
	// Offered are the years of which the table has no published list, each whole, by year.
	Offered []Year
	// Contradictions are the dates on which list and table differ in a year of which the table has the published list, by date.
	Contradictions []Difference
	// Renamed are the dates in such years on which both have a holiday under different names, by date.
	Renamed []Difference
	// Agreed is the number of dates in such years on which both have a holiday.
	Agreed int
}

// Year is a year that a list offers.
type Year struct {
	Year int
	Rows []calendar.Holiday
	// Differences are what the table finds otherwise by rule, by date: a list with an unexpected holiday may be right, for the law lets one
	// be appointed, but somebody should know why. Empty when the table says nothing of the year.
	Differences []Difference
}

// DifferenceKind names how a list and a table differ on a date.
type DifferenceKind string

// The kinds of differences.
const (
	// Added: the list has a holiday that the table lacks.
	Added DifferenceKind = "added"
	// Missing: the list lacks a holiday that the table has.
	Missing DifferenceKind = "missing"
	// Renamed: both have a holiday, by different names.
	Renamed DifferenceKind = "renamed"
)

// Difference is a date on which a list and a table differ.
type Difference struct {
	Kind DifferenceKind
	Date calendar.Date
	// Known is the row of the table, nil when Added; Listed is that of the list, nil when Missing.
	Known  *calendar.Holiday
	Listed *calendar.Holiday
}

// Agrees reports whether the list says the same as the table on every date of which the table has a published list. Names may differ.
func (c *Comparison) Agrees() bool { return len(c.Contradictions) == 0 }

// Compare lays a list beside a table. A list that has years before the table begins is refused with ErrShape: it is none of this table.
func Compare(known *calendar.Holidays, list List) (Comparison, error) {
	if list.From < known.First().Year() {
		return Comparison{}, Refuse(ErrShape, "it lists %d, and the table begins with %d", list.From, known.First().Year())
	}
	var c Comparison
	rows := list.Rows
	for year := list.From; year <= list.Until; year++ {
		n := 0
		for n < len(rows) && rows[n].Date.Year() == year {
			n++
		}
		differences, agreed := compareYear(known, year, rows[:n])
		if year > known.Last().Year() {
			c.Offered = append(c.Offered, Year{Year: year, Rows: rows[:n:n], Differences: differences})
		} else {
			c.add(differences, agreed)
		}
		rows = rows[n:]
	}
	return c, nil
}

func (c *Comparison) add(differences []Difference, agreed int) {
	c.Agreed += agreed
	for _, d := range differences {
		if d.Kind == Renamed {
			c.Renamed = append(c.Renamed, d)
		} else {
			c.Contradictions = append(c.Contradictions, d)
		}
	}
}

// compareYear gives the differences by date, and the number of dates on which both have a holiday. Of a year beyond the table's
// horizon there is nothing to differ from.
func compareYear(known *calendar.Holidays, year int, listed []calendar.Holiday) (out []Difference, agreed int) {
	if year > known.Horizon().Year() {
		return nil, 0
	}
	first, _ := calendar.MakeDate(year, 1, 1) // every year has these two
	last, _ := calendar.MakeDate(year, 12, 31)
	for k := range known.Between(first, last) {
		for len(listed) > 0 && listed[0].Date.Before(k.Date) {
			out, listed = append(out, added(listed[0])), listed[1:]
		}
		switch {
		case len(listed) == 0 || listed[0].Date != k.Date:
			out = append(out, Difference{Kind: Missing, Date: k.Date, Known: &k})
			continue
		case !k.Unnamed && !sameName(&k, &listed[0]):
			l := listed[0]
			out = append(out, Difference{Kind: Renamed, Date: k.Date, Known: &k, Listed: &l})
		}
		agreed++
		listed = listed[1:]
	}
	for _, l := range listed {
		out = append(out, added(l))
	}
	return out, agreed
}

func added(l calendar.Holiday) Difference {
	return Difference{Kind: Added, Date: l.Date, Listed: &l}
}

// sameName reports whether two rows have the same name in every language that both have, but for capitals, spaces, characters that
// nobody sees and the form of apostrophes and dashes: publishers change them from year to year.
func sameName(a, b *calendar.Holiday) bool {
	for language, name := range a.Name {
		if other := b.Name[language]; other != "" && plain(name) != plain(other) {
			return false
		}
	}
	return true
}

func plain(name string) string {
	name = strings.Map(func(r rune) rune {
		switch {
		case r == '’' || r == '‘':
			return '\''
		case r == '–' || r == '—':
			return '-'
		case unicode.In(r, unicode.Cc, unicode.Cf) && !unicode.IsSpace(r):
			return -1
		}
		return unicode.ToLower(r)
	}, name)
	return strings.Join(strings.Fields(name), " ")
}
