package payment

import (
	"fmt"
	"slices"
	"time"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment/internal/key"
)

// Attempt is one try to pay an order at a gateway. It is stored as unknown before anything is sent, and while it is active no other
// attempt of its order can be started.
type Attempt struct {
	// ID names the attempt here and at the gateway, and to the payer: at most 25 letters, digits and hyphens.
	ID string `json:"id"`
	// Order is the order, Nth counts the order's attempts from 1. Court and Payer are the order's.
	Order string `json:"order"`
	Nth   int    `json:"nth"`
	Court string `json:"court"`
	Payer string `json:"payer"`
	// Gateway is the id of the gateway's capabilities; Means, Flow, Amount and Authorise are what was asked of it.
	Gateway   string       `json:"gateway"`
	Means     Means        `json:"means"`
	Flow      Flow         `json:"flow"`
	Amount    money.Amount `json:"amount"`
	Authorise bool         `json:"authorise,omitempty"`
	// Description, Locale and By are the words shown to the payer, the language of the page, and who started the attempt.
	Description string       `json:"description,omitempty"`
	Locale      string       `json:"locale,omitempty"`
	By          string       `json:"by"`
	State       AttemptState `json:"state"`
	// StartedAt is when it was stored, ExpiresAt until when the payer may pay.
	StartedAt time.Time `json:"startedAt"`
	ExpiresAt time.Time `json:"expiresAt"`
	// Sent counts the sendings that may have reached the gateway, from FirstSent to LastSent. A sending counts before its first byte leaves;
	// one of which the gateway's adapter says that nothing left is taken off again.
	Sent      int       `json:"sent"`
	FirstSent time.Time `json:"firstSent,omitzero"`
	LastSent  time.Time `json:"lastSent,omitzero"`
	// NotBefore is until when the gateway asked to be left alone.
	NotBefore time.Time `json:"notBefore,omitzero"`
	// GatewayRef is the gateway's name for the attempt, Next what the payer has to do while it is pending.
	GatewayRef string     `json:"gatewayRef,omitempty"`
	Next       NextAction `json:"next,omitzero"`
	// Decline and Code say why it failed, as far as the gateway said.
	Decline Decline `json:"decline,omitempty"`
	Code    string  `json:"code,omitempty"`
	// Capture and Cancel are the operations asked for, at most one of each.
	Capture Operation `json:"capture,omitzero"`
	Cancel  Operation `json:"cancel,omitzero"`
	// Resolving is the confirmed resolution that is being carried out.
	Resolving string `json:"resolving,omitempty"`
	// Flags are what an operator should look at.
	Flags []Flag `json:"flags,omitempty"`
	// Final says that no money can come by this attempt any more, whatever comes: nobody asks about it again.
	Final bool `json:"final,omitempty"`
	// Asked counts the questions to the gateway since the attempt last moved; EndedAt is when it was no longer active, Cause why.
	Asked   int       `json:"asked,omitempty"`
	EndedAt time.Time `json:"endedAt,omitzero"`
	Cause   string    `json:"cause,omitempty"`
	// Version is the version in the store that this value was read at; 0 when it was never stored.
	Version int64 `json:"-"`
}

// Operation is a capture or a cancellation that was asked of a gateway: stored as unknown before anything is sent.
type Operation struct {
	// Nth counts what was asked for: a cancellation that was refused may be asked for again.
	Nth   int            `json:"nth"`
	State OperationState `json:"state"`
	By    string         `json:"by"`
	At    time.Time      `json:"at"`
	// Sent counts the sendings, the last of which was LastSent.
	Sent     int       `json:"sent"`
	LastSent time.Time `json:"lastSent,omitzero"`
	Code     string    `json:"code,omitempty"`
}

// IsZero reports whether the operation was never asked for.
func (o Operation) IsZero() bool { return o == Operation{} }

// Open reports whether the operation was asked for and has come to nothing yet.
func (o Operation) Open() bool {
	return !o.IsZero() && o.State != OperationSucceeded && o.State != OperationFailed
}

// Flag names something about an attempt that a person should look at.
type Flag string

// The flags.
const (
	// FlagMismatch: money came in another amount or currency than the order's. It is on record as excess.
	FlagMismatch Flag = "mismatch"
	// FlagExcess: money came that the order did not need any more.
	FlagExcess Flag = "excess"
	// FlagLate: money came after the attempt had ended.
	FlagLate Flag = "late"
	// FlagUnproven: the gateway said that the attempt succeeded and showed no payment. It is not believed.
	FlagUnproven Flag = "unproven"
	// FlagConflict: the gateway said that our key was used with other contents. A fault of ours; nothing more is sent.
	FlagConflict Flag = "conflict"
	// FlagConfig: the gateway refused our credentials or account.
	FlagConfig Flag = "config"
	// FlagLost: the gateway does not know the attempt, and its key may not be used any more. A person decides.
	FlagLost Flag = "lost"
	// FlagAddress: the gateway named an address for the payer that is not secure or on none of its hosts. Nobody is sent there.
	FlagAddress Flag = "address"
)

// Flags lists the flags.
func Flags() []Flag {
	return []Flag{FlagMismatch, FlagExcess, FlagLate, FlagUnproven, FlagConflict, FlagConfig, FlagLost, FlagAddress}
}

// Flagged reports whether the attempt carries a flag.
func (a Attempt) Flagged(f Flag) bool {
	return slices.Contains(a.Flags, f)
}

// flag adds a flag, once.
func (a *Attempt) flag(f Flag) {
	if !a.Flagged(f) {
		a.Flags = append(append([]Flag(nil), a.Flags...), f)
	}
}

// unflag takes a flag off.
func (a *Attempt) unflag(f Flag) {
	a.Flags = slices.DeleteFunc(slices.Clone(a.Flags), func(have Flag) bool { return have == f })
	if len(a.Flags) == 0 {
		a.Flags = nil
	}
}

// MaxReference is the longest id of attempts and refunds, so that it fits the references of gateways.
const MaxReference = 25

// Check reports whether the attempt holds together; its error wraps ErrInvalid.
func (a Attempt) Check() error {
	err := checkReferenceID(a.ID)
	for _, c := range []func() error{
		func() error { return key.CheckID("the order", a.Order, MaxID) },
		func() error { return key.CheckName("the court", a.Court) },
		func() error { return key.CheckID("the payer", a.Payer, MaxID) },
		func() error { return key.CheckName("the gateway", a.Gateway) },
		func() error { return key.CheckName("the means", string(a.Means)) },
		func() error { return key.CheckName("the flow", string(a.Flow)) },
		func() error { return key.CheckID("who started it", a.By, MaxID) },
		func() error { return key.CheckText("the description", a.Description, maxDescription) },
		func() error { return key.CheckText("the gateway's reference", a.GatewayRef, maxText) },
		func() error { return key.CheckText("the cause", a.Cause, maxText) },
		func() error { return key.CheckTime("the instant of its start", a.StartedAt) },
		func() error { return key.CheckTime("the instant until which it can be paid", a.ExpiresAt) },
		func() error { return checkAttemptState(a.State) },
	} {
		if err == nil {
			err = c()
		}
	}
	if err != nil {
		return fmt.Errorf("attempt %.40q: %w", a.ID, invalid(err))
	}
	switch {
	case a.Nth < 1 || a.Sent < 0:
		return fmt.Errorf("%w: attempt %q is number %d, sent %d times", ErrInvalid, a.ID, a.Nth, a.Sent)
	case a.Amount.Sign() <= 0:
		return fmt.Errorf("%w: attempt %q is for %s", ErrInvalid, a.ID, a.Amount)
	case a.State.Active() != a.EndedAt.IsZero():
		return fmt.Errorf("%w: attempt %q is %s and ended at %v", ErrInvalid, a.ID, a.State, a.EndedAt)
	}
	return nil
}

// checkReferenceID reports whether s is a reference that every gateway can carry.
func checkReferenceID(s string) error {
	if s == "" || len(s) > MaxReference {
		return fmt.Errorf("%w: a reference has 1 to %d characters, %.40q has %d", ErrInvalid, MaxReference, s, len(s))
	}
	for i := range len(s) {
		b := s[i]
		if !('a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' || '0' <= b && b <= '9' || b == '-') {
			return fmt.Errorf("%w: the reference %q may have only letters, digits and hyphens", ErrInvalid, s)
		}
	}
	return nil
}
