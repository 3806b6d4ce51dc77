package payment

import (
	"context"
	"errors"
	"fmt"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment/internal/key"
)

// Allocation has money that is nobody's pay an order.
type Allocation struct {
	// Order is what it pays, Takings the payments: together exactly the order's amount, of which nothing went back.
	Order   string
	Takings []TakingID
	// By says what the money is for, ApprovedBy is the other person; it may be empty where Terms.Alone lets one decide.
	By, ApprovedBy string
}

// TakingID names a payment at a gateway.
type TakingID struct{ Gateway, Payment string }

// maxAllocated bounds the payments that pay one order together.
const maxAllocated = 20

// Allocate pays an open order with money that is nobody's yet, with receipt and everything that follows. It gives the order as paid.
// Errors: ErrInvalid, ErrFourEyes, ErrNoOrder, ErrNoTaken, *ActiveError while an attempt may take the order's money, ErrTransition,
// money.ErrCurrency, ErrRefundable when money of it went back or is contested.
func (c *Cashier) Allocate(ctx context.Context, r Allocation) (Order, error) {
	if err := r.check(); err != nil {
		return Order{}, err
	}
	n, err := c.hold(ctx, func(ctx context.Context) (holding, error) { return c.allocating(ctx, r) })
	var short *store.ShortError
	if errors.As(err, &short) {
		err = fmt.Errorf("%w: money of it went back, is about to, or is contested: %w", ErrRefundable, err)
	}
	if err != nil {
		return Order{}, fmt.Errorf("payment: allocating to order %.80q: %w", r.Order, err)
	}
	return c.pay(ctx, r.Order, n, learnt{from: FromOperator})
}

func (r Allocation) check() error {
	if len(r.Takings) == 0 || len(r.Takings) > maxAllocated {
		return fmt.Errorf("%w: an allocation names 1 to %d payments, this one %d", ErrInvalid, maxAllocated, len(r.Takings))
	}
	seen := make(map[TakingID]bool, len(r.Takings))
	for _, id := range r.Takings {
		if seen[id] {
			return fmt.Errorf("%w: payment %.80q at %.20q is named twice", ErrInvalid, id.Payment, id.Gateway)
		}
		seen[id] = true
	}
	err := key.CheckID("who allocates", r.By, MaxID)
	if err == nil {
		err = key.CheckText("who approves", r.ApprovedBy, MaxID)
	}
	return invalid(err)
}

// allocating is the change that sets the payments aside for the order; none when that was done before.
func (c *Cashier) allocating(ctx context.Context, r Allocation) (holding, error) {
	o, err := c.Orders.Get(ctx, r.Order)
	if err != nil {
		return holding{}, err
	}
	takings := make([]Taken, len(r.Takings))
	var sum money.Amount
	done := 0
	for i, id := range r.Takings {
		t, err := c.Taking(ctx, id.Gateway, id.Payment)
		if err != nil {
			return holding{}, err
		}
		switch {
		case t.Use != UseExcess && t.Order == o.ID:
			done++
		case t.Use != UseExcess:
			return holding{}, fmt.Errorf("%w: %s is order %q's", ErrTransition, t.ref(), t.Order)
		}
		if sum, err = sum.Add(t.Amount); err != nil {
			return holding{}, err
		}
		takings[i] = t
	}
	if done == len(takings) {
		return holding{}, nil
	}
	by := r.ApprovedBy
	if by == "" {
		by = r.By
	}
	switch err := c.fourEyes(r.By, by, o.Court, o.Amount); {
	case err != nil:
		return holding{}, err
	case o.State == Paying:
		return holding{}, c.activeError(ctx, o)
	case o.State != Open:
		return holding{}, fmt.Errorf("%w: order %q is %s", ErrTransition, o.ID, o.State)
	case sum != o.Amount:
		return holding{}, fmt.Errorf("%w: the payments come to %s, order %q is for %s", ErrInvalid, sum, o.ID, o.Amount)
	}
	reference := takings[0].Attempt
	if reference == "" {
		reference = takings[0].ID
	}
	d := deed{By: r.By + ", " + by, Order: o.ID, Evidence: takings[0].ref(), court: o.Court}
	return c.keepHeld(o, reference, d, takings...)
}
