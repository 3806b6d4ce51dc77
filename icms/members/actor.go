package members

import (
	"context"
	"fmt"
	"slices"

	"courts.example/eservices/icms/access"
	"courts.example/eservices/icms/store"
)

// Identity is a person as the host knows it. The host has made sure who it is; nothing here proves it.
type Identity interface {
	// Subject is the host's name for the person, the same for ever; "" for somebody who did not say who he is.
	Subject() string
}

// Subject is the plainest Identity: the host's name itself.
type Subject string

// Subject gives the name.
func (s Subject) Subject() string { return string(s) }

// Actor is a person as the service meets it: with its account, if it has one, and what it is.
type Actor struct {
	// Subject is the host's name for the person, "" for somebody unknown.
	Subject string
	// Account is its account, zero for somebody who has none. Organisation is the organisation of that account, zero for others.
	Account      Account
	Organisation Organisation
	// Status is the one that counts: the account's, or its organisation's when that is worse; "" without an account.
	Status Status
	// Roles are what it is to the service as a whole: access.Public always, and with an active account more. Posts of staff are among them whatever
	// the court; see RolesAt.
	Roles []access.Role
}

// Active reports whether the person has an account that may be used.
func (a Actor) Active() bool { return a.Status == Active }

// Registered is the registered user for whom the person acts: its organisation, or an individual itself. It is "" for staff and for those who
// have no active account.
func (a Actor) Registered() string {
	switch {
	case !a.Active() || a.Account.Kind == Staff:
		return ""
	case a.Account.Kind == Individual:
		return a.Account.ID
	}
	return a.Organisation.ID
}

// RolesAt gives the roles that the person has at a court: staff have their posts only where they hold them. Court "" is the service as a
// whole, which posts at single courts say nothing about.
func (a Actor) RolesAt(court string) []access.Role {
	if len(a.Account.Courts) == 0 || slices.Contains(a.Account.Courts, court) {
		return a.Roles
	}
	return slices.DeleteFunc(slices.Clone(a.Roles), access.Role.Staff)
}

// By is how the person signs what it does.
func (a Actor) By() By {
	switch {
	case a.Account.Kind == "":
		return By{}
	case a.Account.Kind == Individual:
		return By{Organisation: a.Account.ID, User: a.Account.ID}
	}
	return By{Organisation: a.Account.Organisation, User: a.Account.ID}
}

// Actor finds out who a subject is. Somebody without an account is an Actor too, and no error.
func (m *Members) Actor(ctx context.Context, subject string) (Actor, error) {
	out := Actor{Subject: subject, Roles: []access.Role{access.Public}}
	if subject == "" {
		return out, nil
	}
	a, err := m.holder(ctx, subject)
	if err != nil {
		return Actor{}, err
	}
	if a == nil {
		if a, err = m.former(ctx, subject); err != nil || a == nil {
			return out, err
		}
	}
	out.Account, out.Status = *a, a.Status
	if a.Kind != Individual && a.Kind != Staff {
		if out.Organisation, err = m.Organisation(ctx, a.Organisation); err != nil {
			return Actor{}, err
		}
		out.Status = worse(a.Status, out.Organisation.Status)
	}
	out.Roles = append(out.Roles, access.Holder)
	if out.Active() {
		if a.Kind == Staff {
			out.Roles = append(out.Roles, a.Posts...)
		} else {
			out.Roles = append(out.Roles, a.Kind.role())
		}
	}
	return out, nil
}

// holder finds the account that a subject has and that is not over; nil when there is none.
func (m *Members) holder(ctx context.Context, subject string) (*Account, error) {
	if !store.ValidKey(subject) {
		return nil, nil
	}
	hits, err := m.store.Match(ctx, indexSubject, []string{subject})
	if err != nil {
		return nil, fmt.Errorf("members: account of a subject: %w", err)
	}
	if len(hits) == 0 {
		return nil, nil
	}
	a, err := readAccount(hits[0].Record)
	return &a, err
}

// former finds the newest account of a subject that is over; nil when there is none.
func (m *Members) former(ctx context.Context, subject string) (*Account, error) {
	if !store.ValidKey(subject) {
		return nil, nil
	}
	page, err := m.store.List(ctx, store.Query{Index: indexFormer, From: subject, Until: subject + "\x00", Descending: true, Limit: 1})
	if err != nil {
		return nil, fmt.Errorf("members: account of a subject: %w", err)
	}
	if len(page.Records) == 0 {
		return nil, nil
	}
	a, err := readAccount(page.Records[0])
	return &a, err
}

// Sees reports whether the person may see the cases of its registered user as far as that user's own house is concerned: an individual
// does, an organisation user unless administrators linked the case to others, nobody else. Whether the registered user is a party is the
// case's to say.
func (m *Members) Sees(ctx context.Context, a Actor, court, number string) (bool, error) {
	if !a.Active() {
		return false, nil
	}
	switch a.Account.Kind {
	case Individual:
		return true, nil
	case OrganisationUser:
		l, err := m.Link(ctx, a.Organisation.ID, court, number)
		if err != nil {
			return false, err
		}
		if !l.Made() {
			return m.rules.Links.Unlinked != SeenByNone, nil
		}
		return slices.Contains(l.Users, a.Account.ID), nil
	}
	return false, nil
}
