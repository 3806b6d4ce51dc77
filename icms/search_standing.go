package icms

import (
	"context"
	"fmt"
	"time"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms/law"
)

// standing gives a search as it stands now: one whose fee went back is over.
func (s *Service) standing(ctx context.Context, q *Searched) (Searched, error) {
	out := q.as(s.now())
	if out.State != SearchOpen || q.Order == "" {
		return out, nil
	}
	back, err := s.feeBack(ctx, q)
	if err != nil {
		return Searched{}, fmt.Errorf("icms: refunds of search %s: %w", q.ID, err)
	}
	if !back.IsZero() {
		out.State, out.Refunded = SearchEnded, back
	}
	return out, nil
}

// as gives the search with its state at an instant, whatever became of its fee.
func (q *Searched) as(at time.Time) Searched {
	out := *q
	switch {
	case q.Opened.IsZero():
		out.State = SearchAsked
	case at.Before(q.Ends):
		out.State = SearchOpen
	default:
		out.State = SearchEnded
	}
	return out
}

// feeBack says when the whole fee of a search went back; zero when it did not. A refund that comes to nothing gives the fee back to the court, and
// the search to its owner.
func (s *Service) feeBack(ctx context.Context, q *Searched) (time.Time, error) {
	back, err := s.wentBack(ctx, q.Order, q.Fee.Currency())
	if err != nil || back.amount.Minor() < q.Fee.Minor() {
		return time.Time{}, err
	}
	return back.last, nil
}

// over says that a search, as it stands, may not be looked at any more.
func (q *Searched) over(c *Court) (filing.Code, []law.Value) {
	if !q.Refunded.IsZero() {
		return filing.SearchRefunded, []law.Value{law.V("search", q.Reference), law.V("at", civil(c, q.Refunded))}
	}
	return filing.AccessEnded, []law.Value{law.V("search", q.Reference), law.V("until", civil(c, q.Ends))}
}
