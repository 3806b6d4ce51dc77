package main

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
)

// maxRow is how many bytes a row may have. What is longer is no row of a table but, most likely, a quotation mark never closed.
const maxRow = 64 << 10

// row is one row of a table: its cells, and the number of the line of the file on which it begins.
type row struct {
	line  int
	cells []string
	// damage says why the cells can't be told apart; nil in a row that can be read.
	damage error
}

// rows reads CSV row by row as it comes in. A damaged row costs only the line on which it begins: reading goes on with the next
// one, also after a quotation mark that is never closed. Blank lines are no rows.
type rows struct {
	in    *bufio.Reader
	err   error  // why in gives no more
	ahead []line // lines read in search of a closing mark that never came
	count int    // of the lines read from in
}

// line is one line of the file with its line break.
type line struct {
	number int
	text   string // only its beginning where it is longer than maxRow
}

func newRows(in io.Reader) *rows { return &rows{in: bufio.NewReaderSize(in, maxRow+1)} }

// next gives the next row; io.EOF after the last one, any other error when the file can't be read further.
func (r *rows) next() (row, error) {
	first, err := r.line()
	for err == nil && strings.TrimSpace(first.text) == "" {
		first, err = r.line()
	}
	if err != nil {
		return row{}, err
	}
	out := row{line: first.number}
	if len(first.text) <= maxRow && !strings.Contains(first.text, `"`) {
		out.cells = strings.Split(strings.TrimRight(first.text, "\r\n"), ",")
		return out, nil
	}
	text, more := r.joined(first)
	if out.cells, out.damage = cells(text); out.damage != nil && len(more) > 0 {
		r.ahead = append(more, r.ahead...)
	}
	return out, nil
}

// joined gives the text of the row that begins with first: the further lines, more, belong to it as long as a quoted value is open.
// It gives up when the text is longer than a row may be.
func (r *rows) joined(first line) (text string, more []line) {
	var b strings.Builder
	for l, open := first, false; ; more = append(more, l) {
		b.WriteString(l.text)
		if strings.Count(l.text, `"`)%2 == 1 {
			open = !open
		}
		if !open || b.Len() > maxRow {
			return b.String(), more
		}
		var err error
		if l, err = r.line(); err != nil {
			return b.String(), more // next gives the error after the lines of more
		}
	}
}

// cells takes the text of a row apart. Its error says in plain words what is wrong.
func cells(text string) ([]string, error) {
	if len(text) > maxRow {
		return nil, fmt.Errorf("the row is longer than %d bytes: a quotation mark may not be closed", maxRow)
	}
	out, err := csv.NewReader(strings.NewReader(text)).Read()
	switch {
	case errors.Is(err, csv.ErrBareQuote):
		return nil, errors.New("a quotation mark stands inside a value that is not quoted: quote the value and double the marks in it")
	case err != nil:
		return nil, errors.New("the quotation marks of a value do not match: close it with one, and double the marks in it")
	}
	return out, nil
}

// line gives the next line of the file.
func (r *rows) line() (line, error) {
	if len(r.ahead) > 0 {
		l := r.ahead[0]
		r.ahead = r.ahead[1:]
		return l, nil
	}
	if r.err != nil {
		return line{}, r.err
	}
	b, err := r.in.ReadSlice('\n')
	l := line{number: r.count + 1, text: string(b)}
	for errors.Is(err, bufio.ErrBufferFull) { // pass over the rest of a line that is too long
		_, err = r.in.ReadSlice('\n')
	}
	if r.err = err; err != nil && (len(b) == 0 || !errors.Is(err, io.EOF)) {
		return line{}, err
	}
	if r.count++; r.count == 1 {
		l.text = strings.TrimPrefix(l.text, "\ufeff") // the byte order mark of UTF-8
	}
	return l, nil
}

// waits reports whether the next row has not come in yet.
func (r *rows) waits() bool {
	buffered, _ := r.in.Peek(r.in.Buffered())
	return len(r.ahead) == 0 && bytes.IndexByte(buffered, '\n') < 0
}
