package pdf_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/filing/pdf"
)

// bomb is an object stream that unpacks to n bytes.
func bomb(n int) string {
	return newFile("1.5").stream(5, "/Type/ObjStm/N 1/First 4/Filter/FlateDecode", deflate(bytes.Repeat([]byte(" "), n))).
		pack(1, 5, 0).xrefStream(6, 0, "").String()
}

// hostile are files that ask for much.
func hostile() map[string]string {
	deep := newFile("1.4").object(1, "<</Type/Catalog/Pages 100 0 R>>")
	for i := range 400 {
		deep.object(100+i, fmt.Sprintf("<</Kids[%d 0 R]>>", 101+i))
	}
	updates := newFile("1.4").pages(1)
	for range 5000 {
		updates.table("")
	}
	return map[string]string{
		"depth of the tree":   deep.object(500, "<</Type/Page>>").table("").String(),
		"depth of a value":    newFile("1.4").object(1, "<</X"+strings.Repeat("[", 100000)+">>").table("").String(),
		"updates":             updates.String(),
		"object stream":       bomb(5 << 20),
		"objects":             newFile("1.4").object(1, "<</Type/Catalog/Pages 900000 0 R>>").object(900000, "<<>>").table("").String(),
		"work: open objects":  "%PDF-1.4\n" + strings.Repeat("1 0 obj<<(", 20000),
		"work: open trailers": "%PDF-1.4\n" + strings.Repeat("trailer<<(", 20000),
	}
}

// Each ends at its bound, having read no more than a multiple of the file.
func TestBounds(t *testing.T) {
	for name, content := range hostile() {
		t.Run(name, func(t *testing.T) {
			r := &counted{ReaderAt: strings.NewReader(content)}
			_, err := pdf.Inspect(t.Context(), r, int64(len(content)), pdf.Limits{})
			var bound *pdf.BoundError
			require.ErrorAs(t, err, &bound)
			require.Contains(t, name, bound.Bound)
			require.LessOrEqual(t, r.read, int64(8*len(content)+12<<20))
		})
	}
	_, err := inspect(bomb(2<<20), pdf.Limits{Unpacked: 1 << 20})
	require.ErrorContains(t, err, "unpacked")
	many := newFile("1.4").pages(100).table("").String()
	_, err = inspect(many, pdf.Limits{Objects: 90})
	require.ErrorContains(t, err, "objects")
	_, err = inspect(strings.Replace(many, "startxref", "", 1), pdf.Limits{Objects: 90})
	require.ErrorContains(t, err, "objects")
}

// The newest trailer is read whatever the bounds are, so it is known that a file is encrypted.
func TestEncryptedBeyondBounds(t *testing.T) {
	info, err := inspect(newFile("1.4").pages(100).table("/Encrypt 5 0 R").String(), pdf.Limits{Objects: 3})
	require.NoError(t, err)
	require.True(t, info.Encrypted)
}

type counted struct {
	io.ReaderAt
	read int64
}

func (c *counted) ReadAt(b []byte, at int64) (int, error) {
	c.read += int64(len(b))
	return c.ReaderAt.ReadAt(b, at)
}

// What is allocated in all stays within what is promised to be held, for ordinary files, and within a few times of it for the worst.
func TestMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("memory is measured where -short is not asked for: the race detector allocates too")
	}
	for name, c := range map[string]struct {
		content string
		limit   uint64
	}{
		"ordinary":  {newFile("1.4").pages(300).table("").String(), 256 << 10},
		"packed":    {modern(2).String(), 256 << 10},
		"sparse":    {newFile("1.4").pages(1).object(262143, "<<>>").table("").String(), 4 << 20},
		"unpacking": {bomb(4 << 20), 24 << 20},
		"one page, a million times": {newFile("1.4").object(1, "<</Type/Catalog/Pages 2 0 R>>").
			object(2, "<</Kids["+strings.Repeat("3 0 R ", 1_000_000)+"]>>").object(3, "<<>>").table("").String(), 24 << 20},
	} {
		size := int64(len(c.content))
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, _ = pdf.Inspect(t.Context(), strings.NewReader(c.content), size, pdf.Limits{})
		runtime.ReadMemStats(&after)
		require.LessOrEqual(t, after.TotalAlloc-before.TotalAlloc, c.limit, name)
	}
}

func FuzzInspect(f *testing.F) {
	for _, seed := range []string{newFile("1.4").pages(3).table("").String(), modern(2).String(), modern(4).String(), nested().String(), hybrid(), linearised(),
		newFile("1.4").pages(1).table("/Encrypt 9 0 R").String()} {
		f.Add([]byte(seed))
		f.Add([]byte(strings.Replace(seed, "startxref", "", 1)))
	}
	limits := pdf.Limits{Objects: 1000, Unpacked: 1 << 16, Depth: 10}
	f.Fuzz(func(t *testing.T, content []byte) {
		r := &counted{ReaderAt: bytes.NewReader(content)}
		info, err := pdf.Inspect(context.Background(), r, int64(len(content)), limits)
		if r.read > int64(8*len(content)+4<<20+4*(1<<16+64<<10)) {
			t.Fatalf("%d bytes read of %d", r.read, len(content))
		}
		switch {
		case err == nil && info.Pages == 0 && !info.Encrypted, info.Pages > limits.Objects, err != nil && info.Pages != 0:
			t.Fatalf("%+v, %v", info, err)
		}
	})
}

func BenchmarkInspect(b *testing.B) {
	for name, f := range map[string]*file{"table": newFile("1.4").pages(3).table(""), "streams": modern(2), "pages-1000": newFile("1.4").pages(1000).table("")} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := inspect(f.String(), pdf.Limits{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
