package rollout

import (
	"errors"
	"fmt"
	"strings"
)

// The errors of questions; test with errors.Is.
var (
	// ErrNotListed says that a court, or a type of case, is not on the list; see [*NotListedError].
	ErrNotListed = errors.New("rollout: not on the list")
	// ErrQuestion says that a question names no date, no service, or dates that contradict each other.
	ErrQuestion = errors.New("rollout: the question can't be answered")
)

// NotListedError is the error for a court, or a type of case, that is not on the list. It wraps ErrNotListed. It says nothing of the
// world: the list may have been written for other courts.
type NotListedError struct {
	// Court and Type are what was asked for.
	Court, Type string
	// InCourt says that the court is listed and the type is not.
	InCourt bool
	// Listed are the codes that the list has in that place.
	Listed []string
}

// Error names what was asked for and what is listed.
func (e *NotListedError) Error() string {
	listed := strings.Join(e.Listed, ", ")
	if e.InCourt {
		return fmt.Sprintf("%v: court %s has no type %.40q; it has %s", ErrNotListed, e.Court, e.Type, listed)
	}
	return fmt.Sprintf("%v: court %.40q; the courts are %s", ErrNotListed, e.Court, listed)
}

// Unwrap gives ErrNotListed.
func (e *NotListedError) Unwrap() error { return ErrNotListed }

// Problem is one thing that is wrong in a file.
type Problem struct {
	// Path is where, such as courts[0].types[1].services[2].from, and Line its line; 0 for the file as a whole.
	Path string
	Line int
	// Text says what is wrong and what would be right.
	Text string
}

// String gives line, path and text on one line.
func (p Problem) String() string {
	switch {
	case p.Line == 0:
		return p.Text
	case p.Path == "":
		return fmt.Sprintf("line %d: %s", p.Line, p.Text)
	}
	return fmt.Sprintf("line %d, %s: %s", p.Line, p.Path, p.Text)
}

// LoadError says everything that is wrong in a file, in the order of the checks: at most 50 problems.
type LoadError struct {
	Problems []Problem
}

// Error gives every problem on a line of its own.
func (e *LoadError) Error() string {
	lines := make([]string, len(e.Problems))
	for i, p := range e.Problems {
		lines[i] = p.String()
	}
	return "rollout: the file does not load: " + strings.Join(lines, "\n\t")
}
