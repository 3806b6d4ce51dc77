package pdf_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/filing/pdf"
)

func inspect(content string, limits pdf.Limits) (pdf.Info, error) {
	return pdf.Inspect(context.Background(), strings.NewReader(content), int64(len(content)), limits)
}

// modern is a file whose catalogue and pages are packed.
func modern(predictor byte) *file {
	return newFile("1.5").objectStream(5, 1, "<</Type/Catalog/Pages 2 0 R/Version/1.7>>", 2, tree(10, 2), 10, "<</Type/Page>>", 11, "<</Type/Page>>").
		xrefStream(6, predictor, "")
}

// nested is a tree three levels deep whose children stand in an object of their own.
func nested() *file {
	return newFile("1.3").object(1, "<</Type/Catalog/Pages 2 0 R>>").
		object(2, "<</Type/Pages/Kids 3 0 R/Count 99>>").object(3, "[4 0 R 5 0 R]").
		object(4, "<</Type/Pages/Kids[6 0 R 6 0 R]>>").object(5, "<</Typ#65/P#61ge % it (is)\n/Note(a \\) >> (b))>>").
		object(6, "<</Parent 4 0 R/X[<</Kids[9]>>]/S<abc>>>").table("")
}

func TestPages(t *testing.T) {
	for name, c := range map[string]struct {
		content string
		want    pdf.Info
	}{
		"one page":    {newFile("1.4").pages(1).table("").String(), pdf.Info{Pages: 1, Version: "1.4"}},
		"many pages":  {newFile("1.4").pages(500).table("").String(), pdf.Info{Pages: 500, Version: "1.4"}},
		"nested":      {nested().String(), pdf.Info{Pages: 3, Version: "1.3"}},
		"packed":      {modern(0).String(), pdf.Info{Pages: 2, Version: "1.7"}},
		"predictor 1": {modern(1).String(), pdf.Info{Pages: 2, Version: "1.7"}},
		"predictor 2": {modern(2).String(), pdf.Info{Pages: 2, Version: "1.7"}},
		"predictor 3": {modern(3).String(), pdf.Info{Pages: 2, Version: "1.7"}},
		"predictor 4": {modern(4).String(), pdf.Info{Pages: 2, Version: "1.7"}},
		"an update with more pages": {newFile("1.4").pages(2).table("").object(2, tree(10, 3)).object(12, "<</Type/Page>>").table("").String(),
			pdf.Info{Pages: 3, Version: "1.4"}},
		"a packed update": {newFile("1.4").pages(2).table("").objectStream(7, 2, tree(10, 3), 12, "<</Type/Page>>").xrefStream(8, 2, "").String(),
			pdf.Info{Pages: 3, Version: "1.4"}},
		"hybrid":     {hybrid(), pdf.Info{Pages: 2, Version: "1.4"}},
		"linearised": {linearised(), pdf.Info{Pages: 2, Version: "1.4"}},
		"an object stream that isn't deflated": {newFile("1.5").object(9, "37").
			object(8, "<</Type/ObjStm/N 1/First 4/Length 9 0 R>>\nstream\r\n1 0 <</Type/Catalog/Pages 2 0 R    >>\nendstream").
			object(2, tree(10, 1)).object(10, "<</Type/Page>>").pack(1, 8, 0).xrefStream(6, 0, "").String(), pdf.Info{Pages: 1, Version: "1.5"}},
		"bytes before the header": {"\n\n" + newFile("1.4").pages(2).table("").String(), pdf.Info{Pages: 2, Version: "1.4"}},
	} {
		t.Run(name, func(t *testing.T) {
			info, err := inspect(c.content, pdf.Limits{})
			require.NoError(t, err)
			require.Equal(t, c.want, info)
		})
	}
}

func (f *file) pack(number, stream, index int) *file {
	f.packed[number] = [2]int{stream, index}
	return f
}

// hybrid hides its pages in a stream that only its table's trailer names.
func hybrid() string {
	f := newFile("1.4").object(1, "<</Type/Catalog/Pages 2 0 R>>")
	outer := f.offsets
	f.offsets = map[int]int{}
	f.objectStream(5, 2, tree(10, 2), 10, "<</Type/Page>>", 11, "<</Type/Page>>").xrefStream(6, 2, "")
	at := f.prev
	f.offsets, f.prev = outer, -1
	return f.table(fmt.Sprintf("/XRefStm %d", at)).String()
}

// linearised has its newest cross-reference at the start, which refers to the one at the end.
func linearised() string {
	build := func(first, second int) (string, int, int) {
		f := newFile("1.4").object(20, "<</Linearized 1/N 2>>")
		firstAt := f.Len()
		fmt.Fprintf(f, "xref\n1 1\n%010d 00000 n \n10 1\n%010d 00000 n \ntrailer\n<</Root 1 0 R/Prev %05d>>\nstartxref\n0\n%%%%EOF\n", first, first+50, second)
		catalogue := f.Len()
		fmt.Fprintf(f, "%-50s%-50s", "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj", "10 0 obj<</Type/Page>>endobj")
		f.offsets = map[int]int{}
		f.object(2, tree(10, 2)).object(11, "<</Type/Page>>")
		secondAt := f.Len()
		f.table("")
		text := f.String()
		return text[:strings.LastIndex(text, "startxref")] + fmt.Sprintf("startxref\n%d\n%%%%EOF\n", firstAt), catalogue, secondAt
	}
	_, first, second := build(0, 0)
	text, _, _ := build(first, second)
	return text
}

// A file whose cross-reference is wrong is read by its objects.
func TestRepair(t *testing.T) {
	good := newFile("1.4").pages(3).table("").String()
	for name, content := range map[string]string{
		"no startxref":           strings.Replace(good, "startxref", "startzzzz", 1),
		"startxref elsewhere":    strings.Replace(good, "startxref\n", "startxref\n9", 1),
		"shifted":                strings.Replace(good, "\n", "\n% a line more\n", 1),
		"no table":               strings.Replace(good, "xref\n0 1", "xxxx\n0 1", 1),
		"cut short":              good[:strings.Index(good, "xref")],
		"a circle of updates":    newFile("1.4").pages(3).table(" /Prev 0000").String(),
		"line ends changed":      strings.ReplaceAll(good, "\n", "\r\n"),
		"far apart":              strings.ReplaceAll(good, "endobj", "endobj"+strings.Repeat(" ", 40000)),
		"packed, cut short":      strings.Split(newFile("1.5").object(1, "<</Type/Catalog/Pages 2 0 R>>").objectStream(5, 2, tree(10, 3), 10, "<</Type/Page>>", 11, "<<>>", 12, "<<>>").xrefStream(6, 2, "").String(), "6 0 obj")[0],
		"an object is elsewhere": strings.Replace(good, "12 0 obj", " 12 0 obj", 1),
	} {
		t.Run(name, func(t *testing.T) {
			info, err := inspect(content, pdf.Limits{})
			require.NoError(t, err)
			require.Equal(t, 3, info.Pages)
		})
	}
}

func TestEncrypted(t *testing.T) {
	for name, c := range map[string]struct {
		content string
		want    bool
	}{
		"a reference":           {newFile("1.4").pages(1).table("/Encrypt 9 0 R").String(), true},
		"a dictionary":          {newFile("1.4").pages(1).table("/Encrypt<</V 4>>").String(), true},
		"an escaped name":       {newFile("1.4").pages(1).table("/Encr#79pt 9 0 R").String(), true},
		"in a stream's trailer": {newFile("1.5").pages(1).xrefStream(6, 2, "/Encrypt 9 0 R").String(), true},
		"found by looking":      {strings.Replace(newFile("1.4").pages(1).table("/Encrypt 9 0 R").String(), "startxref", "", 1), true},
		"null":                  {newFile("1.4").pages(1).table("/Encrypt null").String(), false},
		"another key":           {newFile("1.4").pages(1).table("/EncryptMetadata true").String(), false},
		"a word in a page":      {newFile("1.4").pages(1).object(9, "(/Encrypt 9 0 R)").table("").String(), false},
	} {
		t.Run(name, func(t *testing.T) {
			info, err := inspect(c.content, pdf.Limits{})
			require.NoError(t, err)
			require.Equal(t, c.want, info.Encrypted)
			require.Equal(t, c.want, info.Pages == 0)
		})
	}
}

func TestMalformed(t *testing.T) {
	for name, content := range map[string]string{
		"empty":                   "",
		"no header":               strings.Replace(newFile("1.4").pages(1).table("").String(), "%PDF", "%FDP", 1),
		"only a header":           "%PDF-1.4\n",
		"no pages":                newFile("1.4").pages(0).table("").String(),
		"no tree":                 newFile("1.4").object(1, "<</Type/Catalog>>").table("").String(),
		"a page is missing":       newFile("1.4").object(1, "<</Type/Catalog/Pages 2 0 R>>").object(2, tree(10, 2)).object(10, "<</Type/Page>>").table("").String(),
		"a circle":                newFile("1.4").object(1, "<</Type/Catalog/Pages 2 0 R>>").object(2, "<</Type/Pages/Kids[2 0 R]>>").table("").String(),
		"a page is a number":      newFile("1.4").object(1, "<</Type/Catalog/Pages 2 0 R>>").object(2, tree(10, 1)).object(10, "17").table("").String(),
		"a child is no reference": newFile("1.4").object(1, "<</Type/Catalog/Pages 2 0 R>>").object(2, "<</Kids[<</Type/Page>>]>>").table("").String(),
		"a tree with twice the same": newFile("1.4").object(1, "<</Type/Catalog/Pages 2 0 R>>").object(2, "<</Kids[3 0 R 3 0 R]>>").
			object(3, "<</Kids[4 0 R]>>").object(4, "<</Type/Page>>").table("").String(),
	} {
		t.Run(name, func(t *testing.T) {
			info, err := inspect(content, pdf.Limits{})
			var malformed *pdf.MalformedError
			require.ErrorAs(t, err, &malformed)
			require.Contains(t, err.Error(), malformed.Detail)
			require.Zero(t, info.Pages)
		})
	}
}

func TestUnsupported(t *testing.T) {
	packed := newFile("1.5").stream(5, "/Type/ObjStm/N 1/First 4/Filter/LZWDecode", []byte("1 0 <<>>")).pack(1, 5, 0).xrefStream(6, 0, "").String()
	for _, content := range []string{packed, strings.Replace(packed, "startxref", "", 1), strings.Replace(packed, "/Filter/LZWDecode", "/Filter[/FlateDecode/LZWDecode]", 1)} {
		_, err := inspect(content, pdf.Limits{})
		var unsupported *pdf.UnsupportedError
		require.ErrorAs(t, err, &unsupported)
		require.Contains(t, err.Error(), unsupported.Feature)
	}
}

var errDrive = errors.New("drive failed")

type failing struct {
	io.ReaderAt
	after int
}

func (f *failing) ReadAt(b []byte, at int64) (int, error) {
	if f.after--; f.after < 0 {
		return 0, errDrive
	}
	return f.ReaderAt.ReadAt(b, at)
}

// An error of reading is that, wherever it comes, and never one about the file.
func TestReadErrors(t *testing.T) {
	content := strings.Replace(modern(2).String(), "startxref", "", 1)
	for after := 0; ; after++ {
		_, err := pdf.Inspect(t.Context(), &failing{strings.NewReader(content), after}, int64(len(content)), pdf.Limits{})
		if err == nil {
			require.Greater(t, after, 3)
			break
		}
		require.ErrorIs(t, err, errDrive)
	}
	_, err := pdf.Inspect(t.Context(), strings.NewReader(content), int64(len(content))+10, pdf.Limits{})
	require.ErrorIs(t, err, io.ErrUnexpectedEOF)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = pdf.Inspect(ctx, strings.NewReader(content), int64(len(content)), pdf.Limits{})
	require.ErrorIs(t, err, context.Canceled)
}
