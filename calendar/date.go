package calendar

import (
	"cmp"
	"fmt"
	"time"
)

// Date is a civil date: a year, month and day without a time or a zone. It is comparable with == and usable as a map key.
// The zero Date is no date at all. Dates run from 0001-01-01 to 9999-12-31 of the Gregorian calendar.
type Date struct {
	n int32 // days since 0000-12-31, so that 0001-01-01, a Monday, is 1; 0 is no date
}

const (
	// unixDay is the number of 1970-01-01, and maxDay that of 9999-12-31.
	unixDay = 719163
	maxDay  = 3652059

	secondsPerDay = 24 * 60 * 60
)

// MakeDate gives the date of a year, month and day. Unlike time.Date it corrects nothing: 31 April is an error.
func MakeDate(year int, month time.Month, day int) (Date, error) {
	if year < 1 || year > 9999 || month < time.January || month > time.December || day < 1 || day > 31 {
		return Date{}, fmt.Errorf("calendar: there is no date with year %d, month %d, day %d", year, int(month), day)
	}
	t := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	if t.Day() != day {
		return Date{}, fmt.Errorf("calendar: %s %d has no day %d", month, year, day)
	}
	return fromUnixDay(t.Unix() / secondsPerDay), nil
}

// DateOf gives the date that the clocks of the zone show at t. The zero Time, and an instant outside the years 1 to 9999,
// give the zero Date.
func DateOf(t time.Time, zone *time.Location) Date {
	if t.IsZero() {
		return Date{}
	}
	_, offset := t.In(zone).Zone()
	return fromUnixDay(floorDiv(t.Unix()+int64(offset), secondsPerDay))
}

// fromUnixDay gives the date that lies days after 1970-01-01, the zero Date when it is out of range.
func fromUnixDay(days int64) Date {
	n := days + unixDay
	if n < 1 || n > maxDay {
		return Date{}
	}
	return Date{int32(n)}
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// unix is the Unix time of the date's midnight in UTC.
func (d Date) unix() int64 { return (int64(d.n) - unixDay) * secondsPerDay }

// Date gives the parts of d, all zero for the zero Date.
func (d Date) Date() (year int, month time.Month, day int) {
	if d.IsZero() {
		return 0, 0, 0
	}
	return time.Unix(d.unix(), 0).UTC().Date()
}

// Year is the year of d, 0 for the zero Date.
func (d Date) Year() int {
	y, _, _ := d.Date()
	return y
}

// Month is the month of d, 0 for the zero Date.
func (d Date) Month() time.Month {
	_, m, _ := d.Date()
	return m
}

// Day is the day of the month, 0 for the zero Date.
func (d Date) Day() int {
	_, _, day := d.Date()
	return day
}

// Weekday is the day of the week. It has no meaning for the zero Date.
func (d Date) Weekday() time.Weekday { return time.Weekday(d.n % 7) }

// AddDays gives the date n days after d, or before it when n is negative; the zero Date when d is zero or the result lies
// outside the years 1 to 9999.
func (d Date) AddDays(n int) Date {
	if d.IsZero() || n > maxDay || n < -maxDay {
		return Date{}
	}
	return fromUnixDay(int64(d.n) - unixDay + int64(n))
}

// Sub gives the number of days from o to d: d == o.AddDays(d.Sub(o)). It is 0 when either is the zero Date.
func (d Date) Sub(o Date) int {
	if d.IsZero() || o.IsZero() {
		return 0
	}
	return int(d.n) - int(o.n)
}

// Compare gives -1, 0 or +1 as d lies before, on or after o. The zero Date lies before every other.
func (d Date) Compare(o Date) int { return cmp.Compare(d.n, o.n) }

// Before reports whether d lies before o.
func (d Date) Before(o Date) bool { return d.n < o.n }

// After reports whether d lies after o.
func (d Date) After(o Date) bool { return d.n > o.n }

// IsZero reports whether d is no date.
func (d Date) IsZero() bool { return d.n == 0 }

// Start gives the first instant of d in the zone: midnight, or the moment the clocks go forward where they skip midnight (or the
// whole date). The zero Date gives the zero Time.
func (d Date) Start(zone *time.Location) time.Time {
	if d.IsZero() {
		return time.Time{}
	}
	var start int64
	for s := range segments(zone, d.unix()-2*secondsPerDay, d.unix()+2*secondsPerDay) {
		start = max(d.unix()-s.offset, s.from)
		if start < s.until {
			break
		}
	}
	return time.Unix(start, 0).In(zone)
}
