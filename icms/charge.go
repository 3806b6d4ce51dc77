package icms

import (
	"context"
	"errors"
	"fmt"
	"reflect"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/ledger"
)

// Charge is a debt that no filing makes: a fine, costs, a deposit for expenses. Its amount is set by the court's staff.
type Charge struct {
	// ID names the charge in its court: a case number, a notice's number. At most 60 bytes without "|".
	ID string
	// Court is the court's code, Payer who owes: a registered user, or any name by which the court knows a person who is none.
	Court, Payer string
	// Purpose is the kind of payment, by which the court's means policy says who may pay how: "fine", "costs", "deposit".
	Purpose string
	// Lines are what is owed.
	Lines []payment.Line
	// By is the officer who set the amount.
	By Filer
}

// The kinds of subject of orders that are no batch's: kindCharge of charges, kindPaperFee of what papers in a case cost.
const (
	kindCharge   = "charge"
	kindPaperFee = "paper"
)

// ErrCharged says that a charge of that name was made with other contents.
var ErrCharged = errors.New("icms: charged already, for something else")

// Charge makes the order of a charge. The same charge again is the same order; another one under its name is ErrCharged. One that expired or
// was withdrawn may be made again.
func (a AccountsOffice) Charge(ctx context.Context, c Charge) (payment.Order, error) {
	s := a.s
	d, err := s.court(c.Court)
	if err != nil {
		return payment.Order{}, err
	}
	if c.ID == "" {
		return payment.Order{}, invalid("a charge of %s has no id: give the case number or the notice's number", c.Payer)
	}
	if c.By.Organisation == "" || c.By.User == "" {
		return payment.Order{}, invalid("charge %q: it names the office and the officer who set the amount", c.ID)
	}
	for _, l := range c.Lines {
		if err := tagged("description", l.Description); err != nil {
			return payment.Order{}, err
		}
	}
	subject := payment.Subject{Kind: kindCharge, ID: c.Court + "/" + c.ID}
	for range maxTries {
		before, err := s.chargedBefore(ctx, subject)
		if err != nil {
			return payment.Order{}, fmt.Errorf("icms: charge %s: %w", c.ID, err)
		}
		if n := len(before); n > 0 && before[n-1].State != payment.Expired && before[n-1].State != payment.Cancelled {
			return c.sameAs(before[n-1])
		}
		at := s.now()
		opened, err := s.openOrder(payment.Order{
			ID: fmt.Sprintf("%s/%s/%d", kindCharge, subject.ID, len(before)+1), Court: c.Court, Payer: c.Payer, Purpose: c.Purpose,
			For: subject, Lines: c.Lines, PricedAt: at,
		}, at)
		if err != nil {
			return payment.Order{}, fmt.Errorf("%w: charge %.60q: %w", ErrInvalid, c.ID, err)
		}
		change := opened.Change
		change.Chain = chain(d.court, at)
		change.Note = note("charge made", c.By, "order", opened.Order.ID, "payer", c.Payer, "amount", opened.Order.Amount.String())
		change.Events = append(change.Events, orderEvent(change, opened.Order, EventOrderCharged))
		_, err = s.orders.Apply(ctx, change)
		switch {
		case err == nil:
			return s.orders.Get(ctx, opened.Order.ID)
		case errors.Is(err, payment.ErrOrdered) || errors.Is(err, payment.ErrChanged):
			continue // somebody made it meanwhile
		}
		return payment.Order{}, fmt.Errorf("icms: charge %s: %w", c.ID, err)
	}
	return payment.Order{}, overtaken("charge " + c.ID)
}

// chargedBefore reads all orders of a charge, the newest last.
func (s *Service) chargedBefore(ctx context.Context, subject payment.Subject) (orders []payment.Order, err error) {
	for q := (payment.Query{For: subject, Limit: 1000}); ; {
		page, next, err := s.orders.List(ctx, q)
		if err != nil {
			return nil, err
		}
		orders = append(orders, page...)
		if q.After = next; next == "" {
			return orders, nil
		}
	}
}

// sameAs gives the order when it is the charge's, and says what differs when it is not.
func (c Charge) sameAs(o payment.Order) (payment.Order, error) {
	if o.Payer != c.Payer || o.Purpose != c.Purpose || !reflect.DeepEqual(o.Lines, c.Lines) {
		return o, fmt.Errorf("%w: %s is for %s by %s (%s): withdraw that first", ErrCharged, c.ID, o.Amount, o.Payer, o.Purpose)
	}
	return o, nil
}

// orderEvent tells the host about an order that is not a batch's.
func orderEvent(change store.Change, o payment.Order, kind string) store.Event {
	return event(change.At, "order/"+o.ID, change.ID, kind, map[string]any{
		"court": o.Court, "order": o.ID, "payer": o.Payer, "purpose": o.Purpose, "amount": o.Amount, "state": o.State,
	})
}

// charge reads the order of a charge, or of a search, which is paid and withdrawn as one.
func (s *Service) charge(ctx context.Context, id string) (*desk, payment.Order, error) {
	o, err := s.orders.Get(ctx, id)
	if err != nil {
		return nil, o, fmt.Errorf("icms: %w", err)
	}
	if o.For.Kind != kindCharge && o.For.Kind != kindPaperFee && o.For.Kind != kindSearch {
		return nil, o, invalid("order %s is for the %s %s: its own service sees to it", id, o.For.Kind, o.For.ID)
	}
	d, err := s.court(o.Court)
	return d, o, err
}

// Withdraw cancels the order of a charge or of a search that is not paid and not being paid at a gateway; money held for it is given back with it.
func (a AccountsOffice) Withdraw(ctx context.Context, order, cause string, by Filer) error {
	s := a.s
	for range maxTries {
		d, o, err := s.charge(ctx, order)
		if err != nil || o.State == payment.Cancelled {
			return err
		}
		at := s.now()
		var step payment.Step
		if o.State == payment.Reserved {
			step, err = s.orders.Dismiss(ctx, o, cause, at)
		} else {
			step, err = s.orders.Cancel(o, cause, at)
		}
		if errors.Is(err, payment.ErrChanged) {
			continue
		}
		if err != nil {
			return fmt.Errorf("icms: %w", err)
		}
		step.Change.Chain, step.Change.Note = chain(d.court, at), note("charge withdrawn", by, "order", order)
		step.Change.Events = append(step.Change.Events, orderEvent(step.Change, step.Order, EventOrderWithdrawn))
		if _, err = s.orders.Apply(ctx, step.Change); !errors.Is(err, payment.ErrChanged) {
			return err
		}
	}
	return overtaken("order " + order)
}

// PayFromAccount pays the order of a charge or of a search from a deposit account of its payer. Paying again gives the same receipt. Money that was held
// is taken by Resume when this is interrupted.
func (a AccountsOffice) PayFromAccount(ctx context.Context, order string, account ledger.AccountID, by Filer) (payment.Receipt, error) {
	s := a.s
	if account.Org() != by.Organisation {
		return payment.Receipt{}, fmt.Errorf("%w: %s does not pay from %s", ErrForbidden, by.Organisation, account)
	}
	for range maxTries {
		d, o, err := s.charge(ctx, order)
		if err != nil {
			return payment.Receipt{}, err
		}
		if o.Payer != by.Organisation {
			return payment.Receipt{}, fmt.Errorf("%w: %s does not owe order %s", ErrForbidden, by.Organisation, order)
		}
		at := s.now()
		var step payment.Step
		action := "charge paid"
		switch o.State {
		case payment.Paid:
			return s.orders.ReceiptOf(ctx, order)
		case payment.Open:
			action = "charge reserved"
			if err = s.takesDeposits(o, at); err == nil {
				step, err = s.orders.Reserve(ctx, o, account, at)
			}
		case payment.Reserved:
			if o.Account != account {
				return payment.Receipt{}, fmt.Errorf("%w: order %s is held on %s already", payment.ErrTransition, order, o.Account)
			}
			step, err = s.captureOrder(ctx, d.court, o, by)
		default:
			return payment.Receipt{}, fmt.Errorf("icms: order %s is %s: %w", order, o.State, payment.ErrTransition)
		}
		if err == nil {
			step.Change.Chain, step.Change.Note = chain(d.court, at), note(action, by, "order", order, "account", string(account))
			if step.Order.State == payment.Paid {
				var with store.Change
				with, err = s.follow(ctx, step.Order, step.Receipt)
				step.Change.Merge(with)
			} else {
				step.Change.Work = append(step.Change.Work, store.Work{Kind: workCharge, ID: order, Due: at.Add(s.lease), Body: []byte("{}")})
			}
			if err == nil {
				_, err = s.orders.Apply(ctx, step.Change)
			}
		}
		if err != nil && !moved(err) && !errors.Is(err, ledger.ErrDone) {
			return payment.Receipt{}, fmt.Errorf("icms: paying order %s: %w", order, err)
		}
	}
	return payment.Receipt{}, overtaken("order " + order)
}

// workCharge is the kind of work that takes money held for a charge when the process that held it is gone.
const workCharge = "charge"

// resumeCharges takes the money that is held for charges whose payment was interrupted.
func (s *Service) resumeCharges(ctx context.Context) error {
	var failed error
	for ctx.Err() == nil {
		due, err := s.store.ClaimWork(ctx, store.Claim{Kind: workCharge, Now: s.now(), Lease: s.lease, Max: 1})
		if err != nil || len(due) == 0 {
			return errors.Join(failed, err)
		}
		failed = errors.Join(failed, s.resumeCharge(ctx, due[0]))
	}
	return failed
}

func (s *Service) resumeCharge(ctx context.Context, w store.Work) error {
	_, o, err := s.charge(ctx, w.ID)
	if err != nil {
		return err
	}
	if o.State == payment.Reserved {
		by := Filer{Organisation: o.Payer}
		if _, err := (AccountsOffice{s}).PayFromAccount(ctx, o.ID, o.Account, by); err != nil {
			return err
		}
	}
	_, err = s.apply(ctx, store.Change{ID: fmt.Sprintf("work/charge/%s/%d", w.ID, w.Token), At: s.now(), Done: []store.Work{w}})
	if errors.Is(err, store.ErrLease) {
		return nil
	}
	return err
}

// captureOrder makes the step that takes the money held for an order.
func (s *Service) captureOrder(ctx context.Context, c *Court, o payment.Order, by Filer) (payment.Step, error) {
	hold, err := s.ledger.Hold(ctx, o.Hold)
	if err != nil {
		return payment.Step{}, err
	}
	number, err := s.receiptNumber(ctx, c, by, o, hold.At)
	if err != nil {
		return payment.Step{}, err
	}
	return s.orders.Capture(ctx, o, number, hold.At)
}
