package payment

import (
	"context"
	"errors"
	"fmt"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment/internal/key"
	"courts.example/eservices/payment/ledger"
)

// pay books a payment that is held for its order, marks the order as paid and makes its receipt, in one change. The number is drawn, or
// found again, when it is not given.
func (c *Cashier) pay(ctx context.Context, t Taken, n Number, l learnt) (Taken, error) {
	err := c.commit(ctx, func(ctx context.Context) (store.Change, deed, error) {
		var err error
		if t, err = c.Taking(ctx, t.Gateway, t.ID); err != nil || t.Use != UseHeld {
			return store.Change{}, deed{}, err
		}
		a, err := c.Attempt(ctx, t.Attempt)
		if err != nil {
			return store.Change{}, deed{}, err
		}
		o, err := c.Orders.Get(ctx, t.Order)
		if err != nil {
			return store.Change{}, deed{}, err
		}
		d := deed{Action: "order paid", By: string(t.From), Order: o.ID, Attempt: a.ID, Evidence: t.Gateway + " " + t.ID, court: o.Court}
		if n.IsZero() {
			number := d
			number.Action = "receipt number drawn"
			if n, err = c.receiptNumber(ctx, c.Series(o.Court, paidAt(a, t)), o, number); err != nil {
				return store.Change{}, deed{}, err
			}
		}
		change, err := c.paying(ctx, &t, a, o, n, l)
		return change, d, err
	})
	return t, err
}

// receiptNumber draws the number of an order's receipt, or finds it when it was drawn.
func (c *Cashier) receiptNumber(ctx context.Context, series string, o Order, d deed) (Number, error) {
	at, chain := c.now(), ""
	if c.Chain != nil {
		chain = c.Chain(o.Court, at)
	}
	return c.Orders.ReceiptNumber(ctx, series, o.ID, at, chain, note(d))
}

// paying is the second of the two changes by which a payment pays its order.
func (c *Cashier) paying(ctx context.Context, t *Taken, a Attempt, o Order, n Number, l learnt) (store.Change, error) {
	at := c.now()
	p := Payment{Means: t.means(a), Reference: a.ID, At: paidAt(a, *t), Number: n}
	step, err := c.Orders.pay(ctx, o, p, ledger.Post{
		ID: t.entry(), Ref: orderRef(o), At: at, Value: t.PaidAt,
		Postings: append([]ledger.Posting{{Account: ledger.Clearing(t.Gateway), Amount: neg(t.Amount)}}, revenue(o)...),
	})
	if err != nil {
		return store.Change{}, err
	}
	change := step.Change
	change.At = at
	l.at, l.proven = at, true
	next := a.learn(l)
	moved, _, err := c.moving(ctx, a, &next, "pay", t.From, at, 0)
	if err != nil {
		return store.Change{}, err
	}
	change.Merge(moved)
	t.Use = UseOrder
	put, err := takenPut(*t)
	if err != nil {
		return store.Change{}, err
	}
	t.Version++
	change.Puts = append(change.Puts, put)
	if err := c.hurry(ctx, &change, a, o); err != nil {
		return store.Change{}, err
	}
	return change, c.follow(ctx, &change, step.Order, step.Receipt)
}

// means is how a payment was made: what the gateway says, when that is one of the gateway's own, else what was asked for.
func (t Taken) means(a Attempt) Means {
	if t.Means == "" || t.Means == DepositAccount || key.CheckName("the means", string(t.Means)) != nil {
		return a.Means
	}
	return t.Means
}

// hurry has somebody look at once after an attempt that is still active when its order is paid by another one's money.
func (c *Cashier) hurry(ctx context.Context, change *store.Change, paidBy Attempt, o Order) error {
	other, err := c.ActiveOf(ctx, o.ID)
	switch {
	case errors.Is(err, ErrNoAttempt) || err == nil && other.ID == paidBy.ID:
		return nil
	case err != nil:
		return err
	}
	change.Work = append(change.Work, store.Work{Kind: workAttempt, ID: other.ID, Due: change.At})
	return nil
}

// finish has the payments of an order that are held for it pay it: whoever held them may have died.
func (c *Cashier) finish(ctx context.Context, a Attempt) (Attempt, error) {
	t, claimed, err := c.claimed(ctx, a.Order)
	if err != nil || !claimed || t.Use != UseHeld {
		return a, err
	}
	if _, err := c.pay(ctx, t, Number{}, learnt{from: t.From}); err != nil {
		return a, fmt.Errorf("payment: order %q: %w", a.Order, err)
	}
	return c.Attempt(ctx, a.ID)
}

// neg is the opposite amount.
func neg(a money.Amount) money.Amount { return money.New(-a.Minor(), a.Currency()) }
