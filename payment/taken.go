package payment

import (
	"fmt"
	"time"

	"courts.example/eservices/payment/internal/key"
	"courts.example/eservices/payment/ledger"
)

// Taken is money that a gateway took, on record here: one row for each payment at the gateway, whatever was asked. Its key is the
// gateway with the payment's id; recording it twice is recording it once.
type Taken struct {
	// Gateway is where; GatewayPayment is what the gateway says.
	Gateway string `json:"gateway"`
	GatewayPayment
	// Attempt and Order say what it was meant for; empty when nobody knows.
	Attempt string `json:"attempt,omitempty"`
	Order   string `json:"order,omitempty"`
	Court   string `json:"court,omitempty"`
	// Use says what the money is: an order's, or nobody's yet.
	Use Use `json:"use"`
	// Booked says that it was booked as nobody's before it was used.
	Booked bool `json:"booked,omitempty"`
	// RecordedAt is when it was recorded here, From what told us.
	RecordedAt time.Time `json:"recordedAt"`
	From       Source    `json:"from"`
	// Version is the version in the store; 0 when it was never stored.
	Version int64 `json:"-"`
}

// Use says what money is for.
type Use string

// The uses.
const (
	// UseHeld is about to pay its order: the receipt's number is drawn, and nothing else can happen to the order any more.
	UseHeld Use = "held"
	// UseOrder paid an order: it stands in the revenue of the order's court.
	UseOrder Use = "order"
	// UseExcess is unallocated: too much, too late, in another amount or currency, or nobody knows what for.
	UseExcess Use = "excess"
)

// Source is what told us of something at a gateway.
type Source string

// The sources.
const (
	FromReply        Source = "reply"
	FromQuery        Source = "query"
	FromNotification Source = "notification"
	FromSettlement   Source = "settlement"
	FromOperator     Source = "operator"
)

// key is the name of the record: the gateway and its payment.
func (t Taken) key() string { return key.Join(t.Gateway, t.ID) }

// Check reports whether the record holds together; its error wraps ErrInvalid.
func (t Taken) Check() error {
	err := key.CheckName("the gateway", t.Gateway)
	if err == nil {
		err = key.CheckID("the gateway's id", t.ID, maxGatewayID)
	}
	if err == nil {
		err = key.CheckTime("the instant of payment", t.PaidAt)
	}
	if err == nil {
		err = key.CheckTime("the instant of recording", t.RecordedAt)
	}
	if err == nil {
		err = key.CheckText("what the payer recognises", t.Masked, maxMasked)
	}
	switch {
	case err != nil:
		return fmt.Errorf("payment %.80q at %.20q: %w", t.ID, t.Gateway, invalid(err))
	case t.Amount.Sign() <= 0:
		return fmt.Errorf("%w: payment %q at %s is of %s", ErrInvalid, t.ID, t.Gateway, t.Amount)
	case t.Use != UseHeld && t.Use != UseOrder && t.Use != UseExcess:
		return fmt.Errorf("%w: payment %q at %s has the use %.20q", ErrInvalid, t.ID, t.Gateway, t.Use)
	case t.Use != UseExcess && t.Order == "":
		return fmt.Errorf("%w: payment %q at %s is an order's and names none", ErrInvalid, t.ID, t.Gateway)
	}
	return nil
}

// The longest ids of gateways, which become parts of the ids of records and ledger entries, and of what a payer recognises.
const (
	maxGatewayID = 80
	maxMasked    = 40
)

// entry is the id of the ledger's entry by which a payment is booked when it is recorded or pays at once.
func (t Taken) entry() string { return "gateway/" + t.Gateway + "/" + t.ID }

// usedBy is the id of the entry by which it pays.
func (t Taken) usedBy() string {
	if t.Booked {
		return t.entry() + "/used"
	}
	return t.entry()
}

// source is where its money stands before it pays.
func (t Taken) source() ledger.Posting {
	if t.Booked {
		return ledger.Posting{Account: ledger.Unallocated, Amount: neg(t.Amount)}
	}
	return ledger.Posting{Account: ledger.Clearing(t.Gateway), Amount: neg(t.Amount)}
}

// ref is how the ledger's records name it.
func (t Taken) ref() string { return "payment " + t.ID + " at " + t.Gateway }

// paidAt is the instant of payment by the gateway's clock, as far as that can be right: money does not come after it was recorded.
func (t Taken) paidAt() time.Time {
	if t.PaidAt.After(t.RecordedAt) {
		return t.RecordedAt
	}
	return t.PaidAt
}
