package xlsx

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"

	"courts.example/eservices/filing"
)

// Format reads claims from a workbook: one claim per row of a sheet, under a row of headings (see [filing.Columns]). A sheet named
// "control" holds control totals: in each row a name (claims, total) and its value.
type Format struct {
	// Sheet names the sheet with the claims. Empty takes the sheet named "claims" or "申索", else the first that isn't hidden.
	Sheet string
}

var _ filing.Format = Format{}

// Name is "xlsx".
func (Format) Name() string { return "xlsx" }

// defaultClaimBytes bounds a claim when the options don't.
const defaultClaimBytes = 256 << 10

// Read implements [filing.Format].
func (x Format) Read(ctx context.Context, f filing.File, o filing.ReadOptions) iter.Seq2[filing.Row, error] {
	return func(yield func(filing.Row, error) bool) {
		if o.MaxClaimBytes <= 0 {
			o.MaxClaimBytes = defaultClaimBytes
		}
		f.Bytes = contextBytes{ctx, f.Bytes}
		b, err := openBook(f)
		if err == nil {
			err = x.read(ctx, b, o, yield)
		}
		switch {
		case err == nil || errors.Is(err, errStopped):
		case ctx.Err() != nil:
			yield(filing.Row{}, fmt.Errorf("xlsx: reading %.200q: %w", f.Name, ctx.Err()))
		default:
			yield(filing.Row{}, err)
		}
	}
}

// errStopped says that the caller wants no more rows.
var errStopped = errors.New("xlsx: stopped")

func (x Format) read(ctx context.Context, b *book, o filing.ReadOptions, yield func(filing.Row, error) bool) error {
	claims, control, err := b.choose(x.Sheet)
	if err != nil {
		return err
	}
	var totals filing.Control
	var found []filing.Finding
	if control != nil {
		if totals, found, err = b.controlTotals(ctx, *control, o); err != nil {
			return err
		}
	}
	header := func(more []filing.Finding) {
		if o.Header != nil {
			o.Header(totals, append(found, more...))
		}
	}
	var table *filing.Table
	err = b.rows(ctx, claims, o.MaxClaimBytes, func(row filing.TableRow, tooLong bool) error {
		if table == nil {
			if blank(row.Cells) {
				return nil
			}
			t, more, err := filing.NewTable(row, o)
			if err != nil {
				return err
			}
			header(more)
			if table = t; t.Columns() == 0 {
				return errStopped // nothing can be read without headings
			}
			return nil
		}
		if tooLong {
			return give(table.TooLong(row, o.MaxClaimBytes), true, yield)
		}
		claim, ok := table.Read(row)
		return give(claim, ok, yield)
	})
	if err == nil && table == nil {
		return fmt.Errorf("%w: %s: the sheet %q has no row of headings", filing.ErrUnreadable, b.name, claims.name)
	}
	return err
}

func give(claim filing.Row, ok bool, yield func(filing.Row, error) bool) error {
	if ok && !yield(claim, nil) {
		return errStopped
	}
	return nil
}

func blank(cells []filing.Cell) bool {
	for _, c := range cells {
		if strings.TrimSpace(c.Text) != "" {
			return false
		}
	}
	return true
}

// controlTotals reads the sheet of control totals. It has a few rows; what lies behind them is not read.
func (b *book) controlTotals(ctx context.Context, s sheet, o filing.ReadOptions) (filing.Control, []filing.Finding, error) {
	const most = 20
	var rows []filing.TableRow
	err := b.rows(ctx, s, o.MaxClaimBytes, func(row filing.TableRow, _ bool) error {
		if len(rows) == most {
			return io.EOF
		}
		row.Cells = append([]filing.Cell(nil), row.Cells...)
		rows = append(rows, row)
		return nil
	})
	if err != nil && !errors.Is(err, io.EOF) {
		return filing.Control{}, nil, err
	}
	totals, found := filing.ReadControl(rows, o)
	return totals, found, nil
}
