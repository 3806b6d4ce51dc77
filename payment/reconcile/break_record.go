package reconcile

import (
	"context"
	"errors"
	"fmt"
	"time"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/internal/key"
)

// The records of breaks, as they stand in the store.
const (
	kindBreak = "reconcile.break"

	// indexBreakState finds breaks by gateway|state|instant of opening, indexBreakOwner those that are not over by owner|instant.
	indexBreakState = "reconcile.break.state"
	indexBreakOwner = "reconcile.break.owner"
	// indexBreakItem finds breaks by gateway|kind|item, and by gateway|payout|batch.
	indexBreakItem = "reconcile.break.item"
)

func (b Break) put() (store.Put, error) {
	opened := key.Time(b.OpenedAt)
	index := []store.Entry{
		{Index: indexBreakState, Key: key.Join(b.Gateway, string(b.State), opened)},
		{Index: indexBreakItem, Key: itemKey(b.Gateway, b.Kind, b.Item)},
	}
	for _, batch := range b.Batches {
		index = append(index, store.Entry{Index: indexBreakItem, Key: itemKey(b.Gateway, payment.SettledPayout, batch)})
	}
	if !b.State.Over() {
		index = append(index, store.Entry{Index: indexBreakOwner, Key: key.Join(b.Owner, opened)})
	}
	return record(kindBreak, b.ID, b.Version, b, index...)
}

func decodeBreak(r store.Record) (Break, error) {
	var b Break
	err := decode(r, &b)
	b.Version = r.Version
	return b, err
}

// opened completes a break that was found. When it was found before, that one comes back, and fresh is false.
func (r *Reconciler) opened(ctx context.Context, b Break, at time.Time) (_ Break, fresh bool, err error) {
	before, err := r.Break(ctx, b.ID)
	if !errors.Is(err, ErrNoBreak) {
		return before, false, err
	}
	b.OpenedAt, b.State = at, BreakOpen
	if r.Owner != nil {
		b.Owner = r.Owner(b)
	}
	if err := key.CheckText("the owner", b.Owner, payment.MaxID); err != nil {
		return b, false, fmt.Errorf("%w: break %s: %w", ErrInvalid, b.ID, err)
	}
	return b, true, nil
}

// Break reads a break, or ErrNoBreak.
func (r *Reconciler) Break(ctx context.Context, id string) (Break, error) {
	rec, err := r.Store.Get(ctx, kindBreak, id)
	if errors.Is(err, store.ErrNotFound) {
		return Break{}, fmt.Errorf("%w: %.40q", ErrNoBreak, id)
	}
	if err != nil {
		return Break{}, fmt.Errorf("reconcile: break %.40q: %w", id, err)
	}
	return decodeBreak(rec)
}

// BreaksQuery asks for a page of breaks; the first of Owner and Gateway that is set counts.
type BreaksQuery struct {
	// Owner finds the breaks of an owner that are not over, the oldest first.
	Owner string
	// Gateway and State find those of a gateway in a state, the oldest first; an empty State means all, state by state.
	Gateway string
	State   BreakState
	// After is the cursor of the page before; empty for the first. Limit is at most 1,000; 0 means 100.
	After string
	Limit int
}

// Breaks reads a page of breaks; an empty next ends the list.
func (r *Reconciler) Breaks(ctx context.Context, q BreaksQuery) (breaks []Break, next string, err error) {
	find := store.Query{Index: indexBreakState, After: q.After, Limit: q.Limit}
	switch {
	case q.Owner != "":
		find.Index, find.Prefix = indexBreakOwner, key.Join(q.Owner, "")
	case q.Gateway != "" && q.State != "":
		find.Prefix = key.Join(q.Gateway, string(q.State), "")
	case q.Gateway != "":
		find.Prefix = key.Join(q.Gateway, "")
	default:
		return nil, "", fmt.Errorf("%w: a query for breaks names an owner or a gateway", ErrInvalid)
	}
	page, err := r.Store.List(ctx, find)
	if err != nil {
		return nil, "", fmt.Errorf("reconcile: breaks: %w", err)
	}
	for _, rec := range page.Records {
		b, err := decodeBreak(rec)
		if err != nil {
			return nil, "", err
		}
		breaks = append(breaks, b)
	}
	return breaks, page.Next, nil
}
