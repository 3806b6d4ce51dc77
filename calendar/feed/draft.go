package feed

import (
	"strings"
	"time"
)

// draft is an event while its lines are read.
type draft struct {
	began      int
	seen       map[string]line // the properties that may be there once
	categories []string
}

// add takes a property of the event.
func (d *draft) add(l line) error {
	switch l.name {
	case "UID", "SUMMARY", "DESCRIPTION", "DTSTART", "DTEND", "DURATION", "DTSTAMP", "TRANSP", "STATUS":
		return once(d.seen, l)
	case "CATEGORIES":
		texts, ok := splitText(l.value)
		if !ok {
			return refuseAt(ErrShape, l.number, "CATEGORIES has an escape that means nothing")
		}
		d.categories = append(d.categories, texts...)
	case "RRULE", "RDATE", "EXDATE", "EXRULE", "RECURRENCE-ID":
		return refuseAt(ErrShape, l.number, "%s: recurring events are not read; list each one", l.name)
	}
	return nil
}

// event proves the whole.
func (d *draft) event(o ReadOptions) (Event, error) {
	e := Event{Categories: d.categories}
	if err := d.texts(&e); err != nil {
		return Event{}, err
	}
	var err error
	if l, ok := d.seen["DTSTAMP"]; ok {
		if e.Stamp, err = stamp(l); err != nil {
			return Event{}, err
		}
	}
	if err := d.flags(&e); err != nil {
		return Event{}, err
	}
	if err := d.times(&e, o); err != nil {
		return Event{}, err
	}
	return e, nil
}

func (d *draft) texts(e *Event) (err error) {
	if e.UID, err = textOf(d.seen, "UID"); err != nil {
		return err
	}
	if e.UID == "" {
		return refuseAt(ErrShape, d.began, "the event has no UID")
	}
	if e.Summary, err = textOf(d.seen, "SUMMARY"); err != nil {
		return err
	}
	e.Description, err = textOf(d.seen, "DESCRIPTION")
	return err
}

func (d *draft) flags(e *Event) error {
	transp, status := d.seen["TRANSP"], d.seen["STATUS"]
	switch strings.ToUpper(transp.value) {
	case "", "OPAQUE":
	case "TRANSPARENT":
		e.Transparent = true
	default:
		return refuseAt(ErrShape, transp.number, "TRANSP is %.20q", transp.value)
	}
	switch strings.ToUpper(status.value) {
	case "", "CONFIRMED":
	case "CANCELLED":
		e.Cancelled = true
	default: // TENTATIVE: nobody has decided that it takes place
		return refuseAt(ErrShape, status.number, "STATUS is %.20q: only events that are settled are read", status.value)
	}
	return nil
}

// times reads when the event is. Without an end an all-day event lasts one day and a timed one no time.
func (d *draft) times(e *Event, o ReadOptions) error {
	l, ok := d.seen["DTSTART"]
	if !ok {
		return refuseAt(ErrShape, d.began, "the event %.60q has no DTSTART", e.UID)
	}
	start, err := o.moment(l)
	if err != nil {
		return err
	}
	end, err := d.end(start, o)
	if err != nil {
		return err
	}
	e.Day, e.From, e.Until, e.To = start.date, start.instant, end.date, end.instant
	switch {
	case e.Day.IsZero() != e.Until.IsZero():
		return refuseAt(ErrShape, l.number, "the event %.60q begins on a date and ends at a time, or the other way round", e.UID)
	case !e.AllDay() && e.From.IsZero():
		return refuseAt(ErrShape, l.number, "the event %.60q begins with the year 1", e.UID)
	case e.AllDay() && !e.Day.Before(e.Until):
		return refuseAt(ErrContradiction, l.number, "the event %.60q ends on %s, which is not after %s", e.UID, e.Until, e.Day)
	case e.To.Before(e.From):
		return refuseAt(ErrContradiction, l.number, "the event %.60q ends at %s, before it begins", e.UID, e.To.Format(time.RFC3339))
	}
	return nil
}

func (d *draft) end(start moment, o ReadOptions) (moment, error) {
	end, hasEnd := d.seen["DTEND"]
	duration, hasDuration := d.seen["DURATION"]
	switch {
	case hasEnd && hasDuration:
		return moment{}, refuseAt(ErrShape, duration.number, "the event has both a DTEND and a DURATION")
	case hasEnd:
		return o.moment(end)
	case hasDuration:
		return start.plus(duration)
	case start.date.IsZero():
		return start, nil
	}
	return moment{date: start.date.AddDays(1)}, nil
}
