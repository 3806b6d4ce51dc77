package payment

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment/ledger"
)

// adoptRefunds keeps what a gateway lists of refunds of its payments. One that was not asked for here is put on record as such, for its
// money has left. Those of payments that are not on record wait for these: adopt records them first.
func (c *Cashier) adoptRefunds(ctx context.Context, a Attempt, refunds []GatewayRefund, from Source) error {
	var failed error
	for _, g := range refunds {
		g.ID, g.PaymentID = refOf(g.ID), refOf(g.PaymentID)
		r, known, err := c.refundListed(ctx, a.Gateway, g)
		if err == nil && known {
			err = c.learnRefund(ctx, r.ID, refundReport{State: g.State, Ref: g.ID, Payment: g.PaymentID, Amount: g.Amount, From: from})
		} else if err == nil {
			err = c.recordUnrequested(ctx, a.Gateway, g, from)
		}
		if errors.Is(err, ErrNoTaken) {
			c.Log.WarnContext(ctx, "a refund of a payment that is not on record", "gateway", a.Gateway, "refund", g.ID, "payment", g.PaymentID)
			continue
		}
		if err != nil {
			failed = errors.Join(failed, fmt.Errorf("payment: refund %q: %w", g.ID, err))
		}
	}
	return failed
}

// refundListed finds the refund that a gateway lists: by the gateway's name for it, by our reference, or, where a gateway lists no
// references, the one that was sent without an answer and is of that payment and amount.
func (c *Cashier) refundListed(ctx context.Context, gateway string, g GatewayRefund) (Refund, bool, error) {
	if g.ID != "" {
		rec, found, err := c.matchOne(ctx, indexRefundGateway, paymentKey(gateway, g.ID))
		if err != nil {
			return Refund{}, false, err
		}
		if found {
			r, err := decodeRefund(rec)
			return r, true, err
		}
	}
	if checkReferenceID(g.Reference) == nil {
		r, err := c.Refund(ctx, g.Reference)
		if err == nil && r.Gateway == gateway && !r.contradicts(g) {
			return r, true, nil
		}
		if err != nil && !errors.Is(err, ErrNoRefund) {
			return Refund{}, false, err
		}
		return Refund{}, false, nil
	}
	if g.Reference != "" {
		return Refund{}, false, nil
	}
	refunds, err := c.refundsOf(ctx, funds{gateway: gateway, payment: g.PaymentID})
	i := slices.IndexFunc(refunds, func(r Refund) bool { return r.inFlight() && r.GatewayRef == "" && r.Amount == g.Amount })
	if err != nil || i < 0 {
		return Refund{}, false, err
	}
	return refunds[i], true, nil
}

// contradicts reports whether a gateway says that money left by a refund that came to nothing here.
func (r Refund) contradicts(g GatewayRefund) bool {
	return (r.State == OperationFailed && !r.Returned || r.State == "") && g.State == OperationSucceeded
}

// recordUnrequested puts a refund on record that was made at the gateway without a request of ours. Only one that is done has moved money.
func (c *Cashier) recordUnrequested(ctx context.Context, gateway string, g GatewayRefund, from Source) error {
	if g.State != OperationSucceeded || g.ID == "" || g.Amount.Sign() <= 0 {
		return nil
	}
	return c.commit(ctx, func(ctx context.Context) (store.Change, deed, error) {
		id := c.reference("R", paymentKey(gateway, g.ID), 0)
		if _, err := c.Refund(ctx, id); !errors.Is(err, ErrNoRefund) {
			return store.Change{}, deed{}, err
		}
		t, err := c.Taking(ctx, gateway, g.PaymentID)
		if err != nil {
			return store.Change{}, deed{}, err
		}
		f, err := c.fundsOfTaken(ctx, t)
		if err != nil {
			return store.Change{}, deed{}, err
		}
		at, who := c.now(), "gateway "+gateway
		r := Refund{
			ID: id, Gateway: f.gateway, Payment: f.payment, Attempt: f.attempt, Order: f.order, Court: f.court, Amount: g.Amount,
			Reason: "made at the gateway without a request", ProposedBy: who, ProposedAt: at, ApprovedBy: who, ApprovedAt: at,
			State: OperationSucceeded, DoneAt: at, GatewayRef: g.ID, Flags: []Flag{FlagUnrequested},
		}
		if r.Refundable, err = c.left(ctx, f); err != nil {
			return store.Change{}, deed{}, err
		}
		if g.Amount.Currency() != t.Amount.Currency() { // nothing that can be booked: reconciliation finds it
			c.Log.WarnContext(ctx, "a refund in another currency than its payment's", "gateway", gateway, "refund", g.ID, "payment", g.PaymentID)
			return store.Change{}, deed{}, nil
		}
		change, err := c.unrequested(ctx, r, f)
		return change, refundDeed("unrequested", string(from), r), err
	})
}

// unrequested is the change that records a refund which has left already, whatever was left of its payment.
func (c *Cashier) unrequested(ctx context.Context, r Refund, f funds) (store.Change, error) {
	from, sums, err := c.portions(ctx, f, r.Amount)
	if err != nil {
		return store.Change{}, err
	}
	r.From, r.Note.Series = from, c.noteSeries(r)
	change, err := c.moveRefund(r, "unrequested")
	if err != nil {
		return store.Change{}, err
	}
	if err := c.drawNote(&change, r); err != nil {
		return store.Change{}, err
	}
	change.Require, change.Sums = f.require, append(sums, f.lose(r.Amount), f.turned())
	change.Work = []store.Work{c.refundWork(r, change.At)}
	moved, err := c.post(ctx, "refund/"+r.ID+"/done", "refund "+r.ID, r.Reason,
		append(opposite(from), ledger.Posting{Account: r.way(), Amount: r.Amount}))
	change.Merge(moved)
	return change, err
}
