package filing_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/money"
)

func TestAssess(t *testing.T) {
	p := harbour(t)
	for _, c := range []struct {
		claimant string
		category filing.Category
		amount   string
		on       string
		codes    []filing.Code
	}{
		{"Harbour Power", "power", "2000", "2025-10-01", nil},
		{"énergie du port", "other", "1", "2025-10-01", nil},
		{"Harbour Power", "power", "1000.01", "2025-06-30", []filing.Code{"claim.amount.over-limit"}},
		{"Town Water", "water", "1000", "2025-06-30", nil},
		{"Town Water", "power", "1000", "2025-06-30", []filing.Code{"claim.category.not-approved"}},
		{"Town Water", "water", "1", "2026-01-01", []filing.Code{"batch.claimant.not-approved"}},
		{"Town Gas", "gas", "0", "2025-06-30", []filing.Code{"batch.claimant.unknown", "claim.category.unknown", "claim.amount.not-positive"}},
		{"Harbour Power", "power", "1", "2023-12-31",
			[]filing.Code{"batch.not-electronic", "batch.claimant.not-approved", "claim.limit.unknown"}},
	} {
		a := p.Assess(c.claimant, c.category, cad(c.amount), noon(p, c.on))
		require.ElementsMatch(t, c.codes, codesOf(a.Findings), "%+v", c)
		require.Equal(t, len(c.codes) == 0, a.Eligible(), "%+v", c)
		require.Equal(t, "harbour@1", a.Reason.Data)
	}
	a := p.Assess("Harbour Power", "power", money.Amount{}, noon(p, "2025-10-01"))
	require.Equal(t, []filing.Code{"claim.amount.missing"}, codesOf(a.Findings))
}

func TestAssessReason(t *testing.T) {
	p := harbour(t)
	a := p.Assess("Town Water", "water", cad("900"), noon(p, "2025-01-01"))
	require.Equal(t, "Proceedings of type bulk can be filed electronically. (Harbour Gazette 7, confirmed); "+
		"Town Water is approved to file in bulk for water. (Harbour register, confirmed); "+
		"The limit is CAD 1000.00. (Harbour Act s. 5, confirmed)", a.Reason.Line())
	require.Equal(t, law.Confirmed, a.Reason.Status())
	a = p.Assess("Town Water", "power", cad("900"), noon(p, "2025-01-01"))
	require.Contains(t, a.Reason.Line(), "Town Water is approved to file in bulk for water only, not for electricity. (Harbour register, confirmed)")
}

// Assess asks the policy's own rules.
func TestAssessAsksTheRules(t *testing.T) {
	p := harbour(t)
	require.NoError(t, p.ReplaceRule("limit"))
	require.True(t, p.Assess("Harbour Power", "power", cad("9999999"), noon(p, "2025-10-01")).Eligible())
}

// Assess and the check of a batch agree.
func TestAssessAgreesWithCheck(t *testing.T) {
	p := harbour(t)
	for _, on := range []string{"2023-06-01", "2024-03-01", "2025-10-01", "2026-06-01", "2027-06-01"} {
		for _, claimant := range []string{"harbour-power", "Town Water", "Town Gas"} {
			for _, category := range []filing.Category{"power", "water", "gas", ""} {
				for _, amount := range []string{"-1", "0", "999.99", "1500", "2500"} {
					claim := goodClaim(1)
					claim.Category, claim.Amount = category, cad(amount)
					checked := findingsOf(checkAll(t, p, filing.Batch{Claimant: claimant, At: noon(p, on)}, claim))
					a := p.Assess(claimant, category, cad(amount), noon(p, on))
					require.ElementsMatch(t, codesOf(checked), codesOf(a.Findings), "%s %s %s %s", on, claimant, category, amount)
				}
			}
		}
	}
}
