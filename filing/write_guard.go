package filing

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Guard makes text safe to stand in a cell of a CSV file that a person opens in a spreadsheet. A spreadsheet runs a cell that
// begins with = + - @ (narrow or full-width), a tab or a line break as a formula; spaces and invisible marks before the sign
// don't hinder it. Guard writes an apostrophe before such a beginning, which makes the cell text, and also inside the cell
// after a semicolon, a tab or a line break, because a spreadsheet set to another separator starts a new cell there.
//
// [Unguard] gives the text back exactly: an apostrophe that could be taken for a guard gets one too.
func Guard(text string) string {
	if !guardable(text) {
		return text
	}
	var b strings.Builder
	b.Grow(len(text) + 2)
	for start := true; text != ""; start = false {
		if needsGuard(text, start) || looksGuarded(text, start) {
			b.WriteByte('\'')
		}
		n := segment(text)
		b.WriteString(text[:n])
		text = text[n:]
	}
	return b.String()
}

// Unguard takes off the apostrophes that Guard wrote. Text that Guard would not have written stays as it is, apart from an
// apostrophe before a formula or a digit, which is how people keep a spreadsheet from changing a cell.
func Unguard(text string) string {
	if strings.IndexByte(text, '\'') < 0 {
		return text
	}
	var b strings.Builder
	b.Grow(len(text))
	for start := true; text != ""; start = false {
		if looksGuarded(text, start) {
			text = text[1:]
		}
		n := segment(text)
		b.WriteString(text[:n])
		text = text[n:]
	}
	return b.String()
}

// guardable reports whether anything in the text could need a guard; most text has nothing.
func guardable(text string) bool {
	if text == "" {
		return false
	}
	return strings.ContainsAny(text, breaks) || text[0] == '\'' || text[0] <= ' ' || text[0] >= utf8.RuneSelf || isFormulaSign(rune(text[0]))
}

// breaks are the characters after which a spreadsheet may start a new cell, whatever quotes say.
const breaks = ";\t\r\n\v\f"

// segment is the length of the text up to and with the next of the breaks.
func segment(text string) int {
	if i := strings.IndexAny(text, breaks); i >= 0 {
		return i + 1
	}
	return len(text)
}

// needsGuard reports whether a cell that began with this text would be taken for a formula. At the start of the whole cell
// spaces and invisible marks are looked through, and a tab or a line break counts by itself. It never looks beyond the segment.
func needsGuard(text string, start bool) bool {
	for i, r := range text {
		switch {
		case isFormulaSign(r):
			return true
		case !start:
			return false
		case strings.ContainsRune(breaks, r):
			return i == 0 && r != ';'
		case !unicode.IsSpace(r) && !unicode.Is(unicode.Cf, r) && !unicode.IsControl(r):
			return false
		}
	}
	return false
}

// looksGuarded reports whether the text begins with an apostrophe that Unguard takes off.
func looksGuarded(text string, start bool) bool {
	rest := strings.TrimLeft(text, "'")
	if len(rest) == len(text) || rest == "" {
		return false
	}
	return needsGuard(rest, start) || (start && rest[0] >= '0' && rest[0] <= '9')
}

func isFormulaSign(r rune) bool {
	switch r {
	case '=', '+', '-', '@', '＝', '＋', '－', '＠':
		return true
	}
	return false
}
