package payment

import (
	"context"
	"fmt"
	"strings"
)

// CheckRefund takes a refund as far as it goes now: it is sent when it may be, asked about when it was, and what is learnt is kept. It
// gives the refund as it stands then. What the gateway says is not an error; errors are ErrNoRefund and the storage's.
func (c *Cashier) CheckRefund(ctx context.Context, id string) (Refund, error) {
	r, err := c.Refund(ctx, id)
	if err != nil {
		return Refund{}, err
	}
	if r.atGateway() {
		if err := c.advance(ctx, r); err != nil {
			return Refund{}, fmt.Errorf("payment: refund %s: %w", id, err)
		}
	}
	ctx = context.WithoutCancel(ctx)
	if err := c.number(ctx, id); err != nil {
		return Refund{}, fmt.Errorf("payment: %w", err)
	}
	return c.Refund(ctx, id)
}

// atGateway reports whether a gateway may still have something to say of the refund.
func (r Refund) atGateway() bool {
	return r.Payment != "" && r.State != "" && r.State != OperationFailed && !r.ByHand
}

// advance asks about a refund that was sent, and sends one that may be sent.
func (c *Cashier) advance(ctx context.Context, r Refund) error {
	g, err := c.gateway(r.Gateway)
	if err != nil {
		return err
	}
	known := false
	if r.Sent > 0 || r.State != OperationUnknown {
		if known, err = c.askRefund(ctx, g, r); err != nil {
			return err
		}
		if r, err = c.Refund(ctx, r.ID); err != nil {
			return err
		}
	}
	if r.State != OperationUnknown || r.Sent > 0 && !known {
		return nil
	}
	return c.sendRefund(ctx, g, r.ID)
}

// askRefund asks the gateway about a refund and keeps what it says. Answered says that it did answer, if only that it knows of none.
func (c *Cashier) askRefund(ctx context.Context, g Gateway, r Refund) (answered bool, err error) {
	refunder, ok := g.(Refunder)
	if !ok || !g.Describe().RefundQuery {
		return c.askAttempt(ctx, g, r)
	}
	reply, err := call(ctx, c.Terms.Ask, func(ctx context.Context) (OperationReply, error) {
		return refunder.QueryRefund(ctx, QueryRefundRequest{Reference: r.ID, GatewayRef: asGiven(r.GatewayRef)})
	})
	if err != nil {
		c.Log.WarnContext(ctx, "a refund could not be asked about", "gateway", r.Gateway, "refund", r.ID, "error", err)
		return false, nil
	}
	return true, c.learnRefund(context.WithoutCancel(ctx), r.ID, reportOf(reply, FromQuery))
}

// askAttempt learns of a refund by asking for all that there is about its attempt.
func (c *Cashier) askAttempt(ctx context.Context, g Gateway, r Refund) (answered bool, err error) {
	if r.Attempt == "" {
		return false, nil
	}
	a, err := c.Attempt(ctx, r.Attempt)
	if err != nil {
		return false, err
	}
	reply, err := call(ctx, c.Terms.Ask, func(ctx context.Context) (QueryReply, error) {
		return g.Query(ctx, QueryRequest{Reference: a.ID, GatewayRef: asGiven(a.GatewayRef)})
	})
	if err != nil || !reply.Found {
		c.Log.WarnContext(ctx, "a refund could not be asked about", "gateway", r.Gateway, "refund", r.ID, "attempt", a.ID, "error", err)
		return false, nil
	}
	_, err = c.adopt(context.WithoutCancel(ctx), a, reply, FromQuery)
	return true, err
}

// paymentID is the gateway's own id of a refund's payment, empty when it can't be had now. One that could be a card number is not kept here:
// the gateway is asked for it.
func (c *Cashier) paymentID(ctx context.Context, g Gateway, refund string) (string, error) {
	r, err := c.Refund(ctx, refund)
	if err != nil || asGiven(r.Payment) != "" || r.Attempt == "" {
		return r.Payment, err
	}
	a, err := c.Attempt(ctx, r.Attempt)
	if err != nil {
		return "", err
	}
	reply, err := call(ctx, c.Terms.Ask, func(ctx context.Context) (QueryReply, error) {
		return g.Query(ctx, QueryRequest{Reference: a.ID, GatewayRef: asGiven(a.GatewayRef)})
	})
	if err != nil {
		c.Log.WarnContext(ctx, "a payment could not be asked about", "gateway", r.Gateway, "refund", r.ID, "attempt", a.ID, "error", err)
		return "", nil
	}
	for _, p := range reply.Payments {
		if gatewayID(p.ID) == r.Payment {
			return p.ID, nil
		}
	}
	return "", nil
}

// asGiven is a name of a gateway's as the gateway gave it; empty when what is kept is a digest of it.
func asGiven(id string) string {
	if strings.HasPrefix(id, "sha256:") || strings.HasPrefix(id, "x-") {
		return ""
	}
	return id
}
