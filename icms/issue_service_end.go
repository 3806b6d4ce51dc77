package icms

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms/law"
)

// TakenBack takes a record of service back: what it says did not happen, or not so.
type TakenBack struct {
	// Court and Case name the case, Party the party that the record names.
	Court, Case, Party string
	// Record is the serial of the record; 0 for that of the service of the claim.
	Record int
	// Reason says why, in English at least; it is told to the party.
	Reason law.Text
	// By is the office and the officer who takes it back.
	By Filer
}

// TakeBackService takes a record of service back: it is kept, and nothing counts from it any more. What it had taken the place of stays
// corrected. Papers that were judged by it stay as they were judged; who is told is as in [Registry.RecordService]. What is taken back
// stays so.
func (r Registry) TakeBackService(ctx context.Context, in TakenBack) (CaseFile, error) {
	if err := officer(in.By, "taking back a record of service in case "+in.Case); err != nil {
		return CaseFile{}, err
	}
	if in.Reason[law.English] == "" {
		return CaseFile{}, refuse(filing.NewFinding(filing.SubmissionNoReason, "/reason", law.Provision{}))
	}
	if err := tagged("reason", in.Reason); err != nil {
		return CaseFile{}, err
	}
	f, err := r.s.inCase(ctx, in.Court, in.Case, in.By, func(st *caseStep) error {
		p := st.file.party(in.Party)
		if p == nil {
			return refuse(filing.NewFinding(filing.SubmissionParty, "/party", law.Provision{}, law.V("case", in.Case), law.V("party", partyWords(in.Party))))
		}
		st.action, st.kind = "record of service taken back", EventServiceEnded
		st.pairs = []string{"party", in.Party, "record", fmt.Sprint(in.Record), "reason", in.Reason[law.English]}
		st.data = map[string]any{"party": in.Party, "record": in.Record}
		ended := &Decision{Reason: in.Reason, By: in.By, At: st.at}
		if in.Record == 0 {
			return st.unservedClaim(p, ended)
		}
		return st.unservedPaper(p, in.Record, ended)
	})
	if err != nil {
		return CaseFile{}, err
	}
	return *f, nil
}

// unservedClaim ends the record of the service of the claim.
func (st *caseStep) unservedClaim(p *CaseParty, ended *Decision) error {
	if p.Served == nil {
		if len(p.ServedBefore) > 0 {
			return errNothing
		}
		return noRecord(0, p.ID)
	}
	at := civil(st.desk.court, p.Served.At)
	p.endService(ended)
	return st.tell([]string{p.ID}, unservedSubject, joined(unservedBody, ended.Reason), law.V("served", claimWords), law.V("party", partyWords(p.ID)), law.V("at", at))
}

// unservedPaper ends a record of service that is a paper of the case.
func (st *caseStep) unservedPaper(p *CaseParty, serial int, ended *Decision) error {
	d, err := st.s.document(st.ctx, st.file.Court, st.file.Number, serial)
	switch {
	case isNotFound(err) || err == nil && (d.Service == nil || !slices.Contains(d.To, p.ID)):
		return noRecord(serial, p.ID)
	case err != nil:
		return err
	case d.State == DocumentTakenBack:
		return errNothing
	case d.State != DocumentIssued:
		return noRecord(serial, p.ID)
	}
	d.State, d.Decision = DocumentTakenBack, ended
	if err := st.put(d.put()); err != nil {
		return err
	}
	if err := st.tell([]string{p.ID}, unservedTitled, joined(unservedPaperBody, ended.Reason), law.V("title", d.Title), law.V("document", serial)); err != nil {
		return err
	}
	return st.recount(d)
}

// correctService marks the record of service whose place another takes, and gives it.
func (st *caseStep) correctService(p *CaseParty, in *ServedPaper) (*Document, error) {
	old, err := st.s.document(st.ctx, st.file.Court, st.file.Number, in.Corrects)
	if err != nil && !isNotFound(err) {
		return nil, err
	}
	if err != nil || old.Service == nil || old.State != DocumentIssued || old.Serves != in.Paper || !slices.Contains(old.To, p.ID) {
		return nil, noRecord(in.Corrects, p.ID)
	}
	old.State, old.CorrectedBy = DocumentCorrected, st.file.Papers+1
	return old, st.put(old.put())
}

// servedClaim keeps the service of the claim with the party.
func (st *caseStep) servedClaim(p *CaseParty, in *ServedPaper) error {
	for _, s := range append(slices.Clone(p.ServedBefore), p.standingService()...) {
		if s.Reference != in.Reference {
			continue
		}
		if s.How == in.How && s.At.Equal(in.At) && s.Evidence == in.Evidence {
			return errNothing
		}
		return errors.Join(ErrConflict, refuse(filing.NewFinding(filing.SubmissionReference, "/reference", law.Provision{},
			law.V("reference", in.Reference), law.V("received", civil(st.desk.court, s.At)))))
	}
	if p.Served != nil {
		if len(in.Reason) == 0 {
			return refuse(filing.NewFinding(filing.ServiceAgain, "/party", law.Provision{}, law.V("party", partyWords(p.ID)), law.V("at", civil(st.desk.court, p.Served.At))))
		}
		p.endService(&Decision{Reason: in.Reason, By: in.By, At: st.at})
	}
	served := in.record(st.desk.court)
	p.Served = &served
	return nil
}

// standingService is the record of the service of the claim that stands, or nothing.
func (p *CaseParty) standingService() []ServiceRecord {
	if p.Served == nil {
		return nil
	}
	return []ServiceRecord{*p.Served}
}

// endService ends the record of the service of the claim.
func (p *CaseParty) endService(ended *Decision) {
	over := *p.Served
	over.Ended = ended
	p.Served, p.ServedBefore = nil, append(slices.Clip(p.ServedBefore), over)
}

func noRecord(serial int, party string) error {
	return refuse(filing.NewFinding(filing.ServiceRecordNone, "/record", law.Provision{}, law.V("serial", serial), law.V("party", partyWords(party))))
}

var (
	claimWords      = law.T("the claim", "申索")
	unservedSubject = law.T("{case}: record of service taken back", "{case}：送達記錄已撤回")
	unservedBody    = law.T("The record that {served} in case {case} was served on {party} on {at} is taken back.",
		"案件 {case} 的{served}於 {at} 送達 {party} 的記錄已撤回。")
	unservedTitled    = law.T("{case}: {title}: taken back", "{case}：「{title}」已撤回")
	unservedPaperBody = law.T("The court took back the record {title} (paper {document} of case {case}). No time runs from it.",
		"法庭撤回記錄「{title}」（案件 {case} 第 {document} 號文件），期限不由該記錄起計。")
)
