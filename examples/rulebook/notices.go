package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"courts.example/eservices/calendar"
	calendarhk "courts.example/eservices/calendar/hk"
	"courts.example/eservices/icms/law"
)

// readClosures reads the closures of the registry from a file with the columns closed and reopened; an empty reopened means until
// further notice. No name of a file is no closures. A bad row is an error with its line and column.
func readClosures(name string) ([]calendar.Closure, error) {
	var out []calendar.Closure
	err := readFile(name, []string{"closed", "reopened"}, func(line int, cells []string) error {
		c := calendar.Closure{
			ID:   fmt.Sprintf("%s, line %d", name, line),
			Note: law.T(fmt.Sprintf("%s, line %d", filepath.Base(name), line), ""),
		}
		var err error
		if c.From, err = parseInstant(cells[0]); err != nil {
			return fmt.Errorf("column closed: %w", err)
		}
		if cells[1] != "" {
			if c.Reopens, err = parseInstant(cells[1]); err != nil {
				return fmt.Errorf("column reopened: %w", err)
			}
			if !c.Reopens.After(c.From) {
				return fmt.Errorf("column reopened: %s is not after closed, %s", cells[1], cells[0])
			}
		}
		out = append(out, c)
		return nil
	})
	return out, err
}

// readWarnings reads the warnings that move time limits from a file with the columns kind, start and end; other kinds are left out. A
// row without a start or an end is skipped, and said so to notes. Any other bad row is an error with its line and column.
func readWarnings(name string, notes io.Writer) ([]calendar.Warning, error) {
	var out []calendar.Warning
	err := readFile(name, []string{"kind", "start", "end"}, func(line int, cells []string) error {
		if cells[1] == "" || cells[2] == "" {
			fmt.Fprintf(notes, "rulebook: %s, line %d: skipped a warning without a start or an end (%.40q)\n", name, line, cells[0])
			return nil
		}
		kind, counts := warningKind(cells[0])
		if !counts {
			return nil
		}
		w := calendar.Warning{ID: fmt.Sprintf("%s, line %d", name, line), Kind: kind}
		var err error
		if w.From, err = parseInstant(cells[1]); err != nil {
			return fmt.Errorf("column start: %w", err)
		}
		if w.Until, err = parseInstant(cells[2]); err != nil {
			return fmt.Errorf("column end: %w", err)
		}
		if !w.Until.After(w.From) {
			return fmt.Errorf("column end: %s is not after start, %s", cells[2], cells[1])
		}
		out = append(out, w)
		return nil
	})
	return out, err
}

// warningKind gives the kind of a warning in the words of the time limits; false for one that does not count.
func warningKind(name string) (kind string, counts bool) {
	switch name {
	case "gale_warning":
		return calendarhk.GaleWarning, true
	case "black_rainstorm":
		return calendarhk.BlackRainstorm, true
	}
	return "", false
}

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
