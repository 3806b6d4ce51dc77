package filing

import (
	"encoding/json"
	"strings"
)

// jsonWalk goes through one value that is known to be valid JSON (json.Valid), so that it needs no error: it sees each member
// in its place, with duplicates, and numbers by their text, which encoding/json hides.
type jsonWalk struct {
	text string
	at   int
}

// kind looks at the next value: '{', '[', '"', '0' for a number, 't', 'f' or 'n' for null.
func (w *jsonWalk) kind() byte {
	w.space()
	if w.at >= len(w.text) {
		return 0
	}
	if c := w.text[w.at]; c != '-' && (c < '0' || c > '9') {
		return c
	}
	return '0'
}

func (w *jsonWalk) space() {
	for w.at < len(w.text) && (w.text[w.at] == ' ' || w.text[w.at] == '\t' || w.text[w.at] == '\n' || w.text[w.at] == '\r') {
		w.at++
	}
}

// take moves over the byte c if it comes next.
func (w *jsonWalk) take(c byte) bool {
	w.space()
	if w.at < len(w.text) && w.text[w.at] == c {
		w.at++
		return true
	}
	return false
}

// members goes through an object; each must move over the member's value.
func (w *jsonWalk) members(each func(name string)) {
	if !w.take('{') || w.take('}') {
		return
	}
	for more := true; more; more = w.take(',') {
		name := w.str()
		w.take(':')
		each(name)
	}
	w.take('}')
}

// elements goes through a list; each must move over the element.
func (w *jsonWalk) elements(each func(index int)) {
	if !w.take('[') || w.take(']') {
		return
	}
	for i, more := 0, true; more; i, more = i+1, w.take(',') {
		each(i)
	}
	w.take(']')
}

// str reads a text. Without escapes it shares the line's memory.
func (w *jsonWalk) str() string {
	raw := w.skip()
	if len(raw) < 2 {
		return ""
	}
	if !strings.Contains(raw, `\`) {
		return raw[1 : len(raw)-1]
	}
	var s string
	if json.Unmarshal([]byte(raw), &s) != nil {
		return ""
	}
	return s
}

// skip moves over any value, without recursion, and gives its text.
func (w *jsonWalk) skip() string {
	w.space()
	from := w.at
	for depth := 0; w.at < len(w.text); {
		switch w.text[w.at] {
		case '"':
			w.skipString()
		case '{', '[':
			depth++
			w.at++
		case '}', ']':
			depth--
			w.at++
		case ',', ':', ' ', '\t', '\n', '\r':
			w.at++
			continue // between values: the value at hand is not finished
		default:
			for w.at < len(w.text) && !strings.ContainsRune(",:]} \t\n\r", rune(w.text[w.at])) {
				w.at++
			}
		}
		if depth == 0 {
			break
		}
	}
	return w.text[from:w.at]
}

func (w *jsonWalk) skipString() {
	for w.at++; w.at < len(w.text); w.at++ {
		switch w.text[w.at] {
		case '\\':
			w.at++
		case '"':
			w.at++
			return
		}
	}
}
