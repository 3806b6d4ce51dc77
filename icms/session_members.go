package icms

import (
	"context"

	"courts.example/eservices/icms/access"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/members"
)

// enterAny enters a method whose objects have no states.
func (x *Session) enterAny(ctx context.Context, method string) (*guard, error) {
	g, err := x.enter(ctx, method)
	if err != nil {
		return nil, err
	}
	return g, g.on(object{state: access.Any, open: true})
}

// Me says who the person is to the service.
func (x *Session) Me(ctx context.Context) (members.Actor, error) {
	g, err := x.enterAny(ctx, "Me")
	if err != nil {
		return members.Actor{}, err
	}
	return g.actor, nil
}

// ApplyIndividual asks for the account of an individual, for the person itself: Subject, Proofs and At of the request are set here.
func (x *Session) ApplyIndividual(ctx context.Context, in members.ApplyIndividual, p Proofs) (members.Account, error) {
	if _, err := x.enterAny(ctx, "ApplyIndividual"); err != nil {
		return members.Account{}, err
	}
	if err := x.s.freeForMember(ctx, in.ID); err != nil {
		return members.Account{}, err
	}
	in.Subject, in.At = x.subject, x.s.now()
	done, err := x.s.applyWith(ctx, p, func(proofs []members.Proof) members.Request { in.Proofs = proofs; return in })
	return done.Account, err
}

// ApplyOrganisation asks for an organisation with the person as its primary administrator: Administrator.Subject, Proofs and At are set here.
func (x *Session) ApplyOrganisation(ctx context.Context, in members.ApplyOrganisation, p Proofs) (members.Organisation, error) {
	if _, err := x.enterAny(ctx, "ApplyOrganisation"); err != nil {
		return members.Organisation{}, err
	}
	if err := x.s.freeForMember(ctx, in.ID); err != nil {
		return members.Organisation{}, err
	}
	in.Administrator.Subject, in.At = x.subject, x.s.now()
	done, err := x.s.applyWith(ctx, p, func(proofs []members.Proof) members.Request { in.Proofs = proofs; return in })
	return done.Organisation, err
}

// Account reads an account: the person's own, or any for the offices.
func (x *Session) Account(ctx context.Context, id string) (members.Account, error) {
	g, err := x.enter(ctx, "Account")
	if err != nil {
		return members.Account{}, err
	}
	a, err := x.s.members.Account(ctx, id)
	if err == nil {
		err = g.on(object{state: g.ownAccount(a), name: id})
	}
	if err != nil {
		return members.Account{}, g.lookedUp(err, id)
	}
	return a, nil
}

func (g *guard) ownAccount(a members.Account) access.State {
	if a.ID != "" && a.ID == g.actor.Account.ID {
		return access.Own
	}
	return access.Foreign
}

func (g *guard) ownHouse(organisation string) access.State {
	if organisation != "" && organisation == g.actor.Organisation.ID {
		return access.Own
	}
	return access.Foreign
}

// CloseAccount gives the person's own account up, for good.
func (x *Session) CloseAccount(ctx context.Context) error {
	g, err := x.enter(ctx, "CloseAccount")
	if err == nil {
		err = g.on(object{state: access.Own})
	}
	if err != nil {
		return err
	}
	_, err = g.do(members.Close{ID: g.actor.Account.ID, By: members.By(g.by()), At: x.s.now()})
	return err
}

// do carries a request to the register of members out.
func (g *guard) do(r members.Request) (members.Done, error) {
	done, err := g.s.members.Do(g.ctx, r)
	return done, told(err)
}

// house enters a method about an organisation.
func (x *Session) house(ctx context.Context, method, organisation string) (*guard, error) {
	g, err := x.enter(ctx, method)
	if err != nil {
		return nil, err
	}
	if err := g.on(object{state: g.ownHouse(organisation), name: organisation}); err != nil {
		return nil, err
	}
	return g, nil
}

// Organisation reads an organisation: the person's own, or any for the offices.
func (x *Session) Organisation(ctx context.Context, id string) (members.Organisation, error) {
	g, err := x.house(ctx, "Organisation", id)
	if err != nil {
		return members.Organisation{}, err
	}
	o, err := x.s.members.Organisation(ctx, id)
	return o, g.lookedUp(err, id)
}

// Accounts gives a page of the accounts of an organisation, as members.Accounts does.
func (x *Session) Accounts(ctx context.Context, organisation, after string, limit int) ([]members.Account, string, error) {
	if _, err := x.house(ctx, "Accounts", organisation); err != nil {
		return nil, "", err
	}
	return x.s.members.Accounts(ctx, organisation, after, limit)
}

// OpenUser opens the account of an organisation user in the person's organisation: Kind, By and At of the request are set here.
func (x *Session) OpenUser(ctx context.Context, in members.OpenAccount) (members.Account, error) {
	return x.openAccount(ctx, "OpenUser", members.OrganisationUser, in)
}

// OpenAdministrator opens the account of a secondary administrator: Kind, By and At of the request are set here.
func (x *Session) OpenAdministrator(ctx context.Context, in members.OpenAccount) (members.Account, error) {
	return x.openAccount(ctx, "OpenAdministrator", members.SecondaryAdministrator, in)
}

func (x *Session) openAccount(ctx context.Context, method string, kind members.AccountKind, in members.OpenAccount) (members.Account, error) {
	g, err := x.house(ctx, method, in.Organisation)
	if err != nil {
		return members.Account{}, err
	}
	in.Kind, in.By, in.At = kind, members.By(g.by()), x.s.now()
	done, err := g.do(in)
	return done.Account, err
}

// MemberStep is something that is done to what was approved.
type MemberStep string

// The steps.
const (
	SuspendMember   MemberStep = "suspend"
	ReinstateMember MemberStep = "reinstate"
	CloseMember     MemberStep = "close"
)

// request makes the request of a step.
func (m MemberStep) request(g *guard, id string, reason law.Text) (members.Request, error) {
	by, at := members.By(g.by()), g.s.now()
	switch m {
	case SuspendMember:
		return members.Suspend{ID: id, Reason: reason, By: by, At: at}, nil
	case ReinstateMember:
		return members.Reinstate{ID: id, Reason: reason, By: by, At: at}, nil
	case CloseMember:
		return members.Close{ID: id, Reason: reason, By: by, At: at}, nil
	}
	return nil, invalid("step %q is none of suspend, reinstate, close", m)
}

// MoveUser suspends, reinstates or closes the account of an organisation user. A suspension has a reason.
func (x *Session) MoveUser(ctx context.Context, id string, step MemberStep, reason law.Text) (members.Account, error) {
	return x.moveAccount(ctx, "MoveUser", id, step, reason, members.OrganisationUser)
}

// MoveAdministrator suspends, reinstates or closes the account of an administrator. The primary one can't be closed: see HandOver.
func (x *Session) MoveAdministrator(ctx context.Context, id string, step MemberStep, reason law.Text) (members.Account, error) {
	return x.moveAccount(ctx, "MoveAdministrator", id, step, reason, members.SecondaryAdministrator, members.PrimaryAdministrator)
}

// HandOver makes a secondary administrator the primary one, who becomes secondary.
func (x *Session) HandOver(ctx context.Context, organisation, to string) (members.Organisation, error) {
	g, err := x.house(ctx, "HandOver", organisation)
	if err != nil {
		return members.Organisation{}, err
	}
	done, err := g.do(members.HandOver{Organisation: organisation, To: to, By: members.By(g.by()), At: x.s.now()})
	return done.Organisation, err
}

// CloseOrganisation closes the person's organisation with all its accounts, for good.
func (x *Session) CloseOrganisation(ctx context.Context, organisation string, reason law.Text) error {
	g, err := x.house(ctx, "CloseOrganisation", organisation)
	if err != nil {
		return err
	}
	_, err = g.do(members.Close{ID: organisation, Reason: reason, By: members.By(g.by()), At: x.s.now()})
	return err
}
