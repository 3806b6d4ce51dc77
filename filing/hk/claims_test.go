package hk_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/calendar"
	"courts.example/eservices/filing"
	"courts.example/eservices/filing/hk"
)

// bulkClaim is a good claim of a claimant that is approved for any category.
func bulkClaim(t testing.TB) filing.Claim {
	return filing.Claim{
		Reference: "A-0001", Category: hk.Other, Amount: hkd(t, "1200"),
		Defendants:  []filing.Party{{Name: "Defendant 0001", Chinese: "被告人一", Address: "1 Sample Street, Hong Kong", Kind: filing.Person}},
		Particulars: "Mobile service from May to July 2025, not paid for.",
		Calculation: "3 months at $400",
		AroseOn:     calendar.MustDate("2025-08-01"),
	}
}

// check checks one claim, received on 3 November 2025, and gives the claim's findings.
func check(t testing.TB, claim filing.Claim) []filing.Finding {
	t.Helper()
	p := sct(t)
	c, err := p.NewCheck(filing.Batch{Claimant: "Sun Mobile Limited", At: at(t, "2025-11-03 10:00:00")})
	require.NoError(t, err)
	row := func(yield func(filing.Row, error) bool) { yield(filing.Row{Line: 2, Claim: claim}, nil) }
	var findings []filing.Finding
	for checked, err := range c.Rows(context.Background(), row) {
		require.NoError(t, err)
		findings = checked.Findings
	}
	require.Empty(t, c.Result().Findings)
	return findings
}

func TestGoodClaim(t *testing.T) {
	require.Empty(t, check(t, bulkClaim(t)))
}

// Limitation: six years for medical charges; where the category leaves two or six years open, a warning between them says so.
func TestLimitation(t *testing.T) {
	for _, c := range []struct {
		category filing.Category
		arose    string
		want     filing.Code
	}{
		{hk.MedicalCharges, "2019-11-03", ""},
		{hk.MedicalCharges, "2019-11-02", "claim.limitation.expired"},
		{hk.Surcharge, "2023-11-03", ""},
		{hk.Surcharge, "2023-11-02", "claim.limitation.unknown"},
		{hk.Surcharge, "2019-11-02", "claim.limitation.expired"},
		{hk.Other, "2023-11-02", "claim.limitation.unknown"},
	} {
		claim := bulkClaim(t)
		claim.Category, claim.AroseOn = c.category, calendar.MustDate(c.arose)
		findings := check(t, claim)
		if c.want == "" {
			require.Empty(t, findings, "%+v", c)
			continue
		}
		require.Len(t, findings, 1, "%+v", c)
		require.Equal(t, c.want, findings[0].Code)
		require.Equal(t, filing.Warning, findings[0].Severity)
		require.Equal(t, "Cap. 347", findings[0].Provision.Instrument)
	}
}

func TestClaimRules(t *testing.T) {
	for want, change := range map[filing.Code]func(*filing.Claim){
		"claim.amount.over-limit":           func(c *filing.Claim) { c.Amount = hkd(t, "75000.01") },
		"claim.particulars.missing":         func(c *filing.Claim) { c.Particulars = "" },
		"claim.calculation.missing":         func(c *filing.Claim) { c.Calculation = "" },
		"claim.defendant.address.missing":   func(c *filing.Claim) { c.Defendants[0].Address = "" },
		"claim.representative.not-admitted": func(c *filing.Claim) { c.Representative = "Solicitor 0001" },
	} {
		claim := bulkClaim(t)
		change(&claim)
		findings := check(t, claim)
		require.Len(t, findings, 1, want)
		require.Equal(t, want, findings[0].Code)
		require.False(t, findings[0].Provision.IsZero())
	}
	claim := bulkClaim(t)
	claim.Amount, claim.Abandoned = hkd(t, "75000"), hkd(t, "5000")
	require.Empty(t, check(t, claim), "the excess may be abandoned")
}
