package hk

import (
	"slices"
	"time"

	"courts.example/eservices/calendar"
	"courts.example/eservices/icms/law"
)

// The years from which the substitutes for Lunar New Year and Mid-Autumn lie after the festival and not before it: the amendment of
// 2011 came into force on 24 February 2012, after Lunar New Year and before Mid-Autumn of that year.
const lunarNewYearAfter, midAutumnAfter = 2013, 2012

// day is a holiday that the rule has placed.
type day struct {
	date calendar.Date
	name string        // a key of the names
	why  string        // the holiday that it stands in for because that fell on a Sunday
	on   calendar.Date // that Sunday
}

// byRule gives the holidays of a year as the Schedule of Cap. 149 places them, with one additional day for every holiday that meets
// another one: the next day that is neither a Sunday nor a holiday.
func byRule(year int, f festivals, names map[string]law.Text) []calendar.Holiday {
	days := place(year, f)
	slices.SortStableFunc(days, func(a, b day) int { return a.date.Compare(b.date) })
	rows := make(map[calendar.Date]calendar.Holiday)
	var extra []calendar.Date // the dates on which a holiday met another one
	for _, d := range days {
		row := calendar.Holiday{Date: d.date, Name: names[d.name], Status: law.Inferred}
		if d.why != "" {
			row.InPlaceOf = inPlaceOf(names[d.why], d.on, nil)
		}
		if met, ok := rows[d.date]; ok {
			extra = append(extra, d.date)
			row.Name = both(met.Name, row.Name)
			if row.InPlaceOf == nil {
				row.InPlaceOf = met.InPlaceOf
			}
		}
		rows[d.date] = row
	}
	for _, met := range extra {
		date := met.AddDays(1)
		for _, taken := rows[date]; taken || date.Weekday() == time.Sunday; _, taken = rows[date] {
			date = date.AddDays(1)
		}
		rows[date] = calendar.Holiday{
			Date: date, Status: law.Inferred, Unnamed: true,
			Name: law.T("Additional general holiday, not named yet", "額外公眾假期（名稱尚未公布）"),
			InPlaceOf: law.T("two holidays meet on {date}: {names}", "兩個假日同為{date}：{names}").
				Fill(law.V("date", met), law.V("names", rows[met].Name)),
		}
	}
	out := make([]calendar.Holiday, 0, len(rows))
	for _, row := range rows {
		out = append(out, row)
	}
	slices.SortFunc(out, func(a, b calendar.Holiday) int { return a.Date.Compare(b.Date) })
	return out
}

func both(a, b law.Text) law.Text {
	return law.T("{a} and {b}", "{a}及{b}").Fill(law.V("a", a), law.V("b", b))
}

// place puts each holiday of the Schedule on its date, Sundays moved.
func place(year int, f festivals) []day {
	on := func(month time.Month, d int) calendar.Date {
		date, _ := calendar.MakeDate(year, month, d) // a fixed day that every year has
		return date
	}
	easter := easterSunday(year)
	days := []day{
		{date: easter.AddDays(-2), name: "good-friday"},
		{date: easter.AddDays(-1), name: "good-friday+1"},
		{date: easter.AddDays(1), name: "easter-monday"},
	}
	for _, d := range []day{
		{date: on(time.January, 1), name: "jan1"},
		{date: f.chingMing, name: "ching-ming"},
		{date: on(time.May, 1), name: "labour"},
		{date: f.buddha, name: "buddha"},
		{date: f.tuenNg, name: "tuen-ng"},
		{date: on(time.July, 1), name: "hksar"},
		{date: on(time.October, 1), name: "national"},
		{date: f.chungYeung, name: "chung-yeung"},
	} {
		if d.date.Weekday() == time.Sunday {
			d = day{date: d.date.AddDays(1), name: d.name + "+1", why: d.name, on: d.date}
		}
		days = append(days, d)
	}
	days = append(days, placeLunarNewYear(year, f.lunarNewYear)...)
	days = append(days, placeMidAutumn(year, f.midAutumn))
	return append(days, placeChristmas(on(time.December, 25))...)
}

func placeLunarNewYear(year int, first calendar.Date) []day {
	var days []day
	for i, name := range []string{"lny1", "lny2", "lny3"} {
		d := day{date: first.AddDays(i), name: name}
		if d.date.Weekday() == time.Sunday {
			d.why, d.on = name, d.date
			d.date, d.name = first.AddDays(3), "lny4"
			if year < lunarNewYearAfter {
				d.date, d.name = first.AddDays(-1), "lny-1"
			}
		}
		days = append(days, d)
	}
	return days
}

func placeMidAutumn(year int, festival calendar.Date) day {
	d := day{date: festival.AddDays(1), name: "mid-autumn+1"}
	if d.date.Weekday() != time.Sunday {
		return d
	}
	d.why, d.on = d.name, d.date
	d.date, d.name = festival.AddDays(2), "mid-autumn+2"
	if year < midAutumnAfter {
		d.date, d.name = festival, "mid-autumn"
	}
	return d
}

// placeChristmas gives Christmas Day and the first weekday after it; a Saturday is a weekday there.
func placeChristmas(christmas calendar.Date) []day {
	first := christmas.AddDays(1)
	switch time.Sunday {
	case christmas.Weekday():
		return []day{
			{date: first, name: "christmas-weekday1"},
			{date: first.AddDays(1), name: "christmas-weekday2", why: "christmas", on: christmas},
		}
	case first.Weekday():
		first = first.AddDays(1)
	}
	return []day{{date: christmas, name: "christmas"}, {date: first, name: "christmas-weekday1"}}
}

// easterSunday gives Easter Sunday of the Gregorian calendar, found by the ecclesiastical full moon: the golden number gives the moon's
// age, corrected for the leap days and the lunar months left out over the centuries.
func easterSunday(year int) calendar.Date {
	golden := year%19 + 1
	century := year/100 + 1
	leapDaysDropped := 3*century/4 - 12
	moonCorrection := (8*century+5)/25 - 5
	sunday := 5*year/4 - leapDaysDropped - 10
	epact := (11*golden + 20 + moonCorrection - leapDaysDropped) % 30
	if epact == 25 && golden > 11 || epact == 24 {
		epact++
	}
	full := 44 - epact
	if full < 21 {
		full += 30
	}
	march1, _ := calendar.MakeDate(year, time.March, 1) // every year has it
	return march1.AddDays(full + 7 - (sunday+full)%7 - 1)
}
