package icms

import (
	"context"
	"errors"
	"fmt"

	"courts.example/eservices/icms/access"
	"courts.example/eservices/payment"
)

// Refund reads a refund: of its court for the accounts office; of the person's own money once it is decided, without who in the offices had a part
// in it.
func (x *Session) Refund(ctx context.Context, id string) (payment.Refund, error) {
	g, r, err := x.refund(ctx, "Refund", id)
	if err != nil {
		return payment.Refund{}, err
	}
	return g.shownRefund(r)
}

// Refunds lists the refunds of an order that the person may read, in the order of their proposal: the payer sees those that are decided.
func (x *Session) Refunds(ctx context.Context, order string) ([]payment.Refund, error) {
	g, err := x.enter(ctx, "Refunds")
	if err == nil {
		_, _, err = g.readsOrder(order)
	}
	if err != nil {
		return nil, err
	}
	var out []payment.Refund
	for r, err := range x.s.refundsOf(ctx, order) {
		if err != nil {
			return nil, fmt.Errorf("icms: refunds of order %s: %w", order, err)
		}
		state, err := g.refundState(r)
		if err != nil {
			return nil, err
		}
		if g.on(object{court: r.Court, state: state, name: r.ID}) != nil {
			continue
		}
		if r, err = g.shownRefund(r); err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, nil
}

// readsOrder reads an order on the way to something that belongs to it, for whoever may read the order.
func (g *guard) readsOrder(id string) (*guard, payment.Order, error) {
	reads := g.as(access.ReadOrder, access.Order)
	if !reads.ever(g.actor.Roles) {
		return nil, payment.Order{}, reads.denied(object{open: true})
	}
	o, err := g.s.orders.Get(g.ctx, id)
	if errors.Is(err, payment.ErrNoOrder) {
		return nil, o, reads.missing(id)
	}
	if err != nil {
		return nil, o, fmt.Errorf("icms: order %s: %w", id, err)
	}
	return reads, o, reads.on(object{court: o.Court, state: g.whose(o.Payer), name: id})
}

// refund enters a method about a refund.
func (x *Session) refund(ctx context.Context, method, id string) (*guard, payment.Refund, error) {
	g, err := x.enter(ctx, method)
	if err != nil {
		return nil, payment.Refund{}, err
	}
	r, err := x.s.cashier.Refund(ctx, id)
	if errors.Is(err, payment.ErrNoRefund) {
		return nil, r, g.missing(id)
	}
	if err != nil {
		return nil, r, fmt.Errorf("icms: refund %s: %w", id, err)
	}
	state, err := g.refundState(r)
	if err != nil {
		return nil, r, err
	}
	return g, r, g.on(object{court: r.Court, state: state, name: id})
}

// refundState says what a refund is to the person: its own proposal, money that went back to it, or another's. What is only proposed, or was
// declined, is no matter of the payer's.
func (g *guard) refundState(r payment.Refund) (access.State, error) {
	if s := g.proposed(r.ProposedBy); s == access.Own || r.State == "" || r.Order == "" {
		return s, nil
	}
	o, err := g.s.orders.Get(g.ctx, r.Order)
	if err != nil {
		return "", fmt.Errorf("icms: order of refund %s: %w", r.ID, err)
	}
	if g.whose(o.Payer) == access.Own {
		return access.Payer, nil
	}
	return access.Foreign, nil
}

// shownRefund is a refund as the person may see it: a payer sees what goes back to it and how far it is, not the offices' part in it.
func (g *guard) shownRefund(r payment.Refund) (payment.Refund, error) {
	state, err := g.refundState(r)
	if err != nil || state != access.Payer {
		return r, err
	}
	return payment.Refund{
		ID: r.ID, Account: r.Account, Order: r.Order, Court: r.Court, Amount: r.Amount, Reason: r.Reason, ApprovedAt: r.ApprovedAt, State: r.State,
		DoneAt: r.DoneAt, Returned: r.Returned, Note: r.Note,
	}, nil
}
