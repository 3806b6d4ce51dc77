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

// rows is a cross-reference stream of n rows that say nothing.
func rows(widths, parameters string, n int) string {
	f := newFile("1.5").pages(1)
	at := f.Len()
	f.offsets[6] = at
	f.stream(6, fmt.Sprintf("/Type/XRef/W[%s]/Size %d/Root 1 0 R/Filter/FlateDecode%s", widths, 1<<40, parameters), deflate(make([]byte, n)))
	return f.end(at).String()
}

// crowded has n pages in an object stream, all of them at the same place: one long dictionary.
func crowded(n int) string {
	f := newFile("1.5").object(1, "<</Type/Catalog/Pages 2 0 R>>").object(2, tree(10, n))
	var directory strings.Builder
	for i := range n {
		fmt.Fprintf(&directory, "%d 0 ", 10+i)
		f.pack(10+i, 5, i)
	}
	body := "<</Type/Page/X[" + strings.Repeat("1 ", 1<<20) + "]>>"
	return f.stream(5, fmt.Sprintf("/Type/ObjStm/N %d/First %d/Filter/FlateDecode", n, directory.Len()), deflate([]byte(directory.String()+body))).
		xrefStream(6, 0, "").String()
}

// laughs is a tree of that many levels whose every node has the next one twice: a page for each way down, if it were followed.
func laughs(levels int) string {
	f := newFile("1.4").object(1, "<</Type/Catalog/Pages 2 0 R>>")
	for i := range levels {
		f.object(2+i, fmt.Sprintf("<</Type/Pages/Count 2/Kids[%[1]d 0 R %[1]d 0 R]>>", 3+i))
	}
	return f.object(2+levels, "<</Type/Page>>").table("").String()
}

// thrash has pages in turn in two object streams of 3 MB, of which only one is kept.
func thrash(n int) string {
	f := newFile("1.5").object(1, "<</Type/Catalog/Pages 2 0 R>>").object(2, tree(10, n))
	for s := range 2 {
		var directory strings.Builder
		count := 0
		for i := s; i < n; i += 2 {
			fmt.Fprintf(&directory, "%d 0 ", 10+i)
			f.pack(10+i, 5+s, count)
			count++
		}
		body := "<</Type/Page>>" + strings.Repeat(" ", 3<<20)
		f.stream(5+s, fmt.Sprintf("/Type/ObjStm/N %d/First %d/Filter/FlateDecode", count, directory.Len()), deflate([]byte(directory.String()+body)))
	}
	return f.xrefStream(8, 0, "").String()
}

// Small files that ask for much work cost little, whether they are answered or not: what is read of them, what is allocated, and in how many pieces.
func TestBombs(t *testing.T) {
	if testing.Short() {
		t.Skip("memory is measured where -short is not asked for: the race detector allocates too")
	}
	for name, c := range map[string]struct {
		content, says string
	}{
		"millions of rows":            {rows("1 0 0", "", 32<<20), ""},
		"millions of predicted rows":  {rows("1 0 0", "/DecodeParms<</Predictor 12/Columns 1>>", 32<<20), ""},
		"the widest rows":             {rows("1 0 0", "/DecodeParms<</Predictor 15/Columns 65536>>", 32<<20), ""},
		"too wide rows":               {rows("1 0 0", "/DecodeParms<</Predictor 15/Columns 65536/Colors 32/BitsPerComponent 16>>", 32<<20), ""}, // repaired
		"columns without an end":      {rows("1 0 0", "/DecodeParms<</Predictor 15/Columns 999999999999999999>>", 32<<20), ""},
		"more rows than may be":       {rows("1 0 0", "", 65<<20), "unpacked"},
		"pages at one place":          {crowded(20000), "work"},
		"object streams in turn":      {thrash(100), "unpacked"},
		"a tree of laughs":            {laughs(60), "circle"},
		"a count of objects that lie": {newFile("1.5").stream(5, "/Type/ObjStm/N 999999999999/First 4/Filter/FlateDecode", deflate([]byte("1 0 <<>>"))).pack(1, 5, 0).xrefStream(6, 0, "").String(), "objects"},
		"a table without an end":      {strings.Replace(newFile("1.4").pages(1).table("").String(), "xref\n0 1", "xref\n0 999999999999999999", 1), ""},
	} {
		size := int64(len(c.content))
		require.Less(t, size, int64(1<<20), name)
		r := &counted{ReaderAt: strings.NewReader(c.content)}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		info, err := pdf.Inspect(t.Context(), r, size, pdf.Limits{})
		runtime.ReadMemStats(&after)
		if c.says == "" {
			require.NoError(t, err, name)
			require.Equal(t, 1, info.Pages, name)
		} else {
			require.ErrorContains(t, err, c.says, name)
		}
		require.LessOrEqual(t, r.read, 8*size+12<<20, name)
		limit := uint64(24 << 20)
		if name == "object streams in turn" { // which are let go again: not held, but allocated
			limit = 24 * 12 << 20
		}
		require.LessOrEqual(t, after.TotalAlloc-before.TotalAlloc, limit, name)
		require.LessOrEqual(t, after.Mallocs-before.Mallocs, uint64(50_000), name)
	}
}

// What a tree says of the number of its pages is not believed.
func TestCountsThatLie(t *testing.T) {
	for _, count := range []string{"0", "1", "-3", "999999999999999999", "9 0 R", "/Many"} {
		info, err := inspect(strings.Replace(newFile("1.4").pages(3).table("").String(), "/Count 3", "/Count "+count, 1), pdf.Limits{})
		require.NoError(t, err, count)
		require.Equal(t, 3, info.Pages, count)
	}
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
