package icms

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"slices"
	"time"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms/blob"
	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment"
)

// errMeanwhile says that somebody else filed the batch, or one of its claims, since it was looked up.
var errMeanwhile = errors.New("icms: filed by somebody else meanwhile")

// accept keeps a batch that nothing refuses: the bytes first, then in one change the batch, the keys of its claims, its order of
// payment and the work that finishes it. A refused batch leaves nothing; the record is then nil. What is checked is what was taken
// in, not what the caller's file says when it is read again.
func (s *Service) accept(ctx context.Context, d *desk, in *Batch, who identity) (Result, *batchRecord, error) {
	claims, err := s.stageClaims(ctx, d.court, in, who)
	if err != nil {
		return Result{}, nil, err
	}
	defer claims.Drop()
	at := s.now() // the last byte is in
	taken := *in
	taken.Claims.Bytes, taken.Claims.Size = claims, claims.Size()
	lines := s.writeLines(ctx)
	assessed, err := s.assess(ctx, d, &taken, who, at, lines)
	result := assessed.result
	if err != nil || result.State == Refused {
		lines.abandon()
		return result, nil, err
	}
	checked, err := lines.finish()
	if err != nil {
		return result, nil, err
	}
	defer checked.Drop()
	b := acceptedRecord(d.court, in, who, &result, checked.Hash())
	change, err := s.acceptance(d.court, b, checked, at, in.Progress)
	if err != nil {
		return result, nil, err
	}
	if err := s.keepBytes(ctx, d.court, in, who, assessed.papers, claims, checked); err != nil {
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
		ID: who.id, State: Accepted, Court: c.Code, Type: cmp.Or(in.Type, c.Filing.Type), Venue: in.Venue, Claimant: who.claimant, ClaimantName: who.name, Member: c.bound[who.claimant],
		Reference: who.reference, Content: who.content, By: in.By, Account: in.Account, Partial: in.Partial,
		FileName: in.Claims.Name, Format: in.Format.Name(), FileHash: who.fileHash, FileSize: in.Claims.Size, Lines: lines,
		Claims: r.Claims, Accepted: r.Accepted, Refused: r.Refused, Claimed: r.Claimed, Receipt: r.Receipt, Quote: r.Quote, Order: who.id,
	}
}

// acceptance makes the change that accepts a batch. Where there is nothing to pay, it is paid by being accepted.
func (s *Service) acceptance(c *Court, b *batchRecord, lines blob.Staged, at time.Time, progress func(Progress)) (store.Change, error) {
	id := "accept/" + b.ID + "/" + b.Content
	if b.Quote.Total.Payable.IsZero() {
		b.State, b.Order = Paid, ""
		if c.byOfficer() {
			b.State = Held
		}
	}
	change, err := s.batchChange(c, id, "batch accepted", b, EventBatchAccepted)
	if err != nil {
		return change, err
	}
	if b.Order != "" {
		opened, err := s.openOrder(payment.Order{
			ID: b.Order, Court: c.Code, Payer: b.By.Organisation, Purpose: "filing", For: payment.Subject{Kind: kindBatch, ID: b.ID},
			Lines: orderLines(b.Quote), PricedAt: b.Quote.At,
		}, at)
		if err != nil {
			return change, fmt.Errorf("icms: order of batch %s: %w", b.Reference, err)
		}
		change.Merge(opened.Change)
	}
	change.Parts = claimKeys(c, b, lines, progress)
	change.Work = append(change.Work, store.Work{Kind: workBatch, ID: b.ID, Due: at.Add(s.lease), Body: []byte("{}")})
	return change, nil
}

// readable is bytes that can be read again and again.
type readable interface {
	io.ReaderAt
	Size() int64
}

// claimKeys streams the records that carry the keys of the accepted claims.
func claimKeys(c *Court, b *batchRecord, lines readable, progress func(Progress)) iter.Seq2[[]store.Put, error] {
	return func(yield func([]store.Put, error) bool) {
		part, seen := keysRecord{Batch: b.ID}, map[string]bool{}
		flush := func() bool {
			put, err := part.put(c)
			ok := yield([]store.Put{put}, err)
			part.From += int64(len(part.Claims))
			part.Claims, part.papers = part.Claims[:0], part.papers[:0]
			report(progress, "accepting", int(part.From), b.Accepted)
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
			if seen[l.Keys[0]] { // a court may let a reference stand twice in one batch: the first claim holds it
				l.Keys[0] = ""
			}
			seen[l.Keys[0]] = true
			for _, p := range l.Papers {
				part.papers = append(part.papers, p.SHA256)
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

// maxClaimBytes is about the largest claim that a reader takes; it bounds the file by the court's largest batch.
const maxClaimBytes = 256 << 10

// maxFile is the largest claims file that could hold no more than the court takes.
func maxFile(c *Court) int64 { return int64(c.Filing.Batches.Claims+4) * maxClaimBytes }

// stageClaims takes in the claims file, and finds out if it changed since it was looked at first.
func (s *Service) stageClaims(ctx context.Context, c *Court, in *Batch, who identity) (blob.Staged, error) {
	staged, err := s.blobs.Stage(ctx, io.NewSectionReader(in.Claims.Bytes, 0, in.Claims.Size), maxFile(c))
	if err != nil {
		return nil, fmt.Errorf("icms: taking in %s: %w", in.Claims.Name, err)
	}
	if staged.Hash() != who.fileHash {
		return nil, errors.Join(changed(in.Claims.Name), staged.Drop())
	}
	return staged, nil
}

func changed(name string) error {
	return invalid("%s changed while it was filed: file it again", filing.Show(name))
}

// keepBytes makes the bytes of a checked batch durable: the documents of its accepted claims one by one, then the claims as they came and as they were
// checked. What is kept and then not accepted is taken away by Sweep.
func (s *Service) keepBytes(ctx context.Context, c *Court, in *Batch, who identity, papers map[string]string, blobs ...blob.Staged) error {
	for _, name := range slices.Sorted(maps.Keys(papers)) {
		if papers[name] != who.documents[name] {
			return changed(name)
		}
		if err := s.keepDocument(ctx, c, in, name, papers[name]); err != nil {
			return err
		}
	}
	for _, b := range blobs {
		if err := b.Keep(ctx); err != nil {
			return fmt.Errorf("icms: keeping the bytes of the batch: %w", err)
		}
	}
	return nil
}

func (s *Service) keepDocument(ctx context.Context, c *Court, in *Batch, name, want string) error {
	f, err := filing.OpenDocument(in.Documents, name)
	if err != nil {
		return errors.Join(changed(name), err)
	}
	defer f.Close()
	staged, err := s.blobs.Stage(ctx, f, c.Filing.Documents.Bytes)
	if err != nil {
		return fmt.Errorf("icms: taking in document %s: %w", filing.Show(name), err)
	}
	defer staged.Drop()
	if staged.Hash() != want {
		return changed(name)
	}
	if err := staged.Keep(ctx); err != nil {
		return fmt.Errorf("icms: keeping document %s: %w", filing.Show(name), err)
	}
	return nil
}

// replay answers for a kept batch as it stands.
func (s *Service) replay(ctx context.Context, b *batchRecord) (Result, error) {
	r := Result{
		State: b.State, Court: b.Court, Claimant: b.Claimant, Reference: b.Reference, Content: b.Content, ID: b.ID, Replayed: true,
		Pending: b.Receipt.Pending, Claims: b.Claims, Accepted: b.Accepted, Refused: b.Refused, Claimed: b.Claimed, Receipt: b.Receipt, Quote: b.Quote,
		Decision: b.Decision,
	}
	if b.State != Accepted && b.Order != "" {
		receipt, err := s.orders.ReceiptOf(ctx, b.Order)
		switch waits := b.State == Held || b.State == Rejected; {
		case err == nil:
			r.Payment = &receipt
		case !waits || !errors.Is(err, payment.ErrNoReceipt):
			return r, fmt.Errorf("icms: batch %s: %w", b.Reference, err)
		}
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
