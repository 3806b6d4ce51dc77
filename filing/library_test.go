package filing_test

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/unicode/norm"

	"courts.example/eservices/filing"
)

// checkDocuments checks claims that name documents of a folder.
func checkDocuments(t *testing.T, files fs.FS, lists ...[]string) []filing.Checked {
	t.Helper()
	p := harbour(t)
	b := powerBatch(p)
	b.Documents = files
	claims := make([]filing.Claim, len(lists))
	for i, names := range lists {
		claims[i] = goodClaim(i)
		claims[i].Documents = names
	}
	out, _ := checkAll(t, p, b, claims...)
	return out
}

func TestClaimDocuments(t *testing.T) {
	files := fstest.MapFS{"a.pdf": {Data: []byte(goodPDF)}, "scans/b.png": {Data: []byte(goodPNG)}, "dir/c.pdf": {Data: []byte(goodPDF)}}
	out := checkDocuments(t, files, []string{"a.pdf", "scans/b.png"}, []string{"dir", "a.pdf"}, nil)
	require.Empty(t, out[0].Findings)
	require.Len(t, out[0].Documents, 2)
	require.Equal(t, "scans/b.png", out[0].Documents[1].Name)
	require.Equal(t, "image/png", out[0].Documents[1].MediaType)
	require.Equal(t, []filing.Code{"document.missing"}, codesOf(out[1].Findings), "a folder is no document")
	require.Equal(t, "/documents/0", out[1].Findings[0].Path.Pointer)
	require.Equal(t, 3, out[1].Line)
	require.Len(t, out[1].Documents, 1, "the other one is there")
	require.Empty(t, out[2].Documents)
}

// counting counts how often a document is opened.
type counting struct {
	fs.FS
	opened map[string]int
}

func (c counting) Open(name string) (fs.File, error) {
	c.opened[name]++
	return c.FS.Open(name)
}

func (c counting) Stat(name string) (fs.FileInfo, error) { return fs.Stat(c.FS, name) }

// A document that many claims name is read once.
func TestSharedDocument(t *testing.T) {
	files := counting{fstest.MapFS{"terms.pdf": {Data: []byte(goodPDF)}}, map[string]int{}}
	lists := make([][]string, 50)
	for i := range lists {
		lists[i] = []string{"terms.pdf", "absent.pdf"}
	}
	out := checkDocuments(t, files, lists...)
	for _, c := range out {
		require.Equal(t, out[0].Documents, c.Documents)
		require.Equal(t, []filing.Code{"document.missing"}, codesOf(c.Findings))
	}
	require.Equal(t, map[string]int{"terms.pdf": 1}, files.opened)
}

// streaming is a file system whose files only stream.
type streaming struct{ fs.FS }

func (s streaming) Open(name string) (fs.File, error) {
	f, err := s.FS.Open(name)
	return struct{ fs.File }{f}, err
}

func TestStreamingFiles(t *testing.T) {
	out := checkDocuments(t, streaming{fstest.MapFS{"a.pdf": {Data: []byte(goodPDF)}}}, []string{"a.pdf"})
	require.Empty(t, out[0].Findings)
	require.Len(t, out[0].Documents[0].SHA256, 64)
}

func TestDocumentNamesOfBothForms(t *testing.T) {
	name := "reçu.pdf"
	for _, stored := range []string{norm.NFC.String(name), norm.NFD.String(name)} {
		for _, asked := range []string{norm.NFC.String(name), norm.NFD.String(name)} {
			out := checkDocuments(t, fstest.MapFS{stored: {Data: []byte(goodPDF)}}, []string{asked})
			require.Empty(t, out[0].Findings, "%+q as %+q", asked, stored)
		}
	}
	out := checkDocuments(t, fstest.MapFS{"reçu.pdf": {Data: []byte(goodPDF)}}, []string{norm.NFC.String(name), norm.NFD.String(name)})
	require.Equal(t, []filing.Code{"document.repeated"}, codesOf(out[0].Findings))
}

// In a folder of the disk a link leads nowhere else, and a name below a file is just missing.
func TestFolder(t *testing.T) {
	dir := t.TempDir()
	inside := filepath.Join(dir, "documents")
	require.NoError(t, os.Mkdir(inside, 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(inside, "a.pdf"), []byte(goodPDF), 0o644))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "secret.pdf"), []byte(goodPDF), 0o644))
	root, err := os.OpenRoot(inside)
	require.NoError(t, err)
	defer root.Close()

	out := checkDocuments(t, root.FS(), []string{"a.pdf", "a.pdf/b.pdf", "../secret.pdf"})
	require.Equal(t, []filing.Code{"document.missing", "document.name.unsafe"}, codesOf(out[0].Findings))
	require.Len(t, out[0].Documents, 1)

	if err := os.Symlink("../secret.pdf", filepath.Join(inside, "link.pdf")); err != nil {
		t.Skip("no symbolic links here:", err)
	}
	_, err = filing.OpenDocument(root.FS(), "link.pdf")
	require.Error(t, err)
}

func TestOpenDocument(t *testing.T) {
	_, err := filing.OpenDocument(nil, "a.pdf")
	require.ErrorIs(t, err, fs.ErrNotExist)
	_, err = filing.OpenDocument(fstest.MapFS{}, "../a.pdf")
	require.ErrorIs(t, err, fs.ErrNotExist)
	f, err := filing.OpenDocument(fstest.MapFS{"a.pdf": {Data: []byte(goodPDF)}}, "a.pdf")
	require.NoError(t, err)
	require.NoError(t, f.Close())
}

// unreadable is a disk that fails.
type unreadable struct{}

func (unreadable) Open(string) (fs.File, error) { return nil, errDrive }

func TestDocumentErrorEndsTheCheck(t *testing.T) {
	p := harbour(t)
	b := powerBatch(p)
	b.Documents = unreadable{}
	c, err := p.NewCheck(b)
	require.NoError(t, err)
	claim := goodClaim(1)
	claim.Documents = []string{"a.pdf"}
	_, err = drain(c, context.Background(), rows(claim))
	require.ErrorIs(t, err, errDrive)
	require.ErrorContains(t, err, "line 2: document a.pdf")
}
