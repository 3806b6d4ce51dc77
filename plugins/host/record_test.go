package host

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestPausesGrow(t *testing.T) {
	l := Limits{}.withDefaults()
	require.Zero(t, pause(0, l))
	require.Zero(t, pause(1, l), "the first start after a death comes at once")
	for row, most := range map[int]time.Duration{2: 500 * time.Millisecond, 3: time.Second, 4: 2 * time.Second, 8: 30 * time.Second, 10000: 30 * time.Second} {
		for range 100 {
			d := pause(row, l)
			require.LessOrEqual(t, d, most)
			require.GreaterOrEqual(t, d, most*4/5-1)
		}
	}
}

func TestDeathsCountWithinTheWindow(t *testing.T) {
	l := Limits{Window: time.Minute}.withDefaults()
	now := time.Unix(1_800_000_000, 0)
	var r record
	for range 2 {
		require.False(t, r.died(now, 0, 3, l))
	}
	require.True(t, r.died(now, 0, 3, l), "the third of three")
	require.False(t, r.died(now.Add(time.Minute), 0, 3, l), "the others are too old")
	require.Len(t, r.deaths, 1)
}

func TestAGoodRunStartsOver(t *testing.T) {
	l := Limits{}.withDefaults()
	now := time.Unix(1_800_000_000, 0)
	var r record
	for range 5 {
		r.died(now, time.Second, 100, l)
	}
	require.True(t, r.next.After(now))
	r.died(now, time.Minute, 100, l)
	require.Equal(t, now, r.next)
}

// Whatever happens, a plugin is never started more often within a window than its budget, and never pauses for longer than the most.
func TestTheBudgetHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := Limits{Window: time.Hour}.withDefaults()
		budget := rapid.IntRange(1, 10).Draw(t, "budget")
		now := time.Unix(1_800_000_000, 0)
		var r record
		var starts []time.Time
		for range rapid.IntRange(1, 50).Draw(t, "deaths") {
			now = now.Add(time.Duration(rapid.Int64Range(0, int64(30*time.Minute)).Draw(t, "later")))
			over := r.died(now, time.Duration(rapid.Int64Range(0, int64(time.Hour)).Draw(t, "ran")), budget, l)
			starts = append(starts, now)
			within := 0
			for _, s := range starts {
				if now.Sub(s) < l.Window {
					within++
				}
			}
			require.Equal(t, within >= budget, over)
			require.False(t, r.next.Before(now))
			require.LessOrEqual(t, r.next.Sub(now), l.BackoffMax)
		}
	})
}

func TestTheCleanerNamesWhatItHides(t *testing.T) {
	clean, longest := newCleaner([]byte(`{"a":{"b/c":"verysecret"},"longer":"verysecret-and-more","list":["x",12345678,"line one is long\nline two is long","a&b<c>\"\\d"],"short":"abc"}`))
	for text, want := range map[string]string{
		"it is verysecret!":            "it is <config /a/b~1c>!",
		"verysecret-and-more":          "<config /longer>",
		"12345678 and abc":             "<config /list/1> and abc",
		"line two is long":             "<config /list/2>",
		`is a&b<c>"\d`:                 "is <config /list/3>",
		`"a\u0026b\u003cc\u003e\"\\d"`: `"<config /list/3>"`,
		`"a&b<c>\"\\d"`:                `"<config /list/3>"`,
		"nothing to hide in this":      "nothing to hide in this",
	} {
		require.Equal(t, want, clean(text))
	}
	require.Equal(t, len(`line one is long\nline two is long`), longest)
	for _, none := range []string{`{}`, `not json`} {
		clean, longest = newCleaner([]byte(none))
		require.Equal(t, "same", clean("same"))
		require.Zero(t, longest)
	}
}
