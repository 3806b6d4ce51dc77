package calendar_test

import (
	"testing"
	"time"

	"github.com/rickar/cal/v2/ie"
	"github.com/stretchr/testify/require"

	"courts.example/eservices/calendar"
	"courts.example/eservices/icms/law"
)

// The court of these tests is invented: it sits in Dublin, whose clocks change twice a year, keeps Ireland's holidays as
// github.com/rickar/cal/v2 has them, opens late on Wednesdays and has a lunch hour.

const (
	strictLunch = "strict lunch"
	kindly      = "kindly"
)

func dublin(t testing.TB) *time.Location {
	t.Helper()
	z, err := time.LoadLocation("Europe/Dublin")
	require.NoError(t, err)
	return z
}

func irishHolidays(t testing.TB) *calendar.Holidays {
	t.Helper()
	h, err := calendar.FromCal(ie.Holidays, calendar.CalOptions{
		Version: "ie-test", From: 2020, Until: 2026, ProjectedUntil: 2030, Provision: law.Provision{Instrument: "Holidays Act", Status: law.Secondary},
	})
	require.NoError(t, err)
	return h
}

func sessions(spans ...string) []calendar.Session {
	var out []calendar.Session
	for i := 0; i < len(spans); i += 2 {
		out = append(out, calendar.Session{Opens: calendar.MustClock(spans[i]), Closes: calendar.MustClock(spans[i+1])})
	}
	return out
}

func week(day []calendar.Session, wednesday []calendar.Session) calendar.Week {
	return calendar.Week{
		time.Monday: day, time.Tuesday: day, time.Wednesday: wednesday, time.Thursday: day, time.Friday: day,
	}
}

func courtOptions(t testing.TB) calendar.OfficeOptions {
	t.Helper()
	rules := law.Provision{Instrument: "Court Rules", Status: law.Confirmed}
	oldHours := law.Provision{Instrument: "Notice of 2019", Status: law.Assumed}
	newHours := law.Provision{Instrument: "Notice of 2022", Status: law.Confirmed}
	switched := calendar.MustDate("2022-01-01")
	return calendar.OfficeOptions{
		Name:     law.Text{law.English: "Ballymore Court Office", "ga": "Oifig Chúirt an Bhaile Mhóir"},
		Version:  "ballymore.1",
		Zone:     dublin(t),
		Holidays: irishHolidays(t),
		Readings: []calendar.Reading{
			{Name: strictLunch, Hours: []calendar.Hours{
				{Until: switched, Week: week(sessions("10:00", "16:00"), sessions("10:00", "16:00")), Provision: oldHours},
				{From: switched, Week: week(sessions("10:00", "13:00", "14:00", "16:00"), sessions("12:00", "19:00")), Provision: newHours},
			}},
			{Name: kindly, Title: law.Text{law.English: "kindly, lunch and closing included"}, ClosingIn: true, Hours: []calendar.Hours{
				{Week: week(sessions("10:00", "13:00", "13:00", "14:00", "14:00", "16:00"), sessions("12:00", "19:00")), Provision: newHours},
			}},
		},
		Special: []calendar.SpecialDay{
			{Date: calendar.MustDate("2026-12-24"), Sessions: sessions("10:00", "12:00"), Title: law.Text{law.English: "Christmas Eve"}},
			{Date: calendar.MustDate("2026-07-01"), Title: law.Text{law.English: "Founders' Day"}},
			{Date: calendar.MustDate("2026-07-04"), Sessions: sessions("09:00", "11:00"), Title: law.Text{law.English: "Open Saturday"}},
		},
		Grounds: calendar.Grounds{Rule: rules},
	}
}

func court(t testing.TB) *calendar.Office {
	t.Helper()
	o, err := calendar.NewOffice(courtOptions(t))
	require.NoError(t, err)
	return o
}

func inReading(t testing.TB, o *calendar.Office, name string) *calendar.Office {
	t.Helper()
	out, err := o.Reading(name)
	require.NoError(t, err)
	return out
}

// when reads a local time of the court.
func when(t testing.TB, text string) time.Time {
	t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04:05", text, dublin(t))
	require.NoError(t, err)
	return at
}

func deemed(t testing.TB, o *calendar.Office, at time.Time) string {
	t.Helper()
	r, err := o.Receive(at)
	require.NoError(t, err)
	if r.Pending {
		require.True(t, r.Deemed.IsZero())
		return "pending, " + r.Regular.Format("2006-01-02 15:04:05")
	}
	require.True(t, r.Regular.IsZero())
	return r.Deemed.Format("2006-01-02 15:04:05")
}
