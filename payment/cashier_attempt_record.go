package payment

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment/internal/key"
)

// The records of attempts, as they stand in the store.
const (
	kindAttempt = "payment.attempt"

	// indexAttemptActive keeps an order from having two active attempts: unique order id while the attempt is active.
	indexAttemptActive = "payment.attempt.active"
	// indexAttemptOrder finds the attempts of an order by order|nth.
	indexAttemptOrder = "payment.attempt.order"
	// indexAttemptState finds attempts by state|instant of start.
	indexAttemptState = "payment.attempt.state"
	// indexAttemptFlag finds attempts by flag|instant of start.
	indexAttemptFlag = "payment.attempt.flag"

	// workAttempt is the work of looking after an attempt; its id is the attempt's.
	workAttempt = "payment.attempt"
	// workHeld is the work of having an order paid by what is held for it; its id is the order's.
	workHeld = "payment.held"
)

// ErrNoAttempt says that there is no such attempt.
var ErrNoAttempt = errors.New("payment: no such attempt")

// attemptPut is the record of an attempt, over the version that it was read at.
func attemptPut(a Attempt) (store.Put, error) {
	if err := a.Check(); err != nil {
		return store.Put{}, err
	}
	body, err := json.Marshal(a)
	if err != nil {
		return store.Put{}, fmt.Errorf("payment: attempt %s: %w", a.ID, err)
	}
	started := key.Time(a.StartedAt)
	put := store.Put{Kind: kindAttempt, ID: a.ID, Body: body, Expect: a.Version, Index: []store.Entry{
		{Index: indexAttemptOrder, Key: key.Join(a.Order, fmt.Sprintf("%03d", a.Nth))},
		{Index: indexAttemptState, Key: key.Join(string(a.State), started)},
	}}
	for _, f := range a.Flags {
		put.Index = append(put.Index, store.Entry{Index: indexAttemptFlag, Key: key.Join(string(f), started)})
	}
	if a.State.Active() {
		put.Unique = []store.Entry{{Index: indexAttemptActive, Key: a.Order}}
	}
	return put, nil
}

func decodeAttempt(r store.Record) (Attempt, error) {
	var a Attempt
	if err := json.Unmarshal(r.Body, &a); err != nil {
		return Attempt{}, corrupt(r, err)
	}
	if err := a.Check(); err != nil {
		return Attempt{}, corrupt(r, err)
	}
	a.Version = r.Version
	return a, nil
}

// Attempt reads an attempt as it stands here, without asking its gateway, or ErrNoAttempt.
func (c *Cashier) Attempt(ctx context.Context, id string) (Attempt, error) {
	if err := checkReferenceID(id); err != nil {
		return Attempt{}, fmt.Errorf("%w: %.40q", ErrNoAttempt, id)
	}
	r, err := c.Store.Get(ctx, kindAttempt, id)
	if errors.Is(err, store.ErrNotFound) {
		return Attempt{}, fmt.Errorf("%w: %.40q", ErrNoAttempt, id)
	}
	if err != nil {
		return Attempt{}, fmt.Errorf("payment: attempt %.40q: %w", id, err)
	}
	return decodeAttempt(r)
}

// Attempts reads all attempts of an order, the first first.
func (c *Cashier) Attempts(ctx context.Context, order string) ([]Attempt, error) {
	var all []Attempt
	for after := ""; ; {
		some, next, err := c.attempts(ctx, store.Query{Index: indexAttemptOrder, Prefix: key.Join(order, ""), After: after, Limit: store.MaxPage})
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
		if after = next; next == "" {
			return all, nil
		}
	}
}

// ActiveOf reads the one attempt that may still take the money of an order, or ErrNoAttempt.
func (c *Cashier) ActiveOf(ctx context.Context, order string) (Attempt, error) {
	hits, err := c.Store.Match(ctx, indexAttemptActive, []string{order})
	if err != nil {
		return Attempt{}, fmt.Errorf("payment: attempts of order %.80q: %w", order, err)
	}
	if len(hits) == 0 {
		return Attempt{}, fmt.Errorf("%w: none of order %.80q is active", ErrNoAttempt, order)
	}
	return decodeAttempt(hits[0].Record)
}

// Flagged reads a page of the attempts that carry a flag, the oldest first. Limit is at most 1,000, 0 means 100; after and next are as in
// [store.Query].
func (c *Cashier) Flagged(ctx context.Context, f Flag, after string, limit int) (attempts []Attempt, next string, err error) {
	return c.attempts(ctx, store.Query{Index: indexAttemptFlag, Prefix: key.Join(string(f), ""), After: after, Limit: limit})
}

// InState reads a page of the attempts in a state, the oldest first; see Flagged.
func (c *Cashier) InState(ctx context.Context, s AttemptState, after string, limit int) (attempts []Attempt, next string, err error) {
	return c.attempts(ctx, store.Query{Index: indexAttemptState, Prefix: key.Join(string(s), ""), After: after, Limit: limit})
}

func (c *Cashier) attempts(ctx context.Context, q store.Query) (attempts []Attempt, next string, err error) {
	page, err := c.Store.List(ctx, q)
	if err != nil {
		return nil, "", fmt.Errorf("payment: attempts: %w", err)
	}
	for _, r := range page.Records {
		a, err := decodeAttempt(r)
		if err != nil {
			return nil, "", err
		}
		attempts = append(attempts, a)
	}
	return attempts, page.Next, nil
}

// lastNth is the number of the latest attempt of an order, 0 when it has none, which is quickly seen by there being no first one.
func (c *Cashier) lastNth(ctx context.Context, order string) (int, error) {
	if _, err := c.Attempt(ctx, c.reference("A", order, 1)); errors.Is(err, ErrNoAttempt) {
		return 0, nil
	}
	some, _, err := c.attempts(ctx, store.Query{Index: indexAttemptOrder, Prefix: key.Join(order, ""), Descending: true, Limit: 1})
	if err != nil || len(some) == 0 {
		return 0, err
	}
	return some[0].Nth, nil
}
