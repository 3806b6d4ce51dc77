package payment

import (
	"context"
	"crypto/hmac"
	"fmt"
	"strings"
)

// AttemptOf gives the attempt whose token it is, or ErrNoAttempt. A token proves that the browser was sent to pay, and nothing else.
func (c *Cashier) AttemptOf(token string) (string, error) {
	attempt, _, _ := strings.Cut(token, ".")
	if checkReferenceID(attempt) != nil || !hmac.Equal([]byte(token), []byte(c.Token(attempt))) {
		return "", fmt.Errorf("%w: the address of return is not ours", ErrNoAttempt)
	}
	return attempt, nil
}

// Return takes the request with which a payer's browser comes back from a gateway. What it says is a hint: the attempt that it names is checked.
// Errors: those of Check; ErrNoAttempt when it names none of this gateway; ErrInvalid when the gateway reads no such requests.
func (c *Cashier) Return(ctx context.Context, gateway string, m Message) (Attempt, error) {
	g, err := c.gateway(gateway)
	if err != nil {
		return Attempt{}, err
	}
	returner, ok := g.(Returner)
	if !ok {
		return Attempt{}, fmt.Errorf("%w: gateway %s reads no returning browsers; use the token of the address", ErrInvalid, gateway)
	}
	reply, err := call(ctx, c.Terms.Ask, func(ctx context.Context) (ReturnReply, error) { return returner.Return(ctx, m) })
	if err != nil {
		return Attempt{}, fmt.Errorf("payment: a browser returned from %s: %w", gateway, err)
	}
	a, err := c.Attempt(ctx, reply.Reference)
	if err != nil {
		return Attempt{}, err
	}
	if a.Gateway != gateway {
		return Attempt{}, fmt.Errorf("%w: %s is not of gateway %s", ErrNoAttempt, a.ID, gateway)
	}
	return c.Check(ctx, a.ID)
}
