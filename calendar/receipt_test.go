package calendar_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/calendar"
)

// An invented court in a zone with daylight saving, with another country's holidays.
func TestReceiveInAnInventedCourt(t *testing.T) {
	office := court(t)
	tests := []struct{ what, received, strict, kindly string }{
		{"open", "2026-03-02 11:00:00", "2026-03-02 11:00:00", "2026-03-02 11:00:00"},
		{"before opening", "2026-03-02 07:00:00", "2026-03-02 10:00:00", "2026-03-02 10:00:00"},
		{"lunch", "2026-03-02 13:30:00", "2026-03-02 14:00:00", "2026-03-02 13:30:00"},
		{"end of the morning", "2026-03-02 13:00:00", "2026-03-02 14:00:00", "2026-03-02 13:00:00"},
		{"closing instant", "2026-03-02 16:00:00", "2026-03-03 10:00:00", "2026-03-02 16:00:00"},
		{"a second after closing", "2026-03-02 16:00:01", "2026-03-03 10:00:00", "2026-03-03 10:00:00"},
		{"to a Wednesday", "2026-03-03 20:00:00", "2026-03-04 12:00:00", "2026-03-04 12:00:00"},
		{"late on a Wednesday", "2026-03-04 18:59:59", "2026-03-04 18:59:59", "2026-03-04 18:59:59"},
		{"weekend in which the clocks go forward", "2026-03-27 17:00:00", "2026-03-30 10:00:00", "2026-03-30 10:00:00"},
		{"weekend in which the clocks go back", "2026-10-23 17:00:00", "2026-10-27 10:00:00", "2026-10-27 10:00:00"},
		{"St Patrick's Day", "2026-03-17 11:00:00", "2026-03-18 12:00:00", "2026-03-18 12:00:00"},
		{"half day", "2026-12-24 12:30:00", "2026-12-28 10:00:00", "2026-12-28 10:00:00"},
		{"special closing day", "2026-07-01 13:00:00", "2026-07-02 10:00:00", "2026-07-02 10:00:00"},
		{"special opening day", "2026-07-04 09:30:00", "2026-07-04 09:30:00", "2026-07-04 09:30:00"},
		{"old hours", "2021-03-03 11:00:00", "2021-03-03 11:00:00", "2021-03-03 12:00:00"},
	}
	for _, tt := range tests {
		require.Equal(t, tt.strict, deemed(t, inReading(t, office, strictLunch), when(t, tt.received)), tt.what)
		require.Equal(t, tt.kindly, deemed(t, inReading(t, office, kindly), when(t, tt.received)), tt.what)
	}
}

func TestReceiveIsSummerTimeOfTheDay(t *testing.T) {
	office := court(t)
	winter, err := office.Receive(time.Date(2026, 3, 2, 5, 0, 0, 0, time.UTC))
	require.NoError(t, err)
	require.Equal(t, time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC), winter.Deemed.UTC())
	summer, err := office.Receive(time.Date(2026, 7, 2, 5, 0, 0, 0, time.UTC))
	require.NoError(t, err)
	require.Equal(t, time.Date(2026, 7, 2, 9, 0, 0, 0, time.UTC), summer.Deemed.UTC())
}

func TestReceiveAllocatesNothing(t *testing.T) {
	office, err := court(t).With(calendar.Closure{ID: "flood", From: when(t, "2026-03-02 09:00:00")})
	require.NoError(t, err)
	instants := []time.Time{
		when(t, "2026-02-26 11:00:00"), when(t, "2026-02-26 17:00:00"), when(t, "2026-02-28 11:00:00"), when(t, "2026-03-02 11:00:00"),
	}
	var sink calendar.Receipt
	require.Zero(t, testing.AllocsPerRun(100, func() {
		for _, at := range instants {
			sink, _ = office.Receive(at)
		}
	}))
	require.True(t, sink.Pending)
}

func TestReceiveInAnHourThatTheClocksRepeatOrSkip(t *testing.T) {
	o := courtOptions(t)
	night := sessions("00:30", "01:30")
	o.Readings = []calendar.Reading{
		{Name: "night", Hours: []calendar.Hours{{Week: calendar.Week{night, night, night, night, night, night, night}}}},
		{Name: "kindly night", ClosingIn: true, Hours: []calendar.Hours{{Week: calendar.Week{night, night, night, night, night, night, night}}}},
	}
	office, err := calendar.NewOffice(o)
	require.NoError(t, err)
	utc := func(month time.Month, day, h, m int) time.Time {
		return time.Date(2026, month, day, h, m, 0, 0, time.UTC)
	}
	tests := []struct {
		what           string
		received, want time.Time
	}{
		// 29 March: 01:00 becomes 02:00, so that the night office is open from 00:30 to 01:00 only.
		{"before the gap", utc(3, 29, 0, 45), utc(3, 29, 0, 45)},
		{"the gap", utc(3, 29, 1, 0), utc(3, 29, 23, 30)},
		// 25 October: 02:00 becomes 01:00 (01:00 UTC), so that 01:00 to 01:30 comes twice.
		{"first time", utc(10, 25, 0, 15), utc(10, 25, 0, 15)},
		{"between the two", utc(10, 25, 0, 45), utc(10, 25, 1, 0)},
		{"second time", utc(10, 25, 1, 15), utc(10, 25, 1, 15)},
		{"after it, before a holiday", utc(10, 25, 1, 45), utc(10, 27, 0, 30)},
	}
	for _, tt := range tests {
		for _, reading := range []string{"night", "kindly night"} {
			r, err := inReading(t, office, reading).Receive(tt.received)
			require.NoError(t, err)
			require.Equal(t, tt.want, r.Deemed.UTC(), "%s, %s", tt.what, reading)
		}
	}
}

func TestOfficeThatNeverCloses(t *testing.T) {
	o := courtOptions(t)
	all := sessions("00:00", "24:00")
	o.Holidays = noHolidays(t)
	o.Special = nil
	o.Readings = []calendar.Reading{{Name: "always", Hours: []calendar.Hours{{Week: calendar.Week{all, all, all, all, all, all, all}}}}}
	office, err := calendar.NewOffice(o)
	require.NoError(t, err)
	for h := range 24 * 365 {
		at := time.Date(2026, 1, 1, h, 0, 0, 0, time.UTC)
		r, err := office.Receive(at)
		require.NoError(t, err)
		require.False(t, r.Moved())
	}
	days, err := office.Days(calendar.MustDate("2026-03-29"), calendar.MustDate("2026-03-29"))
	require.NoError(t, err)
	for day := range days {
		require.Len(t, day.Open, 1)
		require.Equal(t, 23*time.Hour, day.Open[0].Until.Sub(day.Open[0].From))
	}
}

func TestIsOpenAndNextOpening(t *testing.T) {
	office := court(t)
	open, err := office.IsOpen(when(t, "2026-03-02 11:00:00"))
	require.NoError(t, err)
	require.True(t, open)
	open, err = office.IsOpen(when(t, "2026-03-02 13:30:00"))
	require.NoError(t, err)
	require.False(t, open)
	for received, want := range map[string]string{
		"2026-03-02 09:00:00": "2026-03-02 10:00:00", "2026-03-02 10:00:00": "2026-03-02 14:00:00", "2026-03-02 15:00:00": "2026-03-03 10:00:00",
	} {
		next, err := office.NextOpening(when(t, received))
		require.NoError(t, err)
		require.Equal(t, when(t, want), next)
	}
	shut, err := office.With(calendar.Closure{ID: "flood", From: when(t, "2026-03-02 12:00:00")})
	require.NoError(t, err)
	_, err = shut.NextOpening(when(t, "2026-03-02 11:00:00"))
	require.ErrorIs(t, err, calendar.ErrPending)
	require.ErrorContains(t, err, "Ballymore Court Office, since 2026-03-02T12:00:00Z")
}

func noHolidays(t testing.TB) *calendar.Holidays {
	t.Helper()
	h, err := calendar.NewHolidays(calendar.HolidaysOptions{From: 2020, Until: 2030})
	require.NoError(t, err)
	return h
}
