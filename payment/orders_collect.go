package payment

import (
	"context"
	"fmt"
	"time"

	"courts.example/eservices/payment/internal/key"
	"courts.example/eservices/payment/ledger"
)

// Counter is payment at the counter of an accounts office.
const Counter Means = "counter"

// Collection is a payment that was taken at the counter.
type Collection struct {
	// Slip is the slip of the counter, unique in its court: 1 to 60 letters, digits, ".", "_" and "-".
	Slip string
	// At is when it was taken. Number is the receipt's; see [Orders.ReceiptNumber].
	At     time.Time
	Number Number
}

// Collect pays an open order with money that was taken at the counter: the whole amount, booked on the way to the bank
// (ledger.Clearing of the counter). One that is reserved or being paid elsewhere is refused until that ends. A slip pays one order: another
// one with the same slip is ErrChanged with ledger.ErrConflict when the step is built or applied.
func (s *Orders) Collect(ctx context.Context, o Order, c Collection) (Step, error) {
	if o.State != Open {
		return Step{}, fmt.Errorf("%w: order %.80q is %s; at the counter it is paid when it is open", ErrTransition, o.ID, o.State)
	}
	if err := key.CheckName("the slip", c.Slip); err != nil {
		return Step{}, invalid(err)
	}
	postings := append([]ledger.Posting{{Account: ledger.Clearing(string(Counter)), Amount: neg(o.Amount)}}, revenue(o)...)
	return s.pay(ctx, o, Payment{Means: Counter, Reference: c.Slip, At: c.At, Number: c.Number}, ledger.Post{
		ID: "counter/" + o.Court + "/" + c.Slip, Postings: postings, Ref: orderRef(o), At: c.At,
	})
}
