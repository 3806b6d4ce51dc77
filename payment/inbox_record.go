package payment

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment/internal/key"
)

// The records and indexes of the inbox, as they stand in the store; an event's id is gateway|gateway's id.
const (
	kindMessage = "payment.message"

	// indexMessageState finds events by state|instant of receipt.
	indexMessageState = "payment.message.state"
	// indexMessageReference finds the events about an attempt by gateway|reference.
	indexMessageReference = "payment.message.reference"
	// indexMessageAltered finds the events that came again as something else by gateway|instant of receipt.
	indexMessageAltered = "payment.message.altered"

	// workMessage is the work of looking at an event; its id is the event's.
	workMessage = "payment.message"
)

// ErrNoEvent says that there is no such event in the inbox.
var ErrNoEvent = errors.New("payment: no such event")

func (e InboxEvent) key() string { return key.Join(e.Gateway, e.ID) }

// messagePut is the record of an event, to be written over the version it carries.
func messagePut(e InboxEvent) (store.Put, error) {
	if err := e.Check(); err != nil {
		return store.Put{}, err
	}
	body, err := json.Marshal(e)
	if err != nil {
		return store.Put{}, fmt.Errorf("payment: event %q: %w", e.ID, err)
	}
	received := key.Time(e.ReceivedAt)
	put := store.Put{Kind: kindMessage, ID: e.key(), Body: body, Expect: e.Version, Index: []store.Entry{
		{Index: indexMessageState, Key: key.Join(string(e.State), received)},
	}}
	if e.Reference != "" {
		put.Index = append(put.Index, store.Entry{Index: indexMessageReference, Key: key.Join(e.Gateway, e.Reference)})
	}
	if e.Altered > 0 {
		put.Index = append(put.Index, store.Entry{Index: indexMessageAltered, Key: key.Join(e.Gateway, received)})
	}
	return put, nil
}

func decodeMessage(rec store.Record) (InboxEvent, error) {
	var e InboxEvent
	if err := json.Unmarshal(rec.Body, &e); err != nil {
		return InboxEvent{}, corrupt(rec, err)
	}
	if err := e.Check(); err != nil {
		return InboxEvent{}, corrupt(rec, err)
	}
	e.Version = rec.Version
	return e, nil
}

// event reads an event by its key, or ErrNoEvent.
func (c *Cashier) event(ctx context.Context, id string) (InboxEvent, error) {
	rec, err := c.Store.Get(ctx, kindMessage, id)
	if errors.Is(err, store.ErrNotFound) {
		return InboxEvent{}, fmt.Errorf("%w: %.80q", ErrNoEvent, id)
	}
	if err != nil {
		return InboxEvent{}, fmt.Errorf("payment: event %.80q: %w", id, err)
	}
	return decodeMessage(rec)
}

// InboxQuery asks for a page of events by one thing; the first of these that is set counts.
type InboxQuery struct {
	// Gateway with Reference finds the events about an attempt, Gateway with Altered those that came again as something else.
	Gateway, Reference string
	Altered            bool
	// State finds those in a state, in the order of receipt.
	State InboxState
	// After is the cursor of the page before; empty for the first. Limit is at most 1,000; 0 means 100.
	After string
	Limit int
}

// Inbox reads a page of what gateways told us; an empty next ends the list.
func (c *Cashier) Inbox(ctx context.Context, q InboxQuery) (events []InboxEvent, next string, err error) {
	find := store.Query{After: q.After, Limit: q.Limit}
	switch {
	case q.Reference != "":
		exactly(&find, indexMessageReference, key.Join(q.Gateway, q.Reference))
	case q.Altered:
		find.Index, find.Prefix = indexMessageAltered, key.Join(q.Gateway, "")
	case q.State != "":
		find.Index, find.Prefix = indexMessageState, key.Join(string(q.State), "")
	default:
		return nil, "", fmt.Errorf("%w: a query for events names a reference, a state, or asks for altered ones", ErrInvalid)
	}
	page, err := c.Store.List(ctx, find)
	if err != nil {
		return nil, "", fmt.Errorf("payment: events: %w", err)
	}
	for _, rec := range page.Records {
		e, err := decodeMessage(rec)
		if err != nil {
			return nil, "", err
		}
		events = append(events, e)
	}
	return events, page.Next, nil
}
