package reconcile

import (
	"context"
	"errors"
	"strings"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/ledger"
)

// entries lists the entries of the clearing account that are nobody's. When the sums don't come to the account, closely, it looks for the
// payment of every entry that says it is one's.
func (x *explaining) entries(ctx context.Context, c money.Currency, closely bool) error {
	q := ledger.StatementQuery{Account: ledger.Clearing(x.g.ID), Currency: c, Limit: store.MaxPage}
	for {
		s, err := x.r.Ledger.Statement(ctx, q)
		if err != nil {
			return err
		}
		for _, l := range s.Lines {
			ours, err := x.ours(ctx, l, closely)
			switch {
			case err != nil:
				return err
			case ours:
			case len(x.out.Strange) == maxItems:
				x.out.More++
			default:
				x.out.Strange = append(x.out.Strange, l)
			}
		}
		if q.After = s.Next; s.Next == "" {
			return nil
		}
	}
}

// The ids of the entries of payments, refunds and disputes begin so.
const (
	entryPayment = "gateway/"
	entryRefund  = "refund/"
	entryDispute = "dispute/"
)

// ours reports whether an entry is one that payments, refunds, disputes, settlements and breaks make.
func (x *explaining) ours(ctx context.Context, l ledger.Line, closely bool) (bool, error) {
	if id, ok := strings.CutPrefix(l.Entry, entryPayment+x.g.ID+"/"); ok && closely {
		t, err := x.r.Cashier.Taking(ctx, x.g.ID, id)
		if errors.Is(err, payment.ErrNoTaken) {
			return false, nil
		}
		return err == nil && t.Use != payment.UseHeld && t.Amount == negative(l.Amount), err
	}
	for _, prefix := range []string{entryPayment + x.g.ID + "/", entryRefund, entryDispute, "settlement/" + x.g.ID + "/", "reconcile/close/"} {
		if strings.HasPrefix(l.Entry, prefix) {
			return true, nil
		}
	}
	return false, nil
}

// unbooked lists the payments of a currency that are on record and not in the ledger.
func (x *explaining) unbooked(ctx context.Context, c money.Currency) error {
	q := payment.TakingsQuery{Gateway: x.g.ID, Limit: store.MaxPage}
	for {
		takings, next, err := x.r.Cashier.Takings(ctx, q)
		if err != nil {
			return err
		}
		for _, t := range takings {
			if t.Use == payment.UseHeld || t.Amount.Currency() != c {
				continue
			}
			_, err := x.r.Ledger.Entry(ctx, entryPayment+x.g.ID+"/"+t.ID)
			switch {
			case errors.Is(err, ledger.ErrNoEntry):
				x.list(OpenItem{Kind: payment.SettledPayment, ID: t.ID, Open: []money.Amount{t.Amount}, Why: WhyUnbooked})
			case err != nil:
				return err
			}
		}
		if q.After = next; next == "" {
			return nil
		}
	}
}
