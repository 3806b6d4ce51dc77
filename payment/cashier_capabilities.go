package payment

import (
	"fmt"
	"slices"

	"courts.example/eservices/payment/internal/key"
)

// checkCapabilities reports whether a gateway declares what the Cashier can work with, and has what it declares. The error wraps
// ErrInvalid.
func checkCapabilities(g Gateway, caps Capabilities) error {
	if err := key.CheckName("the id of a gateway", caps.ID); err != nil {
		return invalid(err)
	}
	if Means(caps.ID) == Counter {
		return fmt.Errorf("%w: a gateway can't have the id %q, under which the counter's money is booked", ErrInvalid, caps.ID)
	}
	for _, rule := range []struct {
		broken bool
		says   string
	}{
		{len(caps.Means) == 0 || len(caps.Flows) == 0 || len(caps.Currencies) == 0, "names no means, no flow or no currency"},
		{slices.Contains(caps.Means, DepositAccount) || slices.Contains(caps.Means, Counter), "takes means that are not paid at a gateway"},
		{caps.ReferenceMax < MaxReference, fmt.Sprintf("takes references of %d characters, ours have %d", caps.ReferenceMax, MaxReference)},
		{caps.Window < 0 || caps.InFlight < 0 || caps.SessionMin < 0, "declares a time that is negative"},
		{caps.SessionMax > 0 && caps.SessionMax < caps.SessionMin, "has sessions that end before they may"},
		{caps.Idempotency == ByKey && caps.Window <= caps.InFlight, "remembers keys for no longer than a request is under way"},
		{caps.Idempotency != ByKey && !caps.QueryByReference, "has no keys and can't be asked by our reference: nothing would tell a lost answer from none"},
		{!slices.Contains([]Idempotency{ByKey, ByReference, NoKeys}, caps.Idempotency), "declares no kind of idempotency"},
		{!slices.ContainsFunc(caps.Flows, func(f Flow) bool { return f == Redirect || f == QR }) && caps.Idempotency == NoKeys,
			"has nothing against doubling and flows other than a redirect or a code"},
		{caps.Cancel && !is[Canceller](g), "declares Cancel and is no Canceller"},
		{caps.AuthCapture && !(caps.Cancel && is[Capturer](g)), "declares AuthCapture and can't capture or give up"},
		{caps.Refund && !is[Refunder](g), "declares Refund and is no Refunder"},
		{caps.Settlement && !is[Settler](g), "declares Settlement and is no Settler"},
	} {
		if rule.broken {
			return fmt.Errorf("%w: gateway %s %s", ErrInvalid, caps.ID, rule.says)
		}
	}
	return nil
}

// is reports whether a gateway has an ability.
func is[T any](g Gateway) bool {
	_, ok := g.(T)
	return ok
}
