package payment

import (
	"context"
	"fmt"
	"math/bits"
	"slices"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment/internal/key"
	"courts.example/eservices/payment/ledger"
)

// bornSum is the sum, at most 0, of what one account bears of refunds and disputes. Payments that paid an order together share the order's.
func (f funds) bornSum(a ledger.AccountID) string {
	if f.order != "" {
		return sumPrefix + "born/" + key.Join("order", f.order, string(a))
	}
	return sumPrefix + "born/" + key.Join(f.name(), string(a))
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
