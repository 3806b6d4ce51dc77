package xlsx

import (
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"

	"courts.example/eservices/calendar"
	"courts.example/eservices/filing"
)

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
