package icms

import (
	"context"
	"errors"
	"fmt"

	"courts.example/eservices/icms/store"
)

// Preflight says what File would say at this instant: every finding, the price, and when the batch would count as received if
// paid at once. It reads only. Of a batch that is filed already it says so, with its acknowledgement.
func (r Registry) Preflight(ctx context.Context, in Batch) (Result, error) {
	s := r.s
	d, err := s.filingDesk(ctx, in.Court)
	if err != nil {
		return Result{}, err
	}
	return s.preflightAt(ctx, d, in)
}

// preflightAt is Preflight at a desk.
func (s *Service) preflightAt(ctx context.Context, d *desk, in Batch) (Result, error) {
	who, err := s.identify(ctx, d.court, &in)
	if err != nil {
		return Result{}, err
	}
	kept, err := s.filed(ctx, d.court, &in, who)
	if err != nil {
		return Result{}, err
	}
	if kept != nil {
		return s.replay(ctx, kept)
	}
	a, err := s.assess(ctx, d, &in, who, s.now(), nil)
	if err == nil && a.result.State == Refused {
		if kept, err = s.filed(ctx, d.court, &in, who); kept != nil { // by somebody else meanwhile
			return s.replay(ctx, kept)
		}
	}
	return a.result, err
}

// File checks a batch as Preflight does and takes it as far as it goes: refused, accepted and waiting for money, pending, or
// registered. Filing the same bytes again goes on where it stopped, or answers as it did. The instant of receipt is when the
// last byte was in. Once a batch is accepted, an error comes with the result so far: file again, or leave it to Resume.
func (r Registry) File(ctx context.Context, in Batch) (Result, error) {
	s := r.s
	d, err := s.filingDesk(ctx, in.Court)
	if err != nil {
		return Result{}, err
	}
	return s.fileAt(ctx, d, in)
}

// fileAt is File at a desk.
func (s *Service) fileAt(ctx context.Context, d *desk, in Batch) (Result, error) {
	who, err := s.identify(ctx, d.court, &in)
	if err != nil {
		return Result{}, err
	}
	for {
		kept, err := s.filed(ctx, d.court, &in, who)
		if err != nil {
			return Result{}, err
		}
		if kept != nil {
			if kept.State == Accepted && in.Account != "" {
				kept.Account = in.Account // another account may pay what the first could not
			}
			return s.finish(ctx, d, kept, true, in.Progress)
		}
		result, accepted, err := s.accept(ctx, d, &in, who)
		if errors.Is(err, errMeanwhile) {
			continue
		}
		if err == nil && accepted == nil { // refused, unless because somebody filed these very bytes meanwhile
			if kept, err = s.filed(ctx, d.court, &in, who); kept != nil {
				continue
			}
		}
		if err != nil || accepted == nil {
			return result, err
		}
		finished, err := s.finish(ctx, d, accepted, false, in.Progress)
		finished.Findings = result.Findings
		return finished, err
	}
}

// finish advances a kept batch and answers for it; beside an error the answer says how far it came.
func (s *Service) finish(ctx context.Context, d *desk, b *batchRecord, replayed bool, progress func(Progress)) (Result, error) {
	reached, unpaid, err := s.advance(ctx, d, b, progress)
	if reached == nil {
		reached = b
	}
	result, failed := s.replay(ctx, reached)
	result.Replayed, result.Unpaid = replayed, unpaid
	return result, errors.Join(err, failed)
}

// advance takes a kept batch through its states until it is registered or has to wait: for money (unpaid says for what) or for
// an officer's decision, or for the announcement of a reopening. Each step is one change that happens at most once, whoever takes it.
func (s *Service) advance(ctx context.Context, d *desk, b *batchRecord, progress func(Progress)) (_ *batchRecord, unpaid, err error) {
	for {
		state, acks := b.State, b.Acks
		switch state {
		case Accepted:
			b, unpaid, err = s.pay(ctx, d, b)
		case Held:
			if b.Decision == nil {
				return b, nil, nil
			}
			b, unpaid, err = s.pay(ctx, d, b)
		case Rejected:
			_, err = s.unwind(ctx, d, b)
			return b, nil, err
		case Paid:
			b, err = s.receive(ctx, d, b)
		case Received:
			b, err = s.register(ctx, d, b, progress)
		default:
			return b, nil, nil
		}
		if err != nil || unpaid != nil || (b.State == state && b.Acks == acks) {
			return b, unpaid, err
		}
	}
}

// batchChange makes the change that moves a batch on, with its event and its link in the audit chain.
func (s *Service) batchChange(c *Court, id, action string, next *batchRecord, kind string) (store.Change, error) {
	at := s.now()
	put, err := next.put()
	if err != nil {
		return store.Change{}, fmt.Errorf("icms: batch %s: %w", next.Reference, err)
	}
	return store.Change{
		ID: id, At: at, Puts: []store.Put{put},
		Chain: chain(c, at), Note: note(action, next.By, "batch", next.ID, "reference", next.Reference),
		Events: []store.Event{event(at, "batch/"+next.ID, id, kind, map[string]any{
			"court": next.Court, "batch": next.ID, "reference": next.Reference, "claims": next.Accepted, "state": next.State,
		})},
	}, nil
}

// step applies a change of a batch. When somebody else took the step, what they made of the batch is given instead.
func (s *Service) step(ctx context.Context, next *batchRecord, change store.Change) (*batchRecord, error) {
	applied, err := s.apply(ctx, change)
	var moved *store.VersionError
	switch {
	case err == nil && !applied.Replayed:
		next.version++
		return next, nil
	case err == nil || (errors.As(err, &moved) && moved.Kind == kindBatch):
		return s.reload(ctx, next.ID)
	default:
		return nil, fmt.Errorf("icms: batch %s, %s: %w", next.Reference, next.State, err)
	}
}

func (s *Service) reload(ctx context.Context, id string) (*batchRecord, error) {
	rec, err := s.store.Get(ctx, kindBatch, id)
	if err != nil {
		return nil, notFound(err, "batch %s", id)
	}
	return readBatch(rec)
}
