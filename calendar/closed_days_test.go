package calendar_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"courts.example/eservices/calendar"
)

// A day counts as closed exactly when the office has hours on it and is open in no minute of them, and nobody knows it yet when only a
// closure without an end makes it so.
func TestClosedDaysAgreeWithTheDefinition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		office, o := drawOffice(t)
		free, announced := o, o
		free.closures = nil
		announced.closures = slices.DeleteFunc(slices.Clone(o.closures), func(c calendar.Closure) bool { return c.Reopens.IsZero() })
		limits, err := calendar.NewLimits(calendar.LimitsOptions{
			Name: text("closed days"), Zone: o.zone, Holidays: office.Holidays(), Office: office, Short: 1, LeftOut: calendar.DaySet{Closed: true},
		})
		require.NoError(t, err)
		for range 10 {
			d := calendar.MustDate("2018-02-01").AddDays(rapid.IntRange(0, 300).Draw(t, "day"))
			var specialClosed bool
			for day := range days(t, office, d) {
				specialClosed = day.Holiday == nil && day.Special != nil && len(day.Hours) == 0
			}
			if specialClosed {
				continue // a closing day set in advance: see TestExpires
			}
			e, err := limits.Expires(d.AddDays(-1), 1)
			if err != nil {
				require.ErrorIs(t, err, calendar.ErrBeyondHorizon)
				continue
			}
			hasHours := anyMinute(free, d)
			closed := hasHours && !anyMinute(announced, d)
			unknown := hasHours && !closed && !anyMinute(o, d)
			if closed {
				require.True(t, e.Pending || e.Date.After(d), d)
				continue
			}
			require.Equal(t, unknown, e.Pending, d)
			if !unknown {
				require.Equal(t, d, e.Date)
			}
		}
	})
}

func days(t *rapid.T, office *calendar.Office, d calendar.Date) func(func(calendar.Day) bool) {
	list, err := office.Days(d, d)
	require.NoError(t, err)
	return list
}

// anyMinute reports whether the office is open in any minute of d.
func anyMinute(o oracle, d calendar.Date) bool {
	end := d.AddDays(1).Start(o.zone)
	for at := d.Start(o.zone); at.Before(end); at = at.Add(time.Minute) {
		if o.within(at) {
			return true
		}
	}
	return false
}
