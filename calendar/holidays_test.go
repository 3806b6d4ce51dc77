package calendar_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/calendar"
	"courts.example/eservices/icms/law"
)

func text(s string) law.Text { return law.Text{law.English: s} }

func holiday(date, name string) calendar.Holiday {
	return calendar.Holiday{Date: calendar.MustDate(date), Name: text(name), Status: law.Confirmed}
}

func TestHolidays(t *testing.T) {
	h, err := calendar.NewHolidays(calendar.HolidaysOptions{
		Version: "v1", From: 2025, Until: 2026, RuleUntil: 2028,
		Rows: []calendar.Holiday{holiday("2026-05-01", "May Day"), holiday("2025-12-25", "Midwinter")},
		Rule: func(year int) ([]calendar.Holiday, error) {
			d, err := calendar.MakeDate(year, time.May, 1)
			return []calendar.Holiday{{Date: d, Name: text("May Day"), Status: law.Inferred}}, err
		},
	})
	require.NoError(t, err)
	require.Equal(t, "v1", h.Version())
	require.Equal(t, "2025-01-01 2026-12-31 2028-12-31", h.First().String()+" "+h.Last().String()+" "+h.Horizon().String())
	var dates []string
	for row := range h.Between(calendar.MustDate("2025-12-25"), calendar.MustDate("2028-05-01")) {
		dates = append(dates, row.Date.String())
		require.Equal(t, row.Date.Year() > 2026, row.Projected)
	}
	require.Equal(t, []string{"2025-12-25", "2026-05-01", "2027-05-01", "2028-05-01"}, dates)
	for range h.Between(calendar.MustDate("2025-12-25"), calendar.MustDate("2028-05-01")) {
		break
	}
	_, ok := h.On(calendar.MustDate("2026-05-02"))
	require.False(t, ok)

	more, err := h.With("v2", holiday("2026-06-01", "Jubilee"), holiday("2026-05-01", "Labour Day"), holiday("2027-06-01", "Jubilee"))
	require.NoError(t, err)
	require.Equal(t, "v2", more.Version())
	row, ok := more.On(calendar.MustDate("2026-05-01"))
	require.True(t, ok)
	require.Equal(t, "Labour Day", row.Name.In())
	require.Len(t, slices.Collect(more.Between(h.First(), h.Horizon())), 6)
	row, _ = h.On(calendar.MustDate("2026-05-01"))
	require.Equal(t, "May Day", row.Name.In(), "the table from which another is made does not change")
}

func TestHolidayErrors(t *testing.T) {
	type options = calendar.HolidaysOptions
	rule := func(rows []calendar.Holiday, err error) func(int) ([]calendar.Holiday, error) {
		return func(int) ([]calendar.Holiday, error) { return rows, err }
	}
	for want, o := range map[string]options{
		"years covered: calendar: there is no date with year 0":                      {},
		"the years covered run from 2026 back to 2025":                               {From: 2026, Until: 2025},
		`"May Day" on "2027-05-01" lies outside 2026-01-01 to 2026-12-31`:            {From: 2026, Until: 2026, Rows: []calendar.Holiday{holiday("2027-05-01", "May Day")}},
		`"May Day" on "" lies outside`:                                               {From: 2026, Until: 2026, Rows: []calendar.Holiday{{Name: text("May Day")}}},
		"the row of 2026-05-01 has no name":                                          {From: 2026, Until: 2026, Rows: []calendar.Holiday{holiday("2026-05-01", "")}},
		"the row of 2026-05-01 does not say how certain it is":                       {From: 2026, Until: 2026, Rows: []calendar.Holiday{{Date: calendar.MustDate("2026-05-01"), Name: text("x")}}},
		`2026-05-01 is listed twice, as "a" and as "b"; join them in one row`:        {From: 2026, Until: 2026, Rows: []calendar.Holiday{holiday("2026-05-01", "a"), holiday("2026-05-01", "b")}},
		"the rule reaches until 2025 and the rows until 2026":                        {From: 2026, Until: 2026, Rule: rule(nil, nil), RuleUntil: 2025},
		"holidays of 2027 by rule: no moon":                                          {From: 2026, Until: 2026, Rule: rule(nil, errors.New("no moon")), RuleUntil: 2027},
		`holidays of 2027 by rule: calendar: holidays: "x" on "2026-05-01" lies out`: {From: 2026, Until: 2026, Rule: rule([]calendar.Holiday{holiday("2026-05-01", "x")}, nil), RuleUntil: 2027},
	} {
		_, err := calendar.NewHolidays(o)
		require.ErrorContains(t, err, want)
	}
	h := noHolidays(t)
	_, err := h.With("v2", holiday("2031-05-01", "x"))
	require.ErrorContains(t, err, "lies outside 2020-01-01 to 2030-12-31")
	_, err = h.With("v2", holiday("2026-05-01", "x"), holiday("2026-05-01", "y"))
	require.ErrorContains(t, err, "listed twice")
}
