package main

import (
	"fmt"
	"io"

	"courts.example/eservices/calendar"
	calendarhk "courts.example/eservices/calendar/hk"
)

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
