package icms

import (
	"context"
	"errors"
	"fmt"
	"time"

	"courts.example/eservices/icms/store"
)

// PaperName names a paper: its case and its serial there.
type PaperName struct {
	Case   string
	Serial int
}

// completePapers takes on every paper of a court that waits, and names those whose receipt and time limit are known now. One that can't go
// on keeps none of the others waiting.
func (s *Service) completePapers(ctx context.Context, d *desk) ([]PaperName, error) {
	var done []PaperName
	var failed error
	q := store.Query{Index: indexWaiting, Kind: kindDocument, From: d.court.Code, Until: d.court.Code + "\x00", Limit: store.MaxPage}
	for {
		page, err := s.store.List(ctx, q)
		if err != nil {
			return done, errors.Join(failed, fmt.Errorf("icms: papers that wait: %w", err))
		}
		for _, r := range page.Records {
			paper, err := readDocument(r)
			if err == nil {
				paper, err = s.completePaper(ctx, d, paper)
			}
			if err != nil {
				if failed = errors.Join(failed, err); ctx.Err() != nil {
					return done, failed
				}
				continue
			}
			if paper.State != DocumentPending {
				done = append(done, PaperName{paper.Case, paper.Serial})
			}
		}
		if q.After = page.Next; q.After == "" {
			return done, failed
		}
	}
}

// completePaper fixes the receipt of a paper that waits, when what it waits for is announced: it is received, or refused because it is late.
func (s *Service) completePaper(ctx context.Context, d *desk, paper *Document) (*Document, error) {
	for paper.State == DocumentPending {
		f, err := s.caseFile(ctx, paper.Court, paper.Case)
		if err != nil {
			return nil, err
		}
		next, now, err := s.settleAgain(ctx, d, f, paper)
		if err != nil || next.State == DocumentPending {
			return paper, err
		}
		at := s.now()
		next.Acks++
		change := store.Change{
			ID: fmt.Sprintf("complete/%s/%d", documentID(paper.Court, paper.Case, paper.Serial), paper.version), At: at,
			Chain: chain(d.court, at), Require: now.unchanged(d.court.Code),
			Note: note("receipt of a paper completed", paper.By, "case", paper.Case, "document", fmt.Sprint(paper.Serial), "state", string(next.State)),
		}
		if next.State == DocumentRefused {
			if err := s.giveWay(ctx, next, &change); err != nil {
				return nil, err
			}
		}
		later := next.State == DocumentRefused && next.Charge != ""
		if next.State == DocumentReceived {
			if later, err = s.reprice(ctx, d.court, next, false, &change); err != nil {
				return nil, err
			}
		}
		if later {
			change.Work = append(change.Work, paperWork(next, at))
		}
		if err := f.moves(&change); err != nil {
			return nil, err
		}
		if err := s.addPaper(&change, d.court, f, next); err != nil {
			return nil, err
		}
		if paper, err = s.movePaper(ctx, next, change); err != nil {
			return nil, err
		}
	}
	return paper, nil
}

// settleAgain settles a kept paper by all that is announced now, and by the request for time that it rests on.
func (s *Service) settleAgain(ctx context.Context, d *desk, f *CaseFile, paper *Document) (*Document, *calendars, error) {
	now, err := s.calendars(ctx, d)
	if err != nil {
		return nil, nil, err
	}
	var asked *TimeRequest
	if paper.Time != "" {
		if asked, err = s.timeRequest(ctx, paper.Time); err != nil {
			return nil, nil, err
		}
	}
	next := *paper
	err = s.settleAs(ctx, d.court, now, f, &next, asked)
	return &next, now, err
}

// settleAs settles a kept paper. One whose kind the court gave up stays as it is.
func (s *Service) settleAs(ctx context.Context, c *Court, now *calendars, f *CaseFile, next *Document, asked *TimeRequest) error {
	kind := c.paper(next.Kind)
	if kind == nil {
		return fmt.Errorf("icms: paper %s: the court has no kind %q any more: put it back among its Papers", paperName(next), next.Kind)
	}
	_, _, err := s.settle(ctx, now, c, f, kind, next, asked, next.Against)
	return err
}

// movePaper applies a change of a paper. When somebody else moved it, or an announcement came between, the paper as it is now is given.
func (s *Service) movePaper(ctx context.Context, next *Document, change store.Change) (*Document, error) {
	applied, err := s.apply(ctx, change)
	switch {
	case err == nil && !applied.Replayed:
		next.version++
		return next, nil
	case err == nil || errors.Is(err, store.ErrVersion) || errors.Is(err, store.ErrTaken) || errors.Is(err, store.ErrShort):
		return s.document(ctx, next.Court, next.Case, next.Serial)
	}
	return nil, fmt.Errorf("icms: paper %s: %w", paperName(next), err)
}

// resumePapers takes on the papers that are due: those that wait, and refused ones whose order is not ended. It gives the number of those that
// are over.
func (s *Service) resumePapers(ctx context.Context) (int, error) {
	finished := 0
	var failed error
	for {
		due, err := s.store.ClaimWork(ctx, store.Claim{Kind: workPaper, Now: s.now(), Lease: s.lease, Max: 1})
		if err != nil || len(due) == 0 {
			return finished, errors.Join(failed, err)
		}
		over, err := s.resumePaper(ctx, due[0])
		if err != nil {
			if failed = errors.Join(failed, fmt.Errorf("icms: paper %s: %w", due[0].ID, err)); ctx.Err() != nil {
				return finished, failed
			}
		}
		if over {
			finished++
		}
	}
}

func (s *Service) resumePaper(ctx context.Context, w store.Work) (bool, error) {
	paper, err := s.paperOf(ctx, w.ID)
	if err != nil {
		return false, err
	}
	d, err := s.court(paper.Court)
	if err != nil {
		return false, err
	}
	if paper, err = s.completePaper(ctx, d, paper); err != nil {
		return false, err
	}
	over := paper.State != DocumentPending
	switch paper.State {
	case DocumentRefused:
		over, err = s.endCharge(ctx, d.court, paper)
	case DocumentReceived:
		over, err = s.settleFee(ctx, d.court, paper)
	}
	if err != nil {
		return false, err
	}
	now := s.now()
	change := store.Change{
		ID: fmt.Sprintf("work/%s/%d", w.ID, w.Token), At: now, Done: []store.Work{w},
		Chain: chain(d.court, now), Note: note("unfinished paper looked at", paper.By, "document", w.ID, "state", string(paper.State)),
	}
	if !over {
		change.Work = []store.Work{paperWork(paper, now.Add(time.Hour))}
	}
	if _, err := s.apply(ctx, change); err != nil && !errors.Is(err, store.ErrLease) {
		return false, err
	}
	return over, nil
}

// movedPapers finds the received papers that would count as received at another instant by the offices as they are announced now. Only what
// counts at or after from can be; what an officer dated is left alone.
func (s *Service) movedPapers(ctx context.Context, d *desk, from time.Time, now *offices) ([]Moved, error) {
	var out []Moved
	code := d.court.Code
	q := store.Query{Index: indexReceipt, Kind: kindDocument, From: key(code, stamp(from)), Prefix: key(code, ""), Limit: store.MaxPage}
	for {
		page, err := s.store.List(ctx, q)
		if err != nil {
			return out, fmt.Errorf("icms: papers received: %w", err)
		}
		for _, r := range page.Records {
			paper, err := readDocument(r)
			if err != nil {
				return out, err
			}
			is, err := now.registry.Receive(paper.At)
			if err != nil {
				return out, fmt.Errorf("icms: paper %s: %w", paperName(paper), err)
			}
			was := paper.Receipt
			if dated := !was.Documents.Deemed.Equal(was.Deemed); !dated && !is.Deemed.Equal(was.Deemed) {
				out = append(out, Moved{
					Case: paper.Case, Document: paper.Serial, Before: Stamp{paper.At, was.Deemed}, After: Stamp{paper.At, is.Deemed},
				})
			}
		}
		if q.After = page.Next; q.After == "" {
			return out, nil
		}
	}
}
