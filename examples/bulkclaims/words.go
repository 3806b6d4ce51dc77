package main

import (
	"strconv"
	"strings"
	"time"
	"unicode"

	"courts.example/eservices/icms/money"
)

// show writes an amount as people read it: "HKD 47,120.00".
func show(a money.Amount) string {
	whole, cents, _ := strings.Cut(a.Plain(), ".")
	sign := ""
	if strings.HasPrefix(whole, "-") {
		sign, whole = "-", whole[1:]
	}
	s := sign + thousands(whole)
	if cents != "" {
		s += "." + cents
	}
	if code := a.Currency().Code(); code != "" {
		return code + " " + s
	}
	return s
}

// count writes a number with its separators: "1,000".
func count[T int | int64](n T) string { return thousands(strconv.FormatInt(int64(n), 10)) }

// thousands sets commas into digits.
func thousands(digits string) string {
	first := len(digits) % 3
	if first == 0 {
		first = min(3, len(digits))
	}
	var b strings.Builder
	b.WriteString(digits[:first])
	for rest := digits[first:]; rest != ""; rest = rest[3:] {
		b.WriteString("," + rest[:3])
	}
	return b.String()
}

// plural gives "1 claim" and "2 claims".
func plural[T int | int64](n T, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return count(n) + " " + one + "s"
}

// local writes an instant as the clock on the court's wall showed it, with the day of the week, which is what decides.
func local(t time.Time, zone *time.Location) string {
	return t.In(zone).Format("Mon 2 Jan 2006 15:04:05")
}

// width is the number of columns that a text takes on a terminal: two for each character of the Chinese blocks, one for others.
func width(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r >= 0x2e80 && r <= 0xfaff || r >= 0xff01 && r <= 0xff60 {
			n++
		}
	}
	return n
}

// pad fills a text with spaces to a width on the terminal.
func pad(s string, to int) string { return s + strings.Repeat(" ", max(0, to-width(s))) }

// padLeft puts the spaces before the text.
func padLeft(s string, to int) string { return strings.Repeat(" ", max(0, to-width(s))) + s }

// visible replaces what a terminal would obey, or show as something else: control characters, marks that turn the direction of
// writing, marks without width.
func visible(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsPrint(r):
			return r
		case unicode.IsSpace(r):
			return ' '
		}
		return unicode.ReplacementChar
	}, s)
}
