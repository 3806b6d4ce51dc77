package filing_test

import (
	"context"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms/law"
)

// roundSums is a rule that a court adds: it wants whole dollars.
func roundSums() (filing.Rule, filing.Entry) {
	const code = "harbour.amount.cents"
	rule := filing.Rule{Name: "whole dollars", Codes: []filing.Code{code}, Check: func(c *filing.Context, claim *filing.Claim) {
		if claim.Amount.Minor()%100 != 0 {
			c.Report(code, "/amount", law.Provision{Instrument: "Harbour Rules", Section: "r. 9", Status: law.Confirmed}, law.V("amount", claim.Amount))
		}
	}}
	return rule, filing.Entry{Code: code, Severity: filing.Refusal, Text: law.Text{"en": "{amount} has cents.", "fr": "{amount} a des cents."},
		Remedy: law.Text{"en": "Round {amount} down."}}
}

func TestAddRule(t *testing.T) {
	p := harbour(t)
	rule, entry := roundSums()
	p.Rules, p.Codes = append(p.Rules, rule), append(p.Codes, entry)
	out, _ := checkAll(t, p, powerBatch(p), goodClaim(1))
	require.Equal(t, []filing.Code{"harbour.amount.cents"}, codesOf(out[0].Findings))
	f := out[0].Findings[0]
	require.Equal(t, filing.Refusal, f.Severity)
	require.Equal(t, law.Text{"en": "CAD 120.50 has cents.", "fr": "CAD 120.50 a des cents."}, f.Text())
	require.Equal(t, "Round CAD 120.50 down.", f.Remedy().In("en"))
	require.Equal(t, "Amount claimed", f.Path.Column)
}

func TestDropAndReplaceRule(t *testing.T) {
	p := harbour(t)
	other := p
	require.NoError(t, other.ReplaceRule("limit"))
	require.Len(t, other.Rules, len(p.Rules)-1)
	require.ErrorContains(t, other.ReplaceRule("limit"), `has no rule "limit" to replace`)
	big := goodClaim(1)
	big.Amount = cad("99999")
	out, _ := checkAll(t, other, powerBatch(other), big)
	require.Empty(t, out[0].Findings)
	out, _ = checkAll(t, p, powerBatch(p), big)
	require.Len(t, out[0].Findings, 1, "the other copy keeps its rule")

	rule, entry := roundSums()
	other.Codes = []filing.Entry{entry}
	require.NoError(t, other.ReplaceRule("amount", rule))
	i := slices.IndexFunc(other.Rules, func(r filing.Rule) bool { return r.Name == "whole dollars" })
	require.Equal(t, 3, i, "the new rule stands where the old one stood")
}

// A rule with Start remembers the claims of its own batch only.
func TestRuleWithMemory(t *testing.T) {
	rule, entry := roundSums()
	rule.Name, rule.Check = "count", nil
	rule.Start = func() func(*filing.Context, *filing.Claim) {
		seen := 0
		return func(c *filing.Context, _ *filing.Claim) {
			if seen++; seen == 2 {
				c.Report(entry.Code, "", law.Provision{}, law.V("amount", c.Line))
			}
		}
	}
	p := harbour(t)
	p.Rules, p.Codes = append(p.Rules, rule), []filing.Entry{entry}
	for range 2 {
		out, _ := checkAll(t, p, powerBatch(p), goodClaim(1), goodClaim(2), goodClaim(3))
		require.Empty(t, out[0].Findings)
		require.Equal(t, "3 has cents.", out[1].Findings[0].Text().In("en"))
		require.Empty(t, out[2].Findings)
	}
}

// A rule that reports what it does not declare is a mistake of the program, and ends the check.
func TestUndeclaredCode(t *testing.T) {
	rule, entry := roundSums()
	rule.Codes = nil
	p := harbour(t)
	p.Rules, p.Codes = append(p.Rules, rule), []filing.Entry{entry}
	c, err := p.NewCheck(powerBatch(p))
	require.NoError(t, err)
	_, err = drain(c, context.Background(), rows(goodClaim(1)))
	require.ErrorContains(t, err, `rule "whole dollars" of policy HCC reports code "harbour.amount.cents", which it doesn't declare`)
}

// What a user wrote is shown in a finding without harm to the reader's terminal.
func TestFindingsAreSafeToPrint(t *testing.T) {
	findings := one(t, func(c *filing.Claim) {
		c.Reference, c.Nature, c.Representative = "INV\x1b[2J", "salvage", "Solicitor\u202e 0001"
		c.Defendants[0].Kind = "ship\x07"
	})
	require.NotEmpty(t, findings)
	for _, f := range findings {
		require.NotRegexp(t, "[\x00-\x1f\u202e]", f.String())
		require.NotRegexp(t, "[\x00-\x1f\u202e]", f.Text().In(law.TraditionalChinese))
	}
}
