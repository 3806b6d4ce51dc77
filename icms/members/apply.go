package members

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/store"
)

// ApplyIndividual asks for the account of an individual. It costs nothing.
type ApplyIndividual struct {
	// ID is the name the account shall have, Subject the host's for the person.
	ID, Subject string
	Name        law.Text
	// Eligible is the code of the kind of eligible user; Statement and Proofs show it.
	Eligible, Statement string
	Proofs              []Proof
	At                  time.Time
}

func (r ApplyIndividual) plan(ctx context.Context, m *Members) (plan, error) {
	if err := first(idOf("id", r.ID), textOf("subject", r.Subject, maxSubject), nameOf(r.Name), dated(r.At)); err != nil {
		return plan{}, err
	}
	if err := m.eligible(r.Eligible, Eligible.forIndividuals, r.Statement, r.Proofs); err != nil {
		return plan{}, err
	}
	app, err := application(r.At, r.Statement, r.Proofs, r.ID, r.Subject, r.Name, r.Eligible)
	if err != nil {
		return plan{}, err
	}
	before, err := m.Account(ctx, r.ID)
	switch {
	case errors.Is(err, ErrNotFound):
	case err != nil:
		return plan{}, err
	case before.Kind == Individual && before.Hash == app.Hash && before.Status != Refused:
		return plan{}, &DoneError{Done{Account: before}}
	case before.Kind != Individual || before.Status != Refused || before.Subject != r.Subject:
		return plan{}, refuse(ErrTaken, CodeIDTaken, law.V("id", r.ID))
	}
	if err := first(m.unused(ctx, kindOrganisation, r.ID), m.unbound(ctx, r.Subject)); err != nil {
		return plan{}, err
	}
	a := Account{
		ID: r.ID, Kind: Individual, Subject: r.Subject, Name: r.Name, Status: Applied, Eligible: r.Eligible, Application: app,
		Standing: Standing{Changed: app.Applied, By: By{Organisation: r.ID, User: r.ID}}, version: before.version,
	}
	put, err := m.putAccount(a)
	return plan{m.change(a.deed(stepApply), put), Done{Account: a}}, err
}

// ApplyOrganisation asks for an organisation with the account of its primary administrator. It costs nothing.
type ApplyOrganisation struct {
	// ID is the name the organisation shall have.
	ID   string
	Name law.Text
	// Kind is the code of the kind of eligible user; Statement and Proofs show it.
	Kind, Statement string
	Proofs          []Proof
	// Administrator is who keeps the house.
	Administrator Person
	At            time.Time
}

// Person is somebody who gets an account.
type Person struct {
	// ID is the name the account shall have, Subject the host's for the person.
	ID, Subject string
	Name        law.Text
}

func (p Person) check() error {
	return first(idOf("id", p.ID), textOf("subject", p.Subject, maxSubject), nameOf(p.Name))
}

func (r ApplyOrganisation) plan(ctx context.Context, m *Members) (plan, error) {
	if err := first(idOf("id", r.ID), nameOf(r.Name), r.Administrator.check(), dated(r.At)); err != nil {
		return plan{}, err
	}
	if err := m.eligible(r.Kind, Eligible.forOrganisations, r.Statement, r.Proofs); err != nil {
		return plan{}, err
	}
	app, err := application(r.At, r.Statement, r.Proofs, r.ID, r.Name, r.Kind, r.Administrator)
	if err != nil {
		return plan{}, err
	}
	before, err := m.Organisation(ctx, r.ID)
	switch {
	case errors.Is(err, ErrNotFound):
	case err != nil:
		return plan{}, err
	case before.Hash == app.Hash && before.Status != Refused:
		return plan{}, &DoneError{Done{Organisation: before}}
	case before.Status != Refused:
		return plan{}, refuse(ErrTaken, CodeIDTaken, law.V("id", r.ID))
	}
	if err := first(m.unused(ctx, kindAccount, r.ID), m.unused(ctx, kindOrganisation, r.Administrator.ID), m.unbound(ctx, r.Administrator.Subject)); err != nil {
		return plan{}, err
	}
	standing := Standing{Changed: app.Applied, By: By{Organisation: r.ID, User: r.Administrator.ID}}
	o := Organisation{
		ID: r.ID, Kind: r.Kind, Name: r.Name, Status: Applied, Primary: r.Administrator.ID, Accounts: 1, Application: app, Standing: standing,
		version: before.version,
	}
	a := Account{
		ID: r.Administrator.ID, Kind: PrimaryAdministrator, Subject: r.Administrator.Subject, Name: r.Administrator.Name, Status: Active,
		Organisation: r.ID, Standing: standing,
	}
	if a.version, err = m.formerOf(ctx, a.ID, o); err != nil {
		return plan{}, err
	}
	puts, err := m.puts(&o, a)
	return plan{m.change(o.deed(stepApply), puts...), Done{Organisation: o, Account: a}}, err
}

// formerOf gives the version of an account of an earlier application of the organisation, 0 when there is none of the name; another's
// account is ErrTaken.
func (m *Members) formerOf(ctx context.Context, id string, o Organisation) (int64, error) {
	a, err := m.Account(ctx, id)
	switch {
	case errors.Is(err, ErrNotFound) && id != o.ID:
		return 0, nil
	case err != nil && !errors.Is(err, ErrNotFound):
		return 0, err
	case err == nil && a.Organisation == o.ID && a.Status == Closed && a.Kind == PrimaryAdministrator && o.version > 0:
		return a.version, nil
	}
	return 0, refuse(ErrTaken, CodeIDTaken, law.V("id", id))
}

// eligible checks what an applicant says it is, and that it is shown.
func (m *Members) eligible(code string, may func(Eligible) bool, statement string, proofs []Proof) error {
	k, ok := m.rules.kind(code)
	if !ok || !may(k) {
		return refuse(ErrEligible, CodeKind, law.V("kind", code))
	}
	if len(statement) > maxStatement || !utf8.ValidString(statement) {
		return refuse(ErrInvalid, CodeField, law.V("field", "statement"))
	}
	if k.Proof && len(proofs) == 0 {
		return &RefusalError{Code: CodeProof, Values: []law.Value{law.V("kind", k.Name)}, Provision: orPolicy(m.rules.Proof, "proof of eligibility"), kind: ErrEligible}
	}
	if len(proofs) > maxProofs {
		return refuse(ErrInvalid, CodeProofForm, law.V("proof", len(proofs)))
	}
	for _, p := range proofs {
		sum, err := hex.DecodeString(p.SHA256)
		if err != nil || len(sum) != 32 || p.SHA256 != strings.ToLower(p.SHA256) || textOf("proof", p.Name, maxName) != nil {
			return refuse(ErrInvalid, CodeProofForm, law.V("proof", p.Name))
		}
	}
	return nil
}

func (k Eligible) forIndividuals() bool   { return k.Individuals }
func (k Eligible) forOrganisations() bool { return k.Organisations }

// application makes the record of an application with the hash of all that was asked for.
func application(at time.Time, statement string, proofs []Proof, rest ...any) (Application, error) {
	hash, err := digest([]any{statement, proofs, rest})
	if err != nil {
		return Application{}, fmt.Errorf("members: application: %w", err)
	}
	return Application{Statement: statement, Proofs: proofs, Applied: instant(at), Hash: hash}, nil
}

// unused reports, as ErrTaken, that the name is used by a record of the kind.
func (m *Members) unused(ctx context.Context, kind, id string) error {
	_, err := m.get(ctx, kind, id)
	switch {
	case err == nil:
		return refuse(ErrTaken, CodeIDTaken, law.V("id", id))
	case errors.Is(err, ErrNotFound):
		return nil
	}
	return err
}

// unbound reports, as ErrTaken, that the person has an account.
func (m *Members) unbound(ctx context.Context, subject string) error {
	a, err := m.holder(ctx, subject)
	if err != nil {
		return err
	}
	if a != nil {
		return refuse(ErrTaken, CodeSubjectTaken, law.V("account", a.ID))
	}
	return nil
}

// puts writes an organisation (nil for none) and accounts.
func (m *Members) puts(o *Organisation, accounts ...Account) ([]store.Put, error) {
	var out []store.Put
	if o != nil {
		p, err := m.putOrganisation(*o)
		if err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	for _, a := range accounts {
		p, err := m.putAccount(a)
		if err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, nil
}

// deed says what was done to an organisation, as its standing has it.
func (o *Organisation) deed(name string) deed {
	return deed{name: name, id: o.ID, at: o.Changed, by: o.By, version: o.version, reason: o.Reason}
}

func (a *Account) deed(name string) deed {
	return deed{name: name, id: a.ID, at: a.Changed, by: a.By, version: a.version, reason: a.Reason}
}
