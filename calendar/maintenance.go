package calendar

import (
	"cmp"
	"slices"
	"time"

	"courts.example/eservices/icms/law"
)

// Maintenance is one notice of a time in which the electronic system is out of service, from From on and before Until. It is no
// closure: the office receives what reaches it, and what can't be sent has not been received. A notice known later replaces those of
// the same ID known before it.
type Maintenance struct {
	ID string `json:"id"`
	// From is the first instant out of service, Until the first back in service. The zero Until means until further notice.
	From  time.Time `json:"from"`
	Until time.Time `json:"until,omitzero"`
	// Known is when the notice became known; zero means that it always was.
	Known time.Time `json:"known,omitzero"`
	// Withdrawn says that the work does not take place.
	Withdrawn bool `json:"withdrawn,omitempty"`
	// Note says in words what is out of service.
	Note law.Text `json:"note,omitempty"`
	// Provision is the announcement.
	Provision law.Provision `json:"provision,omitzero"`
}

// Availability answers when the system is in service. It is an immutable snapshot, safe for any number of goroutines; the zero value
// is a system that always is. It says nothing about whether the office is open: ask both and show both.
type Availability struct {
	notices []Maintenance
	held    []Maintenance // by their beginning
}

// NewAvailability proves the notices.
func NewAvailability(notices ...Maintenance) (Availability, error) {
	return Availability{}.With(notices...)
}

// With gives the availability with further notices.
func (a Availability) With(notices ...Maintenance) (Availability, error) {
	for _, m := range notices {
		if err := checkNotice("maintenance", m.ID, m.From, m.Until); err != nil {
			return Availability{}, err
		}
	}
	return Availability{notices: append(slices.Clip(a.notices), notices...)}.AsKnown(time.Time{}), nil
}

// AsKnown gives the availability as it was known at an instant. The zero Time means all notices.
func (a Availability) AsKnown(at time.Time) Availability {
	held := latest(a.notices, at, func(m *Maintenance) (string, time.Time) { return m.ID, m.Known })
	a.held = slices.DeleteFunc(held, func(m Maintenance) bool { return m.Withdrawn })
	slices.SortFunc(a.held, func(x, y Maintenance) int { return cmp.Or(x.From.Compare(y.From), cmp.Compare(x.ID, y.ID)) })
	return a
}

// At gives the maintenance in which the system is out of service at t; ok is false when it is in service. Of several it gives the one
// that ends last.
func (a Availability) At(t time.Time) (m Maintenance, ok bool) {
	for _, w := range a.held {
		if t.Before(w.From) || !w.Until.IsZero() && !t.Before(w.Until) {
			continue
		}
		if !ok || w.Until.IsZero() || !m.Until.IsZero() && w.Until.After(m.Until) {
			m, ok = w, true
		}
	}
	return m, ok
}

// Next gives the first maintenance that begins at or after t, for a notice to users.
func (a Availability) Next(t time.Time) (m Maintenance, ok bool) {
	for _, w := range a.held {
		if !w.From.Before(t) {
			return w, true
		}
	}
	return Maintenance{}, false
}

// Windows lists the maintenance known, by its beginning, each as its last notice has it.
func (a Availability) Windows() []Maintenance { return slices.Clone(a.held) }
