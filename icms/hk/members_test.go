package hk_test

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/access"
	icmshk "courts.example/eservices/icms/hk"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/members"
	"courts.example/eservices/icms/store/sqlite"
)

func TestWhoMayRegister(t *testing.T) {
	rules := icmshk.Members()
	db, err := sqlite.Open(t.Context(), sqlite.Options{Path: filepath.Join(t.TempDir(), "members.db")})
	require.NoError(t, err)
	defer db.Close()
	_, err = members.New(members.Options{Store: db, Rules: rules})
	require.NoError(t, err)
	require.Len(t, rules.Kinds, 8, "parties, their legal representatives, and six kinds of bodies")
	for _, k := range rules.Kinds {
		require.NotEmpty(t, k.Name[law.English])
		require.NotEmpty(t, k.Name[law.TraditionalChinese])
		require.Equal(t, law.Confirmed, k.Provision.Status)
	}
	require.Equal(t, law.Confirmed, rules.Fee.Status)
	require.Equal(t, law.Assumed, rules.Links.Provision.Status)
	require.Equal(t, law.Assumed, rules.Reason().Status())
}

func TestTheTableCitesWhatIsPublishedAndAllowsTheSame(t *testing.T) {
	table, err := icmshk.Access()
	require.NoError(t, err)
	library, err := access.New(access.Library())
	require.NoError(t, err)
	for _, r := range access.Roles() {
		for _, a := range access.Actions() {
			for _, k := range access.Objects(a) {
				for _, s := range access.States(k) {
					is, was := table.Allows([]access.Role{r}, a, k, s), library.Allows([]access.Role{r}, a, k, s)
					require.Equal(t, was.Allowed, is.Allowed)
				}
			}
		}
	}
	for role, want := range map[access.Role]string{
		access.OrganisationUser:     "Judiciary FAQ on e-filing in the Small Claims Tribunal Q2 [confirmed]",
		access.PrimaryAdministrator: "Judiciary FAQ on e-filing in the Small Claims Tribunal Q3 [confirmed]",
		access.Public:               "Judiciary FAQ on e-filing in the Small Claims Tribunal Q2 [confirmed]",
	} {
		v := table.Allows([]access.Role{role}, access.FileBatch, access.Batch, access.Own)
		require.Equal(t, role == access.OrganisationUser, v.Allowed)
		require.Equal(t, want, v.Provision.String())
	}
	v := table.Allows([]access.Role{access.Public}, access.ReadCauseBook, access.CauseBook, access.Any)
	require.False(t, v.Allowed)
	require.Equal(t, law.Inferred, v.Provision.Status, "the list could be read in part only")
}
