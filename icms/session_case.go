package icms

import (
	"context"
	"errors"
	"iter"
	"slices"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms/access"
	"courts.example/eservices/icms/law"
)

// caseStates are the kinds of access of a case as the table knows them.
var caseStates = [...]struct {
	access CaseAccess
	state  access.State
}{{CaseOpen, access.Open}, {CaseRestricted, access.Restricted}, {CaseSealed, access.Sealed}}

// stateOf is the state of a case; one of an access that nobody knows counts as sealed.
func stateOf(f *CaseFile) access.State {
	for _, s := range caseStates {
		if s.access == f.Access {
			return s.state
		}
	}
	return access.Sealed
}

// relation gives what the person is to a case: a party, a representative, or nothing. Of an organisation, only users who see the case are
// anything to it.
func (g *guard) relation(f *CaseFile) ([]access.Role, error) {
	if !g.litigates() {
		return nil, nil
	}
	parties := f.partyOf(g.member)
	if len(parties) == 0 {
		return nil, nil
	}
	sees, err := g.s.members.Sees(g.ctx, g.actor, f.Court, f.Number)
	if err != nil || !sees {
		return nil, err
	}
	var out []access.Role
	for _, p := range parties {
		role := access.Representative
		if p.Member == g.member {
			role = access.Party
		}
		if !slices.Contains(out, role) {
			out = append(out, role)
		}
	}
	return out, nil
}

// enterCase enters a method that does something to a case, or to what is in it, and gives the case with the person's relation to it.
func (x *Session) enterCase(ctx context.Context, method, court, number string) (*guard, *CaseFile, error) {
	g, f, o, err := x.lookAtCase(ctx, method, court, number)
	if err == nil {
		err = g.on(o)
	}
	if err != nil {
		return nil, nil, err
	}
	return g, f, nil
}

// lookAtCase reads a case for a method and says what it is to the person.
func (x *Session) lookAtCase(ctx context.Context, method, court, number string) (*guard, *CaseFile, object, error) {
	g, err := x.enter(ctx, method)
	if err != nil {
		return nil, nil, object{}, err
	}
	if _, err := g.court(court); err != nil {
		return nil, nil, object{}, err
	}
	f, err := x.s.caseFile(ctx, court, number)
	if err != nil {
		return nil, nil, object{}, g.lookedUp(err, number)
	}
	roles, err := g.relation(f)
	return g, f, object{court: court, state: stateOf(f), name: number, roles: roles}, err
}

// mayRead reports whether the person may read a case, whatever the method is for.
func (g *guard) mayRead(f *CaseFile) (bool, error) {
	roles, err := g.relation(f)
	if err != nil {
		return false, err
	}
	roles = append(slices.Clip(g.actor.RolesAt(f.Court)), roles...)
	return g.s.access.Allows(roles, access.ReadCase, access.Case, stateOf(f)).Allowed, nil
}

// actsFor says, as a refusal, that a party is none of those for whom the person acts.
func (g *guard) actsFor(f *CaseFile, party string) error {
	for _, p := range f.partyOf(g.member) {
		if p.ID == party {
			return nil
		}
	}
	return &DeniedError{Action: g.door.Action, kind: ErrForbidden, Finding: filing.NewFinding(filing.AccessNotParty, "/party", law.Provision{},
		law.V("case", f.Number), law.V("action", g.door.Action.Words()))}
}

// Case reads a case: for its parties and those who act for them, and for the court.
func (x *Session) Case(ctx context.Context, court, number string) (CaseFile, error) {
	_, f, err := x.enterCase(ctx, "Case", court, number)
	if err != nil {
		return CaseFile{}, err
	}
	return *f, nil
}

// Cases gives a page of all cases in which the person's registered user is a party or acts for one, as [Registry.CasesOf] does. Cases that the
// person does not see are left out, so a page may be short.
func (x *Session) Cases(ctx context.Context, after string, limit int) ([]CaseFile, string, error) {
	g, err := x.enter(ctx, "Cases")
	if err != nil {
		return nil, "", err
	}
	if !g.litigates() { // staff have no cases of their own
		return nil, "", g.denied(object{open: true})
	}
	return x.s.casesOf(ctx, g.member, after, limit, g.mayRead)
}

// JoinCase links the person's registered user to a party, or as a representative of one where the court admits it, by the code that the registry
// sent: Member and By are set here. A code that does not
// link has one answer, as in [Registry.LinkParty].
func (x *Session) JoinCase(ctx context.Context, in Link) (CaseFile, error) {
	g, err := x.enter(ctx, "JoinCase")
	if err == nil {
		_, err = g.court(in.Court)
	}
	if err != nil {
		return CaseFile{}, err
	}
	in.Member, in.By, in.Proof, in.Leave = g.member, g.by(), "", ""
	f, err := x.s.linkParty(ctx, in, func(f *CaseFile) error {
		roles, err := g.relation(f)
		if err != nil {
			return err
		}
		return g.on(object{court: f.Court, state: stateOf(f), name: f.Number, roles: roles})
	})
	if refused := (*RefusalError)(nil); errors.As(err, &refused) && refused.Finding.Code == filing.LinkCode {
		err = &DeniedError{kind: ErrNotFound, Finding: refused.Finding}
	}
	return f, err
}

// LeaveCase ends that the person's registered user acts for a party.
func (x *Session) LeaveCase(ctx context.Context, court, number, party string) error {
	g, f, err := x.enterCase(ctx, "LeaveCase", court, number)
	if err == nil {
		err = g.actsFor(f, party)
	}
	if err != nil {
		return err
	}
	_, err = x.s.Registry().UnlinkParty(ctx, Unlink{Court: court, Case: number, Party: party, Member: g.member, Ceases: true, By: g.by()})
	return err
}

// LimitOf answers until when a party may send a paper; see [Registry.LimitOf].
func (x *Session) LimitOf(ctx context.Context, q LimitQuestion) (*DocumentLimit, error) {
	if _, _, err := x.enterCase(ctx, "LimitOf", q.Court, q.Case); err != nil {
		return nil, err
	}
	return x.s.Registry().LimitOf(ctx, q)
}

// Register streams the register of claims for the court; cases that the person may not read are left out.
func (x *Session) Register(ctx context.Context, q RegisterQuery) iter.Seq2[RegisterEntry, error] {
	return func(yield func(RegisterEntry, error) bool) {
		g, err := x.enter(ctx, "Register")
		if err == nil {
			_, err = g.court(q.Court)
		}
		if err == nil {
			err = g.on(object{court: q.Court, state: access.Any, open: true})
		}
		if err != nil {
			yield(RegisterEntry{}, err)
			return
		}
		for e, err := range x.s.Registry().Claims(ctx, q) {
			if err != nil {
				yield(RegisterEntry{}, err)
				return
			}
			may, err := g.mayRead(&e.CaseFile)
			if err == nil && !may {
				continue
			}
			if !yield(e, err) || err != nil {
				return
			}
		}
	}
}
