package payment

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/icms/store"
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
		return g.Query(ctx, QueryRequest{Reference: a.ID, GatewayRef: a.GatewayRef})
	})
	if err != nil || !reply.Found {
		c.Log.WarnContext(ctx, "a refund could not be asked about", "gateway", r.Gateway, "refund", r.ID, "attempt", a.ID, "error", err)
		return false, nil
	}
	_, err = c.adopt(context.WithoutCancel(ctx), a.ID, reply, FromQuery)
	return true, err
}

// sendRefund sends a refund: it is counted as sent before its first byte leaves, and no other refund of its payment is sent before the
// outcome is known.
func (c *Cashier) sendRefund(ctx context.Context, g Gateway, id string) error {
	refunder, ok := g.(Refunder)
	if !ok {
		return nil
	}
	var r Refund
	var left money.Amount
	mine := false
	paid, err := c.paymentID(ctx, g, id)
	if err != nil || paid == "" {
		return err
	}
	err = c.commit(ctx, func(ctx context.Context) (store.Change, deed, error) {
		var err error
		mine = false
		if r, err = c.Refund(ctx, id); err != nil {
			return store.Change{}, deed{}, err
		}
		at := c.now()
		turn := store.Sum{}
		if left, turn, err = c.maySend(ctx, g, r, at); err != nil {
			return c.notSent(ctx, r, err)
		}
		r.Sent++
		if r.LastSent = at; r.FirstSent.IsZero() {
			r.FirstSent = at
		}
		mine = true
		change, err := c.moveRefund(r, "send")
		change.Sums = []store.Sum{turn}
		change.Work = []store.Work{c.refundWork(r, at)}
		return change, refundDeed("send", "", r), err
	})
	if err != nil || !mine {
		return err
	}
	reply, err := call(ctx, c.Terms.Back, func(ctx context.Context) (OperationReply, error) {
		return refunder.Refund(ctx, RefundRequest{
			Reference: r.ID, Key: r.ID + ":refund:1", Attempt: r.Attempt, PaymentID: paid, Amount: r.Amount, Refundable: left, Reason: r.Reason,
		})
	})
	ctx = context.WithoutCancel(ctx)
	if err != nil {
		return c.refusedRefund(ctx, g, r, err)
	}
	return c.learnRefund(ctx, r.ID, reportOf(reply, FromReply))
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

// notSent is what follows from not sending a refund: nothing, or that it has failed.
func (c *Cashier) notSent(ctx context.Context, r Refund, why error) (store.Change, deed, error) {
	switch {
	case errors.Is(why, errNotNow):
		return store.Change{}, deed{}, nil
	case errors.Is(why, errLost):
		r.flag(FlagLost)
		return c.movingRefund(ctx, r, refundReport{From: FromQuery})
	case errors.Is(why, errTooLate):
		return c.movingRefund(ctx, r, refundReport{State: OperationFailed, Code: "disputed", From: FromQuery})
	}
	return store.Change{}, deed{}, why
}

// What keeps a refund from being sent: it is not to be sent for the moment; its key is forgotten, so that a person must find out whether it
// was made; the payer has the money back by a dispute.
var (
	errNotNow  = errors.New("payment: not to be sent now")
	errLost    = errors.New("payment: not to be sent again")
	errTooLate = errors.New("payment: given back by a dispute")
)

// maySend gives what the gateway should hold to be left of the payment, and the sum that holds the change to that; or why the refund is not
// to be sent.
func (c *Cashier) maySend(ctx context.Context, g Gateway, r Refund, at time.Time) (money.Amount, store.Sum, error) {
	caps := g.Describe()
	switch {
	case r.State != OperationUnknown, r.Flagged(FlagConflict), at.Before(r.NotBefore):
		return money.Amount{}, store.Sum{}, errNotNow
	case r.Sent > 0 && at.Before(r.LastSent.Add(max(caps.InFlight, c.Terms.Back))): // the last sending may still land
		return money.Amount{}, store.Sum{}, errNotNow
	case r.Sent > 0 && !caps.mayResend(r.FirstSent, at):
		return money.Amount{}, store.Sum{}, errLost
	}
	f, err := c.fundsOf(ctx, r)
	if err != nil {
		return money.Amount{}, store.Sum{}, err
	}
	turn, err := c.turn(ctx, f)
	if err != nil {
		return money.Amount{}, store.Sum{}, err
	}
	left, err := c.leftThere(ctx, r, f)
	return left, turn, err
}

// leftThere is what is left of a payment by what its gateway knows: errNotNow while it is not sure what that is, errTooLate when the payer has
// it back by a dispute.
func (c *Cashier) leftThere(ctx context.Context, r Refund, f funds) (money.Amount, error) {
	disputes, err := c.disputesOf(ctx, f.gateway, f.payment)
	if err != nil {
		return money.Amount{}, err
	}
	left := f.amount.Minor()
	for _, d := range disputes {
		switch d.State {
		case DisputeOpen:
			return money.Amount{}, errNotNow
		case DisputeLost:
			left -= d.Amount.Minor()
		}
	}
	refunds, err := c.refundsOf(ctx, f)
	if err != nil {
		return money.Amount{}, err
	}
	for _, o := range refunds {
		switch {
		case o.ID == r.ID:
		case o.inFlight():
			return money.Amount{}, errNotNow
		case o.Counts() && (o.Sent > 0 || o.State == OperationSucceeded): // the gateway knows of it
			left -= o.Amount.Minor()
		}
	}
	if left < r.Amount.Minor() && r.Sent == 0 {
		return money.Amount{}, errTooLate
	}
	return money.New(left, f.amount.Currency()), nil
}

// mayResend reports whether a key that was first sent then may be sent again.
func (caps Capabilities) mayResend(first, at time.Time) bool {
	switch caps.Idempotency {
	case ByKey:
		return at.Before(first.Add(caps.Window))
	case ByReference: // the adapter asks before it sends
		return true
	}
	return false
}

// refusedRefund keeps why a sending came to nothing, or that nobody knows.
func (c *Cashier) refusedRefund(ctx context.Context, g Gateway, sent Refund, cause error) error {
	c.Log.WarnContext(ctx, "a refund was not made", "gateway", sent.Gateway, "refund", sent.ID, "error", cause)
	if ClassOf(cause) == NotAllowed { // by what we don't know, or by an earlier sending: ask before it is decided
		if answered, err := c.askRefund(ctx, g, sent); err != nil || !answered {
			return err
		}
		if _, err := c.askAttempt(ctx, g, sent); err != nil {
			return err
		}
	}
	return c.commit(ctx, func(ctx context.Context) (store.Change, deed, error) {
		r, err := c.Refund(ctx, sent.ID)
		if err != nil || r.State != OperationUnknown || r.Sent != sent.Sent { // moved meanwhile, or sent again
			return store.Change{}, deed{}, err
		}
		at, alone := c.now(), r.Sent == 1
		report := refundReport{State: OperationUnknown, From: FromReply}
		_, report.Code = declineOf(cause)
		switch ClassOf(cause) {
		case Declined:
			report.State = OperationFailed
		case Invalid, NotAllowed:
			if alone {
				report.State = OperationFailed
			}
		case Config:
			if r.flag(FlagConfig); alone {
				report.State = OperationFailed
			}
		case Conflict:
			r.flag(FlagConflict)
		case Unavailable, Throttled: // nothing left, so this was no sending
			if r.Sent--; r.Sent == 0 {
				r.FirstSent, r.LastSent = time.Time{}, time.Time{}
			}
			r.Asked++
			r.NotBefore = at.Add(max(retryAfter(cause), r.wait(at, c.Terms)))
		}
		return c.movingRefund(ctx, r, report)
	})
}
