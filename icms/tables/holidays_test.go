package tables_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/ie"
	"github.com/rickar/cal/v2/us"
	"github.com/stretchr/testify/require"

	"courts.example/eservices/calendar"
	"courts.example/eservices/icms/law"
)

// withHolidays is the court of Ballymore with other later holidays: JSON rows and rules, until a year.
func withHolidays(t testing.TB, until int, rows, rules string) *calendar.Holidays {
	t.Helper()
	data := string(document(t, "ballymore.json"))
	from, to := strings.Index(data, `    "later": {`), strings.Index(data, `  "offices"`)
	later := fmt.Sprintf(`"later": {"until": %d, "provision": "holidays-act", "rows": [%s], "rules": [%s]}},`, until, rows, rules)
	return load(t, []byte(data[:from]+later+data[to:])).Registry.Holidays()
}

// of lists the dates of years in a table, with their names.
func of(h *calendar.Holidays, from, until int) []string {
	var out []string
	for d := range h.Between(calendar.MustDate(fmt.Sprintf("%d-01-01", from)), calendar.MustDate(fmt.Sprintf("%d-12-31", until))) {
		out = append(out, d.Date.String()+" "+d.Name.In())
	}
	return out
}

// The document's own rules are those of another author's module for the same country.
func TestRulesAreThoseOfAnotherAuthor(t *testing.T) {
	other, err := calendar.FromCal(ie.Holidays, calendar.CalOptions{Version: "ie", From: 2025, Until: 2026, ProjectedUntil: 2029, Provision: law.Provision{Instrument: "x", Status: law.Confirmed}})
	require.NoError(t, err)
	court := load(t, document(t, "ballymore.json"))
	var want, got []calendar.Holiday
	first, last := calendar.MustDate("2025-01-01"), calendar.MustDate("2029-12-31")
	for h := range other.Between(first, last) {
		h.Name = law.Text{"en": strings.ReplaceAll(h.Name.In(), "’", "'")}
		want = append(want, h)
	}
	for h := range court.Registry.Holidays().Between(first, last) {
		got = append(got, h)
	}
	require.Equal(t, want, got)
}

// Easter and the weekdays of months, for two centuries.
func TestRulesForTwoCenturies(t *testing.T) {
	h := withHolidays(t, 2227, "", `{"name": {"en": "GF"}, "status": "inferred", "easter": -2}, {"name": {"en": "TG"}, "status": "inferred", "month": 11, "weekday": "thursday", "nth": 4},
		{"name": {"en": "MD"}, "status": "inferred", "month": 5, "weekday": "monday", "nth": -1}`)
	goodFriday := &cal.Holiday{Name: "GF", Offset: -2, Func: cal.CalcEasterOffset}
	other, err := calendar.FromCal([]*cal.Holiday{goodFriday, us.ThanksgivingDay, us.MemorialDay}, calendar.CalOptions{Version: "x", From: 2027, Until: 2227})
	require.NoError(t, err)
	want, got := of(other, 2027, 2227), of(h, 2027, 2227)
	require.Len(t, got, 3*201)
	for i := range want {
		require.Equal(t, want[i][:10], got[i][:10])
	}
}

func TestHolidaysThatMove(t *testing.T) {
	weekend := `"movesFrom": ["saturday", "sunday"]`
	h := withHolidays(t, 2028, `{"date": "2027-12-29", "name": {"en": "Jubilee"}, "status": "assumed"}`, `
		{"name": {"en": "First"}, "status": "inferred", "month": 12, "day": 25, `+weekend+`},
		{"name": {"en": "Second"}, "status": "inferred", "month": 12, "day": 26, `+weekend+`},
		{"name": {"en": "Third"}, "status": "assumed", "month": 12, "day": 27},
		{"name": {"en": "Fair", "ga": "Aonach"}, "status": "inferred", "month": 12, "day": 27},
		{"name": {"en": "Leap"}, "status": "inferred", "month": 2, "day": 29}`)
	// 25 and 26 December 2027 are a weekend; Monday 27 is taken, and so is Wednesday 29.
	require.Equal(t, []string{"2027-12-27 Third / Fair", "2027-12-28 First", "2027-12-29 Jubilee", "2027-12-30 Second"}, of(h, 2027, 2027))
	require.Equal(t, []string{"2028-02-29 Leap", "2028-12-25 First", "2028-12-26 Second", "2028-12-27 Third / Fair"}, of(h, 2028, 2028))
	moved, ok := h.On(calendar.MustDate("2027-12-28"))
	require.True(t, ok)
	require.Equal(t, "First, which fell on 2027-12-25", moved.InPlaceOf.In())
	joined, ok := h.On(calendar.MustDate("2027-12-27"))
	require.True(t, ok)
	require.Equal(t, law.Assumed, joined.Status, "the weaker of the two")
	require.True(t, joined.Projected)
	require.Equal(t, law.Text{"en": "Third / Fair", "ga": "Third / Aonach"}, joined.Name, "a language that only the second name has")
}
