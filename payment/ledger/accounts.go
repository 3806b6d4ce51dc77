package ledger

import (
	"context"
	"errors"
	"fmt"
	"time"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment/internal/key"
)

// OpenAccount opens a deposit account: first an organisation's main account, then its branches in the same currency. Opening an
// account that is there is a replay; a closed one stays closed.
type OpenAccount struct {
	Account  AccountID
	Currency money.Currency
	// At is the instant by the caller's clock.
	At time.Time
}

func (r OpenAccount) plan(ctx context.Context, l *Ledger) (plan, error) {
	if r.Currency.IsZero() {
		return plan{}, fmt.Errorf("%w: account %.80q needs a currency", ErrInvalid, r.Account)
	}
	if err := key.CheckTime("the instant", r.At); err != nil {
		return plan{}, fmt.Errorf("%w: account %.80q: %w", ErrInvalid, r.Account, err)
	}
	before, err := l.Account(ctx, r.Account)
	switch {
	case errors.Is(err, ErrNoAccount):
	case err != nil:
		return plan{}, err
	case before.Status == Closed:
		return plan{}, before.usable()
	case before.Currency != r.Currency:
		return plan{}, &ConflictError{Kind: "account", ID: string(r.Account), By: "it is kept in " + before.Currency.Code()}
	default:
		return plan{}, &DoneError{Done{Account: before}}
	}
	a := Account{ID: r.Account, Currency: r.Currency, Status: Open, Opened: key.Instant(r.At)}
	return l.accountChange(ctx, a, "open", a.Opened, +1)
}

// SuspendAccount stops an open account: it takes no entry and no new hold.
type SuspendAccount struct {
	Account AccountID
	// Reason says why; at most 500 bytes. At is the instant by the caller's clock.
	Reason string
	At     time.Time
}

func (r SuspendAccount) plan(ctx context.Context, l *Ledger) (plan, error) {
	return l.step(ctx, "suspend", r.Account, r.Reason, r.At)
}

// ReopenAccount ends a suspension.
type ReopenAccount struct {
	Account AccountID
	// Reason says why; at most 500 bytes. At is the instant by the caller's clock.
	Reason string
	At     time.Time
}

func (r ReopenAccount) plan(ctx context.Context, l *Ledger) (plan, error) {
	return l.step(ctx, "reopen", r.Account, r.Reason, r.At)
}

// CloseAccount ends a suspended account for good. It must be empty, with nothing held and, if it is a main account, with all its branches closed.
type CloseAccount struct {
	Account AccountID
	// Reason says why; at most 500 bytes. At is the instant by the caller's clock.
	Reason string
	At     time.Time
}

func (r CloseAccount) plan(ctx context.Context, l *Ledger) (plan, error) {
	return l.step(ctx, "close", r.Account, r.Reason, r.At)
}

// step plans a change of status by the table. An account that has the status already is a replay.
func (l *Ledger) step(ctx context.Context, name string, id AccountID, reason string, at time.Time) (plan, error) {
	if err := key.CheckText("the reason", reason, maxNote); err != nil {
		return plan{}, fmt.Errorf("%w: account %.80q: %w", ErrInvalid, id, err)
	}
	if err := key.CheckTime("the instant", at); err != nil {
		return plan{}, fmt.Errorf("%w: account %.80q: %w", ErrInvalid, id, err)
	}
	a, err := l.Account(ctx, id)
	if err != nil {
		return plan{}, err
	}
	next, err := nextStatus(a, name)
	if err != nil {
		return plan{}, err
	}
	branches := int64(0)
	if next == Closed {
		if err := l.empty(ctx, a); err != nil {
			return plan{}, err
		}
		branches = -1
	}
	a.Status, a.Changed, a.Reason = next, key.Instant(at), reason
	return l.accountChange(ctx, a, name, a.Changed, branches)
}

// nextStatus looks a step up in the table.
func nextStatus(a Account, name string) (Status, error) {
	for _, row := range statusSteps {
		if row.step == name && row.from == a.Status {
			return row.to, nil
		}
	}
	for _, row := range statusSteps {
		if row.step == name && row.to == a.Status {
			return 0, &DoneError{Done{Account: a}}
		}
	}
	if a.Status == Closed {
		return 0, a.usable()
	}
	return 0, &StatusError{a.ID, a.Status, name, "suspend it first"}
}

// empty reports whether a suspended account can be closed. The answer stays true while the account's version does: a suspended
// account takes no entries, and with nothing held there is nothing to capture or release.
func (l *Ledger) empty(ctx context.Context, a Account) error {
	b, err := l.balance(ctx, a.ID, a.Currency)
	if err != nil {
		return err
	}
	why := ""
	switch {
	case a.Branches > 0:
		why = fmt.Sprintf("%d of its branches are not closed; close them first", a.Branches)
	case !b.Held.IsZero():
		why = fmt.Sprintf("%s is held; capture or release it first", b.Held)
	case !b.Posted.IsZero():
		why = fmt.Sprintf("it holds %s; reopen it and move that first", b.Posted)
	default:
		return nil
	}
	return &StatusError{a.ID, a.Status, "close", why}
}

// accountChange writes an account, and with it the number of open branches on its main account, so that a main account
// can't be closed while a branch is opened.
func (l *Ledger) accountChange(ctx context.Context, a Account, name string, at time.Time, branches int64) (plan, error) {
	c := store.Change{ID: fmt.Sprintf("ledger/account/%s/%d/%s", a.ID, a.Version, name), At: at}
	put, err := a.put()
	if err != nil {
		return plan{}, err
	}
	c.Puts = append(c.Puts, put)
	a.Version++
	if parent := a.ID.Parent(); parent != "" && branches != 0 {
		put, err := l.countBranch(ctx, a, parent, branches)
		if err != nil {
			return plan{}, err
		}
		c.Puts = append(c.Puts, put)
	}
	return plan{c, Done{Account: a}}, nil
}

// countBranch changes a main account's number of branches. A new branch needs an open main account in its own currency.
func (l *Ledger) countBranch(ctx context.Context, branch Account, parent AccountID, by int64) (store.Put, error) {
	main, err := l.Account(ctx, parent)
	if err != nil {
		return store.Put{}, fmt.Errorf("branch %s: %w", branch.ID, err)
	}
	if by > 0 {
		if err := main.usable(); err != nil {
			return store.Put{}, fmt.Errorf("branch %s: %w", branch.ID, err)
		}
		if main.Currency != branch.Currency {
			return store.Put{}, fmt.Errorf("%w: branch %s in %s, its main account is kept in %s",
				money.ErrCurrency, branch.ID, branch.Currency, main.Currency)
		}
	}
	main.Branches += by
	return main.put()
}

// Accounts reads a page of the deposit accounts of an organisation, the main account and its branches in the order of their
// ids; an empty org means all organisations. Limit is at most 1,000, 0 means 100; after and next are as in [store.Query].
func (l *Ledger) Accounts(ctx context.Context, org, after string, limit int) (accounts []Account, next string, err error) {
	prefix := "deposit:"
	if org != "" {
		if err := key.CheckName("the organisation", org); err != nil {
			return nil, "", fmt.Errorf("%w: %w", ErrInvalid, err)
		}
		prefix += org + "/"
	}
	page, err := l.store.List(ctx, store.Query{Index: indexAccounts, Prefix: prefix, After: after, Limit: limit})
	if err != nil {
		return nil, "", fmt.Errorf("ledger: accounts of %q: %w", org, err)
	}
	for _, r := range page.Records {
		a, err := decodeAccount(r)
		if err != nil {
			return nil, "", err
		}
		accounts = append(accounts, a)
	}
	return accounts, page.Next, nil
}
