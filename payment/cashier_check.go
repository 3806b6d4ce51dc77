package payment

import (
	"context"
	"time"
)

// Check asks the gateway about an attempt and does what is due: it records money that came, sends again what the gateway never got, and
// carries out what was asked for. It gives the attempt as it is then. That the gateway can't be asked is no error: the attempt stays as it
// was, and [Cashier.Work] asks again. Errors: ErrNoAttempt, ErrInvalid when the attempt's gateway is not configured, those of the store.
func (c *Cashier) Check(ctx context.Context, id string) (Attempt, error) {
	a, err := c.Attempt(ctx, id)
	if err != nil {
		return Attempt{}, err
	}
	if a, err = c.finish(ctx, a); err != nil || a.Resolving == "" && c.now().Before(a.NotBefore) {
		return a, err
	}
	if a.Resolving != "" {
		return c.resolve(ctx, a)
	}
	g, err := c.gateway(a.Gateway)
	if err != nil {
		return a, err
	}
	if a.State == AttemptUnknown && a.Sent == 0 {
		return c.never(ctx, g, a)
	}
	reply, asked, err := c.ask(ctx, g, a)
	if err != nil || !asked || a.over() { // of one that is over, refunds and disputes may still be learnt
		return reply.attempt, err
	}
	return c.act(ctx, g, reply)
}

// answer is what a gateway says about an attempt, with the attempt as it is by that.
type answer struct {
	QueryReply
	attempt Attempt
	// asked is when the question left: what it did not find may have landed since.
	asked time.Time
}

// ask asks the gateway and adopts what it says; asked is false when it gave no answer.
func (c *Cashier) ask(ctx context.Context, g Gateway, a Attempt) (answer, bool, error) {
	if a.GatewayRef == "" && !g.Describe().QueryByReference { // there is nothing to ask by
		a, err := c.settle(ctx, a.ID, learnt{from: FromQuery})
		return answer{attempt: a, asked: c.now()}, true, err
	}
	asked := c.now()
	reply, err := call(ctx, c.Terms.Ask, func(ctx context.Context) (QueryReply, error) {
		return g.Query(ctx, QueryRequest{Reference: a.ID, GatewayRef: a.GatewayRef})
	})
	ctx = context.WithoutCancel(ctx)
	if err != nil {
		a, err := c.unanswered(ctx, a, err)
		return answer{attempt: a}, false, err
	}
	if !reply.Found {
		reply = QueryReply{Final: reply.Final}
	}
	a, err = c.adopt(ctx, a, reply, FromQuery)
	return answer{QueryReply: reply, attempt: a, asked: asked}, true, err
}

// unanswered keeps that the gateway was asked and gave no answer.
func (c *Cashier) unanswered(ctx context.Context, a Attempt, cause error) (Attempt, error) {
	c.Log.WarnContext(ctx, "a gateway gave no answer about an attempt", "gateway", a.Gateway, "attempt", a.ID, "error", cause)
	return c.change(ctx, a.ID, "unanswered", FromQuery, func(a Attempt, _ time.Time) Attempt {
		if a.Asked++; ClassOf(cause) == Config {
			a.flag(FlagConfig)
		}
		return a
	}, retryAfter(cause))
}

// act does what is due after an answer.
func (c *Cashier) act(ctx context.Context, g Gateway, r answer) (Attempt, error) {
	a, caps := r.attempt, g.Describe()
	switch {
	case a.State == AttemptUnknown && !r.Found:
		return c.missing(ctx, g, r)
	case !r.Found && a.neverCame(caps, r.asked, c.Terms):
		return c.settle(ctx, a.ID, learnt{QueryReply: QueryReply{Final: true}, from: FromQuery})
	case a.Capture.Open() && a.State == AttemptAuthorised:
		return c.operate(ctx, g, a, capturing(), a.Capture.By)
	case !caps.Cancel || !a.State.Active() && r.State != AttemptAuthorised:
		return a, nil
	case a.Cancel.Open():
		return c.operate(ctx, g, a, cancelling(), a.Cancel.By)
	}
	superseded, err := c.superseded(ctx, a)
	if err != nil || !superseded {
		return a, err
	}
	return c.operate(ctx, g, a, cancelling(), self)
}

// superseded reports whether an attempt is active whose order was paid by another one's money.
func (c *Cashier) superseded(ctx context.Context, a Attempt) (bool, error) {
	if !a.State.Active() {
		return false, nil
	}
	o, err := c.Orders.Get(ctx, a.Order)
	return err == nil && o.Reference != a.ID, err
}

// verdict is what to do about an attempt that its gateway doesn't know.
type verdict int

const (
	// wait: the request may still take effect. again: send it again. lost: a person decides. gone: no request can take effect any more and
	// none is wanted.
	wait verdict = iota
	again
	lost
	gone
)

// absent decides about an unknown attempt that its gateway did not know when it was asked.
func (a Attempt) absent(caps Capabilities, final bool, asked, at time.Time, t Terms) verdict {
	until := a.ExpiresAt.Add(t.Grace)
	if caps.Idempotency == ByKey {
		until = a.FirstSent.Add(caps.Window)
	}
	switch {
	case final:
		return gone
	case !a.landed(caps, asked, t):
		return wait
	case a.Cancel.Open():
		return gone
	case a.Flagged(FlagConflict):
		return wait
	case at.Before(until):
		return again
	}
	return lost
}

// landed reports whether what was sent had taken its effect by the time when the gateway was asked, if it was ever to take one. A sending may
// have left as late as its deadline, and then takes the gateway's own time to land.
func (a Attempt) landed(caps Capabilities, asked time.Time, t Terms) bool {
	return !asked.Before(a.LastSent.Add(t.Send + caps.InFlight))
}

// neverCame reports whether an attempt that has ended without money, and that its gateway did not know when it was asked, never came there and
// can't come any more: nobody needs to ask again. A gateway that can't be asked by our reference knows nothing that we could ask by.
func (a Attempt) neverCame(caps Capabilities, asked time.Time, t Terms) bool {
	return !a.State.Active() && a.State != AttemptSucceeded && (caps.QueryByReference || a.GatewayRef != "") && a.landed(caps, asked, t)
}

// missing deals with an attempt that its gateway doesn't know.
func (c *Cashier) missing(ctx context.Context, g Gateway, r answer) (Attempt, error) {
	a := r.attempt
	switch a.absent(g.Describe(), r.Final, r.asked, c.now(), c.Terms) {
	case again:
		return c.resend(ctx, g, a)
	case gone:
		return c.settle(ctx, a.ID, learnt{
			QueryReply: QueryReply{State: a.goneAs(), Final: r.Final}, from: FromReply, cause: "not at the gateway",
		})
	case lost:
		return c.settle(ctx, a.ID, learnt{from: FromReply, flags: []Flag{FlagLost}})
	}
	return a, nil
}

// goneAs is the end of an attempt that never came to be.
func (a Attempt) goneAs() AttemptState {
	if a.Cancel.Open() {
		return AttemptCancelled
	}
	return AttemptExpired
}

// never deals with an attempt of which nothing ever left: it is sent while it can be paid and is wanted.
func (c *Cashier) never(ctx context.Context, g Gateway, a Attempt) (Attempt, error) {
	if a.Cancel.Open() || !c.now().Before(a.ExpiresAt) {
		return c.settle(ctx, a.ID, learnt{QueryReply: QueryReply{State: a.goneAs(), Final: true}, from: FromReply, cause: "never sent"})
	}
	return c.resend(ctx, g, a)
}
