package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"time"

	calendarhk "courts.example/eservices/calendar/hk"
	"courts.example/eservices/filing"
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

// story is the stage: a service, its clock, and the company by which people pay.
type story struct {
	*icms.Service
	out io.Writer
	db  *sqlite.Store
	sim *simpay.Sim
	at  time.Time
	// batch and cases are what was filed.
	batch string
	cases []string
}

// The invented claimant; the real list of bulk claimants is in the court's own data.
const claimant = "example-utilities"

// The example's secrets protect invented money only.
const (
	companySecret = "story-example-company-secret"
	returnSecret  = "story-example-secret-of-return-addresses"
)

// open sets the stage.
func open(ctx context.Context, dir string, out io.Writer) (*story, error) {
	s := &story{out: out, at: local("2026-03-02 09:00")}
	clock := func() time.Time { return s.at }
	court, err := icmshk.SmallClaims(icmshk.Options{Approvals: []filing.Approval{{
		Claimant:  filing.Claimant{ID: claimant, Name: law.T("Example Utilities Authority", "範例公用事業管理局")},
		Provision: law.Provision{Instrument: "invented for this example", Status: law.Assumed},
	}}})
	if err != nil {
		return nil, err
	}
	table, err := icmshk.Access()
	if err != nil {
		return nil, err
	}
	terms := simpay.Terms{Currencies: []string{"HKD"}, Means: []payment.Means{payment.Visa}}
	secrets := []simpay.Secret{companySecret}
	if s.sim, err = simpay.NewSim(simpay.Options{Secrets: secrets, Terms: terms, Clock: clock}); err != nil {
		return nil, err
	}
	client, err := simpay.NewClient(simpay.ClientOptions{
		URL: "http://127.0.0.1", HTTP: s.sim.RoundTripper(), Secrets: secrets, Terms: terms, Clock: clock,
	})
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
	s.Service, err = icms.New(icms.Options{
		Store: s.db, Blobs: bytes, Courts: []icms.Court{court}, Clock: clock, Members: icmshk.Members(), Access: table,
		Payments: icms.Payments{
			Gateways: []payment.Gateway{client}, Name: "story", Secret: []byte(returnSecret),
			ReturnURL: address, CancelURL: address, NotifyURL: address,
		},
	})
	if err != nil {
		return nil, errors.Join(err, s.db.Close())
	}
	return s, s.appoint(ctx)
}

func (s *story) close() error { return s.db.Close() }

// appoint gives the court its staff; who appoints the first of them is the host.
func (s *story) appoint(ctx context.Context) error {
	for _, p := range []struct {
		id, office string
		posts      []access.Role
	}{
		{"registrar", "registry", []access.Role{access.RegistryClerk, access.RegistryOfficer}},
		{"adjudicator", "tribunal", []access.Role{access.Adjudicator}},
		{"auditor", "audit", []access.Role{access.Auditor}},
	} {
		_, err := s.Members().Do(ctx, members.AppointStaff{
			Person: members.Person{ID: p.id, Subject: p.id, Name: law.T(p.id, "")}, Office: p.office, Posts: p.posts,
			By: members.By{Organisation: "host", User: "installation"}, At: s.at,
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// as opens the service for a person.
func (s *story) as(ctx context.Context, subject string) *icms.Session {
	x, err := s.Session(ctx, members.Subject(subject))
	if err != nil {
		panic(err) // only a service without members has no sessions
	}
	return x
}

// local reads a local time of Hong Kong.
func local(text string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04", text, calendarhk.Zone())
	if err != nil {
		panic(err) // the texts are of this program
	}
	return t
}

// on moves the clock to an instant and says so.
func (s *story) on(when, what string) {
	s.at = local(when)
	fmt.Fprintf(s.out, "\n%s  %s\n", s.at.Format("Mon 2 Jan 2006 15:04"), what)
}

// sees prints what somebody sees, a line each.
func (s *story) sees(who, format string, args ...any) {
	fmt.Fprintf(s.out, "  %-15s %s\n", who, fmt.Sprintf(format, args...))
}

// day writes an instant as people of the court read it.
func day(t time.Time) string { return t.In(calendarhk.Zone()).Format("2006-01-02 15:04:05") }
