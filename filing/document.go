package filing

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"courts.example/eservices/icms/law"
)

// DocumentLimits say which documents a court takes.
type DocumentLimits struct {
	// Types are the media types taken, out of MediaTypes.
	Types []string `json:"types"`
	// Bytes is the largest size of one document.
	Bytes int64 `json:"bytes"`
	// PerClaim is the largest number of documents of one claim.
	PerClaim int `json:"perClaim"`
	// Pages is the largest number of pages of one PDF document, 0 for no limit.
	Pages     int           `json:"pages,omitempty"`
	Provision law.Provision `json:"provision"`
}

// Document is what is known of an attached document.
type Document struct {
	// Name is the name by which the claim gives it.
	Name string `json:"name"`
	// MediaType is what the content is, whatever the name says.
	MediaType string `json:"mediaType"`
	// Size is the length in bytes, SHA256 the digest of them in hexadecimal.
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
	// Pages is the number of pages of a PDF, 0 when it isn't known and of other types.
	Pages int `json:"pages,omitempty"`
	// Encrypted says that it can't be read without a password.
	Encrypted bool `json:"encrypted,omitempty"`
}

// Inspect looks at one document: its type by content, its size, its digest, whether it is whole and readable. What is wrong with it are
// findings without a path. A document that is empty or too large isn't read: the Document then has neither type nor digest. It
// reads the bytes once in pieces of 64 KiB, then looks into a PDF for its pages by [pdf.Inspect]: it holds less than 24 MiB whatever the file
// is, less than 2 MiB for any other type and for ordinary PDFs, and takes time in proportion to the size. The error is one of
// reading: the context's, the File's, or that the file is shorter than its Size.
func Inspect(ctx context.Context, f File, limits DocumentLimits) (Document, []Finding, error) {
	d := Document{Name: f.Name, Size: f.Size}
	i := inspection{document: &d, limits: &limits}
	switch {
	case f.Size <= 0:
		i.found(codeDocumentEmpty, law.Provision{})
		return d, i.findings, nil
	case f.Size > limits.Bytes:
		i.found(codeDocumentTooLarge, limits.Provision, law.V("bytes", f.Size), law.V("limit", limits.Bytes))
		return d, i.findings, nil
	}
	content, err := readContent(ctx, f)
	if err != nil {
		return Document{}, nil, fmt.Errorf("document %s: %w", Show(f.Name), err)
	}
	d.SHA256 = content.digest
	if err := i.classify(ctx, content, f); err != nil {
		return Document{}, nil, fmt.Errorf("document %s: %w", Show(f.Name), err)
	}
	return d, i.findings, nil
}

// inspection gathers the findings about one document.
type inspection struct {
	document *Document
	limits   *DocumentLimits
	findings []Finding
}

func (i *inspection) found(code Code, p law.Provision, values ...law.Value) {
	values = append([]law.Value{law.V("document", i.document.Name)}, values...)
	e, _ := Describe(code)
	i.findings = append(i.findings, Finding{Code: code, Severity: e.Severity, Provision: p, Values: safe(values)})
}

// classify recognises the type and looks at what is particular to it.
func (i *inspection) classify(ctx context.Context, c content, f File) error {
	kind := sniff(c.head)
	var archive zipPackage
	if kind == typeZip {
		var err error
		if archive, err = readZip(f); err != nil {
			return err
		}
		kind = archive.mediaType()
	}
	i.document.MediaType = kind
	if !slices.Contains(i.limits.Types, kind) {
		i.found(codeDocumentType, i.limits.Provision, law.V("type", kind), law.V("types", strings.Join(i.limits.Types, ", ")))
		return nil
	}
	if !fits(i.document.Name, kind) {
		i.found(codeDocumentExtension, law.Provision{}, law.V("type", kind))
	}
	i.document.Encrypted = archive.encrypted
	detail := incomplete(kind, c.tail)
	if kind == typePDF {
		if err := i.pages(ctx, f, detail != nil); err != nil {
			return err
		}
	}
	if i.document.Encrypted {
		i.found(codeDocumentEncrypted, law.Provision{})
	}
	if archive.macros {
		i.found(codeDocumentMacros, law.Provision{})
	}
	if detail != nil {
		i.found(codeDocumentDamaged, law.Provision{}, law.V("detail", detail))
	}
	return nil
}

// fits reports whether the name ends as documents of the type do.
func fits(name, kind string) bool {
	return slices.Contains(extensions(kind), strings.ToLower(path.Ext(name)))
}

// content is what one pass over the bytes of a document leaves.
type content struct {
	head, tail []byte // the first and the last KiB
	digest     string
}

const (
	pieceBytes = 64 << 10
	edgeBytes  = 1 << 10
)

// readContent reads every byte once.
func readContent(ctx context.Context, f File) (content, error) {
	var c content
	digest := sha256.New()
	buf := make([]byte, pieceBytes)
	for at := int64(0); at < f.Size; {
		if err := ctx.Err(); err != nil {
			return content{}, err
		}
		piece := buf[:min(int64(len(buf)), f.Size-at)]
		n, err := f.Bytes.ReadAt(piece, at)
		if n < len(piece) {
			if err == nil || err == io.EOF {
				err = fmt.Errorf("has only %d of its %d bytes; it changed while it was read: %w", at+int64(n), f.Size, io.ErrUnexpectedEOF)
			}
			return content{}, err
		}
		if at == 0 {
			c.head = slices.Clone(piece[:min(len(piece), edgeBytes)])
		}
		digest.Write(piece)
		c.tail = keepTail(c.tail, piece)
		at += int64(n)
	}
	c.digest = hex.EncodeToString(digest.Sum(nil))
	return c, nil
}

// keepTail keeps the last KiB of everything read.
func keepTail(tail, piece []byte) []byte {
	tail = append(tail, piece[max(0, len(piece)-edgeBytes):]...)
	return slices.Delete(tail, 0, max(0, len(tail)-edgeBytes))
}
