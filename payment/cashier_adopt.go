package payment

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// adopt is the one way in which anything that is learnt about an attempt at its gateway changes it. Every payment that is new is recorded,
// each in a change of its own with the order and receipt that it pays; then the attempt takes the state that the table gives.
func (c *Cashier) adopt(ctx context.Context, id string, r QueryReply, from Source) (Attempt, error) {
	a, err := c.Attempt(ctx, id)
	if err != nil {
		return Attempt{}, err
	}
	g, err := c.gateway(a.Gateway)
	if err != nil {
		return a, err
	}
	r, flags := clean(g.Describe(), r)
	next := r.Next
	if private(next) {
		r.Next = NextAction{}
	}
	for _, p := range r.Payments {
		if p.Authorised {
			continue
		}
		t, err := c.take(ctx, a.Gateway, id, p, learnt{QueryReply: r, from: from, flags: flags})
		if err != nil {
			return a, fmt.Errorf("payment: attempt %s: payment %q: %w", id, p.ID, err)
		}
		if t.Attempt != id || t.Amount != p.Amount { // on record as another's, or as another amount
			flags = append(flags, FlagMismatch)
		}
	}
	if a, err = c.settle(ctx, id, learnt{QueryReply: r, from: from, flags: flags}); err != nil {
		return a, err
	}
	if a.State == AttemptPending && next.Flow != "" {
		a.Next = next
	}
	return a, errors.Join(c.adoptRefunds(ctx, a, r.Refunds, from), c.adoptDisputes(ctx, a, r.Disputes, from))
}

// settle has an attempt take the state that a report gives it, once its payments are recorded.
func (c *Cashier) settle(ctx context.Context, id string, l learnt) (Attempt, error) {
	proven, err := c.proven(ctx, id)
	if err != nil {
		return Attempt{}, err
	}
	return c.change(ctx, id, "learn", l.from, func(a Attempt, at time.Time) Attempt {
		l.at, l.proven = at, proven
		next := a.learn(l)
		if l.from == FromQuery && next.State == a.State {
			next.Asked = a.Asked + 1
		}
		return next
	}, 0)
}
