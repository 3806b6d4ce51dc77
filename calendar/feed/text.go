package feed

import (
	"strings"
	"unicode/utf8"
)

// splitText reads a list of texts with commas between them, unescaped; ok is false when an escape is none of RFC 5545.
func splitText(value string) (texts []string, ok bool) {
	var b strings.Builder
	for i := 0; i < len(value); i++ {
		switch c := value[i]; c {
		case ',':
			texts = append(texts, b.String())
			b.Reset()
		case '\\':
			i++
			if i == len(value) {
				return nil, false
			}
			switch value[i] {
			case 'n', 'N':
				b.WriteByte('\n')
			case '\\', ';', ',':
				b.WriteByte(value[i])
			default:
				return nil, false
			}
		default:
			b.WriteByte(c)
		}
	}
	return append(texts, b.String()), true
}

// readText reads a single text. A bare comma, which ought to be escaped, is taken for a comma.
func readText(value string) (string, bool) {
	texts, ok := splitText(value)
	return strings.Join(texts, ","), ok
}

// escapeText writes a text as a value.
func escapeText(s string) string {
	return strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`).Replace(s)
}

// writable reports whether s can stand in an iCalendar text: UTF-8 with no control character but tabs and line feeds.
func writable(s string) bool {
	return utf8.ValidString(s) &&
		!strings.ContainsFunc(s, func(r rune) bool { return r < ' ' && r != '\t' && r != '\n' || r == 0x7F })
}

// fold appends a content line to b in physical lines of at most 75 bytes, never cut inside a character.
func fold(b []byte, text string) []byte {
	const width = 75
	room := width
	for len(text) > room {
		cut := room
		for !utf8.RuneStart(text[cut]) {
			cut--
		}
		b = append(b, text[:cut]...)
		b = append(b, "\r\n "...)
		text, room = text[cut:], width-1
	}
	b = append(b, text...)
	return append(b, "\r\n"...)
}
