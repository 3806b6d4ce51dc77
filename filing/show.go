package filing

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// maxShown is how many characters of a user's own words a message repeats.
const maxShown = 120

// Show makes a user's own words safe to print in a message, a terminal or a log: control characters, characters that turn the
// direction of writing and bytes that are no text come out escaped (\n, \u202e, \xff), and what is longer than 120 characters is cut
// with an ellipsis. Ordinary words come back as they are.
func Show(s string) string {
	if examine(s).clean() && len(s) <= maxShown {
		return s
	}
	var b strings.Builder
	n := 0
	for i := 0; i < len(s); n++ {
		if n == maxShown {
			b.WriteString("…")
			break
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			b.WriteString(`\x` + strconv.FormatUint(uint64(s[i]), 16))
		case classOf(r)&(hasControl|hasLine|hasDirection) != 0:
			b.WriteString(strings.Trim(strconv.QuoteRuneToASCII(r), "'"))
		default:
			b.WriteString(s[i : i+size])
		}
		i += size
	}
	return b.String()
}
