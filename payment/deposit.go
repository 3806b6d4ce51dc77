package payment

import (
	"context"
	"fmt"
	"time"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment/ledger"
)

// Step is one step in an order's life: the change that takes it, with the records as they will be once it is committed. Nothing is
// written yet. The change is complete: hand it to [Orders.Apply], or merge it into the change of the whole with
// [store.Change.Merge] and hand that over.
type Step struct {
	Change store.Change
	Order  Order
	// Receipt is set by the steps that pay.
	Receipt Receipt
}

// Open opens an order that [NewOrder] made. What it is for has one order at a time: Apply says ErrOrdered when there is another.
func (s *Orders) Open(o Order) (Step, error) {
	if o.State != Open || o.Version != 0 {
		return Step{}, fmt.Errorf("%w: order %.80q is %s at version %d, not new", ErrInvalid, o.ID, o.State, o.Version)
	}
	return write(o, "open", o.CreatedAt)
}

// Expire ends an open order that was not paid in time, Cancel one that is not wanted any more. A reserved one is
// released first, or dismissed.
func (s *Orders) Expire(o Order, cause string, at time.Time) (Step, error) {
	next, err := o.Expire(at, cause)
	if err != nil {
		return Step{}, err
	}
	return write(next, "expire", at)
}

// Cancel ends an open order; see Expire.
func (s *Orders) Cancel(o Order, cause string, at time.Time) (Step, error) {
	if o.State == Reserved {
		return Step{}, fmt.Errorf("%w: order %q holds money on %s; Dismiss gives it back with the order", ErrTransition, o.ID, o.Account)
	}
	next, err := o.Cancel(at, cause)
	if err != nil {
		return Step{}, err
	}
	return write(next, "cancel", at)
}

// Reserve holds the order's amount on a deposit account, so that Capture can't fail for want of money. The order may be new: then it is
// made and reserved at once. Add a [DrawReceipt] to the change when the payment is certain with it.
// Errors: ErrTransition, ErrInvalid, ErrChanged, money.ErrCurrency, and ledger.ErrNoAccount, ErrSuspended and ErrClosed; from Apply also
// ledger.ErrInsufficient.
func (s *Orders) Reserve(ctx context.Context, o Order, account ledger.AccountID, at time.Time) (Step, error) {
	hold := fmt.Sprintf("%s/%d", o.ID, o.Version)
	next, err := o.Reserve(account, hold)
	if err != nil {
		return Step{}, err
	}
	return s.with(ctx, next, "reserve", at, ledger.Place{ID: hold, Account: account, Amount: o.Amount, Ref: orderRef(o), At: at})
}

// Release gives the money of a reserved order back; the order is open again.
func (s *Orders) Release(ctx context.Context, o Order, reason string, at time.Time) (Step, error) {
	next, err := o.Release()
	if err != nil {
		return Step{}, err
	}
	return s.with(ctx, next, "release", at, ledger.Release{Hold: o.Hold, Reason: reason, At: at})
}

// Dismiss cancels a reserved order and gives the money held for it back, in one change: what it was to pay for is refused.
func (s *Orders) Dismiss(ctx context.Context, o Order, cause string, at time.Time) (Step, error) {
	if o.State != Reserved {
		return Step{}, fmt.Errorf("%w: order %q is %s; only a reserved one is dismissed", ErrTransition, o.ID, o.State)
	}
	next, err := o.Cancel(at, cause)
	if err != nil {
		return Step{}, err
	}
	return s.with(ctx, next, "dismiss", at, ledger.Release{Hold: o.Hold, Reason: cause, At: at})
}

// Capture pays a reserved order with the money held for it: the hold is captured in full, every line credits the revenue of its court and
// item, the order is marked as paid, and its receipt is made. The number is one drawn with [DrawReceipt] by an earlier change.
func (s *Orders) Capture(ctx context.Context, o Order, n Number, at time.Time) (Step, error) {
	if o.State != Reserved {
		return Step{}, fmt.Errorf("%w: order %.80q is %s; a capture needs it reserved", ErrTransition, o.ID, o.State)
	}
	return s.pay(ctx, o, Payment{Means: DepositAccount, Account: o.Account, At: at, Number: n},
		ledger.Capture{Hold: o.Hold, To: revenue(o), Ref: orderRef(o), At: at})
}

// Debit pays an open order from a deposit account without a hold, and is otherwise as Capture. The order may be new: then it is made, paid and
// receipted at once. Whether there is enough money is known when the change is applied, not before: a number that was drawn
// for a debit that is refused must be used for the next try, or leaves a gap. Reserve and Capture have no such moment.
func (s *Orders) Debit(ctx context.Context, o Order, account ledger.AccountID, n Number, at time.Time) (Step, error) {
	if o.State != Open {
		return Step{}, fmt.Errorf("%w: order %.80q is %s; a debit needs it open", ErrTransition, o.ID, o.State)
	}
	return s.pay(ctx, o, Payment{Means: DepositAccount, Account: account, At: at, Number: n},
		ledger.Debit{ID: "order/" + o.ID, Account: account, To: revenue(o), Ref: orderRef(o), At: at})
}

// pay marks the order as paid, makes its receipt and moves the money.
func (s *Orders) pay(ctx context.Context, o Order, p Payment, r ledger.Request) (Step, error) {
	next, receipt, err := o.Pay(p)
	if err != nil {
		return Step{}, err
	}
	step, err := s.with(ctx, next, "pay", p.At, r)
	if err != nil {
		return Step{}, err
	}
	put, err := ReceiptPut(receipt)
	if err != nil {
		return Step{}, err
	}
	step.Change.Merge(store.Change{Puts: []store.Put{put}})
	step.Receipt = receipt
	return step, nil
}

// with writes the order and carries out the ledger's request in one change.
func (s *Orders) with(ctx context.Context, o Order, verb string, at time.Time, r ledger.Request) (Step, error) {
	step, err := write(o, verb, at)
	if err != nil {
		return Step{}, err
	}
	moved, err := s.ledger.Change(ctx, r)
	if err != nil {
		return Step{}, fmt.Errorf("order %q: %w", o.ID, overtaken(err))
	}
	step.Change.Merge(moved)
	return step, nil
}

// write is the step that writes an order derived from the version it carries.
func write(o Order, verb string, at time.Time) (Step, error) {
	put, err := OrderPut(o, o.Version)
	if err != nil {
		return Step{}, err
	}
	id := fmt.Sprintf("payment/order/%s/%d/%s", o.ID, o.Version, verb)
	o.Version++
	return Step{Change: store.Change{ID: id, At: at, Puts: []store.Put{put}}, Order: o}, nil
}

// revenue credits each line to its court and item; lines of nothing are left out.
func revenue(o Order) []ledger.Posting {
	var to []ledger.Posting
	for _, l := range o.Lines {
		if !l.Amount.IsZero() {
			to = append(to, ledger.Posting{Account: ledger.Revenue(o.Court, l.Item), Amount: l.Amount})
		}
	}
	return to
}

// orderRef is how the ledger's records name the order.
func orderRef(o Order) string { return "order " + o.ID }
