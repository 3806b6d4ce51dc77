package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
)

// readFile hands the cells of each row of a file to each, without the space around them. An error names the file and the line.
func readFile(name string, names []string, each func(line int, cells []string) error) error {
	if name == "" {
		return nil
	}
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	r := newRows(f)
	columns, err := r.columns(names...)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	for {
		row, err := r.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%s, after line %d: %w", name, r.count, err)
		}
		cells, err := columns.of(row)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		if err := each(row.line, cells); err != nil {
			return fmt.Errorf("%s, line %d, %w", name, row.line, err)
		}
	}
}
