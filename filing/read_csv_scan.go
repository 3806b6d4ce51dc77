package filing

import (
	"bytes"
	"errors"
	"io"
	"strings"

	"courts.example/eservices/icms/law"
)

// csvScanner takes a CSV text apart into records of cells. It holds one record and a read buffer, whatever the file's length.
//
// A cell in quotes may hold separators and line breaks, and a doubled quote stands for one; a quote inside a cell that doesn't
// begin with one is plain text, as spreadsheets have it. Lines end with CRLF, LF or CR. A record whose quotes are broken is given
// up at the end of its first line, and reading goes on with the line after it: one stray quote costs one row and not the file.
type csvScanner struct {
	in        io.Reader
	separator byte
	limit     int // bytes of a record
	line      int // the number of the record at hand
	unseen    int // lines before the first record that don't count as rows

	buf      []byte
	pos, end int // what is read and not yet scanned
	eof      bool

	spans []span
	cells []Cell
}

// span is where a cell lies in the buffer, without its quotes.
type span struct {
	from, to int
	doubled  bool // it holds doubled quotes
}

// scanned says how far a scan came.
type scanned uint8

const (
	scanDone        scanned = iota
	scanMore                // the buffer ends inside the record
	scanTooLong             // the record is longer than the limit
	scanQuoteOpen           // a quoted cell doesn't end within the limit, or the file
	scanQuoteInside         // text follows the closing quote of a cell
)

const csvBuffer = 64 << 10

func newCSVScanner(in io.Reader, limit int) *csvScanner {
	return &csvScanner{in: in, separator: ',', limit: limit, buf: make([]byte, csvBuffer)}
}

// next gives the cells of the next record, valid until the next call, io.EOF after the last. With a problem the cells are
// those before the broken one.
func (s *csvScanner) next() ([]Cell, problem, error) {
	for {
		if s.pos == s.end && s.eof {
			return nil, problem{}, io.EOF
		}
		at, how := s.scan()
		switch how {
		case scanDone:
			s.line++
			s.take(at)
			s.pos = at
			return s.cells, problem{}, nil
		case scanTooLong:
			return s.giveUp(at, bad(codeRowTooLarge, law.V("limit", s.limit)))
		case scanQuoteOpen:
			return s.giveUp(s.pos, bad(codeRowQuoteOpen, law.V("place", len(s.spans)+1), law.V("limit", s.limit)))
		case scanQuoteInside:
			return s.giveUp(s.pos, bad(codeRowQuoteInside, law.V("place", len(s.spans)+1)))
		}
		if err := s.fill(); err != nil {
			return nil, problem{}, err
		}
	}
}

// scan finds the cells of the record at s.pos. It gives the place of the next record when it is done, and that of the cell that
// is too long.
func (s *csvScanner) scan() (at int, how scanned) {
	s.spans = s.spans[:0]
	for i := s.pos; ; i++ {
		cell, end, how := s.scanCell(i)
		switch {
		case how != scanDone:
			return 0, how
		case end-s.pos > s.limit:
			return i, scanTooLong
		case end == s.end && !s.eof:
			return 0, scanMore
		}
		if end == s.end {
			s.spans = append(s.spans, cell)
			return end, scanDone
		}
		switch s.buf[end] {
		case s.separator:
			s.spans = append(s.spans, cell)
			i = end
		case '\n':
			s.spans = append(s.spans, cell)
			return end + 1, scanDone
		case '\r':
			if end+1 == s.end && !s.eof {
				return 0, scanMore
			}
			s.spans = append(s.spans, cell)
			if end+1 < s.end && s.buf[end+1] == '\n' {
				return end + 2, scanDone
			}
			return end + 1, scanDone
		default:
			return 0, scanQuoteInside
		}
	}
}

// scanCell finds the cell that begins at i, and the place of what ends it.
func (s *csvScanner) scanCell(i int) (cell span, end int, how scanned) {
	quote := i
	for quote < s.end && s.buf[quote] == ' ' {
		quote++
	}
	if quote < s.end && s.buf[quote] == '"' {
		return s.scanQuoted(quote + 1)
	}
	for end = i; end < s.end; end++ {
		if c := s.buf[end]; c == s.separator || c == '\n' || c == '\r' {
			break
		}
	}
	return span{from: i, to: end}, end, scanDone
}

// scanQuoted finds the end of a quoted cell whose text begins at from.
func (s *csvScanner) scanQuoted(from int) (cell span, end int, how scanned) {
	cell.from = from
	for end = from; ; {
		k := bytes.IndexByte(s.buf[end:s.end], '"')
		switch {
		case k < 0 && (s.eof || s.end-s.pos > s.limit), k >= 0 && end+k-s.pos > s.limit:
			return cell, 0, scanQuoteOpen
		case k < 0, end+k+1 == s.end && !s.eof:
			return cell, 0, scanMore
		}
		end += k + 1
		if end == s.end || s.buf[end] != '"' {
			break
		}
		cell.doubled = true
		end++
	}
	cell.to = end - 1
	for end < s.end && s.buf[end] == ' ' {
		end++
	}
	return cell, end, scanDone
}

// take makes cells of the spans, without the guard against formulas. All cells of a record share one string.
func (s *csvScanner) take(next int) {
	s.cells = s.cells[:0]
	text := string(s.buf[s.pos:next])
	guarded := strings.IndexByte(text, '\'') >= 0
	for _, at := range s.spans {
		cell := text[at.from-s.pos : at.to-s.pos]
		if at.doubled {
			cell = strings.ReplaceAll(cell, `""`, `"`)
		}
		if guarded {
			cell = Unguard(cell)
		}
		s.cells = append(s.cells, Cell{Text: cell})
	}
}

// giveUp ends a broken record at the first line end behind from, and gives the cells before the broken one.
func (s *csvScanner) giveUp(from int, p problem) ([]Cell, problem, error) {
	s.line++
	stop := s.end
	if i := bytes.IndexAny(s.buf[from:s.end], "\r\n"); i >= 0 {
		stop = from + i
	}
	for len(s.spans) > 0 && s.spans[len(s.spans)-1].to > stop {
		s.spans = s.spans[:len(s.spans)-1]
	}
	s.take(stop)
	s.pos = stop
	return s.cells, p, s.skipLine()
}

// skipLine moves behind the next line end, whatever lies before it.
func (s *csvScanner) skipLine() error {
	for !s.eof || s.pos < s.end {
		i := bytes.IndexAny(s.buf[s.pos:s.end], "\r\n")
		if i >= 0 && (s.buf[s.pos+i] == '\n' || s.pos+i+1 < s.end || s.eof) {
			s.pos += i + 1
			if s.buf[s.pos-1] == '\r' && s.pos < s.end && s.buf[s.pos] == '\n' {
				s.pos++
			}
			return nil
		}
		if s.pos = s.end; i >= 0 {
			s.pos-- // a CR whose LF may follow
		}
		if err := s.fill(); err != nil {
			return err
		}
	}
	return nil
}

// fill reads more behind what is not scanned yet.
func (s *csvScanner) fill() error {
	if s.pos > 0 {
		s.end = copy(s.buf, s.buf[s.pos:s.end])
		s.pos = 0
	}
	if s.end == len(s.buf) {
		s.buf = append(s.buf, make([]byte, len(s.buf))...)
	}
	for {
		n, err := s.in.Read(s.buf[s.end:])
		s.end += n
		switch {
		case errors.Is(err, io.EOF):
			s.eof = true
			return nil
		case err != nil:
			return err
		case n > 0:
			return nil
		}
	}
}
