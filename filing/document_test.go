package filing_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/filing"
)

func inspect(t testing.TB, name, content string) (filing.Document, []filing.Finding) {
	t.Helper()
	f := filing.File{Name: name, Bytes: strings.NewReader(content), Size: int64(len(content))}
	d, findings, err := filing.Inspect(context.Background(), f, harbour(t).Documents)
	require.NoError(t, err)
	return d, findings
}

const (
	goodPNG  = "\x89PNG\r\n\x1a\n....IDAT....\x00\x00\x00\x00IEND\xae\x42\x60\x82"
	goodJPEG = "\xff\xd8\xff\xe0..JFIF..\xff\xd9 a camera's own bytes"
)

func TestInspectTypes(t *testing.T) {
	for _, c := range []struct {
		name, content, kind string
		codes               []filing.Code
	}{
		{"a.pdf", goodPDF, "application/pdf", nil},
		{"A.PDF", goodPDF, "application/pdf", nil},
		{"a.png", goodPNG, "image/png", nil},
		{"a.jpg", goodJPEG, "image/jpeg", nil},
		{"a.jpeg", goodJPEG, "image/jpeg", nil},
		{"a.gif", "GIF89a...;", "image/gif", nil},
		{"a.tif", "II*\x00....", "image/tiff", nil},
		{"a.tiff", "MM\x00*....", "image/tiff", nil},
		{"a.docx", zipFile("[Content_Types].xml", "word/document.xml"), "application/vnd.openxmlformats-officedocument.wordprocessingml.document", nil},
		{"a.xlsx", zipFile("[Content_Types].xml", "xl/workbook.xml"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", nil},
		{"a.docx", zipFile("word/document.xml"), "application/zip", []filing.Code{"document.type.not-taken"}},
		{"a.doc", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "application/x-ole-storage", []filing.Code{"document.type.not-taken"}},
		{"a.pdf", "MZ\x90\x00", "application/octet-stream", []filing.Code{"document.type.not-taken"}},
		{"a.pdf", "\n" + goodPDF, "application/octet-stream", []filing.Code{"document.type.not-taken"}},
		{"a.pdf", "%", "application/octet-stream", []filing.Code{"document.type.not-taken"}},
		{"a.pdf.exe", goodPDF, "application/pdf", []filing.Code{"document.type.mismatch"}},
		{"a", goodPDF, "application/pdf", []filing.Code{"document.type.mismatch"}},
		{"a.png", goodPNG[:30], "image/png", []filing.Code{"document.damaged"}},
		{"a.pdf", goodPDF + strings.Repeat(" ", 2000), "application/pdf", []filing.Code{"document.damaged"}},
	} {
		d, findings := inspect(t, c.name, c.content)
		require.Equal(t, c.kind, d.MediaType, "%s %.20q", c.name, c.content)
		require.ElementsMatch(t, c.codes, codesOf(findings), "%s %.20q", c.name, c.content)
		sum := sha256.Sum256([]byte(c.content))
		require.Equal(t, hex.EncodeToString(sum[:]), d.SHA256)
		require.Equal(t, int64(len(c.content)), d.Size)
	}
}

// The pages of a PDF are counted, or it is said why not.
func TestPDF(t *testing.T) {
	trailer := func(entry string) string { return strings.Replace(goodPDF, "/Root", entry+" /Root", 1) }
	missing := strings.Replace(goodPDF, "3 0 obj", "4 0 obj", 1)
	deep := strings.Replace(goodPDF, "/Type /Page ", "/Type /Page /A "+strings.Repeat("[", 1000)+strings.Repeat("]", 1000), 1)
	for _, c := range []struct {
		content   string
		pages     int
		encrypted bool
		codes     []filing.Code
	}{
		{goodPDF, 2, false, nil},
		{longPDF(20), 20, false, nil},
		{longPDF(21), 21, false, []filing.Code{"document.too-many-pages"}},
		{missing, 0, false, []filing.Code{"document.unreadable"}},
		{strings.Replace(missing, "%%EOF", "", 1), 0, false, []filing.Code{"document.damaged"}},
		{strings.Replace(goodPDF, "%%EOF", "", 1), 2, false, []filing.Code{"document.damaged"}},
		{foldedPDF, 0, false, []filing.Code{"document.pages-unknown"}},
		{deep, 0, false, []filing.Code{"document.pages-unknown"}},
		{trailer("/Encrypt 12 0 R"), 0, true, []filing.Code{"document.encrypted"}},
		{trailer("/Encrypt<< /V 4 >>"), 0, true, []filing.Code{"document.encrypted"}},
		{strings.Replace(missing, "/Root", "/Encrypt 9 0 R /Root", 1), 0, true, []filing.Code{"document.encrypted"}},
		{strings.Replace(deep, "/Root", "/Encrypt 9 0 R /Root", 1), 0, false, []filing.Code{"document.pages-unknown"}},
		{trailer("/EncryptMetadata true"), 2, false, nil},
		{trailer("/Info (the word /Encrypt 1 0 R in text)"), 2, false, nil},
	} {
		d, findings := inspect(t, "a.pdf", c.content)
		require.ElementsMatch(t, c.codes, codesOf(findings), "%.300s", c.content)
		require.Equal(t, c.pages, d.Pages, "%.300s", c.content)
		require.Equal(t, c.encrypted, d.Encrypted, "%.300s", c.content)
	}
	d, _ := inspect(t, "a.png", strings.Replace(goodPNG, "....", "/Encrypt 1 0 R", 1))
	require.False(t, d.Encrypted, "only a PDF says it so")
}

// Where reading fails on the way through a PDF that is an error, never a finding.
func TestPDFReadErrors(t *testing.T) {
	for after := range 4 {
		f := filing.File{Name: "a.pdf", Bytes: &wearing{strings.NewReader(goodPDF), after}, Size: int64(len(goodPDF))}
		_, _, err := filing.Inspect(t.Context(), f, harbour(t).Documents)
		require.ErrorIs(t, err, errDrive)
	}
}

// wearing fails after some readings.
type wearing struct {
	io.ReaderAt
	left int
}

func (w *wearing) ReadAt(b []byte, at int64) (int, error) {
	if w.left--; w.left < 0 {
		return 0, errDrive
	}
	return w.ReaderAt.ReadAt(b, at)
}

func TestEncryptedZip(t *testing.T) {
	b := []byte(zipFile("[Content_Types].xml", "word/document.xml"))
	at := bytes.Index(b, []byte("PK\x01\x02"))
	b[at+8] |= 1
	d, findings := inspect(t, "a.docx", string(b))
	require.True(t, d.Encrypted)
	require.Equal(t, []filing.Code{"document.encrypted"}, codesOf(findings))
}

// A directory that lies about itself makes no package of a file, and costs nothing.
func TestHostileZip(t *testing.T) {
	good := zipFile("[Content_Types].xml", "word/document.xml")
	end := strings.LastIndex(good, "PK\x05\x06")
	for name, change := range map[string]func([]byte){
		"a directory of 4 GB":      func(b []byte) { binary.LittleEndian.PutUint32(b[end+12:], 0xffffffff) },
		"a directory past the end": func(b []byte) { binary.LittleEndian.PutUint32(b[end+16:], 0xfffffff0) },
		"no directory there":       func(b []byte) { binary.LittleEndian.PutUint32(b[end+16:], 0) },
		"a name past the end": func(b []byte) {
			at := bytes.Index(b, []byte("PK\x01\x02"))
			binary.LittleEndian.PutUint16(b[at+28:], 0xffff)
		},
	} {
		b := []byte(good)
		change(b)
		d, _ := inspect(t, "a.docx", string(b))
		require.Equal(t, "application/zip", d.MediaType, name)
	}
	d, _ := inspect(t, "a.docx", good[:end])
	require.Equal(t, "application/zip", d.MediaType, "cut short")
}

func TestSizeLimits(t *testing.T) {
	limits := harbour(t).Documents
	limits.Bytes = int64(len(goodPDF))
	f := filing.File{Name: "a.pdf", Bytes: strings.NewReader(goodPDF), Size: limits.Bytes}
	_, findings, err := filing.Inspect(context.Background(), f, limits)
	require.NoError(t, err)
	require.Empty(t, findings)
	limits.Bytes--
	f.Bytes = failing{} // it isn't even read
	d, findings, err := filing.Inspect(context.Background(), f, limits)
	require.NoError(t, err)
	require.Equal(t, []filing.Code{"document.too-large"}, codesOf(findings))
	require.Empty(t, d.SHA256)
}

var errDrive = errors.New("drive failed")

type failing struct{}

func (failing) ReadAt([]byte, int64) (int, error) { return 0, errDrive }

func TestInspectErrors(t *testing.T) {
	limits := harbour(t).Documents
	_, _, err := filing.Inspect(context.Background(), filing.File{Name: "a.pdf", Bytes: failing{}, Size: 10}, limits)
	require.ErrorIs(t, err, errDrive)
	require.ErrorContains(t, err, "document a.pdf")

	short := filing.File{Name: "a\x1b.pdf", Bytes: strings.NewReader(goodPDF), Size: int64(len(goodPDF)) + 5}
	_, _, err = filing.Inspect(context.Background(), short, limits)
	require.ErrorIs(t, err, io.ErrUnexpectedEOF)
	require.ErrorContains(t, err, "changed while it was read")
	require.NotContains(t, err.Error(), "\x1b")

	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, _, err = filing.Inspect(ctx, filing.File{Name: "a.pdf", Bytes: strings.NewReader(goodPDF), Size: 10}, limits)
	require.ErrorIs(t, err, context.Canceled)
}

func FuzzInspect(f *testing.F) {
	for _, seed := range []string{goodPDF, goodPNG, goodJPEG, zipFile("[Content_Types].xml", "xl/workbook.xml", "xl/vbaProject.bin"), "PK\x03\x04PK\x05\x06", ""} {
		f.Add([]byte(seed))
	}
	limits := harbour(f).Documents
	f.Fuzz(func(t *testing.T, content []byte) {
		d, findings, err := filing.Inspect(context.Background(),
			filing.File{Name: "a.pdf", Bytes: bytes.NewReader(content), Size: int64(len(content))}, limits)
		if err != nil {
			t.Fatal(err)
		}
		if len(findings) == 0 && (d.MediaType != "application/pdf" || d.Encrypted) {
			t.Fatalf("%+v passes as a PDF", d)
		}
		for _, f := range findings {
			_ = f.String()
		}
	})
}
