package icms

import (
	"context"
	"fmt"

	"courts.example/eservices/calendar"
)

// BookQuery asks for a page of the cause book of a court.
type BookQuery struct {
	Court string
	// Party is what to look for in the names of the parties of either side, empty for any; see package names for what matches. Typing says that
	// its last word may go on.
	Party  string
	Typing bool
	// From and Until are the first and last civil day on which the claim counts as received; the zero day is no bound.
	From, Until calendar.Date
	// Type is a type of case; empty finds all that the electronic cause book covers.
	Type string
	// After is the cursor of the page before; empty for the first. Limit is the number of entries wanted; 0 means 100.
	After string
	Limit int
}

// Find gives a page of the entries that have all that is asked for, in the order of days, then of case numbers, with the cursor of the next page
// ("" at the end). A page may be short, or empty, and have a next one. Sealed and restricted cases are in none. What the electronic cause book does
// not cover, or nobody knows, is a *RefusalError.
func (c CauseBook) Find(ctx context.Context, q BookQuery) ([]Entry, string, error) {
	d, cover, err := c.open(ctx, q.Court, q.Type)
	if err == nil {
		err = period(q.From, q.Until)
	}
	if err == nil && q.Party != "" {
		err = nameable(q.Party, q.Typing)
	}
	if err != nil {
		return nil, "", err
	}
	h := &hunt{s: c.s, court: d.court, cover: cover, party: q.Party, typing: q.Typing}
	h.days(q.From, q.Until)
	page, next, err := h.page(ctx, q.After, q.Limit)
	if err != nil {
		return nil, "", fmt.Errorf("icms: cause book of %s: %w", q.Court, err)
	}
	out := make([]Entry, len(page))
	for i, f := range page {
		kept, err := readCase(f.record)
		if err != nil {
			return nil, "", err
		}
		out[i] = d.court.entry(kept)
	}
	return out, next, nil
}
