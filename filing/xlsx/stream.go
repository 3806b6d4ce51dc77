package xlsx

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// maxDepth is how deep elements may lie in one another; a workbook needs a tenth of it.
const maxDepth = 100

// stream gives the tokens of a part, none of them longer than a bound nor deeper than maxDepth.
type stream struct {
	decoder *xml.Decoder
	in      io.Reader
	bound   int
	left    int
	depth   int
}

func newStream(in io.Reader, limit int) *stream {
	s := &stream{in: in, bound: 8*limit + 1<<20}
	s.decoder = xml.NewDecoder(s)
	return s
}

// Read feeds the decoder.
func (s *stream) Read(p []byte) (int, error) {
	if s.left <= 0 {
		return 0, tooLong(s.bound)
	}
	n, err := s.in.Read(p[:min(len(p), s.left)])
	s.left -= n
	return n, err
}

// Token gives the next token, valid until the next call.
func (s *stream) Token() (xml.Token, error) {
	s.left = s.bound
	token, err := s.decoder.Token()
	switch token.(type) {
	case xml.StartElement:
		if s.depth++; s.depth > maxDepth {
			return nil, fmt.Errorf("elements more than %d deep", maxDepth)
		}
	case xml.EndElement:
		s.depth--
	}
	return token, err
}

// Skip moves over what is left of the element at hand.
func (s *stream) Skip() error {
	for outside := s.depth - 1; s.depth > outside; {
		if _, err := s.Token(); err != nil {
			return noEOF(err)
		}
	}
	return nil
}

// textBuilder puts a text together from its pieces.
type textBuilder struct{ strings.Builder }

// add adds a piece, within the bound.
func (b *textBuilder) add(piece []byte, bound int) error {
	if b.Len()+len(piece) > bound {
		return tooLong(bound)
	}
	b.Write(piece)
	return nil
}

func tooLong(bound int) error { return fmt.Errorf("a text of more than %d bytes", bound) }

func noEOF(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}
