package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// heading is the first line of the files that the tests write by hand.
const heading = "reference,category,amount,defendant_name,defendant_address,particulars,calculation,documents\n"

// good is a claim with nothing wrong in it.
func good(reference, amount string) string {
	return reference + ",other," + amount + `,Defendant ` + reference + `,"Flat 1, Sample House 1, Example Road, Kowloon",Services supplied.,One bill.,` + "\n"
}

// written writes a file and gives its name.
func written(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

// TestRefused files a batch with a mistake: everything is said, nothing is kept, and the reference is free for the corrected file.
func TestRefused(t *testing.T) {
	p := newPlace(t)
	bad := written(t, "claims.csv", heading+good("A-1", "100.00")+good("A-2", "75000.01")+good("A-3", "many"))
	got := bulk(t, p.args("-claims", bad, "-batch", "MARCH")...)
	require.Equal(t, refused, got.status, got.stderr)
	requireGolden(t, "refused.txt", p.tidy(got.stdout))
	requireGolden(t, "refused.csv", p.read(t, resultFile))
	require.NoFileExists(t, p.out()+"/"+ackFile)

	c := p.open(t)
	_, err := c.ledger.Balance(t.Context(), "deposit:"+exampleClaimant+"/main")
	require.Error(t, err, "no account is opened for a refused batch")
	links, err := c.Audit().Links(t.Context(), c.court.Code, 2026, 0, 10)
	require.NoError(t, err)
	require.Empty(t, links)

	corrected := written(t, "claims.csv", heading+good("A-1", "100.00")+good("A-2", "75000.00")+good("A-3", "5.00"))
	require.Equal(t, filed, bulk(t, p.args("-claims", corrected, "-batch", "MARCH")...).status)
	requireFiledOnce(t, p, 3, "")

	conflict := bulk(t, p.args("-claims", bad, "-batch", "MARCH")...)
	require.Equal(t, failed, conflict.status)
	require.Contains(t, conflict.stderr, "MARCH")
	require.Contains(t, conflict.stderr, "another reference")
}

// TestPartial files the good claims of a batch, and says the same of the bad one in the first run and in the second.
func TestPartial(t *testing.T) {
	p := newPlace(t)
	claims := written(t, "claims.csv", heading+good("A-1", "100.00")+good("A-2", "75000.01")+good("A-3", "5000.01"))
	got := bulk(t, p.args("-claims", claims, "-partial")...)
	require.Equal(t, refused, got.status, got.stderr)
	requireGolden(t, "partial.txt", p.tidy(got.stdout))
	first := p.read(t, resultFile)
	requireGolden(t, "partial.csv", first)
	requireFiledOnce(t, p, 2, "")

	again := bulk(t, p.args("-claims", claims, "-partial")...)
	require.Equal(t, refused, again.status, again.stderr)
	require.Equal(t, first, p.read(t, resultFile))
	requireFiledOnce(t, p, 2, "")
}

// TestDryRun holds a dry run against the run that files the same at the same instant: the same words up to the payment, and nothing
// kept between them.
func TestDryRun(t *testing.T) {
	for name, test := range map[string]struct {
		flags string
		rows  string
		want  int
	}{
		"good":    {"", good("A-1", "100.00") + good("A-2", "60000"), filed},
		"bad":     {"", good("A-1", "100.00") + good("A-2", "0"), refused},
		"partial": {"-partial", good("A-1", "100.00") + good("A-2", "0"), refused},
	} {
		t.Run(name, func(t *testing.T) {
			p := newPlace(t)
			flags := append(strings.Fields(test.flags), "-claims", written(t, "claims.csv", heading+test.rows))
			dry := bulk(t, p.args(append(flags, "-dry-run")...)...)
			require.Equal(t, test.want, dry.status, dry.stderr)
			require.NoFileExists(t, p.out()+"/"+ackFile)
			links, err := p.open(t).Audit().Links(t.Context(), "SCT", 2026, 0, 10)
			require.NoError(t, err)
			require.Empty(t, links)

			wet := bulk(t, p.args(flags...)...)
			require.Equal(t, test.want, wet.status, wet.stderr)
			same, _, _ := strings.Cut(dry.stdout, "Dry run")
			require.True(t, strings.HasPrefix(wet.stdout, same), "%s\n%s", wet.stdout, same)

			after := bulk(t, p.args(append(flags, "-dry-run")...)...)
			require.Equal(t, test.want, after.status)
			require.Equal(t, acknowledgementIn(wet.stdout), acknowledgementIn(after.stdout))
		})
	}
}

// TestFormats files the same claims from each kind of file: the same price and the same case numbers, whatever the kind.
func TestFormats(t *testing.T) {
	for _, name := range []string{"claims.csv", "claims.jsonl", "claims.xlsx"} {
		p := newPlace(t)
		got := bulk(t, p.args("-claims", generated(t, name, "120"))...)
		require.Equal(t, filed, got.status, "%s: %s%s", name, got.stdout, got.stderr)
		require.Contains(t, got.stdout, "Findings         none\n", name)
		requireFiledOnce(t, p, 120, name)
		requireGolden(t, "formats.csv", strings.Join(cases(t, p), "\n")+"\n")
	}
}

// cases are the references with their case numbers and fees.
func cases(t *testing.T, p place) []string {
	var out []string
	for _, row := range resultRows(t, p)[1:] {
		out = append(out, strings.Join([]string{row[1], row[3], row[4]}, ","))
	}
	return out
}

// TestClaimants files for others than the example's claimant.
func TestClaimants(t *testing.T) {
	other := written(t, "other.csv", heading+good("A-1", "100.00"))
	medical := written(t, "medical.csv", heading+strings.Replace(good("A-1", "100.00"), "other", "medical_charges", 1))
	for _, test := range []struct {
		claimant, claims string
		want             int
		says             string
	}{
		{"Hospital Authority", medical, filed, "deposit:hospital-authority/main"},
		{"醫院管理局", medical, filed, "Hospital Authority  醫院管理局"},
		{"hospital-authority", medical, filed, "Hospital Authority"},
		{"Hospital Authority", other, refused, "claim.category.not-approved"},
		{"Nobody Limited", other, refused, "claimant.unknown"},
	} {
		p := newPlace(t)
		got := bulk(t, p.args("-claims", test.claims, "-claimant", test.claimant)...)
		require.Equal(t, test.want, got.status, "%s: %s%s", test.claimant, got.stdout, got.stderr)
		require.Contains(t, got.stdout, test.says)
		require.NotContains(t, got.stdout, "invented; approved")
	}
}

// TestBadFiles takes files with every mistake through the program: never a crash, always both languages, and nothing filed.
func TestBadFiles(t *testing.T) {
	for _, file := range []string{"../../filing/testdata/bad.csv", "../../filing/testdata/bad.jsonl"} {
		p := newPlace(t)
		got := bulk(t, p.args("-claims", file)...)
		require.Equal(t, refused, got.status, "%s: %s%s", file, got.stdout, got.stderr)
		require.Contains(t, got.stdout, "Refused          nothing is filed")
		for _, row := range resultRows(t, p)[1:] {
			require.Equal(t, row[5] == "", row[6] == "" || row[7] == "", "row %v", row)
			for _, cell := range row {
				require.False(t, strings.ContainsAny(cell[:min(len(cell), 1)], "=+-@\t"), "cell %q would run", cell)
			}
		}
	}
}

// TestUnreadable lists files that can't be read at all.
func TestUnreadable(t *testing.T) {
	for name, text := range map[string]string{"empty.csv": "", "text.xlsx": "reference,amount\n"} {
		p := newPlace(t)
		got := bulk(t, p.args("-claims", written(t, name, text))...)
		require.Equal(t, failed, got.status, got.stdout)
		require.Contains(t, got.stderr, name)
	}
}
