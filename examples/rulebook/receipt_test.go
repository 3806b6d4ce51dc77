package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const registryClosures = "testdata/closures.csv"

func TestReceiptVectors(t *testing.T) {
	table, cases := vectors(t, "receipts.csv")
	require.Len(t, cases, 87)
	for _, reading := range []string{"announced", "statutory"} {
		t.Run(reading, func(t *testing.T) {
			answers := ask(t, table, "receipt", "-reading", reading, "-closures", registryClosures)
			require.Len(t, answers, len(cases))
			for i, c := range cases {
				require.Equal(t, c["received"], answers[i]["received"])
				require.Equal(t, c[reading], answers[i]["deemed"], c["case"])
				require.Equal(t, "received", answers[i]["status"])
				require.NotEmpty(t, answers[i]["why"])
			}
		})
	}
}

// The closures of 8 September 2023 and 14 November 2024 to the minute, in both readings.
func TestReceiptAtTheEdgesOfClosures(t *testing.T) {
	for _, reading := range []string{"announced", "statutory"} {
		for received, deemed := range map[string]string{
			"2023-09-07T17:29:59": "2023-09-07T17:29:59",
			"2023-09-07T23:04":    "2023-09-11T08:45:00",
			"2023-09-08T08:45":    "2023-09-11T08:45:00",
			"2023-09-10T23:59:59": "2023-09-11T08:45:00",
			"2023-09-11T08:44:59": "2023-09-11T08:45:00",
			"2023-09-11T08:45":    "2023-09-11T08:45:00",
			"2023-09-11T08:46":    "2023-09-11T08:46:00",
			"2024-11-13T17:29:59": "2024-11-13T17:29:59",
			"2024-11-13T23:09:59": "2024-11-14T12:20:00",
			"2024-11-13T23:10":    "2024-11-14T12:20:00",
			"2024-11-14T08:45":    "2024-11-14T12:20:00",
			"2024-11-14T12:19:59": "2024-11-14T12:20:00",
			"2024-11-14T12:20":    "2024-11-14T12:20:00",
			"2024-11-14T12:20:01": "2024-11-14T12:20:01",
		} {
			answers := ask(t, "received\n"+received, "receipt", "-reading", reading, "-closures", registryClosures)
			require.Equal(t, deemed, answers[0]["deemed"], "%s, %s", received, reading)
		}
	}
}

func TestReceiptPendingUntilTheReopeningIsAnnounced(t *testing.T) {
	const table = "received\n2024-11-13T17:00\n2024-11-13T18:00\n2024-11-14T09:00\n2024-11-15T09:00\n"
	open := write(t, "closed,reopened\n2024-11-13T23:10,\n")
	announced := write(t, "closed,reopened\n2024-11-13T23:10,2024-11-14T12:20\n")

	before := ask(t, table, "receipt", "-closures", open)
	require.Equal(t, []string{"2024-11-13T17:00:00", "", "", ""}, column(before, "deemed"))
	require.Equal(t, []string{"received", "pending", "pending", "pending"}, column(before, "status"))
	require.Contains(t, before[2]["why"], "until further notice")

	after := ask(t, table, "receipt", "-closures", announced)
	require.Equal(t, []string{"2024-11-13T17:00:00", "2024-11-14T12:20:00", "2024-11-14T12:20:00", "2024-11-15T09:00:00"}, column(after, "deemed"))
	require.Equal(t, []string{"received", "received", "received", "received"}, column(after, "status"))
}

func TestReceiptWithoutClosuresIsTheOrdinaryDay(t *testing.T) {
	answers := ask(t, "received\n2024-11-14T09:00\n", "receipt")
	require.Equal(t, "2024-11-14T09:00:00", answers[0]["deemed"])
}

func TestReceiptReadsEveryFormOfTime(t *testing.T) {
	for given, deemed := range map[string]string{
		"2026-03-02T09:31:00":               "2026-03-02T09:31:00",
		"2026-03-02T09:31":                  "2026-03-02T09:31:00",
		" 2026-03-02T09:31 ":                "2026-03-02T09:31:00",
		"2026-03-02T01:31:00Z":              "2026-03-02T09:31:00",
		"2026-03-02T01:31Z":                 "2026-03-02T09:31:00",
		"2026-03-02T09:31:00+08:00":         "2026-03-02T09:31:00",
		"2026-03-01T20:31:00-05:00":         "2026-03-02T09:31:00",
		"2026-03-02T09:31:00.25":            "2026-03-02T09:31:00.25",
		"2026-03-02T01:31:00.000000001Z":    "2026-03-02T09:31:00.000000001",
		"2026-03-02T17:30:00":               "2026-03-02T17:30:00",
		"2026-03-02T17:30:00.000000001":     "2026-03-03T08:45:00",
		"2026-03-01T16:00:00Z":              "2026-03-02T08:45:00",
		"2026-03-02T09:31:00.000+08:00":     "2026-03-02T09:31:00",
		"2026-03-02T15:01:00.0000000+13:30": "2026-03-02T09:31:00",
	} {
		answers := ask(t, "received\n"+given, "receipt")
		require.Equal(t, given, answers[0]["received"], "it stands as it was given")
		require.Equal(t, deemed, answers[0]["deemed"], given)
	}
	table := "received,x\n"
	for _, bad := range []string{
		"", " ", "x", "2026-03-02", "09:31", "2026-03-02 09:31", "2026-02-30T09:31", "2026-03-02T24:00", "2026-03-02T09:60", "02/03/2026 09:31",
		"2026-03-02T09", "2026-03-02T09:31:00+8", "１", "1772415060", "2026-03-02T09:31:00Z08:00",
	} {
		table += bad + ",\n"
	}
	for _, a := range ask(t, table, "receipt") {
		require.Empty(t, a["deemed"]+a["status"])
		require.True(t, strings.HasPrefix(a["why"], "error: "), a)
	}
}

func TestReceiptAtTheEndsOfTheTables(t *testing.T) {
	answers := ask(t, strings.Join([]string{"received",
		"1997-12-31T23:59:59", "1998-01-01T00:00", "2027-12-31T17:30", "2027-12-31T17:31", "2100-12-31T09:00", "2101-01-01T00:00",
		"0001-01-01T00:00", "9999-12-31T23:59:59-12:00"}, "\n"), "receipt")
	require.Equal(t, []string{"", "1998-01-02T08:45:00", "2027-12-31T17:30:00", "2028-01-03T08:45:00", "2100-12-31T09:00:00", "", "", ""},
		column(answers, "deemed"))
	for i, begins := range []string{"error: ", "", "", "projected: ", "projected: ", "error: ", "error: ", "error: "} {
		why := answers[i]["why"]
		require.True(t, strings.HasPrefix(why, begins), why)
		require.Equal(t, begins != "", strings.HasPrefix(why, "error: ") || strings.HasPrefix(why, "projected: "), why)
	}
}

func TestReceiptRefusesAnUnknownReading(t *testing.T) {
	require.Contains(t, refused(t, "received\n", "receipt", "-reading", "lunch"), `["announced" "statutory"]`)
}

func column(rows []record, name string) []string {
	var out []string
	for _, r := range rows {
		out = append(out, r[name])
	}
	return out
}
