package feed_test

import (
	"bytes"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"courts.example/eservices/calendar"
	"courts.example/eservices/calendar/feed"
	"courts.example/eservices/icms/law"
)

// office is an invented office in Dublin, with a lunch hour, a half day and a day on which it is closed by order.
func office(t testing.TB, closures ...calendar.Closure) *calendar.Office {
	t.Helper()
	morning := calendar.Session{Opens: calendar.MustClock("09:00"), Closes: calendar.MustClock("12:00")}
	afternoon := calendar.Session{Opens: calendar.MustClock("13:00"), Closes: calendar.MustClock("17:00")}
	var week calendar.Week
	for d := time.Monday; d <= time.Friday; d++ {
		week[d] = []calendar.Session{morning, afternoon}
	}
	o, err := calendar.NewOffice(calendar.OfficeOptions{
		Name: law.T("Harbour Office", "港口辦事處"), Zone: dublin(t), Holidays: known(t),
		Readings: []calendar.Reading{{Name: "plain", Hours: []calendar.Hours{{Week: week}}}},
		Special: []calendar.SpecialDay{
			{Date: calendar.MustDate("2026-03-05"), Sessions: []calendar.Session{morning}, Title: law.T("Eve of the Regatta", "賽艇前夕")},
			{Date: calendar.MustDate("2026-03-06"), Title: law.T("Painting", "油漆")},
		},
		Closures: closures,
	})
	require.NoError(t, err)
	return o
}

func options() feed.ExportOptions {
	return feed.ExportOptions{
		Product: "-//Harbour//Office//EN", Domain: "harbour.example", Stamp: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC),
		Causes: map[calendar.Cause]law.Text{"storm": law.T("storm", "風暴")},
	}
}

func TestExport(t *testing.T) {
	storm := calendar.Closure{
		ID: "storm-1", Cause: "storm", From: time.Date(2026, 3, 3, 10, 0, 0, 500, time.UTC), Reopens: time.Date(2026, 3, 3, 14, 0, 0, 500, time.UTC),
	}
	flood := calendar.Closure{ID: "flood-1", Cause: "flood", From: time.Date(2026, 3, 9, 8, 0, 0, 0, time.UTC), Note: law.T("burst pipe", "水管爆裂")}
	o := office(t, storm, flood)
	from, to := calendar.MustDate("2026-03-01"), calendar.MustDate("2026-03-09")
	c, err := feed.Export(o, from, to, options())
	require.NoError(t, err)
	require.Equal(t, []string{
		"closed-2026-03-01 Harbour Office: closed (no opening hours on a Sunday) [CLOSED]",
		"closed-2026-03-02 Harbour Office: closed (Harbour’s  Day) [CLOSED]",
		"closure-storm-1 Harbour Office: closed (storm) [CLOSURE] 10:00:00-14:00:01",
		"open-2026-03-03-1 Harbour Office: open [OPEN] 09:00:00-10:00:00",
		"open-2026-03-03-2 Harbour Office: open [OPEN] 14:00:01-17:00:00",
		"open-2026-03-04-1 Harbour Office: open [OPEN] 09:00:00-12:00:00",
		"open-2026-03-04-2 Harbour Office: open [OPEN] 13:00:00-17:00:00",
		"open-2026-03-05-1 Harbour Office: open [OPEN SPECIAL-HOURS] 09:00:00-12:00:00",
		"closed-2026-03-06 Harbour Office: closed (Painting) [CLOSED SPECIAL-HOURS]",
		"closed-2026-03-07 Harbour Office: closed (no opening hours on a Saturday) [CLOSED]",
		"closed-2026-03-08 Harbour Office: closed (no opening hours on a Sunday) [CLOSED]",
		"closure-flood-1 Harbour Office: closed (burst pipe) [CLOSURE] 08:00:00-00:00:00",
		"closed-2026-03-09 Harbour Office: closed (burst pipe) [CLOSED]",
	}, titles(c))
	require.Contains(t, c.Events[3].Description, "closed from 2026-03-03 10:00:00.0000005 until")
	require.Equal(t, "hours of that day only: Eve of the Regatta", c.Events[7].Description)
	require.Contains(t, c.Events[12].Description, "until further notice: burst pipe")

	var b bytes.Buffer
	require.NoError(t, c.Write(&b))
	back, err := feed.Read(&b, feed.ReadOptions{})
	require.NoError(t, err)
	require.Equal(t, c, back)
}

func titles(c feed.Calendar) []string {
	var out []string
	for _, e := range c.Events {
		line := e.UID[:len(e.UID)-len("@harbour.example")] + " " + e.Summary + " ["
		for i, category := range e.Categories {
			if i > 0 {
				line += " "
			}
			line += category
		}
		line += "]"
		if !e.AllDay() {
			line += " " + e.From.Format(time.TimeOnly) + "-" + e.To.Format(time.TimeOnly)
		}
		out = append(out, line)
	}
	return out
}

func TestExportInChineseOfProjectedDays(t *testing.T) {
	opt := options()
	opt.Language = law.TraditionalChinese
	unstated := calendar.Closure{ID: "u", From: time.Date(2028, 3, 1, 10, 0, 0, 0, time.UTC), Reopens: time.Date(2028, 3, 1, 11, 0, 0, 0, time.UTC)}
	named := calendar.Closure{ID: "n", Cause: "fire", From: unstated.From, Reopens: unstated.Reopens}
	c, err := feed.Export(office(t, unstated, named), calendar.MustDate("2028-03-01"), calendar.MustDate("2028-03-04"), opt)
	require.NoError(t, err)
	require.Equal(t, "港口辦事處：不開放（fire）", c.Events[0].Summary)
	require.Equal(t, "港口辦事處：不開放（未有說明原因）", c.Events[1].Summary)
	last := c.Events[len(c.Events)-1]
	require.Equal(t, "港口辦事處：不開放（星期六不設開放時間）", last.Summary)
	require.Equal(t, []string{feed.CategoryClosed, feed.CategoryProjected}, last.Categories)
	require.Equal(t, "該年的假日按規則推算，因尚未載入公布的名單", last.Description)
}

func TestExportRefuses(t *testing.T) {
	day := calendar.MustDate("2026-03-01")
	_, err := feed.Export(office(t), day, calendar.MustDate("2031-01-01"), options())
	require.ErrorIs(t, err, calendar.ErrBeyondHorizon)
	for _, change := range []func(*feed.ExportOptions){
		func(o *feed.ExportOptions) { o.Product = "" }, func(o *feed.ExportOptions) { o.Domain = "" },
		func(o *feed.ExportOptions) { o.Stamp = time.Time{} }, func(o *feed.ExportOptions) { o.Stamp = o.Stamp.Add(1) },
	} {
		opt := options()
		change(&opt)
		_, err := feed.Export(office(t), day, day, opt)
		require.ErrorContains(t, err, "are needed")
	}
}

// The exported spans say what the office says at any second.
func TestExportAgreesWithTheOffice(t *testing.T) {
	from, to := calendar.MustDate("2026-03-20"), calendar.MustDate("2026-04-10")
	rapid.Check(t, func(rt *rapid.T) {
		var closures []calendar.Closure
		for i := range rapid.IntRange(0, 3).Draw(rt, "closures") {
			at := time.Date(2026, 3, 20, 0, 0, rapid.IntRange(0, 20*86400).Draw(rt, "from"), 0, time.UTC)
			until := at.Add(time.Duration(rapid.IntRange(1, 200_000).Draw(rt, "seconds")) * time.Second)
			closures = append(closures, calendar.Closure{ID: string(rune('a' + i)), From: at, Reopens: until})
		}
		o := office(t, closures...)
		c, err := feed.Export(o, from, to, options())
		require.NoError(rt, err)
		for range 50 {
			at := from.Start(o.Zone()).Add(time.Duration(rapid.IntRange(0, 22*86400-3601).Draw(rt, "at")) * time.Second)
			open := false
			for _, e := range c.Events {
				open = open || e.Categories[0] == feed.CategoryOpen && !at.Before(e.From) && at.Before(e.To)
			}
			is, err := o.IsOpen(at)
			require.NoError(rt, err)
			require.Equal(rt, is, open, at)
		}
	})
}
