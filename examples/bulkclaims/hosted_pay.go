package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"courts.example/eservices/icms"
	"courts.example/eservices/payment"
)

// How often the payment is looked at: what came by message at each beat, what the company says at each of so many beats.
const (
	beat  = 100 * time.Millisecond
	beats = 20
)

// payHosted sends the clerk to the company's page and waits until the batch's order is paid, or its payment ended otherwise.
func (j *job) payHosted(ctx context.Context, waiting icms.Result) error {
	cashier := j.AccountsOffice().Cashier()
	a, err := j.attempt(ctx, cashier, waiting)
	if err != nil {
		return err
	}
	j.say.line("Payment", "reference %s: pay %s on the page of an invented company", a.ID, show(a.Amount))
	if a.Next.URL != "" {
		j.say.line("Open", "%s", a.Next.URL)
	}
	j.say.line("", "waiting until it is paid; Ctrl-C stops, the same command goes on")
	ticker := time.NewTicker(beat)
	defer ticker.Stop()
	for n := 1; a.State.Active(); n++ {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-ticker.C:
		}
		if _, err := cashier.Work(ctx); err != nil {
			return err
		}
		if n%beats == 0 {
			a, err = cashier.Check(ctx, a.ID)
		} else {
			a, err = cashier.Attempt(ctx, a.ID)
		}
		if err != nil {
			return err
		}
	}
	order, err := j.AccountsOffice().Orders().Get(ctx, a.Order) // money of an earlier attempt may have come late
	if err != nil {
		return err
	}
	if order.State != payment.Paid {
		if a.State == payment.AttemptSucceeded {
			return fmt.Errorf("batch %s is accepted but not paid: money came by the payment %s that is not the fee (%v): the accounts office looks into it",
				waiting.Reference, a.ID, a.Flags)
		}
		return fmt.Errorf("batch %s is accepted but not paid: the payment %s %s; nothing was taken: run the same command again to pay another way",
			waiting.Reference, a.ID, ended(a))
	}
	return nil
}

// attempt finds the attempt that an earlier run began, or begins one.
func (j *job) attempt(ctx context.Context, cashier *payment.Cashier, waiting icms.Result) (payment.Attempt, error) {
	order, err := j.AccountsOffice().Orders().For(ctx, payment.Subject{Kind: "batch", ID: waiting.ID})
	if err != nil {
		return payment.Attempt{}, err
	}
	a, err := cashier.ActiveOf(ctx, order.ID)
	if err == nil {
		if a, err = cashier.Check(ctx, a.ID); err == nil && a.State.Active() {
			return a, nil
		}
	}
	if err != nil && !errors.Is(err, payment.ErrNoAttempt) || a.State == payment.AttemptSucceeded {
		return a, err
	}
	return j.AccountsOffice().Start(ctx, payment.StartRequest{
		Order: order.ID, Gateway: "simpay", Means: card, Locale: "en", By: j.batch.By.User, Registered: true,
		Session: j.o.session,
	})
}

// ended says how a payment came to nothing.
func ended(a payment.Attempt) string {
	switch a.State {
	case payment.AttemptCancelled:
		return "was cancelled"
	case payment.AttemptExpired:
		return "was not made in time"
	}
	if a.Decline != "" {
		return fmt.Sprintf("was declined (%s)", a.Decline)
	}
	return "failed"
}
