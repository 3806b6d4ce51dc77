package reconcile

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/internal/key"
	"courts.example/eservices/payment/ledger"
)

// Closing is how two persons close a break.
type Closing struct {
	// Reason is why, ProposedBy and ConfirmedBy the two persons.
	Reason      string    `json:"reason"`
	ProposedBy  string    `json:"proposedBy"`
	ProposedAt  time.Time `json:"proposedAt"`
	ConfirmedBy string    `json:"confirmedBy,omitempty"`
	// Account takes what is open by the break, by the ledger's Entries; empty when nothing is.
	Account ledger.AccountID `json:"account,omitempty"`
	// Amounts are what the entries credited to the clearing account, one for each currency: positive for money that the gateway won't pay.
	Amounts []money.Amount `json:"amounts,omitempty"`
	Entries []string       `json:"entries,omitempty"`
}

// IsZero reports whether nobody proposed anything.
func (c Closing) IsZero() bool { return c.ProposedBy == "" }

// BreakEvent is what happens to a break.
type BreakEvent string

// The events.
const (
	EventPropose BreakEvent = "propose"
	EventConfirm BreakEvent = "confirm"
	EventDecline BreakEvent = "decline"
	EventResolve BreakEvent = "resolve"
)

// BreakTransition is one row of the table of what may happen to a break.
type BreakTransition struct {
	From  BreakState
	Event BreakEvent
	To    BreakState
}

var breakTransitions = [...]BreakTransition{
	{BreakOpen, EventPropose, BreakProposed},
	{BreakProposed, EventConfirm, BreakClosed},
	{BreakProposed, EventDecline, BreakOpen},
	{BreakOpen, EventResolve, BreakResolved},
	{BreakProposed, EventResolve, BreakResolved},
}

// BreakTransitions gives the whole table. What is not in it is refused.
func BreakTransitions() []BreakTransition {
	return append([]BreakTransition(nil), breakTransitions[:]...)
}

// Next gives the state after an event; its error wraps ErrState.
func (s BreakState) Next(e BreakEvent) (BreakState, error) {
	for _, t := range breakTransitions {
		if t.From == s && t.Event == e {
			return t.To, nil
		}
	}
	return s, fmt.Errorf("%w: %q does not happen to a break that is %q", ErrState, e, s)
}

// maxReason bounds reasons.
const maxReason = 500

// Propose proposes to close an open break. When money is open by it, account is the account that takes it: the fees of the gateway for
// what is borne, a bank account for what came another way. When no money is open, account is empty.
// Errors: ErrNoBreak, ErrState, ErrInvalid.
func (r *Reconciler) Propose(ctx context.Context, id, by, reason string, account ledger.AccountID) (Break, error) {
	if err := errors.Join(checkWho(by), checkReason(reason)); err != nil {
		return Break{}, err
	}
	return r.step(ctx, id, EventPropose, by, func(b *Break, _ *store.Change, at time.Time) error {
		switch {
		case len(b.Open) == 0 && account != "":
			return fmt.Errorf("%w: no money is open by break %s: name no account", ErrInvalid, b.ID)
		case len(b.Open) > 0 && (account.Check() != nil || account == ledger.Clearing(b.Gateway)):
			return fmt.Errorf("%w: %v is open by break %s: name the account that takes it", ErrInvalid, b.Open, b.ID)
		}
		b.Closing = Closing{Reason: reason, ProposedBy: by, ProposedAt: at, Account: account}
		return nil
	})
}

// Confirm closes a break as another person proposed it, and posts what is open by it. It is refused with ErrChanged when that is not open
// any more as it was: then compare and sweep, and the break resolves itself. Errors: ErrNoBreak, ErrState, ErrTwoPersons, ErrInvalid, those of the ledger.
func (r *Reconciler) Confirm(ctx context.Context, id, by string) (Break, error) {
	if err := checkWho(by); err != nil {
		return Break{}, err
	}
	return r.step(ctx, id, EventConfirm, by, func(b *Break, c *store.Change, at time.Time) error {
		if strings.EqualFold(strings.TrimSpace(by), strings.TrimSpace(b.Closing.ProposedBy)) {
			return fmt.Errorf("%w: %q proposed to close break %s", ErrTwoPersons, by, b.ID)
		}
		b.Closing.ConfirmedBy, b.EndedAt = by, at
		return r.writeOff(ctx, b, c, at)
	})
}

// Decline turns a proposal down: the break is open again. One who proposed it may do so too.
func (r *Reconciler) Decline(ctx context.Context, id, by, reason string) (Break, error) {
	if err := errors.Join(checkWho(by), checkReason(reason)); err != nil {
		return Break{}, err
	}
	return r.step(ctx, id, EventDecline, by, func(b *Break, _ *store.Change, _ time.Time) error {
		b.Closing = Closing{}
		b.Evidence = by + " declined: " + reason
		return nil
	})
}

// Assign says who looks after a break. It is not refused for one that is over.
func (r *Reconciler) Assign(ctx context.Context, id, owner, by string) (Break, error) {
	if err := errors.Join(checkWho(owner), checkWho(by)); err != nil {
		return Break{}, err
	}
	return r.step(ctx, id, "", by, func(b *Break, _ *store.Change, _ time.Time) error {
		b.Owner = owner
		return nil
	})
}

func checkWho(person string) error {
	if err := key.CheckID("the person", person, payment.MaxID); err != nil {
		return fmt.Errorf("%w: %w", ErrInvalid, err)
	}
	return nil
}

func checkReason(reason string) error {
	err := key.CheckText("the reason", reason, maxReason)
	if err == nil && strings.TrimSpace(reason) == "" {
		err = errors.New("the reason is empty")
	}
	if err != nil {
		return fmt.Errorf("%w: %w", ErrInvalid, err)
	}
	return nil
}

// step moves a break by an event, or without one changes it in its state. When somebody else moved it meanwhile, the table decides anew.
func (r *Reconciler) step(ctx context.Context, id string, e BreakEvent, by string, change func(*Break, *store.Change, time.Time) error) (Break, error) {
	var err error
	for range maxTries {
		var b Break
		if b, err = r.stepOnce(ctx, id, e, by, change); err == nil || !errors.Is(err, ErrChanged) {
			return b, err
		}
	}
	return Break{}, err
}

func (r *Reconciler) stepOnce(ctx context.Context, id string, e BreakEvent, by string, change func(*Break, *store.Change, time.Time) error) (Break, error) {
	b, err := r.Break(ctx, id)
	if err != nil {
		return Break{}, err
	}
	if e != "" {
		if b.State, err = b.State.Next(e); err != nil {
			return Break{}, fmt.Errorf("break %s: %w", id, err)
		}
	}
	at := r.now()
	c := store.Change{ID: fmt.Sprintf("reconcile/break/%s/%d", b.ID, b.Version), At: at}
	if err := change(&b, &c, at); err != nil {
		return Break{}, err
	}
	put, err := b.put()
	if err != nil {
		return Break{}, err
	}
	c.Puts = append(c.Puts, put)
	applied, err := r.apply(ctx, c, string(e), by)
	if err == nil && applied.Replayed {
		err = fmt.Errorf("%w: change %q", ErrChanged, c.ID)
	}
	b.Version++
	return b, err
}

// writeOff posts what is open by a break, as far as it still is.
func (r *Reconciler) writeOff(ctx context.Context, b *Break, c *store.Change, at time.Time) error {
	if len(b.Open) == 0 {
		return nil
	}
	if b.Class != LineChanged {
		rest, err := r.unbroken(ctx, item{b.Gateway, b.Kind, b.Item})
		if err != nil {
			return err
		}
		if len(rest) > 0 {
			return fmt.Errorf("%w: of %s %q %v is open beside its breaks; compare and sweep first", ErrChanged, b.Kind, b.Item, rest.list())
		}
	}
	for _, a := range b.Open {
		post := ledger.Post{
			ID:       fmt.Sprintf("reconcile/close/%s/%s", b.ID, a.Currency()),
			Postings: between(ledger.Clearing(b.Gateway), b.Closing.Account, a),
			Ref:      "break " + b.ID, Note: b.Closing.Reason, At: at,
		}
		moved, err := r.Ledger.Change(ctx, post)
		if err != nil {
			return overtaken(err)
		}
		c.Merge(moved)
		b.Closing.Amounts, b.Closing.Entries = append(b.Closing.Amounts, a), append(b.Closing.Entries, post.ID)
	}
	return nil
}

// resolved is the break as over, because both sides agree. It is for breaks that are not over.
func (b Break) resolved(evidence string, at time.Time) Break {
	b.State, b.Closing, b.Evidence, b.EndedAt = BreakResolved, Closing{}, evidence, at
	return b
}
