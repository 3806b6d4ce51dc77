package calendar_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/calendar"
)

func TestClosures(t *testing.T) {
	// each closure is "from reopens"; the received instants are of Monday 2 March 2026
	tests := []struct {
		what     string
		closures [][2]string
		received string
		strict   string
		kindly   string
	}{
		{"reopens within the hours", [][2]string{{"2026-03-02 09:00:00", "2026-03-02 11:20:00"}},
			"2026-03-02 10:30:00", "2026-03-02 11:20:00", "2026-03-02 11:20:00"},
		{"the reopening instant", [][2]string{{"2026-03-02 09:00:00", "2026-03-02 11:20:00"}},
			"2026-03-02 11:20:00", "2026-03-02 11:20:00", "2026-03-02 11:20:00"},
		{"the instant before it closes", [][2]string{{"2026-03-02 11:00:00", "2026-03-02 12:00:00"}},
			"2026-03-02 10:59:59", "2026-03-02 10:59:59", "2026-03-02 10:59:59"},
		{"the instant at which it closes", [][2]string{{"2026-03-02 11:00:00", "2026-03-02 12:00:00"}},
			"2026-03-02 11:00:00", "2026-03-02 12:00:00", "2026-03-02 12:00:00"},
		{"reopens in the lunch hour", [][2]string{{"2026-03-02 09:00:00", "2026-03-02 13:40:00"}},
			"2026-03-02 10:30:00", "2026-03-02 14:00:00", "2026-03-02 13:40:00"},
		{"reopens after the hours", [][2]string{{"2026-03-02 09:00:00", "2026-03-02 18:00:00"}},
			"2026-03-02 10:30:00", "2026-03-03 10:00:00", "2026-03-03 10:00:00"},
		{"reopens at the closing instant", [][2]string{{"2026-03-02 09:00:00", "2026-03-02 16:00:00"}},
			"2026-03-02 16:00:00", "2026-03-03 10:00:00", "2026-03-03 10:00:00"},
		{"closes at the closing instant", [][2]string{{"2026-03-02 16:00:00", "2026-03-02 17:00:00"}},
			"2026-03-02 16:00:00", "2026-03-03 10:00:00", "2026-03-03 10:00:00"},
		{"overlapping", [][2]string{{"2026-03-02 09:00:00", "2026-03-02 11:00:00"}, {"2026-03-02 10:30:00", "2026-03-02 12:00:00"}},
			"2026-03-02 10:00:00", "2026-03-02 12:00:00", "2026-03-02 12:00:00"},
		{"one inside another", [][2]string{{"2026-03-02 09:00:00", "2026-03-02 12:00:00"}, {"2026-03-02 10:00:00", "2026-03-02 11:00:00"}},
			"2026-03-02 10:15:00", "2026-03-02 12:00:00", "2026-03-02 12:00:00"},
		{"one after another", [][2]string{{"2026-03-02 11:00:00", "2026-03-02 12:00:00"}, {"2026-03-02 09:00:00", "2026-03-02 11:00:00"}},
			"2026-03-02 10:15:00", "2026-03-02 12:00:00", "2026-03-02 12:00:00"},
		{"two in a day", [][2]string{{"2026-03-02 10:00:00", "2026-03-02 10:30:00"}, {"2026-03-02 15:00:00", "2026-03-02 15:30:00"}},
			"2026-03-02 15:10:00", "2026-03-02 15:30:00", "2026-03-02 15:30:00"},
		{"over a weekend", [][2]string{{"2026-02-27 15:00:00", "2026-03-02 15:00:00"}},
			"2026-02-28 10:00:00", "2026-03-02 15:00:00", "2026-03-02 15:00:00"},
		{"on a closed day", [][2]string{{"2026-02-28 00:00:00", "2026-02-28 12:00:00"}},
			"2026-02-28 10:00:00", "2026-03-02 10:00:00", "2026-03-02 10:00:00"},
		{"until further notice", [][2]string{{"2026-03-02 09:00:00", ""}},
			"2026-03-02 10:30:00", "pending, 2026-03-02 14:00:00", "pending, 2026-03-03 10:00:00"},
		{"until further notice, before the opening", [][2]string{{"2026-03-02 08:00:00", ""}},
			"2026-03-02 07:00:00", "pending, 2026-03-02 10:00:00", "pending, 2026-03-02 10:00:00"},
		{"until further notice, later", [][2]string{{"2026-03-02 12:00:00", ""}},
			"2026-03-02 10:30:00", "2026-03-02 10:30:00", "2026-03-02 10:30:00"},
		{"until further notice, and another that is over on Tuesday", [][2]string{{"2026-03-02 09:00:00", ""}, {"2026-03-02 12:00:00", "2026-03-03 11:00:00"}},
			"2026-03-02 10:30:00", "pending, 2026-03-03 11:00:00", "pending, 2026-03-03 11:00:00"},
		{"twice until further notice", [][2]string{{"2026-03-02 11:00:00", ""}, {"2026-03-02 09:00:00", ""}},
			"2026-03-02 10:30:00", "pending, 2026-03-02 14:00:00", "pending, 2026-03-03 10:00:00"},
	}
	office := court(t)
	for _, tt := range tests {
		var closures []calendar.Closure
		for i, c := range tt.closures {
			closure := calendar.Closure{ID: string(rune('a' + i)), From: when(t, c[0])}
			if c[1] != "" {
				closure.Reopens = when(t, c[1])
			}
			closures = append(closures, closure)
		}
		closed, err := office.With(closures...)
		require.NoError(t, err)
		require.Equal(t, tt.strict, deemed(t, closed, when(t, tt.received)), tt.what)
		require.Equal(t, tt.kindly, deemed(t, inReading(t, closed, kindly), when(t, tt.received)), tt.what)
		require.Equal(t, deemed(t, office, when(t, "2026-02-24 11:00:00")), deemed(t, closed, when(t, "2026-02-24 11:00:00")))
	}
}

func TestClosureNotices(t *testing.T) {
	at := when(t, "2026-03-02 10:30:00")
	closed := calendar.Closure{ID: "storm", Cause: "storm", From: when(t, "2026-03-02 09:00:00"), Known: when(t, "2026-03-02 08:00:00")}
	reopens := closed
	reopens.Reopens, reopens.Known = when(t, "2026-03-02 15:10:00"), when(t, "2026-03-02 12:00:00")
	corrected := reopens
	corrected.Reopens, corrected.Known = when(t, "2026-03-02 15:20:00"), when(t, "2026-03-02 18:00:00")
	withdrawn := corrected
	withdrawn.Withdrawn, withdrawn.Known = true, when(t, "2026-03-05 09:00:00")
	other := calendar.Closure{ID: "flood", From: when(t, "2026-04-01 09:00:00"), Reopens: when(t, "2026-04-01 13:00:00")}

	office := court(t)
	for range 3 { // the order in which notices are handed over does not matter when they say when they became known
		notices := []calendar.Closure{withdrawn, reopens, closed, other, corrected}
		slices.Reverse(notices)
		all, err := office.With(notices...)
		require.NoError(t, err)
		require.Equal(t, "2026-03-02 10:30:00", deemed(t, all, at))
		require.Equal(t, []calendar.Closure{other}, all.Closures())
		for known, want := range map[string]string{
			"2026-03-02 07:59:59": "2026-03-02 10:30:00",
			"2026-03-02 08:00:00": "pending, 2026-03-02 14:00:00",
			"2026-03-02 12:00:00": "2026-03-02 15:10:00",
			"2026-03-02 18:00:00": "2026-03-02 15:20:00",
			"2026-03-05 09:00:00": "2026-03-02 10:30:00",
		} {
			require.Equal(t, want, deemed(t, all.AsKnown(when(t, known)), at), known)
		}
		again := all.AsKnown(when(t, "2026-03-02 08:00:00")).AsKnown(time.Time{})
		require.Equal(t, "2026-03-02 10:30:00", deemed(t, again, at))
	}

	step := office
	for _, n := range []calendar.Closure{closed, reopens} {
		before := step
		var err error
		step, err = step.With(n)
		require.NoError(t, err)
		require.Equal(t, "2026-03-02 10:30:00", deemed(t, office, at), "an earlier snapshot goes on answering as before")
		require.NotEqual(t, deemed(t, before, at), deemed(t, step, at))
	}
	require.Equal(t, "2026-03-02 15:10:00", deemed(t, step, at))
}

func TestNoticesOfTheSameInstant(t *testing.T) {
	a := calendar.Closure{ID: "storm", From: when(t, "2026-03-02 09:00:00"), Reopens: when(t, "2026-03-02 11:00:00")}
	b := a
	b.Reopens = when(t, "2026-03-02 12:00:00")
	office, err := court(t).With(a, b)
	require.NoError(t, err)
	require.Equal(t, "2026-03-02 12:00:00", deemed(t, office, when(t, "2026-03-02 10:30:00")), "the later in the list holds")
}

func TestClosureErrors(t *testing.T) {
	from := when(t, "2026-03-02 09:00:00")
	for want, c := range map[string]calendar.Closure{
		"has no ID": {From: from},
		`closure "x": it begins at 0001-01-01T00:00:00Z, which is no usable instant`:                {ID: "x"},
		`closure "x": it ends at 2026-03-02T09:00:00Z, not after it begins at 2026-03-02T09:00:00Z`: {ID: "x", From: from, Reopens: from},
		`closure "x": it ends at 2026-03-01T09:00:00Z, not after`:                                   {ID: "x", From: from, Reopens: from.AddDate(0, 0, -1)},
		`closure "x": it ends at 2526-03-02T09:00:00Z, which is no usable instant`:                  {ID: "x", From: from, Reopens: from.AddDate(500, 0, 0)},
	} {
		_, err := court(t).With(c)
		require.ErrorContains(t, err, want)
		o := courtOptions(t)
		o.Closures = []calendar.Closure{c}
		_, err = calendar.NewOffice(o)
		require.ErrorContains(t, err, want)
	}
}
