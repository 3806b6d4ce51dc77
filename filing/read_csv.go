package filing

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"

	"courts.example/eservices/icms/law"
)

// CSV reads claims from text with separators, as spreadsheets save it: one claim per row under a row of headings (see
// [Columns]). It finds the charset (UTF-8, UTF-16 with its mark, Big5) and the separator (comma, semicolon, tab) by itself.
//
// Rows before the headings that begin with # state control totals: #claims,1000 and #total,HKD 1000.00 and #hash,sha256:...
// The hash is that of the file's bytes after the last of these rows.
type CSV struct{}

// Name is "csv".
func (CSV) Name() string { return "csv" }

// defaultClaimBytes bounds a claim when the options don't.
const defaultClaimBytes = 256 << 10

// Read implements [Format]. Row numbers count records, as a spreadsheet does: one with line breaks inside quotes is one row.
func (CSV) Read(ctx context.Context, f File, o ReadOptions) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		f.Bytes = contextBytes{ctx, f.Bytes}
		r, err := openCSV(f, o)
		if err != nil {
			yield(Row{}, err)
			return
		}
		if o.Header != nil {
			o.Header(r.control, r.findings)
		}
		r.rows(ctx, yield)
	}
}

// csvReader is a CSV file whose header is read.
type csvReader struct {
	file     File
	scan     *csvScanner
	table    *Table
	control  Control
	findings []Finding
}

func openCSV(f File, o ReadOptions) (*csvReader, error) {
	text, err := sniffText(f)
	if err != nil {
		return nil, err
	}
	limit := o.MaxClaimBytes
	if limit <= 0 {
		limit = defaultClaimBytes
	}
	r := &csvReader{file: f, scan: newCSVScanner(text.open(f), limit)}
	if text.charset == charsetBig5 {
		r.findings = append(r.findings, newCellFinding(bad(codeEncodingBig5), Path{}))
	}
	if err := r.scan.chooseSeparator(); err != nil {
		return nil, r.failed(err)
	}
	if err := r.header(text, o); err != nil {
		return nil, err
	}
	return r, nil
}

// header reads the control rows and the row of headings.
func (r *csvReader) header(text sniffed, o ReadOptions) error {
	c := controlReader{home: o.Currency}
	for {
		cells, p, err := r.scan.next()
		switch {
		case errors.Is(err, io.EOF):
			return fmt.Errorf("%w: %s has no row of headings", ErrUnreadable, quoteName(r.file.Name))
		case err != nil:
			return r.failed(err)
		case p.code != "":
			e, _ := Describe(p.code)
			return fmt.Errorf("%w: %s, row %d: the row of headings is broken; the rule is: %s (%s)",
				ErrUnreadable, quoteName(r.file.Name), r.scan.line, e.Rule, p.code)
		case len(cells) == 0 || blankRow(cells):
			continue
		case cells[0].Text != "" && cells[0].Text[0] == '#':
			c.row(r.scan.line, cells)
			continue
		}
		r.control = c.control
		var found []Finding
		if r.table, found, err = NewTable(TableRow{Line: r.scan.line, Cells: cells}, o); err != nil {
			return err
		}
		if err := c.checkHash(r.file, text, c.lines+r.scan.unseen); err != nil {
			return err
		}
		r.findings = append(append(r.findings, c.findings...), found...)
		return nil
	}
}

// rows gives the claims.
func (r *csvReader) rows(ctx context.Context, yield func(Row, error) bool) {
	if r.table.Columns() == 0 {
		return
	}
	for {
		cells, p, err := r.scan.next()
		if err == nil && r.scan.line%256 == 0 {
			err = ctx.Err()
		}
		switch {
		case errors.Is(err, io.EOF):
			return
		case err != nil:
			yield(Row{}, r.failed(err))
			return
		}
		row, ok := Row{}, true
		if p.code != "" {
			row = r.table.unreadable(r.scan.line, r.table.referenceIn(cells), p)
		} else if row, ok = r.table.Read(TableRow{Line: r.scan.line, Cells: cells}); ok {
			r.table.checkShort(&row, len(cells))
		}
		if ok && !yield(row, nil) {
			return
		}
	}
}

func (r *csvReader) failed(err error) error {
	return fmt.Errorf("filing: reading %s after row %d: %w", quoteName(r.file.Name), r.scan.line, err)
}

// checkShort finds a row that ends before a column it must have. Spreadsheets leave out empty cells at the end of a row, so a
// row that lacks only optional ones is whole.
func (t *Table) checkShort(row *Row, cells int) {
	for i := cells; i < len(t.columns); i++ {
		if t.columns[i].required {
			row.find(bad(codeRowShort, law.V("cells", cells), law.V("columns", len(t.columns))), Path{})
			for ; i < len(t.columns); i++ {
				if t.columns[i].required {
					row.Unread = append(row.Unread[:len(row.Unread):len(row.Unread)], t.columns[i].pointer)
				}
			}
			row.nameReference()
		}
	}
}

// chooseSeparator looks at the row of headings, before anything is scanned, for the separator that gives the most headings
// we know. A first line "sep=;" states it and is no row; spreadsheets hide that line too.
func (s *csvScanner) chooseSeparator() error {
	for s.end < len(s.buf) && !s.eof {
		if err := s.fill(); err != nil {
			return err
		}
	}
	head := s.buf[:s.end]
	if rest, ok := bytes.CutPrefix(head, []byte("sep=")); ok && len(rest) > 1 && (rest[1] == '\r' || rest[1] == '\n') {
		s.separator = rest[0]
		s.unseen = 1
		return s.skipLine()
	}
	s.separator = separatorOf(headingLine(head))
	return nil
}

// headingLine gives the first line that is neither empty nor of control totals.
func headingLine(head []byte) []byte {
	for len(head) > 0 {
		line := head
		if i := bytes.IndexAny(head, "\r\n"); i >= 0 {
			line, head = head[:i], head[i+1:]
		} else {
			head = nil
		}
		if trimmed := bytes.Trim(line, ",;\t "); len(trimmed) > 0 && line[0] != '#' {
			return line
		}
	}
	return nil
}

func separatorOf(line []byte) byte {
	known := newHeadings()
	best, most := byte(','), 0
	for _, separator := range []byte{',', ';', '\t'} {
		count := 0
		for heading := range bytes.SplitSeq(line, []byte{separator}) {
			if _, _, ok := known.find(string(heading)); ok {
				count++
			}
		}
		if count > most {
			best, most = separator, count
		}
	}
	return best
}
