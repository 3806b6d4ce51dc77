package payment

import (
	"context"
	"fmt"
	"reflect"
	"time"

	"courts.example/eservices/icms/store"
)

// moving is the change that stores an attempt as it is next, with what follows: the order is open again when its attempt ended without
// money, and somebody looks after what may still come. It is empty when nothing is different. Next gets the version it will have.
func (c *Cashier) moving(ctx context.Context, a Attempt, next *Attempt, verb string, from Source, at time.Time, wait time.Duration) (store.Change, deed, error) {
	if reflect.DeepEqual(a, *next) {
		return store.Change{}, deed{}, nil
	}
	if wait > 0 {
		next.NotBefore = at.Add(wait)
	}
	put, err := attemptPut(*next)
	if err != nil {
		return store.Change{}, deed{}, err
	}
	change := store.Change{ID: changeID(a, verb), At: at, Puts: []store.Put{put}}
	if !next.over() {
		change.Work = []store.Work{c.work(*next, at)}
	}
	if a.State.Active() && !next.State.Active() {
		if err := c.reopen(ctx, &change, a, at); err != nil {
			return store.Change{}, deed{}, err
		}
	}
	if next.State == AttemptAuthorised && a.State != AttemptAuthorised {
		if change, err = c.authorised(ctx, change, a); err != nil {
			return store.Change{}, deed{}, err
		}
	}
	next.Version = a.Version + 1
	return change, deed{Action: "attempt " + string(next.State), By: string(from), Order: a.Order, Attempt: a.ID, court: a.Court}, nil
}

// changeID names the change that moves an attempt from a version.
func changeID(a Attempt, verb string) string {
	return fmt.Sprintf("payment/attempt/%s/%d/%s", a.ID, a.Version, verb)
}

// authorised adds what the host wants to be written when money is held at the gateway for an order that is being paid.
func (c *Cashier) authorised(ctx context.Context, change store.Change, a Attempt) (store.Change, error) {
	o, err := c.Orders.Get(ctx, a.Order)
	if err != nil || o.State != Paying || o.Reference != a.ID {
		return change, err
	}
	change.Require = append(change.Require, store.Key{Kind: kindOrder, ID: o.ID, Expect: o.Version})
	return c.follow(ctx, change, o, Receipt{})
}

// reopen adds that the order of an attempt that ends is open again, unless its money is here.
func (c *Cashier) reopen(ctx context.Context, change *store.Change, a Attempt, at time.Time) error {
	o, err := c.Orders.Get(ctx, a.Order)
	if err != nil {
		return err
	}
	if o.State != Paying || o.Reference != a.ID {
		return nil
	}
	if _, paid, err := c.claimed(ctx, o.ID); err != nil || paid {
		return err
	}
	next, err := o.End()
	if err != nil {
		return err
	}
	step, err := write(next, "end", at)
	if err != nil {
		return err
	}
	ended, err := c.follow(ctx, step.Change, step.Order, Receipt{})
	if err != nil {
		return err
	}
	change.Merge(ended)
	return nil
}
