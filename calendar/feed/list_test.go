package feed_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/calendar"
	"courts.example/eservices/calendar/feed"
	"courts.example/eservices/icms/law"
)

// The holidays of these tests are invented.

func allDay(uid, day, summary string) feed.Event {
	d := calendar.MustDate(day)
	return feed.Event{UID: uid, Summary: summary, Day: d, Until: d.AddDays(1)}
}

func edition(language string, events ...feed.Event) feed.Edition {
	return feed.Edition{Language: language, Calendar: feed.Calendar{Product: "x", Events: events}}
}

func in2026(t testing.TB) feed.ListOptions {
	t.Helper()
	return feed.ListOptions{Today: calendar.MustDate("2026-06-01"), Least: 1, Status: law.Confirmed}
}

func TestListJoinsLanguages(t *testing.T) {
	regatta := allDay("2", "2027-08-01", "Regatta")
	regatta.Until = regatta.Until.AddDays(1)
	gone := allDay("3", "2026-04-01", "Gone")
	gone.Cancelled, gone.Stamp = true, time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)
	list, err := feed.NewList(in2026(t),
		edition("en", regatta, allDay("1", "2026-03-02", "Harbour Day"), gone),
		edition("ga", allDay("1", "2026-03-02", "Lá an Chuain"), allDay("a", "2027-08-01", "Geallta"), allDay("b", "2027-08-02", "Geallta")))
	require.NoError(t, err)
	row := func(date, en, ga string) calendar.Holiday {
		return calendar.Holiday{Date: calendar.MustDate(date), Name: law.Text{"en": en, "ga": ga}, Status: law.Confirmed}
	}
	require.Equal(t, feed.List{From: 2026, Until: 2027, Stamp: gone.Stamp, Rows: []calendar.Holiday{
		row("2026-03-02", "Harbour Day", "Lá an Chuain"), row("2027-08-01", "Regatta", "Geallta"), row("2027-08-02", "Regatta", "Geallta"),
	}}, list)
}

func TestListKeptOut(t *testing.T) {
	good, next := allDay("1", "2026-03-02", "Harbour Day"), allDay("2", "2027-03-01", "Harbour Day")
	timed := feed.Event{UID: "t", Summary: "Regatta", From: time.Unix(0, 0), To: time.Unix(1, 0)}
	long := allDay("l", "2026-05-01", "Lent")
	long.Until = long.Until.AddDays(31)
	old := good
	old.Stamp = time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)
	options := func(change func(*feed.ListOptions)) feed.ListOptions {
		o := in2026(t)
		change(&o)
		return o
	}
	same := options(func(*feed.ListOptions) {})
	for says, c := range map[string]struct {
		kind     error
		options  feed.ListOptions
		editions []feed.Edition
	}{
		"needs an edition":        {feed.ErrShape, same, nil},
		"not of whole days":       {feed.ErrShape, same, []feed.Edition{edition("en", good, timed)}},
		"no summary":              {feed.ErrShape, same, []feed.Edition{edition("en", allDay("1", "2026-03-02", ""))}},
		"or one that is no text":  {feed.ErrShape, same, []feed.Edition{edition("en", allDay("1", "2026-03-02", "a\x00"))}},
		"longer than 31 days":     {feed.ErrShape, same, []feed.Edition{edition("en", good, long)}},
		"is there twice":          {feed.ErrContradiction, same, []feed.Edition{edition("en", good, allDay("2", "2026-03-02", "Other"))}},
		"ga lists 2027-03-01":     {feed.ErrContradiction, same, []feed.Edition{edition("en", good), edition("ga", good, next)}},
		"ga does not list":        {feed.ErrContradiction, same, []feed.Edition{edition("en", good, next), edition("ga", good)}},
		"in the language en":      {feed.ErrContradiction, same, []feed.Edition{edition("en", good), edition("en", good)}},
		"lists no holiday":        {feed.ErrCutShort, same, []feed.Edition{edition("en")}},
		"0 holidays in 2027":      {feed.ErrCutShort, same, []feed.Edition{edition("en", good, allDay("3", "2028-03-01", "Harbour Day"))}},
		"1 holidays in 2026":      {feed.ErrCutShort, options(func(o *feed.ListOptions) { o.Least = 2 }), []feed.Edition{edition("en", good)}},
		"begins with 2027":        {feed.ErrCutShort, same, []feed.Edition{edition("en", next)}},
		"is read in 2027":         {feed.ErrLate, options(func(o *feed.ListOptions) { o.Today = next.Day }), []feed.Edition{edition("en", good)}},
		"made at 2025-01-01":      {feed.ErrLate, options(func(o *feed.ListOptions) { o.After = old.Stamp.Add(1) }), []feed.Edition{edition("en", old)}},
		"the date of today and a": {feed.ErrShape, feed.ListOptions{Today: next.Day}, []feed.Edition{edition("en", good)}},
	} {
		_, err := feed.NewList(c.options, c.editions...)
		require.ErrorIs(t, err, c.kind, says)
		require.ErrorContains(t, err, says)
	}
	_, err := feed.NewList(options(func(o *feed.ListOptions) { o.After = old.Stamp }), edition("en", old))
	require.NoError(t, err, "the same list again is not late")
}

// known has the lists of 2025 and 2026, and rules until 2028.
func known(t testing.TB) *calendar.Holidays {
	t.Helper()
	row := func(date, en string, status law.Status) calendar.Holiday {
		return calendar.Holiday{Date: calendar.MustDate(date), Name: law.Text{"en": en, "ga": "Lá"}, Status: status}
	}
	h, err := calendar.NewHolidays(calendar.HolidaysOptions{
		Version: "harbour.1", From: 2025, Until: 2026, RuleUntil: 2028,
		Rows: []calendar.Holiday{
			row("2025-03-01", "Harbour Day", law.Confirmed),
			row("2026-03-02", "Harbour’s  Day", law.Confirmed), row("2026-08-01", "Regatta", law.Confirmed),
		},
		Rule: func(year int) ([]calendar.Holiday, error) {
			first, err := calendar.MakeDate(year, time.March, 1)
			extra := calendar.Holiday{Date: first.AddDays(100), Name: law.Text{"en": "not named yet"}, Status: law.Inferred, Unnamed: true}
			return []calendar.Holiday{row(first.String(), "Harbour Day", law.Inferred), extra}, err
		},
	})
	require.NoError(t, err)
	return h
}

func TestCompare(t *testing.T) {
	list, err := feed.NewList(in2026(t), edition("en",
		allDay("1", "2026-03-02", "HARBOUR'S Day\u0080"), allDay("2", "2026-08-02", "Regatta"), allDay("3", "2026-01-01", "New Year"),
		allDay("4", "2027-03-01", "Bay Day"), allDay("5", "2027-06-09", "Named now"), allDay("6", "2028-03-02", "Harbour Day"),
		allDay("7", "2029-03-01", "Harbour Day")))
	require.NoError(t, err)
	c, err := feed.Compare(known(t), list)
	require.NoError(t, err)
	require.False(t, c.Agrees())
	require.Equal(t, 1, c.Agreed)
	require.Empty(t, c.Renamed)
	require.Equal(t, []string{
		"2026-01-01: the list has a holiday that is not known: New Year",
		"2026-08-01: the list lacks a holiday that is known: Regatta",
		"2026-08-02: the list has a holiday that is not known: Regatta",
	}, said(c.Contradictions))
	require.Len(t, c.Offered, 3)
	require.Equal(t, []string{"2027-03-01: the list calls Bay Day what is known as Harbour Day"}, said(c.Offered[0].Differences))
	require.Equal(t, []string{
		"2028-03-01: the list lacks a holiday that follows by rule: Harbour Day",
		"2028-03-02: the list has a holiday that is not known: Harbour Day",
		"2028-06-09: the list lacks a holiday that follows by rule: not named yet",
	}, said(c.Offered[1].Differences))
	require.Equal(t, 2029, c.Offered[2].Year)
	require.Empty(t, c.Offered[2].Differences, "nothing is known beyond the horizon")
	require.Len(t, c.Offered[2].Rows, 1)

	other, err := feed.NewList(in2026(t), edition("en", allDay("1", "2026-03-02", "Bay Day"), allDay("2", "2026-08-01", "Regatta")))
	require.NoError(t, err)
	c, err = feed.Compare(known(t), other)
	require.NoError(t, err)
	require.True(t, c.Agrees(), "another name is no contradiction")
	require.Equal(t, feed.Renamed, c.Renamed[0].Kind)

	early, err := feed.NewList(in2026(t), edition("en", allDay("1", "2024-03-01", "a"), allDay("2", "2025-03-01", "b"), allDay("3", "2026-03-02", "c")))
	require.NoError(t, err)
	_, err = feed.Compare(known(t), early)
	require.ErrorIs(t, err, feed.ErrShape)
}

func said(differences []feed.Difference) []string {
	var out []string
	for _, d := range differences {
		out = append(out, d.Text().In())
	}
	return out
}
