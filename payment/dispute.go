package payment

import (
	"fmt"
	"slices"
	"time"

	"courts.example/eservices/payment/internal/key"
	"courts.example/eservices/payment/ledger"
)

// Dispute is a payment that its payer contests, as its gateway says.
type Dispute struct {
	Gateway string `json:"gateway"`
	GatewayDispute
	Attempt string `json:"attempt,omitempty"`
	Order   string `json:"order,omitempty"`
	Court   string `json:"court,omitempty"`
	// From are the accounts that bear it, with positive amounts.
	From []ledger.Posting `json:"from,omitempty"`
	// Flags are what an operator should look at.
	Flags []Flag `json:"flags,omitempty"`
	// OpenedAt is when it was recorded here, DoneAt when it was last won or lost.
	OpenedAt time.Time `json:"openedAt"`
	DoneAt   time.Time `json:"doneAt,omitzero"`
	// Version is the version in the store; 0 when it was never stored.
	Version int64 `json:"-"`
}

// DisputeTransition is one row of the table for disputes; From is empty for one that was not on record.
type DisputeTransition struct {
	From     DisputeState
	Reported DisputeState
	To       DisputeState
}

var disputeTransitions = [...]DisputeTransition{
	{"", DisputeOpen, DisputeOpen},
	{"", DisputeWon, DisputeWon},
	{"", DisputeLost, DisputeLost},
	{DisputeOpen, DisputeWon, DisputeWon},
	{DisputeOpen, DisputeLost, DisputeLost},
	{DisputeWon, DisputeLost, DisputeLost}, // a second round at the card's company
	{DisputeLost, DisputeWon, DisputeWon},
}

// DisputeTransitions gives the whole table.
func DisputeTransitions() []DisputeTransition {
	return append([]DisputeTransition(nil), disputeTransitions[:]...)
}

// Next gives the state after a report; moved is false when the report changes nothing. The empty state is that of a dispute that is not on
// record.
func (s DisputeState) Next(reported DisputeState) (to DisputeState, moved bool) {
	for _, t := range disputeTransitions {
		if t.From == s && t.Reported == reported {
			return t.To, true
		}
	}
	return s, false
}

// DisputeStates lists the states of a dispute.
func DisputeStates() []DisputeState { return []DisputeState{DisputeOpen, DisputeWon, DisputeLost} }

// Flagged reports whether the dispute carries a flag.
func (d Dispute) Flagged(f Flag) bool { return slices.Contains(d.Flags, f) }

// Check reports whether the dispute holds together; its error wraps ErrInvalid.
func (d Dispute) Check() error {
	err := key.CheckName("the gateway", d.Gateway)
	for _, c := range []func() error{
		func() error { return key.CheckID("the gateway's id", d.ID, maxGatewayID) },
		func() error { return key.CheckID("the payment", d.PaymentID, maxGatewayID) },
		func() error { return key.CheckTime("the instant of recording", d.OpenedAt) },
	} {
		if err == nil {
			err = c()
		}
	}
	switch {
	case err != nil:
		return fmt.Errorf("dispute %.40q: %w", d.ID, invalid(err))
	case d.Amount.Sign() <= 0:
		return fmt.Errorf("%w: dispute %q is of %s", ErrInvalid, d.ID, d.Amount)
	case !slices.Contains(DisputeStates(), d.State):
		return fmt.Errorf("%w: dispute %q has the state %.20q, none of %v", ErrInvalid, d.ID, d.State, DisputeStates())
	}
	return nil
}
