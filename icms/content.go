package icms

import (
	"context"
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/payment/ledger"
)

// identity is what names a batch: who hands it in, under which reference, with which contents.
type identity struct {
	id        string
	claimant  string   // the id in the register, or the words given when the register has none
	name      law.Text // the published name
	reference string
	fileHash  string
	content   string
	documents map[string]string // by name: the hash, or what stands for it when it was not read
}

// identify hashes the batch's bytes, the claims file and every document it names, and derives its names. It reads everything
// once and keeps nothing.
func (s *Service) identify(ctx context.Context, c *Court, in *Batch) (identity, error) {
	if err := checkBatch(in); err != nil {
		return identity{}, err
	}
	var who identity
	who.claimant = strings.TrimSpace(in.Claimant)
	if known, ok := c.Filing.Claimant(in.Claimant); ok {
		who.claimant, who.name = known.ID, known.Name
		may, err := c.mayFile(ctx, in.By.Organisation, known.ID)
		if err != nil {
			return identity{}, err
		}
		if !may {
			return identity{}, fmt.Errorf("%w: %s may not file for %s", ErrForbidden, in.By.Organisation, known.ID)
		}
	}
	if in.Claims.Size > maxFile(c) {
		return identity{}, invalid("%s has %d bytes, more than the %d that the largest batch of %d claims can need: split it",
			in.Claims.Name, in.Claims.Size, maxFile(c), c.Filing.Batches.Claims)
	}
	h := sha256.New()
	if _, err := copyContext(ctx, h, io.NewSectionReader(in.Claims.Bytes, 0, in.Claims.Size)); err != nil {
		return identity{}, fmt.Errorf("icms: reading %s: %w", in.Claims.Name, err)
	}
	who.fileHash = hex.EncodeToString(h.Sum(nil))

	whole := sha256.New()
	fmt.Fprintf(whole, "icms/content/1\n%s\n", who.fileHash)
	if in.Documents != nil {
		who.documents = map[string]string{}
		names, err := documentNames(ctx, in)
		if err != nil {
			return identity{}, err
		}
		for _, name := range names {
			sum, err := hashDocument(ctx, in.Documents, name, c.Filing.Documents.Bytes)
			if err != nil {
				return identity{}, err
			}
			fmt.Fprintf(whole, "%q %s\n", name, sum)
			who.documents[name] = sum
		}
	}
	who.content = hex.EncodeToString(whole.Sum(nil))
	who.reference = in.Reference
	if who.reference == "" {
		who.reference = "B" + strings.ToUpper(who.content[:16])
	}
	who.id = batchID(c.Code, who.claimant, who.reference)
	return who, nil
}

// batchID is the same for the same court, claimant and reference, so that two nodes that accept at once meet in one record.
func batchID(court, claimant, reference string) string {
	sum := sha256.Sum256([]byte(key(court, claimant, reference)))
	return court + "-" + base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(sum[:10])
}

func checkBatch(in *Batch) error {
	switch {
	case in.Claims.Bytes == nil || in.Format == nil:
		return invalid("a batch needs Claims and a Format that reads them")
	case strings.TrimSpace(in.Claimant) == "":
		return invalid("a batch needs a Claimant")
	case strings.TrimSpace(in.By.Organisation) == "" || len(in.By.Organisation) > 100 || strings.ContainsFunc(in.By.Organisation, notInID):
		return invalid("By.Organisation %.120q must name the registered user that files it, in at most 100 bytes without bars and control characters", in.By.Organisation)
	case in.Account != "" && ledger.AccountID(in.Account).Check() != nil:
		return invalid("Account %.120q is no account: name a deposit account, deposit:<organisation>/main or a branch's", in.Account)
	case in.Account != "" && ledger.AccountID(in.Account).Org() != in.By.Organisation:
		return fmt.Errorf("%w: %s may not spend the money of %.120s", ErrForbidden, in.By.Organisation, in.Account)
	case len(in.Reference) > 64 || strings.TrimSpace(in.Reference) != in.Reference || strings.ContainsFunc(in.Reference, notPrintable):
		return invalid("Reference %.80q must be at most 64 bytes of printable characters without spaces at its ends", in.Reference)
	}
	return nil
}

func notInID(r rune) bool { return r == '|' || notPrintable(r) }

func notPrintable(r rune) bool { return r < 0x20 || r == 0x7f || r == '\ufffd' }

// documentNames lists the documents that the claims name, sorted, each once. Names that can't be documents are left to the checks.
func documentNames(ctx context.Context, in *Batch) ([]string, error) {
	seen := map[string]bool{}
	for row, err := range in.Format.Read(ctx, in.Claims, filing.ReadOptions{}) {
		if err != nil {
			return nil, err
		}
		for _, name := range row.Claim.Documents {
			if filing.SafeName(name) {
				seen[strings.Clone(name)] = true
			}
		}
	}
	names := make([]string, 0, len(seen))
	for name := range seen {
		names = append(names, name)
	}
	slices.Sort(names)
	return names, nil
}

// missing stands for the hash of a document that isn't there: the checks say so to the user.
const missing = "missing"

// hashDocument hashes a document that the court may take; of one that is too large it gives the size alone.
func hashDocument(ctx context.Context, from fs.FS, name string, max int64) (string, error) {
	f, err := filing.OpenDocument(from, name)
	if errors.Is(err, fs.ErrNotExist) {
		return missing, nil
	}
	if err != nil {
		return "", fmt.Errorf("icms: %w", err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return "", fmt.Errorf("icms: document %s: %w", filing.Show(name), err)
	}
	size := info.Size()
	if size > max {
		return fmt.Sprintf("%d bytes", size), nil
	}
	h := sha256.New()
	if n, err := copyContext(ctx, h, f); err != nil {
		return "", fmt.Errorf("icms: document %s: %w", filing.Show(name), err)
	} else if n != size { // it was cut short, or is still being written
		return "", changed(name)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// copyContext copies until the end, an error, or the end of the context.
func copyContext(ctx context.Context, w io.Writer, r io.Reader) (int64, error) {
	return io.Copy(w, readerFunc(func(b []byte) (int, error) {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		return r.Read(b)
	}))
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(b []byte) (int, error) { return f(b) }

// filed reads the batch of an identity: the one of its reference, or else the one that brought the same bytes under another. A
// reference that was used with other bytes is a *ConflictError; nil means that neither was there.
func (s *Service) filed(ctx context.Context, c *Court, in *Batch, who identity) (*batchRecord, error) {
	kept, err := s.reload(ctx, who.id)
	if errors.Is(err, ErrNotFound) {
		kept, err = s.sameBytes(ctx, c, who)
	}
	switch {
	case err != nil || kept == nil:
		return nil, err
	case kept.By.Organisation != in.By.Organisation:
		return nil, fmt.Errorf("%w: batch %s was filed by another registered user", ErrForbidden, who.reference)
	case kept.Content != who.content:
		return nil, &ConflictError{Court: c.Code, Claimant: kept.Claimant, Reference: kept.Reference, First: kept.Content,
			Received: kept.Receipt.Documents.Received.In(c.Zone()), Content: who.content}
	}
	return kept, nil
}

// sameBytes reads the batch that brought the same contents, nil when there is none.
func (s *Service) sameBytes(ctx context.Context, c *Court, who identity) (*batchRecord, error) {
	hits, err := s.store.Match(ctx, indexContent, []string{key(c.Code, who.claimant, who.content)})
	if err != nil {
		return nil, fmt.Errorf("icms: batch %s: %w", who.reference, err)
	}
	if len(hits) == 0 {
		return nil, nil
	}
	return readBatch(hits[0].Record)
}
