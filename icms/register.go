package icms

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"time"

	"courts.example/eservices/icms/store"
)

// partSize is the number of records handed to the store at a time.
const partSize = 500

// register makes the cases of a received batch, its cause-book entries, acknowledgement, message and event: one change.
func (s *Service) register(ctx context.Context, d *desk, b *batchRecord, progress func(Progress)) (*batchRecord, error) {
	first, err := s.numbers(ctx, d.court, b)
	if err != nil {
		return nil, err
	}
	next := *b
	next.State, next.First = Registered, first
	next.Acks++
	ack, err := s.acknowledge(ctx, d.court, &next)
	if err != nil {
		return nil, err
	}
	change, err := s.batchChange(d.court, "register/"+b.ID, "batch registered", &next, EventBatchRegistered)
	if err != nil {
		return nil, err
	}
	if err := addAcknowledgement(&change, d.court, ack); err != nil {
		return nil, err
	}
	change.Parts = s.cases(ctx, d.court, &next, progress)
	return s.step(ctx, &next, change)
}

// cases streams the case records of a batch, part by part.
func (s *Service) cases(ctx context.Context, c *Court, b *batchRecord, progress func(Progress)) iter.Seq2[[]store.Put, error] {
	return func(yield func([]store.Put, error) bool) {
		f, err := s.openLines(ctx, b.Lines)
		if err != nil {
			yield(nil, err)
			return
		}
		defer f.Close()
		d, err := s.filingDesk(ctx, c.Code) // with its own register of claimants, also when a single claim is taken
		if err != nil {
			yield(nil, err)
			return
		}
		c := d.court
		part := make([]store.Put, 0, partSize)
		place, day := b.First, civilDay(c, b.Receipt.Deemed)
		done := 0
		for l, err := range readLines(io.NewSectionReader(f, 0, f.Size())) {
			if err == nil && l.Refused {
				continue
			}
			var put store.Put
			if err == nil {
				put, err = casePut(c, b, l, place, day)
				place++
			}
			if err != nil {
				yield(nil, err)
				return
			}
			if part = append(part, put); len(part) == partSize {
				if !yield(part, nil) {
					return
				}
				done += len(part)
				report(progress, "registering", done, b.Accepted)
				part = part[:0]
			}
		}
		if len(part) > 0 {
			if !yield(part, nil) {
				return
			}
			report(progress, "registering", done+len(part), b.Accepted)
		}
	}
}

// casePut makes the record of one registered claim with the keys by which it is found.
func casePut(c *Court, b *batchRecord, l *line, place int64, day string) (store.Put, error) {
	number := c.Numbers.Number(b.Year, place)
	head := caseHead{
		Number: number, Court: c.Code, Type: b.Type, Batch: b.ID, Line: l.Line, Claimant: b.Claimant, Member: b.Member, Received: b.Receipt.Deemed, Fee: l.Fee,
		Papers: l.Papers, Names: l.Names, ClaimantName: b.ClaimantName, Listed: c.listed(b.Claimant) != nil,
	}
	body, err := json.Marshal(&head)
	if err != nil {
		return store.Put{}, fmt.Errorf("icms: line %d: %w", l.Line, err)
	}
	entries, err := foundBy{court: c, day: day, place: place, head: &head}.entries()
	return store.Put{Kind: kindCase, ID: caseID(c.Code, number), Body: joinCase(body, l.Claim), Index: entries}, err
}

// claimMember begins the claim in the body of a case record. No member of a head itself has that name, though members of its members may.
const claimMember = `,"claim":`

// joinCase puts the claim's own JSON behind the members of the head: a caseRecord.
func joinCase(head, claim []byte) []byte {
	body := make([]byte, 0, len(head)+len(claimMember)+len(claim))
	body = append(body, head[:len(head)-1]...)
	body = append(body, claimMember...)
	body = append(body, claim...)
	return append(body, '}')
}

// headOf gives the head of what joinCase made: all before the member of the outermost object that is the claim, which is not read.
func headOf(body []byte) ([]byte, error) {
	depth, quoted := 0, false
	for i := 0; i < len(body); i++ {
		switch c := body[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			depth++
		case c == '}' || c == ']':
			depth--
		case c == ',' && depth == 1 && bytes.HasPrefix(body[i:], []byte(claimMember)):
			return append(slices.Clip(body[:i]), '}'), nil
		}
	}
	return nil, errors.New("it has no claim")
}

// clip cuts a key to what every store takes.
func clip(k string) string {
	if len(k) > 500 {
		return k[:500]
	}
	return k
}

// civilDay writes the civil day of an instant in the court's zone.
func civilDay(c *Court, t time.Time) string { return t.In(c.Zone()).Format(time.DateOnly) }

func report(progress func(Progress), stage string, done, total int) {
	if progress != nil {
		progress(Progress{Stage: stage, Done: done, Total: total})
	}
}
