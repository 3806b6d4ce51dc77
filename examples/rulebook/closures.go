package main

import (
	"fmt"
	"path/filepath"

	"courts.example/eservices/calendar"
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
