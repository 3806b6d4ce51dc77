package icms

import (
	"context"
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
}

// RecordService records that the claim, or a paper of the court, was served on a party. That of the claim is kept with the party, where a
// later record takes the place of an earlier one. That of an award, an order or reasons is a paper of the case from which time limits of that
// party are counted, by the civil day of At in the court's zone; it is notified to the party. Recording the same again changes nothing.
func (r Registry) RecordService(ctx context.Context, in ServedPaper) (CaseFile, error) {
	if err := in.check(); err != nil {
		return CaseFile{}, err
	}
	f, err := r.s.inCase(ctx, in.Court, in.Case, in.By, func(st *caseStep) error {
		p := st.file.party(in.Party)
		if p == nil {
			return refuse(filing.NewFinding(filing.SubmissionParty, "/party", law.Provision{}, law.V("case", in.Case), law.V("party", in.Party)))
		}
		c := st.desk.court
		if in.At.After(st.at) || in.At.Before(st.file.Received) {
			return refuse(filing.NewFinding(filing.ServiceInstant, "/at", law.Provision{},
				law.V("at", civil(c, in.At)), law.V("from", civil(c, st.file.Received)), law.V("until", civil(c, st.at))))
		}
		st.action, st.kind = "service recorded", EventServiceRecorded
		st.pairs = []string{"party", in.Party, "paper", fmt.Sprint(in.Paper), "how", in.How, "at", stamp(in.At)}
		st.data = map[string]any{"party": in.Party, "paper": in.Paper, "how": in.How, "at": in.At}
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
	case strings.TrimSpace(in.How) == "" || len(in.How) > 100 || strings.ContainsFunc(in.How, notPrintable):
		return invalid("%s: How %.120q must be a line of plain text of at most 100 bytes", what, in.How)
	case len(in.Evidence) > 200 || strings.ContainsFunc(in.Evidence, notPrintable):
		return invalid("%s: Evidence %.220q must be a line of plain text of at most 200 bytes", what, in.Evidence)
	}
	in.At = in.At.Truncate(time.Microsecond)
	return officer(in.By, what)
}

// servedClaim keeps the service of the claim with the party.
func (st *caseStep) servedClaim(p *CaseParty, in *ServedPaper) error {
	if s := p.Served; s != nil && s.How == in.How && s.At.Equal(in.At) && s.Evidence == in.Evidence {
		return errNothing
	}
	p.Served = &ServiceRecord{How: in.How, At: in.At.In(st.desk.court.Zone()), By: in.By, Evidence: in.Evidence}
	return nil
}

// servedPaper adds the record of service of a paper of the court as a paper of the case.
func (st *caseStep) servedPaper(p *CaseParty, in *ServedPaper) error {
	f, c := st.file, st.desk.court
	none := refuse(filing.NewFinding(filing.ServicePaper, "/paper", law.Provision{}, law.V("serial", in.Paper), law.V("party", in.Party)))
	paper, err := st.s.document(st.ctx, f.Court, f.Number, in.Paper)
	switch {
	case isNotFound(err):
		return none
	case err != nil:
		return err
	case !paper.issuedTo(p.ID):
		return none
	}
	served := ServiceRecord{How: in.How, At: in.At.In(c.Zone()), By: in.By, Evidence: in.Evidence}
	same, err := st.any(func(d *Document) bool {
		s := d.Service
		return s != nil && d.Serves == in.Paper && d.To[0] == p.ID && s.How == in.How && s.At.Equal(in.At) && s.Evidence == in.Evidence
	})
	if err != nil {
		return err
	}
	if same {
		return errNothing
	}
	d := &Document{
		Kind: PaperService, Title: serviceTitle.Fill(law.V("title", paper.Title), law.V("party", p.ID), law.V("at", civil(c, in.At))),
		To: []string{p.ID}, Serves: in.Paper, Service: &served, Event: courtPapers[paper.Kind].served,
	}
	if d.Event != "" {
		d.EventDay = calendar.DateOf(in.At, c.Zone()).String()
	}
	return st.paper(d, servedSubject, servedBody, law.V("served", paper.Title), law.V("party", p.ID), law.V("at", civil(c, in.At)), law.V("how", in.How))
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
)
