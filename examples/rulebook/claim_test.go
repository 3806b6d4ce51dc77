package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// The register of claimants approved for bulk claims: the published names, and the one category where there is only one.
var claimants = []struct{ english, chinese, only string }{
	{"China Mobile Hong Kong Company Limited", "中國移動香港有限公司", ""},
	{"DSG Energy Limited", "特爾高能源有限公司", ""},
	{"Hospital Authority", "醫院管理局", "medical_charges"},
	{"MTR Corporation Limited", "香港鐵路有限公司", "surcharge"},
	{"Rating and Valuation Department", "差餉物業估價署", ""},
	{"Sun Mobile Limited", "新移動通訊有限公司", ""},
}

func TestClaimOfEveryClaimant(t *testing.T) {
	for _, c := range claimants {
		for _, name := range []string{c.english, c.chinese} {
			for _, category := range []string{"medical_charges", "surcharge", "other"} {
				a := ask(t, "claimant,category,amount,at\n"+name+","+category+",900,2026-03-02T10:00\n", "claim")[0]
				require.Equal(t, name, a["claimant"])
				if c.only == "" || c.only == category {
					require.Equal(t, []string{"true", ""}, []string{a["eligible"], a["codes"]}, "%s, %s", name, category)
				} else {
					require.Equal(t, []string{"false", "claim.category.not-approved"}, []string{a["eligible"], a["codes"]}, "%s, %s", name, category)
				}
				require.Contains(t, a["why"], c.english)
			}
		}
	}
}

func TestClaimSaysAllThatIsAgainstIt(t *testing.T) {
	for line, codes := range map[string]string{
		"Hospital Authority,medical_charges,75000,2024-10-31T00:00":    "",
		"Hospital Authority,medical_charges,75000,2024-10-30T23:59:59": "batch.not-electronic;batch.claimant.not-approved",
		"Hospital Authority,medical_charges,75000.01,2026-03-02T10:00": "claim.amount.over-limit",
		"Hospital Authority,medical_charges,0,2026-03-02T10:00":        "claim.amount.not-positive",
		"Hospital Authority,medical_charges,,2026-03-02T10:00":         "claim.amount.missing",
		"Hospital Authority,,900,2026-03-02T10:00":                     "claim.category.missing",
		"Hospital Authority,rent,900,2026-03-02T10:00":                 "claim.category.unknown",
		"Nobody Limited,other,900,2026-03-02T10:00":                    "batch.claimant.unknown",
		",other,900,2026-03-02T10:00":                                  "batch.claimant.unknown",
		"Nobody Limited,other,80000,2020-01-01T00:00":                  "batch.not-electronic;batch.claimant.unknown;claim.amount.over-limit",
	} {
		a := ask(t, "claimant,category,amount,at\n"+line, "claim")[0]
		require.Equal(t, codes, a["codes"], line)
		require.Equal(t, codes == "", a["eligible"] == "true", line)
		require.NotEmpty(t, a["why"])
	}
}

func TestClaimRefusesWhatItCannotRead(t *testing.T) {
	for _, line := range []string{
		"Hospital Authority,medical_charges,lots,2026-03-02T10:00", "Hospital Authority,medical_charges,900,", "Hospital Authority,medical_charges,900,soon",
		"Hospital Authority,medical_charges",
	} {
		a := ask(t, "claimant,category,amount,at\n"+line, "claim")[0]
		require.Empty(t, a["eligible"]+a["codes"])
		require.True(t, strings.HasPrefix(a["why"], "error: "), a["why"])
	}
}
