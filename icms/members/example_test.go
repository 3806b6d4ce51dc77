package members_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"courts.example/eservices/icms/access"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/members"
	"courts.example/eservices/icms/store/sqlite"
)

// A law firm registers; its administrator opens an account for a solicitor, who may file. The administrator may not.
func Example() {
	ctx := context.Background()
	folder, err := os.MkdirTemp("", "members")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(folder)
	db, err := sqlite.Open(ctx, sqlite.Options{Path: filepath.Join(folder, "court.db")})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer db.Close()
	rule := law.Provision{Instrument: "Ballymore Courts Act", Section: "s. 9", Status: law.Confirmed}
	m, err := members.New(members.Options{Store: db, Rules: members.Rules{Kinds: []members.Eligible{
		{Code: "law-firm", Name: law.T("law firm", "律師行"), Organisations: true, Proof: true, Provision: rule},
	}}})
	if err != nil {
		fmt.Println(err)
		return
	}
	at := time.Date(2031, time.May, 6, 9, 0, 0, 0, time.UTC)
	officer := members.By{Organisation: "registry", User: "officer-1"}
	admin := members.By{Organisation: "sample-firm", User: "sample-admin"}
	application := members.ApplyOrganisation{
		ID: "sample-firm", Name: law.T("Sample Firm", "範例律師行"), Kind: "law-firm", At: at,
		Administrator: members.Person{ID: "sample-admin", Subject: "login-17", Name: law.T("Administrator 0001", "")},
	}
	_, err = m.Do(ctx, application)
	var refusal *members.RefusalError
	fmt.Println(errors.As(err, &refusal), err)

	application.Proofs = []members.Proof{{Name: "certificate.pdf", SHA256: strings.Repeat("0a", 32)}}
	for _, r := range []members.Request{
		application,
		members.Decide{ID: "sample-firm", Approve: true, By: officer, At: at},
		members.OpenAccount{
			Person:       members.Person{ID: "sample-user", Subject: "login-18", Name: law.T("Solicitor 0001", "")},
			Organisation: "sample-firm", Kind: members.OrganisationUser, By: admin, At: at,
		},
	} {
		if _, err := m.Do(ctx, r); err != nil {
			fmt.Println(err)
			return
		}
	}
	table, err := access.New(access.Library())
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, login := range []string{"login-17", "login-18", "login-19"} {
		who, err := m.Actor(ctx, login)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(login, who.Roles, "files:", table.Allows(who.Roles, access.FileBatch, access.Batch, access.Own).Allowed)
	}
	// Output:
	// true members: not eligible: member.proof.missing: kind="law firm"
	// login-17 [public holder primary-administrator] files: false
	// login-18 [public holder organisation-user] files: true
	// login-19 [public] files: false
}
