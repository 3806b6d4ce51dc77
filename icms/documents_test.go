package icms_test

import (
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms"
)

const pdf = "%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n3 0 obj\n<</Type/Page>>\nendobj\ntrailer\n<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n"

const documentedCSV = "reference,category,amount,defendant_name,defendant_address,nature,particulars,calculation,arose_on,documents\n" +
	"D-1,other,1000,Defendant 0001,\"Flat 1, Sample House\",services,Unpaid charges,Sum of invoices,2026-01-02,a/invoice.pdf\n" +
	"D-2,other,2000,Defendant 0002,\"Flat 2, Sample House\",services,Unpaid charges,Sum of invoices,2026-01-03,a/invoice.pdf; b.pdf\n"

// documented are two claims that share an invoice.
func documented() icms.Batch {
	b := batch(documentedCSV)
	b.Documents = fstest.MapFS{"a/invoice.pdf": {Data: []byte(pdf)}, "b.pdf": {Data: []byte(pdf + "\n%%EOF\n")}, "other.pdf": {Data: []byte("unnamed")}}
	return b
}

func TestDocumentsAreKeptWithTheirClaims(t *testing.T) {
	c := newCounter(t, "2026-03-02 10:00:00", 1000)
	in := documented()
	filed, err := c.Registry().File(t.Context(), in)
	require.NoError(t, err)
	require.Equal(t, icms.Registered, filed.State, "%v", filed.Findings)
	require.Len(t, c.blobs.(*memoryBlobs).kept, 4, "claims, checked lines and two documents, each once")

	again, err := c.Registry().File(t.Context(), documented())
	require.NoError(t, err)
	require.True(t, again.Replayed)

	changed := documented()
	changed.Documents.(fstest.MapFS)["b.pdf"].Data = []byte(pdf)
	other, err := c.Registry().Preflight(t.Context(), changed)
	require.NoError(t, err)
	require.NotEqual(t, filed.Content, other.Content, "a document is part of the contents")
	require.Equal(t, icms.Refused, other.State, "its claims were filed before")
}

func TestDocumentsThatAreMissingOrLeadAway(t *testing.T) {
	c := newCounter(t, "2026-03-02 10:00:00", 1000)
	in := documented()
	delete(in.Documents.(fstest.MapFS), "b.pdf")
	r, err := c.Registry().File(t.Context(), in)
	require.NoError(t, err)
	require.Equal(t, icms.Refused, r.State)
	require.Equal(t, []string{"document.missing"}, codes(r.Findings))
	require.Empty(t, c.blobs.(*memoryBlobs).kept)
}

func TestALinkOutOfTheFolderIsNoDocument(t *testing.T) {
	c := newCounter(t, "2026-03-02 10:00:00", 1000)
	outside, inside := t.TempDir(), t.TempDir()
	require.NoError(t, os.WriteFile(outside+"/secret.pdf", []byte(pdf), 0o600))
	require.NoError(t, os.Symlink(outside+"/secret.pdf", inside+"/b.pdf"))
	require.NoError(t, os.Mkdir(inside+"/a", 0o700))
	require.NoError(t, os.WriteFile(inside+"/a/invoice.pdf", []byte(pdf), 0o600))
	require.NoError(t, os.Symlink("loop.pdf", inside+"/loop.pdf"))
	root, err := os.OpenRoot(inside)
	require.NoError(t, err)
	defer root.Close()
	in := documented()
	in.Documents = root.FS()
	r, err := c.Registry().Preflight(t.Context(), in)
	require.NoError(t, err)
	require.Equal(t, []string{"document.missing"}, codes(r.Findings))

	loop := in
	csv := strings.ReplaceAll(documentedCSV, "b.pdf", "loop.pdf")
	loop.Claims = filing.File{Name: "claims.csv", Bytes: strings.NewReader(csv), Size: int64(len(csv))}
	r, err = c.Registry().Preflight(t.Context(), loop)
	require.NoError(t, err)
	require.Equal(t, []string{"document.missing"}, codes(r.Findings))
}

// changingFS gives other bytes at each opening.
type changingFS struct{ n int }

func (f *changingFS) Open(name string) (fs.File, error) {
	f.n++
	return fstest.MapFS{name: {Data: []byte(pdf + strings.Repeat(" ", f.n))}}.Open(name)
}

func TestDocumentsThatChangeWhileTheyAreFiled(t *testing.T) {
	c := newCounter(t, "2026-03-02 10:00:00", 1000)
	in := documented()
	in.Documents = &changingFS{}
	_, err := c.Registry().File(t.Context(), in)
	require.ErrorIs(t, err, icms.ErrInvalid)
	require.Contains(t, err.Error(), "changed while it was filed")
	require.Empty(t, c.blobs.(*memoryBlobs).kept)
}
