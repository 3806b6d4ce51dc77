package payment

import (
	"context"
	"errors"
	"fmt"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment/internal/key"
	"courts.example/eservices/payment/ledger"
)

// Orders keeps orders and receipts in a store and has orders paid from deposit accounts. It holds no state of its own; its methods are safe for
// concurrent use.
type Orders struct {
	store  store.Store
	ledger *ledger.Ledger
}

// Options say what Orders works with; both are required, and the ledger must be on the same store.
type Options struct {
	Store  store.Store
	Ledger *ledger.Ledger
}

// New makes Orders. It reads and writes nothing. Its error wraps ErrInvalid.
func New(o Options) (*Orders, error) {
	if o.Store == nil || o.Ledger == nil {
		return nil, fmt.Errorf("%w: Options needs a Store and a Ledger on it", ErrInvalid)
	}
	return &Orders{store: o.Store, ledger: o.Ledger}, nil
}

// Get reads an order, or ErrNoOrder.
func (s *Orders) Get(ctx context.Context, id string) (Order, error) {
	r, err := s.store.Get(ctx, kindOrder, id)
	if errors.Is(err, store.ErrNotFound) {
		return Order{}, fmt.Errorf("%w: %.80q", ErrNoOrder, id)
	}
	if err != nil {
		return Order{}, fmt.Errorf("payment: order %.80q: %w", id, err)
	}
	return decodeOrder(r)
}

// For reads the one order for a thing that is neither expired nor cancelled, or ErrNoOrder.
func (s *Orders) For(ctx context.Context, subject Subject) (Order, error) {
	hits, err := s.store.Match(ctx, indexFor, []string{subject.key()})
	if err != nil {
		return Order{}, fmt.Errorf("payment: order for %s %q: %w", subject.Kind, subject.ID, err)
	}
	if len(hits) == 0 {
		return Order{}, fmt.Errorf("%w: none for %s %.80q", ErrNoOrder, subject.Kind, subject.ID)
	}
	return decodeOrder(hits[0].Record)
}

// Receipt reads a receipt by its number, or ErrNoReceipt.
func (s *Orders) Receipt(ctx context.Context, n Number) (Receipt, error) {
	r, err := s.store.Get(ctx, kindReceipt, n.String())
	if errors.Is(err, store.ErrNotFound) {
		return Receipt{}, fmt.Errorf("%w: %.80q", ErrNoReceipt, n.String())
	}
	if err != nil {
		return Receipt{}, fmt.Errorf("payment: receipt %.80q: %w", n.String(), err)
	}
	return decodeReceipt(r)
}

// ReceiptOf reads the receipt of an order, or ErrNoReceipt when it is not paid.
func (s *Orders) ReceiptOf(ctx context.Context, orderID string) (Receipt, error) {
	hits, err := s.store.Match(ctx, indexReceiptOrder, []string{orderID})
	if err != nil {
		return Receipt{}, fmt.Errorf("payment: receipt of order %.80q: %w", orderID, err)
	}
	if len(hits) == 0 {
		return Receipt{}, fmt.Errorf("%w: order %.80q has none", ErrNoReceipt, orderID)
	}
	return decodeReceipt(hits[0].Record)
}

// Query asks for a page of orders; at least one of Payer, Court and For is set, the first of them counts.
type Query struct {
	// Payer finds the orders of a payer in the order of their making.
	Payer string
	// Court and State find a court's orders in that state in the order of their making; an empty State means all, state by state.
	Court string
	State State
	// For finds all orders for a thing, expired and cancelled ones too.
	For Subject
	// After is the cursor of the page before; empty for the first. Limit is at most 1,000; 0 means 100.
	After string
	Limit int
}

// List reads a page of orders; an empty next ends the list.
func (s *Orders) List(ctx context.Context, q Query) (orders []Order, next string, err error) {
	find := store.Query{After: q.After, Limit: q.Limit}
	switch {
	case q.Payer != "":
		find.Index, find.Prefix = indexPayer, key.Join(q.Payer, "")
	case q.Court != "":
		find.Index, find.Prefix = indexState, key.Join(q.Court, "")
		if q.State != "" {
			find.Prefix = key.Join(q.Court, string(q.State), "")
		}
	case q.For != (Subject{}):
		find.Index, find.Prefix = indexSubject, key.Join(q.For.key(), "")
	default:
		return nil, "", fmt.Errorf("%w: a query for orders names a payer, a court with a state, or what they are for", ErrInvalid)
	}
	page, err := s.store.List(ctx, find)
	if err != nil {
		return nil, "", fmt.Errorf("payment: orders: %w", err)
	}
	for _, r := range page.Records {
		o, err := decodeOrder(r)
		if err != nil {
			return nil, "", err
		}
		orders = append(orders, o)
	}
	return orders, page.Next, nil
}
