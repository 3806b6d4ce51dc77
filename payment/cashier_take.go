package payment

import (
	"context"
	"errors"
	"fmt"
	"time"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment/ledger"
)

// A payment that pays its order takes two changes. The first sets it aside for the order and draws the receipt's number: from then on
// nothing else can happen to the order, so the number leaves no gap. The second books the money and marks the order as paid, with its
// receipt. Whoever finds a payment between the two finishes it. A payment that pays nothing takes one change.

// take records a payment of an attempt, unless it is on record, and has it pay its order when it can. Fresh says that it was not on record
// as this attempt's.
func (c *Cashier) take(ctx context.Context, gateway, attempt string, p GatewayPayment, l learnt) (t Taken, fresh bool, err error) {
	n, err := c.hold(ctx, func(ctx context.Context) (holding, error) {
		h, err := c.recording(ctx, gateway, attempt, p, l)
		t, fresh = h.first(), h.change.ID != ""
		return h, err
	})
	if err != nil || t.Use != UseHeld {
		return t, fresh, err
	}
	if _, err := c.pay(ctx, t.Order, n, l, t); err != nil {
		return t, fresh, err
	}
	t.Use = UseOrder
	t.Version++
	return t, fresh, nil
}

// holding is the change that records payments, or sets them aside for an order; without an id there is nothing to do.
type holding struct {
	takings []Taken
	change  store.Change
	deed    deed
	// series, when set, is that of the receipt whose number is drawn for the order.
	series, order string
}

// first gives the payment that the holding is about.
func (h holding) first() Taken {
	if len(h.takings) == 0 {
		return Taken{}
	}
	return h.takings[0]
}

// hold applies a holding, building it anew while the records change. It gives the receipt's number when that was drawn just now.
func (c *Cashier) hold(ctx context.Context, build func(context.Context) (holding, error)) (n Number, err error) {
	drawn := false // the order's number exists already, so the change that would draw it can't be applied
	for range maxTries {
		var h holding
		if h, err = build(ctx); err == nil && h.change.ID != "" {
			n, err = c.holdOnce(ctx, h, &drawn)
		}
		if err == nil || !stale(err) {
			return n, err
		}
	}
	return Number{}, err
}

func (c *Cashier) holdOnce(ctx context.Context, h holding, drawn *bool) (Number, error) {
	if h.series != "" && !*drawn {
		draw, err := DrawReceipt(h.series)
		if err != nil {
			return Number{}, err
		}
		h.change.ID, h.change.Draw = numberID(h.series, h.order), []store.Draw{draw}
	}
	applied, err := c.apply(ctx, h.change, h.deed)
	switch {
	case err != nil:
		return Number{}, err
	case applied.Replayed:
		*drawn = true
		return Number{}, fmt.Errorf("%w: change %q", ErrChanged, h.change.ID)
	case len(applied.First) == 0:
		return Number{}, nil
	}
	return Number{Series: h.series, N: applied.First[0]}, nil
}

// recording is the holding that records a payment, and sets it aside for the order of its attempt when it can pay that.
func (c *Cashier) recording(ctx context.Context, gateway, attempt string, p GatewayPayment, l learnt) (holding, error) {
	t, err := c.Taking(ctx, gateway, p.ID)
	known := err == nil
	switch {
	case err != nil && !errors.Is(err, ErrNoTaken):
		return holding{}, err
	case known && (t.Attempt != "" || attempt == "" || t.Use != UseExcess): // of nobody is money that may find its attempt
		return holding{takings: []Taken{t}}, nil
	case !known:
		t = Taken{Gateway: gateway, GatewayPayment: p, Use: UseExcess, RecordedAt: c.now(), From: l.from}
		if t.PaidAt.IsZero() {
			t.PaidAt = t.RecordedAt
		}
	}
	d := deed{Action: "payment recorded", By: string(l.from), Attempt: attempt, Evidence: gateway + " " + p.ID}
	if attempt == "" {
		return c.keepExcess(ctx, t, Attempt{}, d, l)
	}
	a, err := c.Attempt(ctx, attempt)
	if err != nil {
		return holding{}, err
	}
	o, err := c.Orders.Get(ctx, a.Order)
	if err != nil {
		return holding{}, err
	}
	t.Attempt, t.Order, t.Court = a.ID, a.Order, a.Court
	d.Order, d.court = a.Order, a.Court
	_, claimed, err := c.claimed(ctx, o.ID)
	switch {
	case err != nil:
		return holding{}, err
	case t.Amount != o.Amount:
		l.flags = append(l.flags[:len(l.flags):len(l.flags)], FlagMismatch)
	case claimed || o.State != Open && o.State != Paying:
		l.flags = append(l.flags[:len(l.flags):len(l.flags)], FlagExcess)
	default:
		return c.keepHeld(o, a.ID, d, t)
	}
	return c.keepExcess(ctx, t, a, d, l)
}

// keepHeld is the first of the two changes by which payments pay an order.
func (c *Cashier) keepHeld(o Order, reference string, d deed, takings ...Taken) (holding, error) {
	at := c.now()
	step, err := write(o.claim(reference), "claim", at)
	if err != nil {
		return holding{}, err
	}
	h := holding{change: step.Change, deed: d, order: o.ID, series: c.Series(o.Court, o.paidOn(takings))}
	h.deed.Action = "payment held for its order"
	for _, t := range takings {
		t.Use, t.Order, t.Court = UseHeld, o.ID, o.Court
		put, err := takenPut(t)
		if err != nil {
			return holding{}, err
		}
		h.change.Puts = append(h.change.Puts, put)
		if t.Booked {
			h.change.Sums = append(h.change.Sums, untouched(t))
		}
		t.Version++
		h.takings = append(h.takings, t)
	}
	h.change.Work = []store.Work{heldWork(h.takings[0], at)}
	return h, nil
}

// heldWork finishes what is held, should we die now: the work of its attempt or, where there is none, work of its own.
func heldWork(t Taken, at time.Time) store.Work {
	due := at.Add(polls()[0])
	if t.Attempt != "" {
		return store.Work{Kind: workAttempt, ID: t.Attempt, Due: due}
	}
	return store.Work{Kind: workHeld, ID: t.Order, Due: due}
}

// claim gives an order that is open or being paid as being paid by what has come in for it.
func (o Order) claim(reference string) Order {
	o.State, o.Reference = Paying, reference
	return o
}

// untouched has a change refused when money of a payment went back, is about to, or is contested.
func untouched(t Taken) store.Sum {
	return store.Sum{Name: funds{gateway: t.Gateway, payment: t.ID}.givenSum(), HasFloor: true}
}

// keepExcess is the change that records a payment which pays nothing: it is booked as nobody's, unless it was already.
func (c *Cashier) keepExcess(ctx context.Context, t Taken, a Attempt, d deed, l learnt) (holding, error) {
	at := c.now()
	d.Action = "payment recorded as unallocated"
	h := holding{deed: d, change: store.Change{ID: fmt.Sprintf("payment/taken/%s/%d/record", t.key(), t.Version), At: at}}
	if a.ID != "" {
		l.at, l.proven = at, true
		next := a.learn(l)
		change, _, err := c.moving(ctx, a, &next, "excess", l.from, at, 0)
		if err != nil {
			return holding{}, err
		}
		h.change.Merge(change)
	}
	if !t.Booked {
		booked, err := c.Ledger.Change(ctx, ledger.Post{
			ID: t.entry(), Ref: t.ref(), At: at, Value: t.PaidAt, Postings: []ledger.Posting{
				{Account: ledger.Clearing(t.Gateway), Amount: neg(t.Amount)}, {Account: ledger.Unallocated, Amount: t.Amount},
			},
		})
		if err != nil {
			return holding{}, overtaken(err)
		}
		h.change.Merge(booked)
		t.Booked = true
	}
	put, err := takenPut(t)
	if err != nil {
		return holding{}, err
	}
	h.change.Puts = append(h.change.Puts, put)
	t.Version++
	h.takings = []Taken{t}
	return h, nil
}
