// Package key checks the names that become record ids and index keys, and writes instants so that they sort as bytes.
package key

import (
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// maxName is the largest number of bytes of one segment of a name.
const maxName = 60

// CheckID reports whether s can name a record: 1 to limit bytes of valid UTF-8 without control characters and without "|", which
// separates the parts of index keys. What says what s is, for the error.
func CheckID(what, s string, limit int) error {
	if s == "" {
		return fmt.Errorf("%s is empty", what)
	}
	if strings.Contains(s, "|") {
		return fmt.Errorf("%s %.40q has a \"|\"", what, s)
	}
	return CheckText(what, s, limit)
}

// CheckName reports whether s can be a segment of a name: 1 to 60 ASCII letters, digits, ".", "_" and "-".
func CheckName(what, s string) error {
	if s == "" {
		return fmt.Errorf("%s is empty", what)
	}
	if len(s) > maxName {
		return fmt.Errorf("%s %.40q... has %d bytes, at most %d are allowed", what, s, len(s), maxName)
	}
	for i := range len(s) {
		if !nameByte(s[i]) {
			return fmt.Errorf("%s %q may have only letters, digits, \".\", \"_\" and \"-\"", what, s)
		}
	}
	return nil
}

func nameByte(b byte) bool {
	return 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' || '0' <= b && b <= '9' || b == '.' || b == '_' || b == '-'
}

// CheckText reports whether s is at most limit bytes of valid UTF-8 without control characters; it may be empty.
func CheckText(what, s string, limit int) error {
	switch {
	case len(s) > limit:
		return fmt.Errorf("%s %.40q... has %d bytes, at most %d are allowed", what, s, len(s), limit)
	case !utf8.ValidString(s):
		return fmt.Errorf("%s %.40q is not valid UTF-8", what, s)
	case strings.ContainsFunc(s, unicode.IsControl):
		return fmt.Errorf("%s %.40q has a control character", what, s)
	}
	return nil
}

// Join makes an index key of its parts.
func Join(parts ...string) string { return strings.Join(parts, "|") }

// After is the smallest key that is larger than every key beginning with prefix and "|".
func After(prefix string) string { return prefix + "}" }

// Time writes an instant in UTC with all its digits, so that instants of the years 0 to 9999 sort as bytes.
func Time(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000000000Z") }

// CheckTime reports whether t can be kept: it is set and its year has four digits.
func CheckTime(what string, t time.Time) error {
	if t.IsZero() {
		return fmt.Errorf("%s is not set", what)
	}
	if y := t.UTC().Year(); y < 1 || y > 9999 {
		return fmt.Errorf("%s is in the year %d, outside 1 to 9999", what, y)
	}
	return nil
}

// Instant is t as it is kept: in UTC, without a monotonic reading, so that what was written equals what is read back.
func Instant(t time.Time) time.Time {
	if t.IsZero() {
		return time.Time{}
	}
	return t.Round(0).UTC()
}
