package payment

import (
	"context"
	"errors"
	"fmt"
	"math/bits"
	"slices"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment/internal/key"
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

// bornSum is the sum, at most 0, of what one account bears of refunds and disputes. Payments that paid an order together share the order's.
func (f funds) bornSum(a ledger.AccountID) string {
	if f.order != "" {
		return sumPrefix + "born/" + key.Join("order", f.order, string(a))
	}
	return sumPrefix + "born/" + key.Join(f.name(), string(a))
}

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

// portions says which accounts bear an amount, in proportion to what is left of the money in each, and gives the sums that count it. More
// than is left, which only a gateway can take, is borne in proportion to all of it.
func (c *Cashier) portions(ctx context.Context, f funds, amount money.Amount) ([]ledger.Posting, []store.Sum, error) {
	names := make([]string, len(f.bear))
	for i, p := range f.bear {
		names[i] = f.bornSum(p.Account)
	}
	born, err := c.Store.Sums(ctx, names...)
	if err != nil {
		return nil, nil, fmt.Errorf("payment: what is left of %s: %w", f.name(), err)
	}
	left, sum := make([]int64, len(f.bear)), int64(0)
	for i, p := range f.bear {
		left[i] = max(0, p.Amount.Minor()+born[i])
		sum += left[i]
	}
	guarded := amount.Minor() <= sum
	if !guarded {
		for i, p := range f.bear {
			left[i] = p.Amount.Minor()
		}
	}
	var from []ledger.Posting
	var sums []store.Sum
	for i, part := range share(amount.Minor(), left) {
		if part == 0 {
			continue
		}
		from = append(from, ledger.Posting{Account: f.bear[i].Account, Amount: money.New(part, amount.Currency())})
		sums = append(sums, store.Sum{Name: names[i], Delta: -part, HasFloor: guarded, Floor: -f.bear[i].Amount.Minor()})
	}
	return from, sums, nil
}

// unbear undoes the sums of portions.
func (f funds) unbear(from []ledger.Posting) []store.Sum {
	sums := make([]store.Sum, len(from))
	for i, p := range from {
		sums[i] = store.Sum{Name: f.bornSum(p.Account), Delta: p.Amount.Minor()}
	}
	return sums
}

// share parts an amount in proportion to the weights: exact in sum, each part within one unit of its proportion, none above its weight
// as long as the amount is not above the sum of them. What is over goes to the largest remainders, the first of equal ones.
func share(amount int64, weights []int64) []int64 {
	var total uint64
	for _, w := range weights {
		total += uint64(w)
	}
	parts := make([]int64, len(weights))
	if total == 0 {
		return parts
	}
	over, rest, order := amount, make([]uint64, len(weights)), make([]int, len(weights))
	for i, w := range weights {
		high, low := bits.Mul64(uint64(amount), uint64(w))
		part, remainder := bits.Div64(high, low, total)
		parts[i], rest[i], order[i] = int64(part), remainder, i
		over -= parts[i]
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case rest[a] > rest[b]:
			return -1
		case rest[a] < rest[b]:
			return 1
		}
		return 0
	})
	for _, i := range order[:over] {
		parts[i]++
	}
	return parts
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

// joined adds up the postings of each account, in the order in which the accounts come first.
func joined(postings []ledger.Posting) []ledger.Posting {
	var out []ledger.Posting
	for _, p := range postings {
		i := slices.IndexFunc(out, func(q ledger.Posting) bool { return q.Account == p.Account })
		if i < 0 {
			out = append(out, p)
			continue
		}
		// The lines of an order were added up when it was made: their sum can't overflow.
		out[i].Amount = money.New(out[i].Amount.Minor()+p.Amount.Minor(), p.Amount.Currency())
	}
	return out
}
