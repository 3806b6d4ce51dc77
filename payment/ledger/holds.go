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

// Place sets money of a deposit account aside. It is no longer available from then on, and a later [Capture] can't fail for
// want of money.
type Place struct {
	// ID names the hold and makes it happen once; at most MaxHoldID bytes, without "|".
	ID      string
	Account AccountID
	// Amount is positive and in the account's currency.
	Amount money.Amount
	// Ref says what it is for; at most 500 bytes. At is the instant by the caller's clock.
	Ref string
	At  time.Time
}

// MaxHoldID is the largest number of bytes of a hold's id, which its capture's entry carries too.
const MaxHoldID = 150

func (r Place) plan(ctx context.Context, l *Ledger) (plan, error) {
	h := Hold{ID: r.ID, Account: r.Account, Amount: r.Amount, Ref: r.Ref, State: Held, At: key.Instant(r.At)}
	if err := h.check(); err != nil {
		return plan{}, fmt.Errorf("%w: hold %.80q: %w", ErrInvalid, r.ID, err)
	}
	h.Hash = h.sum()
	if err := l.unplaced(ctx, h); err != nil {
		return plan{}, err
	}
	c := h.Amount.Currency()
	account, err := l.open(ctx, h.Account, c)
	if err != nil {
		return plan{}, fmt.Errorf("hold %q: %w", h.ID, err)
	}
	put, err := h.put()
	if err != nil {
		return plan{}, err
	}
	h.Version = 1
	return plan{store.Change{
		ID: "ledger/hold/" + h.ID, At: h.At, Puts: []store.Put{put}, Require: []store.Key{account},
		Sums: []store.Sum{l.availableDelta(c, h.Account, -h.Amount.Minor())},
	}, Done{Hold: h}}, nil
}

func (h Hold) check() error {
	if err := key.CheckID("the id", h.ID, MaxHoldID); err != nil {
		return err
	}
	if err := key.CheckText("the reference", h.Ref, maxNote); err != nil {
		return err
	}
	if err := key.CheckTime("the instant", h.At); err != nil {
		return err
	}
	if h.Amount.Sign() <= 0 || h.Amount.Currency().IsZero() {
		return fmt.Errorf("the amount %s is not positive, or of no currency", h.Amount)
	}
	return nil
}

// unplaced gives nil when no hold has the id, a *DoneError for the same request, a *ConflictError for another.
func (l *Ledger) unplaced(ctx context.Context, h Hold) error {
	before, err := l.Hold(ctx, h.ID)
	if missing := (*HoldError)(nil); errors.As(err, &missing) {
		return nil
	}
	if err != nil {
		return err
	}
	if before.Hash != h.Hash {
		return &ConflictError{Kind: "hold", ID: h.ID}
	}
	return &DoneError{Done{Hold: before}}
}

// Capture pays with held money: all of it, or a part, and the rest becomes available again. The account may have been suspended since.
// A hold has one capture; its entry is named by [Capture.EntryID].
type Capture struct {
	// Hold is the id of the hold.
	Hold string
	// To are the accounts credited, as in Debit; together at most the amount held.
	To []Posting
	// Ref, Note, At and Value are those of Post. An empty Ref takes that of the hold.
	Ref, Note string
	At, Value time.Time
}

// EntryID is the id of the capture's entry, which derives from the hold.
func (r Capture) EntryID() string { return "capture/" + r.Hold }

func (r Capture) plan(ctx context.Context, l *Ledger) (plan, error) {
	total, err := credits(r.To)
	if err != nil {
		return plan{}, fmt.Errorf("capture of hold %.80q: %w", r.Hold, err)
	}
	h, err := l.Hold(ctx, r.Hold)
	if err != nil {
		return plan{}, err
	}
	if n, err := total.Cmp(h.Amount); err != nil {
		return plan{}, fmt.Errorf("capture of hold %q: %w", h.ID, err)
	} else if n > 0 {
		return plan{}, fmt.Errorf("%w: capture of hold %q takes %s, it holds %s", ErrInvalid, h.ID, total, h.Amount)
	}
	if r.Ref == "" {
		r.Ref = h.Ref
	}
	e := Entry{
		ID: r.EntryID(), Kind: KindCapture, Postings: charge(h.Account, total, r.To),
		Ref: r.Ref, Note: r.Note, At: r.At, Value: r.Value, Hold: h.ID,
	}
	if err := e.prepare(); err != nil {
		return plan{}, err
	}
	if h.State == Captured {
		return plan{}, l.captured(ctx, e, h)
	}
	if h.State != Held {
		return plan{}, &HoldError{h.ID, h.State}
	}
	return captureChange(e, h, total)
}

// captured tells a replay of a capture from another one.
func (l *Ledger) captured(ctx context.Context, e Entry, h Hold) error {
	err := l.unposted(ctx, e)
	if done := (*DoneError)(nil); errors.As(err, &done) {
		done.Done.Hold = h
	}
	if err == nil {
		return fmt.Errorf("%w: hold %q is captured, but its entry %q is not there", store.ErrCorrupt, h.ID, e.ID)
	}
	return err
}

// captureChange posts the entry, ends the hold and makes what was not taken available again.
func captureChange(e Entry, h Hold, total money.Amount) (plan, error) {
	rest, err := h.Amount.Sub(total)
	if err != nil {
		return plan{}, err
	}
	h.State, h.Taken, h.Entry, h.Ended = Captured, total, e.ID, e.At
	puts, err := putsOf(e, h)
	if err != nil {
		return plan{}, err
	}
	h.Version++
	c := store.Change{ID: "ledger/entry/" + e.ID, At: e.At, Puts: puts}
	for _, p := range e.Postings {
		c.Sums = append(c.Sums, store.Sum{Name: postedSum(e.Currency(), p.Account), Delta: p.Amount.Minor()})
	}
	if !rest.IsZero() {
		c.Sums = append(c.Sums, store.Sum{Name: availableSum(e.Currency(), h.Account), Delta: rest.Minor()})
	}
	sortSums(c.Sums)
	return plan{c, Done{Entry: e, Hold: h}}, nil
}

func putsOf(e Entry, h Hold) ([]store.Put, error) {
	entry, err := e.put()
	if err != nil {
		return nil, err
	}
	hold, err := h.put()
	if err != nil {
		return nil, err
	}
	return []store.Put{entry, hold}, nil
}

// Release gives held money back. The account may have been suspended since. Releasing again is a replay, whatever the reason.
type Release struct {
	// Hold is the id of the hold.
	Hold string
	// Reason says why; at most 500 bytes. At is the instant by the caller's clock.
	Reason string
	At     time.Time
}

func (r Release) plan(ctx context.Context, l *Ledger) (plan, error) {
	if err := key.CheckText("the reason", r.Reason, maxNote); err != nil {
		return plan{}, fmt.Errorf("%w: release of hold %.80q: %w", ErrInvalid, r.Hold, err)
	}
	if err := key.CheckTime("the instant", r.At); err != nil {
		return plan{}, fmt.Errorf("%w: release of hold %.80q: %w", ErrInvalid, r.Hold, err)
	}
	h, err := l.Hold(ctx, r.Hold)
	switch {
	case err != nil:
		return plan{}, err
	case h.State == Released:
		return plan{}, &DoneError{Done{Hold: h}}
	case h.State != Held:
		return plan{}, &HoldError{h.ID, h.State}
	}
	h.State, h.Ended, h.Reason = Released, key.Instant(r.At), r.Reason
	put, err := h.put()
	if err != nil {
		return plan{}, err
	}
	h.Version++
	return plan{store.Change{
		ID: "ledger/release/" + h.ID, At: h.Ended, Puts: []store.Put{put},
		Sums: []store.Sum{{Name: availableSum(h.Amount.Currency(), h.Account), Delta: h.Amount.Minor()}},
	}, Done{Hold: h}}, nil
}
