package payment

import (
	"fmt"
	"slices"
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
	// ProposedBy and ApprovedBy are the two persons; DeclinedBy is who said no, and why.
	ProposedBy    string    `json:"proposedBy"`
	ProposedAt    time.Time `json:"proposedAt"`
	ApprovedBy    string    `json:"approvedBy,omitempty"`
	ApprovedAt    time.Time `json:"approvedAt,omitzero"`
	DeclinedBy    string    `json:"declinedBy,omitempty"`
	DeclinedAt    time.Time `json:"declinedAt,omitzero"`
	DeclineReason string    `json:"declineReason,omitempty"`
	// State is empty until it is approved. From are the accounts that bear it, with positive amounts, from then on.
	State OperationState   `json:"state,omitempty"`
	From  []ledger.Posting `json:"from,omitempty"`
	// ByHand says that a person gives the money back and says so with SettleRefund: the gateway can't, or it was paid at the counter.
	ByHand bool `json:"byHand,omitempty"`
	// Sent counts the sendings that may have reached the gateway, from FirstSent to LastSent. A sending counts before its first byte leaves;
	// one of which the gateway's adapter says that nothing left is taken off again. It is not sent before NotBefore.
	Sent      int       `json:"sent,omitempty"`
	FirstSent time.Time `json:"firstSent,omitzero"`
	LastSent  time.Time `json:"lastSent,omitzero"`
	NotBefore time.Time `json:"notBefore,omitzero"`
	// Left is what the gateway was told to be left of the payment, this refund not taken off: the same at every sending.
	Left money.Amount `json:"left,omitzero"`
	// Asked counts the questions to the gateway since the refund last moved.
	Asked int `json:"asked,omitempty"`
	// GatewayRef is the gateway's name for it, Code what it said when it failed.
	GatewayRef string `json:"gatewayRef,omitempty"`
	Code       string `json:"code,omitempty"`
	// Flags are what an operator should look at.
	Flags []Flag `json:"flags,omitempty"`
	// DoneAt is when it last succeeded or failed. Returned says that it failed after it had succeeded.
	DoneAt   time.Time `json:"doneAt,omitzero"`
	Returned bool      `json:"returned,omitempty"`
	// Note is the number of the refund note, drawn when the refund succeeds, in a series of its own: "refund/" and the court's series of
	// receipts. Its N is 0 for the moment until it is written down.
	Note Number `json:"note,omitzero"`
	// Evidence is what a person who settled it by hand relied on, SettledBy and ConfirmedBy are the two persons.
	Evidence    string `json:"evidence,omitempty"`
	SettledBy   string `json:"settledBy,omitempty"`
	ConfirmedBy string `json:"confirmedBy,omitempty"`
	// Version is the version in the store; 0 when it was never stored.
	Version int64 `json:"-"`
}

// FlagUnrequested marks a refund that was made at the gateway without a request of ours. It is on record because the money has left.
const FlagUnrequested Flag = "unrequested"

// The stages of a refund that has no state yet; see [Refund.Stage].
const (
	StageProposed = "proposed"
	StageDeclined = "declined"
)

// Stage is where the refund stands: StageProposed, StageDeclined, or its state.
func (r Refund) Stage() string {
	switch {
	case r.DeclinedBy != "":
		return StageDeclined
	case r.State == "":
		return StageProposed
	}
	return string(r.State)
}

// Open reports whether the refund may still come to something.
func (r Refund) Open() bool {
	return r.DeclinedBy == "" && r.State != OperationFailed && r.State != OperationSucceeded
}

// Counts reports whether the refund's money is spoken for: it is not left of the payment.
func (r Refund) Counts() bool { return r.DeclinedBy == "" && r.State != OperationFailed }

// Flagged reports whether the refund carries a flag.
func (r Refund) Flagged(f Flag) bool { return slices.Contains(r.Flags, f) }

// flag adds a flag, once.
func (r *Refund) flag(f Flag) {
	if !r.Flagged(f) {
		r.Flags = append(slices.Clip(r.Flags), f)
	}
}

// unflag takes a flag off.
func (r *Refund) unflag(f Flag) {
	if r.Flagged(f) {
		r.Flags = slices.DeleteFunc(slices.Clone(r.Flags), func(have Flag) bool { return have == f })
	}
	if len(r.Flags) == 0 {
		r.Flags = nil
	}
}

// inFlight reports whether a sending of the refund may yet take effect without our knowing.
func (r Refund) inFlight() bool { return r.State == OperationUnknown && r.Sent > 0 }

// Check reports whether the refund holds together; its error wraps ErrInvalid.
func (r Refund) Check() error {
	err := checkReferenceID(r.ID)
	for _, c := range []func() error{
		func() error { return key.CheckText("the reason", r.Reason, maxText) },
		func() error { return key.CheckID("who proposed it", r.ProposedBy, MaxID) },
		func() error { return key.CheckTime("the instant of the proposal", r.ProposedAt) },
		func() error { return key.CheckText("who approved it", r.ApprovedBy, MaxID) },
		func() error { return key.CheckText("who declined it", r.DeclinedBy, MaxID) },
		func() error { return key.CheckText("why it was declined", r.DeclineReason, maxText) },
		func() error { return key.CheckText("the gateway's reference", r.GatewayRef, maxGatewayID) },
		func() error { return key.CheckText("the gateway's code", r.Code, maxText) },
		func() error { return key.CheckText("the evidence", r.Evidence, maxText) },
	} {
		if err == nil {
			err = c()
		}
	}
	if err != nil {
		return fmt.Errorf("refund %.40q: %w", r.ID, invalid(err))
	}
	return r.checkState()
}

func (r Refund) checkState() error {
	switch {
	case r.Amount.Sign() <= 0:
		return fmt.Errorf("%w: refund %q is of %s", ErrInvalid, r.ID, r.Amount)
	case !r.Flagged(FlagUnrequested) && (r.Amount.Currency() != r.Refundable.Currency() || r.Amount.Minor() > r.Refundable.Minor()):
		return fmt.Errorf("%w: refund %q is of %s where %s is left", ErrInvalid, r.ID, r.Amount, r.Refundable)
	case r.Reason == "":
		return fmt.Errorf("%w: refund %q has no reason", ErrInvalid, r.ID)
	case (r.State != "") != (r.ApprovedBy != "") || (r.State != "") != (len(r.From) > 0):
		return fmt.Errorf("%w: refund %q is %q, approved by %q, borne by %d accounts; all or none of these are set",
			ErrInvalid, r.ID, r.State, r.ApprovedBy, len(r.From))
	case r.State != "" && !slices.Contains(OperationStates(), r.State):
		return fmt.Errorf("%w: refund %q has the state %.20q, none of %v", ErrInvalid, r.ID, r.State, OperationStates())
	case r.State != "" && r.DeclinedBy != "":
		return fmt.Errorf("%w: refund %q is declined and %s", ErrInvalid, r.ID, r.State)
	case (r.Gateway == "") != (r.Payment == "") || r.Gateway == "" && r.Order == "":
		return fmt.Errorf("%w: refund %q names neither a payment at a gateway nor an order", ErrInvalid, r.ID)
	}
	return nil
}
