package icms

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/store"
)

// sittingPart is how many cases a part of a sitting looks at: one change each.
const sittingPart = 200

// sittingDecided makes the change that decides about a sitting. The work it leaves carries it to the cases when nobody does.
func (s *Service) sittingDecided(c *Court, b *batchRecord, open *offices, next *Sitting, at time.Time) (store.Change, error) {
	put, err := next.put()
	return store.Change{
		ID: fmt.Sprintf("sit/%s/%d/%s", b.ID, next.version, shortHash(put.Body)), At: at, Chain: chain(c, at),
		Note: note(next.action()+" decided", next.FixedBy, "batch", b.ID, "reference", b.Reference, "at", stamp(next.At), "place", next.Place),
		Puts: []store.Put{put}, Require: []store.Key{open.still(c.Code)},
		Work: []store.Work{{Kind: workSitting, ID: b.ID, Due: at.Add(s.lease), Body: []byte("{}")}},
	}, err
}

func (t *Sitting) action() string {
	if t.Vacated {
		return "sitting vacated"
	}
	return "sitting fixed"
}

// put makes the store.Put that moves the sitting on from the version it was read at.
func (t *Sitting) put() (store.Put, error) {
	body, err := json.Marshal(t)
	if err != nil {
		return store.Put{}, fmt.Errorf("icms: sitting of batch %s: %w", t.Batch, err)
	}
	return store.Put{Kind: kindSitting, ID: t.Batch, Body: body, Expect: t.version}, nil
}

// carryOn carries what is decided about a sitting to all its cases and gives the sitting as it is then; nil stays nil.
func (s *Service) carryOn(ctx context.Context, d *desk, b *batchRecord, now *Sitting) (*Sitting, error) {
	for tries := 0; now != nil && now.Unfinished != nil; {
		change, err := s.sittingStep(ctx, d, b, now)
		if err != nil {
			return nil, err
		}
		switch _, err = s.apply(ctx, change); {
		case errors.Is(err, store.ErrVersion) || errors.Is(err, store.ErrTaken): // by another node, or in one of the cases
			if tries++; tries == maxSittingTries {
				return nil, sittingBusy(b.ID)
			}
		case err != nil:
			return nil, fmt.Errorf("icms: sitting of batch %s: %w", b.Reference, err)
		default:
			tries = 0
		}
		if now, err = s.sitting(ctx, b.ID); err != nil {
			return nil, err
		}
	}
	return now, nil
}

// sittingStep makes the change that carries a sitting to the next part of its cases, and the last of them tells who filed the batch.
func (s *Service) sittingStep(ctx context.Context, d *desk, b *batchRecord, now *Sitting) (store.Change, error) {
	c, at := d.court, s.now()
	from, end := now.Unfinished.Next, b.First+int64(b.Accepted)
	until := min(from+sittingPart, end)
	change := store.Change{ID: fmt.Sprintf("sit/%s/%d", b.ID, now.version+1), At: at, Chain: chain(c, at)}
	next := *now
	next.Unfinished = &SittingProgress{Next: until, Before: now.Unfinished.Before}
	for place := from; place < until; place++ {
		f, err := s.caseFile(ctx, c.Code, c.Numbers.Number(b.Year, place))
		if err != nil {
			return change, err
		}
		if f.Access == CaseSealed { // one that is opened meanwhile is looked at again
			change.Require = append(change.Require, store.Key{Kind: kindFile, ID: caseID(c.Code, f.Number), Expect: f.version})
		}
		if !f.sits(now) {
			continue
		}
		next.Cases++
		if err := s.sitCase(ctx, d, b, f, now, &change); err != nil {
			return change, err
		}
	}
	change.Note = note(now.action()+" in cases", now.FixedBy, "batch", b.ID, "at", stamp(now.At), "cases", fmt.Sprint(next.Cases-now.Cases),
		"first", c.Numbers.Number(b.Year, from), "last", c.Numbers.Number(b.Year, max(from, until-1)))
	if until == end {
		next.Unfinished = nil
		if err := s.finishSitting(ctx, d, b, now.Unfinished.Before, &next, &change); err != nil {
			return change, err
		}
	}
	put, err := next.put()
	change.Puts = append(change.Puts, put)
	return change, err
}

// finishSitting adds what comes when all cases have a sitting: the event of the batch and the messages to those who are told of all of it at once.
// A closure that was announced while it was carried to the cases is looked at again.
func (s *Service) finishSitting(ctx context.Context, d *desk, b *batchRecord, before time.Time, next *Sitting, change *store.Change) error {
	c, at := d.court, change.At
	kind := EventSittingFixed
	if next.Vacated {
		kind = EventSittingVacated
	}
	change.Events = append(change.Events, event(at, "batch/"+b.ID, change.ID, kind, map[string]any{
		"court": c.Code, "batch": b.ID, "reference": b.Reference, "at": next.At, "place": next.Place, "first": b.First, "claims": b.Accepted, "cases": next.Cases,
	}))
	open, err := s.offices(ctx, d)
	if err != nil {
		return err
	}
	change.Require = append(change.Require, open.still(c.Code))
	if closed := open.closureAt(next.At); closed != "" && !next.Vacated {
		change.Work = append(change.Work, closedWork(c.Code, closed, at))
	}
	return putAll(change, sittingMessages(c, b, before, next, at))
}

// sittingMessages are the messages to those who are told of the whole batch. They count no cases: how many are left out would tell of those that
// are sealed.
func sittingMessages(c *Court, b *batchRecord, before time.Time, next *Sitting, at time.Time) []Message {
	values := []law.Value{
		law.V("reference", b.Reference), law.V("at", civil(c, next.At)), law.V("place", next.Place), law.V("reason", next.Reason),
	}
	m := Message{Court: c.Code, At: at.In(c.Zone()), About: b.ID}
	switch {
	case next.Vacated:
		m.Subject, m.Body = noSittingSubject.Fill(values...), noSittingBody.Fill(values...)
	case !before.IsZero():
		values = append(values, law.V("before", civil(c, before)))
		m.Subject, m.Body = movedSittingSubject.Fill(values...), movedSittingBody.Fill(values...)
	default:
		m.Subject, m.Body = sittingSubject.Fill(values...), joined(sittingBody, next.Reason).Fill(values...)
	}
	var out []Message
	for _, m.To = range b.filers() {
		m.ID = fmt.Sprintf("%s/sitting-%d/%s", b.ID, next.Moves+1, m.To)
		out = append(out, m)
	}
	return out
}

// sits reports whether a decision about the sitting of its batch concerns a case. When one was to come, it concerns those that it was
// fixed for; else all that go on and had no hearing to come of their own when it was decided.
func (f *CaseFile) sits(t *Sitting) bool {
	switch {
	case f.State == CaseConcluded || f.Access == CaseSealed: // who may touch a sealed case fixes its hearing by itself
		return false
	case !t.Unfinished.Before.IsZero():
		return f.Hearing != nil && f.Hearing.Sitting == t.Batch
	}
	return f.Hearing == nil || !f.Hearing.At.After(t.FixedAt)
}

// filers are the registered users who are told of all the cases of a batch at once: who filed it, and the claimant.
func (b *batchRecord) filers() []string {
	if b.By.Organisation == b.member() {
		return []string{b.member()}
	}
	return []string{b.By.Organisation, b.member()}
}

// member is the registered user that is the claimant of a batch.
func (b *batchRecord) member() string { return cmp.Or(b.Member, b.Claimant) }

// sitCase adds what a sitting changes in one case, with the event on the case's own stream. Whoever filed the batch is told of all its cases at
// once.
func (s *Service) sitCase(ctx context.Context, d *desk, b *batchRecord, f *CaseFile, t *Sitting, change *store.Change) error {
	st := &caseStep{ctx: ctx, s: s, desk: d, file: f, by: t.FixedBy, at: change.At, told: b.filers()}
	var err error
	if t.Vacated {
		err = st.vacate(t.Reason)
	} else {
		err = st.fix(t.hearing(), t.Reason)
	}
	if err != nil {
		return err
	}
	put, err := f.put()
	change.Puts = append(append(change.Puts, st.change.Puts...), put)
	change.Events = append(change.Events, st.event(change.ID+"/"+f.Number))
	return err
}

var (
	sittingSubject = law.T("Batch {reference}: sitting on {at}", "批次 {reference}：聆訊日期 {at}")
	sittingBody    = law.T("The cases of your batch {reference} are to be heard at one sitting on {at} at {place}.",
		"你的批次 {reference} 的案件定於 {at} 在 {place} 一併聆訊。")
	movedSittingSubject = law.T("Batch {reference}: sitting moved to {at}", "批次 {reference}：聆訊改期至 {at}")
	movedSittingBody    = law.T("The sitting for the cases of your batch {reference}, fixed for {before}, is moved to {at} at {place}. Reason: {reason}",
		"你的批次 {reference} 的案件原定於 {before} 的聆訊，改於 {at} 在 {place} 進行。理由：{reason}")
	noSittingSubject = law.T("Batch {reference}: sitting vacated", "批次 {reference}：聆訊撤銷")
	noSittingBody    = law.T("The sitting on {at} for the cases of your batch {reference} will not take place. Reason: {reason}",
		"你的批次 {reference} 的案件原定於 {at} 的聆訊不會進行。理由：{reason}")
)
