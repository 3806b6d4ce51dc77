package icms

import (
	"context"

	"courts.example/eservices/calendar"
)

// Listed is a line of a day's list of hearings.
type Listed struct {
	Number  string  `json:"number"`
	Hearing Hearing `json:"hearing"`
}

// Hearings gives a page of the hearings of a court on one civil day in its zone, in the order of their times, then of their sittings, with
// the cursor of the next page ("" at the end). A limit of 0 means 100. Sealed cases are not among them.
func (r Registry) Hearings(ctx context.Context, court string, day calendar.Date, after string, limit int) ([]Listed, string, error) {
	s := r.s
	d, err := s.court(court)
	if err != nil {
		return nil, "", err
	}
	zone := d.court.Zone()
	return s.hearings(ctx, court, day.Start(zone), day.AddDays(1).Start(zone), after, limit)
}
