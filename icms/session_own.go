package icms

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"courts.example/eservices/icms/access"
	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment"
)

// Orders gives a page of the person's own orders of payment, those of its registered user, in the order of their making, with the cursor of the next
// page ("" at the end). A limit of 0 means 100. Somebody of whom the host knows nothing has none.
func (x *Session) Orders(ctx context.Context, after string, limit int) ([]Ordered, string, error) {
	page, next, err := x.ownOrders(ctx, "Orders", after, limit)
	if err != nil {
		return nil, "", err
	}
	var out []Ordered
	for _, o := range page {
		all, err := x.s.ordered(ctx, o)
		if err != nil {
			return nil, "", err
		}
		out = append(out, all)
	}
	return out, next, nil
}

// Receipts gives a page of the receipts of the person's own orders, in the order in which the orders were made. Orders that were not paid are left
// out, so a page may be short, or empty, and have a next one.
func (x *Session) Receipts(ctx context.Context, after string, limit int) ([]payment.Receipt, string, error) {
	page, next, err := x.ownOrders(ctx, "Receipts", after, limit)
	if err != nil {
		return nil, "", err
	}
	var out []payment.Receipt
	for _, o := range page {
		if o.State != payment.Paid {
			continue
		}
		r, err := x.s.orders.ReceiptOf(ctx, o.ID)
		if err != nil {
			return nil, "", fmt.Errorf("icms: receipt of order %s: %w", o.ID, err)
		}
		out = append(out, r)
	}
	return out, next, nil
}

// ownOrders enters a method about the person's own orders and gives a page of them.
func (x *Session) ownOrders(ctx context.Context, method, after string, limit int) ([]payment.Order, string, error) {
	g, err := x.enter(ctx, method)
	if err == nil {
		err = g.on(object{state: g.whose(g.owner()), open: true})
	}
	if err != nil {
		return nil, "", err
	}
	page, next, err := x.s.orders.List(ctx, payment.Query{Payer: g.owner(), After: after, Limit: limit})
	if err != nil {
		return nil, "", fmt.Errorf("icms: orders of %s: %w", g.owner(), err)
	}
	return page, next, nil
}

// Batches gives a page of the batches that the person's registered user filed, or of which it is the claimant, at whatever court, in the order in
// which they came, with the cursor of the next page ("" at the end). A limit of 0 means 100.
func (x *Session) Batches(ctx context.Context, after string, limit int) ([]Result, string, error) {
	g, err := x.enter(ctx, "Batches")
	if err == nil && !g.litigates() { // staff have none of their own
		err = g.denied(object{open: true})
	}
	if err == nil {
		err = g.on(object{state: access.Own, open: true})
	}
	if err != nil {
		return nil, "", err
	}
	page, err := x.s.store.List(ctx, store.Query{Index: indexOwner, Kind: kindBatch, Prefix: key(g.member, ""), After: after, Limit: limit})
	if err != nil {
		return nil, "", fmt.Errorf("icms: batches of %s: %w", g.member, err)
	}
	var out []Result
	for _, rec := range page.Records {
		b, err := readBatch(rec)
		if err != nil {
			return nil, "", err
		}
		r, err := x.s.replay(ctx, b)
		if err != nil {
			return nil, "", err
		}
		out = append(out, r)
	}
	return out, page.Next, nil
}

// PaperOf gives the paper of whose fee an order is, to whoever may read both; see [Registry.PaperOf]. Of an order of nothing else, and of a paper of
// which the person may not know, it says the same: there is none.
func (x *Session) PaperOf(ctx context.Context, order string) (Document, error) {
	g, err := x.enter(ctx, "PaperOf")
	if err != nil {
		return Document{}, err
	}
	reads, _, err := g.readsOrder(order)
	if err != nil {
		return Document{}, err
	}
	d, err := x.s.Registry().PaperOf(ctx, order)
	if err != nil {
		return Document{}, reads.lookedUp(err, order)
	}
	f, err := x.s.caseFile(ctx, d.Court, d.Case)
	if err != nil {
		return Document{}, err
	}
	roles, err := g.relation(f)
	if err == nil {
		err = g.on(object{court: d.Court, state: g.paperState(f, &d), name: order, roles: roles})
	}
	if errors.Is(err, ErrNotFound) {
		err = reads.missing(order)
	}
	if err != nil {
		return Document{}, err
	}
	return d, nil
}

// Sitting reads the sitting of a batch as it stands, for whoever may read the batch; ErrNotFound when none was ever fixed. How many cases are
// heard is told to staff alone: those left out would tell of sealed ones.
func (x *Session) Sitting(ctx context.Context, batch string) (Sitting, error) {
	g, _, err := x.batch(ctx, "Sitting", batch)
	if err != nil {
		return Sitting{}, err
	}
	t, err := x.s.Registry().Sitting(ctx, batch)
	if !slices.ContainsFunc(g.actor.RolesAt(t.Court), access.Role.Staff) {
		t.Cases = 0
	}
	return t, err
}
