package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// The bands since 3 December 2018 at their edges, and what the concession makes of them.
var bands = []struct{ amount, paper, electronic string }{
	{"0.01", "20", "16"}, {"5000", "20", "16"}, {"5000.00", "20", "16"},
	{"5000.01", "40", "32"}, {"25000", "40", "32"},
	{"25000.01", "70", "56"}, {"50000", "70", "56"},
	{"50000.01", "120", "96"}, {"75000", "120", "96"},
}

// The concession runs from the first instant of 31 October 2024 to the last of 30 October 2027.
func TestFeeTable(t *testing.T) {
	for at, conceded := range map[string]bool{
		"2024-10-31T00:00:00":       true,
		"2024-10-30T16:00:00Z":      true,
		"2024-10-31T23:59:59":       true,
		"2026-03-02T10:00":          true,
		"2027-10-30T00:00":          true,
		"2027-10-30T23:59:59":       true,
		"2027-10-30T15:59:59.9Z":    true,
		"2027-10-31T00:00":          false,
		"2027-10-31T10:00":          false,
		"2027-10-30T16:00:00+00:00": false,
	} {
		for _, b := range bands {
			answers := ask(t, "at,mode,amount,item,court\n"+
				at+",paper,"+b.amount+",filing,sct\n"+at+",electronic,"+b.amount+",filing,sct\n", "fee")
			require.Equal(t, []string{b.paper, b.paper}, column(answers, "base"))
			electronic := b.paper
			if conceded {
				electronic = b.electronic
			}
			require.Equal(t, []string{b.paper, electronic}, column(answers, "fee"), "%s at %s", b.amount, at)
		}
		answers := ask(t, "court,item,amount,mode,at\nsct,search,,paper,"+at+"\nsct,search,,electronic,"+at+"\n", "fee")
		require.Equal(t, []string{"18", "18"}, column(answers, "base"))
		if conceded {
			require.Equal(t, []string{"18", "14"}, column(answers, "fee"))
		} else {
			require.Equal(t, []string{"18", "18"}, column(answers, "fee"))
		}
	}
}

func TestFeeElectronicIsRefusedTheDayBefore(t *testing.T) {
	const table = `court,item,amount,mode,at
sct,filing,5000,electronic,2024-10-30T23:59:59
sct,search,,electronic,2024-10-30T23:59:59
sct,filing,5000,paper,2024-10-30T23:59:59
`
	answers := ask(t, table, "fee")
	require.Equal(t, []string{"", "", "20"}, column(answers, "fee"))
	for _, a := range answers[:2] {
		require.True(t, strings.HasPrefix(a["why"], "error: "), a["why"])
		require.Contains(t, a["why"], "2024-10-31", "it says from when on")
		require.Empty(t, a["base"]+a["status"])
	}
}

// The instant is priced as it is given: a Saturday stays a Saturday.
func TestFeeNeverDeemsTheInstant(t *testing.T) {
	answers := ask(t, "court,item,amount,mode,at\nsct,filing,60000,electronic,2027-10-30T10:00\nsct,filing,60000,electronic,2027-11-01T08:45\n", "fee")
	require.Equal(t, []string{"96", "120"}, column(answers, "fee"))
}

func TestFeeBeforeTheTariffIsUnknown(t *testing.T) {
	const table = `court,item,amount,mode,at
sct,filing,1000,paper,2018-07-05T23:59:59
sct,filing,,paper,2000-01-01T00:00
sct,search,,paper,2024-10-30T23:59:59
sct,filing,3000.01,paper,2018-12-02T23:59:59
sct,filing,50000.01,paper,2018-12-02T23:59:59
sct,filing,5000,paper,2018-12-03T00:00
`
	answers := ask(t, table, "fee")
	require.Equal(t, []string{"unknown", "unknown", "unknown", "40", "", "20"}, column(answers, "fee"))
	require.Equal(t, []string{"unknown", "unknown", "unknown", "40", "", "20"}, column(answers, "base"))
	require.Equal(t, []string{"assumed", "assumed", "assumed", "inferred", "", "secondary"}, column(answers, "status"))
	require.Contains(t, answers[0]["why"], "no source says")
	require.True(t, strings.HasPrefix(answers[4]["why"], "error: "), "over the bands of its day")
}

// The status is that of the weakest ground in why.
func TestFeeStatus(t *testing.T) {
	const table = `court,item,amount,mode,at
sct,filing,5000,paper,2026-03-02T10:00
sct,filing,5000,electronic,2026-03-02T10:00
sct,search,,paper,2026-03-02T10:00
sct,search,,electronic,2026-03-02T10:00
`
	answers := ask(t, table, "fee")
	require.Equal(t, []string{"secondary", "inferred", "inferred", "assumed"}, column(answers, "status"))
	for _, a := range answers {
		require.Contains(t, a["why"], ", "+a["status"]+")")
	}
}

func TestFeeRefusesLineByLine(t *testing.T) {
	for line, names := range map[string]string{
		"dc,filing,5000,paper,2026-03-02T10:00":        "sct",
		",filing,5000,paper,2026-03-02T10:00":          "sct",
		"sct,appeal,5000,paper,2026-03-02T10:00":       "filing, search",
		"sct,,5000,paper,2026-03-02T10:00":             "filing, search",
		"sct,filing,5000,fax,2026-03-02T10:00":         "paper, electronic",
		"sct,filing,5000,,2026-03-02T10:00":            "paper, electronic",
		"sct,filing,5000,paper,":                       "2026-03-02T17:31:00",
		"sct,filing,5000,paper,tomorrow":               "2026-03-02T17:31:00",
		"sct,filing,,paper,2026-03-02T10:00":           "amount",
		"sct,filing,-1,paper,2026-03-02T10:00":         "negative",
		"sct,filing,75000.01,paper,2026-03-02T10:00":   "HKD 75000.00",
		"sct,filing,5000.001,paper,2026-03-02T10:00":   "5000.001",
		`sct,filing,"5,000",paper,2026-03-02T10:00`:    "5,000",
		"sct,filing,1e3,paper,2026-03-02T10:00":        "1e3",
		"sct,filing,HKD 5000,paper,2026-03-02T10:00":   "HKD 5000",
		"sct,filing,999999999999999999999,paper,2026-": "2026-",
	} {
		answers := ask(t, "court,item,amount,mode,at\n"+line, "fee")
		require.Empty(t, answers[0]["fee"]+answers[0]["base"]+answers[0]["status"], line)
		require.True(t, strings.HasPrefix(answers[0]["why"], "error: "), line)
		require.Contains(t, answers[0]["why"], names)
	}
}
