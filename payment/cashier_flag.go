package payment

import (
	"context"
	"fmt"
	"slices"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment/internal/key"
)

// Unflag takes a flag off an attempt: a person has looked at it and says why nothing is left to do. It comes back when its cause is seen
// again. A flag that isn't there is none to take off, without an error. Errors: ErrNoAttempt, ErrInvalid; ErrTransition for FlagLost on an
// active attempt, which two persons resolve ([Cashier.Resolve]).
func (c *Cashier) Unflag(ctx context.Context, id string, f Flag, by, why string) (a Attempt, err error) {
	if err = key.CheckID("who takes the flag off", by, MaxID); err == nil {
		err = key.CheckText("the reason", why, maxText)
	}
	switch {
	case err != nil:
		return Attempt{}, invalid(err)
	case why == "" || !slices.Contains(Flags(), f):
		return Attempt{}, fmt.Errorf("%w: taking off the flag %.20q for the reason %q: it must be one of %v, for a reason", ErrInvalid, f, why, Flags())
	}
	err = c.commit(ctx, func(ctx context.Context) (store.Change, deed, error) {
		was, err := c.Attempt(ctx, id)
		if err != nil {
			return store.Change{}, deed{}, err
		}
		if a = was; f == FlagLost && a.State.Active() && a.Flagged(f) {
			return store.Change{}, deed{}, fmt.Errorf("%w: nobody knows what became of attempt %s; resolve it", ErrTransition, id)
		}
		a.unflag(f)
		change, d, err := c.moving(ctx, was, &a, "unflag-"+string(f), FromOperator, c.now(), 0)
		d.Action, d.By, d.Evidence = "flag "+string(f)+" taken off", by, Scrub(why)
		return change, d, err
	})
	return a, err
}
