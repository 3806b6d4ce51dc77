package icms

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"slices"
	"time"

	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/store"
)

// sittingChange makes the change that fixes, moves or takes back a sitting in every case of the batch.
func (s *Service) sittingChange(ctx context.Context, c *Court, b *batchRecord, before, next *Sitting, at time.Time) store.Change {
	action, kind := "sitting fixed", EventSittingFixed
	if next.Vacated {
		action, kind = "sitting vacated", EventSittingVacated
	}
	id := fmt.Sprintf("%s/%s/%d/%s", kind, b.ID, next.version, shortHash([]byte(next.At.String()+next.Place+stamp(at))))
	return store.Change{
		ID: id, At: at, Chain: chain(c, at),
		Note: note(action, next.FixedBy, "batch", b.ID, "reference", b.Reference, "at", stamp(next.At), "place", next.Place),
		Events: []store.Event{event(at, "batch/"+b.ID, id, kind, map[string]any{
			"court": c.Code, "batch": b.ID, "reference": b.Reference, "at": next.At, "place": next.Place, "first": b.First, "claims": b.Accepted,
		})},
		Parts: func(yield func([]store.Put, error) bool) {
			part := make([]store.Put, 0, partSize)
			cases := 0
			for puts, err := range s.sittingCases(ctx, c, b, before, next, at) {
				if err != nil {
					yield(nil, err)
					return
				}
				cases++
				if part = append(part, puts...); len(part) >= partSize {
					if !yield(part, nil) {
						return
					}
					part = part[:0]
				}
			}
			last, err := sittingPuts(c, b, before, next, cases, at)
			yield(append(part, last...), err)
		},
	}
}

// sittingPuts are the record of the sitting and the messages to those who are told of the whole batch.
func sittingPuts(c *Court, b *batchRecord, before, next *Sitting, cases int, at time.Time) ([]store.Put, error) {
	kept := *next
	kept.Cases = cases
	body, err := json.Marshal(kept)
	if err != nil {
		return nil, fmt.Errorf("icms: sitting of batch %s: %w", b.Reference, err)
	}
	values := []law.Value{
		law.V("reference", b.Reference), law.V("cases", cases), law.V("at", civil(c, next.At)), law.V("place", next.Place), law.V("reason", next.Reason),
	}
	m := Message{Court: c.Code, At: at.In(c.Zone()), About: b.ID}
	switch {
	case next.Vacated:
		m.Subject, m.Body = noSittingSubject.Fill(values...), noSittingBody.Fill(values...)
	case before.toCome(at):
		values = append(values, law.V("before", civil(c, before.At)))
		m.Subject, m.Body = movedSittingSubject.Fill(values...), movedSittingBody.Fill(values...)
	default:
		m.Subject, m.Body = sittingSubject.Fill(values...), joined(sittingBody, next.Reason).Fill(values...)
	}
	puts := []store.Put{{Kind: kindSitting, ID: b.ID, Body: body, Expect: next.version}}
	for _, m.To = range b.filers() {
		m.ID = fmt.Sprintf("%s/sitting-%d/%s", b.ID, next.version+1, m.To)
		put, err := messagePut(m)
		if err != nil {
			return nil, err
		}
		puts = append(puts, put)
	}
	return puts, nil
}

// sittingCases streams what a sitting changes in each case that it concerns: its file, the notice and the messages that bring it.
func (s *Service) sittingCases(ctx context.Context, c *Court, b *batchRecord, before, next *Sitting, at time.Time) iter.Seq2[[]store.Put, error] {
	return func(yield func([]store.Put, error) bool) {
		for place := b.First; place < b.First+int64(b.Accepted); place++ {
			f, err := s.caseFile(ctx, c.Code, c.Numbers.Number(b.Year, place))
			if err != nil {
				yield(nil, err)
				return
			}
			if !f.sits(b.ID, before.toCome(at), at) {
				continue
			}
			puts, err := s.sitCase(c, b, f, next, at)
			if !yield(puts, err) || err != nil {
				return
			}
		}
	}
}

// sits reports whether a sitting that is fixed, moved or taken back concerns a case. When one is to come, it concerns those that it was
// fixed for; else all that go on and have no hearing to come of their own.
func (f *CaseFile) sits(batch string, toCome bool, now time.Time) bool {
	switch {
	case f.State == CaseConcluded || f.Access == CaseSealed: // who may touch a sealed case fixes its hearing by itself
		return false
	case toCome:
		return f.Hearing != nil && f.Hearing.Sitting == batch
	}
	return f.Hearing == nil || !f.Hearing.At.After(now)
}

// filers are the registered users who are told of all the cases of a batch at once: who filed it, and the claimant.
func (b *batchRecord) filers() []string {
	if b.By.Organisation == b.Claimant {
		return []string{b.Claimant}
	}
	return []string{b.By.Organisation, b.Claimant}
}

// sitCase is what a sitting changes in one case. Whoever filed the batch is told of all its cases at once.
func (s *Service) sitCase(c *Court, b *batchRecord, f *CaseFile, next *Sitting, at time.Time) ([]store.Put, error) {
	st := &caseStep{s: s, desk: &desk{court: c}, file: f, by: next.FixedBy, at: at, told: b.filers()}
	var err error
	if next.Vacated {
		err = st.vacate(next.Reason)
	} else {
		err = st.fix(&Hearing{Sitting: b.ID, At: next.At, Place: next.Place, FixedBy: next.FixedBy, FixedAt: at, Agreed: next.Agreed}, next.Reason)
	}
	if err != nil {
		return nil, err
	}
	put, err := f.put()
	return slices.Concat(st.change.Puts, []store.Put{put}), err
}

var (
	sittingSubject = law.T("Batch {reference}: sitting on {at}", "批次 {reference}：聆訊日期 {at}")
	sittingBody    = law.T("The {cases} cases of your batch {reference} are to be heard at one sitting on {at} at {place}.",
		"你的批次 {reference} 的 {cases} 宗案件定於 {at} 在 {place} 一併聆訊。")
	movedSittingSubject = law.T("Batch {reference}: sitting moved to {at}", "批次 {reference}：聆訊改期至 {at}")
	movedSittingBody    = law.T("The sitting for the {cases} cases of your batch {reference}, fixed for {before}, is moved to {at} at {place}. Reason: {reason}",
		"你的批次 {reference} 的 {cases} 宗案件原定於 {before} 的聆訊，改於 {at} 在 {place} 進行。理由：{reason}")
	noSittingSubject = law.T("Batch {reference}: sitting vacated", "批次 {reference}：聆訊撤銷")
	noSittingBody    = law.T("The sitting on {at} for the {cases} cases of your batch {reference} will not take place. Reason: {reason}",
		"你的批次 {reference} 的 {cases} 宗案件原定於 {at} 的聆訊不會進行。理由：{reason}")
)
