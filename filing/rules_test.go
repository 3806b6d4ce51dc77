package filing_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/calendar"
	"courts.example/eservices/filing"
)

func TestLimitIsInclusive(t *testing.T) {
	require.Empty(t, one(t, func(c *filing.Claim) { c.Amount = cad("2000.00") }))
	require.Equal(t, []filing.Code{"claim.amount.over-limit"}, codesOf(one(t, func(c *filing.Claim) { c.Amount = cad("2000.01") })))
}

func TestAbandonment(t *testing.T) {
	require.Empty(t, one(t, func(c *filing.Claim) { c.Amount, c.Abandoned = cad("2000"), cad("0.01") }))
	require.Empty(t, one(t, func(c *filing.Claim) { c.Amount, c.Abandoned = cad("1999.99"), cad("0.02") }))
	require.Equal(t, []filing.Code{"claim.abandoned.needless"},
		codesOf(one(t, func(c *filing.Claim) { c.Amount, c.Abandoned = cad("1999"), cad("1") })))
	require.Equal(t, []filing.Code{"claim.amount.over-limit"},
		codesOf(one(t, func(c *filing.Claim) { c.Amount, c.Abandoned = cad("2001"), cad("5") })), "too little was abandoned")
}

// Natures are compared whole: a word inside a longer text bars nothing.
func TestExcludedNatures(t *testing.T) {
	for nature, want := range map[string]bool{"salvage": true, "Ｓalvage ": true, "SAUVETAGE": true, "salvage yard rent": false, "": false} {
		findings := one(t, func(c *filing.Claim) { c.Nature = nature })
		require.Equal(t, want, len(findings) == 1 && findings[0].Code == "claim.nature.excluded", "%q", nature)
	}
}

// The batch counts as received on 1 October 2025.
func TestLimitation(t *testing.T) {
	for _, c := range []struct {
		category filing.Category
		arose    string
		want     filing.Code
	}{
		{"power", "2022-10-02", ""},
		{"power", "2022-10-01", ""}, // the third year ends with 1 October 2025
		{"power", "2022-09-30", "claim.limitation.expired"},
		{"power", "1900-01-01", "claim.limitation.expired"},
		{"power", "2025-10-01", ""},
		{"power", "2025-10-02", "claim.arose-on.future"},
		{"power", "9999-12-31", "claim.arose-on.future"},
		{"water", "2024-10-01", ""},
		{"water", "2024-09-30", "claim.limitation.unknown"},
		{"water", "2022-10-01", "claim.limitation.unknown"},
		{"water", "2022-09-30", "claim.limitation.expired"},
		{"other", "1900-01-01", ""}, // nobody knows any period
	} {
		findings := one(t, func(claim *filing.Claim) { claim.Category, claim.AroseOn = c.category, calendar.MustDate(c.arose) })
		if c.want == "" {
			require.Empty(t, findings, "%+v", c)
			continue
		}
		require.Equal(t, []filing.Code{c.want}, codesOf(findings), "%+v", c)
	}
}

// A period from 29 February ends on the 28th of a year that lacks the day.
func TestLimitationFromLeapDay(t *testing.T) {
	p := harbour(t)
	require.NoError(t, p.ReplaceRule("limit")) // its limits end with 2026
	claim := goodClaim(1)
	claim.AroseOn = calendar.MustDate("2024-02-29")
	out, _ := checkAll(t, p, filing.Batch{Claimant: "harbour-power", At: noon(p, "2027-02-28")}, claim)
	require.Empty(t, out[0].Findings)
	out, _ = checkAll(t, p, filing.Batch{Claimant: "harbour-power", At: noon(p, "2027-03-01")}, claim)
	require.Equal(t, []filing.Code{"claim.limitation.expired"}, codesOf(out[0].Findings))
	require.Contains(t, out[0].Findings[0].Text().In("en"), "ended on 2027-02-28")
}

// The day that counts is that of the court's clocks.
func TestDayOfTheCourt(t *testing.T) {
	p := harbour(t)
	claim := goodClaim(1)
	claim.AroseOn = calendar.MustDate("2025-10-02")
	b := powerBatch(p)
	b.At = calendar.MustDate("2025-10-02").Start(p.Zone).Add(-1).UTC() // the 2nd in UTC, still the 1st here
	out, _ := checkAll(t, p, b, claim)
	require.Equal(t, []filing.Code{"claim.arose-on.future"}, codesOf(out[0].Findings))
	b.At = b.At.Add(1)
	out, _ = checkAll(t, p, b, claim)
	require.Empty(t, out[0].Findings)
}

// A ground that is not in force switches its rule off.
func TestGroundsByTime(t *testing.T) {
	p := harbour(t)
	claim := goodClaim(1)
	claim.Representative = "Solicitor 0001"
	p.Grounds.Representation.From = powerBatch(p).At.Add(1)
	p.Grounds.Splitting.Until = powerBatch(p).At
	p.Exclusions[0].Provision.Until = powerBatch(p).At
	claim.Nature = "salvage"
	second := claim
	second.Reference, second.Amount = "INV-2", cad("1999")
	out, result := checkAll(t, p, powerBatch(p), claim, second)
	require.Empty(t, findingsOf(out, result))
}

func TestTexts(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*filing.Claim)
		want   []filing.Code
	}{
		{"lines where they are welcome", func(c *filing.Claim) {
			c.Particulars, c.Calculation, c.Defendants[0].Address = "a\r\nb", "1\t2", "Flat 1\nPier Road"
		}, nil},
		{"a line in a name", func(c *filing.Claim) { c.Defendants[0].Name = "a\nb" }, []filing.Code{"claim.text.control-character"}},
		{"as long as may be", func(c *filing.Claim) { c.Defendants[0].Name = strings.Repeat("長", 60) }, nil},
		{"too long", func(c *filing.Claim) { c.Defendants[0].Name = strings.Repeat("長", 61) }, []filing.Code{"claim.text.too-long"}},
		{"a rare Chinese character", func(c *filing.Claim) { c.Defendants[0].Chinese = "𠝹𠊎\ufe00" }, nil},
		{"a list, a number and an address", func(c *filing.Claim) {
			c.Particulars, c.Calculation, c.Defendants[0].Name = "- one", "-1.00", "+852 0000 0000"
		}, nil},
		{"formulas", func(c *filing.Claim) { c.Particulars, c.Calculation = "@SUM(A1)", "+cmd|' /C calc'!A0" },
			[]filing.Code{"claim.text.formula", "claim.text.formula"}},
		{"much at once", func(c *filing.Claim) { c.Nature = "=\x00\u202e\xff\ufffd\ue000" + strings.Repeat("x", 40) }, []filing.Code{
			"claim.text.not-utf8", "claim.text.control-character", "claim.text.direction", "claim.text.lost-character",
			"claim.text.private-character", "claim.text.formula", "claim.text.too-long"}},
		{"a zero-width name", func(c *filing.Claim) { c.Defendants[0].Name = "\u200b\u200b" },
			[]filing.Code{"claim.text.control-character", "claim.defendant.name.missing"}},
		{"a Chinese name alone", func(c *filing.Claim) { c.Defendants[0].Name, c.Defendants[0].Chinese = "", "被告人一" }, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			findings := one(t, c.change)
			if c.want == nil {
				require.Empty(t, findings)
				return
			}
			require.Equal(t, c.want, codesOf(findings))
		})
	}
}
