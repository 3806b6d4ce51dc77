package main

import (
	"archive/zip"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms"
)

// TestHostileText files claims whose words would be a script, a formula or a command to the terminal, where they are let through.
func TestHostileText(t *testing.T) {
	p := newPlace(t)
	rows := strings.Replace(good("A-1", "100.00"), "Defendant A-1", `<script>alert(1)</script>`, 1) +
		strings.Replace(good("A-2", "100.00"), "A-2,", `=1+1,`, 1)
	got := bulk(t, p.args("-claims", written(t, "claims.csv", heading+rows))...)
	require.Equal(t, filed, got.status, got.stdout)
	require.Contains(t, p.read(t, pageFile), "&lt;script&gt;alert(1)&lt;/script&gt;")
	require.NotContains(t, p.read(t, pageFile), "<script>")
	require.Equal(t, "'=1+1", resultRows(t, p)[2][1])

	steering := strings.Replace(good("A-4", "100.00"), "A-4,", "A\x1b[2J,", 1)
	got = bulk(t, newPlace(t).args("-claims", written(t, "claims.csv", heading+steering))...)
	require.Equal(t, refused, got.status)
	require.NotContains(t, got.stdout, "\x1b")
	require.Equal(t, "a\ufffd[2J b\ufffdc 被告人", visible("a\x1b[2J\nb\u202ec\u3000被告人"))
}

// TestManyFindings shows so many of them, those of the batch first, and counts all.
func TestManyFindings(t *testing.T) {
	p := newPlace(t)
	got := bulk(t, p.args("-claims", written(t, "claims.csv", "#claims,7\n"+heading+strings.Repeat(good("A-1", "0"), 150)))...)
	require.Equal(t, refused, got.status, got.stderr)
	require.Contains(t, got.stdout, "warnings\n                 whole batch  refusal  control.")
	require.Equal(t, mostFindings, strings.Count(got.stdout, "  refusal  ")+strings.Count(got.stdout, "  warning  "))
	require.Contains(t, got.stdout, "       150  claim.amount.not-positive\n")
	require.Len(t, resultRows(t, p), 1+1+150)
}

// TestDocuments files claims with documents from a folder, and nothing from outside it.
func TestDocuments(t *testing.T) {
	docs := t.TempDir()
	secret := written(t, "secret.pdf", document)
	require.NoError(t, os.WriteFile(filepath.Join(docs, "bill.pdf"), []byte(document), 0o600))
	with := func(names string) string {
		return written(t, "claims.csv", heading+strings.TrimSuffix(good("A-1", "100.00"), "\n")+names+"\n")
	}
	p := newPlace(t)
	got := bulk(t, p.args("-claims", with("bill.pdf"), "-docs", docs)...)
	require.Equal(t, filed, got.status, got.stdout+got.stderr)
	require.Contains(t, got.stdout, "Findings         none")
	again := bulk(t, p.args("-claims", with("bill.pdf"), "-docs", docs)...)
	require.Equal(t, acknowledgementIn(got.stdout), acknowledgementIn(again.stdout))

	for names, code := range map[string]string{
		"none.pdf":             "document.missing",
		"../secret.pdf":        "document.name.unsafe",
		filepath.Clean(secret): "document.name.unsafe",
	} {
		got := bulk(t, newPlace(t).args("-claims", with(names), "-docs", docs)...)
		require.Equal(t, refused, got.status, "%s: %s%s", names, got.stdout, got.stderr)
		require.Contains(t, got.stdout, code, names)
	}
	require.NoError(t, os.Symlink(secret, filepath.Join(docs, "link.pdf")))
	outside := newPlace(t)
	got = bulk(t, outside.args("-claims", with("link.pdf"), "-docs", docs)...)
	require.NotEqual(t, filed, got.status)
	require.Contains(t, got.stdout+got.stderr, "link.pdf")
	require.NoFileExists(t, outside.out()+"/"+ackFile)

	got = bulk(t, newPlace(t).args("-claims", with("bill.pdf"))...)
	require.Equal(t, refused, got.status, "without -docs there is no document")
	require.Contains(t, got.stdout, "document.missing")
}

// document is the least of a PDF file.
const document = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n" +
	"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"

// TestForgedAcknowledgement changes an acknowledgement that was handed out.
func TestForgedAcknowledgement(t *testing.T) {
	p := newPlace(t)
	require.Equal(t, filed, bulk(t, p.args("-claims", written(t, "claims.csv", heading+good("A-1", "100.00")))...).status)
	c := p.open(t)
	p.acknowledgement(t, c)
	var a icms.Acknowledgement
	require.NoError(t, json.Unmarshal([]byte(strings.Replace(p.read(t, ackFile), `"claims": 1`, `"claims": 2`, 1)), &a))
	require.ErrorIs(t, c.Registry().Verify(t.Context(), a), icms.ErrForged)
}

// TestGenerate writes the same bytes each time, and a workbook that is one.
func TestGenerate(t *testing.T) {
	for _, name := range []string{"claims.csv", "claims.jsonl", "claims.XLSX"} {
		first, err := os.ReadFile(generated(t, name, "25"))
		require.NoError(t, err)
		second, err := os.ReadFile(generated(t, name, "25"))
		require.NoError(t, err)
		require.Equal(t, first, second, name)
	}
	book, err := zip.OpenReader(generated(t, "claims.xlsx", "1"))
	require.NoError(t, err)
	require.NoError(t, book.Close())
	require.Error(t, writeSample(broken{}, filing.CSV{}, 1))
}

// broken is a writer that takes nothing.
type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }
