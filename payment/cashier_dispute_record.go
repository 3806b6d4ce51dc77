package payment

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment/internal/key"
)

// The records and indexes of disputes, as they stand in the store; a dispute's id is gateway|gateway's id.
const (
	kindDispute = "payment.dispute"

	// indexDisputePayment finds the disputes of a payment by gateway|payment, indexDisputeOrder those of an order.
	indexDisputePayment = "payment.dispute.payment"
	indexDisputeOrder   = "payment.dispute.order"
	// indexDisputeState finds disputes by state|instant of recording.
	indexDisputeState = "payment.dispute.state"
)

// ErrNoDispute says that there is no such dispute.
var ErrNoDispute = errors.New("payment: no such dispute")

// disputePut is the record of a dispute, to be written over the version it carries.
func disputePut(d Dispute) (store.Put, error) {
	if err := d.Check(); err != nil {
		return store.Put{}, err
	}
	body, err := json.Marshal(d)
	if err != nil {
		return store.Put{}, fmt.Errorf("payment: dispute %q: %w", d.ID, err)
	}
	put := store.Put{Kind: kindDispute, ID: paymentKey(d.Gateway, d.ID), Body: body, Expect: d.Version, Index: []store.Entry{
		{Index: indexDisputePayment, Key: paymentKey(d.Gateway, d.PaymentID)},
		{Index: indexDisputeState, Key: key.Join(string(d.State), key.Time(d.OpenedAt))},
	}}
	if d.Order != "" {
		put.Index = append(put.Index, store.Entry{Index: indexDisputeOrder, Key: d.Order})
	}
	return put, nil
}

func decodeDispute(rec store.Record) (Dispute, error) {
	var d Dispute
	if err := json.Unmarshal(rec.Body, &d); err != nil {
		return Dispute{}, corrupt(rec, err)
	}
	if err := d.Check(); err != nil {
		return Dispute{}, corrupt(rec, err)
	}
	d.Version = rec.Version
	return d, nil
}

// Dispute reads a dispute by its gateway's id of it, or ErrNoDispute.
func (c *Cashier) Dispute(ctx context.Context, gateway, id string) (Dispute, error) {
	return c.disputeAt(ctx, paymentKey(gateway, gatewayID(id)))
}

// disputeAt reads a dispute by the id of its record.
func (c *Cashier) disputeAt(ctx context.Context, id string) (Dispute, error) {
	rec, err := c.Store.Get(ctx, kindDispute, id)
	if errors.Is(err, store.ErrNotFound) {
		return Dispute{}, fmt.Errorf("%w: %.80q", ErrNoDispute, Scrub(id))
	}
	if err != nil {
		return Dispute{}, fmt.Errorf("payment: dispute %.80q: %w", Scrub(id), err)
	}
	return decodeDispute(rec)
}

// DisputeQuery asks for a page of disputes by one thing; the first of these that is set counts.
type DisputeQuery struct {
	// Gateway and Payment find the disputes of a payment at a gateway, Order those of an order.
	Gateway, Payment string
	Order            string
	// State finds those in a state, in the order of recording.
	State DisputeState
	// After is the cursor of the page before; empty for the first. Limit is at most 1,000; 0 means 100.
	After string
	Limit int
}

// Disputes reads a page of disputes; an empty next ends the list.
func (c *Cashier) Disputes(ctx context.Context, q DisputeQuery) (disputes []Dispute, next string, err error) {
	find := store.Query{After: q.After, Limit: q.Limit}
	switch {
	case q.Payment != "":
		exactly(&find, indexDisputePayment, paymentKey(q.Gateway, q.Payment))
	case q.Order != "":
		exactly(&find, indexDisputeOrder, q.Order)
	case q.State != "":
		find.Index, find.Prefix = indexDisputeState, key.Join(string(q.State), "")
	default:
		return nil, "", fmt.Errorf("%w: a query for disputes names a payment, an order or a state", ErrInvalid)
	}
	page, err := c.Store.List(ctx, find)
	if err != nil {
		return nil, "", fmt.Errorf("payment: disputes: %w", err)
	}
	for _, rec := range page.Records {
		d, err := decodeDispute(rec)
		if err != nil {
			return nil, "", err
		}
		disputes = append(disputes, d)
	}
	return disputes, page.Next, nil
}

// disputesOf lists all disputes of a payment.
func (c *Cashier) disputesOf(ctx context.Context, gateway, payment string) ([]Dispute, error) {
	hits, err := c.Store.Match(ctx, indexDisputePayment, []string{paymentKey(gateway, payment)})
	if err != nil {
		return nil, fmt.Errorf("payment: disputes of %.80q: %w", payment, err)
	}
	disputes := make([]Dispute, len(hits))
	for i, h := range hits {
		if disputes[i], err = decodeDispute(h.Record); err != nil {
			return nil, err
		}
	}
	return disputes, nil
}
