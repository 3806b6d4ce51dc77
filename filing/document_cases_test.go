package filing_test

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"
	"testing/fstest"

	"courts.example/eservices/filing"
)

// goodPDF has two pages.
const goodPDF = "%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R 3 0 R] >>\nendobj\n" +
	"3 0 obj\n<< /Type /Page >>\nendobj\ntrailer\n<< /Root 1 0 R >>\nstartxref\n9\n%%EOF\n"

// foldedPDF packs its objects by a filter that only old files use.
const foldedPDF = "%PDF-1.5\n1 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Length 3 /Filter /LZWDecode >>\nstream\nxyz\nendstream\nendobj\n%%EOF\n"

// longPDF has that many pages.
func longPDF(pages int) string {
	return strings.Replace(goodPDF, "[3 0 R 3 0 R]", "["+strings.Repeat("3 0 R ", pages)+"]", 1)
}

// documentCases produces the codes about attached documents.
func documentCases() map[filing.Code]codeCase {
	return map[filing.Code]codeCase{
		"document.name.unsafe":    withDocuments(nil, "../secret.pdf"),
		"document.missing":        withDocuments(nil, "absent.pdf"),
		"document.repeated":       withDocuments(fstest.MapFS{"a.pdf": {Data: []byte(goodPDF)}}, "a.pdf", "a.pdf"),
		"document.too-many":       withDocuments(fstest.MapFS{"a.pdf": {Data: []byte(goodPDF)}}, "a.pdf", "b.pdf", "c.pdf", "d.pdf"),
		"document.empty":          withDocument("a.pdf", ""),
		"document.too-large":      withDocument("a.pdf", goodPDF+strings.Repeat(" ", 100000)),
		"document.type.not-taken": withDocument("a.pdf", "#!/bin/sh\n"),
		"document.type.mismatch":  withDocument("a.png", goodPDF),
		"document.damaged":        withDocument("a.pdf", goodPDF[:40]),
		"document.encrypted":      withDocument("a.pdf", strings.Replace(goodPDF, "/Root", "/Encrypt 5 0 R /Root", 1)),
		"document.unreadable":     withDocument("a.pdf", strings.Replace(goodPDF, "3 0 obj", "4 0 obj", 1)),
		"document.pages-unknown":  withDocument("a.pdf", foldedPDF),
		"document.too-many-pages": withDocument("a.pdf", longPDF(21)),
		"document.macros":         withDocument("a.docx", zipFile("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")),
	}
}

// withDocuments checks a claim that names documents.
func withDocuments(files fstest.MapFS, names ...string) codeCase {
	return func(t *testing.T) []filing.Finding {
		p := harbour(t)
		b := powerBatch(p)
		if files != nil {
			b.Documents = files
		}
		claim := goodClaim(1)
		claim.Documents = names
		return findingsOf(checkAll(t, p, b, claim))
	}
}

func withDocument(name, content string) codeCase {
	return withDocuments(fstest.MapFS{name: {Data: []byte(content)}}, name)
}

// zipFile makes a zip file with an empty file of each name.
func zipFile(names ...string) string {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range names {
		if _, err := w.Create(name); err != nil {
			panic(err)
		}
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return b.String()
}
