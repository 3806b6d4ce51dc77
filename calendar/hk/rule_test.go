package hk

import (
	"testing"
	"time"

	"github.com/rickar/cal/v2"
	"github.com/stretchr/testify/require"

	"courts.example/eservices/calendar"
)

// The rule gives the published days of 1998 to 2027, apart from what was appointed for one year: all of the differences are listed here.
func TestRuleGivesThePublishedDays(t *testing.T) {
	names, err := loadNames()
	require.NoError(t, err)
	published, err := loadHolidays(names)
	require.NoError(t, err)
	years, err := loadFestivals()
	require.NoError(t, err)

	byYear := make(map[int]map[calendar.Date]calendar.Holiday)
	for _, row := range published {
		y := row.Date.Year()
		if byYear[y] == nil {
			byYear[y] = make(map[calendar.Date]calendar.Holiday)
		}
		byYear[y][row.Date] = row
	}
	onlyPublished := map[string]bool{
		"1998-08-17": true, "1998-10-02": true, // the Holidays (1997 and 1998) Ordinance still applied
		"1999-12-31": true, "2015-09-03": true, // appointed for one year
	}
	onlyByRule := map[string]bool{"1998-05-01": true, "1998-05-04": true} // Labour Day and the Buddha's Birthday began in 1999
	// where two holidays met, the names that the gazette gave are no matter of rule
	clashes := map[string]bool{
		"1999-04-05": true, "1999-04-06": true, "2010-04-05": true, "2010-04-06": true, "2012-10-01": true, "2012-10-02": true,
		"2015-04-06": true, "2015-04-07": true, "2021-04-05": true, "2021-04-06": true, "2026-04-06": true, "2026-04-07": true,
	}
	for y := firstYear; y <= lastYear; y++ {
		rule := make(map[calendar.Date]calendar.Holiday)
		for _, row := range byRule(y, years[y], names) {
			rule[row.Date] = row
			if onlyByRule[row.Date.String()] {
				delete(onlyByRule, row.Date.String())
				continue
			}
			want, ok := byYear[y][row.Date]
			require.True(t, ok, "%s by rule only: %s", row.Date, row.Name.In())
			if clashes[row.Date.String()] {
				delete(clashes, row.Date.String())
				continue
			}
			require.Equal(t, want.Name, row.Name, row.Date)
			require.Equal(t, want.InPlaceOf, row.InPlaceOf, row.Date)
			require.False(t, row.Unnamed)
		}
		for d, row := range byYear[y] {
			if _, ok := rule[d]; !ok {
				require.True(t, onlyPublished[d.String()], "%s published only: %s", d, row.Name.In())
				delete(onlyPublished, d.String())
			}
		}
	}
	require.Empty(t, onlyPublished)
	require.Empty(t, onlyByRule)
	require.Empty(t, clashes)
}

func TestFestivalTable(t *testing.T) {
	years, err := loadFestivals()
	require.NoError(t, err)
	require.Len(t, years, lastFestivals-firstYear+1)
	day := func(y int, m time.Month, d int) calendar.Date {
		date, err := calendar.MakeDate(y, m, d)
		require.NoError(t, err)
		return date
	}
	for y, f := range years {
		// a lunar month has 29 or 30 days, and a leap month may lie between two festivals
		require.True(t, !f.lunarNewYear.Before(day(y, 1, 21)) && !f.lunarNewYear.After(day(y, 2, 21)), y)
		for _, gap := range []struct {
			from, to calendar.Date
			months   int
			days     int
		}{
			{f.lunarNewYear, f.buddha, 3, 7}, {f.buddha, f.tuenNg, 1, -3}, {f.tuenNg, f.midAutumn, 3, 10}, {f.midAutumn, f.chungYeung, 1, -6},
		} {
			n := gap.to.Sub(gap.from) - gap.days
			ok := n >= gap.months*29 && n <= gap.months*30 || n >= (gap.months+1)*29 && n <= (gap.months+1)*30
			require.True(t, ok, "%d: %s to %s", y, gap.from, gap.to)
		}
		if y >= 2000 && y <= 2099 { // the formula of the solar terms for that century
			short := y % 100
			require.Equal(t, day(y, 4, int(0.2422*float64(short)+4.81)-short/4), f.chingMing)
		}
	}
}

func TestEaster(t *testing.T) {
	for y := 1900; y < 2300; y++ {
		want := cal.CalcEasterOffset(&cal.Holiday{}, y)
		require.Equal(t, want.Format(time.DateOnly), easterSunday(y).String())
	}
}

// Three holidays on one day give two more, each the next free one, and a Sunday is not free.
func TestCoincidences(t *testing.T) {
	names, err := loadNames()
	require.NoError(t, err)
	first := calendar.MustDate("2032-10-01") // a Friday
	f := festivals{
		lunarNewYear: calendar.MustDate("2032-02-11"), chingMing: calendar.MustDate("2032-04-04"), buddha: calendar.MustDate("2032-05-17"),
		tuenNg: first, midAutumn: first.AddDays(-1), chungYeung: first,
	}
	var dates []string
	for _, row := range byRule(2032, f, names) {
		if row.Date.Month() == time.October {
			dates = append(dates, row.Date.String())
			require.Equal(t, row.Date != first, row.Unnamed)
		}
	}
	require.Equal(t, []string{"2032-10-01", "2032-10-02", "2032-10-04", "2032-10-05"}, dates)
}
