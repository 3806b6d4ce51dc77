package icms

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/payment"
)

// weighed is a submission as it was looked at: what it would be kept as, what is wrong with it, and what it was weighed by.
type weighed struct {
	desk     *desk
	file     *CaseFile
	kind     *PaperKind
	document Document
	findings []filing.Finding
	now      *calendars
	// time is the request for time that it rests on, corrected the paper whose place it takes, fee what it costs; each nil without one.
	time      *TimeRequest
	corrected *Document
	fee       *payment.Line
	// rests holds the fee of what a correction corrects as it is, when that counts for it.
	rests standingFee
}

func (w *weighed) refused() bool { return w == nil || filing.Refuses(w.findings) }

func (w *weighed) found(code filing.Code, pointer string, p law.Provision, values ...law.Value) {
	w.findings = append(w.findings, filing.NewFinding(code, pointer, p, values...))
}

// answer is what is said of a paper that is not kept.
func (w *weighed) answer() Submitted {
	if w == nil {
		return Submitted{}
	}
	return Submitted{Document: w.document, Findings: w.findings}
}

// maxTitle is the longest title of a paper, in characters.
const maxTitle = 200

// weigh holds a submission against the case and the court's rules, as of the instant at which its last byte was in.
func (s *Service) weigh(ctx context.Context, d *desk, f *CaseFile, in *Submission, files *takenFiles, at time.Time) (*weighed, error) {
	w := &weighed{desk: d, file: f, findings: append([]filing.Finding(nil), files.findings...)}
	w.document = Document{
		Court: f.Court, Case: f.Number, Kind: in.Kind, Title: in.Title, Party: in.Party, By: in.By, At: at, Files: files.documents,
		Corrects: in.Corrects, Reference: in.Reference, Content: files.content, Time: in.Time,
	}
	if len(in.Title) == 0 {
		if k := d.court.paper(in.Kind); k != nil {
			w.document.Title = k.Name
		}
	}
	for _, words := range in.Title {
		if utf8.RuneCountInString(words) > maxTitle || strings.ContainsFunc(words, notPrintable) {
			w.found(filing.SubmissionTitle, "/title", law.Provision{}, law.V("limit", maxTitle))
		}
	}
	var err error
	if w.now, err = s.calendars(ctx, d); err != nil {
		return nil, err
	}
	kind, refused := d.court.sender(f, in.Party, in.Kind)
	if w.kind = kind; refused != nil {
		w.findings = append(w.findings, *refused)
		return w, w.now.receive(&w.document, nil, d.court)
	}
	w.mayCome()
	if err := s.weighCorrection(ctx, w); err != nil {
		return nil, err
	}
	if err := s.weighTime(ctx, w, in.Against); err != nil {
		return nil, err
	}
	return w, s.price(ctx, w)
}

// sender finds the kind of paper, and says what keeps a party from sending it.
func (c *Court) sender(f *CaseFile, party, code string) (*PaperKind, *filing.Finding) {
	kind := c.paper(code)
	if kind == nil {
		bad := filing.NewFinding(filing.SubmissionKind, "/kind", law.Provision{}, law.V("kind", code), law.V("kinds", c.paperCodes()))
		return nil, &bad
	}
	p := f.party(party)
	if p == nil {
		bad := filing.NewFinding(filing.SubmissionParty, "/party", law.Provision{}, law.V("case", f.Number), law.V("party", partyWords(party)))
		return kind, &bad
	}
	if !kind.from(p.Side) {
		bad := filing.NewFinding(filing.SubmissionSide, "/kind", kind.Provision, law.V("kind", kind.Name), law.V("side", sideNames[p.Side]))
		return kind, &bad
	}
	return kind, nil
}

// party finds a party of the case by its id; nil when it has none.
func (f *CaseFile) party(id string) *CaseParty {
	for i := range f.Parties {
		if f.Parties[i].ID == id {
			return &f.Parties[i]
		}
	}
	return nil
}

// mayCome says what keeps the kind of paper from coming this way, or now.
func (w *weighed) mayCome() {
	if w.kind.OnPaper {
		w.found(filing.SubmissionOnPaper, "/kind", w.kind.Provision, law.V("kind", w.kind.Name))
	}
	if w.file.State == CaseConcluded && !w.kind.Afterwards {
		w.found(filing.SubmissionConcluded, "/case", w.kind.Provision, law.V("case", w.file.Number), law.V("kind", w.kind.Name))
	}
}

// weighCorrection finds the paper whose place a correction takes.
func (s *Service) weighCorrection(ctx context.Context, w *weighed) error {
	serial := w.document.Corrects
	if serial == 0 {
		return nil
	}
	old, err := s.replaced(ctx, w.document.Court, w.document.Case, serial)
	if err != nil && !isNotFound(err) {
		return err
	}
	if err != nil || old.Outward || old.Party != w.document.Party || old.Kind != w.document.Kind || old.CorrectedBy != 0 || old.State == DocumentCorrected {
		w.found(filing.SubmissionCorrects, "/corrects", law.Provision{}, law.V("serial", serial))
		return nil
	}
	w.corrected, w.document.Corrects = old, old.Serial
	return nil
}

// weighTime says when the paper counts as received and whether that is in time.
func (s *Service) weighTime(ctx context.Context, w *weighed, against int) error {
	d := &w.document
	if d.Time != "" {
		asked, err := s.timeRequest(ctx, d.Time)
		if err != nil && !isNotFound(err) {
			return err
		}
		if err != nil || !asked.serves(d) {
			w.found(filing.TimeNotAllowed, "/time", w.desk.court.Policies.Time.Provision, law.V("request", d.Time))
		} else {
			w.time = asked
		}
	}
	v, none, err := s.settle(ctx, w.now, w.desk.court, w.file, w.kind, d, w.time, against)
	switch {
	case err != nil:
		return err
	case none != nil:
		w.findings = append(w.findings, *none)
	case v == tooLate:
		w.findings = append(w.findings, w.desk.court.late(w.kind, d))
	case v == undecided && d.Limit != nil:
		w.found(filing.SubmissionUndecided, "/kind", w.kind.Limit, law.V("kind", w.kind.Name))
	}
	return nil
}

// late is the finding of a paper that counts as received after its last day.
func (c *Court) late(kind *PaperKind, d *Document) filing.Finding {
	return filing.NewFinding(filing.SubmissionLate, "/kind", kind.Limit, law.V("kind", kind.Name), law.V("last", d.Limit.Last),
		law.V("days", d.Limit.Days), law.V("event", d.Limit.From.name()), law.V("day", d.Limit.Event), law.V("deemed", civil(c, d.Receipt.Expected)))
}

// settle fixes when a paper counts as received, its time limit and its state, by all that is announced now. The finding says that there is
// nothing to count the limit of a new paper from.
func (s *Service) settle(ctx context.Context, now *calendars, c *Court, f *CaseFile, kind *PaperKind, d *Document, asked *TimeRequest, against int) (verdict, *filing.Finding, error) {
	if err := now.receive(d, asked, c); err != nil {
		return undecided, nil, err
	}
	if d.Against != 0 {
		against = d.Against
	}
	l, none, err := s.limitOf(ctx, now, f, kind, d.Party, against)
	if err != nil {
		return undecided, nil, err
	}
	if none != nil {
		if d.Serial == 0 {
			return undecided, none, nil
		}
		l = stillToCome(kind, kind.Event, d.Against) // of a kept paper the record was taken back: no time runs, and nothing is late
	}
	v := inTime
	if l != nil {
		v, d.Against = l.judge(&d.Receipt, c.Zone()), l.against
		d.Limit = l.document()
		d.Limit.Late = v == tooLate
		if v != inTime && asked.covers(d, c.Zone()) {
			v, d.Limit.Allowed = inTime, true
			d.Limit.Reason.Steps = append(d.Limit.Reason.Steps, allowedStep(c, asked))
		}
	}
	switch {
	case v == tooLate:
		d.State = DocumentRefused
	case d.Receipt.Pending || v == undecided:
		d.State = DocumentPending
	default:
		d.State = DocumentReceived
	}
	return v, nil, nil
}

// receive says when a paper counts as received: at the registry alone, or as of the instant that an officer allowed.
func (n *calendars) receive(d *Document, asked *TimeRequest, c *Court) error {
	at, err := n.registry.Receive(d.At)
	if err != nil {
		return fmt.Errorf("icms: receipt of a paper in case %s: %w", d.Case, err)
	}
	d.Receipt = Deeming{
		Documents: Stamp{Received: at.Received, Deemed: at.Deemed}, Deemed: at.Deemed, Pending: at.Pending, Projected: at.Projected,
		Expected: expected(at), PriceAt: expected(at), Reason: at.Reason(),
	}
	if c.Policies.Fee.Choice == PriceAtSubmission {
		d.Receipt.PriceAt = at.Received
	} else if at.Pending && asked != nil && !asked.AsOf.IsZero() { // the only instant that is certain
		d.Receipt.PriceAt = asked.AsOf
	}
	if asked != nil && !asked.AsOf.IsZero() {
		r := &d.Receipt
		r.Deemed, r.Expected, r.Pending = asked.AsOf.In(c.Zone()), asked.AsOf.In(c.Zone()), false
		r.Reason = r.Reason.Append(law.Reason{Steps: []law.Step{allowedStep(c, asked)}})
	}
	return nil
}
