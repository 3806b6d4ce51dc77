package filing

import (
	"strconv"
	"strings"
	"time"

	"courts.example/eservices/calendar"
	"courts.example/eservices/icms/law"
)

// parseDate reads a date as people write it in a cell: 2026-03-02, 2026/3/2, 20260302, 2 Mar 2026, 2026年3月2日, the day number
// of a spreadsheet, and 2/3/2026 where the numbers or the order that the caller states leave no doubt.
func parseDate(text string, order DateOrder) (calendar.Date, problem) {
	if d, err := calendar.ParseDate(text); err == nil {
		return d, problem{}
	}
	s := cutTime(narrow(text))
	if len(s) == 5 && allDigits(s) {
		return serialDate(s)
	}
	parts, named := dateParts(s)
	if len(parts) != 3 || (len(parts[0]) != 4 && len(parts[2]) != 4) {
		return calendar.Date{}, bad(codeDateInvalid, law.V("value", text))
	}
	y, m, d := parts[0], parts[1], parts[2]
	if !named && len(y) < 4 { // the year comes last
		y, d = d, y
		switch first, second := atoi(d), atoi(m); {
		case first == second, first > 12, second <= 12 && order == DayFirst:
		case second > 12, order == MonthFirst:
			d, m = m, d
		default:
			return calendar.Date{}, bad(codeDateAmbiguous, law.V("value", text))
		}
	}
	if len(y) == 4 && len(m) <= 2 && len(d) <= 2 {
		if date, err := calendar.MakeDate(atoi(y), time.Month(atoi(m)), atoi(d)); err == nil {
			return date, problem{}
		}
	}
	return calendar.Date{}, bad(codeDateInvalid, law.V("value", text))
}

// spreadsheetEpoch is day 0 of the day numbers of spreadsheets, so chosen that every number after February 1900 is right.
func spreadsheetEpoch() calendar.Date { return calendar.MustDate("1899-12-30") }

// serialDate reads a day number of five digits (1927 to 2173): the date is right if the file came from a workbook of the usual
// date system, so it is read with a warning.
func serialDate(s string) (calendar.Date, problem) {
	d := spreadsheetEpoch().AddDays(atoi(s))
	return d, bad(codeDateSerial, law.V("value", s), law.V("date", d))
}

// cutTime takes off the time of day that programs write behind a date. A time with a zone stays, and makes the text no date:
// the day would depend on the zone.
func cutTime(s string) string {
	i := strings.LastIndexAny(s, "T ")
	if i < 0 {
		return s
	}
	for _, form := range []string{"15:04", "15:04:05"} {
		if _, err := time.Parse(form, s[i+1:]); err == nil {
			return s[:i]
		}
	}
	return s
}

// dateParts takes a date apart. Where a month is named, or the form has one order only, the parts come as year, month, day
// and named is true; otherwise as written. All parts are digits.
func dateParts(s string) (parts []string, named bool) {
	if len(s) == 8 && allDigits(s) {
		return []string{s[:4], s[4:6], s[6:]}, true
	}
	if y, rest, ok := strings.Cut(s, "年"); ok {
		m, rest, ok1 := strings.Cut(rest, "月")
		d, rest, ok2 := strings.Cut(rest, "日")
		if ok1 && ok2 && rest == "" {
			return digitsOnly([]string{strings.TrimSpace(y), strings.TrimSpace(m), strings.TrimSpace(d)}), true
		}
		return nil, false
	}
	parts = strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("-/. ,", r) })
	if len(parts) != 3 {
		return nil, false
	}
	for i, part := range parts[:2] { // "2 Mar 2026", "Mar 2, 2026"
		if m := monthNumber(part); m > 0 {
			return digitsOnly([]string{parts[2], strconv.Itoa(m), parts[1-i]}), true
		}
	}
	return digitsOnly(parts), false
}

func digitsOnly(parts []string) []string {
	for _, p := range parts {
		if p == "" || len(p) > 4 || !allDigits(p) {
			return nil
		}
	}
	return parts
}

// monthNumber gives the number of an English month, whole or cut to three letters; 0 for anything else.
func monthNumber(s string) int {
	for m := time.January; m <= time.December; m++ {
		if name := m.String(); strings.EqualFold(s, name) || strings.EqualFold(s, name[:3]) {
			return int(m)
		}
	}
	return 0
}

func atoi(digits string) int {
	n, err := strconv.Atoi(digits)
	if err != nil {
		return -1
	}
	return n
}

func allDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
