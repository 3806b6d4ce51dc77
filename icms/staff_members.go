package icms

import (
	"context"
	"errors"
	"fmt"

	"courts.example/eservices/icms/access"
	"courts.example/eservices/icms/blob"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/members"
	"courts.example/eservices/icms/names"
)

// SearchMembers finds accounts and organisations by what they are called, in any language, in the order of their names here. After and
// the string given back are cursors, as in names.Query.
func (x *Session) SearchMembers(ctx context.Context, text, after string, limit int) ([]members.Found, string, error) {
	if _, err := x.enterAny(ctx, "SearchMembers"); err != nil {
		return nil, "", err
	}
	page, err := memberIndex().Search(ctx, x.s.store, names.Query{
		Scopes: []string{memberScope}, Text: text, Typing: true, After: after, Limit: limit,
	})
	if err != nil {
		return nil, "", fmt.Errorf("icms: members: %w", err)
	}
	out := make([]members.Found, len(page.Records))
	for i, r := range page.Records {
		if out[i], err = members.Read(r); err != nil {
			return nil, "", err
		}
	}
	return out, page.Next, nil
}

// OrganisationsIn gives a page of the organisations of a status, such as those that wait for a decision.
func (x *Session) OrganisationsIn(ctx context.Context, s members.Status, after string, limit int) ([]members.Organisation, string, error) {
	if _, err := x.enterAny(ctx, "OrganisationsIn"); err != nil {
		return nil, "", err
	}
	return x.s.members.Organisations(ctx, s, after, limit)
}

// IndividualsIn gives a page of the individuals of a status.
func (x *Session) IndividualsIn(ctx context.Context, s members.Status, after string, limit int) ([]members.Account, string, error) {
	if _, err := x.enterAny(ctx, "IndividualsIn"); err != nil {
		return nil, "", err
	}
	return x.s.members.Individuals(ctx, s, after, limit)
}

// registered enters a method about a registered user, an organisation or an individual, and gives what it is.
func (x *Session) registered(ctx context.Context, method, id string) (*guard, members.Found, error) {
	g, err := x.enter(ctx, method)
	if err != nil {
		return nil, members.Found{}, err
	}
	f := members.Found{ID: id}
	state := access.Foreign
	if f.Organisation, err = x.s.members.Organisation(ctx, id); err == nil {
		f.Proofs, state = f.Organisation.Proofs, g.ownHouse(id)
	} else if errors.Is(err, members.ErrNotFound) {
		f.Account, err = x.s.members.Account(ctx, id)
		if f.Proofs, state = f.Account.Proofs, g.ownAccount(f.Account); err == nil && f.Account.Kind != members.Individual {
			err = g.missing(id)
		}
	}
	if err == nil {
		err = g.on(object{state: state, name: id})
	}
	return g, f, g.lookedUp(err, id)
}

// DecideApplication approves or refuses the application of an organisation or an individual. A refusal tells why, in English at least.
func (x *Session) DecideApplication(ctx context.Context, id string, approve bool, reason law.Text) error {
	g, _, err := x.registered(ctx, "DecideApplication", id)
	if err != nil {
		return err
	}
	_, err = g.do(members.Decide{ID: id, Approve: approve, Reason: reason, By: members.By(g.by()), At: x.s.now()})
	return err
}

// OpenProof opens a document with which an applicant proves its eligibility, by its place from 0. The caller closes it.
func (x *Session) OpenProof(ctx context.Context, id string, n int) (blob.File, error) {
	g, f, err := x.registered(ctx, "OpenProof", id)
	if err != nil {
		return nil, err
	}
	if n < 0 || n >= len(f.Proofs) {
		return nil, g.missing(fmt.Sprintf("%s/%d", id, n))
	}
	b, err := x.s.blobs.Open(ctx, f.Proofs[n].SHA256)
	if err != nil {
		return nil, fmt.Errorf("icms: proof %d of %s: %w", n, id, err)
	}
	return b, nil
}

// MoveMember suspends, reinstates or closes an organisation or an individual. A suspension has a reason.
func (x *Session) MoveMember(ctx context.Context, id string, step MemberStep, reason law.Text) error {
	g, _, err := x.registered(ctx, "MoveMember", id)
	if err != nil {
		return err
	}
	r, err := step.request(g, id, reason)
	if err != nil {
		return err
	}
	_, err = g.do(r)
	return err
}

// AppointStaff opens the account of a member of staff: By and At of the request are set here.
func (x *Session) AppointStaff(ctx context.Context, in members.AppointStaff) (members.Account, error) {
	g, err := x.enter(ctx, "AppointStaff")
	if err == nil {
		err = g.on(object{state: g.ownAccount(members.Account{ID: in.ID}), name: in.ID, open: true})
	}
	if err != nil {
		return members.Account{}, err
	}
	in.By, in.At = members.By(g.by()), x.s.now()
	done, err := g.do(in)
	return done.Account, err
}

// colleague enters a method about a member of staff.
func (x *Session) colleague(ctx context.Context, method, id string) (*guard, error) {
	g, err := x.enter(ctx, method)
	if err != nil {
		return nil, err
	}
	a, err := x.s.members.Account(ctx, id)
	if err == nil && a.Kind != members.Staff {
		err = g.missing(id)
	}
	if err == nil {
		err = g.on(object{state: g.ownAccount(a), name: id, open: true})
	}
	return g, g.lookedUp(err, id)
}

// ChangePosts gives a member of staff other posts or courts: By and At of the request are set here. Nobody changes his own.
func (x *Session) ChangePosts(ctx context.Context, in members.ChangePosts) (members.Account, error) {
	g, err := x.colleague(ctx, "ChangePosts", in.ID)
	if err != nil {
		return members.Account{}, err
	}
	in.By, in.At = members.By(g.by()), x.s.now()
	done, err := g.do(in)
	return done.Account, err
}

// MoveStaff suspends, reinstates or closes the account of a member of staff. A suspension has a reason.
func (x *Session) MoveStaff(ctx context.Context, id string, step MemberStep, reason law.Text) (members.Account, error) {
	g, err := x.colleague(ctx, "MoveStaff", id)
	if err != nil {
		return members.Account{}, err
	}
	r, err := step.request(g, id, reason)
	if err != nil {
		return members.Account{}, err
	}
	done, err := g.do(r)
	return done.Account, err
}

// Staff gives a page of the accounts of staff of a status; empty means all.
func (x *Session) Staff(ctx context.Context, s members.Status, after string, limit int) ([]members.Account, string, error) {
	g, err := x.enter(ctx, "Staff")
	if err == nil {
		err = g.on(object{state: access.Foreign, open: true})
	}
	if err != nil {
		return nil, "", err
	}
	return x.s.members.Staff(ctx, s, after, limit)
}
