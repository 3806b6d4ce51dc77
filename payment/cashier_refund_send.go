package payment

import (
	"context"
	"errors"
	"time"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/icms/store"
)

// sendRefund sends a refund: it is counted as sent before its first byte leaves, and no other refund of its payment is sent before the
// outcome is known.
func (c *Cashier) sendRefund(ctx context.Context, g Gateway, id string) error {
	refunder, ok := g.(Refunder)
	if !ok {
		return nil
	}
	var r Refund
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
		left, turn, err := c.maySend(ctx, g, r, at)
		if err != nil {
			return c.notSent(ctx, r, err)
		}
		if r.Sent++; r.Sent == 1 {
			r.FirstSent, r.Left = at, left
		}
		r.LastSent = at
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
			Reference: r.ID, Key: r.ID + ":refund:1", Attempt: r.Attempt, PaymentID: paid, Amount: r.Amount, Refundable: r.Left, Reason: r.Reason,
		})
	})
	ctx = context.WithoutCancel(ctx)
	if err != nil {
		return c.refusedRefund(ctx, g, r, err)
	}
	return c.learnRefund(ctx, r.ID, reportOf(reply, FromReply))
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
	case r.Sent > 0 && at.Before(r.LastSent.Add(c.Terms.Back+caps.InFlight+c.Terms.Ask)): // the last sending may have landed since we asked
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
