package xlsx

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms/law"
)

const (
	claimsSheet  = "claims"
	controlSheet = "control"
)

// maxCellText is how many UTF-16 units a cell of a workbook holds.
const maxCellText = 32767

// writer is the writer of [Format.NewWriter].
type writer struct {
	out        io.Writer
	book       *excelize.File
	rows       *excelize.StreamWriter
	defendants int
	line       int
	done       bool
}

var _ filing.ClaimWriter = (*writer)(nil)

// NewWriter gives a writer of a workbook with the claims on the sheet "claims" and the control totals on a sheet "control". All
// cells are text, so that no program changes a reference and none is ever a formula. Nothing is written to w before Close; what
// doesn't fit in memory waits in a temporary file. A hash among the totals is an error: a workbook can't hold its own.
func (Format) NewWriter(w io.Writer, o filing.WriteOptions) (filing.ClaimWriter, error) {
	if o.Control.Hash != "" {
		return nil, errors.New("xlsx: a workbook can't state the hash of its own rows; leave it out of the control totals")
	}
	book, err := newBook(o.Control)
	if err != nil {
		return nil, err
	}
	rows, err := book.NewStreamWriter(claimsSheet)
	if err != nil {
		return nil, errors.Join(err, book.Close())
	}
	x := &writer{out: w, book: book, rows: rows, defendants: o.Defendants}
	headings := filing.Headings(o.Defendants, o.Languages...)
	if err := x.row(headings); err != nil {
		return nil, errors.Join(err, book.Close())
	}
	return x, nil
}

// newBook makes a workbook with an empty sheet for claims, and one for control totals when any is stated.
func newBook(control filing.Control) (*excelize.File, error) {
	book := excelize.NewFile()
	err := book.SetSheetName(book.GetSheetName(0), claimsSheet)
	totals := control.Totals()
	if err == nil && len(totals) > 0 {
		_, err = book.NewSheet(controlSheet)
	}
	for i, total := range totals {
		if err == nil {
			err = book.SetSheetRow(controlSheet, "A"+strconv.Itoa(i+1), &[]string{total[0], total[1]})
		}
	}
	if err != nil {
		return nil, errors.Join(err, book.Close())
	}
	return book, nil
}

func (x *writer) Write(c filing.Claim) error {
	cells, err := filing.Cells(c, x.defendants)
	if err != nil {
		return err
	}
	for i, text := range cells {
		if err := fits(text); err != nil {
			return fmt.Errorf("xlsx: claim %q, column %d: %w", c.Reference, i+1, err)
		}
	}
	return x.row(cells)
}

// fits says what a cell can't hold as it is.
func fits(text string) error {
	if len(text) > maxCellText && len(utf16.Encode([]rune(text))) > maxCellText {
		return fmt.Errorf("a cell holds at most %d characters", maxCellText)
	}
	for i, r := range text {
		if r == utf8.RuneError || r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xfffe || r == 0xffff {
			return fmt.Errorf("a workbook can't hold the character %U (byte %d)", r, i)
		}
	}
	return nil
}

func (x *writer) row(cells []string) error {
	x.line++
	values := make([]any, len(cells))
	for i, text := range cells {
		if text != "" {
			values[i] = text
		}
	}
	return x.rows.SetRow("A"+strconv.Itoa(x.line), values)
}

// Close writes the workbook.
func (x *writer) Close() error {
	if x.done {
		return nil
	}
	x.done = true
	err := x.rows.Flush()
	if err == nil {
		_, err = x.book.WriteTo(x.out)
	}
	return errors.Join(err, x.book.Close())
}

// Template writes an empty workbook with the headings, to be filled in: in English and Traditional Chinese when no language is
// given. Its cells are set to text, so that references keep their zeros; the amounts to numbers and the date to a date.
func (Format) Template(w io.Writer, languages ...string) error {
	if len(languages) == 0 {
		languages = []string{law.English, law.TraditionalChinese}
	}
	book, err := newBook(filing.Control{})
	if err != nil {
		return err
	}
	err = fillTemplate(book, filing.Headings(1, languages...))
	if err == nil {
		_, err = book.WriteTo(w)
	}
	return errors.Join(err, book.Close())
}

// fillTemplate writes the headings and sets how each column shows and what it takes.
func fillTemplate(book *excelize.File, headings []string) error {
	heading, err := book.NewStyle(&excelize.Style{
		Font:      &excelize.Font{Bold: true},
		Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"},
		NumFmt:    49,
	})
	if err != nil {
		return err
	}
	if err := book.SetSheetRow(claimsSheet, "A1", &headings); err != nil {
		return err
	}
	for i, name := range filing.Headings(1) {
		if err := setColumn(book, i+1, name, heading); err != nil {
			return err
		}
	}
	return book.SetPanes(claimsSheet, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
}

// setColumn sets one column of the template by its name.
func setColumn(book *excelize.File, number int, name string, heading int) error {
	column, err := excelize.ColumnNumberToName(number)
	if err != nil {
		return err
	}
	style := &excelize.Style{NumFmt: 49} // text
	switch name {
	case "amount", "abandoned":
		style = &excelize.Style{NumFmt: 4} // 1,234.50
	case "arose_on":
		format := "yyyy-mm-dd"
		style = &excelize.Style{CustomNumFmt: &format}
	case "defendant_kind":
		err = offer(book, column, string(filing.Person), string(filing.Company), string(filing.Body))
	case "language":
		err = offer(book, column, law.English, law.TraditionalChinese)
	}
	if err != nil {
		return err
	}
	id, err := book.NewStyle(style)
	if err != nil {
		return err
	}
	if err := book.SetColStyle(claimsSheet, column, id); err != nil {
		return err
	}
	if err := book.SetCellStyle(claimsSheet, column+"1", column+"1", heading); err != nil {
		return err
	}
	return book.SetColWidth(claimsSheet, column, column, 22)
}

// offer lets the cells of a column be chosen from a list; other text is taken too, for the rules to judge.
func offer(book *excelize.File, column string, choices ...string) error {
	v := excelize.NewDataValidation(true)
	v.SetSqref(column + "2:" + column + strconv.Itoa(maxRows))
	v.ShowErrorMessage = false
	if err := v.SetDropList(choices); err != nil {
		return err
	}
	return book.AddDataValidation(claimsSheet, v)
}
