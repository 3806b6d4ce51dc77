package filing_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/filing"
	"courts.example/eservices/filing/hk"
)

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

// TestBadFileThroughTheRules checks the bad file as a batch of the Small Claims Tribunal: it holds every mistake that a claim
// in a row of text can have, but those that need more than the row.
func TestBadFileThroughTheRules(t *testing.T) {
	policy, err := hk.SmallClaims()
	require.NoError(t, err)
	check, err := policy.NewCheck(filing.Batch{Claimant: "Hospital Authority", At: time.Date(2026, time.March, 2, 2, 0, 0, 0, time.UTC)})
	require.NoError(t, err)
	data, err := os.ReadFile("testdata/bad.csv")
	require.NoError(t, err)
	o := filing.ReadOptions{Currency: "HKD", MaxClaimBytes: 2000, Header: check.Header}
	held := make(map[filing.Code]bool)
	for row, err := range check.Rows(t.Context(), (filing.CSV{}).Read(t.Context(), fileOf("bad.csv", string(data)), o)) {
		require.NoError(t, err)
		for _, f := range row.Findings {
			held[f.Code] = true
		}
		require.Equal(t, row.Line == 2, len(row.Findings) == 0 && row.Claim.Reference == "BAD-0001", "only the first row is good")
	}
	needMore := map[filing.Code]string{
		"row.hidden": "a workbook", "cell.formula": "a workbook", "cell.formula.uncalculated": "a workbook", "cell.merged": "a workbook",
		"cell.not-text": "a workbook", "cell.reference.number": "a workbook",
		"claim.defendant.too-many": "JSON", "claim.filed.reference": "what was filed", "claim.filed.substance": "what was filed",
		"claim.limit.unknown": "another date", "claim.fee.unknown": "a price", "claim.restricted": "an order", "claim.text.lost-character": "a program", "claim.text.not-utf8": "a program",
	}
	for _, e := range filing.Catalogue() {
		switch about, _, _ := strings.Cut(string(e.Code), "."); about {
		case "row", "cell", "claim":
			require.Equal(t, needMore[e.Code] == "", held[e.Code], "%s needs %q", e.Code, needMore[e.Code])
		}
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
	if *update {
		require.NoError(t, os.WriteFile(path, []byte(got), 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, string(want), got)
}
