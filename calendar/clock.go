package calendar

import (
	"fmt"
	"time"
)

// Clock is a time of day as a clock on the wall shows it, in whole seconds since midnight, from 00:00 to 24:00.
type Clock int32

const endOfDay Clock = secondsPerDay

// ParseClock reads a time of day: "08:45" or "08:45:30", and "24:00" for the end of the day.
func ParseClock(text string) (Clock, error) {
	if text == "24:00" {
		return endOfDay, nil
	}
	layout := "15:04"
	if len(text) > len(layout) {
		layout = time.TimeOnly
	}
	t, err := time.Parse(layout, text)
	if err != nil || len(text) != len(layout) {
		return 0, fmt.Errorf("calendar: %.20q is not a time of day written like 08:45 or 08:45:30", text)
	}
	h, m, s := t.Clock()
	return Clock(h*3600 + m*60 + s), nil
}

// MustClock is ParseClock for times written in a program; it panics on what is none.
func MustClock(text string) Clock {
	c, err := ParseClock(text)
	if err != nil {
		panic(err)
	}
	return c
}

// clockOf gives what the clocks of t's own zone show, without fractions of a second.
func clockOf(t time.Time) Clock {
	h, m, s := t.Clock()
	return Clock(h*3600 + m*60 + s)
}

// String writes the time as ParseClock reads it, the seconds only when there are any.
func (c Clock) String() string {
	if c%60 == 0 {
		return fmt.Sprintf("%02d:%02d", c/3600, c/60%60)
	}
	return fmt.Sprintf("%02d:%02d:%02d", c/3600, c/60%60, c%60)
}

// MarshalText writes what String gives; a number outside the day is an error.
func (c Clock) MarshalText() ([]byte, error) {
	if c < 0 || c > endOfDay {
		return nil, fmt.Errorf("calendar: no time of day lies %d seconds after midnight", int32(c))
	}
	return []byte(c.String()), nil
}

// UnmarshalText reads what MarshalText wrote.
func (c *Clock) UnmarshalText(b []byte) error {
	v, err := ParseClock(string(b))
	if err != nil {
		return err
	}
	*c = v
	return nil
}
