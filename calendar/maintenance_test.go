package calendar_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/calendar"
)

func TestAvailability(t *testing.T) {
	planned := calendar.Maintenance{ID: "upgrade", From: when(t, "2026-03-07 22:00:00"), Until: when(t, "2026-03-08 06:00:00"), Known: when(t, "2026-02-20 12:00:00")}
	longer := planned
	longer.Until, longer.Known = when(t, "2026-03-08 09:00:00"), when(t, "2026-03-08 05:00:00")
	fault := calendar.Maintenance{ID: "fault", From: when(t, "2026-03-08 08:00:00"), Known: when(t, "2026-03-08 08:05:00")}
	called := calendar.Maintenance{ID: "called off", From: when(t, "2026-03-14 22:00:00"), Withdrawn: true}
	a, err := calendar.NewAvailability(longer, planned, called)
	require.NoError(t, err)
	later, err := a.With(fault)
	require.NoError(t, err)

	in := func(a calendar.Availability, at string) string {
		m, out := a.At(when(t, at))
		require.Equal(t, out, m.ID != "")
		return m.ID
	}
	require.Empty(t, in(a, "2026-03-07 21:59:59"))
	require.Equal(t, "upgrade", in(a, "2026-03-07 22:00:00"))
	require.Equal(t, "upgrade", in(a, "2026-03-08 08:30:00"))
	require.Empty(t, in(a, "2026-03-08 09:00:00"))
	require.Empty(t, in(a, "2026-03-14 23:00:00"))
	require.Equal(t, "fault", in(later, "2026-03-08 08:30:00"), "of two the one that ends last")
	require.Equal(t, "fault", in(later, "2027-01-01 00:00:00"))
	require.Empty(t, in(later.AsKnown(when(t, "2026-03-08 04:00:00")), "2026-03-08 06:00:00"))
	require.Equal(t, "upgrade", in(later.AsKnown(when(t, "2026-03-08 05:00:00")), "2026-03-08 06:00:00"))
	require.Empty(t, in(calendar.Availability{}, "2026-03-08 08:30:00"))

	next, ok := later.Next(when(t, "2026-03-07 22:00:01"))
	require.True(t, ok)
	require.Equal(t, "fault", next.ID)
	_, ok = later.Next(when(t, "2026-03-09 00:00:00"))
	require.False(t, ok)
	require.Len(t, later.Windows(), 2)
	_, err = later.With(calendar.Maintenance{ID: "x"})
	require.ErrorContains(t, err, `maintenance "x": it begins at`)
	_, err = calendar.NewAvailability(calendar.Maintenance{From: time.Unix(0, 0)})
	require.ErrorContains(t, err, "a maintenance has no ID")
}
