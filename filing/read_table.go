package filing

import (
	"fmt"
	"slices"
	"strings"

	"courts.example/eservices/calendar"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/money"
)

// CellKind says what a program that made a file with cells took a cell for.
type CellKind uint8

// The kinds of cells. Everything in a CSV file is a TextCell.
const (
	TextCell CellKind = iota
	// NumberCell is a number whose Text is its decimal form as the file stores it.
	NumberCell
	// DateCell is a date.
	DateCell
	// ErrorCell is what a spreadsheet puts in place of a value: its Text is "#REF!" or the like.
	ErrorCell
)

// Cell is one cell of a file with rows and columns.
type Cell struct {
	Kind CellKind
	Text string
	// Date is the date of a DateCell, and of a NumberCell the date for which its number stands in that file.
	Date calendar.Date
	// Formula says that a formula gave the value, or should have when Text is empty.
	Formula bool
	// Merged says that the cell lies in a merged area and is not the one that holds its value.
	Merged bool
	// Hidden says that the cell's column is hidden; it is looked at in headings.
	Hidden bool
}

// TableRow is one row of such a file.
type TableRow struct {
	// Line is the number of the row as a spreadsheet shows it.
	Line   int
	Cells  []Cell
	Hidden bool
}

// Table turns the rows of a file with columns into claims. It is what [CSV] and package xlsx read with, and what a reader of
// another such format (a database, another spreadsheet) would use. A Table is for one goroutine.
type Table struct {
	columns    []tableColumn
	pointers   map[string]string // pointer -> heading as the file spells it
	unread     []string          // the required fields for which there is no column
	lookup     func(pointer string) string
	home       money.Currency
	dates      DateOrder
	references referenceWatch
	parties    [maxDefendants]Party // of the row at hand
	partyCount int
}

// tableColumn is one column of the file at hand.
type tableColumn struct {
	field    field
	party    int // index of the defendant
	heading  string
	pointer  string
	required bool
}

// NewTable reads the row of headings. Its findings are about the header, and the table reads rows as far as they let it; only an
// o.Currency that is no currency is an error.
func NewTable(headings TableRow, o ReadOptions) (*Table, []Finding, error) {
	t := &Table{dates: o.Dates, pointers: make(map[string]string)}
	if o.Currency != "" {
		home, err := money.ParseCurrency(o.Currency)
		if err != nil {
			return nil, nil, fmt.Errorf("filing: the currency of the reading options: %w", err)
		}
		t.home = home
	}
	t.lookup = func(pointer string) string { return t.pointers[pointer] }
	return t, t.readHeadings(headings), nil
}

// Columns counts the columns that have a heading we know.
func (t *Table) Columns() int { return len(t.pointers) }

func (t *Table) readHeadings(row TableRow) []Finding {
	var found []Finding
	find := func(path Path, p problem) {
		path.Line = row.Line
		found = addFinding(found, newCellFinding(p, path))
	}
	known := newHeadings()
	for i := range row.Cells {
		heading := trimCell(row.Cells[i].Text)
		column := tableColumn{heading: heading}
		c, number, ok := known.find(heading)
		switch {
		case heading == "":
		case !ok:
			find(Path{Column: heading}, bad(codeColumnUnknown, law.V("column", heading)))
		default:
			column = tableColumn{c.field, number - 1, heading, c.column(number).Pointer, c.column(number).Required}
			if first, twice := t.pointers[column.pointer]; twice {
				find(Path{Column: heading}, bad(codeColumnDuplicate, law.V("column", heading), law.V("first", first)))
				column.field = fieldNone
				break
			}
			t.pointers[column.pointer] = heading
			if row.Cells[i].Hidden {
				find(Path{Column: heading}, bad(codeColumnHidden, law.V("column", heading)))
			}
		}
		t.columns = append(t.columns, column)
	}
	for len(t.columns) > 0 && t.columns[len(t.columns)-1].heading == "" {
		t.columns = t.columns[:len(t.columns)-1]
	}
	if len(t.pointers) == 0 {
		return []Finding{newCellFinding(bad(codeHeaderNone), Path{Line: row.Line})}
	}
	for _, c := range Columns() {
		if _, ok := t.pointers[c.Pointer]; !ok && c.Required {
			find(Path{Pointer: c.Pointer}, bad(codeColumnMissing, law.V("column", c.Name), law.V("heading", c.Title)))
			t.unread = append(t.unread, c.Pointer)
		}
	}
	t.unread = slices.Clip(t.unread)
	return found
}

// Read turns a row into a claim. ok is false for a row without any content, which is no claim.
func (t *Table) Read(r TableRow) (row Row, ok bool) {
	cells := r.Cells
	if blankRow(cells) {
		return Row{}, false
	}
	row = Row{Line: r.Line, Unread: t.unread, Column: t.lookup}
	if r.Hidden {
		row.find(bad(codeRowHidden), Path{})
	}
	t.partyCount = 0
	stray := -1
	for i := range cells {
		switch {
		case i < len(t.columns) && t.columns[i].field != fieldNone:
			t.readCell(&row, &t.columns[i], &cells[i])
		case stray < 0 && (i >= len(t.columns) || t.columns[i].heading == "") && !cells[i].blank():
			stray = i
		}
	}
	if stray >= 0 {
		row.find(bad(codeRowLong, law.V("place", stray+1), law.V("columns", len(t.columns)), law.V("value", cells[stray].Text)), Path{})
	}
	if t.partyCount > 0 {
		row.Claim.Defendants = slices.Clone(t.parties[:t.partyCount])
	}
	row.nameReference()
	return row, true
}

// TooLong gives the row in place of one that is longer than a claim may be (ReadOptions.MaxClaimBytes); its cells may be incomplete.
func (t *Table) TooLong(r TableRow, limit int) Row {
	return t.unreadable(r.Line, t.referenceIn(r.Cells), bad(codeRowTooLarge, law.V("limit", limit)))
}

// unreadable gives the row of which only the reference can be told, if that.
func (t *Table) unreadable(line int, reference string, p problem) Row {
	row := Row{Line: line, Unread: wholeClaim(), Column: t.lookup, Claim: Claim{Reference: reference}}
	row.find(p, Path{})
	row.nameReference()
	return row
}

// wholeClaim is the Unread of a row of which nothing could be read.
func wholeClaim() []string { return []string{""} }

// referenceIn gives the reference in cells that may be incomplete, "" when there is none that can be trusted.
func (t *Table) referenceIn(cells []Cell) string {
	for i, c := range t.columns {
		if c.field == fieldReference && i < len(cells) {
			if text := trimCell(cells[i].Text); plainText(text) {
				return strings.Clone(text) // not the whole row with it
			}
		}
	}
	return ""
}

// blankRow reports whether no cell of a row has content. The cover of a merged area is none.
func blankRow(cells []Cell) bool {
	for i := range cells {
		if !cells[i].blank() {
			return false
		}
	}
	return true
}

func (c *Cell) blank() bool {
	return !c.Formula && c.Kind != DateCell && (c.Text == "" || trimCell(c.Text) == "")
}

// trimCell takes off space of any kind, and the marks without width that programs leave at the ends of text.
func trimCell(s string) string {
	if s == "" || (visible(s[0]) && visible(s[len(s)-1])) {
		return s
	}
	return strings.TrimSpace(strings.Trim(strings.TrimSpace(s), "\ufeff\u200b\u200e\u200f\u3000\u00a0"))
}

func visible(c byte) bool { return c > ' ' && c < 0x7f }

// find adds a finding about the row; a path without a line gets that of the row.
func (r *Row) find(p problem, path Path) {
	path.Line = r.Line
	f := newCellFinding(p, path)
	if f.Severity == Refusal && path.Pointer != "" {
		r.Unread = append(slices.Clip(r.Unread), path.Pointer)
	}
	r.Findings = addFinding(r.Findings, f)
}

// maxFindings bounds the findings of one row, and of a header: a hostile file can hold a mistake in every few bytes. A row of
// a table has fewer cells than that.
const maxFindings = 250

func addFinding(list []Finding, f Finding) []Finding {
	if len(list) >= maxFindings {
		return list
	}
	return append(list, f)
}

// nameReference writes the claim's reference into the paths of its findings.
func (r *Row) nameReference() {
	for i := range r.Findings {
		r.Findings[i].Path.Reference = r.Claim.Reference
	}
}
