package icms

import (
	"context"
	"errors"
	"fmt"

	"courts.example/eservices/icms/money"
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
			if settled, err := s.giveUp(ctx, order, b.Decision.By.User); err != nil || !settled {
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

// giveUp ends the attempt that has the order of something that was refused. It reports whether the attempt is over; a gateway may take its
// time, and one that can't cancel takes as long as the payer has.
func (s *Service) giveUp(ctx context.Context, order payment.Order, by string) (over bool, err error) {
	a, err := s.cashier.ActiveOf(ctx, order.ID)
	if errors.Is(err, payment.ErrNoAttempt) {
		return true, nil
	}
	if err == nil {
		if a, err = s.cashier.Cancel(ctx, a.ID, by); errors.Is(err, payment.ErrInvalid) || errors.Is(err, payment.ErrTransition) {
			return false, nil
		}
	}
	if err != nil {
		return false, fmt.Errorf("icms: payment of order %s, which was refused: %w", order.ID, err)
	}
	return !a.State.Active(), nil
}

// refundRefused proposes that the money of a rejected batch goes back, in the name of the officer who refused it. A refund that was declined
// leaves the batch on the list of unfinished work, and the host is told.
func (s *Service) refundRefused(ctx context.Context, b *batchRecord, order payment.Order) (over bool, err error) {
	back := payment.Proposal{Key: "refused/" + b.ID, Reason: refusedCause, By: b.Decision.By.User}
	return s.giveBack(ctx, order, back, func(r payment.Refund) error { return s.sayNotRefunded(ctx, b, r) })
}

// giveBack proposes that money of a paid order goes back, all that is left or the amount of the proposal: each payment to where it came from. A
// second person approves it at the accounts office, where one person may not decide alone. It reports whether nothing is left that nobody
// sees to; failed is told of what a second person, or the gateway, said no to.
func (s *Service) giveBack(ctx context.Context, order payment.Order, back payment.Proposal, failed func(payment.Refund) error) (over bool, err error) {
	standing, err := s.cashier.Standing(ctx, order.ID)
	if err != nil || standing.Left.Sign() <= 0 {
		return err == nil, err
	}
	proposals, err := s.portions(ctx, order, back)
	if err != nil {
		return false, fmt.Errorf("icms: refund of order %s: %w", order.ID, err)
	}
	over = true
	for _, p := range proposals {
		r, err := s.cashier.Propose(ctx, p)
		switch {
		case errors.Is(err, payment.ErrRefundable): // this payment has nothing left
		case errors.Is(err, payment.ErrDisputed):
			over = false
		case err != nil:
			return false, fmt.Errorf("icms: refund of order %s: %w", order.ID, err)
		case !r.Counts(): // a second person said no, or the gateway did
			over = false
			if err := failed(r); err != nil {
				return false, err
			}
		}
	}
	return over, nil
}

// portions parts a refund of an order among the payments at gateways that paid it; one that none paid is given back as a whole.
func (s *Service) portions(ctx context.Context, order payment.Order, back payment.Proposal) ([]payment.Proposal, error) {
	takings, err := s.cashier.TakingsOf(ctx, order.ID)
	if err != nil {
		return nil, err
	}
	var out []payment.Proposal
	part, left := !back.Amount.IsZero(), back.Amount.Minor()
	for _, t := range takings {
		if t.Use != payment.UseOrder || part && left == 0 {
			continue
		}
		p := back
		p.Gateway, p.Payment, p.Key = t.Gateway, t.ID, fmt.Sprintf("%s/%d", back.Key, len(out)+1)
		if part {
			p.Amount = money.New(min(left, t.Amount.Minor()), t.Amount.Currency())
			left -= p.Amount.Minor()
		}
		out = append(out, p)
	}
	if len(out) == 0 {
		back.Order = order.ID
		out = []payment.Proposal{back}
	}
	return out, nil
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
