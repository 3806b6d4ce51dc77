package feed

import (
	"iter"
	"strings"
	"unicode/utf8"
)

// line is one content line, unfolded: a name, parameters and a value that is not unescaped yet.
type line struct {
	number      int    // of its first physical line, from 1
	name, value string // the name in capitals
	params      map[string]string
}

// unfold gives the content lines with their numbers. Lines end with CRLF, or with a plain LF as many programs write them; one that
// begins with a space or a tab goes on the one before, even in the middle of a character.
func unfold(data string) iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		var whole []byte
		number, began := 0, 0
		for physical := range strings.Lines(data) {
			number++
			physical = strings.TrimSuffix(strings.TrimSuffix(physical, "\n"), "\r")
			if began > 0 && physical != "" && (physical[0] == ' ' || physical[0] == '\t') {
				whole = append(whole, physical[1:]...)
				continue
			}
			if began > 0 && !yield(began, string(whole)) {
				return
			}
			whole, began = append(whole[:0], physical...), number
		}
		if began > 0 {
			yield(began, string(whole))
		}
	}
}

// parseLine takes a content line apart.
func parseLine(number int, text string) (line, error) {
	l := line{number: number}
	if problem := checkLine(text); problem != "" {
		return l, refuseAt(ErrShape, number, "%s", problem)
	}
	end := strings.IndexAny(text, ";:")
	if end <= 0 || !isName(text[:end]) {
		return l, refuseAt(ErrShape, number, "%.40q does not begin with the name of a property", text)
	}
	l.name = strings.ToUpper(text[:end])
	rest := text[end:]
	for rest != "" && rest[0] == ';' {
		name, value, after, ok := parseParam(rest[1:])
		if !ok {
			return l, refuseAt(ErrShape, number, "%s has a parameter that is not written NAME=value: %.40q", l.name, rest)
		}
		if _, twice := l.params[name]; twice {
			return l, refuseAt(ErrShape, number, "%s has the parameter %.20s twice", l.name, name)
		}
		if l.params == nil {
			l.params = make(map[string]string)
		}
		l.params[name], rest = value, after
	}
	if rest == "" || rest[0] != ':' {
		return l, refuseAt(ErrShape, number, "%s has no value", l.name)
	}
	l.value = rest[1:]
	return l, nil
}

// checkLine says what makes a line no line of text.
func checkLine(text string) string {
	switch {
	case text == "":
		return "the line is empty"
	case len(text) > maxLine:
		return "the line is longer than any real one"
	case !utf8.ValidString(text):
		return "the line is not UTF-8"
	case strings.ContainsFunc(text, func(r rune) bool { return r < ' ' && r != '\t' || r == 0x7F }):
		return "the line has a control character"
	}
	return ""
}

// parseParam reads "NAME=value,"quoted"" up to the next ; or : outside quotes. Of several values it gives the text as it stands.
func parseParam(text string) (name, value, rest string, ok bool) {
	eq := strings.IndexByte(text, '=')
	if eq <= 0 || !isName(text[:eq]) {
		return "", "", "", false
	}
	name, text = strings.ToUpper(text[:eq]), text[eq+1:]
	quoted := false
	for i := range len(text) {
		switch c := text[i]; {
		case c == '"':
			quoted = !quoted
		case !quoted && (c == ';' || c == ':'):
			return name, unquote(text[:i]), text[i:], true
		}
	}
	return "", "", "", false
}

// unquote takes the quotes off a value that is quoted as a whole.
func unquote(s string) string {
	if n := len(s); n >= 2 && s[0] == '"' && strings.IndexByte(s[1:], '"') == n-2 {
		return s[1 : n-1]
	}
	return s
}

func isName(s string) bool {
	for i := range len(s) {
		c := s[i] | 0x20
		if (c < 'a' || c > 'z') && (s[i] < '0' || s[i] > '9') && s[i] != '-' {
			return false
		}
	}
	return s != ""
}
