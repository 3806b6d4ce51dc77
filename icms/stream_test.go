package icms_test

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms"
	"courts.example/eservices/icms/blob"
	icmshk "courts.example/eservices/icms/hk"
)

// upload is a file system of one document, paper.pdf, which is made while it is read: whatever its size, there is never more of it than
// what is asked for. At byte fails the reading ends, with an error or as if that were all.
type upload struct {
	size, fails int64
	err         error
	// read is called with the place, at each reading.
	read func(at int64)
}

func (u *upload) Open(name string) (fs.File, error) {
	if name != "paper.pdf" && name != "award.pdf" {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return &uploading{upload: u}, nil
}

type uploading struct {
	*upload
	at int64
}

func (f *uploading) Stat() (fs.FileInfo, error) { return f, nil }
func (f *uploading) Close() error               { return nil }
func (f *uploading) Name() string               { return "paper.pdf" }
func (f *uploading) Size() int64                { return f.size }
func (f *uploading) Mode() fs.FileMode          { return 0o400 }
func (f *uploading) ModTime() time.Time         { return time.Time{} }
func (f *uploading) IsDir() bool                { return false }
func (f *uploading) Sys() any                   { return nil }

// Read gives a PDF document with much behind its objects.
func (f *uploading) Read(p []byte) (int, error) {
	if f.read != nil {
		f.read(f.at)
	}
	if f.fails > 0 && f.at >= f.fails {
		return 0, f.err
	}
	if f.at == f.size {
		return 0, io.EOF
	}
	p = p[:min(int64(len(p)), f.size-f.at)]
	clear(p)
	copy(p, goodPDF[min(f.at, int64(len(goodPDF))):])
	if end := f.size - int64(len(goodPDF)); f.at+int64(len(p)) > end {
		copy(p[max(0, end-f.at):], goodPDF[max(0, f.at-end):])
	}
	f.at += int64(len(p))
	return len(p), nil
}

// heap measures the live heap now and then, while bytes pass.
type heap struct {
	base, peak uint64
	next       int64
}

func live() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

func (h *heap) start() { h.base, h.next = live(), 0 }

// at measures each 10 MB.
func (h *heap) at(place int64) {
	if place >= h.next {
		h.next = place + 10<<20
		now := live()
		h.peak = max(h.peak, now-min(h.base, now))
	}
}

// streams is a counter whose bytes are in a folder, and which takes documents of 100 MB.
func streams(t *testing.T) (c *counter, folder string) {
	c, folder = newCase(t), t.TempDir()
	blobs, err := blob.OpenFolder(folder)
	require.NoError(t, err)
	c.blobs = blobs
	c.court.Filing.Documents.Bytes = 101 << 20
	c.open()
	return c, folder
}

// A document of 100 MB goes in, from a party and from the court, and out, by an inspection and with a message: what is held of it at any
// time is a few pieces.
func TestALargeDocumentTakesLittleMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("writes 200 MB")
	}
	const size = 100 << 20
	c, _ := streams(t)
	var h heap
	in := paper(icmshk.Evidence)
	in.Files = &upload{size: size, read: h.at}
	h.start()
	c.submit(in)
	issued := award()
	issued.Files = &upload{size: size, read: h.at}
	h.start()
	c.issue(issued)
	require.Less(t, h.peak, uint64(2<<20), "while it comes in")

	passes := func(f blob.File, err error) {
		t.Helper()
		require.NoError(t, err)
		h.start()
		place, buf := int64(0), make([]byte, 64<<10)
		for {
			n, err := f.ReadAt(buf, place)
			h.at(place)
			if place += int64(n); err == io.EOF {
				break
			}
			require.NoError(t, err)
		}
		require.Equal(t, int64(size), place)
		require.NoError(t, f.Close())
	}
	h.peak = 0
	q := c.bought(byNumber(stranger))
	h.start()
	passes(c.Inspection().Open(t.Context(), q.ID, firstCase, 1, 0))
	box, _, err := c.Messages().Inbox(t.Context(), defendant.Organisation, "", 10)
	require.NoError(t, err)
	brought := 0
	for _, m := range box {
		if m.Document == 2 {
			passes(c.Messages().File(t.Context(), m.ID, defendant, 0))
			brought++
		}
	}
	require.Equal(t, 1, brought)
	require.Less(t, h.peak, uint64(2<<20), "while it goes out")
	t.Logf("most that was live while it went out: %d KiB", h.peak>>10)
}

// contents lists the files in a folder of blobs, whole or on their way.
func contents(t *testing.T, folder string) (out []string) {
	require.NoError(t, filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && d.Name() != "lock" {
			out = append(out, path)
		}
		return err
	}))
	return out
}

// A document whose reading fails, ends too early, goes on for too long or is given up leaves nothing behind, be it sent by a party or by the court;
// sent again, it is taken.
func TestADocumentThatIsCutShortIsNotThere(t *testing.T) {
	c, folder := streams(t)
	before := contents(t, folder)
	const size, cut = 3 << 20, 2 << 20
	drive := errors.New("the drive is gone")
	given, giveUp := context.WithCancel(t.Context())
	for name, one := range map[string]struct {
		upload
		ctx  context.Context
		want error
	}{
		"an error":        {upload{size: size, fails: cut, err: drive}, t.Context(), drive},
		"a cut line":      {upload{size: size, fails: cut, err: io.ErrUnexpectedEOF}, t.Context(), io.ErrUnexpectedEOF},
		"an early end":    {upload{size: size, fails: cut, err: io.EOF}, t.Context(), icms.ErrInvalid},
		"the sender left": {upload{size: size, read: func(at int64) { giveUp() }}, given, context.Canceled},
	} {
		in, out := paper(icmshk.Evidence), award()
		in.Files, out.Files = &one.upload, &one.upload
		_, err := c.Registry().Submit(one.ctx, in)
		require.ErrorIs(t, err, one.want, name)
		_, err = c.Registry().Issue(one.ctx, out)
		require.ErrorIs(t, err, one.want, name)
		require.Equal(t, before, contents(t, folder), name)
		papers, _, err := c.Registry().Papers(t.Context(), "SCT", firstCase, "", 10)
		require.NoError(t, err)
		require.Empty(t, papers, name)
	}
	in := paper(icmshk.Evidence)
	in.Files = &upload{size: size}
	require.Equal(t, 1, c.submit(in).Document.Serial)
}

// A document of a batch that ends too early is no document either.
func TestADocumentOfABatchThatIsCutShort(t *testing.T) {
	c, folder := streams(t)
	before := contents(t, folder)
	in := batch("reference,category,amount,defendant_name,defendant_address,nature,particulars,calculation,arose_on,documents\n" +
		"D-1,other,1000,Defendant 0001,\"Flat 1, Sample House\",services,Unpaid charges,Sum of invoices,2026-01-05,paper.pdf\n")
	in.Documents = &upload{size: 3 << 20, fails: 2 << 20, err: io.EOF}
	_, err := c.Registry().File(t.Context(), in)
	require.ErrorIs(t, err, icms.ErrInvalid)
	require.Equal(t, before, contents(t, folder))
}

// Bytes that are no longer those that were kept are not given, not even the first of them.
func TestADocumentThatIsDamagedIsNotShown(t *testing.T) {
	c, folder := streams(t)
	before := contents(t, folder)
	in := paper(icmshk.Evidence)
	in.Files = &upload{size: 3 << 20}
	c.submit(in)
	q := c.bought(byNumber(stranger))
	for _, path := range contents(t, folder) {
		if len(before) == 0 || path != before[0] {
			require.NoError(t, os.Chmod(path, 0o600))
			require.NoError(t, os.Truncate(path, 2<<20))
		}
	}
	_, err := c.Inspection().Open(t.Context(), q.ID, firstCase, 1, 0)
	require.ErrorIs(t, err, blob.ErrCorrupt)
}
