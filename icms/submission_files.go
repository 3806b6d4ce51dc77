package icms

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms/blob"
	"courts.example/eservices/icms/law"
)

// takenFiles are the files of a submission as they were taken in: what is inspected is what is kept.
type takenFiles struct {
	documents []filing.Document
	staged    []blob.Staged
	findings  []filing.Finding
	// content is the hash of all that was sent.
	content string
}

// takeFiles takes the files of a submission in and inspects them. drop must be called. Bytes pass through in pieces, however large a file is.
func (s *Service) takeFiles(ctx context.Context, c *Court, in *Submission) (*takenFiles, error) {
	t := new(takenFiles)
	limits := c.Filing.Documents
	found := func(code filing.Code, i int, values ...law.Value) {
		t.findings = append(t.findings, filing.NewFinding(code, fmt.Sprintf("/files/%d", i), law.Provision{}, values...))
	}
	names := in.Names
	switch n := len(names); {
	case n == 0:
		t.findings = append(t.findings, filing.NewFinding(filing.SubmissionNoFiles, "/files", law.Provision{}))
	case n > limits.PerClaim:
		t.findings = append(t.findings, filing.NewFinding(filing.SubmissionManyFiles, "/files", limits.Provision,
			law.V("files", n), law.V("limit", limits.PerClaim)))
		names = names[:limits.PerClaim]
	}
	for i, name := range names {
		switch {
		case !filing.SafeName(name):
			found(fileUnsafe, i, law.V("document", name))
			continue
		case slices.Contains(names[:i], name):
			found(filing.SubmissionRepeated, i, law.V("document", name))
			continue
		}
		err := s.takeFile(ctx, t, in.Files, name, i, limits)
		if errors.Is(err, fs.ErrNotExist) {
			found(fileMissing, i, law.V("document", name))
			continue
		}
		if err != nil {
			t.drop()
			return nil, err
		}
	}
	t.content = contentOf(in, t.documents)
	return t, nil
}

// The codes of files that are not there; the others are those of filing.Inspect.
const (
	fileUnsafe  filing.Code = "document.name.unsafe"
	fileMissing filing.Code = "document.missing"
)

// takeFile takes one file in. One that is too large is not read.
func (s *Service) takeFile(ctx context.Context, t *takenFiles, from fs.FS, name string, i int, limits filing.DocumentLimits) error {
	f, err := filing.OpenDocument(from, name)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return fmt.Errorf("icms: document %s: %w", filing.Show(name), err)
	}
	whole := filing.File{Name: name, Size: info.Size()}
	if whole.Size <= limits.Bytes {
		staged, err := s.blobs.Stage(ctx, readerFunc(func(b []byte) (int, error) {
			if err := ctx.Err(); err != nil {
				return 0, err
			}
			return f.Read(b)
		}), limits.Bytes)
		switch {
		case errors.Is(err, blob.ErrTooLarge): // it grew since
			whole.Size = limits.Bytes + 1
		case err != nil:
			return fmt.Errorf("icms: taking in document %s: %w", filing.Show(name), err)
		case staged.Size() != whole.Size: // it was cut short, or is still being written
			return errors.Join(changed(name), staged.Drop())
		default:
			t.staged = append(t.staged, staged)
			whole.Bytes, whole.Size = io.ReaderAt(staged), staged.Size()
		}
	}
	d, findings, err := filing.Inspect(ctx, whole, limits)
	if err != nil {
		return fmt.Errorf("icms: %w", err)
	}
	for _, f := range findings {
		f.Path.Pointer = fmt.Sprintf("/files/%d", i)
		t.findings = append(t.findings, f)
	}
	t.documents = append(t.documents, d)
	return nil
}

// keep makes the bytes durable. Those that no paper then names are taken away by Sweep.
func (t *takenFiles) keep(ctx context.Context) error {
	for _, b := range t.staged {
		if err := b.Keep(ctx); err != nil {
			return fmt.Errorf("icms: keeping the files of the paper: %w", err)
		}
	}
	return nil
}

func (t *takenFiles) drop() {
	for _, b := range t.staged {
		b.Drop() // what can't be taken back now is swept later
	}
}

// contentOf hashes all that is sent: the files and what is said about them.
func contentOf(in *Submission, files []filing.Document) string {
	h := sha256.New()
	said, err := json.Marshal([]any{in.Party, in.Kind, in.Title, in.Against, in.Corrects, in.Time})
	if err != nil { // strings and numbers always marshal
		said = nil
	}
	fmt.Fprintf(h, "icms/paper/1\n%s\n", said)
	for _, f := range files {
		fmt.Fprintf(h, "%q %d %s\n", f.Name, f.Size, f.SHA256)
	}
	return hex.EncodeToString(h.Sum(nil))
}
