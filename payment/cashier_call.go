package payment

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"courts.example/eservices/payment/internal/key"
)

// maxCode is the longest code of a gateway that is kept.
const maxCode = 100

// call makes one call to a gateway within a bound of time. A gateway that panics has answered nothing. An error is a *GatewayError without card
// numbers.
func call[T any](ctx context.Context, within time.Duration, do func(context.Context) (T, error)) (reply T, err error) {
	ctx, cancel := context.WithTimeout(ctx, within)
	defer cancel()
	defer func() {
		if p := recover(); p != nil {
			var none T
			reply, err = none, &GatewayError{Class: Unknown, Sent: true, Detail: fmt.Sprintf("the gateway's adapter panicked: %T", p)}
		}
	}()
	if reply, err = do(ctx); err != nil {
		return reply, cleanError(err)
	}
	return reply, nil
}

// cleanError is the error of a gateway as it may be logged and returned: what could be a card number is removed, and the cause beneath, which
// may say anything, is kept as text.
func cleanError(err error) *GatewayError {
	var g *GatewayError
	if !errors.As(err, &g) {
		return &GatewayError{Class: Unknown, Sent: true, Detail: Scrub(err.Error())}
	}
	clean := *g
	clean.Class, clean.Code, clean.Detail, clean.Cause = ClassOf(err), Scrub(g.Code), Scrub(g.Detail), nil
	if !slices.Contains(declines(), clean.Decline) {
		clean.Decline = ""
	}
	if g.Cause != nil {
		clean.Detail += Scrub(" (" + g.Cause.Error() + ")")
	}
	return &clean
}

// retryAfter is how long a gateway asks to be left alone, 0 when it doesn't say.
func retryAfter(err error) time.Duration {
	var g *GatewayError
	if errors.As(err, &g) {
		return min(max(g.RetryAfter, 0), 24*time.Hour)
	}
	return 0
}

// declineOf gives why a gateway refused by an error of call, with its code when that may be kept.
func declineOf(err error) (Decline, string) {
	var g *GatewayError
	if !errors.As(err, &g) {
		return "", ""
	}
	if key.CheckText("the gateway's code", g.Code, maxCode) != nil {
		return g.Decline, ""
	}
	return g.Decline, g.Code
}
