package icms

import (
	"context"
	"fmt"
	"strings"
	"time"

	"courts.example/eservices/icms/store"
)

// The types of event about papers that parties send.
const (
	EventPaperReceived    = "icms.paper.received"
	EventPaperPending     = "icms.paper.pending"
	EventPaperRefused     = "icms.paper.refused"
	EventPaperNotRefunded = "icms.paper.refund.failed"
	EventTimeAsked        = "icms.time.asked"
	EventTimeDecided      = "icms.time.decided"
	EventWarningAnnounced = "icms.warning.announced"
)

// caseStream is the stream of the events of a case.
func caseStream(court, number string) string { return "case/" + caseID(court, number) }

// workPaper is the kind of work that completes a paper which waits, or ends the order of a refused one.
const workPaper = "paper"

// submission makes the change that keeps a paper, with all that goes with it. It holds only for the case and the announcements by which the
// paper was weighed.
func (s *Service) submission(ctx context.Context, w *weighed) (store.Change, error) {
	c, at := w.desk.court, s.now()
	f, d := *w.file, &w.document
	f.Papers++
	d.Serial, d.version, d.Acks = f.Papers, 0, 1
	id := "submit/" + caseID(d.Court, d.Case) + "/" + shortHash([]byte(key(d.Party, d.Reference))) + "/" + d.Content[:16]
	change := store.Change{ID: id, At: at, Require: append(w.now.unchanged(c.Code), w.rests.require...), Sums: w.rests.sums}
	if w.fee != nil {
		if err := s.chargePaper(&change, w); err != nil {
			return change, err
		}
	}
	filed, err := f.put()
	if err != nil {
		return change, err
	}
	change.Puts = append(change.Puts, filed)
	if err := s.addPaper(&change, c, w.file, d); err != nil {
		return change, err
	}
	if w.corrected != nil {
		if err := supersede(&change, *w.corrected, d.Serial); err != nil {
			return change, err
		}
	}
	if w.time != nil {
		used := *w.time
		used.Paper = d.Serial
		put, err := used.put()
		if err != nil {
			return change, err
		}
		change.Puts = append(change.Puts, put)
	}
	change.Chain = chain(c, at)
	change.Note = note("paper sent", d.By, "case", d.Case, "document", fmt.Sprint(d.Serial), "kind", d.Kind, "state", string(d.State))
	return change, nil
}

// addPaper adds to a change a paper in its new state, its acknowledgement, the messages that tell of it, its event, and the work that takes
// it on while it waits.
func (s *Service) addPaper(change *store.Change, c *Court, f *CaseFile, d *Document) error {
	put, err := d.put()
	if err != nil {
		return err
	}
	change.Puts = append(change.Puts, put)
	ack, err := acknowledgePaper(c, d)
	if err != nil {
		return err
	}
	if err := addPaperAck(change, &ack); err != nil {
		return err
	}
	if err := f.addMessages(change, paperMessages(c, f, d, &ack, change.At)...); err != nil {
		return err
	}
	kind := EventPaperReceived
	switch d.State {
	case DocumentPending:
		kind = EventPaperPending
		change.Work = append(change.Work, paperWork(d, change.At.Add(s.lease)))
	case DocumentRefused:
		kind = EventPaperRefused
	}
	change.Events = append(change.Events, paperEvent(change, d, kind))
	return nil
}

// moves has a change move the file on too, as it is: who seals the case at the same time meets that, and misses none of the messages that the
// change puts into boxes.
func (f *CaseFile) moves(change *store.Change) error {
	put, err := f.put()
	if err != nil {
		return err
	}
	change.Puts = append(change.Puts, put)
	return nil
}

func paperEvent(change *store.Change, d *Document, kind string) store.Event {
	return event(change.At, caseStream(d.Court, d.Case), change.ID, kind, map[string]any{
		"court": d.Court, "case": d.Case, "document": d.Serial, "kind": d.Kind, "party": d.Party, "state": d.State,
	})
}

func paperWork(d *Document, due time.Time) store.Work {
	return store.Work{Kind: workPaper, ID: documentID(d.Court, d.Case, d.Serial), Due: due, Body: []byte("{}")}
}

// paperOf reads the paper that a piece of work is about.
func (s *Service) paperOf(ctx context.Context, id string) (*Document, error) {
	r, err := s.store.Get(ctx, kindDocument, id)
	if err != nil {
		return nil, notFound(err, "document %s", id)
	}
	return readDocument(r)
}

// addMessages adds messages in a case to a change. Those in a sealed case are withheld until it is opened again.
func (f *CaseFile) addMessages(change *store.Change, messages ...Message) error {
	for _, m := range messages {
		m, err := m.sealed()
		if err != nil {
			return err
		}
		put, err := (&keptMessage{Message: m, Withheld: f.Access == CaseSealed}).put()
		if err != nil {
			return err
		}
		change.Puts = append(change.Puts, put)
	}
	return nil
}

// paperName names a paper for people: the case and the number in it.
func paperName(d *Document) string { return strings.Join([]string{d.Case, fmt.Sprint(d.Serial)}, " #") }
