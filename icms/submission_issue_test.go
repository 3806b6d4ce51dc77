package icms_test

import (
	"bytes"
	"io"
	"io/fs"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/calendar"
	calendarhk "courts.example/eservices/calendar/hk"
	"courts.example/eservices/icms"
	"courts.example/eservices/icms/blob"
	icmshk "courts.example/eservices/icms/hk"
	"courts.example/eservices/icms/law"
)

// TestAnAwardThatWasIssuedBeginsTheTime, also when it is corrected: what was sent against the first stands against the second.
func TestAnAwardThatWasIssuedBeginsTheTime(t *testing.T) {
	c := newCase(t)
	issue := icms.Issue{Court: "SCT", Case: firstCase, Kind: icms.PaperAward, Words: law.T("The defendant pays.", "被告人須付款。"), By: registrar}
	first, err := c.Registry().Issue(t.Context(), issue)
	require.NoError(t, err)
	require.Equal(t, "2026-03-11", c.last(icmshk.Review))
	c.set("2026-03-03 10:00:00")
	c.closure("flood", calendarhk.Direction, "2026-03-03 09:00:00", "")
	in := paper(icmshk.Review)
	require.Equal(t, icms.DocumentPending, c.submit(in).Document.State)

	issue.Corrects, issue.Day, issue.Words = first.Document.Serial, calendar.MustDate("2026-03-02"), law.T("The defendant pays in part.", "被告人須付部分款項。")
	second, err := c.Registry().Issue(t.Context(), issue)
	require.NoError(t, err)
	done := c.closure("flood", calendarhk.Direction, "2026-03-03 09:00:00", "2026-03-03 11:00:00")
	require.Len(t, done.Papers, 1)
	d := c.submit(in).Document
	require.Equal(t, icms.DocumentReceived, d.State)
	require.Equal(t, second.Document.Serial, d.Limit.Paper)
	c.proven()
}

// endless is a file system with one large file that is made while it is read.
type endless struct{ size int64 }

func (e endless) Open(name string) (fs.File, error) {
	if name != "large.pdf" {
		return nil, fs.ErrNotExist
	}
	const head, tail = "%PDF-1.7\n1 0 obj<</Pages 2 0 R>>endobj 2 0 obj<</Kids[3 0 R]>>endobj 3 0 obj<</Type/Page>>endobj\n", "trailer<</Root 1 0 R>>\n%%EOF\n"
	blank := e.size - int64(len(head)+len(tail))
	body := io.MultiReader(bytes.NewReader([]byte(head)), io.LimitReader(spaces{}, blank), bytes.NewReader([]byte(tail)))
	return &endlessFile{Reader: body, size: e.size}, nil
}

type spaces struct{}

func (spaces) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = ' '
	}
	return len(b), nil
}

type endlessFile struct {
	io.Reader
	size int64
}

func (f *endlessFile) Close() error               { return nil }
func (f *endlessFile) Stat() (fs.FileInfo, error) { return f, nil }
func (f *endlessFile) Name() string               { return "large.pdf" }
func (f *endlessFile) Size() int64                { return f.size }
func (f *endlessFile) Mode() fs.FileMode          { return 0o444 }
func (f *endlessFile) ModTime() time.Time         { return time.Time{} }
func (f *endlessFile) IsDir() bool                { return false }
func (f *endlessFile) Sys() any                   { return nil }

// TestALargeFileIsStreamed sends a file of 100 MB, and keeps no more of it in memory than its pieces.
func TestALargeFileIsStreamed(t *testing.T) {
	c := newCase(t)
	folder, err := blob.OpenFolder(t.TempDir())
	require.NoError(t, err)
	c.blobs, c.court.Filing.Documents.Bytes = folder, 128<<20
	c.open()
	in := paper(icmshk.Evidence)
	in.Files, in.Names = endless{100 << 20}, []string{"large.pdf"}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	d := c.submit(in).Document
	runtime.ReadMemStats(&after)
	require.EqualValues(t, 100<<20, d.Files[0].Size)
	require.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(8<<20), "allocated in all")

	in.Files, in.Reference = endless{200 << 20}, "too large"
	require.Equal(t, []string{"document.too-large"}, c.refused(in))
}
