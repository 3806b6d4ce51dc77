package calendar

import (
	"errors"
	"fmt"
	"time"
)

// ErrBeyondHorizon says that an answer needs holidays or hours of a time of which the tables say nothing. The error that wraps it is
// a *HorizonError.
var ErrBeyondHorizon = errors.New("calendar: beyond the horizon")

// ErrPending says that there is no answer yet, because the office is closed until further notice.
var ErrPending = errors.New("calendar: the office is closed until further notice")

// HorizonError says which answer lies beyond which tables. It wraps ErrBeyondHorizon.
type HorizonError struct {
	// Of is the name of the office or the time limit, in English.
	Of string
	// At is the instant asked about, or Date the date.
	At   time.Time
	Date Date
	// First and Last are the first and the last date of which the tables say something.
	First, Last Date
	// Strict says that the holidays of the date are known by rule and that only the strict mode refuses it.
	Strict bool
}

// newHorizonError is the error for the answer for d, of tables that were used from first to last.
func newHorizonError(of string, d, first, last Date, h *Holidays) *HorizonError {
	return &HorizonError{
		Of: of, Date: d, First: first, Last: last,
		Strict: last == h.Last() && !d.IsZero() && !d.Before(first) && d.Before(h.Horizon()),
	}
}

// Error names the date, the dates covered and the remedy.
func (e *HorizonError) Error() string {
	asked := e.Date.String()
	if e.Date.IsZero() {
		asked = e.At.Format(time.RFC3339)
	}
	remedy := "load a table that covers it"
	if e.Strict {
		remedy = "load the published holidays of that year, or leave the strict mode to have them projected by rule"
	}
	return fmt.Sprintf("%s: %s: the answer for %s needs a date outside %s to %s: %s",
		ErrBeyondHorizon.Error(), e.Of, asked, e.First, e.Last, remedy)
}

// Unwrap gives ErrBeyondHorizon.
func (e *HorizonError) Unwrap() error { return ErrBeyondHorizon }
