package reconcile

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/internal/key"
)

// intake makes the change that imports a settlement.
type intake struct {
	r    *Reconciler
	g    Gateway
	file File
	// lines are those to be written: the new ones, and those that have got their batch.
	lines  []*Line
	breaks []Break
	// batches are those that the settlement touches, stated by how much they differ from what it states of lines that have changed.
	batches map[string]*Batch
	stated  map[string]int64
	totals  map[money.Currency]*Total
	fees    map[feeDay]money.Amount
}

// feeDay is what the fees of a settlement are posted by.
type feeDay struct {
	date     string
	currency money.Currency
}

// plan compares the rows with what is known and gives the change. It reads only.
func (p *intake) plan(ctx context.Context, rows []Row) (store.Change, error) {
	p.batches, p.stated = make(map[string]*Batch), make(map[string]int64)
	p.totals, p.fees = make(map[money.Currency]*Total), make(map[feeDay]money.Amount)
	known, err := p.known(ctx, rows)
	if err != nil {
		return store.Change{}, err
	}
	for _, row := range rows {
		before := known[row.ID]
		switch {
		case before == nil:
			known[row.ID], err = p.fresh(ctx, row)
		case before.SettlementLine == row.SettlementLine:
		case before.Batch == "" && before.inBatch(row.Batch) == row.SettlementLine:
			err = p.paired(ctx, before, row.Batch)
		default:
			err = p.changed(ctx, before, row)
		}
		if err != nil {
			return store.Change{}, fmt.Errorf("line %d: %w", row.Number, err)
		}
	}
	if err := p.checkBatches(); err != nil {
		return store.Change{}, err
	}
	return p.change(ctx)
}

// inBatch is what the line says with another batch.
func (l *Line) inBatch(batch string) payment.SettlementLine {
	s := l.SettlementLine
	s.Batch = batch
	return s
}

// known finds the lines that are known by their ids.
func (p *intake) known(ctx context.Context, rows []Row) (map[string]*Line, error) {
	const chunk = 10_000
	known := make(map[string]*Line)
	for some := range slices.Chunk(rows, chunk) {
		keys := make([]string, len(some))
		for i, row := range some {
			keys[i] = key.Join(p.g.ID, row.ID)
		}
		hits, err := p.r.Store.Match(ctx, indexLineID, keys)
		if err != nil {
			return nil, err
		}
		for _, h := range hits {
			l, err := decodeLine(h.Record)
			if err != nil {
				return nil, err
			}
			known[l.ID] = &l
		}
	}
	return known, nil
}

// fresh takes in a line that was not known.
func (p *intake) fresh(ctx context.Context, row Row) (*Line, error) {
	l := &Line{
		Gateway: p.g.ID, SettlementLine: row.SettlementLine, File: p.file.Hash, Number: row.Number,
		ImportedAt: p.file.ImportedAt, State: LineNew, Item: row.item(),
	}
	if l.Item == "" {
		l.State, l.MatchedAt = LineMatched, l.ImportedAt
	}
	p.write(l)
	p.file.New++
	if err := p.total(row); err != nil {
		return nil, err
	}
	return l, p.add(ctx, row, row.Batch)
}

// write has a line written, once.
func (p *intake) write(l *Line) {
	if !l.pending {
		l.pending = true
		p.lines = append(p.lines, l)
	}
}

// paired moves a line that was in no batch into its own.
func (p *intake) paired(ctx context.Context, l *Line, batch string) error {
	none, err := p.batch(ctx, "", l.Net.Currency())
	if err != nil {
		return err
	}
	if l.Kind == payment.SettledPayout {
		none.Payouts--
		none.PaidOut, err = none.PaidOut.Sub(l.Net)
	} else {
		none.Lines--
		none.Net, err = none.Net.Sub(l.Net)
	}
	if err != nil {
		return err
	}
	l.Batch = batch
	p.write(l)
	return p.add(ctx, l.row(), batch)
}

// changed takes in a line that says something else than it said: what it said stays, and a break says what it says now. Whether its batch
// adds up is judged by what it says now.
func (p *intake) changed(ctx context.Context, l *Line, row Row) error {
	for _, s := range []struct {
		row  Row
		sign int64
	}{{l.row(), -1}, {row, +1}} {
		b, err := p.batch(ctx, s.row.Batch, s.row.Net.Currency())
		if err != nil {
			return err
		}
		p.stated[b.key()] += s.sign * s.row.owed().Minor()
	}
	p.file.Changed++
	b := Break{
		Gateway: p.g.ID, Class: LineChanged, Kind: row.Kind, Item: l.Item, Line: l.ID, File: p.file.Hash,
		Ours: l.row().owed(), Theirs: row.owed(), Detail: "the line says something else than it said: " + difference(l.SettlementLine, row.SettlementLine),
	}
	for _, batch := range []string{l.Batch, row.Batch} {
		if batch != "" && !slices.Contains(b.Batches, batch) {
			b.Batches = append(b.Batches, batch)
		}
	}
	b.Open = b.Class.open(b.Ours, b.Theirs)
	b.name(fmt.Sprint(row.SettlementLine))
	b, fresh, err := p.r.opened(ctx, b, p.file.ImportedAt)
	if fresh && !slices.ContainsFunc(p.breaks, func(o Break) bool { return o.ID == b.ID }) {
		p.breaks = append(p.breaks, b)
	}
	return err
}

// difference names the fields in which two lines differ. It does not repeat what they say.
func difference(a, b payment.SettlementLine) string {
	var fields []string
	for _, f := range []struct {
		name string
		same bool
	}{
		{"kind", a.Kind == b.Kind}, {"payment", a.PaymentID == b.PaymentID}, {"reference", a.Reference == b.Reference},
		{"gross", a.Gross == b.Gross}, {"fee", a.Fee == b.Fee}, {"net", a.Net == b.Net},
		{"value date", a.ValueDate == b.ValueDate}, {"batch", a.Batch == b.Batch},
	} {
		if !f.same {
			fields = append(fields, f.name)
		}
	}
	return strings.Join(fields, ", ")
}
