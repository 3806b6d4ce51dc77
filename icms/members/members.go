package members

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/store"
)

// Members keeps members in a store. It holds no state of its own: any number of them, in any number of processes, may work on one store.
// Its methods are safe for concurrent use.
type Members struct {
	store store.Store
	rules Rules
	chain func(at time.Time) string
	index func(Found) ([]store.Entry, error)
}

// Options say what Members work with.
type Options struct {
	// Store keeps the records, Rules say who may register. Both are required.
	Store store.Store
	Rules Rules
	// Chain names the audit chain in which a change made at an instant gets its link; nil for none.
	Chain func(at time.Time) string
	// Index gives further index entries of an account or organisation: by what it is called, by the documents that prove it. Nil gives none.
	// They are looked up by whoever gives them, with [Read] on the records that are found. It depends on nothing but what it is given.
	Index func(Found) ([]store.Entry, error)
}

// New makes Members. It reads and writes nothing. Its error wraps ErrInvalid and names every fault.
func New(o Options) (*Members, error) {
	var errs []error
	if o.Store == nil {
		errs = append(errs, fmt.Errorf("%w: Options.Store is nil; give the store that keeps the members", ErrInvalid))
	}
	if err := o.Rules.check(); err != nil {
		errs = append(errs, err)
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	return &Members{store: o.Store, rules: o.Rules, chain: o.Chain, index: o.Index}, nil
}

// Rules gives the rules of registration.
func (m *Members) Rules() Rules { return m.rules }

// Request is something that can be done: [ApplyIndividual], [ApplyOrganisation], [Decide], [Suspend], [Reinstate], [Close], [OpenAccount],
// [HandOver], [OpenBranch], [CloseBranch], [LinkCase], [UnlinkCase], [ShareCase], [AppointStaff], [ChangePosts].
type Request interface {
	plan(ctx context.Context, m *Members) (plan, error)
}

// plan is the change that carries a request out, with the records as they will be.
type plan struct {
	change store.Change
	done   Done
}

// Done are the records that a request wrote; those it doesn't write are zero. In a replay they are as they stand now.
type Done struct {
	Organisation Organisation
	Account      Account
	Link         Link
	// Replayed says that the request had been carried out before and that nothing was changed now.
	Replayed bool
}

// Change builds the change that carries a request out, without writing anything, to be merged into the change of the whole with
// [store.Change.Merge]. It carries every guard the request needs: hand an error of Apply to [Members.Explain]. What was done before is
// ErrDone; other errors are the refusals.
func (m *Members) Change(ctx context.Context, r Request) (store.Change, error) {
	p, err := r.plan(ctx, m)
	return p.change, err
}

// maxTries bounds how often Do builds a change again because something changed meanwhile.
const maxTries = 16

// Do carries a request out at once, in a change of its own. Doing the same again changes nothing and answers with what is kept,
// Replayed set. After an error of the storage that doesn't say otherwise, whether it was done is unknown: do the same request again.
func (m *Members) Do(ctx context.Context, r Request) (Done, error) {
	var done Done
	var err error
	for range maxTries {
		done, err = m.try(ctx, r)
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
func (m *Members) try(ctx context.Context, r Request) (Done, error) {
	p, err := r.plan(ctx, m)
	if err != nil {
		return Done{}, err
	}
	applied, err := m.store.Apply(ctx, p.change)
	switch {
	case err != nil:
		return Done{}, m.Explain(err)
	case applied.Replayed: // somebody did it between the plan and the commit: the next plan tells what
		return Done{}, fmt.Errorf("%w: change %q", ErrChanged, p.change.ID)
	}
	return p.done, nil
}

// Explain tells an error of applying a change of this package in its own words: ErrChanged when a record or a key is not as it was when
// the change was built. Other errors are given back wrapped.
func (m *Members) Explain(err error) error {
	if errors.Is(err, store.ErrVersion) || errors.Is(err, store.ErrTaken) {
		return fmt.Errorf("%w: %w", ErrChanged, err)
	}
	return fmt.Errorf("members: %w", err)
}

// deed is what a request did, for its change, its link in the audit chain and its event.
type deed struct {
	name string // "approve", "open-account"
	id   string // of what it was done to
	at   time.Time
	by   By
	// version is that of the record that was changed, reason the words given.
	version int64
	reason  law.Text
}

// change makes the change of a deed.
func (m *Members) change(d deed, puts ...store.Put) store.Change {
	c := store.Change{ID: fmt.Sprintf("member/%s/%d/%s", d.id, d.version, d.name), At: d.at, Puts: puts}
	told := map[string]any{"action": "member: " + d.name, "member": d.id, "organisation": d.by.Organisation, "user": d.by.User}
	if len(d.reason) > 0 {
		told["reason"] = d.reason
	}
	body, err := json.Marshal(told)
	if err != nil { // strings always marshal
		return c
	}
	if m.chain != nil {
		c.Chain, c.Note = m.chain(d.at), body
	}
	c.Events = []store.Event{{ID: c.ID, Stream: "member/" + d.id, Type: EventPrefix + d.name, Data: body, At: d.at}}
	return c
}

// EventPrefix begins the types of the events of this package; what was done follows: "icms.member.approve". Their stream is "member/" and the
// id of the account or organisation.
const EventPrefix = "icms.member."

// instant is an instant as every store keeps it.
func instant(t time.Time) time.Time { return t.UTC().Truncate(time.Microsecond) }
