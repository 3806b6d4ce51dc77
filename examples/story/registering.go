package main

import (
	"context"
	"fmt"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms"
	icmshk "courts.example/eservices/icms/hk"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/members"
)

// house is an organisation that registers: its first administrator, a second one, and who files for it.
type house struct {
	id, kind, proof string
	name            law.Text
	first, second   members.Person
	users           []members.Person
}

// houses are the two of the story. The body's administrator files too, by an account of its own as a user.
func houses() []house {
	return []house{{
		id: authority, kind: icmshk.StatutoryBody, proof: "ordinance.pdf", name: law.T("Example Utilities Authority", "範例公用事業管理局"),
		first: person("body-admin", "Au Yeung Example", "歐陽範例"), second: person("body-admin-2", "Bao Example", "鮑範例"),
		users: []members.Person{person("body-filer", "Au Yeung Example", "歐陽範例"), person("body-junior", "Bik Example", "畢範例")},
	}, {
		id: firm, kind: icmshk.LawFirm, proof: "certificate.pdf", name: law.T("Example & Partners, Solicitors", "範例律師行"),
		first: person("firm-admin", "Fung Example", "馮範例"), second: person("firm-admin-2", "Fok Example", "霍範例"),
		users: []members.Person{person("firm-clerk", "Fan Example", "范範例")},
	}}
}

// registering has a statutory body and a law firm apply.
func (s *story) registering(ctx context.Context) error {
	s.chapter("Registering", "登記")
	s.on("2026-07-13 09:10", "A statutory body and a law firm apply for accounts, free of charge")
	for _, h := range houses() {
		apply := members.ApplyOrganisation{ID: h.id, Name: h.name, Kind: h.kind, Statement: "see the document", Administrator: h.first}
		admin := s.as(ctx, h.first.Subject)
		if h.id == firm {
			_, err := admin.ApplyOrganisation(ctx, apply, icms.Proofs{})
			if err := s.refused(h.first.ID, "applying without proof", err, members.CodeProof); err != nil {
				return err
			}
		}
		if _, err := admin.ApplyOrganisation(ctx, apply, icms.Proofs{Files: pdf(h.proof), Names: []string{h.proof}}); err != nil {
			return err
		}
		s.reads(h.first.ID, "applied for ", h.name)
		_, err := admin.OpenUser(ctx, members.OpenAccount{Person: h.users[0], Organisation: h.id})
		if err := s.refused(h.first.ID, "opening an account for a user", err, filing.AccessPending); err != nil {
			return err
		}
	}
	return nil
}

// approving has the registry look at the proofs and approve, and the administrators set their houses up.
func (s *story) approving(ctx context.Context) error {
	s.on("2026-07-14 10:30", "The registry reads the proofs and approves")
	waiting, _, err := s.as(ctx, "registrar").OrganisationsIn(ctx, members.Applied, "", 10)
	if err != nil {
		return err
	}
	err = s.as(ctx, "clerk").DecideApplication(ctx, authority, true, nil)
	if err := s.refused("clerk", "approving", err, filing.AccessDenied); err != nil {
		return err
	}
	for _, o := range waiting {
		size, err := s.proof(ctx, o.ID)
		if err != nil {
			return err
		}
		if err := s.as(ctx, "registrar").DecideApplication(ctx, o.ID, true, nil); err != nil {
			return err
		}
		s.sees("registrar", "%s, %s: proof %s read (%d bytes), approved", o.ID, o.Kind, o.Proofs[0].Name, size)
	}
	s.on("2026-07-14 11:00", "The administrators open accounts; none of them files without one as a user")
	for _, h := range houses() {
		if err := s.settle(ctx, h); err != nil {
			return err
		}
	}
	_, err = s.as(ctx, "body-admin").Preflight(ctx, s.batch(against()))
	return s.refused("body-admin", "checking a batch", err, filing.AccessAdministrator)
}

// proof reads an applicant's document to its end.
func (s *story) proof(ctx context.Context, id string) (int64, error) {
	f, err := s.as(ctx, "registrar").OpenProof(ctx, id, 0)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	return length(f)
}

// settle opens the accounts of a house.
func (s *story) settle(ctx context.Context, h house) error {
	admin := s.as(ctx, h.first.Subject)
	if _, err := admin.OpenAdministrator(ctx, members.OpenAccount{Person: h.second, Organisation: h.id}); err != nil {
		return err
	}
	for _, u := range h.users {
		if _, err := s.as(ctx, h.second.Subject).OpenUser(ctx, members.OpenAccount{Person: u, Organisation: h.id}); err != nil {
			return err
		}
	}
	all, _, err := admin.Accounts(ctx, h.id, "", 10)
	if err != nil {
		return err
	}
	for _, a := range all {
		s.sees(h.first.ID, "%-13s %-24s %s %s", a.ID, a.Kind, a.Name.In(law.English), a.Name.In(law.TraditionalChinese))
	}
	return nil
}

// enrol has a party to a case register as an individual, and the registry approve.
func (s *story) enrol(ctx context.Context, d defendant, number string) error {
	_, err := s.as(ctx, d.id).ApplyIndividual(ctx, members.ApplyIndividual{
		ID: d.id, Name: law.T(d.name, d.chinese), Eligible: icmshk.PartyToCase, Statement: "defendant in " + number,
	}, icms.Proofs{})
	if err != nil {
		return err
	}
	if err := s.as(ctx, "registrar").DecideApplication(ctx, d.id, true, nil); err != nil {
		return err
	}
	me, err := s.as(ctx, d.id).Me(ctx)
	if err != nil {
		return err
	}
	if !me.Active() {
		return fmt.Errorf("the account of %s is %s", d.id, me.Status)
	}
	s.sees(d.id, "registered as %s %s, %s", d.name, d.chinese, me.Account.Kind)
	return nil
}
