package main

import (
	"errors"
	"fmt"
	"io"
	"strings"
)

// columns say where in the rows of a table the columns stand that a question needs, in the order in which it names them.
type columns struct {
	names []string
	at    []int
	width int
}

// columns reads the first row, which names the columns. They may stand in any order and others beside them; capitals and space
// around a name make no difference.
func (r *rows) columns(names ...string) (columns, error) {
	head, err := r.next()
	wanted := "the first line names the columns, and these are needed: " + strings.Join(names, ", ")
	switch {
	case errors.Is(err, io.EOF):
		return columns{}, fmt.Errorf("it is empty: %s", wanted)
	case err != nil:
		return columns{}, err
	case head.damage != nil:
		return columns{}, fmt.Errorf("line %d: %w; %s", head.line, head.damage, wanted)
	case strings.HasPrefix(head.cells[0], "\xff\xfe"), strings.HasPrefix(head.cells[0], "\xfe\xff"):
		return columns{}, errors.New("it is written in UTF-16: save it as CSV in UTF-8")
	}
	c := columns{names: names, width: len(head.cells)}
	for _, name := range names {
		at := -1
		for i, cell := range head.cells {
			switch {
			case !strings.EqualFold(strings.TrimSpace(cell), name):
			case at >= 0:
				return columns{}, fmt.Errorf("line %d: two columns are named %s: keep one of them", head.line, name)
			default:
				at = i
			}
		}
		if at < 0 {
			return columns{}, fmt.Errorf("line %d: no column is named %s; %s", head.line, name, wanted)
		}
		c.at = append(c.at, at)
	}
	return c, nil
}

// of gives the cells of a row, as they stand there, and an error when the row does not fit the columns; cells that it lacks are then
// empty. Empty cells beyond the last column are what spreadsheets leave behind, and no error.
func (c columns) of(r row) ([]string, error) {
	out := make([]string, len(c.names))
	var missing []string
	for i, at := range c.at {
		if at < len(r.cells) {
			out[i] = r.cells[at]
		} else {
			missing = append(missing, c.names[i])
		}
	}
	switch {
	case r.damage != nil:
		return out, fmt.Errorf("line %d: %w", r.line, r.damage)
	case len(missing) > 0:
		return out, fmt.Errorf("line %d ends after %d of %d columns: it lacks %s", r.line, len(r.cells), c.width, strings.Join(missing, ", "))
	case len(r.cells) > c.width && strings.Trim(strings.Join(r.cells[c.width:], ""), " \t") != "":
		return out, fmt.Errorf("line %d has %d values for %d columns: quote a value that holds a comma", r.line, len(r.cells), c.width)
	}
	return out, nil
}
