package calendar

import (
	"iter"
	"time"
)

// Change is an answer that two snapshots of an office give differently.
type Change struct {
	// Before and After are the receipts of the same instant in the two snapshots.
	Before, After Receipt
	// Err is set when one of the snapshots has no answer, which then is the zero Receipt.
	Err error
}

// Changes gives, in the order of received, the instants of receipt that before and after answer differently: another deemed instant,
// pending or not, another next regular opening. So it tells which earlier answers a new closure or holiday changes.
func Changes(before, after *Office, received iter.Seq[time.Time]) iter.Seq[Change] {
	return func(yield func(Change) bool) {
		for t := range received {
			a, errA := before.Receive(t)
			b, errB := after.Receive(t)
			if errA != nil && errB != nil {
				continue
			}
			same := errA == nil && errB == nil && a.Pending == b.Pending && a.Deemed.Equal(b.Deemed) && a.Regular.Equal(b.Regular)
			if same {
				continue
			}
			err := errA
			if err == nil {
				err = errB
			}
			if !yield(Change{a, b, err}) {
				return
			}
		}
	}
}

// Period is a number of days that runs from an event.
type Period struct {
	Event Date
	Days  int
}

// ExpiryChange is a last day that two snapshots of a rule give differently.
type ExpiryChange struct {
	Before, After Expiry
	// Err is set when one of the snapshots has no answer, which then is the zero Expiry.
	Err error
}

// ExpiryChanges is [Changes] for time limits: the periods that before and after let end on different days, or leave pending or not.
func ExpiryChanges(before, after *Limits, periods iter.Seq[Period]) iter.Seq[ExpiryChange] {
	return func(yield func(ExpiryChange) bool) {
		for p := range periods {
			a, errA := before.Expires(p.Event, p.Days)
			b, errB := after.Expires(p.Event, p.Days)
			if errA != nil && errB != nil {
				continue
			}
			if errA == nil && errB == nil && a.Date == b.Date && a.Regular == b.Regular {
				continue
			}
			err := errA
			if err == nil {
				err = errB
			}
			if !yield(ExpiryChange{a, b, err}) {
				return
			}
		}
	}
}
