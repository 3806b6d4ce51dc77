package members_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/access"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/members"
)

func TestAnAdministratorWhoFilesHasTwoAccounts(t *testing.T) {
	h := open(t, ballymore())
	admin := h.active("acme", 0)
	roles := h.actor("host:acme-pa").Roles
	require.NotContains(t, roles, access.OrganisationUser)
	user := members.OpenAccount{Person: person("acme-files"), Organisation: "acme", Kind: members.OrganisationUser, By: admin, At: at}
	user.Subject = "host:acme-pa"
	h.refused(members.CodeSubjectTaken, members.ErrTaken, user)
	user.Subject = "host:acme-pa/files"
	h.do(user)
	require.Contains(t, h.actor("host:acme-pa/files").Roles, access.OrganisationUser)
	require.Equal(t, roles, h.actor("host:acme-pa").Roles)
}

func TestAccountsOfAnOrganisation(t *testing.T) {
	h := open(t, ballymore())
	admin := h.active("acme", 2)
	user := members.OpenAccount{Person: person("acme-1"), Organisation: "acme", Kind: members.OrganisationUser, By: admin, At: at}
	require.True(t, h.do(user).Replayed)
	user.Branch = "east"
	h.refused(members.CodeIDTaken, members.ErrTaken, user)
	user.ID, user.Subject = "acme-3", "host:acme-3"
	h.refused(members.CodeBranch, members.ErrNotFound, user)
	user.Branch, user.Kind = "", members.PrimaryAdministrator
	h.refused(members.CodeKindOfAccount, members.ErrInvalid, user)
	user.Kind, user.Organisation = members.OrganisationUser, "nobody"
	h.refused(members.CodeUnknown, members.ErrNotFound, user)

	h.do(members.Suspend{ID: "acme-1", Reason: because, By: admin, At: at})
	a := h.actor("host:acme-1")
	require.Equal(t, members.Suspended, a.Status)
	require.Equal(t, []access.Role{access.Public, access.Holder}, a.Roles)
	require.True(t, h.actor("host:acme-2").Active())
	h.refused(members.CodeStatus, members.ErrStatus, members.Decide{ID: "acme-1", Approve: true, By: admin, At: at})
	h.do(members.Reinstate{ID: "acme-1", By: admin, At: at})
	require.True(t, h.actor("host:acme-1").Active())

	h.do(members.Close{ID: "acme-1", By: admin, At: at})
	require.True(t, h.do(members.Close{ID: "acme-1", By: admin, At: at}).Replayed)
	require.Equal(t, members.Closed, h.actor("host:acme-1").Status)
	h.refused(members.CodeStatus, members.ErrStatus, members.Reinstate{ID: "acme-1", By: admin, At: at})
	again := somebody("d1")
	again.Subject = "host:acme-1"
	h.do(again)
	require.Equal(t, "d1", h.actor("host:acme-1").Account.ID, "who left may have another account")
	o, err := h.Organisation(t.Context(), "acme")
	require.NoError(t, err)
	require.Equal(t, 2, o.Accounts)
}

func TestOnePrimaryAdministratorAlways(t *testing.T) {
	h := open(t, ballymore())
	admin := h.active("acme", 1)
	h.refused(members.CodePrimary, members.ErrPrimary, members.Close{ID: "acme-pa", By: admin, At: at})
	h.refused(members.CodeSuccessor, members.ErrPrimary, members.HandOver{Organisation: "acme", To: "acme-1", By: admin, At: at})
	h.refused(members.CodeSuccessor, members.ErrPrimary, members.HandOver{Organisation: "acme", To: "nobody", By: admin, At: at})
	h.do(members.OpenAccount{Person: person("acme-sa"), Organisation: "acme", Kind: members.SecondaryAdministrator, By: admin, At: at})
	over := members.HandOver{Organisation: "acme", To: "acme-sa", By: officer, At: at}
	require.Equal(t, "acme-sa", h.do(over).Organisation.Primary)
	require.True(t, h.do(over).Replayed)
	require.Contains(t, h.actor("host:acme-sa").Roles, access.PrimaryAdministrator)
	require.Contains(t, h.actor("host:acme-pa").Roles, access.SecondaryAdministrator)
	h.do(members.Close{ID: "acme-pa", By: officer, At: at})
	h.refused(members.CodePrimary, members.ErrPrimary, members.Close{ID: "acme-sa", By: admin, At: at})
	h.do(members.Suspend{ID: "acme-sa", Reason: because, By: officer, At: at})
}

func TestClosingAnOrganisationClosesItsAccounts(t *testing.T) {
	h := open(t, ballymore())
	admin := h.active("acme", 3)
	h.do(members.Suspend{ID: "acme", Reason: because, By: officer, At: at})
	require.Equal(t, members.Suspended, h.actor("host:acme-1").Status)
	require.Empty(t, h.actor("host:acme-1").Registered())
	h.refused(members.CodeStatus, members.ErrStatus,
		members.OpenAccount{Person: person("acme-9"), Organisation: "acme", Kind: members.OrganisationUser, By: admin, At: at})
	h.do(members.Reinstate{ID: "acme", By: officer, At: at})
	h.do(members.Close{ID: "acme-2", By: admin, At: at})
	h.do(members.Close{ID: "acme", Reason: because, By: admin, At: at})
	accounts, next, err := h.Accounts(t.Context(), "acme", "", 0)
	require.NoError(t, err)
	require.Empty(t, next)
	require.Len(t, accounts, 4)
	for _, a := range accounts {
		require.Equal(t, members.Closed, a.Status)
	}
	h.refused(members.CodeStatus, members.ErrStatus, members.Reinstate{ID: "acme", By: officer, At: at})
	h.refused(members.CodeIDTaken, members.ErrTaken, members.ApplyOrganisation{
		ID: "acme", Name: law.T("Another", ""), Kind: "party", Administrator: person("another"), At: at})
}

func TestBranches(t *testing.T) {
	h := open(t, ballymore())
	admin := h.active("acme", 0)
	east := members.OpenBranch{Organisation: "acme", Code: "east", Name: law.T("East", "東"), By: admin, At: at}
	h.do(east)
	require.True(t, h.do(east).Replayed)
	east.Name = law.T("Far East", "")
	h.refused(members.CodeBranchTaken, members.ErrTaken, east)
	h.refused(members.CodeBranchTaken, members.ErrTaken, members.OpenBranch{Organisation: "acme", Code: "main", Name: east.Name, By: admin, At: at})
	h.refused(members.CodeID, members.ErrInvalid, members.OpenBranch{Organisation: "acme", Code: "e/w", Name: east.Name, By: admin, At: at})
	h.do(members.OpenAccount{
		Person: person("acme-1"), Organisation: "acme", Kind: members.OrganisationUser, Branch: "east", By: admin, At: at})
	closing := members.CloseBranch{Organisation: "acme", Code: "east", By: admin, At: at}
	h.refused(members.CodeBranchInUse, members.ErrStatus, closing)
	h.do(members.Close{ID: "acme-1", By: admin, At: at})
	h.do(closing)
	require.True(t, h.do(closing).Replayed)
	closing.Code = "west"
	h.refused(members.CodeBranch, members.ErrNotFound, closing)
	o := h.do(east).Organisation
	b, ok := o.Branch("east")
	require.True(t, ok, "a closed branch may be opened again")
	require.Equal(t, "Far East", b.Name.In(law.English))
	_, ok = o.Branch("west")
	require.False(t, ok)
}

func TestStaff(t *testing.T) {
	h := open(t, ballymore())
	operator := members.By{Organisation: "operations", User: "root"}
	clerk := members.AppointStaff{
		Person: person("clerk-1"), Office: "registry", Posts: []access.Role{access.RegistryClerk}, Courts: []string{"BMC"}, By: operator, At: at}
	h.do(clerk)
	require.True(t, h.do(clerk).Replayed)
	a := h.actor("host:clerk-1")
	require.Contains(t, a.RolesAt("BMC"), access.RegistryClerk)
	require.NotContains(t, a.RolesAt("SCT"), access.RegistryClerk)
	require.NotContains(t, a.RolesAt(""), access.RegistryClerk)
	require.Empty(t, a.Registered(), "staff are no registered users")
	require.Equal(t, members.By{Organisation: "registry", User: "clerk-1"}, a.By())

	clerk.Office = "accounts"
	h.refused(members.CodeIDTaken, members.ErrTaken, clerk)
	h.refused(members.CodePost, members.ErrInvalid, members.ChangePosts{ID: "clerk-1", Posts: []access.Role{access.Party}, By: operator, At: at})
	h.refused(members.CodeField, members.ErrInvalid, members.ChangePosts{ID: "clerk-1", By: operator, At: at})
	h.refused(members.CodeID, members.ErrInvalid,
		members.ChangePosts{ID: "clerk-1", Posts: []access.Role{access.Auditor}, Courts: []string{""}, By: operator, At: at})
	up := members.ChangePosts{ID: "clerk-1", Posts: []access.Role{access.RegistryOfficer}, By: operator, At: at}
	h.do(up)
	require.True(t, h.do(up).Replayed)
	require.Contains(t, h.actor("host:clerk-1").RolesAt("SCT"), access.RegistryOfficer, "no courts are all courts")
	h.do(members.Close{ID: "clerk-1", By: operator, At: at})
	require.Equal(t, []access.Role{access.Public, access.Holder}, h.actor("host:clerk-1").Roles)
	h.refused(members.CodeStatus, members.ErrStatus, up)
	h.do(somebody("d1"))
	up.ID = "d1"
	h.refused(members.CodeKindOfAccount, members.ErrInvalid, up)
}
