package reconcile

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/internal/key"
)

// total adds a line to the totals of the file, and to the fees of its day.
func (p *intake) total(row Row) (err error) {
	c := row.Net.Currency()
	t := p.totals[c]
	if t == nil {
		none := money.New(0, c)
		t = &Total{none, none, none}
		p.totals[c] = t
	}
	switch row.Kind {
	case payment.SettledPayout:
		t.PaidOut, err = t.PaidOut.Add(row.Net)
		return err
	case payment.SettledFee:
	default:
		if t.Gross, err = t.Gross.Add(row.Gross); err != nil {
			return err
		}
	}
	if t.Fees, err = t.Fees.Add(row.charge()); err != nil {
		return err
	}
	day := feeDay{row.ValueDate, c}
	p.fees[day], err = p.fees[day].Add(row.charge())
	return err
}

// add adds a line to a batch.
func (p *intake) add(ctx context.Context, row Row, batch string) (err error) {
	b, err := p.batch(ctx, batch, row.Net.Currency())
	if err != nil {
		return err
	}
	if row.Kind == payment.SettledPayout {
		b.Payouts++
		b.PaidOut, err = b.PaidOut.Add(row.Net)
		return err
	}
	b.Lines++
	b.Net, err = b.Net.Add(row.Net)
	return err
}

// batch finds or begins a batch.
func (p *intake) batch(ctx context.Context, id string, c money.Currency) (*Batch, error) {
	b := &Batch{Gateway: p.g.ID, ID: id, Currency: c, Net: money.New(0, c), PaidOut: money.New(0, c)}
	if have := p.batches[b.key()]; have != nil {
		return have, nil
	}
	rec, err := p.r.Store.Get(ctx, kindBatch, b.key())
	switch {
	case err == nil:
		if err := decode(rec, b); err != nil {
			return nil, err
		}
		b.Version = rec.Version
	case !errors.Is(err, store.ErrNotFound):
		return nil, err
	}
	p.batches[b.key()] = b
	return b, nil
}

// checkBatches reports whether every batch that is paid out, as far as the settlement touches it, has lines that add up to what was paid.
func (p *intake) checkBatches() error {
	for _, k := range sorted(p.batches) {
		b := p.batches[k]
		if b.ID == "" || b.Payouts == 0 {
			continue
		}
		if b.Lines == 0 {
			return fmt.Errorf("%w: batch %q pays out %s for no line", ErrEmpty, b.ID, b.PaidOut)
		}
		net, err := b.Net.Add(money.New(p.stated[k], b.Currency))
		if err != nil {
			return err
		}
		if net != b.PaidOut {
			return &TotalsError{What: fmt.Sprintf("batch %q", b.ID), Want: net, Have: b.PaidOut}
		}
	}
	return nil
}

// sorted gives the keys of a map in order.
func sorted[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// change is the change of the whole.
func (p *intake) change(ctx context.Context) (store.Change, error) {
	for _, c := range p.currencies() {
		p.file.Totals = append(p.file.Totals, *p.totals[c])
	}
	c := store.Change{ID: "reconcile/file/" + key.Join(p.g.ID, p.file.Hash), At: p.file.ImportedAt, Parts: p.parts()}
	put, err := p.file.put()
	if err != nil {
		return c, err
	}
	c.Puts = append(c.Puts, put)
	for _, k := range sorted(p.batches) {
		if put, err = p.batches[k].put(); err != nil {
			return c, err
		}
		c.Puts = append(c.Puts, put)
	}
	for _, b := range p.breaks {
		if put, err = b.put(); err != nil {
			return c, err
		}
		c.Puts = append(c.Puts, put)
	}
	return c, p.post(ctx, &c)
}

func (p *intake) currencies() []money.Currency {
	var all []money.Currency
	for c := range p.totals {
		all = append(all, c)
	}
	slices.SortFunc(all, func(a, b money.Currency) int { return strings.Compare(a.Code(), b.Code()) })
	return all
}

// parts hands over the lines some at a time.
func (p *intake) parts() iter.Seq2[[]store.Put, error] {
	const chunk = 500
	return func(yield func([]store.Put, error) bool) {
		puts := make([]store.Put, 0, chunk)
		for lines := range slices.Chunk(p.lines, chunk) {
			puts = puts[:0]
			for _, l := range lines {
				put, err := l.put()
				if err != nil {
					yield(nil, err)
					return
				}
				puts = append(puts, put)
			}
			if !yield(puts, nil) {
				return
			}
		}
	}
}
