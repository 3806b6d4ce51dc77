package xlsx

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// stream gives the tokens of a part, none of them longer than a bound.
type stream struct {
	*xml.Decoder
	in    io.Reader
	bound int
	left  int
}

func newStream(in io.Reader, limit int) *stream {
	s := &stream{in: in, bound: 8*limit + 1<<20}
	s.Decoder = xml.NewDecoder(s)
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

// Token is that of the decoder, within the bound.
func (s *stream) Token() (xml.Token, error) {
	s.left = s.bound
	return s.Decoder.Token()
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
