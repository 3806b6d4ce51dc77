package icms

import (
	"context"
	"encoding/json"
	"fmt"

	"courts.example/eservices/calendar"
	"courts.example/eservices/icms/store"
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
	page, err := s.store.List(ctx, store.Query{
		Index: indexHearing, Kind: kindFile, From: key(court, stamp(day.Start(zone))), Until: key(court, stamp(day.AddDays(1).Start(zone))),
		After: after, Limit: limit,
	})
	if err != nil {
		return nil, "", fmt.Errorf("icms: hearings of %s on %s: %w", court, day, err)
	}
	out := make([]Listed, 0, len(page.Records))
	for _, rec := range page.Records {
		var f CaseFile
		if err := json.Unmarshal(rec.Body, &f); err != nil {
			return nil, "", fmt.Errorf("icms: case file %s: %w: %w", rec.ID, store.ErrCorrupt, err)
		}
		if f.Hearing != nil {
			out = append(out, Listed{Number: f.Number, Hearing: *f.Hearing})
		}
	}
	return out, page.Next, nil
}
