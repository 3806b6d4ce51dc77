package payment

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/money"
	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment/ledger"
)

// ErrRefundable says that more is asked back than is left of a payment; it is wrapped by a *RefundableError.
var ErrRefundable = errors.New("payment: more than is left of the payment")

// RefundableError is an ErrRefundable with its amounts.
type RefundableError struct {
	// Of names the payment, Left is what is left of it, Asked what was asked.
	Of          string
	Left, Asked money.Amount
}

// Error names the payment and the amounts.
func (e *RefundableError) Error() string {
	return fmt.Sprintf("%v: %s is left of %s, %s is asked", ErrRefundable, e.Left, e.Of, e.Asked)
}

// Text is what a clerk reads.
func (e *RefundableError) Text() law.Text {
	return law.T("{asked} can't be given back: {left} is left of the payment.", "未能退還 {asked}：該項付款尚餘 {left}。").
		Fill(law.V("asked", e.Asked), law.V("left", e.Left))
}

// Unwrap gives ErrRefundable.
func (e *RefundableError) Unwrap() error { return ErrRefundable }

// sumPrefix begins the names of the sums that count what goes back.
const sumPrefix = "payment/"

// funds are money that came in by one payment, as far as it can go back. What goes back is counted by sums with a floor, so that
// never more goes back than came, whoever does it at the same time.
type funds struct {
	gateway, payment, attempt string           // of a payment at a gateway
	account                   ledger.AccountID // of a payment from a deposit account
	order, court              string
	amount                    money.Amount
	// bear are the accounts that the money stands in, with positive amounts.
	bear []ledger.Posting
	// require holds the record that says so at its version.
	require []store.Key
}

// name is what people and sums call it.
func (f funds) name() string {
	if f.payment != "" {
		return paymentKey(f.gateway, f.payment)
	}
	return "order|" + f.order
}

// givenSum is the sum, at most 0, of what went back or is contested of the payment. Its floor is minus the amount of the payment.
func (f funds) givenSum() string { return sumPrefix + "given/" + f.name() }

// left is what can still go back; below zero when a gateway took back more than there was.
func (c *Cashier) left(ctx context.Context, f funds) (money.Amount, error) {
	given, err := c.Store.Sums(ctx, f.givenSum())
	if err != nil {
		return money.Amount{}, fmt.Errorf("payment: what is left of %s: %w", f.name(), err)
	}
	return money.New(f.amount.Minor()+given[0], f.amount.Currency()), nil
}

// give takes an amount off what is left; the change is refused when that is less.
func (f funds) give(amount money.Amount) store.Sum {
	return store.Sum{Name: f.givenSum(), Delta: -amount.Minor(), HasFloor: true, Floor: -f.amount.Minor()}
}

// lose takes an amount off what is left, whatever that is: the gateway took it.
func (f funds) lose(amount money.Amount) store.Sum {
	return store.Sum{Name: f.givenSum(), Delta: -amount.Minor()}
}

// restore undoes give and lose.
func (f funds) restore(amount money.Amount) store.Sum {
	return store.Sum{Name: f.givenSum(), Delta: amount.Minor()}
}

// turnSum counts down whenever what a gateway holds to be left of a payment changes.
func (f funds) turnSum() string { return sumPrefix + "turn/" + f.name() }

// turned counts such a change.
func (f funds) turned() store.Sum { return store.Sum{Name: f.turnSum(), Delta: -1} }

// turn counts such a change too, and has it refused when there was another since now.
func (c *Cashier) turn(ctx context.Context, f funds) (store.Sum, error) {
	seen, err := c.Store.Sums(ctx, f.turnSum())
	if err != nil {
		return store.Sum{}, fmt.Errorf("payment: refunds of %s: %w", f.name(), err)
	}
	return store.Sum{Name: f.turnSum(), Delta: -1, HasFloor: true, Floor: seen[0] - 1}, nil
}

// fundsOfTaken are those of a payment at a gateway.
func (c *Cashier) fundsOfTaken(ctx context.Context, t Taken) (funds, error) {
	f := funds{
		gateway: t.Gateway, payment: t.ID, attempt: t.Attempt, order: t.Order, court: t.Court, amount: t.Amount,
		require: []store.Key{{Kind: kindTaken, ID: t.key(), Expect: t.Version}},
	}
	switch t.Use {
	case UseOrder:
	case UseExcess:
		f.order, f.bear = "", []ledger.Posting{{Account: ledger.Unallocated, Amount: t.Amount}}
		return f, nil
	default:
		return funds{}, fmt.Errorf("%w: payment %q at %s is on its way to order %q; check its attempt first", ErrTransition, t.ID, t.Gateway, t.Order)
	}
	o, err := c.Orders.Get(ctx, t.Order)
	if err != nil {
		return funds{}, err
	}
	f.bear = joined(revenue(o))
	return f, nil
}

// fundsOfOrder are those of a paid order: of the one payment that paid it, of the deposit account or of the counter.
func (c *Cashier) fundsOfOrder(ctx context.Context, id string) (funds, error) {
	o, err := c.Orders.Get(ctx, id)
	if err != nil {
		return funds{}, err
	}
	if o.State != Paid {
		return funds{}, fmt.Errorf("%w: order %q is %s; only what was paid can go back", ErrTransition, o.ID, o.State)
	}
	paid, err := c.paidBy(ctx, o.ID)
	switch {
	case err != nil:
		return funds{}, err
	case len(paid) > 1:
		return funds{}, fmt.Errorf("%w: order %q was paid by %d payments; name the one that goes back", ErrInvalid, o.ID, len(paid))
	case len(paid) == 1:
		return c.fundsOfTaken(ctx, paid[0])
	}
	return funds{
		account: o.Account, order: o.ID, court: o.Court, amount: o.Amount, bear: joined(revenue(o)),
		require: []store.Key{{Kind: kindOrder, ID: o.ID, Expect: o.Version}},
	}, nil
}

// fundsOf are those that a refund gives back.
func (c *Cashier) fundsOf(ctx context.Context, r Refund) (funds, error) {
	if r.Payment == "" {
		return c.fundsOfOrder(ctx, r.Order)
	}
	t, err := c.Taking(ctx, r.Gateway, r.Payment)
	if err != nil {
		return funds{}, err
	}
	return c.fundsOfTaken(ctx, t)
}

// paidBy lists the payments at gateways that paid an order.
func (c *Cashier) paidBy(ctx context.Context, order string) ([]Taken, error) {
	takings, err := c.TakingsOf(ctx, order)
	return slices.DeleteFunc(takings, func(t Taken) bool { return t.Use != UseOrder }), err
}
