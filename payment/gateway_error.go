package payment

import (
	"errors"
	"fmt"
	"time"
)

// ErrorClass decides what the Cashier does after an error; the text never does.
type ErrorClass string

// The classes. A class that is none of these is taken as Unknown.
const (
	// Invalid: our request is wrong (unsupported means, over a limit). Nothing happened; the attempt failed.
	Invalid ErrorClass = "invalid"
	// Config: credentials or account are refused. Nothing happened; the attempt failed, and operators are told.
	Config ErrorClass = "config"
	// Unavailable: nothing was sent. Send again with the same key, later.
	Unavailable ErrorClass = "unavailable"
	// Throttled: refused for now. Send again with the same key after RetryAfter.
	Throttled ErrorClass = "throttled"
	// Declined: the answer is no, and final. The payer may start another attempt.
	Declined ErrorClass = "declined"
	// Conflict: the key was used with other contents. A fault of ours: stop, tell operators, never take another key.
	Conflict ErrorClass = "conflict"
	// NotAllowed: the state of the thing forbids it (captured, refunded, disputed, window over). Query, then decide.
	NotAllowed ErrorClass = "not-allowed"
	// Unknown: it may have happened. Stay unknown and Query.
	Unknown ErrorClass = "unknown"
)

// Decline says why a payer's bank said no.
type Decline string

// The reasons of a Decline.
const (
	DeclineInsufficient Decline = "insufficient"
	DeclineLimit        Decline = "limit"
	DeclineExpired      Decline = "expired"
	DeclineAuth         Decline = "authentication"
	DeclineSuspected    Decline = "suspected"
	DeclineOnHold       Decline = "on-hold"
	DeclineClosed       Decline = "closed"
	DeclineOther        Decline = "other"
)

// declines lists the reasons.
func declines() []Decline {
	return []Decline{
		DeclineInsufficient, DeclineLimit, DeclineExpired, DeclineAuth, DeclineSuspected, DeclineOnHold, DeclineClosed, DeclineOther,
	}
}

// GatewayError is an error of a gateway.
type GatewayError struct {
	Class   ErrorClass
	Decline Decline
	// Code is the gateway's own code, Detail is for operators; neither is shown to a payer.
	Code, Detail string
	RetryAfter   time.Duration
	// Sent says that the request may have reached the gateway.
	Sent bool
	// Cause is the error beneath, if any.
	Cause error
}

// Error names the class and the gateway's code.
func (e *GatewayError) Error() string {
	s := "payment: gateway: " + string(e.Class)
	if e.Decline != "" {
		s += " (" + string(e.Decline) + ")"
	}
	if e.Code != "" {
		s += fmt.Sprintf(", code %.40q", e.Code)
	}
	if e.Detail != "" {
		s += ": " + e.Detail
	}
	return s
}

// Unwrap gives the cause.
func (e *GatewayError) Unwrap() error { return e.Cause }

// ClassOf gives the class of any error of a Gateway: Unknown for what is not a *GatewayError of a known class, "" for nil.
func ClassOf(err error) ErrorClass {
	if err == nil {
		return ""
	}
	var g *GatewayError
	if errors.As(err, &g) {
		switch g.Class {
		case Invalid, Config, Unavailable, Throttled, Declined, Conflict, NotAllowed:
			return g.Class
		}
	}
	return Unknown
}
