package payment

import (
	"fmt"
	"time"

	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment/internal/key"
	"courts.example/eservices/payment/ledger"
)

// Order is a fixed debt: what is owed, by whom, for what. Its amount, currency and lines never change; a new fee is a new order.
type Order struct {
	// ID names the order; at most MaxID bytes, without "|".
	ID string `json:"id"`
	// Court is who is owed, Payer who owes. Court is a segment of revenue accounts: letters, digits, ".", "_", "-", at most 60 bytes.
	Court string `json:"court"`
	Payer string `json:"payer"`
	// Purpose says what kind of payment it is: "filing", "search", "fine".
	Purpose string `json:"purpose"`
	// For is what it pays for. Only one order that is not expired or cancelled may be for the same thing.
	For Subject `json:"for"`
	// Amount is the sum of the lines, more than nothing.
	Amount money.Amount `json:"amount"`
	Lines  []Line       `json:"lines"`
	// PricedAt is the instant as of which the amount was priced, CreatedAt when the order was made.
	PricedAt  time.Time `json:"pricedAt"`
	CreatedAt time.Time `json:"createdAt"`
	State     State     `json:"state"`
	// Account is the deposit account that holds the money of a reserved order under the hold named Hold, or that paid.
	Account ledger.AccountID `json:"account,omitempty"`
	Hold    string           `json:"hold,omitempty"`
	// Reference is the attempt of an order that is being paid at a gateway, or what paid it: the attempt, or the slip of the counter.
	Reference string `json:"reference,omitempty"`
	// Means, PaidAt and Receipt tell how a paid order was paid.
	Means   Means     `json:"means,omitempty"`
	PaidAt  time.Time `json:"paidAt,omitzero"`
	Receipt Number    `json:"receipt,omitzero"`
	// EndedAt and Cause tell when and why an order expired or was cancelled.
	EndedAt time.Time `json:"endedAt,omitzero"`
	Cause   string    `json:"cause,omitempty"`
	// Version is the version in the store that this value was read at or derived from; 0 when it was never stored.
	Version int64 `json:"-"`
}

// Subject is a thing that is paid for, such as a batch or a search, by its kind and id.
type Subject struct {
	Kind string `json:"kind"`
	ID   string `json:"id"`
}

// Line is one line of an order and of its receipt.
type Line struct {
	// Item is the fee item, a segment of revenue accounts as Order.Court is. Description says it in words.
	Item        string   `json:"item"`
	Description law.Text `json:"description"`
	// Count is the number of items, Each the amount of one; the zero Amount when they differ. Amount is what the line comes to.
	Count  int64        `json:"count"`
	Each   money.Amount `json:"each,omitzero"`
	Amount money.Amount `json:"amount"`
}

// Means is the way in which an order was paid.
type Means string

// The means of payment that more than one country has; see also [Counter]. A gateway may take others, under names of their own.
const (
	// DepositAccount is payment from a deposit account of payment/ledger.
	DepositAccount Means = "deposit"
	// The brands of cards, paid at a gateway.
	Visa       Means = "visa"
	MasterCard Means = "mastercard"
	UnionPay   Means = "unionpay"
	JCB        Means = "jcb"
)

// The limits of an order.
const (
	// MaxID is the largest number of bytes of the ids of orders, payers and subjects.
	MaxID = 100
	// MaxLines is the largest number of lines.
	MaxLines = 1000
	// maxText bounds causes and reasons, maxDescription the words of a line in one language.
	maxText        = 500
	maxDescription = 1000
)

// NewOrder completes and checks an order that is to be opened: it sums up the lines into Amount when that is not set, and sets the state. What
// belongs to a later state must be empty. Its error wraps ErrInvalid or money.ErrCurrency and names the place.
func NewOrder(o Order) (Order, error) {
	if o.Amount == (money.Amount{}) {
		total, err := sumLines(o.Lines)
		if err != nil {
			return Order{}, fmt.Errorf("order %.80q: %w", o.ID, err)
		}
		o.Amount = total
	}
	if o.State == "" {
		o.State = Open
	}
	o.PricedAt, o.CreatedAt = key.Instant(o.PricedAt), key.Instant(o.CreatedAt)
	o.Lines = append([]Line(nil), o.Lines...)
	if o.State != Open || o.Version != 0 {
		return Order{}, fmt.Errorf("%w: order %.80q is %s at version %d; a new order is open and was never stored",
			ErrInvalid, o.ID, o.State, o.Version)
	}
	if err := o.Check(); err != nil {
		return Order{}, err
	}
	return o, nil
}
