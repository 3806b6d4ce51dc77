package icms

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"time"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms/blob"
	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment"
)

// errMeanwhile says that somebody else filed the batch, or one of its claims, since it was looked up.
var errMeanwhile = errors.New("icms: filed by somebody else meanwhile")

// accept keeps a batch that nothing refuses: the bytes first, then in one change the batch, the keys of its claims, its order of
// payment and the work that finishes it. A refused batch leaves nothing; the record is then nil.
func (s *Service) accept(ctx context.Context, d *desk, in *Batch, who identity) (Result, *batchRecord, error) {
	bytes, err := s.stage(ctx, in, who)
	if err != nil {
		return Result{}, nil, err
	}
	defer bytes.drop()
	at := s.now() // the last byte is in
	lines := s.writeLines(ctx)
	result, err := s.assess(ctx, d, in, who, at, lines)
	if err != nil || result.State == Refused {
		lines.abandon()
		return result, nil, err
	}
	checked, err := lines.finish()
	if err != nil {
		return result, nil, err
	}
	bytes.add(checked)
	b := acceptedRecord(d.court, in, who, &result, checked.Hash())
	change, err := s.acceptance(ctx, d.court, b, checked, at)
	if err != nil {
		return result, nil, err
	}
	if err := bytes.keep(ctx); err != nil {
		return result, nil, err
	}
	applied, err := s.apply(ctx, change)
	switch {
	case errors.Is(err, store.ErrTaken) || errors.Is(err, store.ErrVersion):
		return result, nil, errMeanwhile // the batch, or one of its claims
	case err != nil:
		return result, nil, fmt.Errorf("icms: accepting batch %s: %w", b.Reference, err)
	case applied.Replayed:
		return result, nil, errMeanwhile
	}
	b.version = 1
	return result, b, nil
}

// acceptedRecord is the record of a batch as it is accepted.
func acceptedRecord(c *Court, in *Batch, who identity, r *Result, lines string) *batchRecord {
	return &batchRecord{
		ID: who.id, State: Accepted, Court: c.Code, Type: in.Type, Venue: in.Venue, Claimant: who.claimant, ClaimantName: who.name,
		Reference: who.reference, Content: who.content, By: in.By, Account: in.Account, Partial: in.Partial,
		FileName: in.Claims.Name, Format: in.Format.Name(), FileHash: who.fileHash, FileSize: in.Claims.Size, Lines: lines,
		Claims: r.Claims, Accepted: r.Accepted, Refused: r.Refused, Claimed: r.Claimed, Receipt: r.Receipt, Quote: r.Quote, Order: who.id,
	}
}

// acceptance makes the change that accepts a batch.
func (s *Service) acceptance(ctx context.Context, c *Court, b *batchRecord, lines blob.Staged, at time.Time) (store.Change, error) {
	change, err := s.batchChange(c, "accept/"+b.ID+"/"+b.Content, "batch accepted", b, EventBatchAccepted)
	if err != nil {
		return change, err
	}
	order, err := payment.NewOrder(payment.Order{
		ID: b.Order, Court: c.Code, Payer: b.By.Organisation, Purpose: "filing", For: payment.Subject{Kind: kindBatch, ID: b.ID},
		Lines: orderLines(b.Quote), PricedAt: b.Quote.At, CreatedAt: at,
	})
	if err != nil {
		return change, fmt.Errorf("icms: order of batch %s: %w", b.Reference, err)
	}
	opened, err := s.orders.Open(order)
	if err != nil {
		return change, fmt.Errorf("icms: order of batch %s: %w", b.Reference, err)
	}
	change.Merge(opened.Change)
	change.Parts = claimKeys(c, b.ID, lines)
	change.Work = append(change.Work, store.Work{Kind: workBatch, ID: b.ID, Due: at.Add(s.lease), Body: []byte("{}")})
	return change, nil
}

// claimKeys streams the records that carry the keys of the accepted claims.
func claimKeys(c *Court, batch string, lines blob.Staged) iter.Seq2[[]store.Put, error] {
	return func(yield func([]store.Put, error) bool) {
		part := keysRecord{Batch: batch}
		flush := func() bool {
			put, err := part.put(c)
			ok := yield([]store.Put{put}, err)
			part.From += int64(len(part.Claims))
			part.Claims = part.Claims[:0]
			return ok && err == nil
		}
		for l, err := range readLines(io.NewSectionReader(lines, 0, lines.Size())) {
			if err != nil {
				yield(nil, err)
				return
			}
			if l.Refused {
				continue
			}
			if part.Claims = append(part.Claims, l.Keys); len(part.Claims) == partSize && !flush() {
				return
			}
		}
		if len(part.Claims) > 0 {
			flush()
		}
	}
}

// staged are the bytes of a batch, visible to nobody until they are kept.
type staged struct {
	blobs []blob.Staged
	kept  bool
}

func (s *staged) add(b blob.Staged) { s.blobs = append(s.blobs, b) }

// keep makes the bytes durable.
func (s *staged) keep(ctx context.Context) error {
	for _, b := range s.blobs {
		if err := b.Keep(ctx); err != nil {
			return fmt.Errorf("icms: keeping the bytes of the batch: %w", err)
		}
	}
	s.kept = true
	return nil
}

// drop leaves nothing of bytes that were not kept.
func (s *staged) drop() {
	if !s.kept {
		for _, b := range s.blobs {
			b.Drop()
		}
	}
}

// stage takes in the claims and the documents, and finds out if they changed since they were looked at first.
func (s *Service) stage(ctx context.Context, in *Batch, who identity) (*staged, error) {
	out := &staged{}
	one := func(name, want string, r io.Reader) error {
		b, err := s.blobs.Stage(ctx, r, 0)
		if err != nil {
			return fmt.Errorf("icms: taking in %s: %w", name, err)
		}
		out.add(b)
		if b.Hash() != want {
			return invalid("%s changed while it was filed: file it again", name)
		}
		return nil
	}
	err := one(in.Claims.Name, who.fileHash, io.NewSectionReader(in.Claims.Bytes, 0, in.Claims.Size))
	for name, want := range who.documents {
		if err != nil {
			break
		}
		f, openErr := filing.OpenDocument(in.Documents, name)
		if err = openErr; err == nil {
			err = errors.Join(one(name, want, f), f.Close())
		}
	}
	if err != nil {
		out.drop()
		return nil, err
	}
	return out, nil
}

// replay answers for a kept batch as it stands.
func (s *Service) replay(ctx context.Context, b *batchRecord) (Result, error) {
	r := Result{
		State: b.State, Court: b.Court, Claimant: b.Claimant, Reference: b.Reference, Content: b.Content, ID: b.ID, Replayed: true,
		Pending: b.Receipt.Pending, Claims: b.Claims, Accepted: b.Accepted, Refused: b.Refused, Claimed: b.Claimed, Receipt: b.Receipt, Quote: b.Quote,
	}
	if b.State != Accepted {
		receipt, err := s.orders.ReceiptOf(ctx, b.Order)
		if err != nil {
			return r, fmt.Errorf("icms: batch %s: %w", b.Reference, err)
		}
		r.Payment = &receipt
	}
	if b.Acks > 0 {
		rec, err := s.store.Get(ctx, kindAck, ackNumber(b.ID, b.Acks))
		if err != nil {
			return r, notFound(err, "acknowledgement of batch %s", b.Reference)
		}
		if r.Acknowledgement, err = readAck(rec); err != nil {
			return r, err
		}
		r.Acknowledged = json.RawMessage(rec.Body)
	}
	return r, nil
}
