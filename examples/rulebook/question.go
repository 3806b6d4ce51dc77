package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// question is a rule that is asked line by line.
type question struct {
	// asks are the columns that it needs, answers those that it adds; a column why comes after them.
	asks, answers []string
	// answer answers one line: cells are the values of asks without the space around them. An error says why there is no answer.
	answer func(cells []string) (answers []string, why string, err error)
}

// stream answers the table that comes in, one line out for each row in, in the same order. An answer is written as soon as no
// further row has come in. Its error says that a table could not be read at all, or not to its end, or that out failed.
func (q question) stream(in io.Reader, out io.Writer) error {
	r := newRows(in)
	columns, err := r.columns(q.asks...)
	if err != nil {
		return fmt.Errorf("standard input: %w", err)
	}
	w := csv.NewWriter(out)
	if err := w.Write(slices.Concat(q.asks, q.answers, []string{"why"})); err != nil {
		return err
	}
	for {
		if r.waits() {
			if w.Flush(); w.Error() != nil {
				return w.Error()
			}
		}
		row, err := r.next()
		if err != nil {
			w.Flush()
			if errors.Is(err, io.EOF) {
				return w.Error()
			}
			return fmt.Errorf("standard input, after line %d: %w", r.count, err)
		}
		if err := w.Write(q.line(columns.of(row))); err != nil {
			return err
		}
	}
}

// line gives the line of output for the cells of a row: a row that can't be answered keeps its answers empty.
func (q question) line(cells []string, err error) []string {
	answers, why := make([]string, len(q.answers)), ""
	if err == nil {
		trimmed := make([]string, len(cells))
		for i, cell := range cells {
			trimmed[i] = strings.TrimSpace(cell)
		}
		var found []string
		if found, why, err = q.answer(trimmed); err == nil {
			answers = found
		}
	}
	if err != nil {
		why = "error: " + err.Error()
	}
	return slices.Concat(cells, answers, []string{why})
}
