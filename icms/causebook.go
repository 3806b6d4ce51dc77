package icms

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"courts.example/eservices/calendar"
	"courts.example/eservices/filing"
	"courts.example/eservices/icms/money"
	"courts.example/eservices/icms/store"
)

// Entry is a line of the cause book.
type Entry struct {
	// Number is the case number, Received the instant at which the claim counts as received.
	Number   string    `json:"number"`
	Received time.Time `json:"received"`
	// Claimant and Defendants are the parties, Amount is the sum claimed.
	Claimant   string         `json:"claimant"`
	Defendants []filing.Party `json:"defendants"`
	Amount     money.Amount   `json:"amount"`
	// Batch is the batch the claim came in, Line its row in the file.
	Batch string `json:"batch"`
	Line  int    `json:"line"`

	access CaseAccess
}

// Day gives a page of the cause book of a court for one civil day in the court's zone, in the order of case numbers, with the
// cursor of the next page ("" at the end). A limit of 0 means 100.
func (c CauseBook) Day(ctx context.Context, court string, day calendar.Date, after string, limit int) ([]Entry, string, error) {
	d, err := c.s.court(court)
	if err != nil {
		return nil, "", err
	}
	page, err := c.s.store.List(ctx, store.Query{
		Index: indexCauseBook, Prefix: key(d.court.Code, day.String()) + string(keySeparator), After: after, Limit: limit,
	})
	if err != nil {
		return nil, "", fmt.Errorf("icms: cause book of %s on %s: %w", court, day, err)
	}
	out := make([]Entry, len(page.Records))
	for i, r := range page.Records {
		if out[i], err = readEntry(r); err != nil {
			return nil, "", err
		}
	}
	return out, page.Next, nil
}

// Case gives the entry of one case number, or ErrNotFound.
func (c CauseBook) Case(ctx context.Context, court, number string) (Entry, error) {
	d, err := c.s.court(court)
	if err != nil {
		return Entry{}, err
	}
	r, err := c.s.store.Get(ctx, kindCase, caseID(d.court.Code, number))
	if err != nil {
		return Entry{}, notFound(err, "case %s of %s", number, court)
	}
	e, err := readEntry(r)
	if err == nil && e.access == CaseSealed {
		return Entry{}, fmt.Errorf("%w: case %s of %s", ErrNotFound, number, court)
	}
	return e, err
}

func readEntry(r store.Record) (Entry, error) {
	var kept caseRecord
	if err := json.Unmarshal(r.Body, &kept); err != nil {
		return Entry{}, fmt.Errorf("icms: case %s: %w: %w", r.ID, store.ErrCorrupt, err)
	}
	return Entry{
		Number: kept.Number, Received: kept.Received, Claimant: kept.Claimant, Defendants: kept.Claim.Defendants, Amount: kept.Claim.Amount,
		Batch: kept.Batch, Line: kept.Line, access: kept.Access,
	}, nil
}

func caseID(court, number string) string { return court + "/" + number }
