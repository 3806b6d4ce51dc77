package members

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/store"
)

// The kinds of record and the indexes, as they stand in the store.
const (
	kindOrganisation = "member.organisation" // id: that of the organisation
	kindAccount      = "member.account"      // id: that of the account
	kindLink         = "member.link"         // id: <organisation>/<court>/<case>

	indexID      = "member.id"      // unique: id of an account or organisation
	indexSubject = "member.subject" // unique: subject of an account that is not closed or refused
	indexFormer  = "member.former"  // subject of an account that is
	indexStatus  = "member.status"  // organisation, individual or staff; status; id
	indexHouse   = "member.house"   // organisation, account
	indexLinks   = "member.links"   // organisation, court, case
	indexSeen    = "member.seen"    // account, court, case
)

func (m *Members) putOrganisation(o Organisation) (store.Put, error) {
	body, err := json.Marshal(o)
	if err != nil {
		return store.Put{}, fmt.Errorf("members: organisation %s: %w", o.ID, err)
	}
	p := store.Put{
		Kind: kindOrganisation, ID: o.ID, Body: body, Expect: o.version,
		Unique: []store.Entry{{Index: indexID, Key: o.ID}},
		Index:  []store.Entry{{Index: indexStatus, Key: key("organisation", string(o.Status), o.ID)}},
	}
	return m.indexed(p, foundOrganisation(o))
}

func (m *Members) putAccount(a Account) (store.Put, error) {
	body, err := json.Marshal(a)
	if err != nil {
		return store.Put{}, fmt.Errorf("members: account %s: %w", a.ID, err)
	}
	p := store.Put{
		Kind: kindAccount, ID: a.ID, Body: body, Expect: a.version,
		Unique: []store.Entry{{Index: indexID, Key: a.ID}},
	}
	if a.Status == Closed || a.Status == Refused {
		p.Index = append(p.Index, store.Entry{Index: indexFormer, Key: a.Subject})
	} else {
		p.Unique = append(p.Unique, store.Entry{Index: indexSubject, Key: a.Subject})
	}
	switch a.Kind {
	case Individual, Staff:
		p.Index = append(p.Index, store.Entry{Index: indexStatus, Key: key(string(a.Kind), string(a.Status), a.ID)})
	default:
		p.Index = append(p.Index, store.Entry{Index: indexHouse, Key: key(a.Organisation, a.ID)})
	}
	return m.indexed(p, foundAccount(a))
}

// indexed adds the entries that whoever made Members wants.
func (m *Members) indexed(p store.Put, f Found) (store.Put, error) {
	if m.index == nil {
		return p, nil
	}
	entries, err := m.index(f)
	if err != nil {
		return p, fmt.Errorf("members: index of %s: %w", f.ID, err)
	}
	p.Index = append(p.Index, entries...)
	return p, nil
}

// words gives a name in all its languages, in a fixed order.
func words(name law.Text) []string {
	var out []string
	for _, tag := range name.Tags() {
		if !slices.Contains(out, name[tag]) {
			out = append(out, name[tag])
		}
	}
	return out
}

// Found is an account or organisation, whichever it is.
type Found struct {
	Organisation Organisation
	Account      Account
	// ID, Names and Proofs are those of the one that it is; Names are what it is called in all languages.
	ID     string
	Names  []string
	Proofs []Proof
}

func foundOrganisation(o Organisation) Found {
	return Found{Organisation: o, ID: o.ID, Names: words(o.Name), Proofs: o.Proofs}
}

func foundAccount(a Account) Found {
	return Found{Account: a, ID: a.ID, Names: words(a.Name), Proofs: a.Proofs}
}

// Read reads a record of this package; one that is neither an account nor an organisation is store.ErrCorrupt.
func Read(r store.Record) (Found, error) {
	switch r.Kind {
	case kindOrganisation:
		o, err := readOrganisation(r)
		return foundOrganisation(o), err
	case kindAccount:
		a, err := readAccount(r)
		return foundAccount(a), err
	}
	return Found{}, fmt.Errorf("members: %w: a %s %q is no account or organisation", store.ErrCorrupt, r.Kind, r.ID)
}

func readOrganisation(r store.Record) (Organisation, error) {
	o := Organisation{version: r.Version}
	return o, decode(r, &o)
}

func readAccount(r store.Record) (Account, error) {
	a := Account{version: r.Version}
	return a, decode(r, &a)
}

func decode(r store.Record, into any) error {
	if err := json.Unmarshal(r.Body, into); err != nil {
		return fmt.Errorf("members: %s %q: %w: %w", r.Kind, r.ID, store.ErrCorrupt, err)
	}
	return nil
}

// Organisation reads an organisation, or a *RefusalError of ErrNotFound.
func (m *Members) Organisation(ctx context.Context, id string) (Organisation, error) {
	r, err := m.get(ctx, kindOrganisation, id)
	if err != nil {
		return Organisation{}, err
	}
	return readOrganisation(r)
}

// Account reads an account, or a *RefusalError of ErrNotFound.
func (m *Members) Account(ctx context.Context, id string) (Account, error) {
	r, err := m.get(ctx, kindAccount, id)
	if err != nil {
		return Account{}, err
	}
	return readAccount(r)
}

func (m *Members) get(ctx context.Context, kind, id string) (store.Record, error) {
	if checkID(id) != nil {
		return store.Record{}, refuse(ErrNotFound, CodeUnknown, law.V("id", id))
	}
	r, err := m.store.Get(ctx, kind, id)
	if errors.Is(err, store.ErrNotFound) {
		return r, refuse(ErrNotFound, CodeUnknown, law.V("id", id))
	}
	if err != nil {
		return r, fmt.Errorf("members: %s %q: %w", kind, id, err)
	}
	return r, nil
}
