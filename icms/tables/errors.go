package tables

import (
	"fmt"
	"strings"
)

// Problem is one thing that is wrong with a document.
type Problem struct {
	// Pointer is the place as a JSON pointer (RFC 6901): "/offices/registry/readings/0"; "" is the document as a whole.
	Pointer string
	// Line is the line on which the place begins, 0 where there is none.
	Line int
	// Text says what is wrong and what would be right.
	Text string
}

// String gives the place and what is wrong with it.
func (p Problem) String() string {
	place := p.Pointer
	if place == "" {
		place = "the document"
	}
	if p.Line > 0 {
		place += fmt.Sprintf(" (line %d)", p.Line)
	}
	return place + ": " + p.Text
}

// LoadError says everything that is wrong with a document.
type LoadError struct {
	Problems []Problem
}

// Error gives every problem on a line of its own.
func (e *LoadError) Error() string {
	lines := make([]string, len(e.Problems))
	for i, p := range e.Problems {
		lines[i] = p.String()
	}
	return "tables: the court does not load: " + strings.Join(lines, "\n\t")
}
