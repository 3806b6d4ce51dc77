package pdf

import "strconv"

type kind uint8

const (
	kindEnd kind = iota
	kindInt
	kindName
	kindWord // a keyword, a real number, or anything else that is not parsed further
	kindString
	kindArray
	kindArrayEnd
	kindDict
	kindDictEnd
	kindRef  // of values only
	kindNull // of values only
)

// textBytes is how much of a name or a word is kept; the ones looked for are shorter.
const textBytes = 32

// lexer splits a source into tokens.
type lexer struct {
	src   *source
	pos   int64
	start int64 // of the last token
	n     int64 // the last kindInt
	store [textBytes]byte
	text  []byte // the last kindName or kindWord, nil when it was longer than textBytes
}

// next gives the kind of the next token.
func (l *lexer) next() kind {
	from := l.pos
	l.space()
	l.start = l.pos
	k := l.token()
	if l.src.in.spend(l.pos-from) != nil {
		return kindEnd
	}
	return k
}

func (l *lexer) token() kind {
	c, ok := l.src.at(l.pos)
	if !ok {
		return kindEnd
	}
	l.pos++
	switch c {
	case '[':
		return kindArray
	case ']':
		return kindArrayEnd
	case '<':
		if l.accept('<') {
			return kindDict
		}
		l.hexString()
		return kindString
	case '>':
		if l.accept('>') {
			return kindDictEnd
		}
		return kindString
	case '(':
		l.string()
		return kindString
	case '/':
		l.regular()
		l.unescape()
		return kindName
	case ')', '{', '}':
		return kindString
	}
	l.pos--
	l.regular()
	return l.number()
}

func (l *lexer) accept(want byte) bool {
	if c, ok := l.src.at(l.pos); !ok || c != want {
		return false
	}
	l.pos++
	return true
}

// space skips white space and comments.
func (l *lexer) space() {
	comment := false
	for {
		c, ok := l.src.at(l.pos)
		switch {
		case !ok:
			return
		case c == '%':
			comment = true
		case c == '\n' || c == '\r':
			comment = false
		case !comment && !isSpace(c):
			return
		}
		l.pos++
	}
}

// regular reads the characters of a name or a word.
func (l *lexer) regular() {
	n := 0
	for {
		c, ok := l.src.at(l.pos)
		if !ok || isSpace(c) || isDelimiter(c) {
			break
		}
		if n < textBytes {
			l.store[n] = c
		}
		n++
		l.pos++
	}
	l.text = nil
	if n <= textBytes {
		l.text = l.store[:n]
	}
}

// unescape resolves the #xx of a name.
func (l *lexer) unescape() {
	out := l.text[:0]
	for i := 0; i < len(l.text); i++ {
		c := l.text[i]
		if c == '#' && i+2 < len(l.text) {
			if v, err := strconv.ParseUint(string(l.text[i+1:i+3]), 16, 8); err == nil {
				c = byte(v)
				i += 2
			}
		}
		out = append(out, c)
	}
	l.text = out
}

// number tells an integer from another word.
func (l *lexer) number() kind {
	digits, negative := l.text, false
	if len(digits) > 0 && (digits[0] == '+' || digits[0] == '-') {
		negative = digits[0] == '-'
		digits = digits[1:]
	}
	if len(digits) == 0 || len(digits) > 18 {
		return kindWord
	}
	n := int64(0)
	for _, c := range digits {
		if !isDigit(c) {
			return kindWord
		}
		n = n*10 + int64(c-'0')
	}
	if negative {
		n = -n
	}
	l.n = n
	return kindInt
}

// string skips to the parenthesis that closes a string; parentheses nest in it.
func (l *lexer) string() {
	for depth := 1; depth > 0; l.pos++ {
		c, ok := l.src.at(l.pos)
		if !ok {
			return
		}
		switch c {
		case '\\':
			l.pos++
		case '(':
			depth++
		case ')':
			depth--
		}
	}
}

func (l *lexer) hexString() {
	for {
		c, ok := l.src.at(l.pos)
		if !ok {
			return
		}
		l.pos++
		if c == '>' {
			return
		}
	}
}

// word reports whether the next token is that keyword.
func (l *lexer) word(want string) bool {
	return l.next() == kindWord && string(l.text) == want
}

// integer reads an integer.
func (l *lexer) integer() (int64, bool) {
	ok := l.next() == kindInt
	return l.n, ok
}

func isSpace(c byte) bool {
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func isDelimiter(c byte) bool {
	switch c {
	case '(', ')', '<', '>', '[', ']', '{', '}', '/', '%':
		return true
	}
	return false
}
