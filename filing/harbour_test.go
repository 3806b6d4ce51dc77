package filing_test

import (
	"context"
	_ "embed"
	"fmt"
	"iter"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/calendar"
	"courts.example/eservices/filing"
	"courts.example/eservices/icms/money"
)

// The tests of the rules ask an invented court: Newfoundland's clocks, Canadian dollars, two claimants, three categories.

//go:embed testdata/harbour.json
var harbourTables []byte

func harbour(t testing.TB) filing.Policy {
	t.Helper()
	zone, err := time.LoadLocation("America/St_Johns")
	require.NoError(t, err)
	p, err := filing.LoadPolicy(harbourTables, zone)
	require.NoError(t, err)
	return p
}

// noon is noon of a day on the invented court's clocks.
func noon(p filing.Policy, day string) time.Time {
	return calendar.MustDate(day).Start(p.Zone).Add(12 * time.Hour)
}

func cad(text string) money.Amount {
	a, err := money.Parse(text, money.MustCurrency("CAD"))
	if err != nil {
		panic(err)
	}
	return a
}

// goodClaim is a claim that no rule minds; different numbers give different claims.
func goodClaim(n int) filing.Claim {
	return filing.Claim{
		Reference:   fmt.Sprintf("INV-%07d", n),
		Category:    "power",
		Amount:      cad("120.50"),
		Defendants:  []filing.Party{{Name: fmt.Sprintf("Defendant %04d", n), Address: fmt.Sprintf("Flat %d, 1 Pier Road", n)}},
		Nature:      "electricity supplied",
		Particulars: "Electricity supplied from January to March 2025 and not paid for.",
		Calculation: "3 months at 40.16 and 2 cents of interest",
	}
}

// rows gives claims as a file would, in lines from 2 on.
func rows(claims ...filing.Claim) iter.Seq2[filing.Row, error] {
	return func(yield func(filing.Row, error) bool) {
		for i, c := range claims {
			if !yield(filing.Row{Line: i + 2, Claim: c, Column: column}, nil) {
				return
			}
		}
	}
}

// column stands for the columns of a file in which only two fields have one.
func column(pointer string) string {
	switch pointer {
	case "/amount":
		return "Amount claimed"
	case "/defendants/0/name":
		return "Defendant name"
	}
	return ""
}

// powerBatch is a batch that nothing bars, on 1 October 2025.
func powerBatch(p filing.Policy) filing.Batch {
	return filing.Batch{Claimant: "harbour-power", At: noon(p, "2025-10-01")}
}

// checkAll runs a whole check.
func checkAll(t testing.TB, p filing.Policy, b filing.Batch, claims ...filing.Claim) ([]filing.Checked, filing.Result) {
	t.Helper()
	c, err := p.NewCheck(b)
	require.NoError(t, err)
	var out []filing.Checked
	for checked, err := range c.Rows(context.Background(), rows(claims...)) {
		require.NoError(t, err)
		out = append(out, checked)
	}
	return out, c.Result()
}

// one checks a single claim in a batch that nothing bars and gives the claim's findings.
func one(t testing.TB, change func(*filing.Claim)) []filing.Finding {
	t.Helper()
	claim := goodClaim(1)
	change(&claim)
	p := harbour(t)
	out, result := checkAll(t, p, powerBatch(p), claim)
	require.Empty(t, result.Findings)
	require.Len(t, out, 1)
	return out[0].Findings
}

// findingsOf gives all findings of a batch: of its claims, then of itself.
func findingsOf(out []filing.Checked, result filing.Result) []filing.Finding {
	var all []filing.Finding
	for _, c := range out {
		all = append(all, c.Findings...)
	}
	return append(all, result.Findings...)
}

func codesOf(findings []filing.Finding) []filing.Code {
	codes := make([]filing.Code, len(findings))
	for i, f := range findings {
		codes[i] = f.Code
	}
	return codes
}
