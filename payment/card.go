package payment

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// A card number has 13 to 19 digits.
const (
	minCard = 13
	maxCard = 19
)

// cardRemoved stands where a card number was.
const cardRemoved = "[card number removed]"

// HasCard reports whether a text holds what may be a card number: 13 to 19 digits that satisfy Luhn's check, written together or in groups
// with one space or hyphen between them. Digits are ASCII or full width, spaces and hyphens also those of typesetters (no-break,
// ideographic, dashes). A group is taken whole: a number inside a longer row of digits is none. Leading zeros do not count.
//
// One in ten rows of digits of that length satisfies the check by accident. What is hidden so is lost to the reader of a log or of a gateway's detail;
// that is the price of not keeping a card number, and why nothing that decides or is looked up may go through Scrub: for ids see
// ScrubID. Amounts, instants as text and our own references have too few digits in a row to be hidden. Instants as numbers of milliseconds are
// among the one in ten; a UUID is hidden once in 350, a digest of 64 hexadecimal digits once in 230.
//
// The time is linear in the length of the text; nothing is allocated.
func HasCard(s string) bool {
	start, _ := nextCard(s, 0)
	return start >= 0
}

// Scrub gives the text with "[card number removed]" in place of each card number that HasCard would find, and where some overlap, of all that
// they cover. What it gives has none. A text without any is given as it is, without allocating.
func Scrub(s string) string {
	start, end := nextCard(s, 0)
	if start < 0 {
		return s
	}
	var b strings.Builder
	done := 0
	for start >= 0 {
		b.WriteString(s[done:start])
		b.WriteString(cardRemoved)
		done = end
		start, end = nextCard(s, done)
	}
	b.WriteString(s[done:])
	return b.String()
}

// ScrubID gives an id as it is, unless HasCard finds a card number in it: then "sha256:" and 32 hexadecimal digits that are always the same
// for the same id. An id must stay distinct, or two payments would become one; but the number must not be kept. The digest is no secret: who
// knows the rest of such an id can find the number by trying. A gateway that puts card numbers into ids has to stop doing so.
func ScrubID(s string) string {
	for HasCard(s) { // of some 600 digests, one looks like a card number itself and is digested again
		sum := sha256.Sum256([]byte(s))
		s = "sha256:" + hex.EncodeToString(sum[:16])
	}
	return s
}

// nextCard finds the next region, from a place that is not inside a row of digits, that card numbers cover; -1 when there is none.
func nextCard(s string, from int) (start, end int) {
	start = -1
	for i := from; i < len(s); {
		_, size := digitAt(s, i)
		if size == 0 {
			i++
			continue
		}
		if start >= 0 && i >= end {
			return start, end
		}
		if found := cardAt(s, i); found > end {
			if start < 0 {
				start = i
			}
			end = found
		}
		for size > 0 { // to the end of the group
			i += size
			_, size = digitAt(s, i)
		}
	}
	return start, end
}

// cardAt gives the end of the longest card number that begins with the group of digits at i, 0 when there is none. It looks at no more than
// that group and 19 digits.
func cardAt(s string, i int) (end int) {
	var digits [maxCard]byte
	n := 0
	for {
		d, size := digitAt(s, i)
		if size == 0 {
			if n >= minCard && luhn(digits[:n]) {
				end = i
			}
			i += separatorAt(s, i)
			if d, size = digitAt(s, i); size == 0 || n == 0 { // n is 0 after zeros only: the next group begins the same numbers
				return end
			}
		}
		i += size
		if n == 0 && d == 0 {
			continue
		}
		if n == maxCard {
			return end
		}
		digits[n] = d
		n++
	}
}

// luhn reports whether the digits satisfy ISO/IEC 7812's check.
func luhn(digits []byte) bool {
	sum := 0
	for i, d := range digits {
		v := int(d)
		if (len(digits)-i)%2 == 0 {
			if v *= 2; v > 9 {
				v -= 9
			}
		}
		sum += v
	}
	return sum%10 == 0
}

// digitAt gives the digit at i and its number of bytes; 0 bytes when there is none.
func digitAt(s string, i int) (digit byte, size int) {
	switch {
	case i >= len(s):
		return 0, 0
	case s[i] >= '0' && s[i] <= '9':
		return s[i] - '0', 1
	case s[i] == 0xEF && i+2 < len(s) && s[i+1] == 0xBC && s[i+2] >= 0x90 && s[i+2] <= 0x99: // U+FF10 to U+FF19
		return s[i+2] - 0x90, 3
	}
	return 0, 0
}

// separators may stand between the digits of a card number: space, hyphen, no-break space, hyphens and dashes, narrow, ideographic
// and full-width forms.
var separators = [...]string{" ", "-", "\u00a0", "\u2009", "\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u202f", "\u2212", "\u3000", "\uff0d"}

// separatorAt gives the number of bytes of the separator at i, 0 when there is none.
func separatorAt(s string, i int) int {
	if i >= len(s) || s[i] > '-' && s[i] < 0x80 {
		return 0
	}
	for _, sep := range separators {
		if strings.HasPrefix(s[i:], sep) {
			return len(sep)
		}
	}
	return 0
}
