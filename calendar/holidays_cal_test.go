package calendar_test

import (
	"slices"
	"testing"
	"time"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/au"
	"github.com/rickar/cal/v2/de"
	"github.com/rickar/cal/v2/gb"
	"github.com/rickar/cal/v2/ie"
	"github.com/rickar/cal/v2/jp"
	"github.com/rickar/cal/v2/nz"
	"github.com/rickar/cal/v2/pl"
	"github.com/rickar/cal/v2/us"
	"github.com/stretchr/testify/require"

	"courts.example/eservices/calendar"
	"courts.example/eservices/icms/law"
)

func fromCal(t testing.TB, list []*cal.Holiday, from, until int) *calendar.Holidays {
	t.Helper()
	h, err := calendar.FromCal(list, calendar.CalOptions{From: from, Until: until})
	require.NoError(t, err)
	return h
}

// A date is a holiday exactly when that module, asked about each holiday alone, says that one is observed on it; and the table, given
// back to that module, answers the same.
func TestFromCalOfManyCountries(t *testing.T) {
	for name, list := range map[string][]*cal.Holiday{
		"au": au.HolidaysNSW, "de": de.HolidaysBY, "gb": gb.Holidays, "ie": ie.Holidays, "jp": jp.Holidays, "nz": nz.Holidays, "pl": pl.Holidays, "us": us.Holidays,
	} {
		table := fromCal(t, list, 2015, 2030)
		alone := make([]*cal.Calendar, len(list))
		for i, h := range list {
			alone[i] = &cal.Calendar{Holidays: []*cal.Holiday{h}}
		}
		back := &cal.Calendar{Holidays: table.Cal(), Cacheable: true}
		n := 0
		for d := calendar.MustDate("2015-01-01"); d.Year() <= 2030; d = d.AddDays(1) {
			y, m, day := d.Date()
			noon := time.Date(y, m, day, 12, 0, 0, 0, time.UTC)
			want := slices.ContainsFunc(alone, func(c *cal.Calendar) bool {
				_, observed, _ := c.IsHoliday(noon)
				return observed
			})
			row, got := table.On(d)
			require.Equal(t, want, got, "%s %s %s", name, d, row.Name.In())
			_, again, _ := back.IsHoliday(noon)
			require.Equal(t, want, again, "%s %s, given back", name, d)
			if got {
				n++
			}
		}
		require.Greater(t, n, 100, name)
	}
}

func on(t testing.TB, h *calendar.Holidays, date string) string {
	t.Helper()
	row, ok := h.On(calendar.MustDate(date))
	require.Equal(t, ok, row.Name != nil)
	return row.Name.In("xx")
}

func TestFromCalTraps(t *testing.T) {
	fixed := func(name string, m time.Month, d int, observed ...cal.AltDay) *cal.Holiday {
		return &cal.Holiday{Name: name, Month: m, Day: d, Observed: observed, Func: cal.CalcDayOfMonth}
	}
	back := cal.AltDay{Day: time.Saturday, Offset: -1}
	on2026 := func(name string, m time.Month, d int) *cal.Holiday {
		return &cal.Holiday{Name: name, Func: func(_ *cal.Holiday, year int) time.Time {
			if year != 2026 {
				return time.Time{}
			}
			return time.Date(year, m, d, 0, 0, 0, 0, time.UTC)
		}, Observed: []cal.AltDay{{Day: time.Monday, Offset: 1}}}
	}
	h := fromCal(t, []*cal.Holiday{
		// moved away from the day on which the second is observed: asked in this order, that module finds the first and says "no"
		{Name: "moved", Func: cal.CalcDayOfMonth, Month: time.April, Day: 6, Observed: []cal.AltDay{{Day: time.Monday, Offset: 1}}},
		{Name: "stays", Func: cal.CalcDayOfMonth, Month: time.April, Day: 6},
		fixed("new year", time.January, 1, back), // Saturday 1 January 2028 is observed on 31 December 2027
		fixed("twin a", time.June, 1), fixed("twin b", time.June, 1), fixed("twin a", time.June, 1),
		on2026("once", time.August, 4),
		{Name: "without a rule"},
		{Name: "ended", Func: cal.CalcDayOfMonth, Month: time.July, Day: 1, EndYear: 2026, Except: []int{2025}},
	}, 2025, 2027)
	require.Equal(t, "stays", on(t, h, "2026-04-06"))
	require.Equal(t, "moved", on(t, h, "2026-04-07"))
	require.Equal(t, "new year", on(t, h, "2027-12-31"))
	require.Equal(t, "new year", on(t, h, "2027-01-01"))
	require.Equal(t, "twin a / twin b", on(t, h, "2025-06-01"))
	require.Equal(t, "once", on(t, h, "2026-08-04"))
	require.Equal(t, "ended", on(t, h, "2026-07-01"))
	for _, date := range []string{"2025-07-01", "2027-07-01", "2025-08-04"} {
		require.Empty(t, on(t, h, date))
	}
}

func TestFromCalOptions(t *testing.T) {
	list := []*cal.Holiday{{Name: "Lá", Func: cal.CalcDayOfMonth, Month: time.June, Day: 1}}
	h, err := calendar.FromCal(list, calendar.CalOptions{
		Version: "v", From: 2026, Until: 2026, ProjectedUntil: 2027, Language: "ga", Status: law.Confirmed,
	})
	require.NoError(t, err)
	require.Equal(t, "v", h.Version())
	first, _ := h.On(calendar.MustDate("2026-06-01"))
	require.Equal(t, calendar.Holiday{Date: calendar.MustDate("2026-06-01"), Name: law.Text{"ga": "Lá"}, Status: law.Confirmed}, first)
	second, _ := h.On(calendar.MustDate("2027-06-01"))
	require.Equal(t, law.Inferred, second.Status)
	require.True(t, second.Projected)
	require.Len(t, h.Cal(), 1)
	_, observed := h.Cal()[0].Calc(2027)
	require.True(t, observed.IsZero(), "projected years are not given back")

	byDefault := fromCal(t, list, 2026, 2026)
	row, _ := byDefault.On(calendar.MustDate("2026-06-01"))
	require.Equal(t, law.Secondary, row.Status)

	_, err = calendar.FromCal([]*cal.Holiday{nil}, calendar.CalOptions{From: 2026, Until: 2026})
	require.ErrorContains(t, err, "the list has a nil holiday")
	strange := &cal.Holiday{Name: "strange", Func: func(_ *cal.Holiday, year int) time.Time { return time.Date(year+5, 1, 1, 0, 0, 0, 0, time.UTC) }}
	_, err = calendar.FromCal([]*cal.Holiday{strange}, calendar.CalOptions{From: 2026, Until: 2026})
	require.ErrorContains(t, err, `"strange" of 2025 is observed on 2030-01-01`)
	_, err = calendar.FromCal([]*cal.Holiday{strange}, calendar.CalOptions{From: 2026, Until: 2025, ProjectedUntil: 2030})
	require.Error(t, err)
	later := &cal.Holiday{Name: "later", Func: func(_ *cal.Holiday, year int) time.Time {
		if year < 2028 {
			return time.Time{}
		}
		return time.Date(year+5, 1, 1, 0, 0, 0, 0, time.UTC)
	}}
	_, err = calendar.FromCal([]*cal.Holiday{later}, calendar.CalOptions{From: 2026, Until: 2026, ProjectedUntil: 2027})
	require.ErrorContains(t, err, "holidays of 2027 by rule")
}

// Two holidays of one name in a year, such as a day celebrated twice, both come back.
func TestCalWithTheSameNameTwiceAYear(t *testing.T) {
	h, err := calendar.NewHolidays(calendar.HolidaysOptions{From: 2026, Until: 2027, Rows: []calendar.Holiday{
		holiday("2026-03-20", "Feast"), holiday("2026-09-20", "Feast"), holiday("2027-03-20", "Feast"),
	}})
	require.NoError(t, err)
	list := h.Cal()
	require.Len(t, list, 2)
	require.Equal(t, "Feast (2)", list[1].Name)
	_, observed := list[1].Calc(2026)
	require.Equal(t, "2026-09-20", observed.Format(time.DateOnly))
	_, observed = list[1].Calc(2027)
	require.True(t, observed.IsZero())
}
