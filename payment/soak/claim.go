package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment"
)

// kindClaim is the kind of the records of claims; a claim has the id of the order that pays it.
const kindClaim = "soak.claim"

// claim is what an order pays for, as a court would keep it beside: it is written in the same change as every step of the order.
type claim struct {
	State   payment.State  `json:"state"`
	Receipt payment.Number `json:"receipt,omitzero"`
}

// claimOf reads the claim of an order; of none it is the zero claim at version 0.
func (s *system) claimOf(ctx context.Context, order string) (c claim, version int64, err error) {
	r, err := s.store.Get(ctx, kindClaim, order)
	if errors.Is(err, store.ErrNotFound) {
		return c, 0, nil
	}
	if err == nil {
		err = json.Unmarshal(r.Body, &c)
	}
	return c, r.Version, err
}

// follow is payment.CashierOptions.Follow: the claim as it is with the next step of its order.
func (s *system) follow(ctx context.Context, o payment.Order, r payment.Receipt) (store.Change, error) {
	_, version, err := s.claimOf(ctx, o.ID)
	if err != nil {
		return store.Change{}, err
	}
	body, err := json.Marshal(claim{State: o.State, Receipt: r.Number})
	return store.Change{Puts: []store.Put{{Kind: kindClaim, ID: o.ID, Body: body, Expect: version}}}, err
}

// claim looks whether an order and its claim say the same.
func (a *audit) claim(o payment.Order) error {
	c, _, err := a.claimOf(a.ctx, o.ID)
	if err != nil {
		return err
	}
	if c.State != o.State || c.Receipt != o.Receipt {
		a.complain("order %s is %s with the receipt %s, and its claim %s with %s", o.ID, o.State, o.Receipt, c.State, c.Receipt)
	}
	return nil
}

// opening is the change that opens an order with its claim.
func (s *system) opening(ctx context.Context, o payment.Order) (store.Change, error) {
	step, err := s.orders.Open(o)
	if err != nil {
		return store.Change{}, err
	}
	with, err := s.follow(ctx, step.Order, payment.Receipt{})
	if err != nil {
		return store.Change{}, fmt.Errorf("the claim of order %s: %w", o.ID, err)
	}
	step.Change.Merge(with)
	return step.Change, nil
}
