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

func TestOfficeErrors(t *testing.T) {
	d := calendar.MustDate
	hours := func(h ...calendar.Hours) []calendar.Reading { return []calendar.Reading{{Name: "r", Hours: h}} }
	weekOf := func(spans ...string) calendar.Week { return calendar.Week{time.Monday: sessions(spans...)} }
	for want, change := range map[string]func(*calendar.OfficeOptions){
		"an office needs a name":                         func(o *calendar.OfficeOptions) { o.Name = nil },
		"Ballymore Court Office: an office needs a zone": func(o *calendar.OfficeOptions) { o.Zone = nil },
		"needs a table of holidays":                      func(o *calendar.OfficeOptions) { o.Holidays = nil },
		"give at least one reading":                      func(o *calendar.OfficeOptions) { o.Readings = nil },
		"a reading has no name":                          func(o *calendar.OfficeOptions) { o.Readings = []calendar.Reading{{}} },
		`there are two readings "r"`: func(o *calendar.OfficeOptions) {
			o.Readings = append(hours(calendar.Hours{}), hours(calendar.Hours{})...)
		},
		`reading "r" has no hours`: func(o *calendar.OfficeOptions) { o.Readings = hours() },
		`the hours from 2026-05-01 end on 2026-05-01, before they begin`: func(o *calendar.OfficeOptions) {
			o.Readings = hours(calendar.Hours{From: d("2026-05-01"), Until: d("2026-05-01")})
		},
		`the hours from "2026-05-02" do not begin where the edition before ends ("2026-05-01")`: func(o *calendar.OfficeOptions) {
			o.Readings = hours(calendar.Hours{Until: d("2026-05-01")}, calendar.Hours{From: d("2026-05-02")})
		},
		`do not begin where the edition before ends ("")`: func(o *calendar.OfficeOptions) {
			o.Readings = hours(calendar.Hours{}, calendar.Hours{})
		},
		"Monday: session 10:00-10:00 closes before it opens": func(o *calendar.OfficeOptions) {
			o.Readings = hours(calendar.Hours{Week: weekOf("10:00", "10:00")})
		},
		"session 12:00-14:00 begins before the one that closes at 13:00 ends": func(o *calendar.OfficeOptions) {
			o.Readings = hours(calendar.Hours{Week: weekOf("10:00", "13:00", "12:00", "14:00")})
		},
		"session 22:00-26:00 leaves the day; split one that runs over midnight in two": func(o *calendar.OfficeOptions) {
			o.Readings = hours(calendar.Hours{Week: calendar.Week{{{Opens: 22 * 3600, Closes: 26 * 3600}}}})
		},
		"no usable date has both hours and holidays (2031-01-01 to 2030-12-31)": func(o *calendar.OfficeOptions) {
			o.Readings = hours(calendar.Hours{From: d("2031-01-01")})
		},
		`special day "2026-12-24" is given twice`: func(o *calendar.OfficeOptions) { o.Special = append(o.Special, o.Special[0]) },
		"special day 2026-12-25: session 10:00-09:00 closes": func(o *calendar.OfficeOptions) {
			o.Special = []calendar.SpecialDay{{Date: d("2026-12-25"), Sessions: sessions("10:00", "09:00")}}
		},
	} {
		o := courtOptions(t)
		change(&o)
		_, err := calendar.NewOffice(o)
		require.ErrorContains(t, err, want)
	}
	_, err := court(t).Reading("loose")
	require.EqualError(t, err, `calendar: Ballymore Court Office has no reading "loose"; it has ["strict lunch" "kindly"]`)
}

func TestOfficeDoesNotShareWhatItWasGiven(t *testing.T) {
	o := courtOptions(t)
	o.Closures = []calendar.Closure{{ID: "flood", From: when(t, "2026-03-02 09:00:00"), Reopens: when(t, "2026-03-02 11:00:00")}}
	office, err := calendar.NewOffice(o)
	require.NoError(t, err)
	o.Closures[0].Reopens = when(t, "2026-03-02 12:00:00")
	o.Readings[0].Hours[1].Week[time.Monday][0].Opens = 0
	o.Special[0].Sessions[0].Closes = 86400
	office.Closures()[0].From = time.Time{}
	require.Equal(t, "2026-03-02 11:00:00", deemed(t, office, when(t, "2026-03-02 10:00:00")))
	require.Equal(t, "2026-12-28 10:00:00", deemed(t, office, when(t, "2026-12-24 12:30:00")))
}

func TestOfficeSaysWhatItIs(t *testing.T) {
	office := court(t)
	require.Equal(t, "Oifig Chúirt an Bhaile Mhóir", office.Name().In("ga"))
	require.Equal(t, "Europe/Dublin", office.Zone().String())
	require.Equal(t, strictLunch, office.ReadingName())
	require.Equal(t, "ie-test", office.Holidays().Version())
	first, last := office.Horizon()
	require.Equal(t, "2020-01-01 2030-12-31", first.String()+" "+last.String())
}

func TestHorizon(t *testing.T) {
	lenient := court(t)
	o := courtOptions(t)
	o.Strict = true
	strict, err := calendar.NewOffice(o)
	require.NoError(t, err)

	for _, received := range []string{"2026-12-30 11:00:00", "2020-01-02 11:00:00"} {
		r, err := strict.Receive(when(t, received))
		require.NoError(t, err)
		require.False(t, r.Projected)
	}
	// the last instant of the data whose answer lies in the next year
	r, err := lenient.Receive(when(t, "2026-12-31 17:00:00"))
	require.NoError(t, err)
	require.True(t, r.Projected)
	require.Equal(t, "projected", r.Reason().Steps[len(r.Reason().Steps)-2].Code)
	for _, received := range []string{"2026-12-31 17:00:00", "2027-01-05 11:00:00", "1999-12-31 23:59:59", "0001-01-01 00:00:00", "9999-12-31 00:00:00"} {
		_, err := strict.Receive(when(t, received))
		require.ErrorIs(t, err, calendar.ErrBeyondHorizon, received)
		var beyond *calendar.HorizonError
		require.True(t, errors.As(err, &beyond))
		require.Equal(t, received[:3] == "202", beyond.Strict)
		_, err = strict.IsOpen(when(t, received))
		require.ErrorIs(t, err, calendar.ErrBeyondHorizon)
		_, err = strict.NextOpening(when(t, received))
		require.ErrorIs(t, err, calendar.ErrBeyondHorizon)
	}
	_, err = strict.Receive(when(t, "2027-01-05 11:00:00"))
	require.EqualError(t, err, "calendar: beyond the horizon: Ballymore Court Office: the answer for 2027-01-05T11:00:00Z needs a date outside "+
		"2020-01-01 to 2026-12-31: load the published holidays of that year, or leave the strict mode to have them projected by rule")
	_, err = lenient.Receive(when(t, "2031-01-05 11:00:00"))
	require.ErrorContains(t, err, "2020-01-01 to 2030-12-31: load a table that covers it")
	_, err = lenient.Receive(when(t, "2030-12-31 17:00:00"))
	require.ErrorIs(t, err, calendar.ErrBeyondHorizon)

	shut, err := lenient.With(calendar.Closure{ID: "flood", From: when(t, "2026-12-31 11:00:00")})
	require.NoError(t, err)
	r, err = shut.Receive(when(t, "2026-12-31 17:00:00"))
	require.NoError(t, err)
	require.True(t, r.Pending && r.Projected)
	_, err = shut.Receive(when(t, "2030-12-31 17:00:00"))
	require.ErrorIs(t, err, calendar.ErrBeyondHorizon)
}

func TestHoursBoundTheHorizon(t *testing.T) {
	o := courtOptions(t)
	o.Readings[0].Hours[0].From = calendar.MustDate("2021-06-01")
	o.Readings[0].Hours[1].Until = calendar.MustDate("2026-06-01")
	office, err := calendar.NewOffice(o)
	require.NoError(t, err)
	first, last := office.Horizon()
	require.Equal(t, "2021-06-01 2026-05-31", first.String()+" "+last.String())
	_, err = office.Receive(when(t, "2021-05-31 12:00:00"))
	require.ErrorIs(t, err, calendar.ErrBeyondHorizon)
}

func TestWithHolidays(t *testing.T) {
	office := inReading(t, court(t), kindly)
	at := when(t, "2026-03-02 11:00:00")
	known := when(t, "2026-02-01 00:00:00")
	closed, err := office.With(calendar.Closure{ID: "flood", From: when(t, "2026-03-03 00:00:00"), Reopens: when(t, "2026-03-03 12:00:00"), Known: known})
	require.NoError(t, err)
	more, err := office.Holidays().With("ie-test.2", holiday("2026-03-02", "Jubilee"))
	require.NoError(t, err)
	after, err := closed.WithHolidays(more)
	require.NoError(t, err)
	require.Equal(t, kindly, after.ReadingName())
	require.Equal(t, "2026-03-03 12:00:00", deemed(t, after, at))
	require.Equal(t, "2026-03-03 10:00:00", deemed(t, after.AsKnown(known.Add(-1)), at))
	before, err := closed.AsKnown(known.Add(-1)).WithHolidays(more)
	require.NoError(t, err)
	require.Equal(t, "2026-03-03 10:00:00", deemed(t, before, at))
	_, err = office.WithHolidays(nil)
	require.ErrorContains(t, err, "needs a table of holidays")

	var moved []string
	received := []time.Time{when(t, "2026-02-27 11:00:00"), when(t, "2026-02-27 18:00:00"), at, when(t, "2026-03-04 12:00:00"), when(t, "2031-03-04 12:00:00")}
	for c := range calendar.Changes(closed, after, slices.Values(received)) {
		require.NoError(t, c.Err)
		moved = append(moved, c.Before.Deemed.Format("01-02 15:04")+" > "+c.After.Deemed.Format("01-02 15:04"))
	}
	require.Equal(t, []string{"03-02 10:00 > 03-03 12:00", "03-02 11:00 > 03-03 12:00"}, moved)
}

func TestChangesOfAClosure(t *testing.T) {
	before := court(t)
	pending, err := before.With(calendar.Closure{ID: "flood", From: when(t, "2026-03-02 12:00:00")})
	require.NoError(t, err)
	reopened, err := pending.With(calendar.Closure{
		ID: "flood", From: when(t, "2026-03-02 12:00:00"), Reopens: when(t, "2026-03-02 15:10:00"), Known: when(t, "2026-03-02 15:00:00"),
	})
	require.NoError(t, err)
	received := []time.Time{when(t, "2026-03-02 11:00:00"), when(t, "2026-03-02 12:30:00"), when(t, "2026-03-02 15:30:00")}
	changes := slices.Collect(calendar.Changes(before, pending, slices.Values(received)))
	require.Len(t, changes, 2)
	require.True(t, changes[0].After.Pending && changes[1].After.Pending)
	changes = slices.Collect(calendar.Changes(pending, reopened, slices.Values(received)))
	require.Len(t, changes, 2)
	require.Equal(t, when(t, "2026-03-02 15:10:00"), changes[0].After.Deemed)
	require.Equal(t, when(t, "2026-03-02 15:30:00"), changes[1].After.Deemed)
	for range calendar.Changes(before, pending, slices.Values(received)) {
		break
	}

	o := courtOptions(t)
	o.Strict = true
	strict, err := calendar.NewOffice(o)
	require.NoError(t, err)
	late := slices.Values([]time.Time{when(t, "2027-03-02 11:00:00")})
	for _, pair := range [][2]*calendar.Office{{before, strict}, {strict, before}} {
		changes = slices.Collect(calendar.Changes(pair[0], pair[1], late))
		require.Len(t, changes, 1)
		require.ErrorIs(t, changes[0].Err, calendar.ErrBeyondHorizon)
	}
	require.Empty(t, slices.Collect(calendar.Changes(strict, strict, late)))
}

func TestDays(t *testing.T) {
	flood := calendar.Closure{ID: "flood", From: when(t, "2026-03-02 12:00:00"), Reopens: when(t, "2026-03-02 15:00:00")}
	storm := calendar.Closure{ID: "storm", From: when(t, "2026-03-20 11:00:00")}
	office, err := court(t).With(flood, storm)
	require.NoError(t, err)
	list := func(o *calendar.Office, from, to string) []string {
		days, err := o.Days(calendar.MustDate(from), calendar.MustDate(to))
		require.NoError(t, err)
		var out []string
		for d := range days {
			line := d.Date.String()
			for _, s := range d.Open {
				line += " " + s.From.Format("15:04") + "-" + s.Until.Format("15:04")
			}
			if d.Holiday != nil {
				line += " " + d.Holiday.Name.In()
			}
			for _, c := range d.Closures {
				line += " " + c.ID
			}
			if d.Special != nil {
				line += " " + d.Special.In()
			}
			if d.Projected {
				line += " projected"
			}
			out = append(out, line)
		}
		return out
	}
	require.Equal(t, []string{
		"2026-02-28", "2026-03-01", "2026-03-02 10:00-12:00 15:00-16:00 flood", "2026-03-03 10:00-13:00 14:00-16:00", "2026-03-04 12:00-19:00",
	}, list(office, "2026-02-28", "2026-03-04"))
	require.Equal(t, []string{"2026-03-17 Saint Patrick's Day", "2026-03-18 12:00-19:00", "2026-03-19 10:00-13:00 14:00-16:00", "2026-03-20 10:00-11:00 storm",
		"2026-03-21 storm"}, list(office, "2026-03-17", "2026-03-21"))
	kind := inReading(t, court(t), kindly)
	require.Equal(t, []string{"2026-12-24 10:00-12:00 Christmas Eve"}, list(kind, "2026-12-24", "2026-12-24"))
	require.Equal(t, []string{"2027-03-18 10:00-16:00 projected"}, list(kind, "2027-03-18", "2027-03-18"))

	for _, bad := range [][2]string{{"2019-12-31", "2020-01-05"}, {"2030-12-31", "2031-01-01"}} {
		_, err = office.Days(calendar.MustDate(bad[0]), calendar.MustDate(bad[1]))
		require.ErrorIs(t, err, calendar.ErrBeyondHorizon)
	}
	days, err := office.Days(calendar.MustDate("2026-03-02"), calendar.MustDate("2026-03-04"))
	require.NoError(t, err)
	for d := range days {
		require.Equal(t, law.Text(nil), d.Special)
		require.Len(t, d.Hours, 2)
		break
	}
}
