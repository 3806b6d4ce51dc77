package filing

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"syscall"

	"golang.org/x/text/unicode/norm"

	"courts.example/eservices/icms/law"
)

// library inspects the documents of a batch, each of them once as long as it is remembered.
type library struct {
	files  fs.FS
	limits DocumentLimits
	known  map[string]inspected
}

type inspected struct {
	document Document
	findings []Finding
	missing  bool
}

// maxKnown bounds the documents that are remembered for the claims that name them too.
const maxKnown = 4096

func newLibrary(files fs.FS, limits DocumentLimits) *library {
	return &library{files: files, limits: limits, known: make(map[string]inspected)}
}

// inspect looks at the documents that a claim names.
func (l *library) inspect(ctx context.Context, c *Context, claim *Claim) ([]Document, []Finding, error) {
	var documents []Document
	var findings []Finding
	report := func(code Code, pointer string, p law.Provision, values ...law.Value) {
		findings = append(findings, c.finding(c.entries[code], pointer, p, values))
	}
	names := claim.Documents
	if limit := l.limits.PerClaim; len(names) > limit {
		report(codeDocumentMany, "/documents", l.limits.Provision, law.V("documents", len(names)), law.V("limit", limit))
		names = names[:limit]
	}
	for i, name := range names {
		pointer := fmt.Sprintf("/documents/%d", i)
		switch {
		case !SafeName(name):
			report(codeDocumentName, pointer, law.Provision{}, law.V("document", name))
			continue
		case contains(names[:i], name):
			report(codeDocumentRepeated, pointer, law.Provision{}, law.V("document", name))
			continue
		}
		one, err := l.open(ctx, name)
		if err != nil {
			return nil, nil, err
		}
		if one.missing {
			report(codeDocumentMissing, pointer, law.Provision{}, law.V("document", name))
			continue
		}
		for _, f := range one.findings {
			f.Path = c.path(pointer)
			findings = append(findings, f)
		}
		documents = append(documents, one.document)
	}
	return documents, findings, nil
}

func contains(names []string, name string) bool {
	for _, n := range names {
		if norm.NFC.String(n) == norm.NFC.String(name) {
			return true
		}
	}
	return false
}

// open inspects a document, or remembers it.
func (l *library) open(ctx context.Context, name string) (inspected, error) {
	if one, ok := l.known[name]; ok {
		return one, nil
	}
	one, err := l.read(ctx, name)
	if err != nil {
		return inspected{}, err
	}
	if len(l.known) == maxKnown {
		clear(l.known)
	}
	l.known[name] = one
	return one, nil
}

func (l *library) read(ctx context.Context, name string) (inspected, error) {
	file, err := OpenDocument(l.files, name)
	if errors.Is(err, fs.ErrNotExist) {
		return inspected{missing: true}, nil
	}
	if err != nil {
		return inspected{}, err
	}
	defer file.Close()
	whole, err := l.whole(file, name)
	if err != nil {
		return inspected{}, fmt.Errorf("document %s: %w", Show(name), err)
	}
	document, findings, err := Inspect(ctx, whole, l.limits)
	return inspected{document: document, findings: findings}, err
}

// whole gives the file with its bytes at hand; those of a file system that only streams are read first, unless they are too many to
// be taken.
func (l *library) whole(file fs.File, name string) (File, error) {
	info, err := file.Stat()
	if err != nil {
		return File{}, err
	}
	whole := File{Name: name, Size: info.Size()}
	if r, ok := file.(io.ReaderAt); ok {
		whole.Bytes = r
	} else if whole.Size <= l.limits.Bytes {
		b, err := io.ReadAll(io.LimitReader(file, whole.Size))
		if err != nil {
			return File{}, err
		}
		whole.Bytes = bytes.NewReader(b)
	}
	return whole, nil
}

// OpenDocument opens the document of that name, whichever way the file system writes letters with marks: as one character or as
// two. The error of a document that isn't there, is no regular file, or is a link out of an os.Root wraps fs.ErrNotExist; so does that
// of any document when files is nil.
func OpenDocument(files fs.FS, name string) (fs.File, error) {
	if files == nil || !SafeName(name) {
		return nil, fmt.Errorf("document %s: %w", Show(name), fs.ErrNotExist)
	}
	for _, form := range [...]string{name, norm.NFC.String(name), norm.NFD.String(name)} {
		info, err := fs.Stat(files, form) // before opening, which waits for ever on a pipe
		switch {
		case errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) || errors.Is(err, syscall.ELOOP) || leadsAway(err):
			continue
		case err == nil && !info.Mode().IsRegular():
			return nil, fmt.Errorf("document %s: is no regular file: %w", Show(name), fs.ErrNotExist)
		case err == nil:
			var file fs.File
			if file, err = files.Open(form); err == nil {
				return file, nil
			}
		}
		return nil, fmt.Errorf("document %s: %w", Show(name), err)
	}
	return nil, fmt.Errorf("document %s: %w", Show(name), fs.ErrNotExist)
}

// leadsAway reports whether an os.Root refused a link that leads out of it, for which package os has no sentinel.
func leadsAway(err error) bool {
	var refused *fs.PathError
	return errors.As(err, &refused) && refused.Err.Error() == "path escapes from parent"
}

// maxName is the longest name of a document in bytes, as file systems have it.
const maxName = 255

// SafeName reports whether a document's name can be opened on any system and leads nowhere else: a relative path with / between
// its parts, without . and .. parts, backslashes, colons, control and invisible characters, or the other characters that file
// systems treat in special ways; no part begins or ends with a space or ends with a dot.
func SafeName(name string) bool {
	if !fs.ValidPath(name) || name == "." || len(name) > maxName || !examine(name).clean() || strings.ContainsAny(name, `\:*?"<>|`) {
		return false
	}
	for part := range strings.SplitSeq(name, "/") {
		if strings.TrimSpace(part) != part || strings.HasSuffix(part, ".") || device(part) {
			return false
		}
	}
	return true
}

// device reports whether some system takes the name for a device, whatever its extension.
func device(part string) bool {
	stem, _, _ := strings.Cut(strings.ToUpper(part), ".")
	switch stem {
	case "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$":
		return true
	}
	return len(stem) == 4 && (strings.HasPrefix(stem, "COM") || strings.HasPrefix(stem, "LPT")) && stem[3] >= '0' && stem[3] <= '9'
}
