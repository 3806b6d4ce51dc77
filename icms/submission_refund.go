package icms

import (
	"context"
	"errors"
	"fmt"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment"
)

// endCharge gives the money of a refused paper back, as far as that is not done: an order that is not paid ends, a paid one has its refund
// proposed in the name of who refused the paper, as that of a refused batch. It reports whether nothing is left to do.
func (s *Service) endCharge(ctx context.Context, c *Court, d *Document) (over bool, err error) {
	over = true
	for _, id := range d.charges() {
		ended, err := s.endOrder(ctx, c, d, id)
		if err != nil {
			return false, fmt.Errorf("icms: order of paper %s: %w", paperName(d), err)
		}
		over = over && ended
	}
	return over, nil
}

func (s *Service) endOrder(ctx context.Context, c *Court, d *Document, id string) (over bool, err error) {
	by := refuserOf(c, d)
	for range maxTries {
		order, err := s.orders.Get(ctx, id)
		if err != nil {
			return false, err
		}
		var step payment.Step
		at := s.now()
		switch order.State {
		case payment.Open:
			step, err = s.orders.Cancel(order, refusedCause, at)
		case payment.Reserved:
			step, err = s.orders.Dismiss(ctx, order, refusedCause, at)
		case payment.Paying:
			if settled, err := s.giveUp(ctx, order, by.User); err != nil || !settled {
				return false, err
			}
			continue
		case payment.Paid:
			back := payment.Proposal{Key: "refused/" + order.ID, Reason: refusedCause, By: by.User}
			return s.giveBack(ctx, order, back, func(r payment.Refund) error { return s.sayPaperNotRefunded(ctx, c, d, r) })
		default:
			return true, nil
		}
		if err == nil {
			step.Change.Chain, step.Change.Note = chain(c, at), note("order of a refused paper ended", by, "order", order.ID)
			step.Change.Events = append(step.Change.Events, orderEvent(step.Change, step.Order, EventOrderWithdrawn))
			_, err = s.orders.Apply(ctx, step.Change)
		}
		if err != nil && !errors.Is(err, payment.ErrChanged) {
			return false, err
		}
	}
	return false, overtaken("the end of order " + id)
}

// refuserOf is who refused a paper: the officer, or the court by itself when the paper turned out to be late.
func refuserOf(c *Court, d *Document) Filer {
	if d.Decision != nil {
		return d.Decision.By
	}
	return Filer{Organisation: c.Code, User: "registry"}
}

// atRest reports whether no order of a paper waits for money or is being paid.
func (s *Service) atRest(ctx context.Context, d *Document) (bool, error) {
	for _, id := range d.charges() {
		order, err := s.orders.Get(ctx, id)
		if err != nil {
			return false, fmt.Errorf("icms: order of paper %s: %w", paperName(d), err)
		}
		switch order.State {
		case payment.Open, payment.Reserved, payment.Paying:
			return false, nil
		}
	}
	return true, nil
}

// sayPaperNotRefunded tells the host, once, that a refund for a paper came to nothing: the accounts office has to settle it.
func (s *Service) sayPaperNotRefunded(ctx context.Context, c *Court, d *Document, r payment.Refund) error {
	at, id := s.now(), "not-refunded/"+r.ID
	_, err := s.apply(ctx, store.Change{
		ID: id, At: at, Chain: chain(c, at),
		Note: note("refund for a paper came to nothing", refuserOf(c, d), "case", d.Case, "document", fmt.Sprint(d.Serial), "refund", r.ID),
		Events: []store.Event{event(at, caseStream(d.Court, d.Case), id, EventPaperNotRefunded, map[string]any{
			"court": d.Court, "case": d.Case, "document": d.Serial, "refund": r.ID, "amount": r.Amount,
		})},
	})
	return err
}
