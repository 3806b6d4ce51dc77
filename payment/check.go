package payment

import (
	"fmt"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment/internal/key"
)

// Check reports whether the order holds together: names, lines, one currency, the sum, and the fields that its state asks for.
// Its error wraps ErrInvalid or money.ErrCurrency and names the order and the place.
func (o Order) Check() error {
	for _, check := range []func() error{o.checkNames, o.checkTimes, o.checkLines, o.checkState} {
		if err := check(); err != nil {
			return fmt.Errorf("order %.80q: %w", o.ID, err)
		}
	}
	return nil
}

func (o Order) checkNames() error {
	err := key.CheckID("the id", o.ID, MaxID)
	if err == nil {
		err = key.CheckName("the court", o.Court)
	}
	if err == nil {
		err = key.CheckID("the payer", o.Payer, MaxID)
	}
	if err == nil {
		err = key.CheckName("the purpose", o.Purpose)
	}
	if err == nil {
		err = key.CheckName("the kind of what it is for", o.For.Kind)
	}
	if err == nil {
		err = key.CheckID("the id of what it is for", o.For.ID, MaxID)
	}
	if err == nil {
		err = key.CheckText("the cause", o.Cause, maxText)
	}
	return invalid(err)
}

func (o Order) checkTimes() error {
	err := key.CheckTime("the instant of pricing", o.PricedAt)
	if err == nil {
		err = key.CheckTime("the instant of creation", o.CreatedAt)
	}
	return invalid(err)
}

func (o Order) checkLines() error {
	total, err := sumLines(o.Lines)
	if err != nil {
		return err
	}
	if o.Amount != total {
		return fmt.Errorf("%w: it is for %s, its lines sum to %s", ErrInvalid, o.Amount, total)
	}
	if total.Sign() <= 0 {
		return fmt.Errorf("%w: it is for %s; there is nothing to pay", ErrInvalid, total)
	}
	return nil
}

// sumLines checks each line and adds them up.
func sumLines(lines []Line) (money.Amount, error) {
	if len(lines) == 0 || len(lines) > MaxLines {
		return money.Amount{}, fmt.Errorf("%w: it has %d lines, 1 to %d are needed", ErrInvalid, len(lines), MaxLines)
	}
	var total money.Amount
	for i, l := range lines {
		if err := l.check(); err != nil {
			return money.Amount{}, fmt.Errorf("line %d: %w", i+1, err)
		}
		sum, err := total.Add(l.Amount)
		if err != nil {
			return money.Amount{}, fmt.Errorf("line %d: %w", i+1, err)
		}
		total = sum
	}
	return total, nil
}

func (l Line) check() error {
	if err := key.CheckName("the item", l.Item); err != nil {
		return invalid(err)
	}
	if l.Description.In() == "" {
		return fmt.Errorf("%w: item %q has no description", ErrInvalid, l.Item)
	}
	for tag, words := range l.Description {
		if err := key.CheckText("the description in "+tag, words, maxDescription); err != nil {
			return invalid(err)
		}
	}
	if l.Count < 1 || l.Amount.Sign() < 0 || l.Amount.Currency().IsZero() {
		return fmt.Errorf("%w: item %q: %d items for %s; at least one is needed, for an amount in a currency that is not negative",
			ErrInvalid, l.Item, l.Count, l.Amount)
	}
	if l.Each == (money.Amount{}) {
		return nil
	}
	if l.Each.Currency() != l.Amount.Currency() {
		return fmt.Errorf("%w: item %q: %s each, %s in all", money.ErrCurrency, l.Item, l.Each, l.Amount)
	}
	if all, err := l.Each.Times(l.Count); err != nil || all != l.Amount {
		return fmt.Errorf("%w: item %q: %d times %s is not %s", ErrInvalid, l.Item, l.Count, l.Each, l.Amount)
	}
	return nil
}

// checkState reports whether exactly the fields are set that the state asks for.
func (o Order) checkState() error {
	reserved, paid, ended := o.State == Reserved, o.State == Paid, o.State == Expired || o.State == Cancelled
	paying := o.State == Paying
	switch {
	case o.State != Open && !reserved && !paying && !paid && !ended:
		return fmt.Errorf("%w: the state %.20q is none of %v", ErrInvalid, o.State, States())
	case reserved && (o.Account.Check() != nil || o.Hold == ""):
		return fmt.Errorf("%w: it is reserved by the hold %q on %.80q; a hold and a deposit account are needed", ErrInvalid, o.Hold, o.Account)
	case !reserved && !paid && (o.Account != "" || o.Hold != ""):
		return fmt.Errorf("%w: it is %s with an account or a hold", ErrInvalid, o.State)
	case !paid && paying == (o.Reference == ""):
		return fmt.Errorf("%w: it is %s with the attempt %.80q; an order has one while it is being paid", ErrInvalid, o.State, o.Reference)
	case paid != (o.Means != "") || paid == o.PaidAt.IsZero() || paid == o.Receipt.IsZero():
		return fmt.Errorf("%w: means, instant of payment and receipt are those of a paid order; it is %s", ErrInvalid, o.State)
	case ended == o.EndedAt.IsZero() || !ended && o.Cause != "":
		return fmt.Errorf("%w: an instant and cause of the end are those of an expired or cancelled order; it is %s", ErrInvalid, o.State)
	case paid:
		if err := checkReference(o.Means, o.Reference); err != nil {
			return err
		}
		return o.Receipt.Check()
	}
	return nil
}

// invalid wraps an error in ErrInvalid; nil stays nil.
func invalid(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%w: %w", ErrInvalid, err)
}
