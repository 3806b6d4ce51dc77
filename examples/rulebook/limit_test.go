package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const signals = "testdata/warnings.csv"

func TestLimitVectors(t *testing.T) {
	table, cases := vectors(t, "periods.csv")
	require.Len(t, cases, 37)
	out, notes, status := invoke(table, "limit", "-closures", registryClosures, "-warnings", signals)
	require.Equal(t, done, status, notes)
	require.Equal(t, 3, strings.Count(notes, "without a start or an end"), notes)
	answers := records(t, out)
	require.Len(t, answers, len(cases))
	for i, c := range cases {
		for _, name := range []string{"event", "days", "rule"} {
			require.Equal(t, c[name], answers[i][name])
		}
		require.Equal(t, c["expected"], answers[i]["expires"], c["case"])
		require.NotEmpty(t, answers[i]["why"])
	}
}

// Each file changes the answers that it is about, and no others.
func TestLimitNeedsItsFiles(t *testing.T) {
	const table = "event,days,rule\n2020-07-06,14,court\n2020-07-06,14,ord\n2023-08-25,14,court\n2023-08-25,14,ord\n"
	plain := ask(t, table, "limit")
	require.Equal(t, []string{"2020-07-20", "2020-07-20", "2023-09-08", "2023-09-08"}, column(plain, "expires"))

	closed := ask(t, table, "limit", "-closures", registryClosures)
	require.Equal(t, []string{"2020-07-22", "2020-07-20", "2023-09-11", "2023-09-08"}, column(closed, "expires"),
		"a closed office matters at a court office only")

	rain := write(t, "kind,start,end\nblack_rainstorm,2023-09-07T23:05,2023-09-08T15:40\n")
	warned := ask(t, table, "limit", "-warnings", rain)
	require.Equal(t, []string{"2020-07-20", "2020-07-20", "2023-09-11", "2023-09-09"}, column(warned, "expires"))
}

// A day on which the registry opened for any part of its hours is an ordinary day.
func TestLimitCountsWholeClosedDaysOnly(t *testing.T) {
	for reopened, expires := range map[string]string{
		"2026-03-10T08:45":    "2026-03-10",
		"2026-03-10T17:29:59": "2026-03-10",
		"2026-03-10T17:30":    "2026-03-11",
		"2026-03-11T00:00":    "2026-03-11",
		"2026-03-11T17:30":    "2026-03-12",
	} {
		file := write(t, "reopened,closed\n"+reopened+",2026-03-10T00:00\n")
		answers := ask(t, "event,days,rule\n2026-03-02,8,court\n", "limit", "-closures", file)
		require.Equal(t, expires, answers[0]["expires"], reopened)
	}
}

func TestLimitIsNotKnownWhileTheReopeningIsNotAnnounced(t *testing.T) {
	file := write(t, "closed,reopened\n2026-03-10T00:00,\n")
	answers := ask(t, "event,days,rule\n2026-03-02,8,court\n2026-03-02,4,court\n2026-03-02,8,ord\n", "limit", "-closures", file)
	require.Equal(t, []string{"", "2026-03-06", "2026-03-10"}, column(answers, "expires"))
	require.True(t, strings.HasPrefix(answers[0]["why"], "error: not known yet: "), answers[0]["why"])
}

func TestLimitOfOtherKindsOfWarnings(t *testing.T) {
	file := write(t, "kind,start,end\nextreme_conditions,2026-03-10T00:00,2026-03-11T00:00\nred_rainstorm,2026-03-10T00:00,soon\n"+
		"gale_warning,2026-03-12T23:59,2026-03-13T00:00\n")
	answers := ask(t, "event,days,rule\n2026-03-02,8,ord\n2026-03-02,10,ord\n2026-03-02,11,ord\n", "limit", "-warnings", file)
	require.Equal(t, []string{"2026-03-10", "2026-03-13", "2026-03-13"}, column(answers, "expires"))
}

func TestLimitRefusesLineByLine(t *testing.T) {
	const table = `rule,days,event
ord,0,2026-03-02
ord,-1,2026-03-02
ord,x,2026-03-02
ord,1.0,2026-03-02
ord,99999999999999999999,2026-03-02
ord,2147483647,2026-03-02
ord,,2026-03-02
ord,5,
ord,5,2026-02-30
ord,5,2026-03-02T00:00
ORD,5,2026-03-02
,5,2026-03-02
ord,5,1997-12-01
court,5,2100-12-31
ord,5,2026-03-02
`
	answers := ask(t, table, "limit")
	require.Len(t, answers, 15)
	for _, a := range answers[:14] {
		require.Empty(t, a["expires"])
		require.True(t, strings.HasPrefix(a["why"], "error: "), a["why"])
	}
	require.Equal(t, "2026-03-07", answers[14]["expires"])
}

func TestLimitBeyondThePublishedHolidays(t *testing.T) {
	answers := ask(t, "event,days,rule\n2027-12-17,14,ord\n2027-12-18,14,ord\n", "limit")
	require.Equal(t, []string{"2027-12-31", "2028-01-03"}, column(answers, "expires"))
	require.False(t, strings.HasPrefix(answers[0]["why"], "projected: "))
	require.True(t, strings.HasPrefix(answers[1]["why"], "projected: "))
}
