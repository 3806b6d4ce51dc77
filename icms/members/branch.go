package members

import (
	"context"
	"time"

	"courts.example/eservices/icms/law"
)

// MainBranch is the code of no branch: under it the headquarters has its deposit account.
const MainBranch = "main"

// OpenBranch adds a branch to an organisation, or opens one again that was closed.
type OpenBranch struct {
	Organisation, Code string
	Name               law.Text
	By                 By
	At                 time.Time
}

func (r OpenBranch) plan(ctx context.Context, m *Members) (plan, error) {
	if err := first(idOf("code", r.Code), nameOf(r.Name), signed(r.By, r.At)); err != nil {
		return plan{}, err
	}
	if r.Code == MainBranch {
		return plan{}, refuse(ErrTaken, CodeBranchTaken, law.V("branch", r.Code))
	}
	o, err := m.activeHouse(ctx, r.Organisation, "open a branch")
	if err != nil {
		return plan{}, err
	}
	i := o.branch(r.Code)
	switch {
	case i < 0:
		o.Branches = append(o.Branches, Branch{Code: r.Code, Name: r.Name})
	case o.Branches[i].Closed:
		o.Branches[i].Closed, o.Branches[i].Name = false, r.Name
	case sameText(o.Branches[i].Name, r.Name):
		return plan{}, &DoneError{Done{Organisation: o}}
	default:
		return plan{}, refuse(ErrTaken, CodeBranchTaken, law.V("branch", r.Code))
	}
	return m.branchChange(o, "open-branch", r.By, r.At)
}

// CloseBranch closes a branch in which no account is left.
type CloseBranch struct {
	Organisation, Code string
	By                 By
	At                 time.Time
}

func (r CloseBranch) plan(ctx context.Context, m *Members) (plan, error) {
	if err := signed(r.By, r.At); err != nil {
		return plan{}, err
	}
	o, err := m.activeHouse(ctx, r.Organisation, "close a branch")
	if err != nil {
		return plan{}, err
	}
	i := o.branch(r.Code)
	switch {
	case i < 0:
		return plan{}, refuse(ErrNotFound, CodeBranch, law.V("branch", r.Code), law.V("organisation", o.ID))
	case o.Branches[i].Closed:
		return plan{}, &DoneError{Done{Organisation: o}}
	case o.Branches[i].Users > 0:
		return plan{}, refuse(ErrStatus, CodeBranchInUse, law.V("branch", r.Code), law.V("accounts", o.Branches[i].Users))
	}
	o.Branches[i].Closed = true
	return m.branchChange(o, "close-branch", r.By, r.At)
}

func (m *Members) branchChange(o Organisation, name string, by By, at time.Time) (plan, error) {
	o.Standing = Standing{Changed: instant(at), By: by}
	put, err := m.putOrganisation(o)
	return plan{m.change(o.deed(name), put), Done{Organisation: o}}, err
}
