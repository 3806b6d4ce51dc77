package icms

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"courts.example/eservices/calendar"
	"courts.example/eservices/filing"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/store"
)

// caseStep is one thing that is done in a case: the file as it will be, and the change that makes it so.
type caseStep struct {
	ctx  context.Context
	s    *Service
	desk *desk
	// file is changed in place; version is that at which it was read.
	file *CaseFile
	by   Filer
	at   time.Time
	// action is what the audit link says, with pairs; kind is the type of the event, with data.
	action string
	pairs  []string
	kind   string
	data   map[string]any
	// told are registered users who are told of it otherwise.
	told   []string
	change store.Change
}

// errNothing says that what is asked for is so already.
var errNothing = errors.New("icms: nothing to do")

// inCase does one thing in a case in one change, again when somebody else was first, and gives the file as it is then. do looks at
// the step's file, which may be that of a sealed case, changes it and adds what goes with that; errNothing leaves all as it is.
func (s *Service) inCase(ctx context.Context, court, number string, by Filer, do func(*caseStep) error) (*CaseFile, error) {
	d, err := s.court(court)
	if err != nil {
		return nil, err
	}
	for range maxTries {
		f, err := s.caseFile(ctx, court, number)
		if err != nil {
			return nil, err
		}
		st := &caseStep{ctx: ctx, s: s, desk: d, file: f, by: by, at: s.now()}
		if err := do(st); errors.Is(err, errNothing) {
			return f, nil
		} else if err != nil {
			return nil, err
		}
		if err := st.finish(); err != nil {
			return nil, err
		}
		switch _, err := s.apply(ctx, st.change); {
		case err == nil:
			f.version++
			return f, nil
		case errors.Is(err, store.ErrVersion) || errors.Is(err, store.ErrTaken):
			continue // somebody else was first
		default:
			return nil, fmt.Errorf("icms: %s in case %s: %w", st.action, number, err)
		}
	}
	return nil, overtaken("case " + number)
}

// finish completes the change. Its id tells it from any other that is made of the same version of the file.
func (st *caseStep) finish() error {
	f := st.file
	put, err := f.put()
	if err != nil {
		return err
	}
	c := &st.change
	c.Puts = append(c.Puts, put)
	c.At, c.Chain = st.at, chain(st.desk.court, st.at)
	c.Note = note(st.action, st.by, append([]string{"case", f.Number}, st.pairs...)...)
	c.ID = fmt.Sprintf("%s/%s/%d/%s", st.kind, caseID(f.Court, f.Number), f.version, st.digest())
	c.Events = append(c.Events, st.event(c.ID))
	return nil
}

// event is what the step tells on the stream of its case, as part of a change.
func (st *caseStep) event(change string) store.Event {
	f := st.file
	data := map[string]any{"court": f.Court, "case": f.Number}
	maps.Copy(data, st.data)
	return event(st.at, caseStream(f.Court, f.Number), change, st.kind, data)
}

// digest is over all that the step writes: two deeds of the same version of the file are the same change only if they are the same deed.
func (st *caseStep) digest() string {
	var all []byte
	for _, p := range st.change.Puts {
		all = fmt.Appendf(all, "%s\x00%s\x00%d\x00", p.Kind, p.ID, len(p.Body))
		all = append(all, p.Body...)
	}
	return shortHash(append(all, st.change.Note...))
}

func (st *caseStep) put(p store.Put, err error) error {
	if err == nil {
		st.change.Puts = append(st.change.Puts, p)
	}
	return err
}

// today is the civil day of the step in the court's zone.
func (st *caseStep) today() calendar.Date { return calendar.DateOf(st.at, st.desk.court.Zone()) }

// paper adds a paper of the court to the case and tells the parties to whom it goes. Of a sealed case nobody is told.
func (st *caseStep) paper(d *Document, subject, body law.Text, values ...law.Value) error {
	f := st.file
	f.Papers++
	d.Court, d.Case, d.Serial, d.Outward, d.By, d.At, d.State = f.Court, f.Number, f.Papers, true, st.by, st.at, DocumentIssued
	if d.Files == nil {
		d.Files = []filing.Document{}
	}
	if err := st.put(d.put()); err != nil {
		return err
	}
	st.pairs = append(st.pairs, "document", fmt.Sprint(d.Serial))
	if f.Access == CaseSealed {
		return nil
	}
	for _, b := range f.boxes(d.To) {
		if slices.Contains(st.told, b.member) {
			continue
		}
		if err := st.put(messagePut(paperMessage(st.desk.court, d, b, st.at, subject, body, values...))); err != nil {
			return err
		}
	}
	return nil
}

// tell puts a message that brings no paper into the boxes of the parties given, of all when there are none. Of a sealed case nobody is told.
func (st *caseStep) tell(parties []string, subject, body law.Text, values ...law.Value) error {
	f, c := st.file, st.desk.court
	if f.Access == CaseSealed {
		return nil
	}
	for _, b := range f.boxes(parties) {
		if slices.Contains(st.told, b.member) {
			continue
		}
		if err := st.put(messagePut(caseMessage(c, f, b, st.at, st.serial(), subject, body, values...))); err != nil {
			return err
		}
	}
	return nil
}

// serial tells the messages of the step that bring no paper from those of others.
func (st *caseStep) serial() string { return fmt.Sprintf("v%d", st.file.version+1) }

// notThere is the answer about a sealed case to everybody but the court.
func notThere(f *CaseFile) error {
	return fmt.Errorf("%w: case %s of %s", ErrNotFound, f.Number, f.Court)
}

// officer says whether what the court does names the office and the officer.
func officer(by Filer, what string) error {
	if by.Organisation == "" || by.User == "" {
		return invalid("%s: it names the office and the officer", what)
	}
	return nil
}
