package icms

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/store"
)

// SetAccess opens, restricts or seals a case. To everybody but the court a sealed case is not there: in the change that seals it, its
// entries leave every index by which it, its parties and the messages about it are found; opening or restricting it puts them back as they
// were. The parties are told when it is opened or restricted, and nobody when it is sealed. A case that is sealed no more has its hearing where
// the sitting of its batch was moved to meanwhile, or none when that was taken back; of closures that came over its hearing [Service.Resume] tells.
func (r Registry) SetAccess(ctx context.Context, act CaseAct, access CaseAccess) (CaseFile, error) {
	words, known := accessWords[access]
	if !known {
		return CaseFile{}, invalid("access %q is none of open, restricted, sealed", access)
	}
	if err := act.check("setting the access"); err != nil {
		return CaseFile{}, err
	}
	f, err := r.s.inCase(ctx, act.Court, act.Case, act.By, func(st *caseStep) error {
		before := st.file.Access
		if before == access {
			return errNothing
		}
		st.file.Access = access
		if before == CaseSealed {
			if err := st.catchUp(); err != nil {
				return err
			}
		}
		st.action, st.kind = "case "+string(access), EventAccessSet
		st.pairs = append(st.pairs, "before", string(before), "reason", act.Reason.In(law.English))
		st.data = map[string]any{"access": access, "before": before}
		if err := st.reindex(); err != nil {
			return err
		}
		if before == CaseSealed || access == CaseSealed {
			if err := st.withhold(access == CaseSealed); err != nil {
				return err
			}
		}
		return st.tell(nil, accessSubject, accessBody, law.V("on", civil(st.desk.court, st.at)), law.V("access", words), law.V("reason", act.Reason))
	})
	if err != nil {
		return CaseFile{}, err
	}
	return *f, nil
}

// reindex puts the case record again, with the access that the file has now.
func (st *caseStep) reindex() error {
	f := st.file
	rec, err := st.s.store.Get(st.ctx, kindCase, caseID(f.Court, f.Number))
	if err != nil {
		return notFound(err, "case %s of %s", f.Number, f.Court)
	}
	var kept struct {
		caseHead
		Claim json.RawMessage `json:"claim"`
	}
	if err := json.Unmarshal(rec.Body, &kept); err != nil {
		return fmt.Errorf("icms: case %s: %w: %w", rec.ID, store.ErrCorrupt, err)
	}
	if kept.Access = f.Access; f.Access == CaseOpen {
		kept.Access = "" // as it was registered
	}
	head, err := json.Marshal(kept.caseHead)
	if err != nil {
		return fmt.Errorf("icms: case %s: %w", rec.ID, err)
	}
	found, err := st.desk.court.found(&kept.caseHead)
	if err != nil {
		return err
	}
	entries, err := found.entries()
	return st.put(store.Put{Kind: kindCase, ID: rec.ID, Body: joinCase(head, kept.Claim), Expect: rec.Version, Index: entries}, err)
}

// withhold takes the messages about the case out of the boxes, or puts them back.
func (st *caseStep) withhold(sealed bool) error {
	for m, err := range st.s.messagesAbout(st.ctx, st.file.Court, st.file.Number) {
		if err != nil {
			return err
		}
		if m.Withheld == sealed {
			continue
		}
		m.Withheld = sealed
		if err := st.put(m.put()); err != nil {
			return err
		}
	}
	return nil
}

// place reads the place in its year's sequence back from a case number.
func (n Numbering) place(number string) (int64, error) {
	digits, _, ok := strings.Cut(strings.TrimPrefix(number, n.Prefix), "/")
	place, err := strconv.ParseInt(digits, 10, 64)
	if !ok || err != nil || !strings.HasPrefix(number, n.Prefix) {
		return 0, fmt.Errorf("%.40q is not of the form of the court's case numbers", number)
	}
	return place, nil
}

// accessWords are the kinds of access in words.
var accessWords = map[CaseAccess]law.Text{
	CaseOpen:       law.T("open to inspection", "開放查閱"),
	CaseRestricted: law.T("to be inspected by the parties alone", "只供各方查閱"),
	CaseSealed:     law.T("sealed", "封存"),
}

var (
	accessSubject = law.T("{case}: {access}", "{case}：{access}")
	accessBody    = law.T("As of {on} case {case} is {access}. {reason}", "自 {on} 起，案件 {case} 為{access}。{reason}")
)
