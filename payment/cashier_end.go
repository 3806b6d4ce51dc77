package payment

import (
	"context"
	"errors"
	"fmt"
	"time"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment/internal/key"
)

// Cancel ends an attempt that waits for the payer, or gives up money that is held. What comes of it is in the attempt that comes back:
// cancelled; succeeded, when the payer was quicker; or as it was, when the gateway has not answered, and then [Cashier.Work] goes on. An
// attempt that has ended stays as it is, without an error. Errors: ErrNoAttempt; ErrInvalid when the gateway can't cancel: it ends by
// itself when its time is over; ErrTransition while a capture is under way.
func (c *Cashier) Cancel(ctx context.Context, id, by string) (Attempt, error) {
	if err := key.CheckID("who cancels", by, MaxID); err != nil {
		return Attempt{}, invalid(err)
	}
	a, g, err := c.attemptAt(ctx, id)
	switch {
	case err != nil || !a.State.Active():
		return a, err
	case !g.Describe().Cancel:
		return a, fmt.Errorf("%w: gateway %s can't cancel; attempt %s can be paid until %v", ErrInvalid, a.Gateway, a.ID, a.ExpiresAt)
	case a.Capture.Open():
		return a, fmt.Errorf("%w: the money of attempt %s is being taken; check it", ErrTransition, a.ID)
	case a.State == AttemptUnknown: // first learn whether there is anything to cancel
		if a, err = c.change(ctx, id, "cancel", FromOperator, func(a Attempt, at time.Time) Attempt {
			if a.State.Active() {
				a.Cancel.want(by, at)
			}
			return a
		}, 0); err != nil {
			return a, err
		}
		return c.Check(ctx, id)
	}
	return c.operate(ctx, g, a, cancelling(), by)
}

// Capture takes the money that an attempt holds: all of it. What comes of it is in the attempt that comes back, as with Cancel. One that
// was taken already stays as it is, without an error. Errors: ErrNoAttempt; ErrTransition when the attempt holds no money, it is
// being given up, or its order is not being paid by it any more.
func (c *Cashier) Capture(ctx context.Context, id, by string) (Attempt, error) {
	if err := key.CheckID("who captures", by, MaxID); err != nil {
		return Attempt{}, invalid(err)
	}
	a, g, err := c.attemptAt(ctx, id)
	if err != nil || a.State == AttemptSucceeded {
		return a, err
	}
	superseded, err := c.superseded(ctx, a)
	switch {
	case err != nil:
		return a, err
	case a.State != AttemptAuthorised || superseded || a.Cancel.Open():
		return a, fmt.Errorf("%w: attempt %s is %s; only money that is held for an order and not given up is taken", ErrTransition, a.ID, a.State)
	}
	return c.operate(ctx, g, a, capturing(), by)
}

// attemptAt reads an attempt with its gateway, its held money finished.
func (c *Cashier) attemptAt(ctx context.Context, id string) (Attempt, Gateway, error) {
	a, err := c.Attempt(ctx, id)
	if err != nil {
		return Attempt{}, nil, err
	}
	if a, err = c.finish(ctx, a); err != nil {
		return a, nil, err
	}
	g, err := c.gateway(a.Gateway)
	return a, g, err
}

// Expire ends an order that was not paid in time. It asks first: about every attempt by which money might still have come, and it cancels the
// one that is active. It gives the order as it is then: expired, or paid after all, both without an error. Errors: ErrNoOrder, *ActiveError
// when the money may still come: try again later; ErrTransition when the order is reserved or cancelled; ErrInvalid.
func (c *Cashier) Expire(ctx context.Context, order, cause, by string) (Order, error) {
	o, err := c.Orders.Get(ctx, order)
	if err != nil || o.State == Paid || o.State == Expired {
		return o, err
	}
	if err := c.inquire(ctx, order, by); err != nil {
		return o, err
	}
	err = c.commit(ctx, func(ctx context.Context) (store.Change, deed, error) {
		if o, err = c.Orders.Get(ctx, order); err != nil || o.State == Paid || o.State == Expired {
			return store.Change{}, deed{}, err
		}
		if o.State == Paying {
			return store.Change{}, deed{}, c.activeError(ctx, o)
		}
		step, err := c.Orders.Expire(o, cause, c.now())
		if err != nil {
			return store.Change{}, deed{}, err
		}
		o = step.Order
		change, err := c.follow(ctx, step.Change, o, Receipt{})
		return change, deed{Action: "order expired", By: by, Order: o.ID, court: o.Court}, err
	})
	return o, err
}

// inquire asks about every attempt of an order that may still bring money, and cancels the active one.
func (c *Cashier) inquire(ctx context.Context, order, by string) error {
	attempts, err := c.Attempts(ctx, order)
	for _, a := range attempts {
		if a.Final {
			continue
		}
		if a, err = c.Check(ctx, a.ID); err != nil {
			return err
		}
		if a.State.Active() {
			if _, err = c.Cancel(ctx, a.ID, by); err != nil && !errors.Is(err, ErrInvalid) && !errors.Is(err, ErrTransition) {
				return err
			}
		}
	}
	return err
}
