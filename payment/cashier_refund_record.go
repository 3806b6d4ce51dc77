package payment

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment/internal/key"
)

// The records and indexes of refunds, as they stand in the store.
const (
	kindRefund = "payment.refund"

	// indexRefundPayment finds the refunds of a payment by gateway|payment, indexRefundOrder those of an order, both in the order of proposal.
	indexRefundPayment = "payment.refund.payment"
	indexRefundOrder   = "payment.refund.order"
	// indexRefundStage finds refunds by stage|instant of proposal.
	indexRefundStage = "payment.refund.state"
	// indexRefundFlag finds refunds that somebody should look at by flag|instant of proposal.
	indexRefundFlag = "payment.refund.flag"
	// indexRefundNote finds refunds by the series|number of their notes.
	indexRefundNote = "payment.refund.note"
	// indexRefundGateway finds the one refund that counts by gateway|gateway's name of the refund: unique.
	indexRefundGateway = "payment.refund.gateway"
	// indexRefundFlight lets one refund of a payment be in flight at a time, so that what is left of the payment is known when the next
	// is sent: unique gateway|payment.
	indexRefundFlight = "payment.refund.flight"
)

// ErrNoRefund says that there is no such refund.
var ErrNoRefund = errors.New("payment: no such refund")

// paymentKey names a payment at a gateway, or a refund or dispute of it.
func paymentKey(gateway, id string) string { return key.Join(gateway, id) }

// refundPut is the record of a refund, to be written over the version it carries.
func refundPut(r Refund) (store.Put, error) {
	if err := r.Check(); err != nil {
		return store.Put{}, err
	}
	body, err := json.Marshal(r)
	if err != nil {
		return store.Put{}, fmt.Errorf("payment: refund %q: %w", r.ID, err)
	}
	proposed := key.Time(r.ProposedAt)
	put := store.Put{Kind: kindRefund, ID: r.ID, Body: body, Expect: r.Version, Index: []store.Entry{
		{Index: indexRefundStage, Key: key.Join(r.Stage(), proposed)},
	}}
	if r.Payment != "" {
		put.Index = append(put.Index, store.Entry{Index: indexRefundPayment, Key: paymentKey(r.Gateway, r.Payment)})
	}
	if r.Order != "" {
		put.Index = append(put.Index, store.Entry{Index: indexRefundOrder, Key: r.Order})
	}
	for _, f := range r.Flags {
		put.Index = append(put.Index, store.Entry{Index: indexRefundFlag, Key: key.Join(string(f), proposed)})
	}
	if r.Note.N > 0 {
		put.Index = append(put.Index, store.Entry{Index: indexRefundNote, Key: r.Note.key()})
	}
	if r.GatewayRef != "" && r.Counts() {
		put.Unique = append(put.Unique, store.Entry{Index: indexRefundGateway, Key: paymentKey(r.Gateway, r.GatewayRef)})
	}
	if r.inFlight() && r.Payment != "" {
		put.Unique = append(put.Unique, store.Entry{Index: indexRefundFlight, Key: paymentKey(r.Gateway, r.Payment)})
	}
	return put, nil
}

func decodeRefund(rec store.Record) (Refund, error) {
	var r Refund
	if err := json.Unmarshal(rec.Body, &r); err != nil {
		return Refund{}, corrupt(rec, err)
	}
	if err := r.Check(); err != nil {
		return Refund{}, corrupt(rec, err)
	}
	r.Version = rec.Version
	return r, nil
}

// moveRefund is the change that writes a refund over the version it carries.
func (c *Cashier) moveRefund(r Refund, verb string) (store.Change, error) {
	put, err := refundPut(r)
	if err != nil {
		return store.Change{}, err
	}
	return store.Change{
		ID: fmt.Sprintf("payment/refund/%s/%d/%s", r.ID, r.Version, verb), At: c.now(), Puts: []store.Put{put},
	}, nil
}

// Refund reads a refund, or ErrNoRefund.
func (c *Cashier) Refund(ctx context.Context, id string) (Refund, error) {
	rec, err := c.Store.Get(ctx, kindRefund, id)
	if errors.Is(err, store.ErrNotFound) {
		return Refund{}, fmt.Errorf("%w: %.80q", ErrNoRefund, Scrub(id))
	}
	if err != nil {
		return Refund{}, fmt.Errorf("payment: refund %.80q: %w", Scrub(id), err)
	}
	return decodeRefund(rec)
}

// RefundQuery asks for a page of refunds by one thing; the first of these that is set counts.
type RefundQuery struct {
	// Gateway and Payment find the refunds of a payment at a gateway, Order those of an order, Series the refunds with notes of that series
	// ("refund/" and the series of receipts) in the order of their numbers.
	Gateway, Payment string
	Order            string
	Series           string
	// Flag finds those with a flag, Stage those at a stage ([Refund.Stage]), in the order of their proposal.
	Flag  Flag
	Stage string
	// After is the cursor of the page before; empty for the first. Limit is at most 1,000; 0 means 100.
	After string
	Limit int
}

// Refunds reads a page of refunds; an empty next ends the list.
func (c *Cashier) Refunds(ctx context.Context, q RefundQuery) (refunds []Refund, next string, err error) {
	find := store.Query{After: q.After, Limit: q.Limit}
	switch {
	case q.Payment != "":
		exactly(&find, indexRefundPayment, paymentKey(q.Gateway, q.Payment))
	case q.Order != "":
		exactly(&find, indexRefundOrder, q.Order)
	case q.Series != "":
		find.Index, find.Prefix = indexRefundNote, key.Join(q.Series, "")
	case q.Flag != "":
		find.Index, find.Prefix = indexRefundFlag, key.Join(string(q.Flag), "")
	case q.Stage != "":
		find.Index, find.Prefix = indexRefundStage, key.Join(q.Stage, "")
	default:
		return nil, "", fmt.Errorf("%w: a query for refunds names a payment, an order, a series, a flag or a stage", ErrInvalid)
	}
	page, err := c.Store.List(ctx, find)
	if err != nil {
		return nil, "", fmt.Errorf("payment: refunds: %w", err)
	}
	for _, rec := range page.Records {
		r, err := decodeRefund(rec)
		if err != nil {
			return nil, "", err
		}
		refunds = append(refunds, r)
	}
	return refunds, page.Next, nil
}

// exactly bounds a query to one key.
func exactly(q *store.Query, index, k string) {
	q.Index, q.From, q.Until = index, k, k+"\x01"
}

// matchOne reads the first record that carries a key; found is false when none does.
func (c *Cashier) matchOne(ctx context.Context, index, k string) (rec store.Record, found bool, err error) {
	hits, err := c.Store.Match(ctx, index, []string{k})
	if err != nil {
		return store.Record{}, false, fmt.Errorf("payment: %s %.80q: %w", index, k, err)
	}
	if len(hits) == 0 {
		return store.Record{}, false, nil
	}
	return hits[0].Record, true, nil
}
