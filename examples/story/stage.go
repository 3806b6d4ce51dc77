package main

import (
	"context"
	"errors"
	"io"
	"path/filepath"
	"time"

	"courts.example/eservices/icms"
	"courts.example/eservices/icms/access"
	"courts.example/eservices/icms/blob"
	icmshk "courts.example/eservices/icms/hk"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/members"
	"courts.example/eservices/icms/store/sqlite"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/simpay"
)

// story is the stage: a service, its clock, and the company at which people pay.
type story struct {
	host  *icms.Service
	out   io.Writer
	wrote error
	db    *sqlite.Store
	sim   *simpay.Sim
	at    time.Time
	facts
	// letters are what the registry posted: the code for each case.
	letters map[string]string
	// awards are the serials of the awards, in the order of the cases.
	awards []int
}

// The court and the invented registered users; the real bulk claimants are in the court's own data.
const (
	court     = "SCT"
	authority = "example-utilities"
	firm      = "example-solicitors"
)

// The example's secrets protect invented money only.
const (
	companySecret = "story-example-company-secret"
	returnSecret  = "story-example-secret-of-return-addresses"
	gateway       = "simpay"
)

// open sets the stage in an empty folder.
func open(ctx context.Context, dir string, out io.Writer) (*story, error) {
	s := &story{out: out, at: local("2026-07-13 08:45"), letters: map[string]string{}}
	tribunal, err := icmshk.SmallClaims(icmshk.Options{})
	if err != nil {
		return nil, err
	}
	table, err := icmshk.Access()
	if err != nil {
		return nil, err
	}
	client, err := s.company()
	if err != nil {
		return nil, err
	}
	bytes, err := blob.OpenFolder(filepath.Join(dir, "documents"))
	if err != nil {
		return nil, err
	}
	if s.db, err = sqlite.Open(ctx, sqlite.Options{Path: filepath.Join(dir, "court.db")}); err != nil {
		return nil, err
	}
	address := func(string) string { return "http://127.0.0.1/court" }
	s.host, err = icms.New(icms.Options{
		Store: s.db, Blobs: bytes, Courts: []icms.Court{tribunal}, Clock: s.now, Members: icmshk.Members(), Access: table,
		Payments: icms.Payments{
			Gateways: []payment.Gateway{client}, Name: "story", Secret: []byte(returnSecret),
			ReturnURL: address, CancelURL: address, NotifyURL: address,
		},
	})
	if err == nil {
		err = s.appoint(ctx)
	}
	if err != nil {
		return nil, errors.Join(err, s.close())
	}
	return s, nil
}

func (s *story) close() error { return s.db.Close() }

func (s *story) now() time.Time { return s.at }

// company makes the invented payment company, and the gateway by which the court talks to it.
func (s *story) company() (payment.Gateway, error) {
	terms := simpay.Terms{Currencies: []string{"HKD"}, Means: []payment.Means{payment.Visa}}
	secrets := []simpay.Secret{companySecret}
	var err error
	if s.sim, err = simpay.NewSim(simpay.Options{Secrets: secrets, Terms: terms, Clock: s.now}); err != nil {
		return nil, err
	}
	return simpay.NewClient(simpay.ClientOptions{
		ID: gateway, URL: "http://127.0.0.1", HTTP: s.sim.RoundTripper(), Secrets: secrets, Terms: terms, Clock: s.now,
	})
}

// carry brings the messages that the company has ready to the court, as the host's HTTP handler would.
func (s *story) carry(ctx context.Context) error {
	messages, err := s.sim.Messages()
	if err != nil {
		return err
	}
	for _, m := range messages {
		if _, err := s.host.AccountsOffice().Cashier().Notify(ctx, gateway, m); err != nil {
			return err
		}
	}
	_, err = s.host.AccountsOffice().Cashier().Work(ctx) // what Run does all the time
	return err
}

// as opens the service for a person.
func (s *story) as(ctx context.Context, subject string) *icms.Session {
	x, err := s.host.Session(ctx, members.Subject(subject))
	if err != nil {
		panic(err) // only a service without members, or without a store, has no sessions
	}
	return x
}

// appoint has the host appoint the first operator, who appoints the staff of the court.
func (s *story) appoint(ctx context.Context) error {
	_, err := s.host.Members().Do(ctx, members.AppointStaff{
		Person: person("operator", "Operator", "系統操作員"), Office: "systems", Posts: []access.Role{access.Operator},
		By: members.By{Organisation: "host", User: "installation"}, At: s.at,
	})
	if err != nil {
		return err
	}
	for _, p := range []members.AppointStaff{
		{Person: person("clerk", "Registry clerk", "登記處文員"), Office: "registry", Posts: []access.Role{access.RegistryClerk}},
		{Person: person("registrar", "Registry officer", "登記處主任"), Office: "registry", Posts: []access.Role{access.RegistryOfficer}},
		{Person: person("cashier", "Accounts clerk", "會計部文員"), Office: "accounts", Posts: []access.Role{access.AccountsClerk}},
		{Person: person("accountant", "Accounts officer", "會計主任"), Office: "accounts", Posts: []access.Role{access.AccountsOfficer}},
		{Person: person("accountant-2", "Accounts officer", "會計主任"), Office: "accounts", Posts: []access.Role{access.AccountsOfficer}},
		{Person: person("adjudicator", "Adjudicator", "審裁官"), Office: "tribunal", Posts: []access.Role{access.Adjudicator}},
		{Person: person("principal", "Principal Adjudicator", "主任審裁官"), Office: "tribunal", Posts: []access.Role{access.PrincipalAdjudicator}},
		{Person: person("auditor", "Auditor", "審計員"), Office: "audit", Posts: []access.Role{access.Auditor}},
	} {
		if _, err := s.as(ctx, "operator").AppointStaff(ctx, p); err != nil {
			return err
		}
	}
	return nil
}

// person is somebody whom the host knows by the name of the account.
func person(id, english, chinese string) members.Person {
	return members.Person{ID: id, Subject: id, Name: law.T(english, chinese)}
}
