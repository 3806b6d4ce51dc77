package icms

import (
	"context"
	"fmt"

	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/store"
)

// markSitting marks the sitting of a batch, of which the hearing of a case is one, as in a closure, or as in none any more, and tells who filed the
// batch and the claimant of all its cases at once. It gives those two, whose boxes need nothing of the single case; none for a case that is heard
// by itself. batches are those looked at for the same change.
func (s *Service) markSitting(ctx context.Context, d *desk, f *CaseFile, open *offices, by Filer, change *store.Change, batches map[string]*batchRecord) ([]string, error) {
	if f.Batch == "" || f.Hearing.Sitting != f.Batch {
		return nil, nil
	}
	if b := batches[f.Batch]; b != nil {
		return b.filers(), nil
	}
	b, err := s.reload(ctx, f.Batch)
	if err != nil {
		return nil, err
	}
	batches[f.Batch] = b
	now, err := s.sitting(ctx, f.Batch)
	if err != nil {
		return nil, err
	}
	if now == nil || now.Vacated || !now.At.Equal(f.Hearing.At) { // it is being moved, of which they are told when that is done
		return b.filers(), nil
	}
	next := *now
	if next.Closed = open.closureAt(now.At); next.Closed == now.Closed {
		return b.filers(), nil
	}
	if now.Closed == "" || next.Closed == "" { // from one closure to another nothing changes for them
		if err := putAll(change, closedMessages(d.court, b, &next, change)); err != nil {
			return nil, err
		}
	}
	put, err := next.put()
	change.Puts = append(change.Puts, put)
	return b.filers(), err
}

// closedMessages are the messages about a sitting that fell into a closure, or stands after all.
func closedMessages(c *Court, b *batchRecord, t *Sitting, change *store.Change) []Message {
	subject, body := closedSittingSubject, closedSittingBody
	if t.Closed == "" {
		subject, body = sittingStandsSubject, sittingStandsBody
	}
	values := []law.Value{law.V("reference", b.Reference), law.V("at", civil(c, t.At)), law.V("place", t.Place)}
	m := Message{Court: c.Code, At: change.At.In(c.Zone()), About: b.ID, Subject: subject.Fill(values...), Body: body.Fill(values...)}
	var out []Message
	for _, m.To = range b.filers() {
		m.ID = fmt.Sprintf("%s/sitting-closed-%d/%s", b.ID, t.version, m.To)
		out = append(out, m)
	}
	return out
}

// putAll adds messages to a change.
func putAll(change *store.Change, all []Message) error {
	for _, m := range all {
		put, err := messagePut(m)
		if err != nil {
			return err
		}
		change.Puts = append(change.Puts, put)
	}
	return nil
}

var (
	closedSittingSubject = law.T("Batch {reference}: the sitting on {at} will be fixed anew", "批次 {reference}：原定 {at} 的聆訊將另行安排")
	closedSittingBody    = law.T(
		"The court is closed at {at}, for which the sitting for the cases of your batch {reference} was fixed at {place}. Another time will be fixed; a notice follows.",
		"你的批次 {reference} 的案件原定於 {at} 在 {place} 一併聆訊，惟屆時法庭關閉。聆訊將另行安排，其後會另發通知。")
	sittingStandsSubject = law.T("Batch {reference}: the sitting on {at} stands", "批次 {reference}：{at} 的聆訊如期進行")
	sittingStandsBody    = law.T(
		"The court is open at {at} after all: the sitting for the cases of your batch {reference} at {place} takes place as fixed.",
		"法庭屆時如常開放：你的批次 {reference} 的案件定於 {at} 在 {place} 的聆訊如期進行。")
)
