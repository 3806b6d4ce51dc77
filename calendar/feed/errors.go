package feed

import (
	"errors"
	"fmt"
)

// Why a feed is kept out. Every error of this package about the content of a feed wraps exactly one of them, so that a host can tell
// what to fetch again from what to show to somebody.
var (
	// ErrCutShort says that the feed ends before it is complete.
	ErrCutShort = errors.New("cut short")
	// ErrLate says that the feed is older than what is known already, or does not reach the day on which it is read.
	ErrLate = errors.New("late")
	// ErrShape says that the feed is not written in a form of which the meaning is known.
	ErrShape = errors.New("of an unknown shape")
	// ErrTooLarge says that the feed is larger than any real one.
	ErrTooLarge = errors.New("too large")
	// ErrContradiction says that parts of one feed contradict one another.
	ErrContradiction = errors.New("contradictory")
)

// Error says why a feed is kept out, and where.
type Error struct {
	// Kind is one of the errors above.
	Kind error
	// Line is the line of the feed, from 1, where the trouble begins; 0 where a line means nothing.
	Line int
	// Problem says in English what is wrong.
	Problem string
}

// Error names the place and the problem.
func (e *Error) Error() string {
	if e.Line > 0 {
		return fmt.Sprintf("calendar/feed: %s: line %d: %s", e.Kind, e.Line, e.Problem)
	}
	return fmt.Sprintf("calendar/feed: %s: %s", e.Kind, e.Problem)
}

// Unwrap gives the kind.
func (e *Error) Unwrap() error { return e.Kind }

// Refuse makes an Error that is about no line. Readers of other forms of feeds use it, so that all refusals look alike.
func Refuse(kind error, format string, args ...any) error {
	return &Error{Kind: kind, Problem: fmt.Sprintf(format, args...)}
}

func refuseAt(kind error, line int, format string, args ...any) error {
	return &Error{Kind: kind, Line: line, Problem: fmt.Sprintf(format, args...)}
}
