package members

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/store"
)

// Link says which users of an organisation see one case of it; of a case without one the [LinkPolicy] says it.
type Link struct {
	Organisation string `json:"organisation"`
	Court        string `json:"court"`
	Case         string `json:"case"`
	// Users are the accounts that see it; none means nobody. Shared says that all links were taken away again: it is as if there were none.
	Users  []string `json:"users"`
	Shared bool     `json:"shared,omitempty"`
	Standing

	version int64
}

// Made reports whether administrators chose who sees the case.
func (l *Link) Made() bool { return l.version > 0 && !l.Shared }

func (l *Link) id() string { return l.Organisation + "/" + l.Court + "/" + l.Case }

// LinkCase lets an organisation user see a case of its organisation; from the first link on, those who are linked see it and nobody else. It
// does not ask whether there is such a case.
type LinkCase struct {
	Organisation, Court, Case string
	User                      string
	By                        By
	At                        time.Time
}

func (r LinkCase) plan(ctx context.Context, m *Members) (plan, error) {
	l, err := m.linkOf(ctx, r.Organisation, r.Court, r.Case, r.By, r.At)
	if err != nil {
		return plan{}, err
	}
	if slices.Contains(l.Users, r.User) {
		return plan{}, &DoneError{Done{Link: l}}
	}
	a, err := m.Account(ctx, r.User)
	if err != nil && !errors.Is(err, ErrNotFound) {
		return plan{}, err
	}
	if err != nil || a.Kind != OrganisationUser || a.Organisation != r.Organisation || a.Status == Closed {
		return plan{}, refuse(ErrNotFound, CodeLinkUser, law.V("account", r.User), law.V("organisation", r.Organisation))
	}
	l.Users, l.Shared = append(l.Users, r.User), false
	slices.Sort(l.Users)
	return m.linkChange(l, "link-case", r.By, r.At)
}

// UnlinkCase takes a case from an organisation user. Taking it from the last leaves it to nobody.
type UnlinkCase struct {
	Organisation, Court, Case string
	User                      string
	By                        By
	At                        time.Time
}

func (r UnlinkCase) plan(ctx context.Context, m *Members) (plan, error) {
	l, err := m.linkOf(ctx, r.Organisation, r.Court, r.Case, r.By, r.At)
	if err != nil {
		return plan{}, err
	}
	i := slices.Index(l.Users, r.User)
	switch {
	case i < 0 && l.Made():
		return plan{}, &DoneError{Done{Link: l}}
	case i < 0:
		return plan{}, refuse(ErrNotFound, CodeLinkUser, law.V("account", r.User), law.V("organisation", r.Organisation))
	}
	l.Users = slices.Delete(slices.Clone(l.Users), i, i+1)
	return m.linkChange(l, "unlink-case", r.By, r.At)
}

// ShareCase takes all links of a case away: from then on the [LinkPolicy] says who sees it.
type ShareCase struct {
	Organisation, Court, Case string
	By                        By
	At                        time.Time
}

func (r ShareCase) plan(ctx context.Context, m *Members) (plan, error) {
	l, err := m.linkOf(ctx, r.Organisation, r.Court, r.Case, r.By, r.At)
	if err != nil {
		return plan{}, err
	}
	if !l.Made() {
		return plan{}, &DoneError{Done{Link: l}}
	}
	l.Users, l.Shared = nil, true
	return m.linkChange(l, "share-case", r.By, r.At)
}

// linkOf reads the link of a case for a request on it; one of version 0 when there is none.
func (m *Members) linkOf(ctx context.Context, organisation, court, number string, by By, at time.Time) (Link, error) {
	if err := first(signed(by, at), idOf("court", court), textOf("case", number, maxID)); err != nil {
		return Link{}, err
	}
	if _, err := m.activeHouse(ctx, organisation, "link a case"); err != nil {
		return Link{}, err
	}
	return m.Link(ctx, organisation, court, number)
}

// Link reads who sees a case of an organisation. One that is not [Link.Made] says that the [LinkPolicy] decides.
func (m *Members) Link(ctx context.Context, organisation, court, number string) (Link, error) {
	l := Link{Organisation: organisation, Court: court, Case: number}
	r, err := m.store.Get(ctx, kindLink, l.id())
	if errors.Is(err, store.ErrNotFound) {
		return l, nil
	}
	if err != nil {
		return l, fmt.Errorf("members: link of %s: %w", l.id(), err)
	}
	return readLink(r)
}

func readLink(r store.Record) (Link, error) {
	l := Link{version: r.Version}
	return l, decode(r, &l)
}

func (m *Members) linkChange(l Link, name string, by By, at time.Time) (plan, error) {
	l.Standing = Standing{Changed: instant(at), By: by}
	body, err := json.Marshal(l)
	if err != nil {
		return plan{}, fmt.Errorf("members: link of %s: %w", l.id(), err)
	}
	p := store.Put{Kind: kindLink, ID: l.id(), Body: body, Expect: l.version}
	if !l.Shared {
		p.Index = append(p.Index, store.Entry{Index: indexLinks, Key: key(l.Organisation, l.Court, l.Case)})
	}
	for _, u := range l.Users {
		p.Index = append(p.Index, store.Entry{Index: indexSeen, Key: key(u, l.Court, l.Case)})
	}
	d := deed{name: name, id: l.id(), at: l.Changed, by: by, version: l.version}
	return plan{m.change(d, p), Done{Link: l}}, nil
}
