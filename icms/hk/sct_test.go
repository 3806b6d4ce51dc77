package hk_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms"
	icmshk "courts.example/eservices/icms/hk"
	"courts.example/eservices/icms/law"
)

func TestEveryPolicyHasItsGround(t *testing.T) {
	court, err := icmshk.SmallClaims(icmshk.Options{})
	require.NoError(t, err)
	for name, p := range map[string]law.Provision{
		"fee": court.Policies.Fee.Provision, "receipt": court.Policies.Receipt.Provision,
		"partial": court.Policies.Partial.Provision, "numbers": court.Numbers.Provision,
	} {
		require.Equal(t, law.Assumed, p.Status, name)
		require.NotEmpty(t, p.Title, name)
	}
	require.Equal(t, "announced", court.Registry.ReadingName())
	require.Len(t, court.Filing.Approvals, 6)
}

func TestOptionsReplaceOnlyWhatTheyName(t *testing.T) {
	chosen := icms.FeePolicy{Choice: icms.PriceAtSubmission, Provision: law.Provision{Instrument: "order of the host", Status: law.Assumed}}
	court, err := icmshk.SmallClaims(icmshk.Options{Fee: chosen, Approvals: []filing.Approval{{
		Claimant: filing.Claimant{ID: "another", Name: law.T("Another Sample Limited", "")}, Provision: law.Provision{Instrument: "x", Status: law.Assumed},
	}}})
	require.NoError(t, err)
	require.Equal(t, chosen, court.Policies.Fee)
	require.Equal(t, icms.LaterOfBoth, court.Policies.Receipt.Choice)
	require.Len(t, court.Filing.Approvals, 7)

	untouched, err := icmshk.SmallClaims(icmshk.Options{})
	require.NoError(t, err)
	require.Len(t, untouched.Filing.Approvals, 6, "the tables are not shared")

	_, err = icmshk.SmallClaims(icmshk.Options{Reading: "sundial"})
	require.ErrorContains(t, err, "sundial")
}
