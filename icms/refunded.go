package icms

import (
	"context"
	"iter"
	"time"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
)

// givenBack is what of an order's money went back, and when the last of it did.
type givenBack struct {
	amount money.Amount
	last   time.Time
}

// wentBack adds up what of an order's money went back. It goes back with the approval of its refund: from then on it is not the court's. A
// refund that failed gave it back to the court.
func (s *Service) wentBack(ctx context.Context, order string, in money.Currency) (givenBack, error) {
	out := givenBack{amount: money.New(0, in)}
	for r, err := range s.refundsOf(ctx, order) {
		if err != nil {
			return givenBack{}, err
		}
		if r.State == "" || !r.Counts() {
			continue
		}
		if out.amount, err = out.amount.Add(r.Amount); err != nil {
			return givenBack{}, err
		}
		at := r.ApprovedAt
		if at.IsZero() { // found at the gateway, asked for by nobody here
			at = r.ProposedAt
		}
		if at.After(out.last) {
			out.last = at
		}
	}
	return out, nil
}

// refundsOf streams the refunds of an order in the order of their proposal.
func (s *Service) refundsOf(ctx context.Context, order string) iter.Seq2[payment.Refund, error] {
	return func(yield func(payment.Refund, error) bool) {
		q := payment.RefundQuery{Order: order}
		for {
			page, next, err := s.cashier.Refunds(ctx, q)
			if err != nil {
				yield(payment.Refund{}, err)
				return
			}
			for _, r := range page {
				if !yield(r, nil) {
					return
				}
			}
			if q.After = next; next == "" {
				return
			}
		}
	}
}
