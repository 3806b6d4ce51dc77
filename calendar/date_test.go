package calendar_test

import (
	"encoding/json"
	"testing"
	"time"
	_ "time/tzdata" // zones with daylight saving, on any machine

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"courts.example/eservices/calendar"
)

func TestDateAgreesWithTime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		at := time.Unix(rapid.Int64Range(-62135596800, 253402300799).Draw(t, "unix"), 0).UTC()
		d := calendar.DateOf(at, time.UTC)
		if at.IsZero() {
			t.Skip()
		}
		y, m, day := at.Date()
		made, err := calendar.MakeDate(y, m, day)
		require.NoError(t, err)
		require.Equal(t, made, d)
		require.Equal(t, at.Weekday(), d.Weekday())
		require.Equal(t, at.Format(time.DateOnly), d.String())
		parsed, err := calendar.ParseDate(d.String())
		require.NoError(t, err)
		require.Equal(t, d, parsed)
		n := rapid.IntRange(-4000000, 4000000).Draw(t, "n")
		if moved := d.AddDays(n); !moved.IsZero() {
			require.Equal(t, n, moved.Sub(d))
			require.Equal(t, at.AddDate(0, 0, n).Format(time.DateOnly), moved.String())
			require.Equal(t, n < 0, moved.Before(d))
			require.Equal(t, n > 0, moved.After(d))
		}
	})
}

func TestDateRefusesWhatIsNoDate(t *testing.T) {
	for _, text := range []string{
		"", "2026", "2026-3-2", "2026-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "0000-01-01", "2026/03/02", "2026-03-02 ",
		"+026-03-02", "２０２６-03-02", "2026-03-0x", "2026-03--2",
	} {
		_, err := calendar.ParseDate(text)
		require.Error(t, err, text)
	}
	_, err := calendar.MakeDate(2027, time.February, 29)
	require.EqualError(t, err, "calendar: February 2027 has no day 29")
	require.Panics(t, func() { calendar.MustDate("tomorrow") })
}

func TestDateEdges(t *testing.T) {
	first, last := calendar.MustDate("0001-01-01"), calendar.MustDate("9999-12-31")
	require.True(t, first.AddDays(-1).IsZero())
	require.True(t, last.AddDays(1).IsZero())
	require.Equal(t, last, first.AddDays(last.Sub(first)))
	require.True(t, calendar.Date{}.AddDays(1).IsZero())
	require.True(t, calendar.Date{}.Before(first))
	require.Zero(t, calendar.Date{}.Year())
	require.Zero(t, calendar.Date{}.Month())
	require.Zero(t, calendar.Date{}.Day())
	require.Zero(t, first.Sub(calendar.Date{}))
	require.Empty(t, calendar.Date{}.String())
	require.True(t, calendar.DateOf(time.Time{}, time.UTC).IsZero())
	require.True(t, calendar.DateOf(time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC), time.UTC).IsZero())
	require.True(t, calendar.Date{}.Start(time.UTC).IsZero())
	require.Equal(t, []int{-1, 0, 1}, []int{first.Compare(last), first.Compare(first), last.Compare(first)})
}

func TestDateIsThatOfTheZone(t *testing.T) {
	at := time.Date(2026, 3, 1, 16, 30, 0, 0, time.UTC)
	require.Equal(t, "2026-03-02", calendar.DateOf(at, time.FixedZone("", 8*3600)).String())
	require.Equal(t, "2026-03-01", calendar.DateOf(at, time.UTC).String())
	require.Equal(t, "1969-12-31", calendar.DateOf(time.Unix(-1, 0), time.UTC).String())
}

// A date starts at the first instant that the zone's clocks give it, also where they skip or repeat midnight.
func TestDateStart(t *testing.T) {
	names := []string{"Asia/Hong_Kong", "Europe/Dublin", "America/Havana", "America/Asuncion", "America/Sao_Paulo", "Asia/Beirut",
		"Atlantic/Azores", "Australia/Lord_Howe", "UTC"}
	for _, name := range names {
		zone, err := time.LoadLocation(name)
		require.NoError(t, err)
		for d := calendar.MustDate("1999-01-01"); d.Year() < 2026; d = d.AddDays(1) {
			start := d.Start(zone)
			require.Equal(t, d, calendar.DateOf(start, zone), "%s %s", name, d)
			require.Equal(t, d.AddDays(-1), calendar.DateOf(start.Add(-1), zone), "%s %s", name, d)
		}
	}
	apia, err := time.LoadLocation("Pacific/Apia") // crossed the date line: 30 December 2011 never was
	require.NoError(t, err)
	require.Equal(t, calendar.MustDate("2011-12-31").Start(apia), calendar.MustDate("2011-12-30").Start(apia))
}

func TestDateText(t *testing.T) {
	type record struct {
		On    calendar.Date                    `json:"on"`
		Maybe calendar.Date                    `json:"maybe,omitzero"`
		By    map[calendar.Date]string         `json:"by"`
		Other map[string]map[calendar.Date]int `json:"other,omitempty"`
	}
	in := record{On: calendar.MustDate("2026-03-02"), By: map[calendar.Date]string{calendar.MustDate("2024-02-29"): "leap"}}
	b, err := json.Marshal(in)
	require.NoError(t, err)
	require.JSONEq(t, `{"on":"2026-03-02","by":{"2024-02-29":"leap"}}`, string(b))
	var out record
	require.NoError(t, json.Unmarshal(b, &out))
	require.Equal(t, in, out)
	require.NoError(t, json.Unmarshal([]byte(`{"on":""}`), &out))
	require.True(t, out.On.IsZero())
	require.ErrorContains(t, json.Unmarshal([]byte(`{"on":"2026-02-30"}`), &out), "February 2026 has no day 30")
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"2026-03-02", "0001-01-01", "9999-12-31", "2026-02-29", "", "20260302"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := calendar.ParseDate(s)
		want, wantErr := time.Parse(time.DateOnly, s)
		if err != nil {
			require.True(t, wantErr != nil || want.Year() < 1, "time reads %q", s)
			return
		}
		require.NoError(t, wantErr)
		require.Equal(t, s, d.String())
		require.Equal(t, want.Weekday(), d.Weekday())
	})
}
