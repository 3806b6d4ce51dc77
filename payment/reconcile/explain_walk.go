package reconcile

import (
	"context"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/internal/key"
)

// takings adds up what was taken, and lists the payments that no settlement has as they are.
func (x *explaining) takings(ctx context.Context) error {
	q := payment.TakingsQuery{Gateway: x.g.ID, Limit: store.MaxPage}
	for {
		takings, next, err := x.r.Cashier.Takings(ctx, q)
		if err != nil {
			return err
		}
		settled, err := x.settled(ctx, takings)
		if err != nil {
			return err
		}
		for i, t := range takings {
			if t.Use == payment.UseHeld {
				continue
			}
			x.of(t.Amount.Currency()).taken += t.Amount.Minor()
			if s := settled[i]; len(s) == 1 && s[t.Amount.Currency()] == t.Amount.Minor() {
				continue
			}
			if err := x.item(ctx, item{x.g.ID, payment.SettledPayment, t.ID}, !x.out.At.Before(x.g.due(t.PaidAt))); err != nil {
				return err
			}
		}
		if q.After = next; next == "" {
			return nil
		}
	}
}

// settled adds up what settlement lines say of some payments.
func (x *explaining) settled(ctx context.Context, takings []payment.Taken) ([]amounts, error) {
	keys, place := make([]string, len(takings)), make(map[string]int, len(takings))
	all := make([]amounts, len(takings))
	for i, t := range takings {
		keys[i] = itemKey(x.g.ID, payment.SettledPayment, t.ID)
		place[keys[i]], all[i] = i, make(amounts)
	}
	hits, err := x.r.Store.Match(ctx, indexLineItem, keys)
	if err != nil {
		return nil, err
	}
	for _, h := range hits {
		l, err := decodeLine(h.Record)
		if err != nil {
			return nil, err
		}
		all[place[h.Key]].add(l.Gross)
	}
	return all, nil
}

// refunds adds up what was given back, and lists the refunds that no settlement has as they are.
func (x *explaining) refunds(ctx context.Context) error {
	q := payment.RefundQuery{Stage: string(payment.OperationSucceeded), Limit: store.MaxPage}
	for {
		refunds, next, err := x.r.Cashier.Refunds(ctx, q)
		if err != nil {
			return err
		}
		for _, f := range refunds {
			if f.Gateway != x.g.ID || !moved(f) {
				continue
			}
			x.of(f.Amount.Currency()).refunded -= f.Amount.Minor()
			if err := x.item(ctx, item{x.g.ID, payment.SettledRefund, f.ID}, !x.out.At.Before(x.g.due(f.DoneAt))); err != nil {
				return err
			}
		}
		if q.After = next; next == "" {
			return nil
		}
	}
}

// disputes adds up what was lost.
func (x *explaining) disputes(ctx context.Context) error {
	q := payment.DisputeQuery{State: payment.DisputeLost, Limit: store.MaxPage}
	for {
		disputes, next, err := x.r.Cashier.Disputes(ctx, q)
		if err != nil {
			return err
		}
		for _, d := range disputes {
			if d.Gateway != x.g.ID || !lost(d) {
				continue
			}
			x.of(d.Amount.Currency()).lost -= d.Amount.Minor()
			if err := x.item(ctx, item{x.g.ID, payment.SettledDispute, d.PaymentID}, !x.out.At.Before(x.g.due(d.DoneAt))); err != nil {
				return err
			}
		}
		if q.After = next; next == "" {
			return nil
		}
	}
}

// lines adds up the settlement lines, and lists what they settle that is not on record here.
func (x *explaining) lines(ctx context.Context) error {
	q := store.Query{Index: indexLineDate, Prefix: key.Join(x.g.ID, ""), Limit: store.MaxPage}
	for {
		page, err := x.r.Store.List(ctx, q)
		if err != nil {
			return err
		}
		for _, rec := range page.Records {
			l, err := decodeLine(rec)
			if err != nil {
				return err
			}
			if err := x.line(ctx, l); err != nil {
				return err
			}
		}
		if q.After = page.Next; page.Next == "" {
			return nil
		}
	}
}

func (x *explaining) line(ctx context.Context, l Line) error {
	s := x.of(l.Net.Currency())
	s.fees += l.row().charge().Minor()
	switch l.Kind {
	case payment.SettledPayment:
		s.payments += l.Gross.Minor()
	case payment.SettledRefund:
		s.refunds += l.Gross.Minor()
	case payment.SettledDispute:
		s.disputes += l.Gross.Minor()
	case payment.SettledPayout:
		s.paidOut += l.Net.Minor()
		return nil
	default:
		return nil
	}
	i := item{x.g.ID, l.Kind, l.Item}
	ours, err := x.r.expected(ctx, i)
	if err != nil || len(ours) > 0 { // listed with our record
		return err
	}
	return x.item(ctx, i, !x.r.now().Before(l.ImportedAt.Add(x.g.Patience)))
}

// closings adds up what closed breaks wrote off.
func (x *explaining) closings(ctx context.Context) error {
	q := BreaksQuery{Gateway: x.g.ID, State: BreakClosed, Limit: store.MaxPage}
	for {
		breaks, next, err := x.r.Breaks(ctx, q)
		if err != nil {
			return err
		}
		for _, b := range breaks {
			for _, a := range b.Closing.Amounts {
				x.of(a.Currency()).closed += a.Minor()
			}
			if len(b.Closing.Amounts) == 0 || b.Class == LineChanged {
				continue
			}
			if err := x.item(ctx, item{b.Gateway, b.Kind, b.Item}, true); err != nil {
				return err
			}
		}
		if q.After = next; next == "" {
			return nil
		}
	}
}

// batches lists the batches that are not paid out.
func (x *explaining) batches(ctx context.Context) error {
	q := store.Query{Index: indexBatchOpen, Prefix: key.Join(x.g.ID, ""), Limit: store.MaxPage}
	for {
		page, err := x.r.Store.List(ctx, q)
		if err != nil {
			return err
		}
		for _, rec := range page.Records {
			var b Batch
			if err := decode(rec, &b); err != nil {
				return err
			}
			if err := x.batch(ctx, b); err != nil {
				return err
			}
		}
		if q.After = page.Next; page.Next == "" {
			return nil
		}
	}
}

// batch lists a batch that is open: one without a payout waits for it, one that differs from its payout has lines that have changed.
func (x *explaining) batch(ctx context.Context, b Batch) error {
	left, err := b.left()
	if err != nil {
		return err
	}
	o := OpenItem{Kind: payment.SettledPayout, ID: b.ID, Open: []money.Amount{left}}
	if b.Payouts == 0 || b.ID == "" {
		o.Why = WhyUnpaid
	} else {
		breaks, err := x.r.breaksOf(ctx, item{x.g.ID, payment.SettledPayout, b.ID})
		if err != nil {
			return err
		}
		for _, b := range breaks {
			o.Why, o.Break = WhyBreak, b.ID
		}
	}
	x.list(o)
	return nil
}
