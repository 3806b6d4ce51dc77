package simpay

import (
	"fmt"
	"time"
)

// Days says on which civil date money counts.
type Days struct {
	// Zone is the company's; nil means UTC.
	Zone *time.Location
	// CutOff is the time of day from which money counts on the next working day; 0 means midnight, the end of the day.
	CutOff time.Duration
	// Holiday says on which dates ("2006-01-02") nothing is settled; nil for none. It must not change its mind.
	Holiday func(date string) bool
}

const dateForm = "2006-01-02"

// maxHolidays bounds the search for a working day.
const maxHolidays = 366

func (d Days) complete() (Days, error) {
	if d.CutOff < 0 || d.CutOff > 24*time.Hour {
		return d, fmt.Errorf("%w: Days.CutOff is %v, outside of a day", ErrOptions, d.CutOff)
	}
	if d.CutOff == 0 {
		d.CutOff = 24 * time.Hour
	}
	if d.Zone == nil {
		d.Zone = time.UTC
	}
	if d.Holiday == nil {
		d.Holiday = func(string) bool { return false }
	}
	return d, nil
}

// valueDate gives the date on which money of an instant counts, and when that date is over.
func (d Days) valueDate(at time.Time) (date string, closes time.Time) {
	local := at.In(d.Zone)
	for n := range maxHolidays {
		closes = time.Date(local.Year(), local.Month(), local.Day()+n, 0, 0, 0, 0, d.Zone)
		date = closes.Format(dateForm)
		closes = d.cutOff(closes)
		if at.Before(closes) && !d.Holiday(date) {
			break
		}
	}
	return date, closes.UTC()
}

// cutOff is the instant at which a day, given by its first instant, is over by the clock on the wall.
func (d Days) cutOff(day time.Time) time.Time {
	h, m, rest := int(d.CutOff/time.Hour), int(d.CutOff%time.Hour/time.Minute), d.CutOff%time.Minute
	return time.Date(day.Year(), day.Month(), day.Day(), h, m, int(rest/time.Second), int(rest%time.Second), d.Zone)
}
