package calendar_test

import (
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"courts.example/eservices/calendar"
	"courts.example/eservices/icms/law"
)

// limitOptions is an invented rule: in a period of at most five days, weekends, holidays, days of storm and days on which the court is
// closed are left out; no period ends on one.
func limitOptions(t testing.TB) calendar.LimitsOptions {
	t.Helper()
	days := calendar.DaySet{Weekdays: []time.Weekday{time.Saturday, time.Sunday}, Holidays: true, Warnings: true, Closed: true}
	return calendar.LimitsOptions{
		Name: text("Rule 7"), Version: "rules.1", Zone: dublin(t), Holidays: irishHolidays(t), Short: 5, LeftOut: days, NotLast: days,
		Kinds:  map[string]calendar.Kind{"storm": {Name: text("red storm warning"), Provision: law.Provision{Instrument: "Rule 7(3)", Status: law.Confirmed}}},
		Office: court(t),
		Grounds: calendar.LimitGrounds{
			Event: law.Provision{Instrument: "Rule 7(1)", Status: law.Confirmed}, Short: law.Provision{Instrument: "Rule 7(2)", Status: law.Confirmed},
		},
	}
}

func limits(t testing.TB, o calendar.LimitsOptions) *calendar.Limits {
	t.Helper()
	l, err := calendar.NewLimits(o)
	require.NoError(t, err)
	return l
}

func expires(t testing.TB, l *calendar.Limits, event string, days int) string {
	t.Helper()
	e, err := l.Expires(calendar.MustDate(event), days)
	require.NoError(t, err)
	if e.Pending {
		require.True(t, e.Date.IsZero())
		return "pending, " + e.Regular.String()
	}
	require.True(t, e.Regular.IsZero())
	return e.Date.String()
}

func storm(t testing.TB, id, from, until string) calendar.Warning {
	w := calendar.Warning{ID: id, Kind: "storm", From: when(t, from)}
	if until != "" {
		w.Until = when(t, until)
	}
	return w
}

func TestExpires(t *testing.T) {
	flood := calendar.Closure{ID: "flood", From: when(t, "2026-03-03 09:00:00"), Reopens: when(t, "2026-03-03 16:00:00")}
	shower := calendar.Closure{ID: "shower", From: when(t, "2026-03-05 09:00:00"), Reopens: when(t, "2026-03-05 15:59:00")}
	tests := []struct {
		what     string
		event    string
		days     int
		warnings []calendar.Warning
		closures []calendar.Closure
		want     string
	}{
		{"short, over a weekend", "2026-02-26", 2, nil, nil, "2026-03-02"},
		{"short, five days", "2026-03-02", 5, nil, nil, "2026-03-09"},
		{"long, every day counts", "2026-03-02", 6, nil, nil, "2026-03-09"},
		{"long, ends on a holiday", "2026-03-10", 7, nil, nil, "2026-03-18"},
		{"short, over a holiday", "2026-03-16", 1, nil, nil, "2026-03-18"},
		{"from a day left out", "2026-03-01", 1, nil, nil, "2026-03-02"},
		{"a moment of storm", "2026-03-02", 1, []calendar.Warning{storm(t, "a", "2026-03-03 23:59:00", "2026-03-04 00:00:00")}, nil, "2026-03-04"},
		{"a storm over midnight", "2026-03-02", 1, []calendar.Warning{storm(t, "a", "2026-03-03 23:59:00", "2026-03-04 00:00:01")}, nil, "2026-03-05"},
		{"a kind that does not count", "2026-03-02", 1, []calendar.Warning{{ID: "a", Kind: "breeze", From: when(t, "2026-03-03 09:00:00")}}, nil, "2026-03-03"},
		{"a storm still in force, its first day", "2026-03-02", 1, []calendar.Warning{storm(t, "a", "2026-03-03 09:00:00", "")}, nil, "pending, 2026-03-04"},
		{"a storm still in force, after the period", "2026-03-02", 1, []calendar.Warning{storm(t, "a", "2026-03-04 09:00:00", "")}, nil, "2026-03-03"},
		{"closed through all its hours", "2026-03-02", 1, nil, []calendar.Closure{flood}, "2026-03-04"},
		{"closed for a part of them", "2026-03-04", 1, nil, []calendar.Closure{shower}, "2026-03-05"},
		{"closed until further notice, from before the opening", "2026-03-02", 1, nil,
			[]calendar.Closure{{ID: "x", From: when(t, "2026-03-03 09:00:00")}}, "pending, 2026-03-03"},
		{"closed until further notice, from after the opening", "2026-03-02", 1, nil,
			[]calendar.Closure{{ID: "x", From: when(t, "2026-03-03 10:01:00")}}, "2026-03-03"},
		{"special closing day", "2026-06-30", 1, nil, nil, "2026-07-02"},
		{"closed, on a weekend", "2026-02-27", 1, nil,
			[]calendar.Closure{{ID: "x", From: when(t, "2026-02-28 00:00:00"), Reopens: when(t, "2026-03-02 00:00:00")}}, "2026-03-02"},
	}
	for _, tt := range tests {
		o := limitOptions(t)
		o.Warnings = tt.warnings
		var err error
		o.Office, err = o.Office.With(tt.closures...)
		require.NoError(t, err)
		require.Equal(t, tt.want, expires(t, limits(t, o), tt.event, tt.days), tt.what)
	}
}

func TestLimitsAsKnown(t *testing.T) {
	l := limits(t, limitOptions(t))
	raised := storm(t, "a", "2026-03-03 09:00:00", "")
	raised.Known = when(t, "2026-03-03 09:00:00")
	lowered := storm(t, "a", "2026-03-03 09:00:00", "2026-03-04 06:00:00")
	lowered.Known = when(t, "2026-03-04 06:00:00")
	withdrawn := lowered
	withdrawn.Known, withdrawn.Withdrawn = when(t, "2026-03-06 00:00:00"), true
	flood := calendar.Closure{ID: "flood", From: when(t, "2026-03-05 09:00:00"), Reopens: when(t, "2026-03-05 16:00:00"), Known: when(t, "2026-03-05 08:00:00")}
	office, err := court(t).With(flood)
	require.NoError(t, err)
	with, err := l.WithWarnings(withdrawn, raised)
	require.NoError(t, err)
	with, err = with.WithWarnings(lowered)
	require.NoError(t, err)
	with, err = with.WithOffice(office)
	require.NoError(t, err)
	for known, want := range map[string]string{
		"2026-03-03 08:59:59": "2026-03-04",
		"2026-03-03 09:00:00": "pending, 2026-03-05",
		"2026-03-04 06:00:00": "2026-03-06",
		"2026-03-05 08:00:00": "2026-03-09",
		"2026-03-06 00:00:00": "2026-03-04",
	} {
		require.Equal(t, want, expires(t, with.AsKnown(when(t, known)), "2026-03-02", 2), known)
	}
	require.Equal(t, "2026-03-04", expires(t, with.AsKnown(when(t, "2026-03-03 09:00:00")).AsKnown(time.Time{}), "2026-03-02", 2))

	before, after := with.AsKnown(when(t, "2026-03-03 09:00:00")), with.AsKnown(when(t, "2026-03-05 08:00:00"))
	periods := []calendar.Period{{calendar.MustDate("2026-02-20"), 2}, {calendar.MustDate("2026-03-02"), 2}, {calendar.MustDate("2036-03-02"), 2}}
	changes := slices.Collect(calendar.ExpiryChanges(before, after, slices.Values(periods)))
	require.Len(t, changes, 1)
	require.True(t, changes[0].Before.Pending)
	require.Equal(t, "2026-03-09", changes[0].After.Date.String())
	for range calendar.ExpiryChanges(before, after, slices.Values(periods)) {
		break
	}
}

func TestLimitsHorizon(t *testing.T) {
	o := limitOptions(t)
	lenient := limits(t, o)
	o.Strict = true
	strict := limits(t, o)
	e, err := lenient.Expires(calendar.MustDate("2026-12-30"), 3)
	require.NoError(t, err)
	require.True(t, e.Projected)
	require.Equal(t, "2027-01-05", e.Date.String())
	_, err = strict.Expires(calendar.MustDate("2026-12-30"), 3)
	require.ErrorIs(t, err, calendar.ErrBeyondHorizon)
	require.ErrorContains(t, err, "Rule 7: the answer for 2026-12-30 needs a date outside 2020-01-01 to 2026-12-31: load the published holidays")
	e, err = strict.Expires(calendar.MustDate("2026-12-30"), 1)
	require.NoError(t, err)
	require.False(t, e.Projected)
	for _, l := range []*calendar.Limits{lenient, strict} {
		_, err = l.Expires(calendar.MustDate("2019-12-20"), 3)
		require.ErrorContains(t, err, "load a table that covers it")
		_, err = l.Expires(calendar.MustDate("2026-12-20"), 3652059)
		require.ErrorIs(t, err, calendar.ErrBeyondHorizon)
	}
	changes := slices.Collect(calendar.ExpiryChanges(lenient, strict, slices.Values([]calendar.Period{{calendar.MustDate("2026-12-30"), 3}})))
	require.ErrorIs(t, changes[0].Err, calendar.ErrBeyondHorizon)
	changes = slices.Collect(calendar.ExpiryChanges(strict, lenient, slices.Values([]calendar.Period{{calendar.MustDate("2026-12-30"), 3}})))
	require.ErrorIs(t, changes[0].Err, calendar.ErrBeyondHorizon)
	for _, bad := range []int{0, -1, 3652060} {
		_, err = lenient.Expires(calendar.MustDate("2026-12-30"), bad)
		require.ErrorContains(t, err, "can't be counted")
	}
	_, err = lenient.Expires(calendar.Date{}, 3)
	require.ErrorContains(t, err, "it needs a date")
	first, last := strict.Horizon()
	require.Equal(t, "2020-01-01 2026-12-31", first.String()+" "+last.String())
	require.Equal(t, "Rule 7", strict.Name().In())
}

func TestLimitsErrors(t *testing.T) {
	all := []time.Weekday{0, 1, 2, 3, 4, 5, 6}
	for want, change := range map[string]func(*calendar.LimitsOptions){
		"needs a name": func(o *calendar.LimitsOptions) { o.Name = nil },
		"Rule 7: a rule for time limits needs a zone": func(o *calendar.LimitsOptions) { o.Zone = nil },
		"needs a table of holidays":                   func(o *calendar.LimitsOptions) { o.Holidays = nil },
		"a short period can't have -1 days":           func(o *calendar.LimitsOptions) { o.Short = -1 },
		"but no office is given":                      func(o *calendar.LimitsOptions) { o.Office = nil },
		"every day of the week is left out":           func(o *calendar.LimitsOptions) { o.NotLast.Weekdays = all },
		`warning "a": it ends at 2026-03-03T09:00:00Z, not after`: func(o *calendar.LimitsOptions) {
			o.Warnings = []calendar.Warning{storm(t, "a", "2026-03-03 09:00:00", "2026-03-03 09:00:00")}
		},
	} {
		o := limitOptions(t)
		change(&o)
		_, err := calendar.NewLimits(o)
		require.ErrorContains(t, err, want)
	}
	l := limits(t, limitOptions(t))
	_, err := l.WithWarnings(calendar.Warning{})
	require.ErrorContains(t, err, "a warning has no ID")
	_, err = l.WithOffice(nil)
	require.ErrorContains(t, err, "no office is given")
}

// Whatever the warnings: no period ends on a day left out, a longer period never ends earlier, a later event never ends a period earlier,
// and a short period has as many counted days as it should.
func TestExpiryProperties(t *testing.T) {
	base := limitOptions(t)
	rapid.Check(t, func(t *rapid.T) {
		o := base
		o.Short = rapid.IntRange(0, 10).Draw(t, "short")
		first := calendar.MustDate("2026-01-01")
		left := map[calendar.Date]bool{}
		for i := range rapid.IntRange(0, 10).Draw(t, "warnings") {
			from := first.AddDays(rapid.IntRange(0, 80).Draw(t, "day")).Start(o.Zone).Add(time.Duration(rapid.IntRange(0, 86399).Draw(t, "second")) * time.Second)
			until := from.Add(time.Duration(rapid.IntRange(1, 200000).Draw(t, "seconds")) * time.Second)
			o.Warnings = append(slices.Clip(o.Warnings), calendar.Warning{ID: strconv.Itoa(i), Kind: "storm", From: from, Until: until})
			for d := calendar.DateOf(from, o.Zone); !d.After(calendar.DateOf(until.Add(-1), o.Zone)); d = d.AddDays(1) {
				left[d] = true
			}
		}
		l, err := calendar.NewLimits(o)
		require.NoError(t, err)
		out := func(d calendar.Date) bool {
			_, holiday := o.Holidays.On(d)
			return holiday || left[d] || d.Weekday() == time.Saturday || d.Weekday() == time.Sunday
		}
		event, days := first.AddDays(rapid.IntRange(0, 80).Draw(t, "event")), rapid.IntRange(1, 40).Draw(t, "days")
		e, err := l.Expires(event, days)
		require.NoError(t, err)
		require.False(t, out(e.Date))
		counted := 0
		for d := event.AddDays(1); !d.After(e.Date); d = d.AddDays(1) {
			if days > o.Short || !out(d) {
				counted++
			}
		}
		require.GreaterOrEqual(t, counted, days)
		if days <= o.Short {
			require.Equal(t, days, counted)
		}
		for d := event.AddDays(days); days > o.Short && d.Before(e.Date); d = d.AddDays(1) {
			require.True(t, out(d))
		}
		longer, err := l.Expires(event, days+1)
		require.NoError(t, err)
		require.True(t, days == o.Short || !longer.Date.Before(e.Date), "a longer period ends earlier")
		later, err := l.Expires(event.AddDays(1), days)
		require.NoError(t, err)
		require.False(t, later.Date.Before(e.Date))
		require.NotEmpty(t, e.Reason().Steps)
	})
}
