package main

import (
	"io"
	"math"
	"testing/fstest"
)

// page is a PDF of one empty page.
const page = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n" +
	"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\nxref\n0 4\n0000000000 65535 f \n0000000009 00000 n \n" +
	"0000000054 00000 n \n0000000105 00000 n \ntrailer<</Size 4/Root 1 0 R>>\nstartxref\n171\n%%EOF\n"

// pdf is a folder with one such file, no two of the same bytes.
func pdf(name string) fstest.MapFS {
	return fstest.MapFS{name: {Data: []byte(page + "% " + name + "\n")}}
}

// length reads a file to its end, in pieces.
func length(f io.ReaderAt) (int64, error) {
	return io.Copy(io.Discard, io.NewSectionReader(f, 0, math.MaxInt64))
}
