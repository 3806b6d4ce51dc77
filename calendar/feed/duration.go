package feed

import (
	"strings"
	"time"
)

// plus gives the end of what begins at m and lasts as long as a DURATION says. Weeks and days are those of the calendar, also where
// a day of the zone has no 24 hours.
func (m moment) plus(l line) (moment, error) {
	days, exact, ok := parseDuration(l.value)
	switch {
	case !ok:
		return moment{}, refuseAt(ErrShape, l.number, "%.40q is not a duration written like P1D or PT1H30M", l.value)
	case m.date.IsZero():
		return moment{instant: m.instant.AddDate(0, 0, days).Add(exact)}, nil
	case exact != 0:
		return moment{}, refuseAt(ErrShape, l.number, "an event of whole days lasts %.40q", l.value)
	}
	return moment{date: m.date.AddDays(days)}, nil
}

// parseDuration reads a duration of RFC 5545 that is not negative: P2W, P1D, P1DT12H, PT1H30M15S. A number has at most five digits.
func parseDuration(text string) (days int, exact time.Duration, ok bool) {
	text = strings.TrimPrefix(text, "+")
	text, ok = strings.CutPrefix(text, "P")
	if !ok || text == "" {
		return 0, 0, false
	}
	units, clock := "WD", false
	for text != "" {
		if text[0] == 'T' && !clock {
			units, clock, text = "HMS", true, text[1:]
			if text == "" {
				return 0, 0, false
			}
			continue
		}
		n, unit, rest, ok := parseTerm(text)
		at := strings.IndexByte(units, unit)
		if !ok || at < 0 {
			return 0, 0, false
		}
		units, text = units[at+1:], rest
		switch unit {
		case 'W':
			if rest != "" { // weeks stand alone
				return 0, 0, false
			}
			days = 7 * n
		case 'D':
			days = n
		case 'H':
			exact += time.Duration(n) * time.Hour
		case 'M':
			exact += time.Duration(n) * time.Minute
		case 'S':
			exact += time.Duration(n) * time.Second
		}
	}
	return days, exact, true
}

// parseTerm reads a number and its unit.
func parseTerm(text string) (n int, unit byte, rest string, ok bool) {
	i := 0
	for ; i < len(text) && i < 5 && text[i] >= '0' && text[i] <= '9'; i++ {
		n = 10*n + int(text[i]-'0')
	}
	if i == 0 || i == len(text) {
		return 0, 0, "", false
	}
	return n, text[i], text[i+1:], true
}
