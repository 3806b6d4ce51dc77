package icms

import (
	"context"
	"errors"
	"fmt"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment"
)

// unwind gives the money of a rejected batch back, as far as that is not done: what is held is released, an open order is cancelled. It reports
// whether there is nothing left to do.
func (s *Service) unwind(ctx context.Context, d *desk, b *batchRecord) (over bool, err error) {
	for b.Order != "" {
		order, err := s.orders.Get(ctx, b.Order)
		if err != nil {
			return false, fmt.Errorf("icms: order of the rejected batch %s: %w", b.Reference, err)
		}
		var step payment.Step
		at := s.now()
		switch order.State {
		case payment.Open:
			step, err = s.orders.Cancel(order, refusedCause, at)
		case payment.Reserved:
			step, err = s.orders.Dismiss(ctx, order, refusedCause, at)
		case payment.Paying:
			if settled, err := s.giveUp(ctx, b, order); err != nil || !settled {
				return false, err
			}
			continue
		case payment.Paid:
			return s.refundRefused(ctx, b, order)
		default:
			return true, nil
		}
		if err == nil {
			step.Change.Chain, step.Change.Note = chain(d.court, at), note("order of a refused filing ended", b.Decision.By, "batch", b.ID)
			_, err = s.orders.Apply(ctx, step.Change)
		}
		if err != nil && !errors.Is(err, payment.ErrChanged) {
			return false, fmt.Errorf("icms: order of the rejected batch %s: %w", b.Reference, err)
		}
	}
	return true, nil
}

// giveUp ends the attempt that has the order of a rejected batch. It reports whether the attempt is over; a gateway may take its time, and one
// that can't cancel takes as long as the payer has.
func (s *Service) giveUp(ctx context.Context, b *batchRecord, order payment.Order) (over bool, err error) {
	a, err := s.cashier.ActiveOf(ctx, order.ID)
	if errors.Is(err, payment.ErrNoAttempt) {
		return true, nil
	}
	if err == nil {
		if a, err = s.cashier.Cancel(ctx, a.ID, b.Decision.By.User); errors.Is(err, payment.ErrInvalid) || errors.Is(err, payment.ErrTransition) {
			return false, nil
		}
	}
	if err != nil {
		return false, fmt.Errorf("icms: payment of the rejected batch %s: %w", b.Reference, err)
	}
	return !a.State.Active(), nil
}

// refundRefused proposes that the money of a rejected batch goes back, in the name of the officer who refused it: each payment to where it
// came from. A second person approves it at the accounts office, where one person may not decide alone. It reports whether nothing is left
// that nobody sees to: a refund that was declined leaves the batch on the list of unfinished work, and the host is told.
func (s *Service) refundRefused(ctx context.Context, b *batchRecord, order payment.Order) (over bool, err error) {
	standing, err := s.cashier.Standing(ctx, order.ID)
	if err != nil || standing.Left.Sign() <= 0 {
		return err == nil, err
	}
	takings, err := s.cashier.TakingsOf(ctx, order.ID)
	if err != nil {
		return false, fmt.Errorf("icms: refund of the rejected batch %s: %w", b.Reference, err)
	}
	var proposals []payment.Proposal
	for _, t := range takings {
		if t.Use == payment.UseOrder {
			proposals = append(proposals, payment.Proposal{Gateway: t.Gateway, Payment: t.ID, Key: fmt.Sprintf("refused/%s/%d", b.ID, len(proposals)+1)})
		}
	}
	if len(proposals) == 0 {
		proposals = []payment.Proposal{{Order: order.ID, Key: "refused/" + b.ID}}
	}
	over = true
	for _, p := range proposals {
		p.Reason, p.By = refusedCause, b.Decision.By.User
		r, err := s.cashier.Propose(ctx, p)
		switch {
		case errors.Is(err, payment.ErrRefundable): // this payment has nothing left
		case errors.Is(err, payment.ErrDisputed):
			over = false
		case err != nil:
			return false, fmt.Errorf("icms: refund of the rejected batch %s: %w", b.Reference, err)
		case !r.Counts(): // a second person said no, or the gateway did
			over = false
			if err := s.sayNotRefunded(ctx, b, r); err != nil {
				return false, err
			}
		}
	}
	return over, nil
}

// sayNotRefunded tells the host, once, that a refund which a refusal asked for came to nothing: the accounts office has to settle it.
func (s *Service) sayNotRefunded(ctx context.Context, b *batchRecord, r payment.Refund) error {
	d, err := s.court(b.Court)
	if err != nil {
		return err
	}
	at, id := s.now(), "not-refunded/"+r.ID
	_, err = s.apply(ctx, store.Change{
		ID: id, At: at, Chain: chain(d.court, at), Note: note("refund of a refused filing came to nothing", b.Decision.By, "batch", b.ID, "refund", r.ID),
		Events: []store.Event{event(at, "batch/"+b.ID, id, EventNotRefunded, map[string]any{
			"court": b.Court, "batch": b.ID, "reference": b.Reference, "refund": r.ID, "amount": r.Amount,
		})},
	})
	return err
}
