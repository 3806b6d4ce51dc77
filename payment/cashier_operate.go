package payment

import (
	"context"
	"fmt"
	"time"
)

// operation is a cancellation or a capture, as it is asked of a gateway.
type operation struct {
	name string
	of   func(*Attempt) *Operation
	ask  func(context.Context, Gateway, OperationRequest) (OperationReply, error)
	// done is what the attempt is when the operation has succeeded.
	done AttemptState
}

func cancelling() operation {
	return operation{
		name: "cancel", of: func(a *Attempt) *Operation { return &a.Cancel }, done: AttemptCancelled,
		ask: func(ctx context.Context, g Gateway, r OperationRequest) (OperationReply, error) {
			canceller, ok := g.(Canceller)
			if !ok {
				return OperationReply{}, &GatewayError{Class: NotAllowed, Detail: "the adapter cannot cancel"}
			}
			return canceller.Cancel(ctx, r)
		},
	}
}

func capturing() operation {
	return operation{
		name: "capture", of: func(a *Attempt) *Operation { return &a.Capture }, done: AttemptSucceeded,
		ask: func(ctx context.Context, g Gateway, r OperationRequest) (OperationReply, error) {
			capturer, ok := g.(Capturer)
			if !ok {
				return OperationReply{}, &GatewayError{Class: NotAllowed, Detail: "the adapter cannot capture"}
			}
			return capturer.Capture(ctx, r)
		},
	}
}

// operate stores an operation as unknown, sends it, and keeps what comes of it. The same operation has the same key at every sending.
func (c *Cashier) operate(ctx context.Context, g Gateway, seen Attempt, op operation, by string) (Attempt, error) {
	a, mine, err := c.wish(ctx, seen, op, by)
	if err != nil || !mine {
		return a, err
	}
	o := *op.of(&a)
	reply, err := call(ctx, c.Terms.Send, func(ctx context.Context) (OperationReply, error) {
		return op.ask(ctx, g, OperationRequest{
			Reference: a.ID, GatewayRef: a.GatewayRef, Key: fmt.Sprintf("%s:%s:%d", a.ID, op.name, o.Nth),
		})
	})
	ctx = context.WithoutCancel(ctx)
	if err != nil {
		return c.unoperated(ctx, g, a, op, err)
	}
	return c.operated(ctx, g, a, op, reply)
}

// wish stores that an operation is sent now. When the attempt is not as it was seen any more, it looks again, for the operation is wanted
// nevertheless; but not when the attempt has ended or an operation is under way: then it is not this caller's to send.
func (c *Cashier) wish(ctx context.Context, seen Attempt, op operation, by string) (a Attempt, mine bool, err error) {
	for range maxTries {
		a, err = c.change(ctx, seen.ID, op.name, FromOperator, func(a Attempt, at time.Time) Attempt {
			if mine = a.Version == seen.Version; !mine {
				return a
			}
			o := op.of(&a)
			o.want(by, at)
			o.Sent, o.LastSent = o.Sent+1, at
			return a
		}, 0)
		if err != nil || mine || !a.State.Active() || a.Capture.Open() || a.Cancel.Open() {
			return a, mine, err
		}
		seen = a
	}
	return a, false, fmt.Errorf("payment: attempt %s: %w: it did not stand still to be asked for %s", seen.ID, ErrChanged, op.name)
}

// operated keeps the answer to an operation. What was captured is believed when a payment shows it; else the gateway is asked.
func (c *Cashier) operated(ctx context.Context, g Gateway, a Attempt, op operation, reply OperationReply) (Attempt, error) {
	if reply.State == OperationSucceeded && (op.done != AttemptSucceeded || len(reply.Payments) > 0) {
		return c.adopt(ctx, a, QueryReply{Found: true, State: op.done, GatewayRef: reply.GatewayRef, Payments: reply.Payments}, FromReply)
	}
	if reply.State == OperationSucceeded { // without a payment it is not done for us
		reply.State = OperationPending
	}
	if _, err := c.report(ctx, a, op, reply.State, "", nil, 0); err != nil {
		return a, err
	}
	return c.look(ctx, g, a.ID)
}

// unoperated keeps why an operation came to nothing, or that nobody knows.
func (c *Cashier) unoperated(ctx context.Context, g Gateway, a Attempt, op operation, cause error) (Attempt, error) {
	c.Log.WarnContext(ctx, "an operation was not done", "gateway", a.Gateway, "attempt", a.ID, "operation", op.name, "error", cause)
	_, code := declineOf(cause)
	state, flags := OperationUnknown, []Flag(nil)
	switch ClassOf(cause) {
	case Unavailable, Throttled, Unknown:
		return c.report(ctx, a, op, state, code, nil, retryAfter(cause))
	case Config:
		state, flags = OperationFailed, []Flag{FlagConfig}
	case Conflict:
		state, flags = OperationFailed, []Flag{FlagConflict}
	case Invalid, Declined, NotAllowed:
		state = OperationFailed
	}
	if _, err := c.report(ctx, a, op, state, code, flags, 0); err != nil {
		return a, err
	}
	return c.look(ctx, g, a.ID)
}

// report keeps the state of an operation, unless it was settled meanwhile.
func (c *Cashier) report(ctx context.Context, seen Attempt, op operation, state OperationState, code string, flags []Flag, wait time.Duration) (Attempt, error) {
	nth := op.of(&seen).Nth
	return c.change(ctx, seen.ID, op.name+"-reply", FromReply, func(a Attempt, _ time.Time) Attempt {
		o := op.of(&a)
		if o.Nth != nth || !o.Open() {
			return a
		}
		if to, moved := o.State.Next(state); moved {
			o.State, a.Asked = to, 0
		}
		o.Code = code
		for _, f := range flags {
			a.flag(f)
		}
		return a
	}, wait)
}

// look asks about an attempt and adopts the answer, and does nothing else.
func (c *Cashier) look(ctx context.Context, g Gateway, id string) (Attempt, error) {
	a, err := c.Attempt(ctx, id)
	if err != nil {
		return Attempt{}, err
	}
	reply, _, err := c.ask(ctx, g, a)
	return reply.attempt, err
}
