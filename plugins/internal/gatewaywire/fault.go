package gatewaywire

import (
	"errors"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"courts.example/eservices/payment"
	"courts.example/eservices/plugins/internal/wire"
	gatewayv1 "courts.example/eservices/plugins/proto/icms/plugin/gateway/v1"
)

// errorTo carries an error of a gateway. What is not a *payment.GatewayError may have happened. Card numbers are taken out.
func errorTo(err error) *gatewayv1.GatewayError {
	var g *payment.GatewayError
	if !errors.As(err, &g) {
		return &gatewayv1.GatewayError{
			Class: gatewayv1.ErrorClass_ERROR_CLASS_UNKNOWN, Sent: true, Detail: wire.Clean(payment.Scrub(err.Error())),
		}
	}
	detail := g.Detail
	if g.Cause != nil {
		detail += " (" + g.Cause.Error() + ")"
	}
	return &gatewayv1.GatewayError{
		Class: numberOf(classes(), g.Class), Decline: numberOf(declines(), g.Decline), Code: wire.Clean(payment.Scrub(g.Code)),
		Detail: wire.Clean(payment.Scrub(detail)), RetryAfter: wire.Span(max(g.RetryAfter, 0)), Sent: g.Sent,
	}
}

// errorFrom reads an error of a gateway. A class that is not in the contract is Unknown, and then the request may have been sent.
func errorFrom(e *gatewayv1.GatewayError) *payment.GatewayError {
	class := wordOf(classes(), e.GetClass(), "")
	retry, err := spanFrom("retry_after", e.GetRetryAfter())
	if err != nil {
		retry = 0 // when to ask again decides nothing about what happened
	}
	g := &payment.GatewayError{
		Class: class, Decline: wordOf(declines(), e.GetDecline(), ""), Code: e.GetCode(), Detail: e.GetDetail(), RetryAfter: retry, Sent: e.GetSent(),
	}
	if class == "" {
		g.Class, g.Sent = payment.Unknown, true
	}
	return g
}

// callFailed is the error of a call that gave no answer.
func callFailed(err error) *payment.GatewayError {
	if errors.Is(err, wire.ErrNotSent) {
		return &payment.GatewayError{Class: payment.Unavailable, Detail: "the plugin was not asked", Cause: err}
	}
	return &payment.GatewayError{Class: payment.Unknown, Sent: true, Detail: "the plugin gave no answer", Cause: err}
}

// unserved marks the error of a method that a plugin need not serve, and does not: the call reached nothing. To look and then decide is right
// also when it was declared and the plugin lied.
func unserved(err error) error {
	if status.Code(err) != codes.Unimplemented {
		return callFailed(err)
	}
	return &payment.GatewayError{Class: payment.NotAllowed, Sent: true, Detail: "the plugin does not serve this", Cause: err}
}

// unreadable is the error of an answer that holds junk.
func unreadable(err error) *payment.GatewayError {
	return &payment.GatewayError{Class: payment.Unknown, Sent: true, Detail: "the plugin's answer: " + err.Error()}
}

// unsendable is the error of a request that can't be carried: nothing was sent.
func unsendable(err error) *payment.GatewayError {
	return &payment.GatewayError{Class: payment.Invalid, Detail: "the request: " + err.Error()}
}
