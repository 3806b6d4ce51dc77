package feed_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"courts.example/eservices/calendar"
	"courts.example/eservices/calendar/feed"
)

// drawText gives any text that iCalendar can hold.
func drawText(t *rapid.T, label string, least int) string {
	runes := rapid.OneOf(rapid.SampledFrom([]rune(",;:\\\"\n\t nN港灣🌊'=")), rapid.Rune()).Filter(func(r rune) bool {
		return r >= ' ' && r != 0x7F || r == '\n' || r == '\t'
	})
	return rapid.StringOfN(runes, least, 120, -1).Draw(t, label)
}

func drawInstant(t *rapid.T, label string) time.Time {
	return time.Unix(rapid.Int64Range(-60_000_000_000, 250_000_000_000).Draw(t, label), 0).UTC()
}

func drawEvent(t *rapid.T, i int) feed.Event {
	e := feed.Event{
		UID: fmt.Sprintf("%d-%s", i, drawText(t, "uid", 0)), Summary: drawText(t, "summary", 0), Description: drawText(t, "description", 0),
		Stamp: drawInstant(t, "stamp"), Transparent: rapid.Bool().Draw(t, "transparent"), Cancelled: rapid.Bool().Draw(t, "cancelled"),
	}
	for range rapid.IntRange(0, 3).Draw(t, "categories") {
		e.Categories = append(e.Categories, drawText(t, "category", 0))
	}
	if rapid.Bool().Draw(t, "allDay") {
		e.Day = calendar.MustDate("0001-01-01").AddDays(rapid.IntRange(0, 3_600_000).Draw(t, "day"))
		e.Until = e.Day.AddDays(rapid.IntRange(1, 400).Draw(t, "days"))
		return e
	}
	e.From = drawInstant(t, "from")
	e.To = e.From.Add(time.Duration(rapid.Int64Range(0, 1_000_000).Draw(t, "seconds")) * time.Second)
	return e
}

// What was written is read back as it was, in lines of at most 75 bytes.
func TestWriteThenRead(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		c := feed.Calendar{Product: drawText(rt, "product", 1), Name: drawText(rt, "name", 0)}
		for i := range rapid.IntRange(0, 4).Draw(rt, "events") {
			c.Events = append(c.Events, drawEvent(rt, i))
		}
		var b bytes.Buffer
		require.NoError(rt, c.Write(&b))
		for line := range strings.SplitSeq(strings.TrimSuffix(b.String(), "\r\n"), "\r\n") {
			require.LessOrEqual(rt, len(line), 75)
			require.True(rt, strings.ToValidUTF8(line, "?") == line, "no character is cut")
		}
		back, err := read(t, b.String())
		require.NoError(rt, err)
		require.Equal(rt, c, back)
	})
}

func TestWriteRefuses(t *testing.T) {
	at := time.Date(2026, 3, 2, 8, 45, 0, 0, time.UTC)
	day := calendar.MustDate("2026-03-02")
	good := feed.Event{UID: "1", Stamp: at, Day: day, Until: day.AddDays(1)}
	for says, change := range map[string]func(*feed.Event){
		"no UID":             func(e *feed.Event) { e.UID = "" },
		"control characters": func(e *feed.Event) { e.Summary = "a\rb" },
		"not UTF-8":          func(e *feed.Event) { e.Categories = []string{"\xff"} },
		"Stamp":              func(e *feed.Event) { e.Stamp = time.Time{} },
		"whole seconds":      func(e *feed.Event) { e.Stamp = at.Add(1) },
		"of whole days":      func(e *feed.Event) { e.Until = calendar.Date{} },
		"or timed":           func(e *feed.Event) { e.From, e.To = at, at },
		"ends before":        func(e *feed.Event) { e.Until = e.Day },
		"ends before it":     func(e *feed.Event) { e.Day, e.Until, e.From, e.To = calendar.Date{}, calendar.Date{}, at, at.Add(-1) },
		"years 1 to 9999": func(e *feed.Event) {
			e.Day, e.Until, e.From, e.To = calendar.Date{}, calendar.Date{}, at, at.AddDate(9000, 0, 0)
		},
	} {
		bad := good
		change(&bad)
		var b bytes.Buffer
		c := feed.Calendar{Product: "x", Events: []feed.Event{good, bad}}
		require.ErrorContains(t, c.Write(&b), says)
		require.Zero(t, b.Len(), "nothing is written")
	}
	twice := feed.Calendar{Product: "x", Events: []feed.Event{good, good}}
	require.ErrorContains(t, twice.Write(&bytes.Buffer{}), "two events have the UID")
	require.ErrorContains(t, new(feed.Calendar).Write(&bytes.Buffer{}), "needs a Product")
	full := feed.Calendar{Product: "x"}
	require.ErrorIs(t, full.Write(fails{}), errFull)
}

var errFull = errors.New("full")

type fails struct{}

func (fails) Write([]byte) (int, error) { return 0, errFull }

func FuzzRead(f *testing.F) {
	f.Add([]byte(event("DTSTART;VALUE=DATE:20260302", "SUMMARY:a\\, b\r\n  c", "DTSTAMP:20260302T084500Z")))
	f.Add([]byte(event("DTSTART;TZID=Europe/Dublin:20261025T013000", "DURATION:P1DT2H", "CATEGORIES:A,B")))
	f.Add([]byte(object("BEGIN:VTIMEZONE", "END:VTIMEZONE")))
	f.Add([]byte("\xEF\xBB\xBFBEGIN:VCALENDAR\nVERSION:2.0\nPRODID;X=\"a:b\":x\nEND:VCALENDAR"))
	zones := map[string]*time.Location{"Europe/Dublin": dublin(f)}
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := feed.Read(bytes.NewReader(data), feed.ReadOptions{Zones: zones})
		var typed *feed.Error
		if err != nil {
			require.ErrorAs(t, err, &typed)
			return
		}
		for i := range c.Events {
			e := &c.Events[i]
			if e.Stamp.IsZero() {
				e.Stamp = time.Unix(0, 0).UTC()
			}
			e.From, e.To = e.From.UTC(), e.To.UTC()
		}
		var b bytes.Buffer
		if c.Write(&b) != nil {
			return // an end beyond the year 9999, or none of the two ways to say when
		}
		back, err := feed.Read(&b, feed.ReadOptions{})
		require.NoError(t, err)
		require.Equal(t, c, back)
	})
}
