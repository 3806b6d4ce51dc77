package hk_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/calendar"
	"courts.example/eservices/calendar/feed"
	"courts.example/eservices/calendar/hk"
	"courts.example/eservices/icms/law"
)

// The files testdata/published-* have the shape of the Government's calendar as published since 2025, and the general holidays of
// 2025 to 2027 by the Government's own lists; a curly apostrophe and the byte order mark are as published.

func published(t testing.TB, name string) string {
	t.Helper()
	b, err := os.ReadFile("testdata/published-" + name)
	require.NoError(t, err)
	return string(b)
}

func june2026() hk.PublishedOptions {
	return hk.PublishedOptions{Now: time.Date(2026, 6, 1, 12, 0, 0, 0, hk.Zone())}
}

func readHolidays(t testing.TB, text string) feed.Calendar {
	t.Helper()
	c, err := hk.ReadHolidaysJSON(strings.NewReader(text))
	require.NoError(t, err)
	return c
}

func TestPublishedHolidaysAgreeWithTheTable(t *testing.T) {
	english, chinese := readHolidays(t, published(t, "en.json")), readHolidays(t, published(t, "tc.json"))
	ical, err := hk.ReadHolidaysICal(strings.NewReader(published(t, "en.ics")))
	require.NoError(t, err)
	require.Equal(t, english.Events, ical.Events, "both forms say the same")
	list, err := hk.PublishedHolidays(english, chinese, june2026())
	require.NoError(t, err)
	require.Equal(t, time.Date(2026, 5, 6, 3, 27, 40, 0, time.UTC), list.Stamp)
	known, err := hk.Holidays()
	require.NoError(t, err)
	c, err := feed.Compare(known, list)
	require.NoError(t, err)
	require.Equal(t, feed.Comparison{Agreed: 51}, c)
}

// Of a calendar that says otherwise nothing is adopted: each date that differs is reported.
func TestPublishedHolidaysThatContradict(t *testing.T) {
	moved := strings.NewReplacer(`["20260407",{"value":"DATE"}],"dtend":["20260408"`, `["20260408",{"value":"DATE"}],"dtend":["20260409"`,
		"20260407@", "20260408@")
	english := readHolidays(t, moved.Replace(published(t, "en.json")))
	chinese := readHolidays(t, moved.Replace(published(t, "tc.json")))
	list, err := hk.PublishedHolidays(english, chinese, june2026())
	require.NoError(t, err)
	known, err := hk.Holidays()
	require.NoError(t, err)
	c, err := feed.Compare(known, list)
	require.NoError(t, err)
	require.Len(t, c.Contradictions, 2)
	require.Equal(t, "2026-04-07: the list lacks a holiday that is known: The day following Easter Monday", c.Contradictions[0].Text().In())
	require.Equal(t, "2026-04-08：名單載有未知的假日：復活節星期一翌日", c.Contradictions[1].Text().In("zh-Hant"))

	_, err = hk.PublishedHolidays(english, readHolidays(t, published(t, "tc.json")), june2026())
	require.ErrorIs(t, err, feed.ErrContradiction)
}

func TestPublishedHolidaysLateOrCutShort(t *testing.T) {
	english, chinese := readHolidays(t, published(t, "en.json")), readHolidays(t, published(t, "tc.json"))
	_, err := hk.PublishedHolidays(english, chinese, hk.PublishedOptions{Now: time.Date(2027, 12, 31, 16, 0, 0, 0, time.UTC)})
	require.ErrorIs(t, err, feed.ErrLate, "it is 2028 in Hong Kong")
	o := june2026()
	o.After = time.Date(2026, 5, 7, 0, 0, 0, 0, time.UTC)
	_, err = hk.PublishedHolidays(english, chinese, o)
	require.ErrorIs(t, err, feed.ErrLate)
	english.Events, chinese.Events = english.Events[:50], chinese.Events[:50]
	_, err = hk.PublishedHolidays(english, chinese, june2026())
	require.ErrorIs(t, err, feed.ErrCutShort)
	require.ErrorContains(t, err, "16 holidays in 2027, where at least 17 are expected")

	text := strings.TrimSpace(published(t, "en.json"))
	for i := 1; i < len(text); i += 37 {
		_, err := hk.ReadHolidaysJSON(strings.NewReader(text[:i]))
		var typed *feed.Error
		require.ErrorAs(t, err, &typed, "%d bytes", i)
		if i > 3 {
			require.ErrorIs(t, err, feed.ErrCutShort, "%d bytes", i)
		}
	}
}

func TestPublishedHolidaysOfAnotherShape(t *testing.T) {
	text := published(t, "en.json")
	change := func(old, new string) string {
		require.Contains(t, text, old)
		return strings.Replace(text, old, new, 1)
	}
	first := `{"dtstart":["20250101",{"value":"DATE"}]`
	twice := strings.Repeat(first+`,"dtend":["20250102",{"value":"DATE"}],"uid":"20250101x","summary":"x"},`, 2)
	for says, c := range map[string]struct {
		kind error
		text string
	}{
		"no JSON":                 {feed.ErrShape, "<html>"},
		"cannot unmarshal":        {feed.ErrShape, `{"vcalendar":{}}`},
		"0 calendars":             {feed.ErrShape, `{"error":"try later"}`},
		"follows the JSON":        {feed.ErrShape, text + "{}"},
		"scale \"LUNAR\"":         {feed.ErrShape, change("GREGORIAN", "LUNAR")},
		"\"dtstart\" twice":       {feed.ErrContradiction, change(first, `{"dtstart":[],`+first[1:])},
		"\"DTSTART\" twice":       {feed.ErrContradiction, change(first, first+`,"DTSTART":[]`)},
		"unknown field":           {feed.ErrShape, change(first, `{"rrule":"FREQ=DAILY",`+first[1:])},
		"not those of a date":     {feed.ErrShape, change(`{"value":"DATE"}`, `{"value":"DATE-TIME"}`)},
		"not a date and its":      {feed.ErrShape, change(`["20250101",{"value":"DATE"}]`, `["20250101"]`)},
		"not written like":        {feed.ErrShape, change(`["20250101",`, `["20250132",`)},
		"is not after":            {feed.ErrShape, change(`["20250102",`, `["20250101",`)},
		"is not that of":          {feed.ErrShape, change(`"20250101@`, `"20250102@`)},
		"is no instant":           {feed.ErrShape, change("20260506T032740Z", "yesterday")},
		"dtend: it is not":        {feed.ErrShape, change(`"dtend":["20250102",{"value":"DATE"}],`, "")},
		"two events with the uid": {feed.ErrContradiction, change(first, twice+first)},
		"more than 16 deep":       {feed.ErrTooLarge, strings.Repeat("[", 100)},
		"more than 20000 events":  {feed.ErrTooLarge, `{"vcalendar":[{"version":"2.0","calscale":"GREGORIAN","vevent":[1` + strings.Repeat(",1", feed.MaxEvents) + `]}]}`},
		"more than 4194304 bytes": {feed.ErrTooLarge, strings.Repeat(" ", feed.MaxBytes+1)},
	} {
		_, err := hk.ReadHolidaysJSON(strings.NewReader(c.text))
		require.ErrorIs(t, err, c.kind, says)
		require.ErrorContains(t, err, says)
	}
}

// offered gives the holidays of years as a comparison offers them: here those that the rule finds.
func offered(t testing.TB, years ...int) []feed.Year {
	t.Helper()
	known, err := hk.Holidays()
	require.NoError(t, err)
	var out []feed.Year
	for _, year := range years {
		y := feed.Year{Year: year}
		first, err := calendar.MakeDate(year, time.January, 1)
		require.NoError(t, err)
		for h := range known.Between(first, first.AddDays(364)) {
			h.Projected, h.Status = false, law.Confirmed
			y.Rows = append(y.Rows, h)
		}
		out = append(out, y)
	}
	return out
}

func TestAdoptHolidays(t *testing.T) {
	years := offered(t, 2028, 2029)
	h, err := hk.AdoptHolidays("hk-holidays-2029.1", years...)
	require.NoError(t, err)
	require.Equal(t, "2029-12-31", h.Last().String())
	require.Equal(t, "2100-12-31", h.Horizon().String())
	registry, err := hk.Registry(hk.Options{Holidays: h, Strict: true})
	require.NoError(t, err)
	receipt, err := registry.Receive(time.Date(2028, 12, 25, 9, 0, 0, 0, hk.Zone()))
	require.NoError(t, err)
	require.False(t, receipt.Projected)
	require.Equal(t, "2028-12-27", calendar.DateOf(receipt.Deemed, hk.Zone()).String())

	for says, adopt := range map[string]func() (*calendar.Holidays, error){
		"does not follow 2027": func() (*calendar.Holidays, error) { return hk.AdoptHolidays("v", years[1]) },
		"the year 2030 has a holiday": func() (*calendar.Holidays, error) {
			return hk.AdoptHolidays("v", years[0], years[1], feed.Year{Year: 2030, Rows: years[0].Rows})
		},
		"fewer than 17":           func() (*calendar.Holidays, error) { return hk.AdoptHolidays("v", feed.Year{Year: 2028}) },
		"does not tell the table": func() (*calendar.Holidays, error) { return hk.AdoptHolidays("", years...) },
	} {
		_, err := adopt()
		require.ErrorContains(t, err, says)
	}
	plain, err := hk.Holidays()
	require.NoError(t, err)
	_, err = hk.AdoptHolidays(plain.Version(), years...)
	require.ErrorContains(t, err, "does not tell the table")
}

func FuzzReadHolidaysJSON(f *testing.F) {
	f.Add(published(f, "en.json")[:1200])
	f.Add(`{"vcalendar":[{"version":"2.0","calscale":"GREGORIAN","vevent":[{"dtstart":["20250101",{"value":"DATE"}],` +
		`"dtend":["20250102",{"value":"DATE"}],"uid":"20250101","summary":"x"}]}]}`)
	f.Fuzz(func(t *testing.T, text string) {
		c, err := hk.ReadHolidaysJSON(strings.NewReader(text))
		if err != nil {
			var typed *feed.Error
			require.ErrorAs(t, err, &typed)
			return
		}
		for _, e := range c.Events {
			require.True(t, e.AllDay() && e.Day.Before(e.Until))
		}
	})
}
