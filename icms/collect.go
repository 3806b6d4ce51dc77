package icms

import (
	"context"
	"errors"
	"fmt"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment"
)

// Collect records that an order was paid at the counter, with the slip that the counter gave, and takes what it pays for on. The same slip
// for the same order again gives the same receipt. An order that is held on a deposit account or being paid at a gateway is refused until that
// ends. Errors: payment.ErrNoOrder, payment.ErrTransition, a *payment.MeansError.
func (a AccountsOffice) Collect(ctx context.Context, order, slip string, by Filer) (payment.Receipt, error) {
	s := a.s
	if by.Organisation == "" || by.User == "" {
		return payment.Receipt{}, invalid("order %s: a payment at the counter names the office and the clerk who took it", order)
	}
	for range maxTries {
		o, err := s.orders.Get(ctx, order)
		if err != nil {
			return payment.Receipt{}, fmt.Errorf("icms: %w", err)
		}
		if o.State == payment.Paid && o.Means == payment.Counter && o.Reference == slip {
			return s.orders.ReceiptOf(ctx, order)
		}
		step, err := s.collect(ctx, o, slip, by)
		if err == nil {
			_, err = s.orders.Apply(ctx, step.Change)
		}
		if err == nil {
			return step.Receipt, nil
		}
		if now, failed := s.orders.Get(ctx, order); !moved(err) || failed != nil || now.Version == o.Version { // or the slip paid another order
			return payment.Receipt{}, fmt.Errorf("icms: order %s at the counter: %w", order, errors.Join(err, failed))
		}
	}
	return payment.Receipt{}, overtaken("the payment of order " + order + " at the counter")
}

// collect makes the step of a payment at the counter, with what follows in the same change.
func (s *Service) collect(ctx context.Context, o payment.Order, slip string, by Filer) (payment.Step, error) {
	d, err := s.court(o.Court)
	if err != nil {
		return payment.Step{}, err
	}
	at := s.now()
	if o.State != payment.Open {
		return payment.Step{}, fmt.Errorf("%w: it is %s", payment.ErrTransition, o.State)
	}
	if s.means != nil {
		use := payment.MeansUse{
			Court: o.Court, Place: d.court.Name, Means: payment.Counter, Amount: o.Amount, Purpose: o.Purpose, Registered: true, At: at,
		}
		if err := s.means.Check(use); err != nil {
			return payment.Step{}, err
		}
	}
	number, err := s.receiptNumber(ctx, d.court, by, o, at)
	if err != nil {
		return payment.Step{}, err
	}
	step, err := s.orders.Collect(ctx, o, payment.Collection{Slip: slip, At: at, Number: number})
	if err != nil {
		return payment.Step{}, err
	}
	with, err := s.follow(ctx, step.Order, step.Receipt)
	if err != nil {
		return payment.Step{}, err
	}
	step.Change.Merge(with)
	step.Change.Chain, step.Change.Note = chain(d.court, at), note("paid at the counter", by, "order", o.ID, "slip", slip)
	return step, nil
}

// moved reports whether an error says that something else happened to an order or its filing meanwhile.
func moved(err error) bool {
	return errors.Is(err, payment.ErrChanged) || errors.Is(err, store.ErrVersion)
}
