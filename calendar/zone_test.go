package calendar_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/calendar"
	"courts.example/eservices/icms/law"
)

// A zone with daylight saving is known for as long as a table of holidays may reach, across the last days of leap years.
func TestOfficesPastTheZonesTable(t *testing.T) {
	for _, name := range []string{"Europe/Dublin", "America/New_York", "Australia/Sydney"} {
		zone, err := time.LoadLocation(name)
		require.NoError(t, err)
		holidays, err := calendar.NewHolidays(calendar.HolidaysOptions{Version: "none", From: 2039, Until: 2060})
		require.NoError(t, err)
		var week calendar.Week
		for d := range week {
			week[d] = []calendar.Session{{Opens: calendar.MustClock("09:00"), Closes: calendar.MustClock("17:00")}}
		}
		office, err := calendar.NewOffice(calendar.OfficeOptions{
			Name: law.Text{"en": "Office"}, Zone: zone, Holidays: holidays, Readings: []calendar.Reading{{Name: "plain", Hours: []calendar.Hours{{Week: week}}}},
		})
		require.NoError(t, err)
		for d := calendar.MustDate("2039-01-01"); d.Before(calendar.MustDate("2060-12-31")); d = d.AddDays(1) {
			y, m, day := d.Date()
			r, err := office.Receive(time.Date(y, m, day, 17, 30, 0, 0, zone))
			require.NoError(t, err)
			next := d.AddDays(1)
			y, m, day = next.Date()
			require.True(t, r.Deemed.Equal(time.Date(y, m, day, 9, 0, 0, 0, zone)), "%s %s: %s", name, d, r.Deemed)
		}
	}
}
