package ledger

import (
	"context"
	"fmt"
	"time"

	"courts.example/eservices/icms/money"
)

// Reverse corrects a mistake by the opposite entry; an entry is reversed at most once, and a reversal not at all. The deposit
// accounts in it must be open, and taking back a credit needs the money to be there still. A capture that is reversed gives the
// money back; its hold stays captured.
type Reverse struct {
	// ID makes it happen once; at most MaxID bytes, without "|".
	ID string
	// Entry is the id of the entry to take back.
	Entry string
	// Note says why; at most 500 bytes. At and Value are those of Post.
	Note      string
	At, Value time.Time
}

func (r Reverse) plan(ctx context.Context, l *Ledger) (plan, error) {
	wrong, err := l.Entry(ctx, r.Entry)
	if err != nil {
		return plan{}, fmt.Errorf("reversal %.80q: %w", r.ID, err)
	}
	if wrong.Kind == KindReversal {
		return plan{}, fmt.Errorf("%w: reversal %.80q: entry %q is itself a reversal; post a new entry instead", ErrInvalid, r.ID, wrong.ID)
	}
	e := Entry{
		ID: r.ID, Kind: KindReversal, Postings: make([]Posting, len(wrong.Postings)),
		Ref: wrong.Ref, Note: r.Note, At: r.At, Value: r.Value, Reverses: wrong.ID,
	}
	for i, p := range wrong.Postings {
		opposite, err := (money.Amount{}).Sub(p.Amount)
		if err != nil {
			return plan{}, fmt.Errorf("%w: reversal %.80q: %w", ErrInvalid, r.ID, err)
		}
		e.Postings[i] = Posting{p.Account, opposite}
	}
	p, err := l.post(ctx, e)
	if err != nil {
		return plan{}, err
	}
	return p, l.unreversed(ctx, p.done.Entry)
}

// unreversed gives nil when what the reversal takes back was not taken back yet, a *ConflictError naming the other reversal, or what has
// become of this same one since it was looked for.
func (l *Ledger) unreversed(ctx context.Context, reversal Entry) error {
	hits, err := l.store.Match(ctx, indexReversal, []string{reversal.Reverses})
	switch {
	case err != nil:
		return fmt.Errorf("ledger: reversal %q: %w", reversal.ID, err)
	case len(hits) == 0:
		return nil
	case hits[0].Record.ID == reversal.ID:
		return l.unposted(ctx, reversal)
	}
	return reversedBy(reversal.Reverses, hits[0].Record.ID)
}

func reversedBy(entry, reversal string) error {
	return &ConflictError{Kind: "reversal", ID: entry, By: fmt.Sprintf("reversed by %q", reversal)}
}
