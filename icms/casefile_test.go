package icms_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms"
	"courts.example/eservices/icms/law"
)

// TestTheClaimantIsAPartyByItsName reads the parties of a case before anything has happened in it and after.
func TestTheClaimantIsAPartyByItsName(t *testing.T) {
	c := newCounter(t, "2026-02-27 10:00:00", 1000)
	_, err := c.Registry().File(t.Context(), batch(claims(1, "A")))
	require.NoError(t, err)
	claimant := func() icms.CaseParty {
		f, err := c.Registry().Case(t.Context(), "SCT", firstCase)
		require.NoError(t, err)
		return f.Parties[0]
	}
	want := icms.CaseParty{
		ID: "claimant-1", Side: icms.ClaimantSide, Name: filing.Party{Name: "Sample Utilities Limited", Chinese: "範例公用事業有限公司"}, Member: "sample-utilities",
	}
	require.Equal(t, want, claimant())
	_, err = c.Registry().Conclude(t.Context(), icms.CaseAct{Court: "SCT", Case: firstCase, Reason: law.T("Paid.", "已付。"), By: registrar})
	require.NoError(t, err)
	require.Equal(t, want, claimant())
}
