package calendar_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/calendar"
)

func TestClock(t *testing.T) {
	for text, want := range map[string]calendar.Clock{
		"00:00": 0, "08:45": 8*3600 + 45*60, "17:30": 17*3600 + 30*60, "24:00": 86400, "23:59:59": 86399, "08:45:30": 8*3600 + 45*60 + 30,
	} {
		c, err := calendar.ParseClock(text)
		require.NoError(t, err)
		require.Equal(t, want, c)
		require.Equal(t, text, c.String())
		b, err := json.Marshal(c)
		require.NoError(t, err)
		var back calendar.Clock
		require.NoError(t, json.Unmarshal(b, &back))
		require.Equal(t, c, back)
	}
	for _, text := range []string{"", "8:45", "24:01", "24:00:00", "08:60", "08.45", "08:45:", "08:45:60", "08:45:30.5", " 08:45"} {
		_, err := calendar.ParseClock(text)
		require.Error(t, err, text)
	}
	_, err := calendar.Clock(-1).MarshalText()
	require.Error(t, err)
	_, err = calendar.Clock(86401).MarshalText()
	require.Error(t, err)
	require.Panics(t, func() { calendar.MustClock("noon") })
}

func FuzzParseClock(f *testing.F) {
	for _, s := range []string{"08:45", "24:00", "23:59:59", "", "1:2"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		c, err := calendar.ParseClock(s)
		if err != nil {
			return
		}
		require.True(t, c >= 0 && c <= 86400)
		again, err := calendar.ParseClock(c.String())
		require.NoError(t, err)
		require.Equal(t, c, again)
	})
}
