package members

import (
	"context"
	"errors"
	"time"

	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/store"
)

// Decide approves or refuses an application, of an organisation or of an individual. A refusal frees the applicant's name for another try.
type Decide struct {
	ID      string
	Approve bool
	// Reason is told to the applicant; a refusal has one, in English at least.
	Reason law.Text
	By     By
	At     time.Time
}

func (r Decide) plan(ctx context.Context, m *Members) (plan, error) {
	name := stepApprove
	if !r.Approve {
		name = stepRefuse
	}
	return m.move(ctx, movement{name, r.ID, r.Reason, r.By, r.At})
}

// Suspend stops an organisation with all its accounts, or one account.
type Suspend struct {
	ID string
	// Reason says why, in English at least.
	Reason law.Text
	By     By
	At     time.Time
}

func (r Suspend) plan(ctx context.Context, m *Members) (plan, error) {
	return m.move(ctx, movement{stepSuspend, r.ID, r.Reason, r.By, r.At})
}

// Reinstate ends a suspension.
type Reinstate struct {
	ID     string
	Reason law.Text
	By     By
	At     time.Time
}

func (r Reinstate) plan(ctx context.Context, m *Members) (plan, error) {
	return m.move(ctx, movement{stepReinstate, r.ID, r.Reason, r.By, r.At})
}

// Close ends an account, or an organisation with all its accounts, for good. The account of a primary administrator ends with its
// organisation, or after another took its place ([HandOver]).
type Close struct {
	ID     string
	Reason law.Text
	By     By
	At     time.Time
}

func (r Close) plan(ctx context.Context, m *Members) (plan, error) {
	return m.move(ctx, movement{stepClose, r.ID, r.Reason, r.By, r.At})
}

// movement is a step of an account or organisation.
type movement struct {
	step, id string
	reason   law.Text
	by       By
	at       time.Time
}

func (v movement) check() error {
	if err := signed(v.by, v.at); err != nil {
		return err
	}
	if v.step == stepRefuse || v.step == stepSuspend || len(v.reason) > 0 {
		return reasonOf(v.reason)
	}
	return nil
}

func (v movement) standing() Standing {
	return Standing{Changed: instant(v.at), By: v.by, Reason: v.reason}
}

// move plans a step of whatever has the name.
func (m *Members) move(ctx context.Context, v movement) (plan, error) {
	if err := v.check(); err != nil {
		return plan{}, err
	}
	o, err := m.Organisation(ctx, v.id)
	if err == nil {
		return m.moveOrganisation(ctx, v, o)
	}
	if !errors.Is(err, ErrNotFound) {
		return plan{}, err
	}
	a, err := m.Account(ctx, v.id)
	if err != nil {
		return plan{}, err
	}
	return m.moveAccount(ctx, v, a)
}

func (m *Members) moveOrganisation(ctx context.Context, v movement, o Organisation) (plan, error) {
	to, done, ok := next(o.Status, v.step)
	switch {
	case !ok:
		return plan{}, refuse(ErrStatus, CodeStatus, law.V("id", v.id), law.V("status", o.Status), law.V("step", v.step))
	case done:
		return plan{}, &DoneError{Done{Organisation: o}}
	}
	o.Status, o.Standing = to, v.standing()
	var puts []store.Put
	if to == Closed || to == Refused {
		var err error
		if puts, err = m.closeHouse(ctx, v, &o); err != nil {
			return plan{}, err
		}
	}
	put, err := m.putOrganisation(o)
	return plan{m.change(o.deed(v.step), append([]store.Put{put}, puts...)...), Done{Organisation: o}}, err
}

// closeHouse closes all accounts of an organisation. It is the change of the organisation that keeps others from being opened meanwhile.
func (m *Members) closeHouse(ctx context.Context, v movement, o *Organisation) ([]store.Put, error) {
	var puts []store.Put
	for after := ""; ; {
		accounts, next, err := m.Accounts(ctx, o.ID, after, store.MaxPage)
		if err != nil {
			return nil, err
		}
		for _, a := range accounts {
			if a.Status == Closed {
				continue
			}
			a.Status, a.Standing = Closed, v.standing()
			put, err := m.putAccount(a)
			if err != nil {
				return nil, err
			}
			puts = append(puts, put)
		}
		if after = next; next == "" {
			break
		}
	}
	o.Accounts = 0
	for i := range o.Branches {
		o.Branches[i].Users = 0
	}
	return puts, nil
}

func (m *Members) moveAccount(ctx context.Context, v movement, a Account) (plan, error) {
	to, done, ok := next(a.Status, v.step)
	decided := v.step == stepApprove || v.step == stepRefuse
	switch {
	case !ok || decided && a.Kind != Individual:
		return plan{}, refuse(ErrStatus, CodeStatus, law.V("id", v.id), law.V("status", a.Status), law.V("step", v.step))
	case done:
		return plan{}, &DoneError{Done{Account: a}}
	case v.step == stepClose && a.Kind == PrimaryAdministrator:
		return plan{}, refuse(ErrPrimary, CodePrimary, law.V("organisation", a.Organisation))
	}
	a.Status, a.Standing = to, v.standing()
	var house *Organisation
	if to == Closed && (a.Kind == OrganisationUser || a.Kind == SecondaryAdministrator) {
		o, err := m.Organisation(ctx, a.Organisation)
		if err != nil {
			return plan{}, err
		}
		o.count(a.Branch, -1)
		house = &o
	}
	puts, err := m.puts(house, a)
	return plan{m.change(a.deed(v.step), puts...), Done{Account: a}}, err
}

// count changes the number of accounts, of the organisation and of the branch.
func (o *Organisation) count(branch string, by int) {
	o.Accounts += by
	if i := o.branch(branch); i >= 0 {
		o.Branches[i].Users += by
	}
}
