package icms

import (
	"context"

	"courts.example/eservices/icms/law"
)

// CaseAct is something that the court does to a case as a whole.
type CaseAct struct {
	Court, Case string
	// Reason is told to the parties.
	Reason law.Text
	// By is the office and the officer who does it.
	By Filer
}

func (a *CaseAct) check(what string) error {
	if err := officer(a.By, what+" in case "+a.Case); err != nil {
		return err
	}
	return tagged("reason", a.Reason)
}

// Conclude ends a case: a hearing that is still to come is taken back, and after it only such papers are taken as attack the outcome.
// The parties are told. A case that is concluded stays as it is.
func (r Registry) Conclude(ctx context.Context, act CaseAct) (CaseFile, error) {
	return r.s.setState(ctx, act, CaseConcluded)
}

// Reopen lets a concluded case go on, as when an award is set aside. The parties are told. A case that goes on stays as it is.
func (r Registry) Reopen(ctx context.Context, act CaseAct) (CaseFile, error) {
	return r.s.setState(ctx, act, CaseOngoing)
}

func (s *Service) setState(ctx context.Context, act CaseAct, state CaseState) (CaseFile, error) {
	action, kind, subject, body := "case concluded", EventCaseConcluded, concludedSubject, concludedBody
	if state == CaseOngoing {
		action, kind, subject, body = "case reopened", EventCaseReopened, reopenedSubject, reopenedBody
	}
	if err := act.check(action); err != nil {
		return CaseFile{}, err
	}
	f, err := s.inCase(ctx, act.Court, act.Case, act.By, func(st *caseStep) error {
		if st.file.State == state {
			return errNothing
		}
		st.file.State = state
		if h := st.file.Hearing; h != nil && h.At.After(st.at) {
			if err := st.vacate(joined(concludedReason, act.Reason)); err != nil {
				return err
			}
			st.besides()
		}
		st.action, st.kind, st.data = action, kind, nil
		return st.tell(nil, subject, body, law.V("on", civil(st.desk.court, st.at)), law.V("reason", act.Reason))
	})
	if err != nil {
		return CaseFile{}, err
	}
	return *f, nil
}

var concludedReason = law.T("The case is concluded.", "案件已終結。")
