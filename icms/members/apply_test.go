package members_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/access"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/members"
)

func TestAnIndividualBecomesAMember(t *testing.T) {
	h := open(t, ballymore())
	require.Equal(t, []access.Role{access.Public}, h.actor("host:d1").Roles)
	done := h.do(somebody("d1"))
	require.Equal(t, members.Applied, done.Account.Status)
	a := h.actor("host:d1")
	require.Equal(t, []access.Role{access.Public, access.Holder}, a.Roles, "it may look at its application and do nothing else")
	require.Empty(t, a.Registered())

	again := h.do(somebody("d1"))
	require.True(t, again.Replayed)
	require.True(t, h.do(members.Decide{ID: "d1", Approve: true, By: officer, At: at}).Account.Status == members.Active)
	require.True(t, h.do(members.Decide{ID: "d1", Approve: true, By: officer, At: at}).Replayed)
	a = h.actor("host:d1")
	require.Equal(t, []access.Role{access.Public, access.Holder, access.Individual}, a.Roles)
	require.Equal(t, "d1", a.Registered())
	require.Equal(t, members.By{Organisation: "d1", User: "d1"}, a.By())
	require.Equal(t, 2, h.count(), "what was replayed left no link")
}

func TestAnOrganisationBecomesAMember(t *testing.T) {
	h := open(t, ballymore())
	done := h.do(firm("acme"))
	require.Equal(t, members.Applied, done.Organisation.Status)
	require.Equal(t, "acme-pa", done.Organisation.Primary)
	require.Equal(t, members.Applied, h.actor("host:acme-pa").Status, "an account counts for as much as its organisation")
	require.True(t, h.do(firm("acme")).Replayed)
	h.do(members.Decide{ID: "acme", Approve: true, By: officer, At: at})
	a := h.actor("host:acme-pa")
	require.Equal(t, []access.Role{access.Public, access.Holder, access.PrimaryAdministrator}, a.Roles)
	require.Equal(t, "acme", a.Registered())
	require.Equal(t, members.By{Organisation: "acme", User: "acme-pa"}, a.By())
}

func TestARefusedApplicantMayTryAgain(t *testing.T) {
	h := open(t, ballymore())
	h.do(firm("acme"))
	h.refused(members.CodeField, members.ErrInvalid, members.Decide{ID: "acme", By: officer, At: at})
	no := members.Decide{ID: "acme", Reason: because, By: officer, At: at}
	require.Equal(t, members.Refused, h.do(no).Organisation.Status)
	require.True(t, h.do(no).Replayed)
	require.Equal(t, members.Refused, h.actor("host:acme-pa").Status)
	require.Equal(t, []access.Role{access.Public, access.Holder}, h.actor("host:acme-pa").Roles)
	h.refused(members.CodeStatus, members.ErrStatus, members.Decide{ID: "acme", Approve: true, By: officer, At: at})

	better := firm("acme")
	better.Statement = "We are a firm, and here is the proof."
	require.Equal(t, members.Applied, h.do(better).Organisation.Status)
	h.do(members.Decide{ID: "acme", Approve: true, By: officer, At: at})
	require.True(t, h.actor("host:acme-pa").Active())

	h.do(somebody("d1"))
	h.do(members.Decide{ID: "d1", Reason: because, By: officer, At: at})
	other := somebody("d1")
	other.Subject = "host:d2"
	h.refused(members.CodeIDTaken, members.ErrTaken, other)
	require.Equal(t, members.Applied, h.do(somebody("d1")).Account.Status, "the same words again are a new try")
}

func TestWhatAnApplicantGetsWrong(t *testing.T) {
	h := open(t, ballymore())
	h.active("acme", 1)
	h.do(somebody("d1"))
	long := strings.Repeat("x", 301)
	for name, test := range map[string]struct {
		code   string
		kind   error
		change func(*members.ApplyIndividual)
	}{
		"a name no key can carry":    {members.CodeID, members.ErrInvalid, func(r *members.ApplyIndividual) { r.ID = "a b" }},
		"a name too long":            {members.CodeID, members.ErrInvalid, func(r *members.ApplyIndividual) { r.ID = strings.Repeat("x", 61) }},
		"no subject":                 {members.CodeField, members.ErrInvalid, func(r *members.ApplyIndividual) { r.Subject = " " }},
		"no name":                    {members.CodeField, members.ErrInvalid, func(r *members.ApplyIndividual) { r.Name = law.T(" ", "") }},
		"a name that is a book":      {members.CodeField, members.ErrInvalid, func(r *members.ApplyIndividual) { r.Name = law.T(long, "") }},
		"a name that is not text":    {members.CodeField, members.ErrInvalid, func(r *members.ApplyIndividual) { r.Name = law.T("a\x00", "") }},
		"no instant":                 {members.CodeField, members.ErrInvalid, func(r *members.ApplyIndividual) { r.At = r.At.AddDate(-9000, 0, 0) }},
		"a kind nobody knows":        {members.CodeKind, members.ErrEligible, func(r *members.ApplyIndividual) { r.Eligible = "wizard" }},
		"a kind of organisation":     {members.CodeKind, members.ErrEligible, func(r *members.ApplyIndividual) { r.Eligible = "law-firm" }},
		"a statement that is bytes":  {members.CodeField, members.ErrInvalid, func(r *members.ApplyIndividual) { r.Statement = "\xff" }},
		"a proof without a hash":     {members.CodeProofForm, members.ErrInvalid, func(r *members.ApplyIndividual) { r.Proofs = []members.Proof{{Name: "x", SHA256: "12"}} }},
		"more proofs than one reads": {members.CodeProofForm, members.ErrInvalid, func(r *members.ApplyIndividual) { r.Proofs = make([]members.Proof, 51) }},
		"the name of another":        {members.CodeIDTaken, members.ErrTaken, func(r *members.ApplyIndividual) { r.ID = "d1" }},
		"the name of a firm":         {members.CodeIDTaken, members.ErrTaken, func(r *members.ApplyIndividual) { r.ID = "acme" }},
		"somebody with an account":   {members.CodeSubjectTaken, members.ErrTaken, func(r *members.ApplyIndividual) { r.Subject = "host:acme-1" }},
	} {
		t.Run(name, func(t *testing.T) {
			r := somebody("d9")
			test.change(&r)
			h.refused(test.code, test.kind, r)
		})
	}
}

func TestWhatAnOrganisationGetsWrong(t *testing.T) {
	h := open(t, ballymore())
	h.active("acme", 1)
	for name, test := range map[string]struct {
		code   string
		kind   error
		change func(*members.ApplyOrganisation)
	}{
		"no proof":                     {members.CodeProof, members.ErrEligible, func(r *members.ApplyOrganisation) { r.Proofs = nil }},
		"the name of another":          {members.CodeIDTaken, members.ErrTaken, func(r *members.ApplyOrganisation) { r.ID = "acme" }},
		"the name of an account":       {members.CodeIDTaken, members.ErrTaken, func(r *members.ApplyOrganisation) { r.ID = "acme-1" }},
		"an administrator named so":    {members.CodeIDTaken, members.ErrTaken, func(r *members.ApplyOrganisation) { r.Administrator.ID = r.ID }},
		"another's account":            {members.CodeIDTaken, members.ErrTaken, func(r *members.ApplyOrganisation) { r.Administrator.ID = "acme-1" }},
		"a firm as administrator":      {members.CodeIDTaken, members.ErrTaken, func(r *members.ApplyOrganisation) { r.Administrator.ID = "acme" }},
		"somebody else's user":         {members.CodeSubjectTaken, members.ErrTaken, func(r *members.ApplyOrganisation) { r.Administrator.Subject = "host:acme-1" }},
		"an administrator of no name":  {members.CodeField, members.ErrInvalid, func(r *members.ApplyOrganisation) { r.Administrator.Name = nil }},
		"a kind of individual, unsaid": {members.CodeKind, members.ErrEligible, func(r *members.ApplyOrganisation) { r.Kind = "" }},
	} {
		t.Run(name, func(t *testing.T) {
			r := firm("next")
			test.change(&r)
			h.refused(test.code, test.kind, r)
		})
	}
	h.refused(members.CodeUnknown, members.ErrNotFound, members.Decide{ID: "nobody", Approve: true, By: officer, At: at})
	h.refused(members.CodeUnknown, members.ErrNotFound, members.Decide{ID: "a b", Approve: true, By: officer, At: at})
	h.refused(members.CodeField, members.ErrInvalid, members.Decide{ID: "acme", Approve: true, At: at})
}
