package reconcile

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/ledger"
)

// post adds the ledger entries of a settlement: what the gateway kept, one entry for each value date and currency, and what it paid to the
// bank, one for each payout. They are in the change that makes the lines known, so each is posted once, whatever files it comes in.
func (p *intake) post(ctx context.Context, c *store.Change) error {
	days := make([]feeDay, 0, len(p.fees))
	for d := range p.fees {
		days = append(days, d)
	}
	slices.SortFunc(days, func(a, b feeDay) int {
		return strings.Compare(a.date+a.currency.Code(), b.date+b.currency.Code())
	})
	for _, d := range days {
		if p.fees[d].IsZero() {
			continue
		}
		err := p.move(ctx, c, ledger.Post{
			ID:       fmt.Sprintf("settlement/%s/fees/%s/%s/%s", p.g.ID, p.file.Hash[:32], d.date, d.currency.Code()),
			Postings: between(ledger.Clearing(p.g.ID), ledger.Fees(p.g.ID), p.fees[d]),
			Ref:      "settlement " + p.file.Hash[:32], At: p.file.ImportedAt, Value: p.g.midnight(d.date),
		})
		if err != nil {
			return err
		}
	}
	for _, l := range p.lines {
		if l.Kind != payment.SettledPayout || l.Version > 0 || l.Net.IsZero() {
			continue
		}
		err := p.move(ctx, c, ledger.Post{
			ID:       fmt.Sprintf("settlement/%s/payout/%s", p.g.ID, l.ID),
			Postings: between(ledger.Clearing(p.g.ID), p.g.Bank, l.Net),
			Ref:      "payout " + l.ID, At: p.file.ImportedAt, Value: p.g.midnight(l.ValueDate),
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (p *intake) move(ctx context.Context, c *store.Change, post ledger.Post) error {
	moved, err := p.r.Ledger.Change(ctx, post)
	if err != nil {
		return overtaken(err)
	}
	c.Merge(moved)
	return nil
}

// between is the postings by which an amount that stood in one account as money to come stands in another.
func between(from, to ledger.AccountID, amount money.Amount) []ledger.Posting {
	return []ledger.Posting{{Account: from, Amount: amount}, {Account: to, Amount: negative(amount)}}
}
