package icms

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"time"

	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment"
)

// Decision is what an officer of a court decided on a filing.
type Decision struct {
	Accepted bool `json:"accepted"`
	// Reason is told to the filer; a refusal has one, in English at least.
	Reason law.Text  `json:"reason,omitempty"`
	By     Filer     `json:"by"`
	At     time.Time `json:"at"`
}

// ErrDecided says that another decision was made on the filing before.
var ErrDecided = errors.New("icms: decided already")

// ErrNotHeld says that a filing does not wait for an officer's decision.
var ErrNotHeld = errors.New("icms: no decision is waited for")

// Decide accepts or refuses a batch where an officer does, and takes it on: an accepted one has its money taken and is registered,
// a refused one has its order cancelled with the money released, or refunded when it was taken. A batch that still waits for its money can
// be refused too. The same decision again answers as it did; another one is ErrDecided. The instant is the service's.
func (r Registry) Decide(ctx context.Context, batch string, accept bool, reason law.Text, by Filer) (Result, error) {
	s := r.s
	if !accept && reason.In(law.English) == "" {
		return Result{}, invalid("batch %s: a refusal tells the filer why, in English at least", batch)
	}
	if by.Organisation == "" || by.User == "" {
		return Result{}, invalid("batch %s: a decision names the office and the officer", batch)
	}
	if err := tagged("reason", reason); err != nil {
		return Result{}, err
	}
	for range maxTries {
		b, err := s.reload(ctx, batch)
		if err != nil {
			return Result{}, err
		}
		d, err := s.court(b.Court)
		if err != nil {
			return Result{}, err
		}
		// What was accepted and then lost its money may still be refused.
		again := b.Decision != nil && b.Decision.Accepted && !accept && b.State == Accepted
		if b.Decision != nil && !again {
			if b.Decision.Accepted != accept {
				return Result{}, fmt.Errorf("%w: batch %s, by %s on %s", ErrDecided, b.Reference, b.Decision.By.User, civil(d.court, b.Decision.At))
			}
			return s.finish(ctx, d, b, true, nil)
		}
		if b.State != Held && (accept || b.State != Accepted) {
			return Result{}, fmt.Errorf("%w: batch %s is %s", ErrNotHeld, b.Reference, b.State)
		}
		if accept {
			if b, err = s.backed(ctx, d, b); err != nil {
				return Result{}, err
			}
			if b.State != Held || b.Decision != nil {
				continue
			}
		}
		decision := &Decision{Accepted: accept, Reason: reason, By: by, At: s.now()}
		moved, err := s.decide(ctx, d, b, decision)
		if err != nil {
			if errors.Is(err, payment.ErrChanged) || errors.Is(err, store.ErrShort) || errors.Is(err, store.ErrVersion) {
				continue // the order or its money moved meanwhile
			}
			return Result{}, err
		}
		if moved.Decision == nil {
			continue // it moved meanwhile
		}
		if moved.Decision.Accepted == accept {
			return s.finish(ctx, d, moved, false, nil)
		}
	}
	return Result{}, overtaken("the decision on batch " + batch)
}

// backed reports whether the money of a held batch is there, by an error that wraps ErrUnpaid when it is not. A batch whose held money is
// gone waits for money again.
func (s *Service) backed(ctx context.Context, d *desk, b *batchRecord) (*batchRecord, error) {
	if b.Order == "" {
		return b, nil
	}
	order, err := s.orders.Get(ctx, b.Order)
	if err != nil {
		return b, fmt.Errorf("icms: batch %s: %w", b.Reference, err)
	}
	why := "its money is not there any more"
	switch order.State {
	case payment.Reserved:
		return b, nil
	case payment.Paid:
		standing, err := s.cashier.Standing(ctx, order.ID)
		if err != nil || standing.Left == standing.Paid {
			return b, err
		}
		return b, fmt.Errorf("%w: batch %s: of %s paid only %s is here, the rest went back or is contested: refuse it, or wait until that is over",
			ErrUnpaid, b.Reference, standing.Paid, standing.Left)
	case payment.Paying:
		a, err := s.cashier.ActiveOf(ctx, order.ID)
		if err == nil && a.State == payment.AttemptAuthorised {
			return b, nil
		}
		if err != nil && !errors.Is(err, payment.ErrNoAttempt) {
			return b, fmt.Errorf("icms: batch %s: %w", b.Reference, err)
		}
		why = "its payment is still under way"
	default:
		change, next, err := s.unheld(d.court, b)
		if err != nil {
			return b, err
		}
		if b, err = s.step(ctx, next, change); err != nil {
			return b, err
		}
	}
	return b, fmt.Errorf("%w: batch %s: %s: it can be accepted when the fee is held or paid", ErrUnpaid, b.Reference, why)
}

// addGuards has an acceptance be refused when the money on which it rests moves at the same time.
func (s *Service) addGuards(ctx context.Context, change *store.Change, b *batchRecord) error {
	if b.Order == "" {
		return nil
	}
	order, err := s.orders.Get(ctx, b.Order)
	if err != nil {
		return fmt.Errorf("icms: batch %s: %w", b.Reference, err)
	}
	change.Require = append(change.Require, s.orders.Unmoved(order))
	if order.State != payment.Paid {
		return nil
	}
	whole, err := s.cashier.Whole(ctx, order.ID)
	change.Sums = append(change.Sums, whole...)
	return err
}

// decide records a decision in one change with all that follows from it at once.
func (s *Service) decide(ctx context.Context, d *desk, b *batchRecord, decision *Decision) (*batchRecord, error) {
	next := *b
	next.Decision = decision
	action, kind := "batch accepted by an officer", EventBatchDecided
	if !decision.Accepted {
		next.State, action, kind = Rejected, "batch refused by an officer", EventBatchRejected
	}
	change, err := s.batchChange(d.court, fmt.Sprintf("decide/%s/%d/%t", b.ID, b.version, decision.Accepted), action, &next, kind)
	if err != nil {
		return nil, err
	}
	change.Note = note(action, decision.By, "batch", b.ID, "reference", b.Reference)
	change.Work = append(change.Work, store.Work{Kind: workBatch, ID: b.ID, Due: change.At.Add(s.lease), Body: []byte("{}")})
	if decision.Accepted {
		if err := s.addGuards(ctx, &change, b); err != nil {
			return nil, err
		}
		return s.step(ctx, &next, change)
	}
	if err := s.addRefusal(ctx, d.court, &change, &next); err != nil {
		return nil, err
	}
	f, err := s.openLines(ctx, b.Lines)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	change.Parts = freed(claimKeys(d.court, b, f, nil))
	moved, err := s.step(ctx, &next, change)
	if err != nil {
		return nil, s.orders.Explain(ctx, change, err)
	}
	return moved, nil
}

// addRefusal adds what a refusal does to the order at once, and the message that tells the filer. An order in the hands of a gateway, or
// paid, is seen to by unwind.
func (s *Service) addRefusal(ctx context.Context, c *Court, change *store.Change, b *batchRecord) error {
	m, err := messagePut(rejected(c, b, change.At))
	if err != nil {
		return fmt.Errorf("icms: batch %s: %w", b.Reference, err)
	}
	change.Puts = append(change.Puts, m)
	if b.Order == "" {
		return nil
	}
	order, err := s.orders.Get(ctx, b.Order)
	if err != nil {
		return fmt.Errorf("icms: batch %s: %w", b.Reference, err)
	}
	var step payment.Step
	switch order.State {
	case payment.Open:
		step, err = s.orders.Cancel(order, refusedCause, change.At)
	case payment.Reserved:
		step, err = s.orders.Dismiss(ctx, order, refusedCause, change.At)
	}
	if err != nil {
		return fmt.Errorf("icms: batch %s: %w", b.Reference, err)
	}
	change.Merge(step.Change)
	return nil
}

// refusedCause is why the order of a refused filing ended.
const refusedCause = "the filing was refused by an officer"

// freed gives the records of the keys of claims as they are when the claims may be filed again: the papers stay known.
func freed(parts iter.Seq2[[]store.Put, error]) iter.Seq2[[]store.Put, error] {
	return func(yield func([]store.Put, error) bool) {
		for puts, err := range parts {
			for i := range puts {
				p := &puts[i]
				p.Expect, p.Unique = 1, nil
				kept := p.Index[:0]
				for _, e := range p.Index {
					if e.Index == indexBlob {
						kept = append(kept, e)
					}
				}
				p.Index = kept
			}
			if !yield(puts, err) || err != nil {
				return
			}
		}
	}
}

// Waiting gives a page of the batches of a court that wait for an officer's decision, in the order in which they came, with the cursor of
// the next page ("" at the end).
func (r Registry) Waiting(ctx context.Context, court, after string, limit int) ([]Result, string, error) {
	s := r.s
	if _, err := s.court(court); err != nil {
		return nil, "", err
	}
	state := key(court, string(Held))
	page, err := s.store.List(ctx, store.Query{
		Index: indexState, Kind: kindBatch, From: state, Until: state + "\x00", After: after, Limit: limit,
	})
	if err != nil {
		return nil, "", fmt.Errorf("icms: batches that wait: %w", err)
	}
	var out []Result
	for _, rec := range page.Records {
		b, err := readBatch(rec)
		if err != nil {
			return nil, "", err
		}
		if b.Decision != nil {
			continue
		}
		result, err := s.replay(ctx, b)
		if err != nil {
			return nil, "", err
		}
		out = append(out, result)
	}
	return out, page.Next, nil
}

// rejected writes the message that a batch was refused.
func rejected(c *Court, b *batchRecord, at time.Time) Message {
	values := []law.Value{
		law.V("reference", b.Reference), law.V("claims", b.Accepted), law.V("decided", civil(c, b.Decision.At)),
		law.V("amount", b.Quote.Total.Payable.String()),
	}
	m := Message{
		ID: b.ID + "/refused", Court: c.Code, To: b.By.Organisation, At: at.In(c.Zone()), About: b.ID,
		Subject: rejectedSubject.Fill(values...),
	}
	m.Body = law.T(rejectedBody.Fill(values...).In(law.English)+" "+b.Decision.Reason.In(law.English),
		rejectedBody.Fill(values...).In(law.TraditionalChinese)+b.Decision.Reason.In(law.TraditionalChinese))
	return m
}

var (
	rejectedSubject = law.T("Batch {reference}: refused", "批次 {reference}：不獲接納")
	rejectedBody    = law.T(
		"Your batch {reference} of {claims} claims was refused by the registry on {decided}. Nothing was registered. The fee of {amount} is "+
			"released; if it was taken, its refund is being seen to. You may file the claims again under another reference. Reason:",
		"你的批次 {reference}（{claims} 宗申索）於 {decided} 不獲登記處接納，並無登記任何申索。費用 {amount} 將予解凍，如已收取則正安排退還。你可用另一個編號再次提交該等申索。理由：")
)
