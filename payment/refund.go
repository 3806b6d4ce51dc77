package payment

import (
	"fmt"
	"time"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment/internal/key"
	"courts.example/eservices/payment/ledger"
)

// Refund is money that goes back to where it came from. It is proposed by one person and, above what one may decide alone, approved by
// another; only then is it sent, and it is stored as unknown before that.
type Refund struct {
	// ID names the refund here and at the gateway; see MaxReference.
	ID string `json:"id"`
	// Gateway and Payment are the payment at a gateway that is given back, Attempt its attempt; of an order that was paid from a deposit
	// account Account is set instead, and of one paid at the counter none of them.
	Gateway string           `json:"gateway,omitempty"`
	Payment string           `json:"payment,omitempty"`
	Attempt string           `json:"attempt,omitempty"`
	Account ledger.AccountID `json:"account,omitempty"`
	// Order is the order whose money it is, empty for money that is nobody's. Court is the order's.
	Order  string       `json:"order,omitempty"`
	Court  string       `json:"court,omitempty"`
	Amount money.Amount `json:"amount"`
	// Refundable is what was left of the payment when the refund was proposed, this refund not taken off.
	Refundable money.Amount `json:"refundable"`
	Reason     string       `json:"reason"`
	// ProposedBy and ApprovedBy are the two persons; DeclinedBy is who said no.
	ProposedBy string    `json:"proposedBy"`
	ProposedAt time.Time `json:"proposedAt"`
	ApprovedBy string    `json:"approvedBy,omitempty"`
	ApprovedAt time.Time `json:"approvedAt,omitzero"`
	DeclinedBy string    `json:"declinedBy,omitempty"`
	// State is empty until it is approved. Sent counts the sendings, the last of which was LastSent.
	State    OperationState `json:"state,omitempty"`
	Sent     int            `json:"sent,omitempty"`
	LastSent time.Time      `json:"lastSent,omitzero"`
	Asked    int            `json:"asked,omitempty"`
	// GatewayRef is the gateway's name for it, Code what it said when it failed.
	GatewayRef string `json:"gatewayRef,omitempty"`
	Code       string `json:"code,omitempty"`
	// DoneAt is when it last succeeded or failed. Returned says that it failed after it had succeeded.
	DoneAt   time.Time `json:"doneAt,omitzero"`
	Returned bool      `json:"returned,omitempty"`
	// Evidence is what a person who settled it by hand relied on.
	Evidence string `json:"evidence,omitempty"`
	// Version is the version in the store; 0 when it was never stored.
	Version int64 `json:"-"`
}

// Open reports whether the refund may still come to something.
func (r Refund) Open() bool {
	return r.DeclinedBy == "" && r.State != OperationFailed && r.State != OperationSucceeded
}

// Counts reports whether the refund's money is spoken for: it is not left of the payment.
func (r Refund) Counts() bool { return r.DeclinedBy == "" && r.State != OperationFailed }

// Check reports whether the refund holds together; its error wraps ErrInvalid.
func (r Refund) Check() error {
	err := checkReferenceID(r.ID)
	if err == nil {
		err = key.CheckText("the reason", r.Reason, maxText)
	}
	if err == nil {
		err = key.CheckID("who proposed it", r.ProposedBy, MaxID)
	}
	if err == nil {
		err = key.CheckTime("the instant of the proposal", r.ProposedAt)
	}
	switch {
	case err != nil:
		return fmt.Errorf("refund %.40q: %w", r.ID, invalid(err))
	case r.Amount.Sign() <= 0 || r.Amount.Currency() != r.Refundable.Currency() || r.Amount.Minor() > r.Refundable.Minor():
		return fmt.Errorf("%w: refund %q is of %s where %s is left", ErrInvalid, r.ID, r.Amount, r.Refundable)
	case r.Reason == "":
		return fmt.Errorf("%w: refund %q has no reason", ErrInvalid, r.ID)
	case r.State != "" && r.ApprovedBy == "":
		return fmt.Errorf("%w: refund %q is %s and was never approved", ErrInvalid, r.ID, r.State)
	}
	return nil
}

// Dispute is a payment that its payer contests, as its gateway says.
type Dispute struct {
	Gateway string `json:"gateway"`
	GatewayDispute
	Attempt  string    `json:"attempt,omitempty"`
	Order    string    `json:"order,omitempty"`
	OpenedAt time.Time `json:"openedAt"`
	DoneAt   time.Time `json:"doneAt,omitzero"`
	Version  int64     `json:"-"`
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
