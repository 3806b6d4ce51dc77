package payment

import (
	"encoding/json"
	"fmt"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment/internal/key"
)

// The kinds of record and the indexes, as they stand in the store.
const (
	kindOrder   = "payment.order"
	kindReceipt = "payment.receipt"

	// indexFor keeps one thing from having two live orders: unique kind|id while an order is neither expired nor cancelled.
	indexFor = "payment.order.for"
	// indexSubject finds all orders for a thing by kind|id|instant of creation.
	indexSubject = "payment.order.subject"
	// indexPayer finds orders by payer|instant of creation.
	indexPayer = "payment.order.payer"
	// indexState finds orders by court|state|instant of creation.
	indexState = "payment.order.state"
	// indexReceiptOrder finds the one receipt of an order: unique order id.
	indexReceiptOrder = "payment.receipt.order"
	// indexReceiptCourt finds receipts by court|instant of payment.
	indexReceiptCourt = "payment.receipt.court"
	// indexSeries finds receipts by series|number.
	indexSeries = "payment.receipt.series"
)

func (s Subject) key() string { return key.Join(s.Kind, s.ID) }

// OrderPut is the record of an order, to be written over the version expect; 0 makes it.
func OrderPut(o Order, expect int64) (store.Put, error) {
	if err := o.Check(); err != nil {
		return store.Put{}, err
	}
	body, err := json.Marshal(o)
	if err != nil {
		return store.Put{}, fmt.Errorf("payment: order %q: %w", o.ID, err)
	}
	created := key.Time(o.CreatedAt)
	put := store.Put{Kind: kindOrder, ID: o.ID, Body: body, Expect: expect, Index: []store.Entry{
		{Index: indexSubject, Key: key.Join(o.For.key(), created)},
		{Index: indexPayer, Key: key.Join(o.Payer, created)},
		{Index: indexState, Key: key.Join(o.Court, string(o.State), created)},
	}}
	if o.State != Expired && o.State != Cancelled {
		put.Unique = []store.Entry{{Index: indexFor, Key: o.For.key()}}
	}
	return put, nil
}

// ReceiptPut is the record of a new receipt.
func ReceiptPut(r Receipt) (store.Put, error) {
	if err := r.Check(); err != nil {
		return store.Put{}, err
	}
	body, err := json.Marshal(r)
	if err != nil {
		return store.Put{}, fmt.Errorf("payment: receipt %s: %w", r.Number, err)
	}
	return store.Put{
		Kind: kindReceipt, ID: r.Number.String(), Body: body,
		Index: []store.Entry{
			{Index: indexSeries, Key: r.Number.key()}, {Index: indexReceiptCourt, Key: key.Join(r.Court, key.Time(r.PaidAt))},
		},
		Unique: []store.Entry{{Index: indexReceiptOrder, Key: r.OrderID}},
	}, nil
}

func (n Number) key() string { return key.Join(n.Series, fmt.Sprintf("%019d", n.N)) }

func decodeOrder(r store.Record) (Order, error) {
	var o Order
	if err := json.Unmarshal(r.Body, &o); err != nil {
		return Order{}, corrupt(r, err)
	}
	if err := o.Check(); err != nil {
		return Order{}, corrupt(r, err)
	}
	o.Version = r.Version
	return o, nil
}

func decodeReceipt(r store.Record) (Receipt, error) {
	var out Receipt
	if err := json.Unmarshal(r.Body, &out); err != nil {
		return Receipt{}, corrupt(r, err)
	}
	if err := out.Check(); err != nil {
		return Receipt{}, corrupt(r, err)
	}
	return out, nil
}

// corrupt is the error for a record that is not what its kind says.
func corrupt(r store.Record, err error) error {
	return fmt.Errorf("%w: %s %q: %w", store.ErrCorrupt, r.Kind, r.ID, err)
}
