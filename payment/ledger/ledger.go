package ledger

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/store"
)

// Ledger keeps deposit accounts in a store. It holds no state of its own: any number of Ledgers, in any number of processes, may
// work on one store. Its methods are safe for concurrent use.
type Ledger struct {
	store store.Store
	terms Terms
	chain func(at time.Time) string
}

// Options say what a Ledger works with.
type Options struct {
	// Store keeps the records. It is required.
	Store store.Store
	// Terms are the conditions of the deposit accounts; the zero Terms are the library's policy.
	Terms Terms
	// Chain names the audit chain in which what Do carries out at an instant gets its link; nil for none. Changes that are merged into
	// others go with theirs.
	Chain func(at time.Time) string
}

// New makes a Ledger. It reads and writes nothing. Its error wraps ErrInvalid.
func New(o Options) (*Ledger, error) {
	if o.Store == nil {
		return nil, fmt.Errorf("%w: Options.Store is nil; give the store that keeps the accounts", ErrInvalid)
	}
	if err := o.Terms.check(); err != nil {
		return nil, err
	}
	return &Ledger{store: o.Store, terms: o.Terms, chain: o.Chain}, nil
}

// Terms tells the terms in force as steps with their provisions: what is our own policy has the status law.Assumed.
func (l *Ledger) Terms() law.Reason { return l.terms.reason() }

// Request is something the ledger can do: [OpenAccount], [SuspendAccount], [ReopenAccount], [CloseAccount], [TopUp], [Debit], [Transfer],
// [Post], [Reverse], [Place], [Capture], [Release].
type Request interface {
	plan(ctx context.Context, l *Ledger) (plan, error)
}

// plan is the change that carries a request out, with the records as they will be.
type plan struct {
	change store.Change
	done   Done
}

// Done are the records that a request wrote; those it doesn't write are zero. In a replay they are as they stand now.
type Done struct {
	Entry   Entry
	Hold    Hold
	Account Account
	// Replayed says that the request had been carried out before and that nothing was changed now.
	Replayed bool
}

// Change builds the change that carries a request out, without writing anything. The change is complete: apply it as it is,
// or merge it into the change of the whole with [store.Change.Merge], so that both commit together. It carries every
// guard the request needs (the floor of the account, its status, the id), so that what holds when it is built need not hold any
// more when it is applied: hand an error of Apply to [Ledger.Explain].
//
// Errors: ErrInvalid, money.ErrCurrency, ErrNoAccount, ErrSuspended, ErrClosed, ErrStatus, ErrHold, ErrNoEntry, ErrConflict, and ErrDone
// when exactly this was done before. Whether there is enough money is decided by Apply alone.
func (l *Ledger) Change(ctx context.Context, r Request) (store.Change, error) {
	p, err := r.plan(ctx, l)
	return p.change, err
}

// maxTries bounds how often Do builds a change again because an account changed meanwhile.
const maxTries = 16

// Do carries a request out at once, in a change set of its own. Doing the same again changes nothing and answers as the
// first time, with Replayed set. Errors are those of Change and ErrInsufficient; after an error of the storage that doesn't
// say otherwise, whether it was done is unknown: do the same request again.
func (l *Ledger) Do(ctx context.Context, r Request) (Done, error) {
	var done Done
	var err error
	for range maxTries {
		done, err = l.try(ctx, r)
		if before := (*DoneError)(nil); errors.As(err, &before) {
			done, err = before.Done, nil
			done.Replayed = true
		}
		if !errors.Is(err, ErrChanged) {
			break
		}
	}
	return done, err
}

// try builds the change once and applies it.
func (l *Ledger) try(ctx context.Context, r Request) (Done, error) {
	p, err := r.plan(ctx, l)
	if err != nil {
		return Done{}, err
	}
	if l.chain != nil {
		p.change.Chain, p.change.Note = l.chain(p.change.At), linkNote(r, p.change.ID)
	}
	applied, err := l.store.Apply(ctx, p.change)
	switch {
	case err != nil:
		return Done{}, l.Explain(ctx, p.change, err)
	case applied.Replayed: // somebody did it between the plan and the commit: the next plan tells what
		return Done{}, fmt.Errorf("%w: change %q", ErrChanged, p.change.ID)
	}
	return p.done, nil
}

// linkNote is what the audit link of a request says: what was done, and the change that did it.
func linkNote(r Request, change string) []byte {
	action := fmt.Sprintf("%T", r)
	b, err := json.Marshal(map[string]string{"action": action[strings.LastIndexByte(action, '.')+1:], "change": change})
	if err != nil { // strings always marshal
		return nil
	}
	return b
}
