package payment

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment/internal/key"
)

// ErrDisputed says that a payment is contested by its payer: nothing goes back before that is over.
var ErrDisputed = errors.New("payment: disputed")

// Proposal asks for money to go back.
type Proposal struct {
	// Order is a paid order whose money goes back to where it came from. Or Gateway and Payment name one payment at a gateway: money that is
	// nobody's, or one of several that paid an order.
	Order            string
	Gateway, Payment string
	// Amount is what goes back; zero means all that is left.
	Amount money.Amount
	// Reason is for people and the gateway, 1 to 500 bytes; By is who proposes.
	Reason, By string
	// Key makes the proposal happen once: the same again gives the refund that was made. Empty makes a refund at every call.
	Key string
}

// Propose puts a refund forward, to be approved by another person. Its amount is set aside at once: proposals and refunds of a payment
// together never exceed it, however many cashiers propose at once.
//
// Errors: ErrInvalid, ErrNoOrder, ErrNoTaken, ErrTransition for an order that was not paid, ErrDisputed, money.ErrCurrency, and a
// *RefundableError.
func (c *Cashier) Propose(ctx context.Context, p Proposal) (Refund, error) {
	if err := p.check(); err != nil {
		return Refund{}, err
	}
	var made Refund
	err := c.commit(ctx, func(ctx context.Context) (store.Change, deed, error) {
		f, err := c.fundsFor(ctx, p)
		if err != nil {
			return store.Change{}, deed{}, err
		}
		r, there, err := c.proposed(ctx, p, f)
		if made = r; err != nil || there {
			return store.Change{}, deed{}, err
		}
		change, err := c.moveRefund(r, "propose")
		change.Require, change.Sums = f.require, []store.Sum{f.give(r.Amount)}
		made.Version++
		return change, refundDeed("propose", p.By, r), err
	})
	if err != nil {
		return Refund{}, err
	}
	return made, nil
}

func (p Proposal) check() error {
	if (p.Order == "") == (p.Payment == "") || (p.Payment == "") != (p.Gateway == "") {
		return fmt.Errorf("%w: a refund is proposed for an order, or for a payment at a gateway", ErrInvalid)
	}
	if p.Reason == "" || p.Amount.Sign() < 0 {
		return fmt.Errorf("%w: a refund has a reason and a positive amount, this is of %s because of %.40q", ErrInvalid, p.Amount, p.Reason)
	}
	if err := key.CheckText("the key", p.Key, MaxID); err != nil {
		return invalid(err)
	}
	return invalid(key.CheckID("who proposes", p.By, MaxID))
}

func (c *Cashier) fundsFor(ctx context.Context, p Proposal) (funds, error) {
	if p.Order != "" {
		return c.fundsOfOrder(ctx, p.Order)
	}
	return c.fundsOf(ctx, Refund{Gateway: p.Gateway, Payment: p.Payment})
}

// proposed is the refund that a proposal comes to; there says that it was made before.
func (c *Cashier) proposed(ctx context.Context, p Proposal, f funds) (r Refund, there bool, err error) {
	earlier, err := c.refundsOf(ctx, f)
	if err != nil {
		return Refund{}, false, err
	}
	id := c.reference("R", f.name(), len(earlier)+1)
	if p.Key != "" {
		id = c.reference("R", key.Join(f.name(), "key", p.Key), 0)
		if r, err = c.Refund(ctx, id); err == nil {
			return r, true, p.same(r)
		} else if !errors.Is(err, ErrNoRefund) {
			return Refund{}, false, err
		}
	}
	if err := c.mayGoBack(ctx, f, earlier); err != nil {
		return Refund{}, false, err
	}
	left, err := c.left(ctx, f)
	if err != nil {
		return Refund{}, false, err
	}
	amount := p.Amount
	if amount.IsZero() {
		amount = left
	}
	if err := c.refundable(f, left, amount); err != nil {
		return Refund{}, false, err
	}
	return Refund{
		ID: id, Gateway: f.gateway, Payment: f.payment, Attempt: f.attempt, Account: f.account, Order: f.order, Court: f.court,
		Amount: amount, Refundable: left, Reason: Scrub(p.Reason), ProposedBy: p.By, ProposedAt: c.now(),
	}, false, nil
}

// same reports whether a refund is what the proposal asks for.
func (p Proposal) same(r Refund) error {
	if r.ProposedBy == p.By && r.Reason == Scrub(p.Reason) && (p.Amount.IsZero() || p.Amount == r.Amount) {
		return nil
	}
	return fmt.Errorf("%w: the key %q was used for refund %s of %s by %q; give another proposal another key",
		ErrInvalid, p.Key, r.ID, r.Amount, r.ProposedBy)
}

// refundsOf lists all refunds of a payment.
func (c *Cashier) refundsOf(ctx context.Context, f funds) ([]Refund, error) {
	index, k := indexRefundPayment, paymentKey(f.gateway, f.payment)
	if f.payment == "" {
		index, k = indexRefundOrder, f.order
	}
	hits, err := c.Store.Match(ctx, index, []string{k})
	if err != nil {
		return nil, fmt.Errorf("payment: refunds of %s: %w", f.name(), err)
	}
	refunds := make([]Refund, len(hits))
	for i, h := range hits {
		if refunds[i], err = decodeRefund(h.Record); err != nil {
			return nil, err
		}
	}
	return refunds, nil
}

// mayGoBack refuses refunds of contested payments, and more of them than the gateway makes.
func (c *Cashier) mayGoBack(ctx context.Context, f funds, earlier []Refund) error {
	if err := c.undisputed(ctx, f); err != nil {
		return err
	}
	g := c.gateways[f.gateway]
	if f.payment == "" || g == nil {
		return nil
	}
	most, count := g.Describe().MaxRefunds, 0
	for _, r := range earlier {
		if r.Counts() {
			count++
		}
	}
	if most > 0 && count >= most {
		return fmt.Errorf("%w: %s has had %d refunds, all that its gateway makes of one payment", ErrTransition, f.name(), count)
	}
	return nil
}

// refundable compares an amount with what is left.
func (c *Cashier) refundable(f funds, left, amount money.Amount) error {
	if amount.Currency() != left.Currency() {
		return fmt.Errorf("%w: %s was paid in %s, not in %s", money.ErrCurrency, f.name(), left.Currency(), amount.Currency())
	}
	if amount.Minor() > left.Minor() || amount.Sign() <= 0 {
		return &RefundableError{Of: f.name(), Left: left, Asked: amount}
	}
	if g := c.gateways[f.gateway]; g != nil && amount != f.amount {
		if d := g.Describe(); d.Refund && !d.PartialRefund {
			return fmt.Errorf("%w: %s gives back whole payments only: %s, not %s", ErrInvalid, f.gateway, f.amount, amount)
		}
	}
	return nil
}

// Decline says no to a refund that is proposed: by anybody else, or by who proposed it and thinks better of it.
func (c *Cashier) Decline(ctx context.Context, id, by, reason string) (Refund, error) {
	if err := key.CheckID("who declines", by, MaxID); err != nil {
		return Refund{}, invalid(err)
	}
	var declined Refund
	err := c.commit(ctx, func(ctx context.Context) (store.Change, deed, error) {
		r, f, err := c.undecided(ctx, id)
		if err != nil {
			return store.Change{}, deed{}, err
		}
		r.DeclinedBy, r.DeclinedAt, r.DeclineReason = by, c.now(), Scrub(reason)
		change, err := c.moveRefund(r, "decline")
		change.Sums = []store.Sum{f.restore(r.Amount)}
		declined = r
		declined.Version++
		return change, refundDeed("decline", by, r), err
	})
	if err != nil {
		return Refund{}, err
	}
	return declined, nil
}

// undecided reads a refund that is neither approved nor declined, and its money.
func (c *Cashier) undecided(ctx context.Context, id string) (Refund, funds, error) {
	r, err := c.Refund(ctx, id)
	if err != nil {
		return Refund{}, funds{}, err
	}
	if r.Stage() != StageProposed {
		return Refund{}, funds{}, fmt.Errorf("%w: refund %s is %s already", ErrTransition, r.ID, r.Stage())
	}
	f, err := c.fundsOf(ctx, r)
	return r, f, err
}

// refundDeed is what the audit chain says of a step of a refund.
func refundDeed(action, by string, r Refund) deed {
	return deed{Action: "refund " + action, By: by, Order: r.Order, Attempt: r.Attempt, Refund: r.ID, Evidence: r.Evidence, court: r.Court}
}

// samePerson reports whether two names are one person's, however they are written.
func samePerson(a, b string) bool {
	return strings.EqualFold(strings.TrimSpace(a), strings.TrimSpace(b))
}
