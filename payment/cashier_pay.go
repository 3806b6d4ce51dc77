package payment

import (
	"context"
	"errors"
	"fmt"
	"time"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment/ledger"
)

// pay books the payments that are held for an order, marks the order as paid and makes its receipt, in one change, and does nothing when
// none is held. The number is drawn, or found again, when it is not given. Held may name the payments when they were held just now.
func (c *Cashier) pay(ctx context.Context, order string, n Number, l learnt, held ...Taken) (o Order, err error) {
	known := len(held) > 0
	err = c.commit(ctx, func(ctx context.Context) (store.Change, deed, error) {
		if o, err = c.Orders.Get(ctx, order); err != nil {
			return store.Change{}, deed{}, err
		}
		if !known || o.State != Paying {
			if held, err = c.held(ctx, order); err != nil || len(held) == 0 {
				return store.Change{}, deed{}, err
			}
		}
		known = false // by the next time somebody may have gone on
		d := deed{Action: "order paid", By: string(held[0].From), Order: o.ID, Attempt: held[0].Attempt, Evidence: held[0].ref(), court: o.Court}
		if n.IsZero() {
			if n, err = c.receiptNumber(ctx, c.Series(o.Court, o.paidOn(held)), o, d); err != nil {
				return store.Change{}, deed{}, err
			}
		}
		change, err := c.paying(ctx, &o, held, n, l)
		return change, d, err
	})
	if err != nil {
		return o, fmt.Errorf("payment: order %q: %w", order, err)
	}
	return o, nil
}

// held lists the payments that are held for an order.
func (c *Cashier) held(ctx context.Context, order string) ([]Taken, error) {
	takings, err := c.TakingsOf(ctx, order)
	var held []Taken
	for _, t := range takings {
		if t.Use == UseHeld {
			held = append(held, t)
		}
	}
	return held, err
}

// receiptNumber draws the number of an order's receipt, or finds it when it was drawn.
func (c *Cashier) receiptNumber(ctx context.Context, series string, o Order, d deed) (Number, error) {
	at, chain := c.now(), ""
	if c.Chain != nil {
		chain = c.Chain(o.Court, at)
	}
	d.Action = "receipt number drawn"
	return c.Orders.ReceiptNumber(ctx, series, o.ID, at, chain, note(d))
}

// paying is the second of the two changes by which payments pay an order, which it gives as it is then.
func (c *Cashier) paying(ctx context.Context, o *Order, held []Taken, n Number, l learnt) (store.Change, error) {
	at := c.now()
	means, err := c.meansOf(ctx, held[0])
	if err != nil {
		return store.Change{}, err
	}
	from := make([]ledger.Posting, len(held))
	for i, t := range held {
		from[i] = t.source()
	}
	step, err := c.Orders.pay(ctx, *o, Payment{Means: means, Reference: o.Reference, At: o.paidOn(held), Number: n}, ledger.Post{
		ID: held[0].usedBy(), Ref: orderRef(*o), At: at, Value: o.paidOn(held), Postings: append(from, revenue(*o)...),
	})
	if err != nil {
		return store.Change{}, err
	}
	change := step.Change
	change.At = at
	alone := false // an active attempt is the only one
	for _, t := range held {
		t.Use = UseOrder
		put, err := takenPut(t)
		if err != nil {
			return store.Change{}, err
		}
		change.Puts = append(change.Puts, put)
		active, err := c.credit(ctx, &change, t, at, l)
		if err != nil {
			return store.Change{}, err
		}
		alone = alone || active
	}
	if !alone {
		if err := c.hurry(ctx, &change, *o); err != nil {
			return store.Change{}, err
		}
	}
	*o = step.Order
	return c.follow(ctx, change, step.Order, step.Receipt)
}

// credit has the attempt of a payment learn that its money has paid, and tells whether the attempt was the order's active one.
func (c *Cashier) credit(ctx context.Context, change *store.Change, t Taken, at time.Time, l learnt) (active bool, err error) {
	if t.Attempt == "" {
		return false, nil
	}
	a, err := c.Attempt(ctx, t.Attempt)
	if err != nil {
		return false, err
	}
	l.at, l.proven = at, true
	next := a.learn(l)
	if t.Booked {
		if err := c.unexcess(ctx, &next, t); err != nil {
			return false, err
		}
	}
	moved, _, err := c.moving(ctx, a, &next, "pay", t.From, at, 0)
	if err != nil {
		return false, err
	}
	change.Merge(moved)
	return a.Order == t.Order && a.State.Active(), nil
}

// unexcess takes the flags of money that is nobody's off an attempt whose last such money is used.
func (c *Cashier) unexcess(ctx context.Context, a *Attempt, used Taken) error {
	takings, err := c.matching(ctx, indexTakenAttempt, a.ID)
	if err != nil {
		return err
	}
	for _, t := range takings {
		if t.ID != used.ID && t.Use == UseExcess {
			return nil
		}
	}
	a.unflag(FlagExcess)
	a.unflag(FlagMismatch)
	return nil
}

// hurry has somebody look at once after an attempt that is still active when its order is paid by other money.
func (c *Cashier) hurry(ctx context.Context, change *store.Change, o Order) error {
	other, err := c.ActiveOf(ctx, o.ID)
	switch {
	case errors.Is(err, ErrNoAttempt) || err == nil && other.ID == o.Reference:
		return nil
	case err != nil:
		return err
	}
	change.Work = append(change.Work, store.Work{Kind: workAttempt, ID: other.ID, Due: change.At})
	return nil
}

// finish has payments that are held for the order of an attempt pay it: whoever held them may have died.
func (c *Cashier) finish(ctx context.Context, a Attempt) (Attempt, error) {
	t, claimed, err := c.claimed(ctx, a.Order)
	if err != nil || !claimed || t.Use != UseHeld {
		return a, err
	}
	if _, err := c.pay(ctx, a.Order, Number{}, learnt{from: t.From}); err != nil {
		return a, err
	}
	return c.Attempt(ctx, a.ID)
}

// meansOf is how a payment was made: what the gateway says, else what was asked for, else the gateway's name.
func (c *Cashier) meansOf(ctx context.Context, t Taken) (Means, error) {
	if t.Means != "" {
		return t.Means, nil
	}
	if t.Attempt == "" {
		return Means(t.Gateway), nil
	}
	a, err := c.Attempt(ctx, t.Attempt)
	return a.Means, err
}

// paidOn is when the order is paid by payments that come up to it: with the last of them, and not before it was made.
func (o Order) paidOn(takings []Taken) time.Time {
	on := o.CreatedAt
	for _, t := range takings {
		if t.paidAt().After(on) {
			on = t.paidAt()
		}
	}
	return on
}

// neg is the opposite amount.
func neg(a money.Amount) money.Amount { return money.New(-a.Minor(), a.Currency()) }
