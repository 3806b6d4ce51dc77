package payment

import (
	"context"
	"errors"
	"fmt"
)

// Record puts money on record that became known by another way than its gateway's answers: a line of a settlement, a person who looked it
// up. Reference is the attempt that it is for, as far as anybody says; of none that is known here, the money is nobody's yet. It pays the
// attempt's order when it is that order's amount and the order is waiting for it. Recording the same payment again changes nothing and
// gives what is on record. Errors: ErrInvalid; those of the store.
func (c *Cashier) Record(ctx context.Context, gateway, reference string, p GatewayPayment, from Source) (Taken, error) {
	if _, err := c.gateway(gateway); err != nil {
		return Taken{}, err
	}
	switch {
	case p.ID == "" || p.Amount.Sign() <= 0 || p.Authorised:
		return Taken{}, fmt.Errorf("%w: a payment on record has an id and was taken; this is %q of %s", ErrInvalid, gatewayID(p.ID), p.Amount)
	case from != FromSettlement && from != FromOperator && from != FromNotification:
		return Taken{}, fmt.Errorf("%w: money is recorded from a settlement, an operator or a notification, not from %.20q", ErrInvalid, from)
	}
	a, err := c.Attempt(ctx, reference)
	switch {
	case errors.Is(err, ErrNoAttempt) || err == nil && a.Gateway != gateway:
		reference = ""
	case err != nil:
		return Taken{}, err
	}
	p = cleanPayment(p)
	t, _, err := c.take(ctx, gateway, reference, p, learnt{QueryReply: QueryReply{Found: true}, from: from})
	if err != nil {
		return t, fmt.Errorf("payment: recording payment %q at %s: %w", p.ID, gateway, err)
	}
	return t, nil
}
