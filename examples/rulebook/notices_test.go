package main

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestClosuresRefused(t *testing.T) {
	for content, says := range map[string][]string{
		"":                                      {"empty", "closed, reopened"},
		"closed\n":                              {"line 1", "no column is named reopened"},
		"closed,reopened\n,\n":                  {"line 2", "column closed", "no time is given"},
		"closed,reopened\n\nx,\n":               {"line 3", "column closed", `"x" is no time`},
		"closed,reopened\n2026-03-02T09:00,x\n": {"line 2", "column reopened", `"x" is no time`},
		"closed,reopened\n2026-03-02T09:00,2026-03-02T09:00\n":                        {"line 2", "column reopened", "not after"},
		"closed,reopened\n2026-03-02T09:00,2026-03-02T10:00\n2026-03-03T09:00\n":      {"line 3", "lacks reopened"},
		"closed,reopened\n2026-03-02T09:00,2026-03-02T10:00,x\n":                      {"line 2", "3 values for 2 columns"},
		"closed,reopened\n\"2026-03-02T09:00,2026-03-02T10:00\n":                      {"line 2", "quotation marks"},
		"closed,reopened\n1500-01-01T00:00,\n":                                        {"line 2", "no usable instant"},
		"closed,reopened,x\n2026-03-02T09:00,2026-03-02T10:00,\n9999-01-01T00:00,,\n": {"line 3", "no usable instant"},
	} {
		file := write(t, content)
		for _, rule := range []string{"receipt", "limit"} {
			notes := refused(t, "received\n", rule, "-closures", file)
			for _, s := range append(says, file) {
				require.Contains(t, notes, s)
			}
		}
	}
	require.Contains(t, refused(t, "received\n", "receipt", "-closures", filepath.Join(t.TempDir(), "none.csv")), "none.csv")
	require.Contains(t, refused(t, "received\n", "receipt", "-closures", t.TempDir()), "directory")
}

func TestClosuresAsPeopleWriteThem(t *testing.T) {
	for name, content := range map[string]string{
		"two parts that meet":  "closed,reopened\n2026-03-02T08:00,2026-03-02T11:00\n2026-03-02T11:00,2026-03-02T15:10\n",
		"out of order":         "closed,reopened\n2026-03-02T10:00,2026-03-02T15:10\n2026-03-02T08:00,2026-03-02T11:00\n",
		"one in the other":     "closed,reopened\n2026-03-02T08:00,2026-03-02T15:10\n2026-03-02T11:00,2026-03-02T12:00\n",
		"another zone":         "closed,reopened\n2026-03-02T00:00:00Z,2026-03-02T07:10:00Z\n",
		"as spreadsheets save": "\ufeffNAME,Reopened,Closed\r\n\"storm, big\",2026-03-02T15:10,2026-03-02T08:00\r\n",
	} {
		answers := ask(t, "received\n2026-03-02T09:30\n", "receipt", "-closures", write(t, content))
		require.Equal(t, "2026-03-02T15:10:00", answers[0]["deemed"], name)
	}
}

func TestWarningsRefused(t *testing.T) {
	for content, says := range map[string][]string{
		"kind,start\n":                                                        {"line 1", "no column is named end"},
		"kind,start,end\ngale_warning,x,y\n":                                  {"line 2", "column start", `"x" is no time`},
		"kind,start,end\nblack_rainstorm,2026-03-02T09:00,y\n":                {"line 2", "column end", `"y" is no time`},
		"kind,start,end\nblack_rainstorm,2026-03-02T09:00,2026-03-02T09:00\n": {"line 2", "column end", "not after"},
		"kind,start,end\ngale_warning,1500-03-02T09:00,2026-03-02T09:00\n":    {"line 2", "no usable instant"},
	} {
		file := write(t, content)
		notes := refused(t, "event,days,rule\n", "limit", "-warnings", file)
		for _, s := range append(says, file) {
			require.Contains(t, notes, s)
		}
	}
}

func TestWarningsWithoutAnEndAreSkipped(t *testing.T) {
	file := write(t, "kind,start,end\nblack_rainstorm,2026-03-09T20:10,\ngale_warning,,2026-03-10T09:00\nextreme_conditions,,\n"+
		"gale_warning,2026-03-11T09:00,2026-03-11T10:00\n")
	out, notes, status := invoke("event,days,rule\n2026-03-02,7,ord\n2026-03-02,8,ord\n2026-03-02,9,ord\n", "limit", "-warnings", file)
	require.Equal(t, done, status)
	require.Equal(t, []string{"2026-03-09", "2026-03-10", "2026-03-12"}, column(records(t, out), "expires"))
	for _, s := range []string{"line 2", "line 3", "line 4", "black_rainstorm", "gale_warning", "extreme_conditions"} {
		require.Contains(t, notes, s)
	}
	require.NotContains(t, notes, "line 5")
}
