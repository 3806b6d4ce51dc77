package payment

import (
	"context"
	"fmt"
	"time"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment/internal/key"
)

// Resolve proposes what an attempt came to, when its gateway doesn't say: that no money was taken (AttemptFailed), or the payment that a
// person has seen there (AttemptSucceeded). Attempt, Outcome, Payment, Evidence and ProposedBy of the resolution are set; it is given back
// with its id. Nothing happens before another person confirms it.
//
// Errors: ErrInvalid, ErrNoAttempt, ErrTransition when the attempt has ended so, ErrChanged when another resolution of it is undecided.
func (c *Cashier) Resolve(ctx context.Context, r Resolution) (Resolution, error) {
	r.Evidence, r.DecidedBy, r.DecidedAt, r.Declined, r.Version = Scrub(r.Evidence), "", time.Time{}, false, 0
	if r.Payment.ID != "" {
		r.Payment = cleanPayment(r.Payment)
	}
	err := c.commit(ctx, func(ctx context.Context) (store.Change, deed, error) {
		a, err := c.Attempt(ctx, r.Attempt)
		if err != nil {
			return store.Change{}, deed{}, err
		}
		if r.Outcome == AttemptFailed && !a.State.Active() {
			return store.Change{}, deed{}, fmt.Errorf("%w: attempt %s is %s", ErrTransition, a.ID, a.State)
		}
		before, err := c.Resolutions(ctx, a.ID)
		if err != nil {
			return store.Change{}, deed{}, err
		}
		if n := len(before); n > 0 && before[n-1].DecidedBy == "" {
			return store.Change{}, deed{}, fmt.Errorf("%w: attempt %s has the undecided resolution %s", ErrTransition, a.ID, before[n-1].ID)
		}
		r.ID, r.Order, r.Court, r.ProposedAt = c.reference("V", a.ID, len(before)+1), a.Order, a.Court, c.now()
		put, err := resolutionPut(r)
		return store.Change{
			ID: "payment/resolution/" + r.ID, At: r.ProposedAt, Puts: []store.Put{put},
		}, r.deed("resolution proposed", r.ProposedBy), err
	})
	if err != nil {
		return Resolution{}, fmt.Errorf("payment: resolving attempt %.40q: %w", r.Attempt, err)
	}
	r.Version = 1
	return r, nil
}

// Confirm carries a proposed resolution out: another person has seen the evidence too, unless Terms.Alone lets one person decide. It gives
// the attempt as it is then. A payment that is on record by then counts more than what persons say. Confirming again goes on where
// it was broken off. Errors: ErrInvalid, ErrNoResolution, ErrFourEyes, ErrTransition when it was declined.
func (c *Cashier) Confirm(ctx context.Context, id, by string) (Attempt, error) {
	r, err := c.decide(ctx, id, by, false)
	if err != nil {
		return Attempt{}, err
	}
	a, err := c.Attempt(ctx, r.Attempt)
	if err != nil || a.Resolving == "" {
		return a, err
	}
	return c.resolve(ctx, a)
}

// Reject turns a proposed resolution down; the person may be the one who proposed it.
// Errors: ErrInvalid, ErrNoResolution, ErrTransition when it was confirmed.
func (c *Cashier) Reject(ctx context.Context, id, by string) (Resolution, error) {
	return c.decide(ctx, id, by, true)
}

// decide stores a decision, and with a confirmation that the attempt is to be resolved by it.
func (c *Cashier) decide(ctx context.Context, id, by string, decline bool) (r Resolution, err error) {
	if err := key.CheckID("who decides", by, MaxID); err != nil {
		return Resolution{}, invalid(err)
	}
	err = c.commit(ctx, func(ctx context.Context) (store.Change, deed, error) {
		if r, err = c.Resolution(ctx, id); err != nil {
			return store.Change{}, deed{}, err
		}
		switch {
		case r.DecidedBy != "" && r.Declined == decline:
			return store.Change{}, deed{}, nil
		case r.DecidedBy != "":
			return store.Change{}, deed{}, fmt.Errorf("%w: %q has decided", ErrTransition, r.DecidedBy)
		}
		r.DecidedBy, r.DecidedAt, r.Declined = by, c.now(), decline
		if decline {
			return c.deciding(r, "resolution declined")
		}
		a, err := c.Attempt(ctx, r.Attempt)
		if err != nil {
			return store.Change{}, deed{}, err
		}
		at := a.Amount // what the attempt may come to, or what is said to have come, whichever is more
		if p := r.Payment.Amount; p.Currency() != at.Currency() && p.Sign() > 0 || p.Currency() == at.Currency() && p.Minor() > at.Minor() {
			at = p
		}
		if err := c.fourEyes(r.ProposedBy, by, r.Court, at); err != nil {
			return store.Change{}, deed{}, err
		}
		change, d, err := c.deciding(r, "resolution confirmed")
		if err != nil {
			return store.Change{}, deed{}, err
		}
		next := a
		next.Resolving, next.Asked = r.ID, 0
		moved, _, err := c.moving(ctx, a, &next, "resolving", FromOperator, r.DecidedAt, 0)
		change.Merge(moved)
		return change, d, err
	})
	if err != nil {
		return r, fmt.Errorf("payment: resolution %.40q: %w", id, err)
	}
	return r, nil
}

func (c *Cashier) deciding(r Resolution, action string) (store.Change, deed, error) {
	put, err := resolutionPut(r)
	return store.Change{
		ID: fmt.Sprintf("payment/resolution/%s/%d", r.ID, r.Version), At: r.DecidedAt, Puts: []store.Put{put},
	}, r.deed(action, r.DecidedBy), err
}

func (r Resolution) deed(action, by string) deed {
	return deed{Action: action, By: by, Order: r.Order, Attempt: r.Attempt, Evidence: r.Evidence, court: r.Court}
}

// resolve carries out the resolution that an attempt carries.
func (c *Cashier) resolve(ctx context.Context, a Attempt) (Attempt, error) {
	r, err := c.Resolution(ctx, a.Resolving)
	if err != nil {
		return a, err
	}
	if r.Outcome == AttemptSucceeded {
		if _, _, err := c.take(ctx, a.Gateway, a.ID, r.Payment, learnt{from: FromOperator}); err != nil {
			return a, fmt.Errorf("payment: resolution %s: %w", r.ID, err)
		}
	}
	proven, err := c.proven(ctx, a.ID)
	if err != nil {
		return a, err
	}
	return c.change(ctx, a.ID, "resolved", FromOperator, func(a Attempt, at time.Time) Attempt {
		if a.Resolving != r.ID {
			return a
		}
		l := learnt{QueryReply: QueryReply{State: r.Outcome}, from: FromOperator, at: at, proven: proven, cause: "resolved: " + r.ID}
		l.Final = a.Flagged(FlagLost) && r.Outcome == AttemptFailed
		a.Resolving = ""
		a.unflag(FlagLost)
		a.unflag(FlagConflict)
		return a.learn(l)
	}, 0)
}
