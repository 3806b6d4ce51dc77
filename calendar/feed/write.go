package feed

import (
	"fmt"
	"io"
	"strings"
	"time"
)

// Write writes the calendar as an iCalendar object (RFC 5545), in lines of at most 75 bytes, timed events in UTC. The same calendar
// always gives the same bytes, and Read gives it back. An event that cannot be written exactly is an error, and then nothing is
// written.
func (c *Calendar) Write(w io.Writer) error {
	if c.Product == "" || !writable(c.Product) || !writable(c.Name) {
		return fmt.Errorf("calendar/feed: write: the calendar needs a Product, and a Product and Name without control characters")
	}
	b := fold(nil, "BEGIN:"+vcalendar)
	b = fold(b, "VERSION:2.0")
	b = fold(b, "PRODID:"+escapeText(c.Product))
	b = fold(b, "CALSCALE:GREGORIAN")
	b = fold(b, "METHOD:PUBLISH")
	b = foldText(b, "X-WR-CALNAME", c.Name)
	uids := make(map[string]bool, len(c.Events))
	for i := range c.Events {
		e := &c.Events[i]
		if err := e.check(); err != nil {
			return fmt.Errorf("calendar/feed: write: event %.60q: %w", e.UID, err)
		}
		if uids[e.UID] {
			return fmt.Errorf("calendar/feed: write: two events have the UID %.60q", e.UID)
		}
		uids[e.UID] = true
		b = e.append(b)
	}
	if _, err := w.Write(fold(b, "END:"+vcalendar)); err != nil {
		return fmt.Errorf("calendar/feed: write: %w", err)
	}
	return nil
}

// check says why an event cannot be written.
func (e *Event) check() error {
	timed := !e.From.IsZero() || !e.To.IsZero()
	switch {
	case e.UID == "":
		return fmt.Errorf("it has no UID")
	case !writable(e.UID) || !writable(e.Summary) || !writable(e.Description) || !writable(strings.Join(e.Categories, "")):
		return fmt.Errorf("a text is not UTF-8 or has control characters")
	case !whole(e.Stamp) || e.Stamp.IsZero():
		return fmt.Errorf("its Stamp is not an instant in whole seconds")
	case e.AllDay() == timed || e.AllDay() != !e.Until.IsZero():
		return fmt.Errorf("it is not either of whole days, from Day until Until, or timed, from From to To")
	case e.AllDay() && !e.Day.Before(e.Until), e.To.Before(e.From):
		return fmt.Errorf("it ends before it begins")
	case timed && (!whole(e.From) || !whole(e.To)):
		return fmt.Errorf("it does not begin and end at whole seconds of the years 1 to 9999")
	}
	return nil
}

// whole reports whether t is in whole seconds of a year with four digits.
func whole(t time.Time) bool {
	y := t.UTC().Year()
	return t.Nanosecond() == 0 && y >= 1 && y <= 9999
}

func (e *Event) append(b []byte) []byte {
	b = fold(b, "BEGIN:"+vevent)
	b = foldText(b, "UID", e.UID)
	b = fold(b, "DTSTAMP:"+e.Stamp.UTC().Format(layoutUTC))
	if e.AllDay() {
		b = fold(b, "DTSTART;VALUE=DATE:"+formatDate(e.Day))
		b = fold(b, "DTEND;VALUE=DATE:"+formatDate(e.Until))
	} else {
		b = fold(b, "DTSTART:"+e.From.UTC().Format(layoutUTC))
		if e.From.Before(e.To) {
			b = fold(b, "DTEND:"+e.To.UTC().Format(layoutUTC))
		}
	}
	b = foldText(b, "SUMMARY", e.Summary)
	b = foldText(b, "DESCRIPTION", e.Description)
	if len(e.Categories) > 0 {
		escaped := make([]string, len(e.Categories))
		for i, c := range e.Categories {
			escaped[i] = escapeText(c)
		}
		b = fold(b, "CATEGORIES:"+strings.Join(escaped, ","))
	}
	if e.Transparent {
		b = fold(b, "TRANSP:TRANSPARENT")
	}
	if e.Cancelled {
		b = fold(b, "STATUS:CANCELLED")
	}
	return fold(b, "END:"+vevent)
}

// foldText appends a text property, unless the text is empty.
func foldText(b []byte, name, text string) []byte {
	if text == "" {
		return b
	}
	return fold(b, name+":"+escapeText(text))
}
