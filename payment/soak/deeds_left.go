package main

import (
	"context"
	"strings"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/reconcile"
)

// pageSize is how many records are read at a time.
const pageSize = 500

// each reads all pages of a list.
func each[T any](list func(after string) ([]T, string, error), do func(T) error) error {
	for after := ""; ; {
		some, next, err := list(after)
		if err != nil {
			return err
		}
		for _, v := range some {
			if err := do(v); err != nil {
				return err
			}
		}
		if after = next; next == "" {
			return nil
		}
	}
}

// imports imports a settlement file.
func (c *court) imports(ctx context.Context, a ask) error {
	_, err := c.reconciler.ImportCSV(ctx, reconcile.Import{Gateway: gateway, Name: a.Date + ".csv", By: clerk}, strings.NewReader(a.File))
	return err
}

// excess lists the money that is nobody's, with what is left of it.
func (c *court) excess(ctx context.Context) (left []payment.Taken, err error) {
	err = each(func(after string) ([]payment.Taken, string, error) {
		return c.cashier.Unallocated(ctx, after, pageSize)
	}, func(t payment.Taken) error {
		if t.Amount, err = c.leftOf(ctx, t); err == nil && t.Amount.Sign() > 0 {
			left = append(left, t)
		}
		return err
	})
	return left, err
}

// leftOf is what of a payment is neither given back, about to be, nor contested with success.
func (s *system) leftOf(ctx context.Context, t payment.Taken) (money.Amount, error) {
	left := t.Amount
	refunds, _, err := s.cashier.Refunds(ctx, payment.RefundQuery{Gateway: t.Gateway, Payment: t.ID, Limit: pageSize})
	if err != nil {
		return left, err
	}
	for _, r := range refunds {
		if r.Counts() {
			if left, err = left.Sub(r.Amount); err != nil {
				return left, err
			}
		}
	}
	disputes, _, err := s.cashier.Disputes(ctx, payment.DisputeQuery{Gateway: t.Gateway, Payment: t.ID, Limit: pageSize})
	if err != nil {
		return left, err
	}
	for _, d := range disputes {
		if d.State == payment.DisputeLost {
			if left, err = left.Sub(d.Amount); err != nil {
				return left, err
			}
		}
	}
	return left, nil
}

// left counts what is not at its end: attempts that may still take money, refunds and disputes under way, messages that wait.
func (s *system) left(ctx context.Context) (n int, err error) {
	for _, state := range payment.AttemptStates() {
		if !state.Active() {
			continue
		}
		some, _, err := s.cashier.InState(ctx, state, "", pageSize)
		if n += len(some); err != nil {
			return n, err
		}
	}
	for _, stage := range []string{
		payment.StageProposed, string(payment.OperationUnknown), string(payment.OperationPending), string(payment.OperationReview),
	} {
		some, _, err := s.cashier.Refunds(ctx, payment.RefundQuery{Stage: stage, Limit: pageSize})
		if n += len(some); err != nil {
			return n, err
		}
	}
	disputes, _, err := s.cashier.Disputes(ctx, payment.DisputeQuery{State: payment.DisputeOpen, Limit: pageSize})
	if n += len(disputes); err != nil {
		return n, err
	}
	messages, _, err := s.cashier.Inbox(ctx, payment.InboxQuery{State: payment.InboxWaiting, Limit: pageSize})
	return n + len(messages), err
}
