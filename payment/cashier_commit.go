package payment

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"courts.example/eservices/icms/store"
)

// maxTries bounds how often a change is built again because what it rests on changed meanwhile.
const maxTries = 16

// deed names what a change does, for its audit link.
type deed struct {
	Action  string `json:"action"`
	By      string `json:"by,omitempty"`
	Order   string `json:"order,omitempty"`
	Attempt string `json:"attempt,omitempty"`
	Refund  string `json:"refund,omitempty"`
	// Evidence says what it rests on.
	Evidence string `json:"evidence,omitempty"`
	court    string
}

// commit builds a change from what is on record now and applies it; when the records changed meanwhile, it builds anew. A change
// without an id means that there is nothing to do. The build reads only; it may run many times. Ids of changes derive from the version of
// the record that is moved, so two nodes that move it at once commit one change; the other looks again.
func (c *Cashier) commit(ctx context.Context, build func(ctx context.Context) (store.Change, deed, error)) error {
	var err error
	for range maxTries {
		var (
			change store.Change
			d      deed
		)
		if change, d, err = build(ctx); err != nil {
			if errors.Is(err, ErrChanged) {
				continue
			}
			return err
		}
		if change.ID == "" {
			return nil
		}
		var applied store.Applied
		applied, err = c.apply(ctx, change, d)
		switch {
		case err == nil && !applied.Replayed:
			return nil
		case err == nil: // committed before, perhaps by another: see what there is left to do
			err = fmt.Errorf("%w: change %q", ErrChanged, change.ID)
		case !stale(err):
			return err
		}
	}
	return err
}

// apply commits a change with its audit link, so that no record is outside every chain, and explains what was refused.
func (c *Cashier) apply(ctx context.Context, change store.Change, d deed) (store.Applied, error) {
	if c.Chain != nil {
		change.Chain, change.Note = c.Chain(d.court, change.At), note(d)
	}
	applied, err := c.Store.Apply(ctx, change)
	if err != nil {
		return store.Applied{}, c.Orders.Explain(ctx, change, err)
	}
	return applied, nil
}

// follow adds to a change of an order what the host wants to be written with it.
func (c *Cashier) follow(ctx context.Context, change store.Change, o Order, r Receipt) (store.Change, error) {
	if c.Follow == nil {
		return change, nil
	}
	with, err := c.Follow(ctx, o, r)
	if err != nil {
		return store.Change{}, fmt.Errorf("payment: what follows order %q as %s: %w", o.ID, o.State, err)
	}
	change.Merge(with)
	return change, nil
}

// stale reports whether a change was refused because a record, key or sum it rests on is another by now.
func stale(err error) bool {
	var (
		version *store.VersionError
		taken   *store.TakenError
		short   *store.ShortError
	)
	return errors.Is(err, ErrChanged) || errors.As(err, &version) || errors.As(err, &taken) ||
		errors.As(err, &short) && strings.HasPrefix(short.Name, sumPrefix)
}

// note is what the audit link of a deed says.
func note(d deed) []byte {
	b, err := json.Marshal(d)
	if err != nil { // strings always marshal
		return nil
	}
	return b
}
