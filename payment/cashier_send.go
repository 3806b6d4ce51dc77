package payment

import (
	"context"
	"fmt"
	"time"

	"courts.example/eservices/icms/store"
)

// send hands a stored attempt to its gateway and keeps what comes of it, also when the caller has gone away meanwhile.
func (c *Cashier) send(ctx context.Context, g Gateway, a Attempt) (Attempt, error) {
	reply, err := call(ctx, c.Terms.Send, func(ctx context.Context) (AttemptReply, error) {
		return g.Create(ctx, c.createRequest(a))
	})
	ctx = context.WithoutCancel(ctx)
	if err != nil {
		return c.refused(ctx, a, err)
	}
	return c.adopt(ctx, a, QueryReply{
		Found: true, State: reply.State, GatewayRef: reply.GatewayRef, Payments: reply.Payments, Next: reply.Next,
	}, FromReply)
}

// createRequest is the same at every sending but for its number.
func (c *Cashier) createRequest(a Attempt) CreateRequest {
	token := c.Token(a.ID)
	return CreateRequest{
		Reference: a.ID, Key: a.ID + ":create:1", Amount: a.Amount, Means: a.Means, Flow: a.Flow, Authorise: a.Authorise,
		Description: a.Description, ReturnURL: c.ReturnURL(token), CancelURL: c.CancelURL(token), NotifyURL: c.NotifyURL(a.Gateway),
		ExpiresAt: a.ExpiresAt, Locale: a.Locale, FirstSent: a.FirstSent, SendNo: a.Sent,
	}
}

// refused keeps why a sending came to nothing, or that nobody knows.
func (c *Cashier) refused(ctx context.Context, sent Attempt, cause error) (Attempt, error) {
	c.Log.WarnContext(ctx, "an attempt was not created", "gateway", sent.Gateway, "attempt", sent.ID, "error", cause)
	return c.change(ctx, sent.ID, "refused", FromReply, func(a Attempt, at time.Time) Attempt {
		if a.State != AttemptUnknown || a.Sent != sent.Sent { // moved meanwhile, or sent again
			return a
		}
		return a.afterRefusal(cause, at)
	}, retryAfter(cause))
}

// afterRefusal is the attempt after a sending that came back with an error. What an earlier sending did isn't known by the error of a later
// one, except where the gateway answers a key always alike.
func (a Attempt) afterRefusal(cause error, at time.Time) Attempt {
	l := learnt{from: FromReply, at: at}
	l.Decline, l.code = declineOf(cause)
	alone := a.Sent == 1
	switch ClassOf(cause) {
	case Declined:
		l.State, l.Final, l.cause = AttemptFailed, true, "declined"
	case Invalid:
		l.State, l.Final, l.cause = AttemptFailed, alone, "refused as invalid"
	case Config:
		l.flags = []Flag{FlagConfig}
		if alone {
			l.State, l.Final, l.cause = AttemptFailed, true, "the gateway refused our credentials"
		}
	case Conflict:
		l.flags = []Flag{FlagConflict}
	case Unavailable, Throttled: // nothing left, so this was no sending
		if a.Sent--; a.Sent == 0 {
			a.FirstSent, a.LastSent = time.Time{}, time.Time{}
		}
		a.Asked++
	}
	return a.learn(l)
}

// resend sends an unknown attempt again, with the same key and the same contents, unless somebody else moved it meanwhile.
func (c *Cashier) resend(ctx context.Context, g Gateway, seen Attempt) (Attempt, error) {
	mine := false
	a, err := c.change(ctx, seen.ID, "send", FromReply, func(a Attempt, at time.Time) Attempt {
		if mine = a.Version == seen.Version; !mine {
			return a
		}
		a.Sent++
		if a.LastSent = at; a.FirstSent.IsZero() {
			a.FirstSent = at
		}
		return a
	}, 0)
	if err != nil || !mine {
		return a, err
	}
	return c.send(ctx, g, a)
}

// change moves an attempt: it reads it, has it changed, and stores it with what follows from that, and does nothing when nothing is
// changed. It gives the attempt as it is then. Wait, when set, is how long to leave the gateway alone at least.
func (c *Cashier) change(ctx context.Context, id, verb string, from Source, next func(Attempt, time.Time) Attempt, wait time.Duration) (Attempt, error) {
	var now Attempt
	err := c.commit(ctx, func(ctx context.Context) (store.Change, deed, error) {
		a, err := c.Attempt(ctx, id)
		if err != nil {
			return store.Change{}, deed{}, err
		}
		at := c.now()
		now = next(a, at)
		return c.moving(ctx, a, &now, verb, from, at, wait)
	})
	if err != nil {
		return now, fmt.Errorf("payment: attempt %s: %w", id, err)
	}
	return now, nil
}
