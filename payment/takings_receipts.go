package payment

import (
	"context"
	"fmt"
	"time"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment/internal/key"
)

// ReceiptsQuery asks for a page of a court's receipts.
type ReceiptsQuery struct {
	Court string
	// From and Until bound the instants of payment, half-open; zero is open on that side.
	From, Until time.Time
	// After is the cursor of the page before; empty for the first. Limit is at most 1,000; 0 means 100.
	After string
	Limit int
}

// ReceiptsOf reads a page of the receipts of a court in the order of their instants of payment; an empty next ends the list.
func (s *Orders) ReceiptsOf(ctx context.Context, q ReceiptsQuery) (receipts []Receipt, next string, err error) {
	if err := key.CheckName("the court", q.Court); err != nil {
		return nil, "", invalid(err)
	}
	find := store.Query{Index: indexReceiptCourt, Prefix: key.Join(q.Court, ""), After: q.After, Limit: q.Limit}
	if !q.From.IsZero() {
		find.From = key.Join(q.Court, key.Time(q.From))
	}
	if !q.Until.IsZero() {
		find.Until = key.Join(q.Court, key.Time(q.Until))
	}
	page, err := s.store.List(ctx, find)
	if err != nil {
		return nil, "", fmt.Errorf("payment: receipts of %s: %w", q.Court, err)
	}
	for _, r := range page.Records {
		receipt, err := decodeReceipt(r)
		if err != nil {
			return nil, "", err
		}
		receipts = append(receipts, receipt)
	}
	return receipts, page.Next, nil
}
