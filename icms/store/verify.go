package store

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
)

// ChainError says where an audit chain is broken: at its first bad link. It unwraps to ErrCorrupt.
type ChainError struct {
	Chain string
	// Seq is the place of the bad link in the chain, and ChangeID its change as the link names it.
	Seq      int64
	ChangeID string
	// Kind and ID name the bad record when it can be told which it is. A link has one digest for all that its change wrote: of a
	// change of many records it proves that one of them is not as it was written, but not which.
	Kind, ID string
	// Problem says what is wrong.
	Problem string
}

// Error names the link, the record and the problem.
func (e *ChainError) Error() string {
	record := ""
	if e.Kind != "" {
		record = fmt.Sprintf(", %s %q", e.Kind, e.ID)
	}
	return fmt.Sprintf("%v: chain %s, link %d (change %s)%s: %s", ErrCorrupt, e.Chain, e.Seq, e.ChangeID, record, e.Problem)
}

// Unwrap gives ErrCorrupt.
func (e *ChainError) Unwrap() error { return ErrCorrupt }

// verifyPage is the number of links read at once.
const verifyPage = 200

// Verify walks an audit chain from its first link: every link must follow the one before it and have the hash it should have, and
// the records that its change wrote must be those that it was made from. It stops at the first fault with a *ChainError. Other errors
// are those of reading. A chain without links is in order.
//
// What was cut off at the end of a chain leaves no trace in the chain itself: whoever must prove that nothing is missing keeps a
// link (an acknowledgement does) and looks whether the chain still has it.
//
// Memory is bounded, whatever the length of the chain; every record of the chain is read once.
func Verify(ctx context.Context, s Store, chain string) error {
	last, page := Link{Chain: chain}, verifyPage
	for {
		links, err := s.Links(ctx, chain, last.Seq, page)
		if errors.Is(err, ErrCorrupt) {
			if page > 1 { // one by one, to find which it is
				page = 1
				continue
			}
			return &ChainError{Chain: chain, Seq: last.Seq + 1, Problem: fmt.Sprintf("it can't be read: %v", err)}
		}
		if err != nil {
			return fmt.Errorf("store: verify chain %s after link %d: %w", chain, last.Seq, err)
		}
		if len(links) == 0 {
			return nil
		}
		for _, l := range links {
			if problem := checkLink(last, l); problem != "" {
				return &ChainError{Chain: chain, Seq: last.Seq + 1, ChangeID: l.ChangeID, Problem: problem}
			}
			if err := checkContent(ctx, s, l); err != nil {
				return err
			}
			last = l
		}
	}
}

// checkLink says what is wrong with a link after the one before it, or nothing.
func checkLink(before, l Link) string {
	switch {
	case l.Chain != before.Chain:
		return fmt.Sprintf("it says that it is of chain %s", l.Chain)
	case l.Seq != before.Seq+1:
		return fmt.Sprintf("it is missing: the next one is link %d", l.Seq)
	case l.Before != before.Hash:
		return "it does not follow the link before it"
	case l.Hash != l.Sum():
		return "its hash is not that of what it says"
	case l.ChangeSeq <= before.ChangeSeq:
		return fmt.Sprintf("its change %d comes after change %d in the chain", l.ChangeSeq, before.ChangeSeq)
	}
	return ""
}

// checkContent compares what a change wrote with the digest in its link.
func checkContent(ctx context.Context, s Store, l Link) error {
	bad := &ChainError{Chain: l.Chain, Seq: l.Seq, ChangeID: l.ChangeID}
	var d Digest
	var last Record
	for r, err := range s.Changed(ctx, l) {
		if errors.Is(err, ErrNotFound) || errors.Is(err, ErrCorrupt) {
			bad.Problem = fmt.Sprintf("what its change wrote can't be read: %v", err)
			return bad
		}
		if err != nil {
			return fmt.Errorf("store: verify link %d of chain %s: %w", l.Seq, l.Chain, err)
		}
		d.Add(r.Kind, r.ID, r.Version, r.Body)
		last = r
	}
	n, sum := d.Sum()
	if n == l.Records && sum == l.Content {
		return nil
	}
	if n == 1 && l.Records == 1 {
		bad.Kind, bad.ID = last.Kind, last.ID
	}
	bad.Problem = contentProblem(n, l.Records, sum)
	return bad
}

func contentProblem(found, written int64, sum [sha256.Size]byte) string {
	if found != written {
		return fmt.Sprintf("its change wrote %d records, %d are there", written, found)
	}
	return fmt.Sprintf("the records of its change are not as they were written (digest %x)", sum)
}
