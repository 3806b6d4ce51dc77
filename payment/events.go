package payment

import (
	"fmt"
	"time"

	"courts.example/eservices/payment/internal/key"
	"courts.example/eservices/payment/ledger"
)

// Payment says how an order is paid.
type Payment struct {
	Means Means
	// Account is the deposit account that pays, where the means is one.
	Account ledger.AccountID
	// At is the instant of payment.
	At time.Time
	// Number is the number of the receipt: drawn before, in a change with which the payment had become certain. See DrawReceipt.
	Number Number
}

// Pay gives the order as paid, and its receipt. A reserved order is paid by the account that holds the money. Errors wrap
// ErrTransition or ErrInvalid.
func (o Order) Pay(p Payment) (Order, Receipt, error) {
	if o.State == Reserved && (p.Means != DepositAccount || p.Account != o.Account) {
		return o, Receipt{}, fmt.Errorf("%w: order %q is reserved on %s; release that before it is paid from elsewhere",
			ErrTransition, o.ID, o.Account)
	}
	next, err := o.next(EventPay)
	if err != nil {
		return o, Receipt{}, err
	}
	if err := p.Number.Check(); err != nil {
		return o, Receipt{}, fmt.Errorf("order %q: %w", o.ID, err)
	}
	next.Means, next.Account, next.PaidAt, next.Receipt = p.Means, p.Account, key.Instant(p.At), p.Number
	if err := next.Check(); err != nil {
		return o, Receipt{}, err
	}
	r := receiptOf(next)
	return next, r, r.Check()
}

// receiptOf is the receipt of a paid order.
func receiptOf(o Order) Receipt {
	return Receipt{
		Number: o.Receipt, OrderID: o.ID, Court: o.Court, Payer: o.Payer, Purpose: o.Purpose, For: o.For,
		Means: o.Means, Account: o.Account, Amount: o.Amount, Lines: o.Lines, PaidAt: o.PaidAt,
	}
}

// Reserve gives the order as reserved by a hold on a deposit account.
func (o Order) Reserve(account ledger.AccountID, hold string) (Order, error) {
	next, err := o.next(EventReserve)
	if err != nil {
		return o, err
	}
	next.Account, next.Hold = account, hold
	return next, next.Check()
}

// Release gives a reserved order as open again.
func (o Order) Release() (Order, error) {
	next, err := o.next(EventRelease)
	if err != nil {
		return o, err
	}
	next.Account, next.Hold = "", ""
	return next, nil
}

// Expire gives the order as expired, not paid in time.
func (o Order) Expire(at time.Time, cause string) (Order, error) {
	return o.end(EventExpire, at, cause)
}

// Cancel gives the order as cancelled.
func (o Order) Cancel(at time.Time, cause string) (Order, error) {
	return o.end(EventCancel, at, cause)
}

func (o Order) end(e Event, at time.Time, cause string) (Order, error) {
	next, err := o.next(e)
	if err != nil {
		return o, err
	}
	next.EndedAt, next.Cause = key.Instant(at), cause
	return next, next.Check()
}

// next looks the event up in the table.
func (o Order) next(e Event) (Order, error) {
	state, err := o.State.Next(e)
	if err != nil {
		return o, fmt.Errorf("order %q: %w", o.ID, err)
	}
	o.State = state
	return o, nil
}
