package feed

import (
	"time"

	"courts.example/eservices/calendar"
)

// Calendar is an iCalendar object: a list of events.
type Calendar struct {
	// Product names the program that wrote it (PRODID).
	Product string
	// Name is what it is called (X-WR-CALNAME); it may be empty.
	Name string
	// Events in the order in which they are written.
	Events []Event
}

// Event is one VEVENT: either whole days, or a span of time.
type Event struct {
	// UID is unique in its calendar.
	UID string
	// Summary is the title, Description says more.
	Summary, Description string
	Categories           []string
	// Day is the first date of an all-day event and Until the first that is not in it any more; both zero in a timed one.
	Day, Until calendar.Date
	// From is the first instant of a timed event and To the first that is not in it any more, or From itself for an event that is an
	// instant; both zero in an all-day one. An event that was read keeps its zone; one that is written is written in UTC.
	From, To time.Time
	// Stamp is when this version of the event was made (DTSTAMP), in whole seconds. It may be zero when read, and may not when written.
	Stamp time.Time
	// Transparent says that the event takes up nobody's time.
	Transparent bool
	// Cancelled says that the event does not take place.
	Cancelled bool
}

// AllDay reports whether the event is of whole days.
func (e *Event) AllDay() bool { return !e.Day.IsZero() }

// Stamp is the newest stamp of the events, zero when none has one.
func (c *Calendar) Stamp() time.Time {
	var newest time.Time
	for i := range c.Events {
		if s := c.Events[i].Stamp; s.After(newest) {
			newest = s
		}
	}
	return newest
}
