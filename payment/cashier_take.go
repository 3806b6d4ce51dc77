package payment

import (
	"context"
	"errors"
	"fmt"
	"time"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment/internal/key"
	"courts.example/eservices/payment/ledger"
)

// A payment that pays its order takes two changes. The first sets it aside for the order and draws the receipt's number: from then on
// nothing else can happen to the order, so the number leaves no gap. The second books the money and marks the order as paid, with its
// receipt. Whoever finds a payment between the two finishes it. A payment that pays nothing takes one change.

// take records a payment of an attempt, unless it is on record, and has it pay its order when it can.
func (c *Cashier) take(ctx context.Context, gateway, attempt string, p GatewayPayment, l learnt) (Taken, error) {
	t, n, err := c.record(ctx, gateway, attempt, p, l)
	if err != nil || t.Use != UseHeld {
		return t, err
	}
	return c.pay(ctx, t, n, l)
}

// record makes the record of a payment. The number is that of the receipt, when it was drawn just now.
func (c *Cashier) record(ctx context.Context, gateway, attempt string, p GatewayPayment, l learnt) (t Taken, n Number, err error) {
	drawn := false // the order's number exists already, so the change that would draw it can't be applied
	for range maxTries {
		var r recording
		if r, err = c.recording(ctx, gateway, attempt, p, l); err == nil && r.change.ID != "" {
			if r.taken.Use == UseHeld && !drawn {
				r.change.ID, r.change.Draw = numberID(r.series, r.taken.Order), []store.Draw{r.draw}
			}
			var applied store.Applied
			applied, err = c.apply(ctx, r.change, r.deed)
			switch {
			case err == nil && applied.Replayed:
				drawn, err = true, fmt.Errorf("%w: change %q", ErrChanged, r.change.ID)
			case err == nil && len(applied.First) > 0:
				n = Number{Series: r.series, N: applied.First[0]}
			}
		}
		if err == nil || !stale(err) {
			return r.taken, n, err
		}
	}
	return Taken{}, Number{}, err
}

// recording is the change that records a payment; without an id when it is on record.
type recording struct {
	taken  Taken
	change store.Change
	deed   deed
	// series and draw are for a payment that pays its order.
	series string
	draw   store.Draw
}

func (c *Cashier) recording(ctx context.Context, gateway, attempt string, p GatewayPayment, l learnt) (recording, error) {
	t, err := c.Taking(ctx, gateway, p.ID)
	if err == nil || !errors.Is(err, ErrNoTaken) {
		return recording{taken: t}, err
	}
	at := c.now()
	t = Taken{Gateway: gateway, GatewayPayment: p, Use: UseExcess, RecordedAt: at, From: l.from}
	if t.PaidAt.IsZero() {
		t.PaidAt = at
	}
	r := recording{taken: t, deed: deed{By: string(l.from), Attempt: attempt, Evidence: gateway + " " + p.ID}}
	if attempt == "" {
		return r, c.keepExcess(ctx, &r, Attempt{}, l)
	}
	a, err := c.Attempt(ctx, attempt)
	if err != nil {
		return r, err
	}
	o, err := c.Orders.Get(ctx, a.Order)
	if err != nil {
		return r, err
	}
	r.taken.Attempt, r.taken.Order, r.taken.Court = a.ID, a.Order, a.Court
	r.deed.Order, r.deed.court = a.Order, a.Court
	_, claimed, err := c.claimed(ctx, o.ID)
	switch {
	case err != nil:
		return r, err
	case p.Amount != o.Amount:
		l.flags = append(l.flags[:len(l.flags):len(l.flags)], FlagMismatch)
		return r, c.keepExcess(ctx, &r, a, l)
	case claimed || o.State != Open && o.State != Paying:
		l.flags = append(l.flags[:len(l.flags):len(l.flags)], FlagExcess)
		return r, c.keepExcess(ctx, &r, a, l)
	}
	return r, c.keepHeld(&r, a, o)
}

// keepHeld completes the first of the two changes by which a payment pays its order.
func (c *Cashier) keepHeld(r *recording, a Attempt, o Order) (err error) {
	at := r.taken.RecordedAt
	r.taken.Use = UseHeld
	r.series = c.Series(o.Court, paidAt(a, r.taken))
	if r.draw, err = DrawReceipt(r.series); err != nil {
		return err
	}
	step, err := write(o.claim(a.ID), "claim", at)
	if err != nil {
		return err
	}
	r.change = step.Change
	r.deed.Action = "payment held for its order"
	r.change.Work = []store.Work{{Kind: workAttempt, ID: a.ID, Due: at.Add(polls()[0])}}
	return r.put()
}

// claim gives an order that is open or being paid as being paid by the attempt whose money is here.
func (o Order) claim(attempt string) Order {
	o.State, o.Reference = Paying, attempt
	return o
}

// put adds the record of the payment.
func (r *recording) put() error {
	put, err := takenPut(r.taken)
	if err != nil {
		return err
	}
	r.change.Puts = append(r.change.Puts, put)
	r.taken.Version = 1
	return nil
}

// keepExcess completes the change that records a payment which pays nothing: it is booked as nobody's.
func (c *Cashier) keepExcess(ctx context.Context, r *recording, a Attempt, l learnt) error {
	at, t := r.taken.RecordedAt, r.taken
	r.deed.Action = "payment recorded as unallocated"
	if a.ID != "" {
		l.at, l.proven = at, true
		next := a.learn(l)
		change, _, err := c.moving(ctx, a, &next, "excess", l.from, at, 0)
		if err != nil {
			return err
		}
		r.change.Merge(change)
	}
	booked, err := c.Ledger.Change(ctx, ledger.Post{
		ID: t.entry(), Ref: "attempt " + t.Attempt, At: at, Value: t.PaidAt, Postings: []ledger.Posting{
			{Account: ledger.Clearing(t.Gateway), Amount: neg(t.Amount)}, {Account: ledger.Unallocated, Amount: t.Amount},
		},
	})
	if err != nil {
		return overtaken(err)
	}
	r.change.Merge(booked)
	r.change.ID, r.change.At = "payment/taken/"+key.Join(t.Gateway, t.ID)+"/record", at
	return r.put()
}

// entry is the id of the ledger's entry of a payment.
func (t Taken) entry() string { return "gateway/" + t.Gateway + "/" + t.ID }

// paidAt is the instant at which an order counts as paid: the gateway's, as far as its clock can be right. Money does not come before its
// attempt, nor after it was recorded.
func paidAt(a Attempt, t Taken) time.Time {
	switch {
	case t.PaidAt.Before(a.StartedAt):
		return a.StartedAt
	case t.PaidAt.After(t.RecordedAt):
		return t.RecordedAt
	}
	return t.PaidAt
}
