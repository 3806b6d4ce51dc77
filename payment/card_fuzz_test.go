package payment_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/payment"
)

// FuzzScrub compares the filter with a plain one that tries all windows, and what it leaves with its promises.
func FuzzScrub(f *testing.F) {
	for _, s := range []string{
		"", "4242424242424242", "4242 4242-4242　4242", "12 4242 4242 4242 4242 123", "００4242424242424242", "0 0 0 4242424242424242", "\xef\xbc4",
		"4\u20144", "1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		out := payment.Scrub(s)
		require.Equal(t, slowScrub(s), out)
		require.Equal(t, out != s, payment.HasCard(s))
		require.False(t, payment.HasCard(out))
		require.Equal(t, out, payment.Scrub(out))
		id := payment.ScrubID(s)
		require.False(t, payment.HasCard(id))
		require.Equal(t, id == s, out == s)
	})
}

// token is a group of digits in a row that is joined by single separators.
type token struct {
	start, end int
	digits     string
	joined     bool // to the token before
}

// slowScrub is the rule as the comment of HasCard says it, tried window by window.
func slowScrub(s string) string {
	groups := tokens(s)
	covered := make([]bool, len(s)+1)
	for i := range groups {
		number := ""
		for j := i; j < len(groups) && (j == i || groups[j].joined); j++ {
			number = strings.TrimLeft(number+groups[j].digits, "0")
			if len(number) > 19 {
				break
			}
			if len(number) >= 13 && strings.Trim(groups[i].digits, "0") != "" && sumsToTen(number) {
				for k := groups[i].start; k < groups[j].end; k++ {
					covered[k] = true
				}
			}
		}
	}
	var b strings.Builder
	for i := range len(s) {
		switch {
		case !covered[i]:
			b.WriteByte(s[i])
		case !covered[i+1]:
			b.WriteString("[card number removed]")
		}
	}
	return b.String()
}

func tokens(s string) (groups []token) {
	between, seen := 0, false // separators since the last digit; whether anything else came
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r >= '0' && r <= '9' || r >= '０' && r <= '９':
			digit := string('0' + r%16)
			if last := len(groups) - 1; last >= 0 && groups[last].end == i {
				groups[last].digits += digit
				groups[last].end = i + size
			} else {
				groups = append(groups, token{i, i + size, digit, last >= 0 && between == 1 && !seen})
			}
			between, seen = 0, false
		case r != utf8.RuneError && strings.ContainsRune(" -\u00a0\u2009\u2010\u2011\u2012\u2013\u2014\u202f\u2212\u3000\uff0d", r):
			between++
		default:
			seen = true
		}
		i += size
	}
	return groups
}

func sumsToTen(number string) bool {
	doubled := [...]int{0, 2, 4, 6, 8, 1, 3, 5, 7, 9}
	sum := 0
	for i := range number {
		d := int(number[len(number)-1-i] - '0')
		if i%2 == 1 {
			d = doubled[d]
		}
		sum += d
	}
	return sum%10 == 0
}
