package icms

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"courts.example/eservices/icms/store"
)

// The kinds of work on hearings that goes on when the process that began it is gone.
const (
	workSitting = "sitting"         // id: <batch>
	workClosed  = "hearings.closed" // id: <court>/<closure>
)

// resumeHearings finishes what is decided about sittings, and tells of hearings over which a closure came.
func (s *Service) resumeHearings(ctx context.Context) error {
	return errors.Join(s.resumeEach(ctx, workSitting, s.resumeSitting), s.resumeEach(ctx, workClosed, s.resumeClosed))
}

// resumeEach does all due work of a kind. What fails comes again when its lease is over, and keeps none of the others waiting.
func (s *Service) resumeEach(ctx context.Context, kind string, do func(context.Context, store.Work) (*desk, error)) error {
	var failed error
	for {
		due, err := s.store.ClaimWork(ctx, store.Claim{Kind: kind, Now: s.now(), Lease: s.lease, Max: 1})
		if err != nil || len(due) == 0 {
			return errors.Join(failed, err)
		}
		w := due[0]
		d, err := do(ctx, w)
		if err == nil {
			err = s.endWork(ctx, d.court, w, s.now())
		}
		if err != nil {
			if failed = errors.Join(failed, fmt.Errorf("icms: %s %s: %w", kind, w.ID, err)); ctx.Err() != nil {
				return failed
			}
		}
	}
}

// endWork ends work on hearings; when its lease passed to somebody else meanwhile, that one ends it.
func (s *Service) endWork(ctx context.Context, c *Court, w store.Work, at time.Time) error {
	_, err := s.apply(ctx, store.Change{
		ID: fmt.Sprintf("work/%s/%s/%d", w.Kind, w.ID, w.Token), At: at, Done: []store.Work{w}, Chain: chain(c, at),
		Note: note("work on hearings ended", Filer{Organisation: c.Code}, "work", w.Kind, "of", w.ID),
	})
	if errors.Is(err, store.ErrLease) {
		return nil
	}
	return err
}

func (s *Service) resumeSitting(ctx context.Context, w store.Work) (*desk, error) {
	b, d, err := s.sittingBatch(ctx, w.ID)
	if err != nil {
		return nil, err
	}
	now, err := s.sitting(ctx, w.ID)
	if err == nil {
		_, err = s.carryOn(ctx, d, b, now)
	}
	return d, err
}

func (s *Service) resumeClosed(ctx context.Context, w store.Work) (*desk, error) {
	court, closure, _ := strings.Cut(w.ID, "/")
	d, err := s.court(court)
	if err != nil {
		return nil, err
	}
	_, err = s.tellClosed(ctx, d, closure)
	return d, err
}
