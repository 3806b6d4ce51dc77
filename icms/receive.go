package icms

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"courts.example/eservices/icms/store"
)

// receive fixes the instant at which a paid batch counts as received. While the reopening of a closed office is not announced
// it gives the first acknowledgement instead, once, and the batch stays as it is.
func (s *Service) receive(ctx context.Context, d *desk, b *batchRecord) (*batchRecord, error) {
	for range maxTries {
		now, err := s.offices(ctx, d)
		if err != nil {
			return nil, err
		}
		receipt, err := d.court.deem(now, b.Receipt.Documents.Received, b.Receipt.Money.Received, b.Receipt.PriceAt)
		if err != nil {
			return nil, fmt.Errorf("icms: receipt of batch %s: %w", b.Reference, err)
		}
		if receipt.Pending && b.Acks > 0 {
			return b, nil
		}
		next := *b
		next.Receipt = receipt
		var change store.Change
		if receipt.Pending {
			change, err = s.pendingChange(ctx, d, &next)
		} else {
			next.State, next.Year = Received, receipt.Deemed.In(d.court.Zone()).Year()
			change, err = s.batchChange(d.court, "receive/"+b.ID, "batch received", &next, EventBatchReceived)
		}
		if err != nil {
			return nil, err
		}
		// Closures that are announced meanwhile are taken into account: the change holds only for those it was made with.
		change.Require = append(change.Require, store.Key{Kind: kindClosures, ID: d.court.Code, Expect: now.version})
		moved, err := s.step(ctx, &next, change)
		var stale *store.VersionError
		if errors.As(err, &stale) && stale.Kind == kindClosures {
			continue
		}
		return moved, err
	}
	return nil, overtaken("the receipt of batch " + b.Reference)
}

// pendingChange acknowledges a paid batch whose receipt waits for the announcement of a reopening.
func (s *Service) pendingChange(ctx context.Context, d *desk, next *batchRecord) (store.Change, error) {
	next.Acks++
	ack, err := s.acknowledge(ctx, d.court, next)
	if err != nil {
		return store.Change{}, err
	}
	change, err := s.batchChange(d.court, "pending/"+next.ID, "batch pending", next, EventBatchPending)
	if err != nil {
		return store.Change{}, err
	}
	return change, addAcknowledgement(&change, d.court, ack)
}

// numbers draws the case numbers of a received batch: once, whoever asks and however often.
func (s *Service) numbers(ctx context.Context, c *Court, b *batchRecord) (int64, error) {
	now, sequence := s.now(), fmt.Sprintf("case/%s/%d", c.Code, b.Year)
	applied, err := s.apply(ctx, store.Change{
		ID: "numbers/" + b.ID, At: now, Draw: []store.Draw{{Sequence: sequence, Count: int64(b.Accepted)}},
		Chain: chain(c, now), Note: note("case numbers drawn", b.By, "batch", b.ID, "sequence", sequence),
	})
	if err != nil {
		return 0, fmt.Errorf("icms: case numbers of batch %s: %w", b.Reference, err)
	}
	return applied.First[0], nil
}

// acknowledge writes the acknowledgement of a batch as the record stands.
func (s *Service) acknowledge(ctx context.Context, c *Court, b *batchRecord) (*Acknowledgement, error) {
	a := Acknowledgement{
		Number: ackNumber(b.ID, b.Acks), Court: c.Code, CourtName: c.Name, Claimant: b.Claimant, ClaimantName: b.ClaimantName, By: b.By, Reference: b.Reference,
		Content: b.Content, Received: b.Receipt.Documents.Received.In(c.Zone()), Pending: b.Receipt.Pending, Claims: b.Accepted, Refused: b.Refused,
		member: b.member(), Claimed: b.Claimed, Paid: b.Quote.Total.Payable, Reason: b.Receipt.Reason,
	}
	if b.Order != "" {
		receipt, err := s.orders.ReceiptOf(ctx, b.Order)
		if err != nil {
			return nil, fmt.Errorf("icms: batch %s: %w", b.Reference, err)
		}
		a.PaymentReceipt = receipt.Number.String()
	}
	if !b.Receipt.Pending {
		a.Deemed = b.Receipt.Deemed.In(c.Zone())
	}
	if b.First > 0 {
		a.FirstCase, a.LastCase = c.Numbers.Number(b.Year, b.First), c.Numbers.Number(b.Year, b.First+int64(b.Accepted)-1)
	}
	a, err := a.sealed()
	return &a, err
}

// addAcknowledgement adds an acknowledgement and the message that brings it to a change.
func addAcknowledgement(change *store.Change, c *Court, a *Acknowledgement) error {
	body, err := json.Marshal(a)
	if err != nil {
		return fmt.Errorf("icms: acknowledgement %s: %w", a.Number, err)
	}
	change.Puts = append(change.Puts, store.Put{Kind: kindAck, ID: a.Number, Body: body})
	for _, m := range acknowledgedTo(c, a, acknowledged(c, a, change.At)) {
		put, err := messagePut(m)
		if err != nil {
			return fmt.Errorf("icms: message %s: %w", m.ID, err)
		}
		change.Puts = append(change.Puts, put)
	}
	return nil
}
