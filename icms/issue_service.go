package icms

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"courts.example/eservices/calendar"
	"courts.example/eservices/filing"
	"courts.example/eservices/icms/law"
)

// ServedPaper is the service of a paper on a party, as the court records it.
type ServedPaper struct {
	// Court and Case name the case, Party the party that was served.
	Court, Case, Party string
	// Paper is the serial of the paper of the court that was served; 0 for the claim.
	Paper int
	// How is the court's word for the way: "personally", "post", "message box". Evidence is what the record rests on.
	How, Evidence string
	// At is when it was served.
	At time.Time
	// By is the office and the officer who records it.
	By Filer
	// Reference is the court's own name for the record, as that of an [Issue]. Empty derives one from the contents, so that the same record is
	// made once: one that was taken back is made again under another name.
	Reference string
	// Corrects is the serial of the record of service of the same paper on the same party whose place this one takes; 0 for none. A record of
	// the service of the claim has no serial: there a Reason alone says that it takes the place of the one that stands.
	Corrects int
	// Reason says why a record takes the place of another, in English at least.
	Reason law.Text
}

// RecordService records that the claim, or a paper of the court, was served on a party. That of the claim is kept with the party. That of an
// award, an order or reasons is a paper of the case from which time limits of that party are counted, by the civil day of At in the court's
// zone; it is notified to the party. Of several that stand for one paper and party the earliest day counts, so that a later record gives no
// new time. A record that another takes the place of is kept. Recording the same again changes nothing; a reference that was used for another
// record is an ErrConflict.
//
// Papers that were judged by the records as they were stay as they were judged. Where a paper would now be late, or would not be any more, its
// party, the others who were told of it, and the office that records are told, in the same change: the registry refuses it, or allows time.
func (r Registry) RecordService(ctx context.Context, in ServedPaper) (CaseFile, error) {
	if err := in.check(); err != nil {
		return CaseFile{}, err
	}
	f, err := r.s.inCase(ctx, in.Court, in.Case, in.By, func(st *caseStep) error {
		p := st.file.party(in.Party)
		if p == nil {
			return refuse(filing.NewFinding(filing.SubmissionParty, "/party", law.Provision{}, law.V("case", in.Case), law.V("party", partyWords(in.Party))))
		}
		c := st.desk.court
		if in.At.After(st.at) || in.At.Before(st.file.Received) {
			return refuse(filing.NewFinding(filing.ServiceInstant, "/at", law.Provision{},
				law.V("at", civil(c, in.At)), law.V("from", civil(c, st.file.Received)), law.V("until", civil(c, st.at))))
		}
		if in.Reference == "" {
			in.Reference = "S" + strings.ToUpper(in.content()[:16])
		}
		if (in.Corrects != 0 || len(in.Reason) > 0) && in.Reason[law.English] == "" {
			return refuse(filing.NewFinding(filing.SubmissionNoReason, "/reason", law.Provision{}))
		}
		st.action, st.kind = "service recorded", EventServiceRecorded
		st.pairs = []string{"party", in.Party, "paper", fmt.Sprint(in.Paper), "how", in.How, "at", stamp(in.At)}
		if in.Reason[law.English] != "" {
			st.pairs = append(st.pairs, "corrects", fmt.Sprint(in.Corrects), "reason", in.Reason[law.English])
		}
		st.data = map[string]any{"party": in.Party, "paper": in.Paper, "how": in.How, "at": in.At, "corrects": in.Corrects}
		if in.Paper == 0 {
			return st.servedClaim(p, &in)
		}
		return st.servedPaper(p, &in)
	})
	if err != nil {
		return CaseFile{}, err
	}
	return *f, nil
}

// check holds the form of a record of service.
func (in *ServedPaper) check() error {
	what := "service on " + in.Party + " in case " + in.Case
	switch {
	case in.Paper < 0:
		return invalid("%s: Paper %d is the serial of a paper, or 0", what, in.Paper)
	case in.At.IsZero():
		return invalid("%s: it has no time", what)
	case in.Corrects < 0 || in.Corrects > 0 && in.Paper == 0:
		return invalid("%s: Corrects %d is the serial of a record of the service of a paper, or 0", what, in.Corrects)
	case len(in.Reference) > 64 || strings.TrimSpace(in.Reference) != in.Reference || strings.ContainsFunc(in.Reference, notPrintable):
		return invalid("%s: Reference %.80q must be at most 64 bytes of printable characters without spaces at its ends", what, in.Reference)
	case strings.TrimSpace(in.How) == "" || len(in.How) > 100 || strings.ContainsFunc(in.How, notPrintable):
		return invalid("%s: How %.120q must be a line of plain text of at most 100 bytes", what, in.How)
	case len(in.Evidence) > 200 || strings.ContainsFunc(in.Evidence, notPrintable):
		return invalid("%s: Evidence %.220q must be a line of plain text of at most 200 bytes", what, in.Evidence)
	}
	in.At = in.At.Truncate(time.Microsecond)
	if err := officer(in.By, what); err != nil {
		return err
	}
	return tagged("reason", in.Reason)
}

// content hashes what is recorded.
func (in *ServedPaper) content() string {
	said, err := json.Marshal([]any{in.Party, in.Paper, in.How, in.Evidence, stamp(in.At), in.Corrects, in.Reason})
	if err != nil { // strings and numbers always marshal
		said = nil
	}
	sum := sha256.Sum256(append([]byte("icms/service/1\n"), said...))
	return hex.EncodeToString(sum[:])
}

// record is what is kept of it.
func (in *ServedPaper) record(c *Court) ServiceRecord {
	return ServiceRecord{How: in.How, At: in.At.In(c.Zone()), By: in.By, Evidence: in.Evidence, Reference: in.Reference}
}

// servedPaper adds the record of service of a paper of the court as a paper of the case.
func (st *caseStep) servedPaper(p *CaseParty, in *ServedPaper) error {
	f, c := st.file, st.desk.court
	content := in.content()
	if kept, err := st.s.sent(st.ctx, &Submission{Court: f.Court, Case: f.Number, Reference: in.Reference}, &takenFiles{content: content}); err != nil {
		return err
	} else if kept != nil {
		return errNothing
	}
	none := refuse(filing.NewFinding(filing.ServicePaper, "/paper", law.Provision{}, law.V("serial", in.Paper), law.V("party", partyWords(in.Party))))
	paper, err := st.s.document(st.ctx, f.Court, f.Number, in.Paper)
	switch {
	case isNotFound(err):
		return none
	case err != nil:
		return err
	case !paper.issuedTo(p.ID):
		return none
	}
	served := in.record(c)
	d := &Document{
		Kind: PaperService, Title: serviceTitle.Fill(law.V("title", paper.Title), law.V("party", partyWords(p.ID)), law.V("at", civil(c, in.At))),
		To: []string{p.ID}, Serves: in.Paper, Service: &served, Event: courtPapers[paper.Kind].served, Reference: in.Reference, Content: content,
	}
	if d.Event != "" {
		d.EventDay = calendar.DateOf(in.At, c.Zone()).String()
	}
	body, changed := servedBody, []*Document{d}
	if in.Corrects != 0 {
		old, err := st.correctService(p, in)
		if err != nil {
			return err
		}
		d.Corrects, d.Reason = in.Corrects, in.Reason
		body, changed = joined(joined(body, servedInstead), in.Reason), append(changed, old)
	}
	err = st.paper(d, servedSubject, body, law.V("served", paper.Title), law.V("party", partyWords(p.ID)), law.V("at", civil(c, in.At)),
		law.V("how", in.How), law.V("corrects", in.Corrects))
	if err != nil {
		return err
	}
	return st.recount(changed...)
}

// issuedTo reports whether the court issued the paper to a party.
func (d *Document) issuedTo(party string) bool {
	return d.Outward && d.Service == nil && d.State == DocumentIssued && slices.Contains(d.To, party)
}

var (
	serviceTitle  = law.T("Service of {title} on {party} on {at}", "於 {at} 向 {party} 送達「{title}」")
	servedSubject = law.T("{case}: service of {served} recorded", "{case}：已記錄送達「{served}」")
	servedBody    = law.T("The court recorded that {served} in case {case} was served on {party} on {at} ({how}).",
		"法庭已記錄案件 {case} 的「{served}」於 {at} 送達 {party}（{how}）。")
	servedInstead = law.T("This takes the place of paper {corrects}.", "本記錄取代第 {corrects} 號文件。")
)
