package filing

import (
	"bytes"
	"errors"
	"io"
)

// errTooLong says that a line was longer than a claim may be; it is skipped.
var errTooLong = errors.New("filing: the line is too long")

// lineScanner gives the lines of a text, each within the limit.
type lineScanner struct {
	in       io.Reader
	limit    int
	line     int
	buf      []byte
	pos, end int
	eof      bool
}

// next gives the next line without its end, valid until the next call; errTooLong for one that was skipped; io.EOF after the last.
func (s *lineScanner) next() ([]byte, error) {
	tooLong := false
	for {
		i := bytes.IndexByte(s.buf[s.pos:s.end], '\n')
		if i < 0 && !s.eof {
			if s.end-s.pos > s.limit {
				tooLong = true
				s.pos = s.end
			}
			if err := s.fill(); err != nil {
				return nil, err
			}
			continue
		}
		if i < 0 && s.pos == s.end && !tooLong {
			return nil, io.EOF
		}
		s.line++
		line := s.buf[s.pos:s.end]
		if i >= 0 {
			line = line[:i]
			s.pos++
		}
		s.pos += len(line)
		if tooLong || len(line) > s.limit {
			return nil, errTooLong
		}
		return bytes.TrimSuffix(line, []byte("\r")), nil
	}
}

func (s *lineScanner) fill() error {
	if s.pos > 0 {
		s.end = copy(s.buf, s.buf[s.pos:s.end])
		s.pos = 0
	}
	if s.end == len(s.buf) {
		s.buf = append(s.buf, make([]byte, len(s.buf))...)
	}
	n, err := s.in.Read(s.buf[s.end:])
	s.end += n
	if errors.Is(err, io.EOF) {
		s.eof, err = true, nil
	}
	return err
}
