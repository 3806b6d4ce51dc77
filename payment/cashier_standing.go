package payment

import (
	"context"
	"fmt"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/icms/store"
)

// Standing says where the money of an order is: Paid = Left + Returning + Returned + Contested + Lost.
type Standing struct {
	// Paid is the order's amount, nothing while it isn't paid.
	Paid money.Amount
	// Returning is proposed or on its way back, Returned has gone back.
	Returning, Returned money.Amount
	// Contested is in open disputes, Lost in disputes that were lost.
	Contested, Lost money.Amount
	// Left is what can still go back; below nothing when a gateway took back more than was paid.
	Left money.Amount
}

// Standing reads where the money of an order is. Money that came for the order and is nobody's is not in it. What moves while it is read is
// seen or not. Errors: ErrNoOrder; those of the store.
func (c *Cashier) Standing(ctx context.Context, order string) (Standing, error) {
	o, err := c.Orders.Get(ctx, order)
	if err != nil {
		return Standing{}, err
	}
	none := money.New(0, o.Amount.Currency())
	s := Standing{none, none, none, none, none, none}
	if o.State != Paid {
		return s, nil
	}
	s.Paid, s.Left = o.Amount, o.Amount
	if err := c.standingRefunds(ctx, &s, order); err != nil {
		return Standing{}, fmt.Errorf("payment: where the money of order %q is: %w", order, err)
	}
	if err := c.standingDisputes(ctx, &s, order); err != nil {
		return Standing{}, fmt.Errorf("payment: where the money of order %q is: %w", order, err)
	}
	return s, nil
}

// Whole gives guards for a change that rests on an order's money being here whole: it is refused when any of it went back, is about to, or is
// contested. The refusal comes as a *store.ShortError. Errors: ErrNoOrder; ErrTransition for an order that is not paid; those of the store.
func (c *Cashier) Whole(ctx context.Context, order string) ([]store.Sum, error) {
	o, err := c.Orders.Get(ctx, order)
	if err != nil {
		return nil, err
	}
	if o.State != Paid {
		return nil, fmt.Errorf("%w: order %q is %s", ErrTransition, order, o.State)
	}
	takings, err := c.paidBy(ctx, order)
	if err != nil {
		return nil, err
	}
	if len(takings) == 0 { // from a deposit account, or at the counter
		return []store.Sum{{Name: funds{order: order}.givenSum(), HasFloor: true}}, nil
	}
	guards := make([]store.Sum, len(takings))
	for i, t := range takings {
		guards[i] = untouched(t)
	}
	return guards, nil
}

func (c *Cashier) standingRefunds(ctx context.Context, s *Standing, order string) error {
	for q := (RefundQuery{Order: order, Limit: store.MaxPage}); ; {
		refunds, next, err := c.Refunds(ctx, q)
		if err != nil {
			return err
		}
		for _, r := range refunds {
			place := &s.Returning
			if r.State == OperationSucceeded {
				place = &s.Returned
			}
			if r.Counts() {
				err = s.move(place, r.Amount)
			}
			if err != nil {
				return err
			}
		}
		if q.After = next; next == "" {
			return nil
		}
	}
}

func (c *Cashier) standingDisputes(ctx context.Context, s *Standing, order string) error {
	for q := (DisputeQuery{Order: order, Limit: store.MaxPage}); ; {
		disputes, next, err := c.Disputes(ctx, q)
		if err != nil {
			return err
		}
		for _, d := range disputes {
			if d.Amount.Currency() != s.Paid.Currency() { // it could not be booked and carries a flag
				continue
			}
			switch d.State {
			case DisputeOpen:
				err = s.move(&s.Contested, d.Amount)
			case DisputeLost:
				err = s.move(&s.Lost, d.Amount)
			}
			if err != nil {
				return err
			}
		}
		if q.After = next; next == "" {
			return nil
		}
	}
}

// move takes an amount off what is left, to a place.
func (s *Standing) move(place *money.Amount, amount money.Amount) error {
	there, err := place.Add(amount)
	if err != nil {
		return err
	}
	left, err := s.Left.Sub(amount)
	*place, s.Left = there, left
	return err
}
