package icms

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"courts.example/eservices/calendar"
	"courts.example/eservices/filing"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/money"
	"courts.example/eservices/icms/rollout"
	"courts.example/eservices/icms/store"
)

// Entry is a line of the cause book.
type Entry struct {
	// Number is the case number, Received the instant at which the claim counts as received.
	Number   string    `json:"number"`
	Received time.Time `json:"received"`
	// Type is the type of proceedings.
	Type string `json:"type,omitempty"`
	// Claimant is the claimant's id, ClaimantName what it was called when it filed, Defendants are those claimed against, by their names alone,
	// Amount is the sum claimed.
	Claimant     string         `json:"claimant"`
	ClaimantName law.Text       `json:"claimantName"`
	Defendants   []filing.Party `json:"defendants"`
	Amount       money.Amount   `json:"amount"`
	// Batch is the batch the claim came in, Line its row in the file.
	Batch string `json:"batch"`
	Line  int    `json:"line"`
}

// Day gives a page of the cause book of a court for one civil day in the court's zone, in the order of case numbers, with the
// cursor of the next page ("" at the end). A limit of 0 means 100; a page may be short. Sealed and restricted cases are in none. What the electronic cause book does not cover, or nobody
// knows, is a *RefusalError.
func (c CauseBook) Day(ctx context.Context, court string, day calendar.Date, after string, limit int) ([]Entry, string, error) {
	d, cover, err := c.open(ctx, court, "")
	if err != nil {
		return nil, "", err
	}
	page, err := c.s.store.List(ctx, store.Query{
		Index: indexCauseBook, Prefix: key(d.court.Code, day.String(), ""), After: after, Limit: limit,
	})
	if err != nil {
		return nil, "", fmt.Errorf("icms: cause book of %s on %s: %w", court, day, err)
	}
	out := make([]Entry, 0, len(page.Records))
	for _, r := range page.Records {
		kept, err := readCase(r)
		if err != nil {
			return nil, "", err
		}
		if kept.isOpen() && cover.includes(&kept.caseHead) {
			out = append(out, d.court.entry(kept))
		}
	}
	return out, page.Next, nil
}

// open gives the desk of a court and what its electronic cause book covers today.
func (c CauseBook) open(ctx context.Context, court, kind string) (*desk, *cover, error) {
	d, err := c.s.filingDesk(ctx, court)
	if err != nil {
		return nil, nil, err
	}
	cover, err := d.court.covers(rollout.CauseBook, kind, calendar.DateOf(c.s.now(), d.court.Zone()))
	return d, cover, err
}

// Case gives the entry of one case number, or ErrNotFound: for a case that is sealed or restricted, or that the electronic cause book does not cover, too.
func (c CauseBook) Case(ctx context.Context, court, number string) (Entry, error) {
	d, cover, err := c.open(ctx, court, "")
	if err != nil {
		return Entry{}, err
	}
	r, err := c.s.store.Get(ctx, kindCase, caseID(d.court.Code, number))
	if err != nil {
		return Entry{}, notFound(err, "case %s of %s", number, court)
	}
	kept, err := readCase(r)
	if err != nil {
		return Entry{}, err
	}
	if !kept.isOpen() || !cover.includes(&kept.caseHead) {
		return Entry{}, fmt.Errorf("%w: case %s of %s", ErrNotFound, number, court)
	}
	return d.court.entry(kept), nil
}

func readCase(r store.Record) (*caseRecord, error) {
	kept := new(caseRecord)
	if err := json.Unmarshal(r.Body, kept); err != nil {
		return nil, fmt.Errorf("icms: case %s: %w: %w", r.ID, store.ErrCorrupt, err)
	}
	return kept, nil
}

// entry is the line of the cause book of a case: names and no addresses.
func (c *Court) entry(kept *caseRecord) Entry {
	e := Entry{
		Number: kept.Number, Received: kept.Received, Type: kept.Type, Batch: kept.Batch, Line: kept.Line,
		Claimant: kept.Claimant, ClaimantName: c.claimantName(&kept.caseHead), Amount: kept.Claim.Amount,
	}
	for _, p := range kept.Claim.Defendants {
		e.Defendants = append(e.Defendants, filing.Party{Name: p.Name, Chinese: p.Chinese, Kind: p.Kind})
	}
	return e
}

func caseID(court, number string) string { return court + "/" + number }
