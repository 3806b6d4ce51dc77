package members_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/members"
	"courts.example/eservices/icms/store"
	"courts.example/eservices/icms/store/sqlite"
)

var (
	at      = time.Date(2031, time.May, 6, 9, 0, 0, 0, time.UTC)
	officer = members.By{Organisation: "registry", User: "officer-1"}
	because = law.T("Because.", "理由。")
	statute = law.Provision{Instrument: "Ballymore Courts Act", Section: "s. 9", Status: law.Confirmed}
)

// ballymore are the rules of an invented jurisdiction.
func ballymore() members.Rules {
	return members.Rules{Kinds: []members.Eligible{
		{Code: "party", Name: law.T("party to a case", "案件當事人"), Individuals: true, Organisations: true, Provision: statute},
		{Code: "law-firm", Name: law.T("law firm", "律師行"), Organisations: true, Proof: true, Provision: statute},
	}}
}

// house is a register of members on a store of its own, at an instant that moves a second with each request.
type house struct {
	*members.Members
	t     testing.TB
	store store.Store
	at    time.Time
}

func open(t testing.TB, rules members.Rules) *house {
	t.Helper()
	db, err := sqlite.Open(t.Context(), sqlite.Options{Path: filepath.Join(t.TempDir(), "members.db")})
	require.NoError(t, err)
	t.Cleanup(func() { db.Close() })
	m, err := members.New(members.Options{Store: db, Rules: rules, Chain: func(time.Time) string { return "members/2031" }})
	require.NoError(t, err)
	return &house{m, t, db, at}
}

// do carries a request out that must succeed.
func (h *house) do(r members.Request) members.Done {
	h.t.Helper()
	done, err := h.Do(h.t.Context(), r)
	require.NoError(h.t, err)
	return done
}

// refused carries out a request that must be refused with a code.
func (h *house) refused(code string, kind error, r members.Request) {
	h.t.Helper()
	before := h.count()
	_, err := h.Do(h.t.Context(), r)
	require.ErrorIs(h.t, err, kind)
	var refusal *members.RefusalError
	require.ErrorAs(h.t, err, &refusal)
	require.Equal(h.t, code, refusal.Code)
	require.Contains(h.t, err.Error(), code)
	require.Equal(h.t, before, h.count(), "a refusal changes nothing")
	_, err = h.Change(h.t.Context(), r)
	require.ErrorIs(h.t, err, kind)
}

// count gives the number of links in the audit chain.
func (h *house) count() int {
	h.t.Helper()
	links, err := h.store.Links(h.t.Context(), "members/2031", 0, 1000)
	require.NoError(h.t, err)
	return len(links)
}

func (h *house) actor(subject string) members.Actor {
	h.t.Helper()
	a, err := h.Actor(h.t.Context(), subject)
	require.NoError(h.t, err)
	return a
}

func person(id string) members.Person {
	return members.Person{ID: id, Subject: "host:" + id, Name: law.T("Person "+id, "")}
}

func proofs() []members.Proof {
	return []members.Proof{{Name: "certificate.pdf", SHA256: strings.Repeat("0a", 32)}}
}

func firm(id string) members.ApplyOrganisation {
	return members.ApplyOrganisation{
		ID: id, Name: law.T("Sample Firm "+id, "範例律師行"), Kind: "law-firm", Statement: "We are a firm.", Proofs: proofs(),
		Administrator: person(id + "-pa"), At: at,
	}
}

func somebody(id string) members.ApplyIndividual {
	return members.ApplyIndividual{ID: id, Subject: "host:" + id, Name: law.T("Defendant "+id, ""), Eligible: "party", Statement: "I was sued.", At: at}
}

// active makes an approved firm with n organisation users, <id>-1 and so on.
func (h *house) active(id string, n int) members.By {
	h.t.Helper()
	h.do(firm(id))
	h.do(members.Decide{ID: id, Approve: true, By: officer, At: at})
	admin := members.By{Organisation: id, User: id + "-pa"}
	for i := range n {
		h.do(members.OpenAccount{
			Person: person(fmt.Sprintf("%s-%d", id, i+1)), Organisation: id, Kind: members.OrganisationUser, By: admin, At: at,
		})
	}
	return admin
}
