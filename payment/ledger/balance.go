package ledger

import (
	"context"
	"fmt"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment/internal/key"
)

// Balance is what a deposit account has: Posted is the sum of its entries, Held is set aside by open holds, and Available is
// what can be spent down to the floor.
type Balance struct {
	Posted, Held, Available money.Amount
}

// Balance reads the balance of a deposit account. It is out of date as soon as it is read: only Apply decides whether there is
// enough. Errors: ErrInvalid, ErrNoAccount.
func (l *Ledger) Balance(ctx context.Context, id AccountID) (Balance, error) {
	a, err := l.Account(ctx, id)
	if err != nil {
		return Balance{}, err
	}
	return l.balance(ctx, id, a.Currency)
}

func (l *Ledger) balance(ctx context.Context, id AccountID, c money.Currency) (Balance, error) {
	sums, err := l.store.Sums(ctx, postedSum(c, id), availableSum(c, id))
	if err != nil {
		return Balance{}, fmt.Errorf("ledger: balance of %s: %w", id, err)
	}
	posted, available := money.New(sums[0], c), money.New(sums[1], c)
	held, err := posted.Sub(available)
	if err != nil {
		return Balance{}, fmt.Errorf("ledger: balance of %s: %w", id, err)
	}
	return Balance{Posted: posted, Held: held, Available: available}, nil
}

// Posted reads the ledger balance of any account in a currency: positive for credit (owed, earned), negative for debit (at the bank).
func (l *Ledger) Posted(ctx context.Context, id AccountID, c money.Currency) (money.Amount, error) {
	if err := id.Check(); err != nil {
		return money.Amount{}, err
	}
	sums, err := l.store.Sums(ctx, postedSum(c, id))
	if err != nil {
		return money.Amount{}, fmt.Errorf("ledger: balance of %s: %w", id, err)
	}
	return money.New(sums[0], c), nil
}

// Holds reads a page of the open holds of a deposit account, the oldest first; an empty id means all accounts, account by account. Limit
// is at most 1,000, 0 means 100; after and next are as in [store.Query].
func (l *Ledger) Holds(ctx context.Context, id AccountID, after string, limit int) (holds []Hold, next string, err error) {
	q := store.Query{Index: indexHeld, After: after, Limit: limit}
	if id != "" {
		a, err := l.Account(ctx, id)
		if err != nil {
			return nil, "", err
		}
		q.Prefix = key.Join(a.Currency.Code(), string(id), "")
	}
	page, err := l.store.List(ctx, q)
	if err != nil {
		return nil, "", fmt.Errorf("ledger: holds of %s: %w", id, err)
	}
	for _, r := range page.Records {
		h, err := decodeHold(r)
		if err != nil {
			return nil, "", err
		}
		holds = append(holds, h)
	}
	return holds, page.Next, nil
}
