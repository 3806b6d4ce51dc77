package filing

import (
	"unicode"
	"unicode/utf8"
)

// traits says what a text holds beside ordinary characters.
type traits uint8

const (
	hasControl   traits = 1 << iota // a control or other invisible character that no text needs
	hasLine                         // a line break or tab, welcome in texts of several lines only
	hasDirection                    // a character that turns the direction of writing
	hasBroken                       // bytes that are not UTF-8
	hasLost                         // U+FFFD: a character was lost before the text came here
	hasPrivate                      // a private-use character: it looks different on another machine
)

// examined is what one pass over a text found.
type examined struct {
	runes  int
	traits traits
}

// clean reports whether every character may stand in a text of one line.
func (s examined) clean() bool { return s.traits == 0 }

// wrong reports whether a character may not stand in the text; barred is hasLine in a text of one line, else 0.
func (s examined) wrong(barred traits) bool { return s.traits&^hasLine != 0 || s.traits&barred != 0 }

// examine looks at every character once; ASCII text costs about a nanosecond a byte.
func examine(s string) examined {
	var out examined
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			if c < 0x20 || c == 0x7f {
				out.traits |= classOf(rune(c))
			}
			i++
			out.runes++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && size == 1 {
			out.traits |= hasBroken
		} else {
			out.traits |= classOf(r)
		}
		i += size
		out.runes++
	}
	return out
}

// classOf gives the trait of one character, 0 for an ordinary one.
func classOf(r rune) traits {
	switch {
	case r == '\n' || r == '\r' || r == '\t':
		return hasLine
	case r < 0x20 || r >= 0x7f && r < 0xa0:
		return hasControl
	case r < 0x300 && r != 0xad, r >= 0x3000 && r < 0xa000 && r != 0x3164: // Latin; Chinese, kana
		return 0
	case r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069, r == 0x200e, r == 0x200f, r == 0x61c:
		return hasDirection
	case r == 0x2028 || r == 0x2029:
		return hasControl
	case r == utf8.RuneError:
		return hasLost
	case unicode.Is(unicode.Co, r):
		return hasPrivate
	case invisible(r) && !variation(r):
		return hasControl
	case r&0xfffe == 0xfffe || r >= 0xfdd0 && r <= 0xfdef: // not characters
		return hasControl
	}
	return 0
}

// invisible reports whether r leaves no mark: formatting characters and fillers. Joiners of scripts that need them count too;
// names compare without them.
func invisible(r rune) bool {
	return unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r) || variation(r)
}

// variation reports whether r chooses between shapes of the character before it, as some Chinese names are written.
func variation(r rune) bool { return r >= 0xfe00 && r <= 0xfe0f || r >= 0xe0100 && r <= 0xe01ef }
