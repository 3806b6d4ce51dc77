package filing_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms/law"
)

var update = flag.Bool("update", false, "write CODES.md and the golden files anew")

// codeCase gives the findings of one bad input; the code it stands under must be among them.
type codeCase func(t *testing.T) []filing.Finding

// codeCases holds one case for every code of the catalogue, by the files that test them.
func codeCases(t *testing.T) map[filing.Code]codeCase {
	all := make(map[filing.Code]codeCase)
	for _, part := range []map[filing.Code]codeCase{batchCases(), claimCases(), textCases(), documentCases(), cellCases(), submissionCases(), courtCases(), accessCases(), inspectionCases(), requestCases()} {
		for code, c := range part {
			require.NotContains(t, all, code, "two cases for one code")
			all[code] = c
		}
	}
	return all
}

// TestEveryCode produces every code there is, and looks at what the finding says.
func TestEveryCode(t *testing.T) {
	cases := codeCases(t)
	for _, e := range filing.Catalogue() {
		t.Run(string(e.Code), func(t *testing.T) {
			produce := cases[e.Code]
			require.NotNil(t, produce, "no case produces this code; add one to the cases of the file that tests it")
			findings := produce(t)
			i := slices.IndexFunc(findings, func(f filing.Finding) bool { return f.Code == e.Code })
			require.GreaterOrEqual(t, i, 0, "the case gives %v", codesOf(findings))
			f := findings[i]
			require.Equal(t, e.Severity, f.Severity)
			for _, tag := range []string{law.English, law.TraditionalChinese} {
				require.NotEmpty(t, f.Text()[tag])
				require.NotRegexp(t, placeholder, f.Text()[tag], "a placeholder has no value")
				require.NotRegexp(t, placeholder, f.Remedy()[tag], "a placeholder has no value")
			}
			require.Contains(t, f.String(), string(e.Code))
		})
		delete(cases, e.Code)
	}
	require.Empty(t, cases, "cases for codes that no catalogue has")
}

var placeholder = regexp.MustCompile(`\{\w+\}`)

// TestCatalogue holds the entries to their form: sorted, both languages with the same placeholders.
func TestCatalogue(t *testing.T) {
	all := filing.Catalogue()
	require.True(t, slices.IsSortedFunc(all, func(a, b filing.Entry) int { return strings.Compare(string(a.Code), string(b.Code)) }))
	for _, e := range all {
		require.Regexp(t, `^[a-z]+(\.[a-z0-9-]+)+$`, e.Code)
		for _, text := range []law.Text{e.Text, e.Remedy} {
			en, zh := text[law.English], text[law.TraditionalChinese]
			require.Equal(t, en == "", zh == "", "%s lacks a language", e.Code)
			require.Equal(t, placeholders(en), placeholders(zh), "%s", e.Code)
		}
		require.NotEmpty(t, e.Text, "%s", e.Code)
		found, ok := filing.Describe(e.Code)
		require.True(t, ok)
		require.Equal(t, e, found)
	}
	_, ok := filing.Describe("no.such.code")
	require.False(t, ok)
}

func placeholders(s string) []string {
	found := placeholder.FindAllString(s, -1)
	slices.Sort(found)
	return slices.Compact(found)
}

// TestCodesFile holds CODES.md to the catalogue. Write it anew with: go generate ./filing
func TestCodesFile(t *testing.T) {
	want := codesFile(filing.Catalogue())
	if *update {
		require.NoError(t, os.WriteFile("CODES.md", want, 0o644))
	}
	have, err := os.ReadFile("CODES.md")
	require.NoError(t, err)
	require.True(t, bytes.Equal(want, have), "CODES.md is out of date; run: go generate ./filing")
}

func codesFile(entries []filing.Entry) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "# Findings\n\nEvery code that package filing and its readers can give, generated from the catalogue (`go generate ./filing`).\n"+
		"A **refusal** keeps the claim, or the batch, from being filed; a **warning** is shown and recorded. Codes are stable for ever.\n"+
		"Words in braces are filled from the finding's values.\n\nThere are %d codes.\n", len(entries))
	group := ""
	for _, e := range entries {
		if g, _, _ := strings.Cut(string(e.Code), "."); g != group {
			group = g
			fmt.Fprintf(&b, "\n## %s\n", group)
		}
		fmt.Fprintf(&b, "\n### `%s` (%s)\n\n", e.Code, e.Severity)
		if e.Rule != "" {
			fmt.Fprintf(&b, "%s\n\n", e.Rule)
		}
		fmt.Fprintf(&b, "- %s\n- %s\n", e.Text[law.English], e.Text[law.TraditionalChinese])
		if len(e.Remedy) > 0 {
			fmt.Fprintf(&b, "- Remedy: %s %s\n", e.Remedy[law.English], e.Remedy[law.TraditionalChinese])
		}
	}
	return b.Bytes()
}
