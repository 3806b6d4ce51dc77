package main

import (
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestUsage(t *testing.T) {
	for _, help := range []string{"-h", "-help", "--help", "help"} {
		out, notes, status := invoke("", help)
		require.Equal(t, []any{done, "", usage}, []any{status, notes, out})
	}
	require.Equal(t, usage, refused(t, ""))
	require.Contains(t, refused(t, "", "recipt"), `"recipt"`)
	for _, rule := range []string{"receipt", "limit", "fee", "claim", "holidays"} {
		require.Contains(t, usage, "\n  "+rule+" ")
		out, notes, status := invoke("", rule, "-h")
		require.Equal(t, []any{done, ""}, []any{status, notes})
		require.True(t, strings.HasPrefix(out, "Usage: rulebook "+rule), rule)
		require.Contains(t, refused(t, "", rule, "-nonsense"), "rulebook "+rule+" -h")
		require.Contains(t, refused(t, "", rule, "table.csv"), "table.csv")
	}
}

// Every usage text shows what the program does.
func TestUsageExamples(t *testing.T) {
	command := regexp.MustCompile(`(?m)^  \$ (?:printf '(.*)' \| )?rulebook (.*)\n((?:  .*\n)+)`)
	for _, text := range []string{receiptUsage, limitUsage, feeUsage, claimUsage, holidaysUsage} {
		shown := command.FindStringSubmatch(text)
		require.NotNil(t, shown, text)
		out, notes, status := invoke(strings.ReplaceAll(shown[1], `\n`, "\n"), strings.Fields(shown[2])...)
		require.Equal(t, done, status, notes)
		for line := range strings.Lines(shown[3]) {
			line = strings.TrimSuffix(strings.TrimSpace(line), "...")
			require.Contains(t, out, line)
		}
	}
}
