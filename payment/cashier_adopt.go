package payment

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// adopt is the one way in which anything that is learnt about an attempt at its gateway changes it. Every payment that is new is recorded,
// each in a change of its own with the order and receipt that it pays; then the attempt takes the state that the table gives.
func (c *Cashier) adopt(ctx context.Context, a Attempt, r QueryReply, from Source) (Attempt, error) {
	g, err := c.gateway(a.Gateway)
	if err != nil {
		return a, err
	}
	r, flags := clean(g.Describe(), r)
	next := r.Next
	if private(next) {
		r.Next = NextAction{}
	}
	l := learnt{QueryReply: r, from: from, flags: flags}
	for _, p := range r.Payments {
		if p.Authorised {
			continue
		}
		t, fresh, err := c.take(ctx, a.Gateway, a.ID, p, l)
		if err != nil {
			return a, fmt.Errorf("payment: attempt %s: payment %q: %w", a.ID, p.ID, err)
		}
		if t.Attempt != a.ID || t.Amount != p.Amount { // on record as another's, or as another amount
			l.flags = append(l.flags, FlagMismatch)
		}
		l.fresh, l.proven = l.fresh || fresh, l.proven || t.Attempt == a.ID
	}
	if a, err = c.settle(ctx, a.ID, l); err != nil {
		return a, err
	}
	if a.State == AttemptPending && next.Flow != "" {
		a.Next = next
	}
	return a, errors.Join(c.adoptRefunds(ctx, a, r.Refunds, from), c.adoptDisputes(ctx, a, r.Disputes, from))
}

// settle has an attempt take the state that a report gives it, once its payments are recorded.
func (c *Cashier) settle(ctx context.Context, id string, l learnt) (Attempt, error) {
	proven := l.proven
	if !proven && !l.State.Active() { // only an end is another one by a payment
		var err error
		if proven, err = c.proven(ctx, id); err != nil {
			return Attempt{}, err
		}
	}
	return c.change(ctx, id, "learn", l.from, func(a Attempt, at time.Time) Attempt {
		l.at, l.proven = at, proven
		next := a.learn(l)
		if l.from == FromQuery && next.State == a.State && !l.fresh {
			next.Asked = a.Asked + 1
		}
		return next
	}, 0)
}
