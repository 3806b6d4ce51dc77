package hk_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/calendar"
	calendarhk "courts.example/eservices/calendar/hk"
	"courts.example/eservices/icms/hk"
)

// TestAClosureForAWarningCountsWhileItLasts: a closure that goes into the hours of a second day takes both days out of a seven-day limit;
// one that ends with the opening of the next day takes one.
func TestAClosureForAWarningCountsWhileItLasts(t *testing.T) {
	court, err := hk.SmallClaims(hk.Options{})
	require.NoError(t, err)
	at := func(day, hour, minute int) time.Time {
		return time.Date(2026, 3, day, hour, minute, 0, 0, calendarhk.Zone())
	}
	event, err := calendar.ParseDate("2026-03-26")
	require.NoError(t, err)
	for name, tt := range map[string]struct {
		from, until time.Time
		last        string
	}{
		"none":               {last: "2026-04-09"},
		"one day":            {at(30, 7, 50), at(31, 8, 45), "2026-04-10"},
		"into a second day":  {at(30, 20, 0), at(31, 14, 0), "2026-04-13"},
		"over a night alone": {at(30, 20, 0), at(31, 8, 45), "2026-04-10"},
	} {
		t.Run(name, func(t *testing.T) {
			office := court.Registry
			if !tt.from.IsZero() {
				office, err = office.With(calendar.Closure{
					ID: "gale", Cause: calendarhk.GaleWarning, From: tt.from, Reopens: tt.until, Known: tt.from, Authority: "test",
				})
				require.NoError(t, err)
			}
			limits, err := court.Limits(office)
			require.NoError(t, err)
			expiry, err := limits.Expires(event, 7)
			require.NoError(t, err)
			require.Equal(t, tt.last, expiry.Date.String())
		})
	}
}
