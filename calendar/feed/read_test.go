package feed_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/calendar"
	"courts.example/eservices/calendar/feed"
)

// object wraps lines as an iCalendar object.
func object(lines ...string) string {
	return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Harbour//Holidays//EN\r\n" + strings.Join(lines, "\r\n") + "\r\nEND:VCALENDAR\r\n"
}

func read(text string) (feed.Calendar, error) {
	return feed.Read(strings.NewReader(text), feed.ReadOptions{})
}

func TestReadsAllDayEvents(t *testing.T) {
	c, err := read(object("BEGIN:VEVENT", "UID:1@x", "DTSTART;VALUE=DATE:20260302", "DTEND;VALUE=DATE:20260303",
		"SUMMARY:Harbour Day", "TRANSP:TRANSPARENT", "END:VEVENT"))
	require.NoError(t, err)
	require.Equal(t, []feed.Event{{
		UID: "1@x", Summary: "Harbour Day", Transparent: true,
		Day: calendar.MustDate("2026-03-02"), Until: calendar.MustDate("2026-03-03"),
	}}, c.Events)
}
