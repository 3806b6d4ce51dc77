package filing_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/filing"
)

var updateBad = flag.Bool("update-bad", false, "write the findings of the bad files anew")

// TestBadFiles reads files that hold every mistake that a row of their kind can have, and compares all findings, word for word.
func TestBadFiles(t *testing.T) {
	for name, format := range map[string]filing.Format{"bad.csv": filing.CSV{}, "bad.jsonl": filing.JSONLines{}} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join("testdata", name)
			text, err := os.ReadFile(path)
			require.NoError(t, err)
			r := readText(format, string(text), filing.ReadOptions{MaxClaimBytes: 2000})
			require.NoError(t, r.err)
			requireGolden(t, path+".golden", describe(r.findings()))
		})
	}
}

// describe writes findings out in both languages.
func describe(findings []filing.Finding) string {
	var b strings.Builder
	for _, f := range findings {
		b.WriteString(f.String() + "\n    " + f.Text()["zh-Hant"] + "\n    " + f.Remedy()["en"] + f.Remedy()["zh-Hant"] + "\n")
	}
	return b.String()
}

func requireGolden(t *testing.T, path, got string) {
	t.Helper()
	if *updateBad {
		require.NoError(t, os.WriteFile(path, []byte(got), 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, string(want), got)
}
