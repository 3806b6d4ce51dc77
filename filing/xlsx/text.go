package xlsx

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// readTexts reads the table of the texts that cells share, once. It is the one part that is held whole.
func (b *book) readTexts() error {
	if b.textsPart == "" {
		return nil
	}
	in, err := b.part(b.textsPart, maxTexts)
	if err != nil {
		return err
	}
	defer in.Close()
	b.textsPart = ""
	tokens := newStream(in, defaultClaimBytes)
	const header = 16 // of a string in memory
	held := 0
	for {
		token, err := tokens.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil {
			if start, ok := token.(xml.StartElement); ok && start.Name.Local == "si" {
				var text string
				if text, err = readText(tokens); err == nil {
					b.texts = append(b.texts, text)
				}
				if held += len(text) + header; held > maxTexts {
					err = fmt.Errorf("it holds more than %d bytes; split the workbook, or save it as CSV UTF-8", maxTexts)
				}
			}
		}
		if err != nil {
			return b.unreadable("can't be read in its table of texts, after text %d: %w", len(b.texts), err)
		}
	}
}

// readText reads a text with its formatting taken off, up to the end of the element at hand. How to pronounce a text (rPh) is
// no part of it.
func readText(s *stream) (string, error) {
	var text textBuilder
	inText := false
	for depth := 1; depth > 0; {
		token, err := s.Token()
		if err != nil {
			return "", noEOF(err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			if t.Name.Local == "rPh" {
				if err := s.Skip(); err != nil {
					return "", err
				}
				continue
			}
			depth++
			inText = t.Name.Local == "t"
		case xml.EndElement:
			depth--
			inText = false
		case xml.CharData:
			if inText {
				err = text.add(t, s.bound)
			}
		}
		if err != nil {
			return "", err
		}
	}
	return unescape(text.String()), nil
}

// unescape reads the escapes of characters that XML can't hold: "_x000D_" is a carriage return, "_x005F_" an underscore
// before what would else be an escape.
func unescape(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	var b strings.Builder
	for {
		i := strings.Index(s, "_x")
		if i < 0 || len(s)-i < 7 {
			b.WriteString(s)
			return b.String()
		}
		b.WriteString(s[:i])
		code, err := strconv.ParseUint(s[i+2:i+6], 16, 16)
		if s[i+6] != '_' || err != nil {
			b.WriteString("_x")
			s = s[i+2:]
			continue
		}
		b.WriteRune(rune(code))
		s = s[i+7:]
	}
}
