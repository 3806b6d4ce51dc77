package members

import (
	"context"
	"errors"
	"time"

	"courts.example/eservices/icms/law"
)

// OpenAccount opens the account of an organisation user or of a secondary administrator, in use at once.
type OpenAccount struct {
	Person
	Organisation string
	// Kind is OrganisationUser or SecondaryAdministrator. Branch is the code of a branch, "" for the headquarters.
	Kind   AccountKind
	Branch string
	By     By
	At     time.Time
}

func (r OpenAccount) plan(ctx context.Context, m *Members) (plan, error) {
	if err := first(r.Person.check(), signed(r.By, r.At)); err != nil {
		return plan{}, err
	}
	if r.Kind != OrganisationUser && r.Kind != SecondaryAdministrator {
		return plan{}, refuse(ErrInvalid, CodeKindOfAccount, law.V("kind", r.Kind))
	}
	hash, err := digest([]any{r.Person, r.Organisation, r.Kind, r.Branch})
	if err != nil {
		return plan{}, err
	}
	before, err := m.Account(ctx, r.ID)
	switch {
	case err == nil && before.Hash == hash:
		return plan{}, &DoneError{Done{Account: before}}
	case err == nil:
		return plan{}, refuse(ErrTaken, CodeIDTaken, law.V("id", r.ID))
	case !errors.Is(err, ErrNotFound):
		return plan{}, err
	}
	o, err := m.activeHouse(ctx, r.Organisation, "open an account")
	if err != nil {
		return plan{}, err
	}
	if err := first(m.unused(ctx, kindOrganisation, r.ID), m.unbound(ctx, r.Subject)); err != nil {
		return plan{}, err
	}
	if _, ok := o.Branch(r.Branch); r.Branch != "" && !ok {
		return plan{}, refuse(ErrNotFound, CodeBranch, law.V("branch", r.Branch), law.V("organisation", o.ID))
	}
	o.count(r.Branch, 1)
	a := Account{
		ID: r.ID, Kind: r.Kind, Subject: r.Subject, Name: r.Name, Status: Active, Organisation: o.ID, Branch: r.Branch,
		Application: Application{Hash: hash}, Standing: Standing{Changed: instant(r.At), By: r.By},
	}
	puts, err := m.puts(&o, a)
	return plan{m.change(a.deed("open-account"), puts...), Done{Organisation: o, Account: a}}, err
}

// activeHouse reads an organisation in which something shall be changed.
func (m *Members) activeHouse(ctx context.Context, id, step string) (Organisation, error) {
	o, err := m.Organisation(ctx, id)
	if err == nil && o.Status != Active {
		err = refuse(ErrStatus, CodeStatus, law.V("id", id), law.V("status", o.Status), law.V("step", step))
	}
	return o, err
}

// HandOver makes a secondary administrator the primary one; the primary one becomes secondary, and can be closed then.
type HandOver struct {
	Organisation string
	// To is the account of the secondary administrator.
	To string
	By By
	At time.Time
}

func (r HandOver) plan(ctx context.Context, m *Members) (plan, error) {
	if err := signed(r.By, r.At); err != nil {
		return plan{}, err
	}
	o, err := m.activeHouse(ctx, r.Organisation, "hand over")
	if err != nil {
		return plan{}, err
	}
	if o.Primary == r.To {
		return plan{}, &DoneError{Done{Organisation: o}}
	}
	to, err := m.Account(ctx, r.To)
	if err != nil && !errors.Is(err, ErrNotFound) {
		return plan{}, err
	}
	if err != nil || to.Organisation != o.ID || to.Kind != SecondaryAdministrator || to.Status != Active {
		return plan{}, refuse(ErrPrimary, CodeSuccessor, law.V("account", r.To), law.V("organisation", o.ID))
	}
	from, err := m.Account(ctx, o.Primary)
	if err != nil {
		return plan{}, err
	}
	standing := Standing{Changed: instant(r.At), By: r.By}
	from.Kind, from.Standing = SecondaryAdministrator, standing
	to.Kind, to.Standing = PrimaryAdministrator, standing
	o.Primary, o.Standing = to.ID, standing
	puts, err := m.puts(&o, from, to)
	return plan{m.change(o.deed("hand-over"), puts...), Done{Organisation: o, Account: to}}, err
}
