package payment

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment/ledger"
)

// OrderedError is an ErrOrdered with the order that is there.
type OrderedError struct {
	// Subject is what both are for, OrderID the order that has it.
	Subject Subject
	OrderID string
}

// Error names the thing and its order.
func (e *OrderedError) Error() string {
	return fmt.Sprintf("%v: %s %q has order %q", ErrOrdered, e.Subject.Kind, e.Subject.ID, e.OrderID)
}

// Unwrap gives ErrOrdered.
func (e *OrderedError) Unwrap() error { return ErrOrdered }

// Apply commits a change that holds steps of orders, alone or among other things, and explains its error as Explain does.
func (s *Orders) Apply(ctx context.Context, c store.Change) (store.Applied, error) {
	applied, err := s.store.Apply(ctx, c)
	if err != nil {
		return store.Applied{}, s.Explain(ctx, c, err)
	}
	return applied, nil
}

// Explain turns the storage's error for a change that holds steps of orders into the error it means: ErrOrdered, ErrChanged, the
// ledger's (ledger.ErrInsufficient and the others of [ledger.Ledger.Explain]). An error that has nothing to do with payment comes back as
// it is.
func (s *Orders) Explain(ctx context.Context, c store.Change, err error) error {
	var (
		version *store.VersionError
		taken   *store.TakenError
	)
	switch {
	case errors.As(err, &taken) && taken.Index == indexFor:
		kind, id, _ := strings.Cut(taken.Key, "|")
		return &OrderedError{Subject: Subject{Kind: kind, ID: id}, OrderID: taken.ID}
	case errors.As(err, &taken) && taken.Index == indexReceiptOrder:
		return fmt.Errorf("%w: order %q has the receipt %s: %w", ErrChanged, taken.Key, taken.ID, err)
	case errors.As(err, &version) && version.Kind == kindOrder:
		return fmt.Errorf("%w: %w", ErrChanged, err)
	case errors.As(err, &version) && version.Kind == kindReceipt:
		return fmt.Errorf("%w: receipt number %s is used: %w", ErrInvalid, version.ID, err)
	}
	return overtaken(s.ledger.Explain(ctx, c, err))
}

// overtaken adds ErrChanged to what the ledger says when the money of an order has been moved already. The ids of an order's hold and
// entries derive from the order as it was read, so they are only found used when the order has gone on since.
func overtaken(err error) error {
	for _, sign := range []error{ledger.ErrDone, ledger.ErrHold, ledger.ErrConflict, ledger.ErrChanged} {
		if errors.Is(err, sign) {
			return fmt.Errorf("%w: %w", ErrChanged, err)
		}
	}
	return err
}
