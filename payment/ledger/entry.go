package ledger

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment/internal/key"
)

// EntryKind says what an entry did. The list may grow.
type EntryKind string

// The kinds of entry.
const (
	KindTopUp    EntryKind = "topup"
	KindDebit    EntryKind = "debit"
	KindCapture  EntryKind = "capture"
	KindTransfer EntryKind = "transfer"
	KindReversal EntryKind = "reversal"
	KindPost     EntryKind = "post"
)

// Posting changes the balance of one account. A positive amount credits it: more is owed to a deposit account, more was earned. A
// negative amount debits it: a deposit account was charged, or a bank account received money.
type Posting struct {
	Account AccountID    `json:"account"`
	Amount  money.Amount `json:"amount"`
}

// Entry is one entry of the journal: postings in one currency that sum to zero. Once committed it is never changed; a mistake
// is corrected by a further entry ([Reverse]).
type Entry struct {
	ID   string    `json:"id"`
	Kind EntryKind `json:"kind"`
	// Postings name each account once, in the order of the request.
	Postings []Posting `json:"postings"`
	// Ref says what the entry is for: an order, the bank's reference. Note is for people.
	Ref  string `json:"ref,omitempty"`
	Note string `json:"note,omitempty"`
	// At is the instant of booking. Value is the instant by which statements count it, when that is another one.
	At    time.Time `json:"at"`
	Value time.Time `json:"value,omitzero"`
	// Hold is the hold that a capture took; Reverses the entry that a reversal takes back.
	Hold     string `json:"hold,omitempty"`
	Reverses string `json:"reverses,omitempty"`
	// Hash is the SHA-256 of the request in hexadecimal: all of the entry but At and Hash. The same id with another hash is a conflict.
	Hash string `json:"hash"`
}

// ValueAt is the instant by which statements count the entry: Value, or At when there is none.
func (e Entry) ValueAt() time.Time {
	if e.Value.IsZero() {
		return e.At
	}
	return e.Value
}

// Currency is the currency of all postings.
func (e Entry) Currency() money.Currency {
	if len(e.Postings) == 0 {
		return money.Currency{}
	}
	return e.Postings[0].Amount.Currency()
}

// Of is what the entry posts to an account, the zero Amount when nothing.
func (e Entry) Of(a AccountID) money.Amount {
	for _, p := range e.Postings {
		if p.Account == a {
			return p.Amount
		}
	}
	return money.Amount{}
}

// The largest entry.
const (
	// MaxPostings is the largest number of accounts in one entry.
	MaxPostings = 1000
	// MaxID is the largest number of bytes of an entry's or hold's id.
	MaxID = 160
	// maxNote bounds references and notes.
	maxNote = 500
)

// prepare checks the entry, joins postings to one account, and seals it with its hash.
func (e *Entry) prepare() error {
	if err := e.checkTexts(); err != nil {
		return fmt.Errorf("%w: entry %.80q: %w", ErrInvalid, e.ID, err)
	}
	joined, err := join(e.Postings)
	if err != nil {
		return fmt.Errorf("entry %q: %w", e.ID, err)
	}
	e.Postings = joined
	e.At, e.Value = key.Instant(e.At), key.Instant(e.Value)
	if err := e.balanced(); err != nil {
		return fmt.Errorf("%w: entry %q: %w", ErrInvalid, e.ID, err)
	}
	e.Hash = e.sum()
	return nil
}

func (e *Entry) checkTexts() error {
	if err := key.CheckID("the id", e.ID, MaxID); err != nil {
		return err
	}
	if err := key.CheckText("the reference", e.Ref, maxNote); err != nil {
		return err
	}
	if err := key.CheckText("the note", e.Note, maxNote); err != nil {
		return err
	}
	if err := key.CheckTime("the instant of booking", e.At); err != nil {
		return err
	}
	if e.Value.IsZero() {
		return nil
	}
	return key.CheckTime("the value instant", e.Value)
}

// join adds up the postings of each account, in the order in which the accounts come first. It checks ids and currency.
func join(postings []Posting) ([]Posting, error) {
	out := make([]Posting, 0, len(postings))
	place := make(map[AccountID]int, len(postings))
	for _, p := range postings {
		if err := p.Account.Check(); err != nil {
			return nil, err
		}
		if p.Amount.Currency().IsZero() {
			return nil, fmt.Errorf("%w: %s has a posting without a currency", ErrInvalid, p.Account)
		}
		if p.Amount.Currency() != postings[0].Amount.Currency() {
			return nil, fmt.Errorf("%w: postings in %s and %s do not make one entry", money.ErrCurrency,
				postings[0].Amount.Currency(), p.Amount.Currency())
		}
		i, ok := place[p.Account]
		if !ok {
			place[p.Account] = len(out)
			out = append(out, p)
			continue
		}
		sum, err := out[i].Amount.Add(p.Amount)
		if err != nil {
			return nil, fmt.Errorf("%w: %s: %w", ErrInvalid, p.Account, err)
		}
		out[i].Amount = sum
	}
	return out, nil
}

// balanced reports whether there are two postings or more, none of nothing, that sum to zero.
func (e *Entry) balanced() error {
	if n := len(e.Postings); n < 2 || n > MaxPostings {
		return fmt.Errorf("it names %d accounts, 2 to %d are needed", n, MaxPostings)
	}
	var sum money.Amount
	for _, p := range e.Postings {
		if p.Amount.IsZero() {
			return fmt.Errorf("the posting to %s is of nothing", p.Account)
		}
		var err error
		if sum, err = sum.Add(p.Amount); err != nil {
			return err
		}
	}
	if !sum.IsZero() {
		return fmt.Errorf("its postings sum to %s, not to zero", sum)
	}
	return nil
}

// sum hashes the request: the entry without the instant of booking, so that a retry by another clock is the same request.
func (e Entry) sum() string {
	e.At, e.Hash = time.Time{}, ""
	return digest(e)
}

// digest is the SHA-256 of a value's JSON in hexadecimal. The values are structs of this package, whose JSON can't fail.
func digest(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		b = []byte(err.Error())
	}
	h := sha256.Sum256(b)
	return hex.EncodeToString(h[:])
}
