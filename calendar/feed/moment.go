package feed

import (
	"strings"
	"time"

	"courts.example/eservices/calendar"
)

const (
	layoutDate  = "20060102"
	layoutClock = "20060102T150405"
	layoutUTC   = layoutClock + "Z"
)

// moment is the value of DTSTART or DTEND: a date or an instant.
type moment struct {
	date    calendar.Date
	instant time.Time
}

// moment reads a DATE or a DATE-TIME. What has neither Z nor a known zone says nothing and is refused.
func (o ReadOptions) moment(l line) (moment, error) {
	tzid, zoned := l.params["TZID"]
	switch kind := strings.ToUpper(l.params["VALUE"]); kind {
	case "DATE":
		d, ok := parseDate(l.value)
		if !ok || zoned {
			return moment{}, refuseAt(ErrShape, l.number, "%s: %.40q is not a date written like 20260302", l.name, l.value)
		}
		return moment{date: d}, nil
	case "", "DATE-TIME":
	default:
		return moment{}, refuseAt(ErrShape, l.number, "%s is of the kind %.20q and neither a date nor a time", l.name, kind)
	}
	if t, err := time.Parse(layoutUTC, l.value); err == nil && len(l.value) == len(layoutUTC) && !zoned {
		return moment{instant: t}, nil
	}
	wall, err := time.Parse(layoutClock, l.value)
	if err != nil || len(l.value) != len(layoutClock) {
		return moment{}, refuseAt(ErrShape, l.number, "%s: %.40q is not a time written like 20260302T084500Z", l.name, l.value)
	}
	if !zoned {
		return moment{}, refuseAt(ErrShape, l.number, "%s: %s has no zone, so nobody knows when it is", l.name, l.value)
	}
	zone := o.zone(tzid)
	if zone == nil {
		return moment{}, refuseAt(ErrShape, l.number, "%s is in the zone %.40q, which is not known: give it in ReadOptions.Zones", l.name, tzid)
	}
	return moment{instant: inZone(wall, zone)}, nil
}

// stamp reads a DATE-TIME in UTC.
func stamp(l line) (time.Time, error) {
	t, err := time.Parse(layoutUTC, l.value)
	if err != nil || len(l.value) != len(layoutUTC) {
		return time.Time{}, refuseAt(ErrShape, l.number, "%s: %.40q is not a time in UTC written like 20260302T084500Z", l.name, l.value)
	}
	return t, nil
}

func (o ReadOptions) zone(tzid string) *time.Location {
	if zone := o.Zones[tzid]; zone != nil {
		return zone
	}
	if tzid == "UTC" || tzid == "Etc/UTC" {
		return time.UTC
	}
	return nil
}

// inZone gives the instant at which the clocks of the zone show what wall shows in UTC: the first one in an hour that they repeat,
// and in one that they skip the instant by the clocks as they were before it, as RFC 5545 has it.
func inZone(wall time.Time, zone *time.Location) time.Time {
	offset := func(at time.Time) time.Duration {
		_, seconds := at.In(zone).Zone()
		return time.Duration(seconds) * time.Second
	}
	before, after := offset(wall.Add(-24*time.Hour)), offset(wall.Add(24*time.Hour))
	early, late := wall.Add(-before), wall.Add(-after)
	if offset(early) != before && offset(late) == after {
		return late.In(zone)
	}
	return early.In(zone)
}

// parseDate reads "20260302".
func parseDate(text string) (calendar.Date, bool) {
	t, err := time.Parse(layoutDate, text)
	if err != nil || len(text) != len(layoutDate) {
		return calendar.Date{}, false
	}
	d, err := calendar.MakeDate(t.Date())
	return d, err == nil
}

// ParseDate reads a date in the basic form of ISO 8601 that iCalendar uses: "20260302".
func ParseDate(text string) (calendar.Date, error) {
	d, ok := parseDate(text)
	if !ok {
		return calendar.Date{}, Refuse(ErrShape, "%.40q is not a date written like 20260302", text)
	}
	return d, nil
}

// formatDate writes what parseDate reads.
func formatDate(d calendar.Date) string { return strings.ReplaceAll(d.String(), "-", "") }
