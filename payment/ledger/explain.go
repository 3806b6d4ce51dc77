package ledger

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/icms/store"
)

// Explain turns the storage's error for a change that the ledger built, alone or merged into a larger one, into the ledger's
// own: ErrInsufficient, ErrSuspended, ErrClosed, ErrHold, ErrConflict, ErrDone, or ErrChanged when building it again may help. Errors that
// have nothing to do with the ledger come back as they are. It may read the store, never writes.
func (l *Ledger) Explain(ctx context.Context, c store.Change, err error) error {
	var (
		short   *store.ShortError
		version *store.VersionError
		taken   *store.TakenError
	)
	switch {
	case errors.As(err, &short):
		return insufficient(short, err)
	case errors.As(err, &version):
		return l.explainVersion(ctx, c, version, err)
	case errors.As(err, &taken) && taken.Index == indexReversal:
		if put, ok := putOf(c, kindEntry, taken.ID); ok { // this same reversal, done meanwhile
			return l.explainEntry(ctx, put, err)
		}
		return reversedBy(taken.Key, taken.ID)
	}
	return err
}

// insufficient reads account and currency back out of the name of the sum.
func insufficient(short *store.ShortError, cause error) error {
	name, ok := strings.CutPrefix(short.Name, "ledger/")
	name, guarded := strings.CutSuffix(name, "/available")
	code, account, _ := strings.Cut(name, "/")
	c, err := money.ParseCurrency(code)
	if !ok || !guarded || err != nil {
		return cause
	}
	return &InsufficientError{
		Account: AccountID(account), Available: money.New(short.Have, c), Needed: money.New(-short.Delta, c),
		Floor: money.New(short.Floor, c), cause: cause,
	}
}

func (l *Ledger) explainVersion(ctx context.Context, c store.Change, v *store.VersionError, cause error) error {
	switch v.Kind {
	case kindAccount:
		return l.explainAccount(ctx, AccountID(v.ID), cause)
	case kindEntry, kindHold:
	default:
		return cause
	}
	put, ok := putOf(c, v.Kind, v.ID)
	switch {
	case !ok:
		return cause
	case v.Kind == kindEntry:
		return l.explainEntry(ctx, put, cause)
	}
	return l.explainHold(ctx, c, put, cause)
}

// putOf finds the put of a record in a change.
func putOf(c store.Change, kind, id string) (store.Put, bool) {
	for _, put := range c.Puts {
		if put.Kind == kind && put.ID == id {
			return put, true
		}
	}
	return store.Put{}, false
}

// explainAccount says what an account has become.
func (l *Ledger) explainAccount(ctx context.Context, id AccountID, cause error) error {
	a, err := l.Account(ctx, id)
	if err != nil {
		return err
	}
	if err := a.usable(); err != nil {
		return fmt.Errorf("%w: %w", err, cause)
	}
	return fmt.Errorf("%w: %s: %w", ErrChanged, id, cause)
}

// explainEntry tells a replay of the entry in the put from a conflict.
func (l *Ledger) explainEntry(ctx context.Context, put store.Put, cause error) error {
	e, err := decodeEntry(store.Record{Kind: put.Kind, ID: put.ID, Body: put.Body})
	if err != nil {
		return err
	}
	if err := l.unposted(ctx, e); err != nil {
		return err
	}
	return cause
}

// explainHold tells what has become of the hold in the put.
func (l *Ledger) explainHold(ctx context.Context, c store.Change, put store.Put, cause error) error {
	h, err := decodeHold(store.Record{Kind: put.Kind, ID: put.ID, Body: put.Body})
	if err != nil {
		return err
	}
	if put.Expect == 0 {
		if err := l.unplaced(ctx, h); err != nil {
			return err
		}
		return cause
	}
	now, err := l.Hold(ctx, h.ID)
	switch {
	case err != nil:
		return err
	case now.State == Released && h.State == Released:
		return &DoneError{Done{Hold: now}}
	case now.State == Captured && h.State == Captured: // by which capture, its entry tells
		if entry, ok := putOf(c, kindEntry, h.Entry); ok {
			return l.explainEntry(ctx, entry, cause)
		}
	case now.State != Held:
		return &HoldError{now.ID, now.State}
	}
	return cause
}
