package filing

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold gives the form in which names and references are compared: letters without case, full-width and other compatibility
// forms as the plain ones (NFKC), every run of white space as one space, none at either end, and no invisible characters.
// Punctuation counts: "A-1" and "A/1" differ. Two texts name the same thing exactly when their folds are equal; folding a fold
// changes nothing.
func Fold(s string) string { return string(appendFold(nil, s)) }

// appendFold appends Fold(s) to dst. Text in ASCII needs no memory beyond dst.
func appendFold(dst []byte, s string) []byte {
	start := len(dst)
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return appendFoldUnicode(dst[:start], s)
		}
		dst = appendFoldRune(dst, start, rune(s[i]))
	}
	return trimFold(dst, start)
}

// appendFoldUnicode folds any text. Taking the case away can undo the normal form and the other way round, so both are repeated
// until nothing changes; two rounds do for every character there is.
func appendFoldUnicode(dst []byte, s string) []byte {
	start := len(dst)
	for range 4 {
		dst = foldRunes(dst[:start], start, norm.NFKC.String(s))
		next := string(dst[start:])
		if next == s {
			break
		}
		s = next
	}
	return dst
}

func foldRunes(dst []byte, start int, s string) []byte {
	for _, r := range s {
		dst = appendFoldRune(dst, start, r)
	}
	return trimFold(dst, start)
}

// appendFoldRune appends one character of a fold that begins at start.
func appendFoldRune(dst []byte, start int, r rune) []byte {
	switch {
	case r < utf8.RuneSelf:
		switch {
		case 'A' <= r && r <= 'Z':
			return append(dst, byte(r)+'a'-'A')
		case r == ' ' || r >= '\t' && r <= '\r':
			return appendFoldSpace(dst, start)
		case r < ' ' || r == 0x7f:
			return dst
		}
		return append(dst, byte(r))
	case unicode.IsSpace(r):
		return appendFoldSpace(dst, start)
	case r < 0x3000 || r >= 0xa000: // all but Chinese and kana, which have neither case nor invisible characters
		if unicode.IsControl(r) || invisible(r) {
			return dst
		}
		r = plainCase(r)
	}
	return utf8.AppendRune(dst, r)
}

func appendFoldSpace(dst []byte, start int) []byte {
	if len(dst) == start || dst[len(dst)-1] == ' ' {
		return dst
	}
	return append(dst, ' ')
}

func trimFold(dst []byte, start int) []byte {
	if len(dst) > start && dst[len(dst)-1] == ' ' {
		return dst[:len(dst)-1]
	}
	return dst
}

// plainCase gives one letter for all the cases of a letter: the lower case of the smallest of them.
func plainCase(r rune) rune {
	least := r
	for next := unicode.SimpleFold(r); next != r; next = unicode.SimpleFold(next) {
		least = min(least, next)
	}
	return unicode.ToLower(least)
}
