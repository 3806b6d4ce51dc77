package icms

import (
	"context"
	"errors"
	"fmt"
	"time"

	"courts.example/eservices/icms/store"
)

// workBatch is the kind of work that takes an accepted batch on when the process that accepted it is gone.
const workBatch = "batch"

// Resume takes on every batch and every paper that is due: accepted, paid or received and not finished by the process that began it; and what
// is decided about sittings. It gives the number of batches and papers it brought to their end. Call it after a start; Run does it too. It may run on any number of nodes.
func (s *Service) Resume(ctx context.Context) (int, error) {
	batches, err := s.resumeBatches(ctx)
	papers, failed := s.resumePapers(ctx)
	return batches + papers, errors.Join(err, failed, s.resumeCharges(ctx), s.resumeHearings(ctx))
}

func (s *Service) resumeBatches(ctx context.Context) (int, error) {
	finished := 0
	var failed error
	for {
		due, err := s.store.ClaimWork(ctx, store.Claim{Kind: workBatch, Now: s.now(), Lease: s.lease, Max: 1})
		if err != nil || len(due) == 0 {
			return finished, errors.Join(failed, err)
		}
		done, err := s.resume(ctx, due[0])
		if err != nil { // its lease keeps it from coming again at once; the others go on
			if failed = errors.Join(failed, fmt.Errorf("icms: batch %s: %w", due[0].ID, err)); ctx.Err() != nil {
				return finished, failed
			}
		}
		if done {
			finished++
		}
	}
}

// resume takes one batch on. Work that is over is ended; a batch that waits for money or a reopening is looked at again later.
func (s *Service) resume(ctx context.Context, w store.Work) (bool, error) {
	b, err := s.reload(ctx, w.ID)
	if err != nil {
		return false, err
	}
	d, err := s.court(b.Court)
	if err != nil {
		return false, err
	}
	b, _, err = s.advance(ctx, d, b, nil)
	if err != nil {
		return false, err
	}
	over := b.State == Registered
	if b.State == Rejected {
		if over, err = s.unwind(ctx, d, b); err != nil {
			return false, err
		}
	}
	now := s.now()
	change := store.Change{
		ID: fmt.Sprintf("work/%s/%d", w.ID, w.Token), At: now, Done: []store.Work{w},
		Chain: chain(d.court, now), Note: note("unfinished batch looked at", b.By, "batch", b.ID, "state", string(b.State)),
	}
	if !over {
		change.Work = []store.Work{{Kind: workBatch, ID: b.ID, Due: now.Add(time.Hour), Body: []byte("{}")}}
	}
	if _, err := s.apply(ctx, change); err != nil && !errors.Is(err, store.ErrLease) {
		return false, err
	}
	return over, nil
}

// Run does the background work until the context ends: it looks after payments at gateways, finishes what other processes left and delivers
// events. It returns nil when the context ends. What fails is logged and tried again. Any number of nodes may run it.
func (s *Service) Run(ctx context.Context) error {
	ticker := time.NewTicker(5 * time.Second)
	defer ticker.Stop()
	for {
		if err := s.workOnPayments(ctx); err != nil && ctx.Err() == nil {
			s.log.Error("looking after payments", "error", err)
		}
		if _, err := s.Resume(ctx); err != nil && ctx.Err() == nil {
			s.log.Error("finishing batches", "error", err)
		}
		if _, err := s.DeliverEvents(ctx); err != nil && ctx.Err() == nil {
			s.log.Error("delivering events", "error", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-ticker.C:
		}
	}
}

// workOnPayments has the Cashier do all that is due.
func (s *Service) workOnPayments(ctx context.Context) error {
	for ctx.Err() == nil {
		if n, err := s.cashier.Work(ctx); n == 0 || err != nil {
			return err
		}
	}
	return nil
}

// DeliverEvents hands the events in the outbox to Options.Deliver and the subscribers until none is left, and gives their number. An event
// that one of them refuses stays, with those behind it in its stream, and keeps none of the others waiting; the error tells of the first of
// those that were refused. Without anybody to hand them to it does nothing.
func (s *Service) DeliverEvents(ctx context.Context) (int, error) {
	if s.readers.nobody() {
		return 0, nil
	}
	delivered := 0
	var no refusals
	for {
		now := s.now()
		if no.count > 0 && !now.Before(no.again) {
			return delivered, no.err()
		}
		batch, err := s.store.ClaimEvents(ctx, store.Claim{Now: now, Lease: s.lease, Max: 20})
		if err != nil || len(batch) == 0 {
			return delivered, errors.Join(no.err(), err)
		}
		done, refused := s.readers.hand(ctx, batch)
		no.add(refused, now.Add(s.lease))
		if err := s.store.AckEvents(ctx, done); err != nil {
			return delivered, errors.Join(no.err(), err)
		}
		delivered += len(done)
	}
}

// maxTold is how many of the events that were refused an error tells of.
const maxTold = 100

// refusals are the events that were refused in one call of DeliverEvents. From again on the first of them come again, which is for another call.
type refusals struct {
	first []error
	count int
	again time.Time
}

func (r *refusals) add(refused []error, again time.Time) {
	if r.count == 0 {
		r.again = again
	}
	r.count += len(refused)
	r.first = append(r.first, refused[:min(len(refused), maxTold-len(r.first))]...)
}

func (r *refusals) err() error {
	if more := r.count - len(r.first); more > 0 {
		return errors.Join(append(r.first[:len(r.first):len(r.first)], fmt.Errorf("icms: %d further events were refused", more))...)
	}
	return errors.Join(r.first...)
}
