package calendar_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/calendar"
	"courts.example/eservices/icms/law"
)

// What an office, a rule and a table were made of makes them again.
func TestOptionsMakeTheSameAgain(t *testing.T) {
	row := calendar.Holiday{Date: calendar.MustDate("2026-03-17"), Name: law.Text{"en": "Fair Day"}, Status: law.Confirmed}
	holidays, err := calendar.NewHolidays(calendar.HolidaysOptions{
		Version: "h.1", From: 2026, Until: 2026, Rows: []calendar.Holiday{row}, RuleUntil: 2027,
		Rule: func(int) ([]calendar.Holiday, error) {
			return []calendar.Holiday{{Date: calendar.MustDate("2027-03-17"), Name: row.Name, Status: law.Inferred}}, nil
		},
	})
	require.NoError(t, err)
	rows := holidays.Options().Rows
	require.Len(t, rows, 2)
	require.False(t, rows[0].Projected)
	require.True(t, rows[1].Projected)
	require.Equal(t, "h.1", holidays.Options().Version)

	day := []calendar.Session{{Opens: calendar.MustClock("09:00"), Closes: calendar.MustClock("17:00")}}
	var week calendar.Week
	week[time.Tuesday], week[time.Wednesday] = day, day
	office, err := calendar.NewOffice(calendar.OfficeOptions{
		Name: law.Text{"en": "Office"}, Zone: time.UTC, Holidays: holidays, Readings: []calendar.Reading{{Name: "plain", Hours: []calendar.Hours{{Week: week}}}},
	})
	require.NoError(t, err)
	closed := calendar.Closure{ID: "flood", From: time.Date(2026, 3, 18, 8, 0, 0, 0, time.UTC), Reopens: time.Date(2026, 3, 18, 12, 0, 0, 0, time.UTC)}
	office, err = office.With(closed)
	require.NoError(t, err)
	again, err := calendar.NewOffice(office.Options())
	require.NoError(t, err)
	at := time.Date(2026, 3, 17, 10, 0, 0, 0, time.UTC)
	want, err := office.Receive(at)
	require.NoError(t, err)
	got, err := again.Receive(at)
	require.NoError(t, err)
	require.Equal(t, want.Deemed, got.Deemed)
	require.Equal(t, "2026-03-18T12:00:00Z", got.Deemed.Format(time.RFC3339))

	limits, err := calendar.NewLimits(calendar.LimitsOptions{
		Name: law.Text{"en": "rule"}, Zone: time.UTC, Holidays: holidays, Short: 7, NotLast: calendar.DaySet{Holidays: true},
	})
	require.NoError(t, err)
	limits, err = limits.WithWarnings(calendar.Warning{ID: "storm", Kind: "red", From: at})
	require.NoError(t, err)
	require.Len(t, limits.Options().Warnings, 1)
	same, err := calendar.NewLimits(limits.Options())
	require.NoError(t, err)
	first, err := limits.Expires(calendar.MustDate("2026-03-10"), 7)
	require.NoError(t, err)
	second, err := same.Expires(calendar.MustDate("2026-03-10"), 7)
	require.NoError(t, err)
	require.Equal(t, first.Date, second.Date)
	require.Equal(t, "2026-03-18", second.Date.String())
}
