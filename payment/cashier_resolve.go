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

// Resolution is what persons say about an attempt that its gateway doesn't explain: one proposes it by evidence, another confirms it.
type Resolution struct {
	// ID names the resolution; see MaxReference. Attempt is the attempt, Order and Court are its.
	ID      string `json:"id"`
	Attempt string `json:"attempt"`
	Order   string `json:"order"`
	Court   string `json:"court"`
	// Outcome is AttemptSucceeded, with the payment that was seen at the gateway, or AttemptFailed: no money was taken.
	Outcome AttemptState   `json:"outcome"`
	Payment GatewayPayment `json:"payment,omitzero"`
	// Evidence says what the persons have seen.
	Evidence   string    `json:"evidence"`
	ProposedBy string    `json:"proposedBy"`
	ProposedAt time.Time `json:"proposedAt"`
	// DecidedBy confirmed it, or declined it when Declined is set.
	DecidedBy string    `json:"decidedBy,omitempty"`
	DecidedAt time.Time `json:"decidedAt,omitzero"`
	Declined  bool      `json:"declined,omitempty"`
	// Version is the version in the store; 0 when it was never stored.
	Version int64 `json:"-"`
}

// ErrNoResolution says that there is no such resolution.
var ErrNoResolution = errors.New("payment: no such resolution")

// The records of resolutions, as they stand in the store.
const (
	kindResolution = "payment.resolution"
	// indexResolutionOpen keeps an attempt from having two undecided resolutions: unique attempt.
	indexResolutionOpen = "payment.resolution.open"
	// indexResolution finds the resolutions of an attempt by attempt|instant of proposal.
	indexResolution = "payment.resolution.attempt"
)

// Check reports whether the resolution holds together; its error wraps ErrInvalid.
func (r Resolution) Check() error {
	err := checkReferenceID(r.Attempt)
	for _, c := range []func() error{
		func() error { return key.CheckText("the evidence", r.Evidence, maxText) },
		func() error { return key.CheckID("who proposed it", r.ProposedBy, MaxID) },
		func() error { return key.CheckText("who decided", r.DecidedBy, MaxID) },
		func() error { return key.CheckTime("the instant of the proposal", r.ProposedAt) },
	} {
		if err == nil {
			err = c()
		}
	}
	paid := r.Outcome == AttemptSucceeded
	switch {
	case err != nil:
		return fmt.Errorf("resolution %.40q: %w", r.ID, invalid(err))
	case !paid && r.Outcome != AttemptFailed:
		return fmt.Errorf("%w: an attempt is resolved as %s or %s, not as %.20q", ErrInvalid, AttemptSucceeded, AttemptFailed, r.Outcome)
	case r.Evidence == "":
		return fmt.Errorf("%w: resolution %q has no evidence", ErrInvalid, r.ID)
	case paid != (r.Payment.ID != "") || paid && (r.Payment.Amount.Sign() <= 0 || r.Payment.Authorised):
		return fmt.Errorf("%w: resolution %q as %s with the payment %q of %s; a payment that was taken belongs to a success, and to nothing else",
			ErrInvalid, r.ID, r.Outcome, r.Payment.ID, r.Payment.Amount)
	}
	return nil
}

func resolutionPut(r Resolution) (store.Put, error) {
	if err := r.Check(); err != nil {
		return store.Put{}, err
	}
	body, err := json.Marshal(r)
	if err != nil {
		return store.Put{}, fmt.Errorf("payment: resolution %s: %w", r.ID, err)
	}
	put := store.Put{Kind: kindResolution, ID: r.ID, Body: body, Expect: r.Version, Index: []store.Entry{
		{Index: indexResolution, Key: key.Join(r.Attempt, key.Time(r.ProposedAt))},
	}}
	if r.DecidedBy == "" {
		put.Unique = []store.Entry{{Index: indexResolutionOpen, Key: r.Attempt}}
	}
	return put, nil
}

func decodeResolution(rec store.Record) (Resolution, error) {
	var r Resolution
	if err := json.Unmarshal(rec.Body, &r); err != nil {
		return Resolution{}, corrupt(rec, err)
	}
	if err := r.Check(); err != nil {
		return Resolution{}, corrupt(rec, err)
	}
	r.Version = rec.Version
	return r, nil
}

// Resolution reads a resolution, or ErrNoResolution.
func (c *Cashier) Resolution(ctx context.Context, id string) (Resolution, error) {
	rec, err := c.Store.Get(ctx, kindResolution, id)
	if errors.Is(err, store.ErrNotFound) {
		return Resolution{}, fmt.Errorf("%w: %.40q", ErrNoResolution, id)
	}
	if err != nil {
		return Resolution{}, fmt.Errorf("payment: resolution %.40q: %w", id, err)
	}
	return decodeResolution(rec)
}

// Resolutions reads the latest hundred resolutions of an attempt, the first of them first.
func (c *Cashier) Resolutions(ctx context.Context, attempt string) ([]Resolution, error) {
	page, err := c.Store.List(ctx, store.Query{Index: indexResolution, Prefix: key.Join(attempt, ""), Descending: true})
	if err != nil {
		return nil, fmt.Errorf("payment: resolutions of %.40q: %w", attempt, err)
	}
	all := make([]Resolution, len(page.Records))
	for i, rec := range page.Records {
		if all[len(all)-1-i], err = decodeResolution(rec); err != nil {
			return nil, err
		}
	}
	return all, nil
}
