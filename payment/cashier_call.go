package payment

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"
)

// call makes one call to a gateway within a bound of time. A gateway that panics has answered nothing.
func call[T any](ctx context.Context, within time.Duration, do func(context.Context) (T, error)) (reply T, err error) {
	ctx, cancel := context.WithTimeout(ctx, within)
	defer cancel()
	defer func() {
		if p := recover(); p != nil {
			var none T
			reply, err = none, &GatewayError{Class: Unknown, Sent: true, Detail: fmt.Sprintf("the gateway's adapter panicked: %T", p)}
		}
	}()
	return do(ctx)
}

// retryAfter is how long a gateway asks to be left alone, 0 when it doesn't say.
func retryAfter(err error) time.Duration {
	var g *GatewayError
	if errors.As(err, &g) {
		return min(max(g.RetryAfter, 0), 24*time.Hour)
	}
	return 0
}

// declineOf gives why a gateway refused, with its code as it may be kept.
func declineOf(err error) (Decline, string) {
	var g *GatewayError
	if !errors.As(err, &g) {
		return "", ""
	}
	if !slices.Contains(declines(), g.Decline) {
		return "", Scrub(g.Code)
	}
	return g.Decline, Scrub(g.Code)
}
