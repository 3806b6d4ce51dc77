package icms

import (
	"context"
	"errors"
	"fmt"
	"time"

	"courts.example/eservices/fees"
	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment"
)

// flatFee prices a paper as of an instant; false where nobody knows its fee.
func (c *Court) flatFee(item string, at time.Time) (payment.Line, bool) {
	p, err := c.Fees.Pricer(item, fees.Electronic, at)
	var l fees.Line
	if err == nil {
		l, err = p.Flat()
	}
	if err != nil || l.Unknown {
		return payment.Line{}, false
	}
	return payment.Line{Item: item, Description: p.Title(), Count: 1, Each: l.Payable, Amount: l.Payable}, true
}

// chargePaper adds the order of what a paper costs to the change that keeps it. The paper counts as received without it: the fee is a debt,
// a charge of the accounts office, which is paid as any other.
func (s *Service) chargePaper(change *store.Change, w *weighed) error {
	d := &w.document
	subject := payment.Subject{Kind: kindPaperFee, ID: documentID(d.Court, d.Case, d.Serial)}
	opened, err := s.openOrder(payment.Order{
		ID: fmt.Sprintf("%s/%s/1", kindPaperFee, subject.ID), Court: d.Court, Payer: d.By.Organisation, Purpose: "filing", For: subject,
		Lines: []payment.Line{*w.fee}, PricedAt: d.Receipt.PriceAt,
	}, change.At)
	if err != nil {
		return fmt.Errorf("icms: order of a paper in case %s: %w", d.Case, err)
	}
	d.Charge = opened.Order.ID
	change.Merge(opened.Change)
	change.Events = append(change.Events, orderEvent(*change, opened.Order, EventOrderCharged))
	return nil
}

// endCharge gives the money of a refused paper back, as far as that is not done: an order that is not paid ends, a paid one has its refund
// proposed in the name of who refused the paper. It reports whether nothing is left to do.
func (s *Service) endCharge(ctx context.Context, c *Court, d *Document) (over bool, err error) {
	by := refuserOf(c, d)
	for d.Charge != "" {
		order, err := s.orders.Get(ctx, d.Charge)
		if err != nil {
			return false, fmt.Errorf("icms: order of paper %s: %w", paperName(d), err)
		}
		var step payment.Step
		at := s.now()
		switch order.State {
		case payment.Open:
			step, err = s.orders.Cancel(order, refusedCause, at)
		case payment.Reserved:
			step, err = s.orders.Dismiss(ctx, order, refusedCause, at)
		case payment.Paying:
			a, err := s.cashier.ActiveOf(ctx, order.ID)
			if err == nil {
				a, err = s.cashier.Cancel(ctx, a.ID, by.User)
			}
			if err != nil && !errors.Is(err, payment.ErrNoAttempt) || a.State.Active() {
				return false, err
			}
			continue
		case payment.Paid:
			_, err := s.cashier.Propose(ctx, payment.Proposal{Order: order.ID, Reason: refusedCause, By: by.User, Key: "refused/" + order.ID})
			return err == nil, err
		default:
			return true, nil
		}
		if err == nil {
			step.Change.Chain, step.Change.Note = chain(c, at), note("order of a refused paper ended", by, "order", order.ID)
			step.Change.Events = append(step.Change.Events, orderEvent(step.Change, step.Order, EventOrderWithdrawn))
			_, err = s.orders.Apply(ctx, step.Change)
		}
		if err != nil && !errors.Is(err, payment.ErrChanged) {
			return false, fmt.Errorf("icms: order of paper %s: %w", paperName(d), err)
		}
	}
	return true, nil
}

// refuserOf is who refused a paper: the officer, or the court by itself when the paper turned out to be late.
func refuserOf(c *Court, d *Document) Filer {
	if d.Decision != nil {
		return d.Decision.By
	}
	return Filer{Organisation: c.Code, User: "registry"}
}
