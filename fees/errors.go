package fees

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// The errors of pricing; test with errors.Is. A wrong currency wraps money.ErrCurrency, a fee too large for an Amount
// money.ErrOverflow, a file that does not load is a [*LoadError].
var (
	// ErrItem says that the schedule has no item of that name.
	ErrItem = errors.New("fees: unknown item")
	// ErrMode says that a mode is neither paper nor electronic.
	ErrMode = errors.New("fees: unknown mode")
	// ErrNoFee says that the schedule has no edition of the item at that instant.
	ErrNoFee = errors.New("fees: no fee at that instant")
	// ErrAmount says that an amount is negative, missing, or outside the bands of the item.
	ErrAmount = errors.New("fees: amount outside the bands")
	// ErrKind says that an item is priced by something else: by units, or by an amount.
	ErrKind = errors.New("fees: the item is priced otherwise")
	// ErrNotElectronic says that the item can't be used electronically at that instant; see [*NotElectronicError].
	ErrNotElectronic = errors.New("fees: not available electronically")
)

// NotElectronicError is the error for electronic use of an item at an instant at which the schedule does not offer it.
// It wraps ErrNotElectronic.
type NotElectronicError struct {
	// Item is the name that was asked for, At the pricing instant in the schedule's zone.
	Item string
	At   time.Time
	// From and Until bound, half-open, when the item can be used electronically. Both are zero when it never can;
	// a zero Until is open.
	From, Until time.Time
}

// Error names the item, the instant and when electronic use is possible.
func (e *NotElectronicError) Error() string {
	switch {
	case e.From.IsZero() && e.Until.IsZero():
		return fmt.Sprintf("%v: item %q has no electronic use in this schedule: use it on paper", ErrNotElectronic, e.Item)
	case e.At.Before(e.From):
		return fmt.Sprintf("%v: item %q begins on %s, asked for %s", ErrNotElectronic, e.Item, showInstant(e.From), showInstant(e.At))
	}
	return fmt.Sprintf("%v: item %q ended before %s, asked for %s", ErrNotElectronic, e.Item, showInstant(e.Until), showInstant(e.At))
}

// Unwrap gives ErrNotElectronic.
func (e *NotElectronicError) Unwrap() error { return ErrNotElectronic }

// Problem is one thing that is wrong in a schedule file.
type Problem struct {
	// Path is where, such as items[0].editions[1].bands[2].upTo, and Line its line in the file; 0 for the file as a whole.
	Path string
	Line int
	// Text says what is wrong and what would be right.
	Text string
}

// String gives path, line and text on one line.
func (p Problem) String() string {
	switch {
	case p.Line == 0:
		return p.Text
	case p.Path == "":
		return fmt.Sprintf("line %d: %s", p.Line, p.Text)
	}
	return fmt.Sprintf("line %d, %s: %s", p.Line, p.Path, p.Text)
}

// LoadError says everything that is wrong in a schedule file, in the order of the checks: at most 50 problems.
type LoadError struct {
	Problems []Problem
}

// Error gives every problem on a line of its own.
func (e *LoadError) Error() string {
	var b strings.Builder
	b.WriteString("fees: the schedule does not load: ")
	for i, p := range e.Problems {
		if i > 0 {
			b.WriteString("\n\t")
		}
		b.WriteString(p.String())
	}
	return b.String()
}

// showInstant writes midnight as the date alone, everything else to the second or finer with its offset.
func showInstant(t time.Time) string {
	if h, m, s := t.Clock(); h == 0 && m == 0 && s == 0 && t.Nanosecond() == 0 {
		return t.Format(time.DateOnly)
	}
	return t.Format(time.RFC3339Nano)
}
