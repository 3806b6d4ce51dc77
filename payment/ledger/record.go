package ledger

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment/internal/key"
)

// The kinds of record and the indexes, as they stand in the store.
const (
	kindAccount = "ledger.account"
	kindEntry   = "ledger.entry"
	kindHold    = "ledger.hold"

	// indexAccounts finds accounts by their id.
	indexAccounts = "ledger.accounts"
	// indexJournal finds entries and holds by currency, in the order of their commit.
	indexJournal = "ledger.journal"
	// indexStatement finds entries by currency|account|value instant.
	indexStatement = "ledger.statement"
	// indexHeld finds the holds that are still open by currency|account|instant.
	indexHeld = "ledger.held"
	// indexReversal keeps an entry from being reversed twice: its key is the id of the reversed entry.
	indexReversal = "ledger.reversal"
)

// postedSum and availableSum name the sums of an account.
func postedSum(c money.Currency, a AccountID) string {
	return "ledger/" + c.Code() + "/" + string(a) + "/posted"
}

func availableSum(c money.Currency, a AccountID) string {
	return "ledger/" + c.Code() + "/" + string(a) + "/available"
}

func (a Account) put() (store.Put, error) {
	body, err := json.Marshal(a)
	if err != nil {
		return store.Put{}, fmt.Errorf("ledger: account %s: %w", a.ID, err)
	}
	return store.Put{
		Kind: kindAccount, ID: string(a.ID), Body: body, Expect: a.Version,
		Index: []store.Entry{{Index: indexAccounts, Key: string(a.ID)}},
	}, nil
}

func (e Entry) put() (store.Put, error) {
	body, err := json.Marshal(e)
	if err != nil {
		return store.Put{}, fmt.Errorf("ledger: entry %q: %w", e.ID, err)
	}
	code, at := e.Currency().Code(), key.Time(e.ValueAt())
	put := store.Put{Kind: kindEntry, ID: e.ID, Body: body, Index: make([]store.Entry, 0, 1+len(e.Postings))}
	put.Index = append(put.Index, store.Entry{Index: indexJournal, Key: code})
	for _, p := range e.Postings {
		put.Index = append(put.Index, store.Entry{Index: indexStatement, Key: key.Join(code, string(p.Account), at)})
	}
	if e.Reverses != "" {
		put.Unique = []store.Entry{{Index: indexReversal, Key: e.Reverses}}
	}
	return put, nil
}

func (h Hold) put() (store.Put, error) {
	body, err := json.Marshal(h)
	if err != nil {
		return store.Put{}, fmt.Errorf("ledger: hold %q: %w", h.ID, err)
	}
	code := h.Amount.Currency().Code()
	put := store.Put{
		Kind: kindHold, ID: h.ID, Body: body, Expect: h.Version,
		Index: []store.Entry{{Index: indexJournal, Key: code}},
	}
	if h.State == Held {
		put.Index = append(put.Index, store.Entry{Index: indexHeld, Key: key.Join(code, string(h.Account), key.Time(h.At))})
	}
	return put, nil
}

// Account reads the record of a deposit account. Errors: ErrInvalid, ErrNoAccount.
func (l *Ledger) Account(ctx context.Context, id AccountID) (Account, error) {
	if err := id.Check(); err != nil {
		return Account{}, err
	}
	if !id.guarded() {
		return Account{}, fmt.Errorf("%w: %s is no deposit account; only those are opened", ErrInvalid, id)
	}
	r, err := l.store.Get(ctx, kindAccount, string(id))
	if errors.Is(err, store.ErrNotFound) {
		return Account{}, fmt.Errorf("%w: %s was never opened", ErrNoAccount, id)
	}
	if err != nil {
		return Account{}, fmt.Errorf("ledger: account %s: %w", id, err)
	}
	return decodeAccount(r)
}

// Entry reads an entry of the journal, or ErrNoEntry.
func (l *Ledger) Entry(ctx context.Context, id string) (Entry, error) {
	r, err := l.store.Get(ctx, kindEntry, id)
	if errors.Is(err, store.ErrNotFound) {
		return Entry{}, fmt.Errorf("%w: %.80q", ErrNoEntry, id)
	}
	if err != nil {
		return Entry{}, fmt.Errorf("ledger: entry %.80q: %w", id, err)
	}
	return decodeEntry(r)
}

// Hold reads a hold; a *HoldError with no state says that there is none.
func (l *Ledger) Hold(ctx context.Context, id string) (Hold, error) {
	r, err := l.store.Get(ctx, kindHold, id)
	if errors.Is(err, store.ErrNotFound) {
		return Hold{}, &HoldError{ID: id}
	}
	if err != nil {
		return Hold{}, fmt.Errorf("ledger: hold %.80q: %w", id, err)
	}
	return decodeHold(r)
}

func decodeAccount(r store.Record) (Account, error) {
	var a Account
	if err := decode(r, &a); err != nil {
		return Account{}, err
	}
	a.Version = r.Version
	return a, nil
}

func decodeEntry(r store.Record) (Entry, error) {
	var e Entry
	if err := decode(r, &e); err != nil {
		return Entry{}, err
	}
	return e, nil
}

func decodeHold(r store.Record) (Hold, error) {
	var h Hold
	if err := decode(r, &h); err != nil {
		return Hold{}, err
	}
	h.Version = r.Version
	return h, nil
}

// decode reads a record's body; a body that is no such record is a sign that the storage can't be trusted.
func decode(r store.Record, into any) error {
	if err := json.Unmarshal(r.Body, into); err != nil {
		return fmt.Errorf("%w: %s %q: %w", store.ErrCorrupt, r.Kind, r.ID, err)
	}
	return nil
}
