package icms

import (
	"context"
	"io/fs"
	"strings"

	"courts.example/eservices/calendar"
	"courts.example/eservices/filing"
	"courts.example/eservices/icms/law"
)

// Issue is a paper that the court issues in a case: an award, an order, a notice; or the record of something that happened.
type Issue struct {
	// Court and Case name the case, Kind is one of the kinds that the court issues: PaperAward and the others.
	Court, Case, Kind string
	// Title says in words what it is; empty takes the name of the kind. Words are what it says without a file.
	Title, Words law.Text
	// Files holds its files, Names names them in their order.
	Files fs.FS
	Names []string
	// To are the parties to whom it goes; nil sends it to all, or of a sealed case to nobody.
	To []string
	// Event is what it records, where time limits are counted from that; empty takes that of the kind. Day is the civil day of the event in the
	// court's zone; the zero day takes that of issuing.
	Event CaseEvent
	Day   calendar.Date
	// By is the office and the officer who issues it.
	By Filer
	// Reference is the court's own name for it, at most 64 bytes, unique in the case. Empty derives one from the contents, so that the same
	// paper is issued once.
	Reference string
	// Corrects is the serial of a paper of the court of the same kind whose place it takes; 0 for none.
	Corrects int
}

// Issued is the answer to an Issue.
type Issued struct {
	// Document is the paper as it is kept.
	Document Document
	// Unreached are the parties to whom it goes and who have no box: nothing was delivered to them, and they are to be served otherwise.
	Unreached []string
	// Findings are warnings about its files. A replay gives none.
	Findings []filing.Finding
	// Replayed says that the same paper had been issued before and that this is how it stands.
	Replayed bool
}

// Issue keeps a paper of the court in a case and puts it into the boxes of the parties to whom it goes, in one change: that the message is
// kept is the proof of its delivery; see [Registry.Deliveries]. What keeps it from being issued is a *RefusalError, or several joined. The
// same paper again is answered as it stands; a reference that was used for another one is an ErrConflict.
//
// Papers that were judged by the events as they were recorded stay as they were judged. Where the event of this one, or that it takes the place
// of another, would judge them otherwise, whom it concerns is told in the same change, as by [Registry.RecordService].
func (r Registry) Issue(ctx context.Context, in Issue) (Issued, error) {
	s := r.s
	d, err := s.court(in.Court)
	if err != nil {
		return Issued{}, err
	}
	if err := in.check(); err != nil {
		return Issued{}, err
	}
	files, err := s.takeFiles(ctx, d.court, &Submission{Files: in.Files, Names: in.Names})
	if err != nil {
		return Issued{}, err
	}
	defer files.drop()
	if len(in.Names) == 0 {
		files.findings = nil // it may be without
	}
	files.content = in.content(files.documents)
	if in.Reference == "" {
		in.Reference = "C" + strings.ToUpper(files.content[:16])
	}
	var out Issued
	f, err := s.inCase(ctx, in.Court, in.Case, in.By, func(st *caseStep) error {
		out = Issued{Findings: files.findings}
		kept, err := s.sent(ctx, &Submission{Court: in.Court, Case: in.Case, Reference: in.Reference}, files)
		if err != nil {
			return err
		}
		if kept != nil {
			out = Issued{Document: *kept, Replayed: true}
			return errNothing
		}
		return st.issue(&in, files, &out.Document)
	})
	if err != nil {
		return Issued{}, err
	}
	if f.Access != CaseSealed {
		out.Unreached = f.unreached(out.Document.To)
	}
	return out, nil
}

// issue weighs a paper of the court and adds it to the step.
func (st *caseStep) issue(in *Issue, files *takenFiles, d *Document) error {
	if err := st.mayIssue(in, files); err != nil {
		return err
	}
	kind := courtPapers[in.Kind]
	*d = Document{
		Kind: in.Kind, Title: in.Title, Words: in.Words, Files: files.documents, To: in.To, Corrects: in.Corrects,
		Reference: in.Reference, Content: files.content, Event: in.Event,
	}
	if len(d.Title) == 0 {
		d.Title = kind.name
	}
	if len(d.To) == 0 && st.file.Access != CaseSealed {
		d.To = st.file.partyIDs()
	}
	if d.Event == "" {
		d.Event = kind.event
	}
	if d.Event != "" {
		day := in.Day
		if day.IsZero() {
			day = st.today()
		}
		d.EventDay = day.String()
	}
	corrected, err := st.correct(in.Corrects, in.Kind)
	if err != nil {
		return err
	}
	if err := files.keep(st.ctx); err != nil {
		return err
	}
	st.action, st.kind = "paper issued", EventPaperIssued
	body := issuedBody
	if d.Corrects != 0 {
		body = joined(body, correctionBody)
	}
	err = st.paper(d, issuedSubject, joined(body, d.Words), law.V("issued", civil(st.desk.court, st.at)), law.V("files", len(d.Files)), law.V("corrects", d.Corrects))
	st.data = map[string]any{"document": d.Serial, "kind": d.Kind, "event": d.Event, "day": d.EventDay, "to": d.To}
	if err != nil || d.Event == "" && corrected == nil {
		return err
	}
	changed := []*Document{d}
	if corrected != nil {
		changed = append(changed, corrected)
	}
	return st.recount(changed...)
}

// correct marks the paper of the court whose place another takes, and gives it; nil for none.
func (st *caseStep) correct(serial int, kind string) (*Document, error) {
	if serial == 0 {
		return nil, nil
	}
	f := st.file
	old, err := st.s.document(st.ctx, f.Court, f.Number, serial)
	if err != nil && !isNotFound(err) {
		return nil, err
	}
	if err != nil || !old.Outward || old.Kind != kind || old.State != DocumentIssued {
		return nil, refuse(filing.NewFinding(filing.SubmissionCorrects, "/corrects", law.Provision{}, law.V("serial", serial)))
	}
	old.State, old.CorrectedBy = DocumentCorrected, f.Papers+1
	return old, st.put(old.put())
}
