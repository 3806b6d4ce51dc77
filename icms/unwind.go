package icms

import (
	"context"
	"errors"
	"fmt"

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
			return true, s.refundRefused(ctx, b, order)
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

// giveUp ends the attempt that has the order of a rejected batch. It reports whether the attempt is over; a gateway may take its time.
func (s *Service) giveUp(ctx context.Context, b *batchRecord, order payment.Order) (over bool, err error) {
	a, err := s.cashier.ActiveOf(ctx, order.ID)
	if err == nil {
		a, err = s.cashier.Cancel(ctx, a.ID, b.Decision.By.User)
	}
	if err != nil && !errors.Is(err, payment.ErrNoAttempt) {
		return false, fmt.Errorf("icms: payment of the rejected batch %s: %w", b.Reference, err)
	}
	return !a.State.Active(), nil
}

// refundRefused proposes that the money of a rejected batch goes back, in the name of the officer who refused it. A second person
// approves it at the accounts office, where one person may not decide alone.
func (s *Service) refundRefused(ctx context.Context, b *batchRecord, order payment.Order) error {
	_, err := s.cashier.Propose(ctx, payment.Proposal{
		Order: order.ID, Reason: refusedCause, By: b.Decision.By.User, Key: "refused/" + b.ID,
	})
	if err != nil {
		return fmt.Errorf("icms: refund of the rejected batch %s: %w", b.Reference, err)
	}
	return nil
}
