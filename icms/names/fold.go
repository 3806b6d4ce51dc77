package names

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// How much of a text counts, in bytes: what is looked at, what is kept of it, and what is kept of one word.
const (
	maxRaw  = 4000
	maxFold = 1000
	maxWord = 60
)

// fold gives the form in which names are compared: words and runs of Chinese in their order, with a space before, between and after
// them; "" when there are none. Folding a fold changes nothing.
func fold(s string) string {
	s = cut(s, maxRaw)
	if !strings.ContainsFunc(s, func(r rune) bool { return r >= utf8.RuneSelf && !usual(r) }) {
		return tokenize(s)
	}
	return tokenize(plain(s))
}

// usual reports whether a character is one of the Chinese characters that are as they should be: most of what is not ASCII.
func usual(r rune) bool { return 0x4e00 <= r && r <= 0x9fff }

// tokenize folds what plain leaves.
func tokenize(s string) string {
	f := folder{out: append(make([]byte, 0, len(s)+2), ' ')}
	for i, r := range s {
		if !f.add(r, s[i+utf8.RuneLen(r):]) {
			break
		}
	}
	f.close()
	if len(f.out) == 1 {
		return ""
	}
	return string(f.out)
}

// cut gives the start of s with at most n bytes, ending with a whole character.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// plain takes away what tells no names apart: the shapes of compatibility characters, what can't be seen, and the marks of letters
// that are known without them. A mark that is left stands behind a letter. The result is valid UTF-8.
func plain(s string) string {
	var b strings.Builder
	marked := false // whether a mark here belongs to a letter that needs it
	for _, r := range norm.NFKD.String(s) {
		switch {
		case ignored(r):
			continue
		case !unicode.IsMark(r):
			marked = unicode.IsLetter(r) && !unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Han)
		case !marked:
			continue
		}
		b.WriteRune(r)
	}
	return norm.NFC.String(b.String())
}

// ignored reports whether a character is dropped without parting a word: apostrophes and what can't be seen.
func ignored(r rune) bool {
	switch r {
	case '\'', '\u2018', '\u2019', '\u02bb', '\u02bc':
		return true
	}
	return r >= utf8.RuneSelf && (unicode.In(r, unicode.Cf, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector))
}

// class is what a character does in a fold.
type class int

const (
	gap     class = iota // parts tokens
	letter               // is of a word
	han                  // is of a run of Chinese, or of kana or Hangul
	joining              // belongs to whatever it follows
)

func classOf(r rune) class {
	switch {
	case r < utf8.RuneSelf:
		if 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' {
			return letter
		}
		return gap
	case usual(r):
		return han
	case unicode.IsMark(r):
		return joining
	case !unicode.IsLetter(r) && !unicode.IsNumber(r):
		return gap
	case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Bopomofo):
		return han
	case unicode.Is(unicode.Lm, r):
		return joining
	}
	return letter
}

// folder writes a fold token by token.
type folder struct {
	out   []byte
	class class // of the token that is being written; gap between tokens
	start int   // where it starts
	part  int   // its characters since the last initial
}

// add takes the next character; rest is what follows it. It is false when the fold is full.
func (f *folder) add(r rune, rest string) bool {
	c := classOf(r)
	switch {
	case ignored(r):
		return true
	case r == '.' && f.class == letter && f.part == 1 && isInitial(rest):
		f.part = 0
		return true
	case r == '&':
		f.close()
		more := f.write('a', letter) && f.write('n', letter) && f.write('d', letter)
		f.close()
		return more
	case c == joining:
		c = f.class
	}
	if c != f.class {
		f.close()
	}
	return c == gap || f.write(r, c)
}

// isInitial reports whether s starts with a letter alone.
func isInitial(s string) bool {
	r, n := utf8.DecodeRuneInString(s)
	next, _ := utf8.DecodeRuneInString(s[n:])
	return unicode.IsLetter(r) && classOf(r) == letter && classOf(next) == gap
}

// write appends a character of a token. What a word has beyond maxWord is dropped, and so is a word for which there is no room.
func (f *folder) write(r rune, c class) bool {
	if f.class == gap {
		f.class, f.start, f.part = c, len(f.out), 0
	}
	if c == letter && len(f.out)-f.start+utf8.UTFMax > maxWord {
		return true
	}
	if len(f.out)+utf8.UTFMax > maxFold {
		if c == letter {
			f.out, f.class = f.out[:f.start], gap
		}
		return false
	}
	f.out = utf8.AppendRune(f.out, lower(r))
	f.part++
	return true
}

// close ends the token.
func (f *folder) close() {
	if f.class != gap {
		f.out, f.class = append(f.out, ' '), gap
	}
}

// lower gives one letter for all the cases of a letter.
func lower(r rune) rune {
	if r < utf8.RuneSelf {
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r
	}
	if unicode.IsLetter(r) {
		r = unicode.ToLower(unicode.ToUpper(r))
	}
	return r
}
