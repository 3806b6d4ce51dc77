package reconcile

import (
	"context"
	"slices"
	"strings"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/ledger"
)

// takingsOf is what takings are told by.
type takingsOf struct {
	court, item string
	currency    money.Currency
}

// reportTakings adds up the receipts of every court, and what the ledger booked for its items.
func (r *Reconciler) reportTakings(ctx context.Context, q ReportRequest, out *Report) error {
	rows := make(map[takingsOf]*Takings)
	row := func(court, item string, c money.Currency) *Takings {
		k := takingsOf{court, item, c}
		if rows[k] == nil {
			none := money.New(0, c)
			rows[k] = &Takings{Court: court, Item: item, Currency: c, Amount: none, Booked: none, Returned: none, Net: none}
		}
		return rows[k]
	}
	for _, court := range q.Courts {
		for _, item := range court.Items {
			for _, c := range q.Currencies {
				row(court.Court, item, c)
			}
		}
		if err := r.receipts(ctx, q, court.Court, row); err != nil {
			return err
		}
	}
	for _, t := range rows {
		if err := r.booked(ctx, q, t); err != nil {
			return err
		}
		if t.Receipts > 0 || !t.Booked.IsZero() || !t.Returned.IsZero() {
			out.Takings = append(out.Takings, *t)
		}
	}
	slices.SortFunc(out.Takings, func(a, b Takings) int {
		for _, c := range []int{strings.Compare(a.Court, b.Court), strings.Compare(a.Item, b.Item)} {
			if c != 0 {
				return c
			}
		}
		return strings.Compare(a.Currency.Code(), b.Currency.Code())
	})
	return nil
}

// receipts adds up the receipts of a court.
func (r *Reconciler) receipts(ctx context.Context, q ReportRequest, court string, row func(court, item string, c money.Currency) *Takings) error {
	find := payment.ReceiptsQuery{Court: court, From: q.From, Until: q.Until, Limit: reportPage}
	for {
		receipts, next, err := r.Orders.ReceiptsOf(ctx, find)
		if err != nil {
			return err
		}
		for _, receipt := range receipts {
			counted := make(map[string]bool)
			for _, l := range receipt.Lines {
				t := row(court, l.Item, l.Amount.Currency())
				if !counted[l.Item] {
					counted[l.Item] = true
					t.Receipts++
				}
				t.Count += l.Count
				if t.Amount, err = t.Amount.Add(l.Amount); err != nil {
					return err
				}
			}
		}
		if find.After = next; next == "" {
			return nil
		}
	}
}

// booked adds up what the ledger credited and debited.
func (r *Reconciler) booked(ctx context.Context, q ReportRequest, t *Takings) error {
	q2 := ledger.StatementQuery{Account: ledger.Revenue(t.Court, t.Item), Currency: t.Currency, From: q.From, Until: q.Until, Limit: reportPage}
	m := movement{in: &t.Booked, out: &t.Returned}
	if err := r.movement(ctx, q2, &m); err != nil {
		return err
	}
	var err error
	t.Net, err = t.Booked.Sub(t.Returned)
	return err
}

// movement adds up a statement.
type movement struct {
	in, out          *money.Amount
	opening, closing money.Amount
	entries          int
}

func (r *Reconciler) movement(ctx context.Context, q ledger.StatementQuery, m *movement) error {
	for first := true; ; first = false {
		s, err := r.Ledger.Statement(ctx, q)
		if err != nil {
			return err
		}
		if first {
			m.opening = s.Opening
		}
		m.closing = s.Closing
		for _, l := range s.Lines {
			m.entries++
			if l.Amount.Sign() > 0 {
				*m.in, err = m.in.Add(l.Amount)
			} else {
				*m.out, err = m.out.Sub(l.Amount)
			}
			if err != nil {
				return err
			}
		}
		if q.After = s.Next; s.Next == "" {
			return nil
		}
	}
}

// reportDeposits tells what moved on every deposit account.
func (r *Reconciler) reportDeposits(ctx context.Context, q ReportRequest, out *Report) error {
	for after := ""; ; {
		accounts, next, err := r.Ledger.Accounts(ctx, "", after, reportPage)
		if err != nil {
			return err
		}
		for _, a := range accounts {
			none := money.New(0, a.Currency)
			d := DepositMovement{Account: a.ID, In: none, Out: none}
			m := movement{in: &d.In, out: &d.Out}
			find := ledger.StatementQuery{Account: a.ID, From: q.From, Until: q.Until, Limit: reportPage}
			if err := r.movement(ctx, find, &m); err != nil {
				return err
			}
			d.Opening, d.Closing, d.Entries = m.opening, m.closing, m.entries
			out.Deposits = append(out.Deposits, d)
		}
		if after = next; next == "" {
			return nil
		}
	}
}

// reportUnallocated lists the money that is nobody's, as far as it is still here.
func (r *Reconciler) reportUnallocated(ctx context.Context, q ReportRequest, out *Report) error {
	find := payment.TakingsQuery{Use: payment.UseExcess, Limit: reportPage}
	for {
		takings, next, err := r.Cashier.Takings(ctx, find)
		if err != nil {
			return err
		}
		for _, t := range takings {
			left, err := r.left(ctx, t)
			if err != nil {
				return err
			}
			if left.IsZero() {
				continue
			}
			out.Unallocated = append(out.Unallocated, UnallocatedMoney{
				Gateway: t.Gateway, Payment: t.ID, Amount: t.Amount, Left: left, Attempt: t.Attempt, Order: t.Order,
				PaidAt: t.PaidAt, RecordedAt: t.RecordedAt,
			})
		}
		if find.After = next; next == "" {
			break
		}
	}
	for _, c := range q.Currencies {
		total, err := r.Ledger.Posted(ctx, ledger.Unallocated, c)
		if err != nil {
			return err
		}
		out.UnallocatedTotals = append(out.UnallocatedTotals, total)
	}
	return nil
}

// left is what of a payment neither went back nor is about to, nor is contested or lost.
func (r *Reconciler) left(ctx context.Context, t payment.Taken) (money.Amount, error) {
	left := t.Amount
	q := payment.RefundQuery{Gateway: t.Gateway, Payment: t.ID, Limit: reportPage}
	refunds, err := pages(func() (some []payment.Refund, next string, err error) {
		some, next, err = r.Cashier.Refunds(ctx, q)
		q.After = next
		return some, next, err
	})
	for _, f := range refunds {
		if err == nil && f.Counts() && f.State != "" {
			left, err = left.Sub(f.Amount)
		}
	}
	if err != nil {
		return left, err
	}
	disputes, err := r.disputesOf(ctx, item{t.Gateway, payment.SettledDispute, t.ID})
	for _, d := range disputes {
		if err == nil && d.State != payment.DisputeWon {
			left, err = left.Sub(d.Amount)
		}
	}
	return left, err
}
