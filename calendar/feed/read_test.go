package feed_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/calendar"
	"courts.example/eservices/calendar/feed"
)

const head = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Harbour//Holidays//EN\r\n"

// object wraps lines as an iCalendar object.
func object(lines ...string) string {
	return head + strings.Join(lines, "\r\n") + "\r\nEND:VCALENDAR\r\n"
}

// event wraps lines as an object of one event with a UID.
func event(lines ...string) string {
	return object("BEGIN:VEVENT\r\nUID:1@harbour.example", strings.Join(lines, "\r\n"), "END:VEVENT")
}

func dublin(t testing.TB) *time.Location {
	t.Helper()
	z, err := time.LoadLocation("Europe/Dublin")
	require.NoError(t, err)
	return z
}

func read(t testing.TB, text string) (feed.Calendar, error) {
	t.Helper()
	return feed.Read(strings.NewReader(text), feed.ReadOptions{Zones: map[string]*time.Location{"Europe/Dublin": dublin(t)}})
}

// one reads an object of one event.
func one(t testing.TB, lines ...string) feed.Event {
	t.Helper()
	c, err := read(t, event(lines...))
	require.NoError(t, err)
	require.Len(t, c.Events, 1)
	return c.Events[0]
}

func TestReadsAnEvent(t *testing.T) {
	text := object("X-WR-CALNAME:Harbour\\, Holidays", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
		"BEGIN:VTIMEZONE", "TZID:Nowhere", "BEGIN:STANDARD", "DTSTART:16010101T000000", "RRULE:FREQ=YEARLY", "END:STANDARD", "END:VTIMEZONE",
		"begin:vevent", "uid:1@harbour.example", "DTSTART;VALUE=DATE;X-SEEN=\"a;b:c\",d:20260302", "DTEND;VALUE=DATE:20260304",
		"DTSTAMP:20251231T235959Z", "SUMMARY;LANGUAGE=en:Harbour\\n Day\\; a lo", " ng one, wit", "\th commas \\\\", "CATEGORIES:A\\,B,C",
		"CATEGORIES:D", "TRANSP:TRANSPARENT", "STATUS:CANCELLED", "X-COLOUR:blue", "BEGIN:VALARM", "SUMMARY:not this one",
		"RRULE:FREQ=DAILY", "END:VALARM", "END:VEVENT")
	for name, text := range map[string]string{"CRLF": text, "LF": strings.ReplaceAll(text, "\r\n", "\n"), "mark": "\uFEFF" + text,
		"no last line end": strings.TrimSuffix(text, "\r\n"), "empty lines after it": text + "\r\n\r\n"} {
		c, err := read(t, text)
		require.NoError(t, err, name)
		require.Equal(t, feed.Calendar{Product: "-//Harbour//Holidays//EN", Name: "Harbour, Holidays", Events: []feed.Event{{
			UID: "1@harbour.example", Summary: "Harbour\n Day; a long one, with commas \\", Categories: []string{"A,B", "C", "D"},
			Day: calendar.MustDate("2026-03-02"), Until: calendar.MustDate("2026-03-04"),
			Stamp: time.Date(2025, 12, 31, 23, 59, 59, 0, time.UTC), Transparent: true, Cancelled: true,
		}}}, c, name)
		require.True(t, c.Events[0].AllDay())
		require.Equal(t, c.Events[0].Stamp, c.Stamp())
	}
}

// A line may be folded in the middle of a character.
func TestUnfoldsBytes(t *testing.T) {
	harbour := "港"
	e := one(t, "DTSTART:20260302T084500Z", "SUMMARY:"+harbour[:1]+"\r\n "+harbour[1:])
	require.Equal(t, harbour, e.Summary)
}

func TestReadsTimes(t *testing.T) {
	utc := func(text string) time.Time {
		at, err := time.Parse(time.RFC3339, text)
		require.NoError(t, err)
		return at
	}
	for _, c := range []struct{ start, end, from, to string }{
		{"DTSTART:20260302T084500Z", "", "2026-03-02T08:45:00Z", "2026-03-02T08:45:00Z"},
		{"DTSTART;TZID=UTC:20260302T084500", "DTEND:20260302T090000Z", "2026-03-02T08:45:00Z", "2026-03-02T09:00:00Z"},
		{"DTSTART;TZID=\"Europe/Dublin\":20260702T084500", "DURATION:PT1H30M5S", "2026-07-02T07:45:00Z", "2026-07-02T09:15:05Z"},
		{"DTSTART;TZID=Europe/Dublin:20260328T120000", "DURATION:+P1DT12H", "2026-03-28T12:00:00Z", "2026-03-29T23:00:00Z"},
		{"DTSTART;TZID=Europe/Dublin:20261025T013000", "DURATION:P1W", "2026-10-25T00:30:00Z", "2026-11-01T01:30:00Z"}, // repeated hour: the first
		{"DTSTART;TZID=Europe/Dublin:20261025T023000", "", "2026-10-25T02:30:00Z", "2026-10-25T02:30:00Z"},
		{"DTSTART;TZID=Europe/Dublin:20260329T013000", "", "2026-03-29T01:30:00Z", "2026-03-29T01:30:00Z"}, // skipped hour: as before it
		{"DTSTART;TZID=Europe/Dublin:20260329T033000", "", "2026-03-29T02:30:00Z", "2026-03-29T02:30:00Z"},
	} {
		e := one(t, strings.TrimSuffix(c.start+"\r\n"+c.end, "\r\n"))
		require.True(t, utc(c.from).Equal(e.From), "%s: %s", c.start, e.From)
		require.True(t, utc(c.to).Equal(e.To), "%s %s: %s", c.start, c.end, e.To)
		require.False(t, e.AllDay())
	}
	day := one(t, "DTSTART;VALUE=DATE:20260302")
	require.Equal(t, "2026-03-03", day.Until.String(), "a day without an end lasts a day")
	day = one(t, "DTSTART;VALUE=DATE:20260302", "DURATION:P2W")
	require.Equal(t, "2026-03-16", day.Until.String())
}

func TestRefuses(t *testing.T) {
	start := "DTSTART;VALUE=DATE:20260302"
	inside := func(lines ...string) string { return event(append([]string{start}, lines...)...) }
	for _, c := range []struct {
		text string
		kind error
		says string
	}{
		{"", feed.ErrCutShort, "empty"},
		{"\n\n", feed.ErrShape, "line 1: the line is empty"},
		{"<!DOCTYPE html>\n", feed.ErrShape, "does not begin with the name of a property"},
		{"HTTP:502", feed.ErrShape, "not with BEGIN:VCALENDAR"},
		{"BEGIN:VEVENT\n", feed.ErrShape, "where a calendar begins"},
		{head, feed.ErrCutShort, "before END:VCALENDAR"},
		{head + "BEGIN:VEV", feed.ErrCutShort, "before END:VCALENDAR"},
		{event(start) + "X:1\r\n", feed.ErrShape, "something follows END:VCALENDAR"},
		{event(start) + event(start), feed.ErrShape, "something follows END:VCALENDAR"},
		{object("END:VEVENT"), feed.ErrShape, "END:VEVENT where VCALENDAR is open"},
		{object("BEGIN:VCALENDAR"), feed.ErrShape, "where a calendar begins or goes on"},
		{object(strings.Repeat("BEGIN:X\r\n", 8) + "A:1"), feed.ErrShape, "inside one another"},
		{"BEGIN:VCALENDAR\nPRODID:x\nEND:VCALENDAR\n", feed.ErrShape, "its VERSION is \"\""},
		{"BEGIN:VCALENDAR\nVERSION:2.0\nEND:VCALENDAR\n", feed.ErrShape, "no PRODID"},
		{object("VERSION:2.0"), feed.ErrShape, "VERSION is there twice, first on line 2"},
		{object("CALSCALE:LUNAR"), feed.ErrShape, "CALSCALE"},
		{object("METHOD:CANCEL"), feed.ErrShape, "publishes no events"},
		{object("X-WR-CALNAME:\\q"), feed.ErrShape, "X-WR-CALNAME has an escape"},
		{object("A line"), feed.ErrShape, "line 4"},
		{object("X;A=1"), feed.ErrShape, "not written NAME=value"},
		{object("X;A=1;A=2:3"), feed.ErrShape, "the parameter A twice"},
		{object("X;=1:3"), feed.ErrShape, "not written NAME=value"},
		{object("X:a\x00b"), feed.ErrShape, "control character"},
		{object("X:a\xffb"), feed.ErrShape, "not UTF-8"},
		{object("X:" + strings.Repeat("a", 70_000)), feed.ErrShape, "longer than any real one"},
		{object("BEGIN:VEVENT", start, "END:VEVENT"), feed.ErrShape, "no UID"},
		{object("BEGIN:VEVENT", "UID:1", "END:VEVENT"), feed.ErrShape, "no DTSTART"},
		{event("DTSTART;VALUE=DATE:20260229"), feed.ErrShape, "is not a date"},
		{event("DTSTART;VALUE=DATE;TZID=UTC:20260302"), feed.ErrShape, "is not a date"},
		{event("DTSTART;VALUE=PERIOD:20260302"), feed.ErrShape, "neither a date nor a time"},
		{event("DTSTART:20260302"), feed.ErrShape, "is not a time"},
		{event("DTSTART:20260302T240000Z"), feed.ErrShape, "is not a time"},
		{event("DTSTART:20260302T084500"), feed.ErrShape, "has no zone"},
		{event("DTSTART;TZID=Mars/Olympus:20260302T084500"), feed.ErrShape, "not known"},
		{event("DTSTART:00010101T000000Z"), feed.ErrShape, "begins with the year 1"},
		{event("DTSTART;TZID=UTC:20260302T084500Z"), feed.ErrShape, "is not a time"},
		{inside("DTSTART;VALUE=DATE:20260303"), feed.ErrShape, "DTSTART is there twice"},
		{inside("DTEND:20260303T000000Z"), feed.ErrShape, "begins on a date and ends at a time"},
		{inside("DTEND;VALUE=DATE:20260302"), feed.ErrContradiction, "which is not after"},
		{event("DTSTART:20260302T084500Z", "DTEND:20260302T084459Z"), feed.ErrContradiction, "before it begins"},
		{inside("DTEND;VALUE=DATE:20260303", "DURATION:P1D"), feed.ErrShape, "both"},
		{inside("DURATION:PT1H"), feed.ErrShape, "an event of whole days lasts"},
		{inside("DURATION:P0D"), feed.ErrContradiction, "which is not after"},
		{inside("DTSTAMP:20260302T084500"), feed.ErrShape, "not a time in UTC"},
		{inside("SUMMARY:\\x"), feed.ErrShape, "SUMMARY has an escape"},
		{inside("DESCRIPTION:\\"), feed.ErrShape, "DESCRIPTION has an escape"},
		{inside("CATEGORIES:\\x"), feed.ErrShape, "CATEGORIES has an escape"},
		{inside("RRULE:FREQ=YEARLY"), feed.ErrShape, "recurring events are not read"},
		{inside("RECURRENCE-ID:20260302T084500Z"), feed.ErrShape, "recurring events are not read"},
		{inside("STATUS:TENTATIVE"), feed.ErrShape, "only events that are settled"},
		{inside("TRANSP:MAYBE"), feed.ErrShape, "TRANSP"},
		{inside("END:VEVENT", "BEGIN:VEVENT", start, "UID:1@harbour.example"), feed.ErrContradiction, "two events with the UID"},
	} {
		_, err := read(t, c.text)
		require.ErrorIs(t, err, c.kind, "%q", c.text)
		require.ErrorContains(t, err, c.says)
		var typed *feed.Error
		require.ErrorAs(t, err, &typed)
	}
	for _, text := range []string{"", "P", "PT", "1D", "P1", "P1X", "P1WT1H", "P1H", "PT1D", "PT1M1H", "-P1D", "P123456D", "P1D1D", "P1DT"} {
		_, err := read(t, inside("DURATION:"+text))
		require.ErrorContains(t, err, "is not a duration", "%q", text)
	}
}

func TestRefusesWhatIsTooLarge(t *testing.T) {
	_, err := read(t, object("X:"+strings.Repeat("\r\n "+strings.Repeat("a", 70), feed.MaxBytes/70)))
	require.ErrorIs(t, err, feed.ErrTooLarge)
	var many strings.Builder
	for i := range feed.MaxEvents + 1 {
		fmt.Fprintf(&many, "BEGIN:VEVENT\r\nUID:%d\r\nDTSTART;VALUE=DATE:20260302\r\nEND:VEVENT\r\n", i)
	}
	_, err = read(t, object(strings.TrimSuffix(many.String(), "\r\n")))
	require.ErrorIs(t, err, feed.ErrTooLarge)

	lost := errors.New("connection lost")
	_, err = feed.Read(iotest.ErrReader(lost), feed.ReadOptions{})
	require.ErrorIs(t, err, lost)
	var typed *feed.Error
	require.False(t, errors.As(err, &typed), "a broken connection says nothing about the feed")
}

// Every beginning of an object but the whole is refused, and named as cut short from the first whole line on.
func TestEveryBeginningIsCutShort(t *testing.T) {
	text := strings.TrimSuffix(object("BEGIN:VEVENT", "UID:1", "DTSTART;VALUE=DATE:20260302", "SUMMARY:港\r\n  Day", "END:VEVENT"), "\r\n")
	for i := range len(text) {
		_, err := read(t, text[:i])
		require.Error(t, err, "%q", text[:i])
		if i > len("BEGIN:VCALENDAR") && text[i-1] != '\r' {
			require.ErrorIs(t, err, feed.ErrCutShort, "%q", text[:i])
		}
	}
	_, err := read(t, text)
	require.NoError(t, err)
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"20260302", "00010101", "00000101", "20260229", "2026-03-02", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := feed.ParseDate(s)
		if err != nil {
			require.ErrorIs(t, err, feed.ErrShape)
			return
		}
		require.Equal(t, s, strings.ReplaceAll(d.String(), "-", ""))
	})
}
