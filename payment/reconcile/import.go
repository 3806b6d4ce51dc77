package reconcile

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/internal/key"
	"courts.example/eservices/payment/ledger"
)

// Import says what is imported.
type Import struct {
	Gateway string
	// Name is the file's name, for people; By who imports it. At most 100 bytes each.
	Name, By string
}

// ImportCSV imports a settlement file; see [ReadCSV] for what it is. It is written in one change as a whole, or nothing of it is: its
// lines, what it makes known of their batches, and the ledger entries for fees and payouts. The same file again changes nothing, whatever
// its name; a line that is known from another file changes nothing either, but a line that was in no batch and now is moves into it,
// and one that says something else than it said is a break.
//
// Errors wrap ErrInvalid, ErrEmpty (no line in it, or a payout of nothing), ErrTotals (a line, or a batch that is paid out, doesn't add up;
// when lines of the batch came on days before, import those again first) or ErrTooLarge; then nothing was written.
func (r *Reconciler) ImportCSV(ctx context.Context, im Import, file io.Reader) (File, error) {
	h := sha256.New()
	rows, err := collect(ReadCSV(io.TeeReader(&bounded{file, MaxBytes}, h)))
	if err != nil {
		return File{}, fmt.Errorf("file %.80q: %w", im.Name, err)
	}
	return r.take(ctx, im, hex.EncodeToString(h.Sum(nil)), rows)
}

// ImportLines imports lines as a gateway's Settler gives them, as ImportCSV imports a file. The same lines in the same order are the same
// file.
func (r *Reconciler) ImportLines(ctx context.Context, im Import, lines []payment.SettlementLine) (File, error) {
	if len(lines) > MaxLines {
		return File{}, fmt.Errorf("%w: %d lines, at most %d are taken at once", ErrTooLarge, len(lines), MaxLines)
	}
	rows := make([]Row, len(lines))
	for i, l := range lines {
		var err error
		if rows[i], err = (Row{SettlementLine: l, Number: i + 1}).checked(); err != nil {
			return File{}, err
		}
	}
	hash, err := hashLines(rows)
	if err != nil {
		return File{}, err
	}
	return r.take(ctx, im, hash, rows)
}

// Fetch asks a gateway's Settler for the lines of some value dates ("2006-01-02") and imports them together. A batch may hold lines of
// several dates; name all of them.
func (r *Reconciler) Fetch(ctx context.Context, gateway, by string, dates ...string) (File, error) {
	g, err := r.gateway(gateway)
	if err != nil {
		return File{}, err
	}
	if g.Settler == nil {
		return File{}, fmt.Errorf("%w: gateway %q has no Settler; import its files", ErrInvalid, gateway)
	}
	var all []payment.SettlementLine
	for _, date := range dates {
		if err := checkDate(date); err != nil {
			return File{}, fmt.Errorf("%w: %w", ErrInvalid, err)
		}
		lines, err := g.Settler.Settlement(ctx, payment.SettlementDay{Date: date})
		if err != nil {
			return File{}, fmt.Errorf("reconcile: settlement of %s on %s: %w", gateway, date, err)
		}
		all = append(all, lines...)
	}
	return r.ImportLines(ctx, Import{Gateway: gateway, Name: strings.Join(span(dates), " to "), By: by}, all)
}

// span is the first and the last of some dates.
func span(dates []string) []string {
	if len(dates) < 2 {
		return dates
	}
	return []string{slices.Min(dates), slices.Max(dates)}
}

// collect holds what a reader gives.
func collect(rows iter.Seq2[Row, error]) ([]Row, error) {
	var all []Row
	for row, err := range rows {
		if err != nil {
			return nil, err
		}
		all = append(all, row)
	}
	return all, nil
}

// maxTries bounds how often a change is built again because what it rests on changed meanwhile.
const maxTries = 16

// take writes a settlement, unless that was done before.
func (r *Reconciler) take(ctx context.Context, im Import, hash string, rows []Row) (File, error) {
	g, err := r.gateway(im.Gateway)
	if err == nil {
		err = im.check()
	}
	if err != nil {
		return File{}, err
	}
	if len(rows) == 0 {
		return File{}, fmt.Errorf("%w: %.80q of %s has no lines", ErrEmpty, im.Name, im.Gateway)
	}
	for range maxTries {
		before, err := r.File(ctx, im.Gateway, hash)
		if before.Again = err == nil; !errors.Is(err, ErrNoFile) {
			return before, err
		}
		p := intake{r: r, g: g, file: File{
			Gateway: im.Gateway, Hash: hash, Name: im.Name, By: im.By, ImportedAt: r.now(), Lines: len(rows),
		}}
		change, err := p.plan(ctx, rows)
		var applied store.Applied
		if err == nil {
			applied, err = r.apply(ctx, change, "import", im.By)
		}
		switch {
		case err == nil && !applied.Replayed:
			return p.file, nil
		case err != nil && !errors.Is(err, ErrChanged):
			return File{}, fmt.Errorf("reconcile: %.80q of %s: %w", im.Name, im.Gateway, err)
		}
	}
	return File{}, fmt.Errorf("%w: %.80q of %s", ErrChanged, im.Name, im.Gateway)
}

func (im Import) check() error {
	err := key.CheckText("the name", im.Name, payment.MaxID)
	if err == nil {
		err = key.CheckID("who imports", im.By, payment.MaxID)
	}
	if err != nil {
		return fmt.Errorf("%w: %w", ErrInvalid, err)
	}
	return nil
}

// bounded refuses to read more than some bytes.
type bounded struct {
	r    io.Reader
	left int
}

func (b *bounded) Read(p []byte) (int, error) {
	if b.left == 0 {
		if n, err := io.ReadFull(b.r, make([]byte, 1)); n == 0 {
			return 0, err
		}
		return 0, fmt.Errorf("%w: more than %d bytes", ErrTooLarge, MaxBytes)
	}
	n, err := b.r.Read(p[:min(len(p), b.left)])
	b.left -= n
	return n, err
}

// apply commits a change with its audit link. What it rests on being another by now is ErrChanged.
func (r *Reconciler) apply(ctx context.Context, c store.Change, action, by string) (store.Applied, error) {
	if r.Chain != nil {
		if c.Chain = r.Chain(c.At); c.Chain != "" {
			c.Note = note(action, by, c.ID)
		}
	}
	applied, err := r.Store.Apply(ctx, c)
	if err == nil {
		return applied, nil
	}
	return applied, overtaken(r.Ledger.Explain(ctx, c, err))
}

// overtaken adds ErrChanged to an error which says that another node was faster. The ids of our ledger entries derive from what they book,
// so they are only found used when the same was done meanwhile.
func overtaken(err error) error {
	var (
		version *store.VersionError
		taken   *store.TakenError
	)
	for _, sign := range []error{ledger.ErrDone, ledger.ErrConflict, ledger.ErrChanged} {
		if errors.Is(err, sign) {
			return fmt.Errorf("%w: %w", ErrChanged, err)
		}
	}
	if errors.As(err, &version) || errors.As(err, &taken) {
		return fmt.Errorf("%w: %w", ErrChanged, err)
	}
	return err
}

// note is what the audit link of a change says.
func note(action, by, change string) []byte {
	b, err := json.Marshal(map[string]string{"action": "settlement " + action, "by": by, "change": change})
	if err != nil { // strings always marshal
		return nil
	}
	return b
}
