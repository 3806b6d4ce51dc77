package calendar

import (
	"fmt"
	"time"
)

// Receipt is when something that came in counts as received. Read back from JSON it has its instants, but no reason any more: keep the
// reason beside it.
type Receipt struct {
	// Received is the instant at which it came in, Deemed the one at which it counts as received, both in the office's zone.
	Received time.Time `json:"received"`
	Deemed   time.Time `json:"deemed,omitzero"`
	// Pending says that the office is closed until further notice, so that nobody can say yet when it counts as received. Deemed is
	// then zero, and Regular is the first opening, at or after Received, that the office would have if no closure without an
	// announced reopening went on: the start of a session, or an announced reopening within one. Otherwise Regular is zero.
	Pending bool      `json:"pending,omitempty"`
	Regular time.Time `json:"regular,omitzero"`
	// Projected says that the answer rests on holidays that were found by rule, and not in a published list.
	Projected bool `json:"projected,omitempty"`

	office *Office
}

// Moved reports whether it counts as received at another instant than the one at which it came in, or at one not known yet.
func (r Receipt) Moved() bool { return r.Pending || !r.Deemed.Equal(r.Received) }

// Receive says when what arrives at t counts as received: at t while the office is open, else when it next opens. It allocates
// nothing. Its error is a *HorizonError, which wraps ErrBeyondHorizon.
func (o *Office) Receive(t time.Time) (Receipt, error) {
	at := t.Unix()*int64(time.Second) + int64(t.Nanosecond())
	i, ok := o.open.seek(t.Unix(), at)
	if !ok {
		return Receipt{}, o.beyond(t)
	}
	r := Receipt{Received: t.In(o.plan.zone), office: o}
	deemed := max(at, o.open.openings[i].from)
	switch {
	case deemed >= o.shut:
		return o.unanswered(r, at, i)
	case deemed == at:
		r.Deemed = r.Received
	default:
		r.Deemed = time.Unix(0, deemed).In(o.plan.zone)
	}
	r.Projected = deemed >= o.plan.projected
	return r, nil
}

// unanswered is the receipt of what arrives after the office's last opening before it was closed until further notice; i is the
// opening that ends next.
func (o *Office) unanswered(r Receipt, at int64, i int) (Receipt, error) {
	openings := o.open.openings
	if openings[i].from < at {
		i++
	}
	if i == len(openings) {
		return Receipt{}, o.beyond(r.Received)
	}
	regular := openings[i].from
	r.Pending = true
	r.Regular = time.Unix(0, regular).In(o.plan.zone)
	r.Projected = regular >= o.plan.projected
	return r, nil
}

// beyond is the error for an instant that needs a date beyond the horizon.
func (o *Office) beyond(t time.Time) error {
	err := o.beyondDate(DateOf(t, o.plan.zone))
	err.Date, err.At = Date{}, t.In(o.plan.zone)
	return err
}

func (o *Office) beyondDate(d Date) *HorizonError {
	return newHorizonError(o.options.Name.In(), d, o.plan.first, o.plan.last, o.plan.holidays)
}

// IsOpen reports whether the office is open at t. Its error is that of Receive, and it is false in a closure without an end.
func (o *Office) IsOpen(t time.Time) (bool, error) {
	r, err := o.Receive(t)
	return err == nil && !r.Moved(), err
}

// NextOpening gives the first instant after t at which the office, closed before it, opens. Its error is a *HorizonError, or wraps
// ErrPending when that lies in a closure until further notice.
func (o *Office) NextOpening(t time.Time) (time.Time, error) {
	if !o.open.spans(t.Unix()) {
		return time.Time{}, o.beyond(t)
	}
	i := o.open.after(t.UnixNano())
	if i == len(o.open.openings) {
		return time.Time{}, o.beyond(t)
	}
	if next := o.open.openings[i].from; next < o.shut {
		return time.Unix(0, next).In(o.plan.zone), nil
	}
	return time.Time{}, fmt.Errorf("%w: %s, since %s", ErrPending, o.options.Name.In(), time.Unix(0, o.shut).In(o.plan.zone).Format(time.RFC3339))
}
