package filing

import (
	"bytes"

	"courts.example/eservices/icms/law"
)

// The media types that are recognised by content.
const (
	typePDF     = "application/pdf"
	typePNG     = "image/png"
	typeJPEG    = "image/jpeg"
	typeGIF     = "image/gif"
	typeTIFF    = "image/tiff"
	typeZip     = "application/zip"
	typeOLE     = "application/x-ole-storage"
	typeUnknown = "application/octet-stream"
	typeDOCX    = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	typeXLSX    = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
)

// MediaTypes lists the media types that [Inspect] recognises and that a court may take. Everything else is application/octet-stream,
// and older office files, or encrypted new ones, are application/x-ole-storage.
func MediaTypes() []string {
	return []string{typePDF, typePNG, typeJPEG, typeGIF, typeTIFF, typeDOCX, typeXLSX, typeZip}
}

func extensions(kind string) []string {
	switch kind {
	case typePDF:
		return []string{".pdf"}
	case typePNG:
		return []string{".png"}
	case typeJPEG:
		return []string{".jpg", ".jpeg"}
	case typeGIF:
		return []string{".gif"}
	case typeTIFF:
		return []string{".tif", ".tiff"}
	case typeDOCX:
		return []string{".docx"}
	case typeXLSX:
		return []string{".xlsx"}
	case typeZip:
		return []string{".zip"}
	}
	return nil
}

// sniff gives the type by the first bytes; a type that may begin anywhere else isn't looked for, so that a file is one thing
// only.
func sniff(head []byte) string {
	for _, s := range [...]struct{ magic, kind string }{
		{"%PDF-", typePDF},
		{"\x89PNG\r\n\x1a\n", typePNG},
		{"\xff\xd8\xff", typeJPEG},
		{"GIF87a", typeGIF},
		{"GIF89a", typeGIF},
		{"II*\x00", typeTIFF},
		{"MM\x00*", typeTIFF},
		{"PK\x03\x04", typeZip},
		{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", typeOLE},
	} {
		if bytes.HasPrefix(head, []byte(s.magic)) {
			return s.kind
		}
	}
	return typeUnknown
}

// incomplete says what the end of a document lacks, nil when nothing. Only the formats whose end mark is sure to stand at the end
// are asked: cameras write more behind that of a JPEG.
func incomplete(kind string, tail []byte) law.Text {
	switch {
	case kind == typePDF && !bytes.Contains(tail, []byte("%%EOF")):
		return law.T("its end mark %%EOF is missing", "缺少結束標記 %%EOF")
	case kind == typePNG && !bytes.Contains(tail, []byte("IEND\xae\x42\x60\x82")):
		return law.T("its last part IEND is missing", "缺少最後部分 IEND")
	}
	return nil
}
