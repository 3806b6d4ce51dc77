package xlsx

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"

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
	if line > maxRows {
		return filing.TableRow{}, fmt.Errorf("more than %d rows", maxRows)
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
