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
