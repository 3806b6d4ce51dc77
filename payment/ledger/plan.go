package ledger

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/icms/store"
)

// post plans an entry whose deposit accounts must be open.
func (l *Ledger) post(ctx context.Context, e Entry) (plan, error) {
	if err := e.prepare(); err != nil {
		return plan{}, err
	}
	if err := l.unposted(ctx, e); err != nil {
		return plan{}, err
	}
	put, err := e.put()
	if err != nil {
		return plan{}, err
	}
	c := store.Change{ID: "ledger/entry/" + e.ID, At: e.At, Puts: []store.Put{put}}
	for _, p := range e.Postings {
		if p.Account.guarded() {
			k, err := l.open(ctx, p.Account, e.Currency())
			if err != nil {
				return plan{}, fmt.Errorf("entry %q: %w", e.ID, err)
			}
			c.Require = append(c.Require, k)
		}
		c.Sums = append(c.Sums, l.postingSums(p)...)
	}
	sortSums(c.Sums)
	return plan{c, Done{Entry: e}}, nil
}

// unposted gives nil when no entry has the id, a *DoneError for the same request, a *ConflictError for another.
func (l *Ledger) unposted(ctx context.Context, e Entry) error {
	before, err := l.Entry(ctx, e.ID)
	switch {
	case errors.Is(err, ErrNoEntry):
		return nil
	case err != nil:
		return err
	case before.Hash != e.Hash:
		return &ConflictError{Kind: "entry", ID: e.ID}
	}
	return &DoneError{Done{Entry: before}}
}

// open reads a deposit account and gives the requirement that it stays as it is: open, and in that currency.
func (l *Ledger) open(ctx context.Context, id AccountID, c money.Currency) (store.Key, error) {
	a, err := l.Account(ctx, id)
	if err != nil {
		return store.Key{}, err
	}
	if err := a.usable(); err != nil {
		return store.Key{}, err
	}
	if a.Currency != c {
		return store.Key{}, fmt.Errorf("%w: %s is kept in %s, not in %s", money.ErrCurrency, id, a.Currency, c)
	}
	return store.Key{Kind: kindAccount, ID: string(id), Expect: a.Version}, nil
}

// postingSums are the changes of an account's sums: the available one is guarded by the floor when money leaves.
func (l *Ledger) postingSums(p Posting) []store.Sum {
	c, minor := p.Amount.Currency(), p.Amount.Minor()
	posted := store.Sum{Name: postedSum(c, p.Account), Delta: minor}
	if !p.Account.guarded() {
		return []store.Sum{posted}
	}
	return []store.Sum{l.availableDelta(c, p.Account, minor), posted}
}

func (l *Ledger) availableDelta(c money.Currency, a AccountID, minor int64) store.Sum {
	s := store.Sum{Name: availableSum(c, a), Delta: minor}
	if minor < 0 {
		s.HasFloor, s.Floor = true, l.terms.floor(c).Minor()
	}
	return s
}

// sortSums puts sums in one order for all changes, so that two changes never wait for each other's rows.
func sortSums(sums []store.Sum) {
	slices.SortFunc(sums, func(a, b store.Sum) int { return strings.Compare(a.Name, b.Name) })
}
