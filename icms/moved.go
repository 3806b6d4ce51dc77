package icms

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"time"

	"courts.example/eservices/icms/store"
)

// batches streams the kept batches under a key range of an index.
func (s *Service) batches(ctx context.Context, q store.Query) iter.Seq2[*batchRecord, error] {
	return func(yield func(*batchRecord, error) bool) {
		q.Kind, q.Limit = kindBatch, 1000
		for {
			page, err := s.store.List(ctx, q)
			if err != nil {
				yield(nil, fmt.Errorf("icms: batches: %w", err))
				return
			}
			for _, r := range page.Records {
				b, err := readBatch(r)
				if !yield(b, err) || err != nil {
					return
				}
			}
			if q.After = page.Next; q.After == "" {
				return
			}
		}
	}
}

// moved finds the registered batches whose answer would be another one by the offices as they are announced now. Only what counts
// at or after from can be.
func (s *Service) moved(ctx context.Context, d *desk, from time.Time, now *offices) ([]Moved, error) {
	var out []Moved
	code := d.court.Code
	for b, err := range s.batches(ctx, store.Query{Index: indexDeemed, From: key(code, stamp(from)), Prefix: key(code, "")}) {
		if err != nil {
			return out, err
		}
		if b.State != Registered {
			continue
		}
		is, err := d.court.deem(now, b.Receipt.Documents.Received, b.Receipt.Money.Received, b.Receipt.PriceAt)
		if err != nil {
			return out, fmt.Errorf("icms: batch %s: %w", b.Reference, err)
		}
		if !is.Deemed.Equal(b.Receipt.Deemed) {
			received := b.Receipt.Documents.Received
			out = append(out, Moved{Batch: b.ID, Before: Stamp{received, b.Receipt.Deemed}, After: Stamp{received, is.Deemed}})
		}
	}
	return out, nil
}

// completePending advances every paid batch of a court that waits for a reopening and gives those that are registered now. One
// that can't go on keeps none of the others waiting.
func (s *Service) completePending(ctx context.Context, d *desk) ([]string, error) {
	var waiting []*batchRecord
	state := key(d.court.Code, string(Paid))
	for b, err := range s.batches(ctx, store.Query{Index: indexState, From: state, Until: state + "\x00"}) {
		if err != nil {
			return nil, err
		}
		waiting = append(waiting, b)
	}
	var done []string
	var failed error
	for _, b := range waiting {
		b, _, err := s.advance(ctx, d, b, nil)
		if err != nil {
			if failed = errors.Join(failed, err); ctx.Err() != nil {
				break
			}
			continue
		}
		if b.State == Registered {
			done = append(done, b.ID)
		}
	}
	return done, failed
}
