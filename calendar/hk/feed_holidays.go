package hk

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"courts.example/eservices/calendar"
	"courts.example/eservices/calendar/feed"
	"courts.example/eservices/icms/law"
)

// leastHolidays is the number of general holidays that the Schedule of Cap. 149 gives every year besides Sundays.
const leastHolidays = 17

// vcalendars is the JSON form of the Government's calendar of general holidays (1823.gov.hk, common/ical).
type vcalendars struct {
	VCalendar []struct {
		ProdID   string            `json:"prodid"`
		Version  string            `json:"version"`
		CalScale string            `json:"calscale"`
		Name     string            `json:"x-wr-calname"`
		VEvent   []json.RawMessage `json:"vevent"`
	} `json:"vcalendar"`
}

// ReadHolidaysJSON reads one language of the Government's calendar of general holidays in its JSON form, which has three years. It is
// iCalendar's names in JSON: dates are a list of the date and {"value":"DATE"}. What is not understood and could change a date is
// refused by a *feed.Error, and so is a feed that is cut short.
func ReadHolidaysJSON(r io.Reader) (feed.Calendar, error) {
	var in vcalendars
	if err := decodeFeed(r, &in); err != nil {
		return feed.Calendar{}, err
	}
	if len(in.VCalendar) != 1 {
		return feed.Calendar{}, feed.Refuse(feed.ErrShape, "it has %d calendars and not one", len(in.VCalendar))
	}
	c := &in.VCalendar[0]
	switch {
	case c.Version != "2.0" || c.CalScale != "GREGORIAN":
		return feed.Calendar{}, feed.Refuse(feed.ErrShape, "it is of version %.20q and scale %.20q, not 2.0 and GREGORIAN", c.Version, c.CalScale)
	case len(c.VEvent) > feed.MaxEvents:
		return feed.Calendar{}, feed.Refuse(feed.ErrTooLarge, "it has more than %d events", feed.MaxEvents)
	}
	out := feed.Calendar{Product: c.ProdID, Name: c.Name}
	seen := make(map[string]bool, len(c.VEvent))
	for i, raw := range c.VEvent {
		e, err := readVEvent(raw)
		if err != nil {
			return feed.Calendar{}, feed.Refuse(feed.ErrShape, "event %d: %s", i+1, err)
		}
		if seen[e.UID] {
			return feed.Calendar{}, feed.Refuse(feed.ErrContradiction, "there are two events with the uid %.60q", e.UID)
		}
		seen[e.UID] = true
		out.Events = append(out.Events, e)
	}
	return out, nil
}

// ReadHolidaysICal reads one language of the same calendar in its iCalendar form.
func ReadHolidaysICal(r io.Reader) (feed.Calendar, error) {
	return feed.Read(r, feed.ReadOptions{Zones: map[string]*time.Location{"Asia/Hong_Kong": Zone()}})
}

// vevent names the properties that are understood; dtstamp came in 2025.
type vevent struct {
	DTStart []json.RawMessage `json:"dtstart"`
	DTEnd   []json.RawMessage `json:"dtend"`
	DTStamp string            `json:"dtstamp"`
	Transp  string            `json:"transp"`
	UID     string            `json:"uid"`
	Summary string            `json:"summary"`
}

func readVEvent(raw json.RawMessage) (feed.Event, error) {
	var in vevent
	dec := json.NewDecoder(strings.NewReader(string(raw)))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&in); err != nil {
		return feed.Event{}, err
	}
	e := feed.Event{UID: in.UID, Summary: in.Summary, Transparent: in.Transp == "TRANSPARENT"}
	var err error
	if e.Day, err = readDTDate(in.DTStart); err != nil {
		return feed.Event{}, fmt.Errorf("dtstart: %w", err)
	}
	if e.Until, err = readDTDate(in.DTEnd); err != nil {
		return feed.Event{}, fmt.Errorf("dtend: %w", err)
	}
	if in.DTStamp != "" {
		if e.Stamp, err = time.Parse("20060102T150405Z", in.DTStamp); err != nil {
			return feed.Event{}, fmt.Errorf("dtstamp: %.40q is no instant", in.DTStamp)
		}
	}
	switch {
	case !e.Day.Before(e.Until):
		return feed.Event{}, fmt.Errorf("it ends on %s, which is not after %s", e.Until, e.Day)
	case !strings.HasPrefix(e.UID, strings.ReplaceAll(e.Day.String(), "-", "")):
		return feed.Event{}, fmt.Errorf("its uid %.60q is not that of %s", e.UID, e.Day)
	}
	return e, nil
}

// readDTDate reads ["20260101",{"value":"DATE"}].
func readDTDate(cells []json.RawMessage) (calendar.Date, error) {
	var text string
	var params map[string]string
	if len(cells) != 2 || json.Unmarshal(cells[0], &text) != nil || json.Unmarshal(cells[1], &params) != nil {
		return calendar.Date{}, fmt.Errorf("it is not a date and its parameters")
	}
	if len(params) != 1 || params["value"] != "DATE" {
		return calendar.Date{}, fmt.Errorf("its parameters are not those of a date")
	}
	d, err := feed.ParseDate(text)
	if err != nil {
		return calendar.Date{}, fmt.Errorf("%.40q is not written like 20260101", text)
	}
	return d, nil
}

// PublishedOptions say when the Government's calendar is read.
type PublishedOptions struct {
	// Now is when it is read. Required: a calendar without the year of Now is late.
	Now time.Time
	// After, when set, is the stamp of the calendar read last: an older one is late.
	After time.Time
}

// PublishedHolidays makes a list of the two languages of the Government's calendar. A year with fewer general holidays than the
// Schedule of Cap. 149 has is cut short, and a date that one language lacks is a contradiction. Compare the list with [Holidays] by
// feed.Compare, have somebody look at what differs, and adopt the years that are right by [AdoptHolidays].
func PublishedHolidays(english, chinese feed.Calendar, o PublishedOptions) (feed.List, error) {
	return feed.NewList(feed.ListOptions{
		Today: calendar.DateOf(o.Now, Zone()), After: o.After, Least: leastHolidays, Status: law.Confirmed,
	}, feed.Edition{Language: law.English, Calendar: english}, feed.Edition{Language: law.TraditionalChinese, Calendar: chinese})
}

// AdoptHolidays gives the table of [Holidays] with further years as published, under a version of its own; the years after them stay
// found by rule. The years follow one another from the first that the table does not list; somebody has looked at each. A day
// appointed for a year that is listed already is added to the table by its method With. Hand the table to Options.Holidays, and to
// LimitOptions.Holidays.
func AdoptHolidays(version string, years ...feed.Year) (*calendar.Holidays, error) {
	names, err := loadNames()
	if err != nil {
		return nil, err
	}
	rows, err := loadHolidays(names)
	if err != nil {
		return nil, err
	}
	byYear, err := loadFestivals()
	if err != nil {
		return nil, err
	}
	until := lastYear
	for _, y := range years {
		if until++; y.Year != until {
			return nil, fmt.Errorf("calendar/hk: adopt: the year %d does not follow %d: adopt the years in order and without a gap", y.Year, until-1)
		}
		if i := slices.IndexFunc(y.Rows, func(h calendar.Holiday) bool { return h.Date.Year() != y.Year }); i >= 0 {
			return nil, fmt.Errorf("calendar/hk: adopt: the year %d has a holiday on %s", y.Year, y.Rows[i].Date)
		}
		if len(y.Rows) < leastHolidays {
			return nil, fmt.Errorf("calendar/hk: adopt: the year %d has %d holidays, fewer than %d", y.Year, len(y.Rows), leastHolidays)
		}
		rows = append(rows, y.Rows...)
	}
	if version == "" || version == holidaysVersion {
		return nil, fmt.Errorf("calendar/hk: adopt: the version %q does not tell the table from %s", version, holidaysVersion)
	}
	return calendar.NewHolidays(calendar.HolidaysOptions{
		Version: version, From: firstYear, Until: until, Rows: rows, Provision: holidaysOrdinance(),
		RuleUntil: max(lastFestivals, until), RuleProvision: holidaysByRule(),
		Rule: func(year int) ([]calendar.Holiday, error) {
			f, ok := byYear[year]
			if !ok {
				return nil, fmt.Errorf("calendar/hk: the table of festivals has no year %d", year)
			}
			return byRule(year, f, names), nil
		},
	})
}
