package tables

import (
	"fmt"
	"slices"
	"time"

	"courts.example/eservices/calendar"
	"courts.example/eservices/icms/law"
)

// holidays proves and compiles the table of holidays; nil when something is wrong with it.
func (b *builder) holidays(h *Holidays, n *node) *calendar.Holidays {
	if n == nil {
		return nil
	}
	b.years(h, n)
	o := calendar.HolidaysOptions{
		Version: b.version(h.Version), From: h.From, Until: h.Until, Rows: b.rows(h.Rows, n.member("rows"), h.From, h.Until), Provision: h.Provision,
	}
	if l := h.Later; l != nil {
		at := n.member("later")
		byYear := map[int][]calendar.Holiday{}
		for _, row := range b.rows(l.Rows, at.member("rows"), h.Until+1, l.Until) {
			byYear[row.Date.Year()] = append(byYear[row.Date.Year()], row)
		}
		b.rules(l.Rules, at.member("rules"))
		o.RuleUntil, o.RuleProvision = l.Until, l.Provision
		o.Rule = func(year int) ([]calendar.Holiday, error) { return byRules(year, byYear[year], l.Rules) }
	}
	if !b.clean(n) {
		return nil
	}
	made, err := calendar.NewHolidays(o)
	if err != nil {
		b.fail(n, "%v", err)
	}
	return made
}

// The years that a table may span, so that none is compiled for ever.
const (
	firstYear, lastYear = 1700, 2250
)

func (b *builder) years(h *Holidays, n *node) {
	if !b.clean(n.member("from")) || !b.clean(n.member("until")) {
		return
	}
	if h.From < firstYear || h.Until > lastYear || h.Until < h.From {
		b.fail(n, "the years covered run from %d to %d; they must follow each other within %d to %d", h.From, h.Until, firstYear, lastYear)
	}
	if later := n.member("later").member("until"); b.clean(later) && (h.Later.Until <= h.Until || h.Later.Until > lastYear) {
		b.fail(later, "must be after %d and at most %d", h.Until, lastYear)
	}
}

// rows proves dated rows one by one.
func (b *builder) rows(rows []Holiday, n *node, from, until int) []calendar.Holiday {
	out := make([]calendar.Holiday, len(rows))
	on := map[calendar.Date]int{}
	for i, row := range rows {
		at := n.members[i]
		first, twice := on[row.Date]
		switch {
		case !b.clean(at):
			continue
		case row.Date.IsZero() || row.Date.Year() < from || row.Date.Year() > until:
			b.fail(at, "the date %s lies outside the years %d to %d", row.Date, from, until)
		case twice:
			b.fail(at, "%s is listed before, as row %d; join them in one row", row.Date, first)
		case row.Status == law.Unstated:
			b.fail(at, "does not say how certain it is")
		}
		on[row.Date] = i
		out[i] = calendar.Holiday{Date: row.Date, Name: row.Name, Status: row.Status, InPlaceOf: row.InPlaceOf, Unnamed: row.Unnamed}
	}
	return out
}

// rules proves the rules one by one.
func (b *builder) rules(rules []HolidayRule, n *node) {
	for i, rule := range rules {
		at := n.members[i]
		dated, counted := rule.Day != 0, rule.Weekday != nil || rule.Nth != 0
		easter := rule.Easter != nil
		switch {
		case !b.clean(at):
			continue
		case rule.Status == law.Unstated:
			b.fail(at, "does not say how certain it is")
		case rule.Month == 12 && len(rule.MovesFrom) > 0 && (rule.Day > 27 || rule.Nth == -1):
			b.fail(at, "may move into another year: write it as rows")
		case dated && !counted && !easter:
			// 29 February is taken as a day of leap years alone.
			if _, err := calendar.MakeDate(2024, time.Month(rule.Month), rule.Day); err != nil {
				b.fail(at, "%v", err)
			}
		case counted && !dated && !easter:
			if rule.Month < 1 || rule.Month > 12 || rule.Weekday == nil || rule.Nth == 0 || rule.Nth < -1 || rule.Nth > 4 {
				b.fail(at, "needs a month, a weekday, and nth from 1 to 4 or -1")
			}
		case easter && !dated && !counted && rule.Month == 0:
			if *rule.Easter < -80 || *rule.Easter > 200 {
				b.fail(at, "%d days after Easter is another season", *rule.Easter)
			}
		default:
			b.fail(at, "needs either month and day, or month, weekday and nth, or easter")
		}
		if days := slices.Clone(rule.MovesFrom); len(days) > 0 {
			slices.Sort(days)
			if len(slices.Compact(days)) == 7 {
				b.fail(at, "moves from every day of the week")
			}
		}
	}
}

// byRules gives the rows of a year, and the days that the rules add: those that stay first, then those that move, in the order of the rules. Holidays
// of one date become one row.
func byRules(year int, rows []calendar.Holiday, rules []HolidayRule) ([]calendar.Holiday, error) {
	out := slices.Clone(rows)
	add := func(d calendar.Date, rule HolidayRule, in law.Text) {
		i := slices.IndexFunc(out, func(h calendar.Holiday) bool { return h.Date == d })
		if i < 0 {
			out = append(out, calendar.Holiday{Date: d, Name: rule.Name, Status: rule.Status, InPlaceOf: in})
			return
		}
		out[i].Name, out[i].Status = joined(out[i].Name, rule.Name), min(out[i].Status, rule.Status)
	}
	var moved []HolidayRule
	for _, rule := range rules {
		d, ok := rule.date(year)
		switch {
		case !ok:
		case slices.Contains(rule.MovesFrom, Weekday(d.Weekday())):
			moved = append(moved, rule)
		default:
			add(d, rule, nil)
		}
	}
	for _, rule := range moved {
		d, _ := rule.date(year)
		to := d
		for slices.Contains(rule.MovesFrom, Weekday(to.Weekday())) || slices.ContainsFunc(out, func(h calendar.Holiday) bool { return h.Date == to }) {
			to = to.AddDays(1)
		}
		if to.Year() != year {
			return nil, fmt.Errorf("%s moves from %s into another year: write it as rows", rule.Name.In(), d)
		}
		add(to, rule, law.T("{name}, which fell on {date}", "{name}（{date}）").Fill(law.V("name", rule.Name), law.V("date", d)))
	}
	return out, nil
}

// joined joins two names in every language that either has; in one that the other lacks it is called as law.Text.In says.
func joined(a, b law.Text) law.Text {
	out := law.Text{}
	for _, tag := range append(a.Tags(), b.Tags()...) {
		out[tag] = a.In(tag) + " / " + b.In(tag)
	}
	return out
}

// date gives the date of a rule in a year; false in a year that has none, or when it lies in another year.
func (h *HolidayRule) date(year int) (calendar.Date, bool) {
	var d calendar.Date
	var err error
	switch {
	case h.Easter != nil:
		d = easter(year).AddDays(*h.Easter)
	case h.Weekday == nil:
		d, err = calendar.MakeDate(year, time.Month(h.Month), h.Day)
	case h.Nth < 0:
		t := time.Date(year, time.Month(h.Month)+1, 0, 0, 0, 0, 0, time.UTC) // the last day of the month
		d = calendar.DateOf(t, time.UTC)
		d = d.AddDays(-int((7 + d.Weekday() - time.Weekday(*h.Weekday)) % 7))
	default:
		if d, err = calendar.MakeDate(year, time.Month(h.Month), 1); err == nil {
			d = d.AddDays(int((7+time.Weekday(*h.Weekday)-d.Weekday())%7) + 7*(h.Nth-1))
		}
	}
	return d, err == nil && d.Year() == year
}

// easter gives Easter Sunday of the Gregorian calendar by the method of Gauss in the form of Meeus, Jones and Butcher.
func easter(year int) calendar.Date {
	a, b, c := year%19, year/100, year%100
	d, e := b/4, b%4
	g := (8*b + 13) / 25
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 19*l) / 433
	month := (h + l - 7*m + 90) / 25
	day := (h + l - 7*m + 33*month + 19) % 32
	return calendar.DateOf(time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC), time.UTC)
}
