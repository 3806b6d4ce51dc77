package hk_test

import (
	"slices"
	"testing"
	"time"

	"github.com/rickar/cal/v2"
	"github.com/stretchr/testify/require"

	"courts.example/eservices/calendar"
	"courts.example/eservices/calendar/hk"
	"courts.example/eservices/icms/law"
)

func holidays(t testing.TB) *calendar.Holidays {
	t.Helper()
	h, err := hk.Holidays()
	require.NoError(t, err)
	return h
}

func year(h *calendar.Holidays, y int) []calendar.Holiday {
	first, _ := calendar.MakeDate(y, time.January, 1)
	last, _ := calendar.MakeDate(y, time.December, 31)
	return slices.Collect(h.Between(first, last))
}

func TestHolidayTable(t *testing.T) {
	h := holidays(t)
	require.Equal(t, "1998-01-01 2027-12-31 2100-12-31", h.First().String()+" "+h.Last().String()+" "+h.Horizon().String())
	for y := 1998; y <= 2100; y++ {
		rows := year(h, y)
		want := 17
		if y == 1999 || y == 2015 { // one day of that year only
			want = 18
		}
		require.Len(t, rows, want, y)
		for _, row := range rows {
			require.NotEqual(t, time.Sunday, row.Date.Weekday(), row.Date)
			require.NotEmpty(t, row.Name[law.English])
			require.NotEmpty(t, row.Name[law.TraditionalChinese])
			require.Equal(t, y > 2027, row.Projected)
			require.Equal(t, row.InPlaceOf == nil, row.InPlaceOf.In() == "")
			require.True(t, !row.Unnamed || row.Projected)
			if row.Projected {
				require.Equal(t, law.Inferred, row.Status)
			}
		}
	}
}

func TestHolidayStatuses(t *testing.T) {
	h := holidays(t)
	for date, want := range map[string]law.Status{
		"2026-02-17": law.Confirmed, "2024-01-01": law.Confirmed, "2010-04-06": law.Confirmed, "1999-12-31": law.Confirmed, "2015-09-03": law.Confirmed,
		"2015-10-01": law.Secondary, "1998-08-17": law.Secondary, "2003-01-31": law.Secondary, "2028-01-01": law.Inferred,
	} {
		row, ok := h.On(calendar.MustDate(date))
		require.True(t, ok)
		require.Equal(t, want, row.Status, date)
	}
}

func TestHolidaysInPlaceOfOthers(t *testing.T) {
	h := holidays(t)
	for date, want := range map[string][2]string{
		"2026-04-06": {"The day following Ching Ming Festival", "Ching Ming Festival, which fell on Sunday 2026-04-05"},
		"2026-04-07": {"The day following Easter Monday", "Easter Monday, which met another holiday on 2026-04-06: The day following Ching Ming Festival"},
		"2027-02-09": {"The fourth day of Lunar New Year", "The second day of Lunar New Year, which fell on Sunday 2027-02-07"},
		"2012-10-02": {"The day following National Day", "National Day, which met another holiday on 2012-10-01: The day following the Chinese Mid-Autumn Festival"},
		"1999-12-31": {"Additional general holiday (31 December 1999)", "appointed for that year by L.N. 191 of 1999"},
		"2026-10-01": {"National Day", ""},
		"2033-10-01": {"National Day and Chung Yeung Festival", ""},
		"2033-10-03": {"Additional general holiday, not named yet", "two holidays meet on 2033-10-01: National Day and Chung Yeung Festival"},
	} {
		row, ok := h.On(calendar.MustDate(date))
		require.True(t, ok, date)
		require.Equal(t, want, [2]string{row.Name.In(), row.InPlaceOf.In()}, date)
	}
	row, _ := h.On(calendar.MustDate("2026-04-07"))
	require.Equal(t, "復活節星期一翌日", row.Name.In(law.TraditionalChinese))
	require.Equal(t, "復活節星期一（2026-04-06同為清明節翌日）", row.InPlaceOf.In(law.TraditionalChinese))
}

// The coincidences to come, whose extra days nobody has named yet.
func TestUnnamedDays(t *testing.T) {
	var unnamed []string
	h := holidays(t)
	for row := range h.Between(h.First(), calendar.MustDate("2060-12-31")) {
		if row.Unnamed {
			unnamed = append(unnamed, row.Date.String())
		}
	}
	require.Subset(t, unnamed, []string{"2033-10-03", "2037-04-07", "2048-04-07"})
}

// A calendar of cal/v2 with these holidays has exactly our days, in each zone of the machine that runs it.
func TestCal(t *testing.T) {
	list, err := hk.Cal()
	require.NoError(t, err)
	c := cal.NewBusinessCalendar()
	c.SetWorkday(time.Saturday, true)
	c.Cacheable = true
	c.AddHoliday(list...)
	h := holidays(t)
	for d := calendar.MustDate("1997-01-01"); d.Year() <= 2028; d = d.AddDays(1) {
		noon := d.Start(hk.Zone()).Add(12 * time.Hour)
		row, want := h.On(d)
		want = want && !row.Projected
		actual, observed, of := c.IsHoliday(noon)
		require.Equal(t, want, observed, d)
		require.Equal(t, want, actual, d)
		require.Equal(t, d.Weekday() != time.Sunday && !want, c.IsWorkday(noon), d)
		if want {
			require.Equal(t, row.Name.In(), of.Name)
		}
	}
}
