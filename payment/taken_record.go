package payment

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment/internal/key"
)

// The records of payments at gateways, as they stand in the store.
const (
	kindTaken = "payment.taken"

	// indexTakenOrder and indexTakenAttempt find the takings of an order and of an attempt by its id.
	indexTakenOrder   = "payment.taken.order"
	indexTakenAttempt = "payment.taken.attempt"
	// indexTakenUse finds takings by use|instant of recording.
	indexTakenUse = "payment.taken.use"
	// indexTakenPaid finds takings by gateway|instant of payment.
	indexTakenPaid = "payment.taken.paid"
)

// ErrNoTaken says that there is no such payment on record.
var ErrNoTaken = errors.New("payment: no such payment on record")

// takenPut is the record of a payment at a gateway, over the version that it was read at.
func takenPut(t Taken) (store.Put, error) {
	if err := t.Check(); err != nil {
		return store.Put{}, err
	}
	body, err := json.Marshal(t)
	if err != nil {
		return store.Put{}, fmt.Errorf("payment: payment %q at %s: %w", t.ID, t.Gateway, err)
	}
	recorded := key.Time(t.RecordedAt)
	put := store.Put{Kind: kindTaken, ID: t.key(), Body: body, Expect: t.Version, Index: []store.Entry{
		{Index: indexTakenUse, Key: key.Join(string(t.Use), recorded)},
		{Index: indexTakenPaid, Key: key.Join(t.Gateway, key.Time(t.PaidAt))},
	}}
	if t.Order != "" {
		put.Index = append(put.Index, store.Entry{Index: indexTakenOrder, Key: t.Order})
	}
	if t.Attempt != "" {
		put.Index = append(put.Index, store.Entry{Index: indexTakenAttempt, Key: t.Attempt})
	}
	return put, nil
}

func decodeTaken(r store.Record) (Taken, error) {
	var t Taken
	if err := json.Unmarshal(r.Body, &t); err != nil {
		return Taken{}, corrupt(r, err)
	}
	if err := t.Check(); err != nil {
		return Taken{}, corrupt(r, err)
	}
	t.Version = r.Version
	return t, nil
}

// Taking reads a payment at a gateway by the gateway's id of it, or ErrNoTaken.
func (c *Cashier) Taking(ctx context.Context, gateway, payment string) (Taken, error) {
	t := Taken{Gateway: gateway, GatewayPayment: GatewayPayment{ID: gatewayID(payment)}}
	r, err := c.Store.Get(ctx, kindTaken, t.key())
	if errors.Is(err, store.ErrNotFound) {
		return Taken{}, fmt.Errorf("%w: %.80q at %.20q", ErrNoTaken, payment, gateway)
	}
	if err != nil {
		return Taken{}, fmt.Errorf("payment: payment %.80q at %.20q: %w", payment, gateway, err)
	}
	return decodeTaken(r)
}

// TakingsOf reads all payments that were taken for an order, in the order of their recording.
func (c *Cashier) TakingsOf(ctx context.Context, order string) ([]Taken, error) {
	return c.matching(ctx, indexTakenOrder, order)
}

func (c *Cashier) matching(ctx context.Context, index, id string) ([]Taken, error) {
	hits, err := c.Store.Match(ctx, index, []string{id})
	if err != nil {
		return nil, fmt.Errorf("payment: takings of %.80q: %w", id, err)
	}
	takings := make([]Taken, len(hits))
	for i, h := range hits {
		if takings[i], err = decodeTaken(h.Record); err != nil {
			return nil, err
		}
	}
	return takings, nil
}

// TakingsQuery asks for a page of payments at gateways; one of Use and Gateway is set, the first of them counts.
type TakingsQuery struct {
	// Use finds what is used so, in the order of recording.
	Use Use
	// Gateway finds what was paid there in [From, Until), by the gateway's instants; zero is open on that side.
	Gateway     string
	From, Until time.Time
	// After is the cursor of the page before; empty for the first. Limit is at most 1,000; 0 means 100.
	After string
	Limit int
}

// Takings reads a page of payments at gateways; an empty next ends the list.
func (c *Cashier) Takings(ctx context.Context, q TakingsQuery) (takings []Taken, next string, err error) {
	find := store.Query{After: q.After, Limit: q.Limit}
	switch {
	case q.Use != "":
		find.Index, find.Prefix = indexTakenUse, key.Join(string(q.Use), "")
	case q.Gateway != "":
		find.Index, find.Prefix = indexTakenPaid, key.Join(q.Gateway, "")
		if !q.From.IsZero() {
			find.From = key.Join(q.Gateway, key.Time(q.From))
		}
		if !q.Until.IsZero() {
			find.Until = key.Join(q.Gateway, key.Time(q.Until))
		}
	default:
		return nil, "", fmt.Errorf("%w: a query for takings names a use or a gateway", ErrInvalid)
	}
	page, err := c.Store.List(ctx, find)
	if err != nil {
		return nil, "", fmt.Errorf("payment: takings: %w", err)
	}
	for _, r := range page.Records {
		t, err := decodeTaken(r)
		if err != nil {
			return nil, "", err
		}
		takings = append(takings, t)
	}
	return takings, page.Next, nil
}

// Unallocated reads a page of the money that is nobody's yet, the oldest first; see [Cashier.Flagged]. What was given back of it since
// is still listed.
func (c *Cashier) Unallocated(ctx context.Context, after string, limit int) (takings []Taken, next string, err error) {
	return c.Takings(ctx, TakingsQuery{Use: UseExcess, After: after, Limit: limit})
}

// claimed gives the payment that pays an order or is about to, if any.
func (c *Cashier) claimed(ctx context.Context, order string) (Taken, bool, error) {
	takings, err := c.TakingsOf(ctx, order)
	for _, t := range takings {
		if t.Use != UseExcess {
			return t, true, nil
		}
	}
	return Taken{}, false, err
}

// proven reports whether a payment of the attempt is on record.
func (c *Cashier) proven(ctx context.Context, attempt string) (bool, error) {
	takings, err := c.matching(ctx, indexTakenAttempt, attempt)
	return len(takings) > 0, err
}
