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
	// Reference is the attempt that paid, or the slip of the counter; empty for a deposit account.
	Reference string
	// At is the instant of payment.
	At time.Time
	// Number is the number of the receipt: drawn before, in a change with which the payment had become certain. See DrawReceipt.
	Number Number
}

// Pay gives the order as paid, and its receipt. A reserved order is paid by the account that holds the money, one that is being paid at a
// gateway by no account. Errors wrap ErrTransition or ErrInvalid.
func (o Order) Pay(p Payment) (Order, Receipt, error) {
	if o.State == Reserved && (p.Means != DepositAccount || p.Account != o.Account) {
		return o, Receipt{}, fmt.Errorf("%w: order %q is reserved on %s; release that before it is paid from elsewhere",
			ErrTransition, o.ID, o.Account)
	}
	if o.State == Paying && p.Means == DepositAccount {
		return o, Receipt{}, fmt.Errorf("%w: order %q is being paid by the attempt %s; end that before it is paid from an account",
			ErrTransition, o.ID, o.Reference)
	}
	next, err := o.next(EventPay)
	if err != nil {
		return o, Receipt{}, err
	}
	if err := p.Number.Check(); err != nil {
		return o, Receipt{}, fmt.Errorf("order %q: %w", o.ID, err)
	}
	next.Means, next.Account, next.Reference, next.PaidAt, next.Receipt = p.Means, p.Account, p.Reference, key.Instant(p.At), p.Number
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
		Means: o.Means, Account: o.Account, Reference: o.Reference, Amount: o.Amount, Lines: o.Lines, PaidAt: o.PaidAt,
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

// Start gives the order as being paid by an attempt.
func (o Order) Start(attempt string) (Order, error) {
	next, err := o.next(EventStart)
	if err != nil {
		return o, err
	}
	next.Reference = attempt
	return next, next.Check()
}

// End gives an order whose attempt ended without money as open again.
func (o Order) End() (Order, error) {
	next, err := o.next(EventEnd)
	if err != nil {
		return o, err
	}
	next.Reference = ""
	return next, nil
}

// Expire gives the order as expired, not paid in time.
func (o Order) Expire(at time.Time, cause string) (Order, error) {
	return o.end(EventExpire, at, cause)
}

// Cancel gives the order as cancelled. The hold of a reserved one must be released in the same change: [Orders.Dismiss] does.
func (o Order) Cancel(at time.Time, cause string) (Order, error) {
	return o.end(EventCancel, at, cause)
}

func (o Order) end(e Event, at time.Time, cause string) (Order, error) {
	next, err := o.next(e)
	if err != nil {
		return o, err
	}
	next.EndedAt, next.Cause, next.Account, next.Hold = key.Instant(at), cause, "", ""
	if err := next.Check(); err != nil {
		return o, err
	}
	return next, nil
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
