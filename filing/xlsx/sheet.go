package xlsx

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"courts.example/eservices/calendar"
	"courts.example/eservices/filing"
)

// The bounds of a sheet that every spreadsheet has.
const (
	maxRows    = 1 << 20
	maxColumns = 1 << 14
)

// rows gives the rows of a sheet in their order. A row and its cells hold until each returns; tooLong says that the row's texts
// are longer than limit, and that cells were left out. An error of each ends the reading and is given back as it is.
func (b *book) rows(ctx context.Context, s sheet, limit int, each func(row filing.TableRow, tooLong bool) error) error {
	if err := b.readTexts(); err != nil {
		return err
	}
	merged, err := b.mergedAreas(s)
	if err != nil {
		return err
	}
	in, err := b.part(s.part, maxSheetPart)
	if err != nil {
		return err
	}
	defer in.Close()
	r := sheetReader{book: b, limit: limit, merged: merged, stream: newStream(in, limit)}
	for {
		err := r.next(ctx, each)
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case errors.Is(err, errDamaged):
			return b.unreadable("is damaged: sheet %.60q near row %d: %w", s.name, r.line, err)
		case err != nil:
			return err
		}
	}
}

// errDamaged marks errors of the workbook's own making.
var errDamaged = errors.New("not what a workbook holds")

func damaged(err error) error { return fmt.Errorf("%w: %w", errDamaged, noEOF(err)) }

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

// sheetReader reads the rows of a sheet.
type sheetReader struct {
	*stream
	book   *book
	limit  int
	merged mergedAreas

	hidden []columnRange
	line   int
	width  int // cells in the widest row of headings so far: the first row with content
	cells  []filing.Cell
	bytes  int // of the texts of the row at hand
}

// columnRange is a run of hidden columns, counted from 0, the last one in.
type columnRange struct{ from, to int }

// next reads on to the end of the next row, or io.EOF.
func (r *sheetReader) next(ctx context.Context, each func(filing.TableRow, bool) error) error {
	for {
		token, err := r.Token()
		if errors.Is(err, io.EOF) {
			return io.EOF
		}
		if err != nil {
			return damaged(err)
		}
		start, ok := token.(xml.StartElement)
		switch {
		case ok && start.Name.Local == "col":
			r.column(start)
		case ok && start.Name.Local == "row":
			row, err := r.row(start)
			if err != nil {
				return damaged(err)
			}
			if err := each(row, r.bytes > r.limit); err != nil || r.line%256 != 0 {
				return err
			}
			return ctx.Err()
		}
	}
}

// column takes note of hidden columns.
func (r *sheetReader) column(start xml.StartElement) {
	from, err1 := strconv.Atoi(attribute(start, "min"))
	to, err2 := strconv.Atoi(attribute(start, "max"))
	if err1 == nil && err2 == nil && isTrue(attribute(start, "hidden")) && len(r.hidden) < maxColumns {
		r.hidden = append(r.hidden, columnRange{from - 1, to - 1})
	}
}

func (r *sheetReader) columnHidden(column int) bool {
	for _, h := range r.hidden {
		if column >= h.from && column <= h.to {
			return true
		}
	}
	return false
}

func attribute(start xml.StartElement, name string) string {
	for _, a := range start.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// row reads the cells of a row.
func (r *sheetReader) row(start xml.StartElement) (filing.TableRow, error) {
	line := r.line + 1
	if stated := attribute(start, "r"); stated != "" {
		n, err := strconv.Atoi(stated)
		if err != nil || n < line || n > maxRows {
			return filing.TableRow{}, fmt.Errorf("a row numbered %.20q", stated)
		}
		line = n
	}
	r.line, r.bytes, r.cells = line, 0, r.cells[:0]
	for {
		token, err := r.Token()
		if err != nil {
			return filing.TableRow{}, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			if t.Name.Local != "c" {
				err = r.Skip()
			} else {
				err = r.cell(t)
			}
			if err != nil {
				return filing.TableRow{}, err
			}
		case xml.EndElement:
			if r.width == 0 {
				r.width = len(r.cells)
			}
			r.cells = r.merged.mark(r.cells, line, r.width)
			return filing.TableRow{Line: line, Cells: r.cells, Hidden: isTrue(attribute(start, "hidden"))}, nil
		}
	}
}

// cell reads one cell into its place in the row.
func (r *sheetReader) cell(start xml.StartElement) error {
	at := len(r.cells)
	if stated := attribute(start, "r"); stated != "" {
		column, ok := columnOf(stated)
		if !ok || column < at || column >= maxColumns {
			return fmt.Errorf("a cell named %.20q", stated)
		}
		at = column
	}
	value, err := r.content()
	if err != nil {
		return err
	}
	cell, err := r.value(attribute(start, "t"), attribute(start, "s"), value)
	if err != nil {
		return fmt.Errorf("cell %.20q: %w", attribute(start, "r"), err)
	}
	if r.bytes += len(cell.Text); r.bytes > r.limit {
		cell = filing.Cell{}
	}
	for len(r.cells) < at {
		r.cells = append(r.cells, filing.Cell{})
	}
	cell.Hidden = r.columnHidden(at)
	r.cells = append(r.cells, cell)
	return nil
}

// content is what a cell's element holds.
type content struct {
	value    string
	hasValue bool
	formula  bool
}

// content reads up to the end of a cell's element.
func (r *sheetReader) content() (c content, err error) {
	for {
		token, err := r.Token()
		if err != nil {
			return c, err
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			if _, end := token.(xml.EndElement); end {
				return c, nil
			}
			continue
		}
		switch start.Name.Local {
		case "v":
			c.value, err = r.plain()
			c.hasValue = true
		case "is":
			c.value, err = readText(r.stream)
			c.hasValue = true
		case "f":
			c.formula = true
			err = r.Skip()
		default:
			err = r.Skip()
		}
		if err != nil {
			return c, err
		}
	}
}

// plain reads the text of an element without elements in it.
func (r *sheetReader) plain() (string, error) {
	var text textBuilder
	for {
		token, err := r.Token()
		if err != nil {
			return "", err
		}
		switch t := token.(type) {
		case xml.CharData:
			if err := text.add(t, r.bound); err != nil {
				return "", err
			}
		case xml.StartElement:
			return "", fmt.Errorf("an element %.20q in a value", t.Name.Local)
		case xml.EndElement:
			return text.String(), nil
		}
	}
}

// value makes the cell of what its element holds.
func (r *sheetReader) value(kind, style string, c content) (filing.Cell, error) {
	cell := filing.Cell{Text: c.value}
	switch kind {
	case "s":
		i, err := strconv.Atoi(strings.TrimSpace(c.value))
		if c.value == "" && !c.hasValue {
			break
		}
		if err != nil || i < 0 || i >= len(r.book.texts) {
			return cell, fmt.Errorf("text %.20q of %d", c.value, len(r.book.texts))
		}
		cell.Text = r.book.texts[i]
	case "str":
		cell.Text = unescape(c.value)
	case "inlineStr":
	case "b":
		cell.Text = "FALSE"
		if isTrue(c.value) {
			cell.Text = "TRUE"
		}
	case "e":
		cell.Kind = filing.ErrorCell
	case "d":
		if d, err := calendar.ParseDate(c.value[:min(10, len(c.value))]); err == nil {
			cell = filing.Cell{Kind: filing.DateCell, Text: c.value, Date: d}
		}
	case "", "n":
		if c.value != "" {
			index, _ := strconv.Atoi(style)
			cell = r.book.number(c.value, index)
		}
	default:
		return cell, fmt.Errorf("a cell of kind %.20q", kind)
	}
	// A formula that gave the empty text has a value; one that was never worked out has none.
	cell.Formula = c.formula && (cell.Text != "" || !c.hasValue)
	return cell, nil
}

// columnOf gives the column, counted from 0, of a cell's name such as "AB12".
func columnOf(name string) (int, bool) {
	n := 0
	for i := range len(name) {
		c := name[i] &^ 0x20
		if c < 'A' || c > 'Z' {
			return n - 1, i > 0 && i < 4
		}
		n = n*26 + int(c-'A'+1)
	}
	return 0, false
}
