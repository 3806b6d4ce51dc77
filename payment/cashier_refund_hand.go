package payment

import (
	"context"
	"fmt"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment/internal/key"
)

// SettleRefund says by hand what came of a refund, by evidence that a person has seen: of one that was given back at the counter, or that
// the gateway gave no answer about. The outcome is OperationSucceeded or OperationFailed. By says it, confirmedBy is the other person, who has
// seen the evidence too, unless Terms.Alone lets one person decide; then it may be empty.
//
// A refund that succeeded can still be said to have failed: its bank sent it back. One that failed stays failed; propose another.
// Errors: ErrInvalid, ErrNoRefund, ErrFourEyes, ErrTransition.
func (c *Cashier) SettleRefund(ctx context.Context, id string, outcome OperationState, evidence, by, confirmedBy string) (Refund, error) {
	err := key.CheckID("who settles", by, MaxID)
	if err == nil {
		err = key.CheckText("who confirms", confirmedBy, MaxID)
	}
	if err == nil {
		err = key.CheckText("the evidence", evidence, maxText)
	}
	if err != nil {
		return Refund{}, invalid(err)
	}
	if evidence == "" || outcome != OperationSucceeded && outcome != OperationFailed {
		return Refund{}, fmt.Errorf("%w: a refund is settled as %s or %s, by evidence", ErrInvalid, OperationSucceeded, OperationFailed)
	}
	err = c.commit(ctx, func(ctx context.Context) (store.Change, deed, error) {
		r, err := c.Refund(ctx, id)
		if err != nil {
			return store.Change{}, deed{}, err
		}
		if confirmedBy == "" || samePerson(by, confirmedBy) {
			f, err := c.fundsOf(ctx, r)
			if err != nil {
				return store.Change{}, deed{}, err
			}
			given, err := c.given(ctx, f)
			if err != nil {
				return store.Change{}, deed{}, err
			}
			if err := c.fourEyes(by, by, r.Court, given); err != nil {
				return store.Change{}, deed{}, fmt.Errorf("refund %s: %w", r.ID, err)
			}
		}
		if _, moves := r.State.Next(outcome); !moves || r.Account != "" {
			return store.Change{}, deed{}, fmt.Errorf("%w: refund %s is %s; it can't be settled as %s", ErrTransition, r.ID, r.Stage(), outcome)
		}
		return c.movingRefund(ctx, r, refundReport{
			State: outcome, From: FromOperator, Evidence: Scrub(evidence), By: by, ConfirmedBy: confirmedBy,
		})
	})
	if err != nil {
		return Refund{}, err
	}
	if err := c.number(ctx, id); err != nil {
		return Refund{}, err
	}
	return c.Refund(ctx, id)
}
