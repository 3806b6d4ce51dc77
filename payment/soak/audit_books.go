package main

import (
	"fmt"
	"strings"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/ledger"
)

// sumsAgree holds the sums of the ledger and of the records against the company's.
func (a *audit) sumsAgree() error {
	given, lost := money.New(0, hkd()), money.New(0, hkd())
	err := each(func(after string) ([]payment.Refund, string, error) {
		return a.cashier.Refunds(a.ctx, payment.RefundQuery{Stage: string(payment.OperationSucceeded), After: after, Limit: pageSize})
	}, func(r payment.Refund) (err error) {
		given, err = given.Add(r.Amount)
		return err
	})
	if err != nil {
		return err
	}
	err = each(func(after string) ([]payment.Dispute, string, error) {
		return a.cashier.Disputes(a.ctx, payment.DisputeQuery{State: payment.DisputeLost, After: after, Limit: pageSize})
	}, func(d payment.Dispute) (err error) {
		lost, err = lost.Add(d.Amount)
		return err
	})
	if err != nil {
		return err
	}
	a.sums = append(a.sums, sum{"given back", a.totals.GivenBack, given}, sum{"lost in disputes", a.totals.Lost, lost})
	for _, account := range []struct {
		of     string
		id     ledger.AccountID
		theirs money.Amount
	}{
		{"kept as fees", ledger.Fees(gateway), a.totals.Fees},
		{"paid out", bank(), a.totals.PaidOut},
		{"owed by the company", ledger.Clearing(gateway), a.totals.Owed},
	} {
		posted, err := a.books.Posted(a.ctx, account.id, hkd())
		if err != nil {
			return err
		}
		a.sums = append(a.sums, sum{account.of, account.theirs, money.New(-posted.Minor(), hkd())})
	}
	for _, s := range a.sums {
		if s.theirs != s.ours {
			a.complain("%s: %s by the company's books, %s by ours", s.of, s.theirs, s.ours)
		}
	}
	for _, empty := range []ledger.AccountID{ledger.Unallocated, ledger.RefundPayable, ledger.DisputeReserve} {
		if posted, err := a.books.Posted(a.ctx, empty, hkd()); err != nil || !posted.IsZero() {
			a.complain("%s stands at %s (%v)", empty, posted, err)
		}
	}
	return nil
}

// eachSeries does something for every series of receipts there may be.
func (a *audit) eachSeries(do func(court, series string) error) error {
	for year := a.s.settled.start.Year(); year <= a.s.hands.now().Year(); year++ {
		for _, court := range courts() {
			if err := do(court, fmt.Sprintf("%s/%d", court, year)); err != nil {
				return err
			}
		}
	}
	return nil
}

// receipts looks whether the receipts are those of the paid orders, and numbered without a gap.
func (a *audit) receipts() error {
	var told []string
	err := a.eachSeries(func(_, series string) error {
		last := int64(0)
		err := each(func(after string) ([]payment.Receipt, string, error) {
			return a.orders.Receipts(a.ctx, series, after, pageSize)
		}, func(r payment.Receipt) error {
			if r.Number.N != last+1 {
				a.complain("receipt %s follows number %d", r.Number, last)
			}
			last = r.Number.N
			if a.states[r.OrderID] != payment.Paid || a.owed[r.OrderID] != r.Amount {
				a.complain("receipt %s of %s is for order %s, which is %s", r.Number, r.Amount, r.OrderID, a.states[r.OrderID])
			}
			delete(a.states, r.OrderID)
			return nil
		})
		told = append(told, fmt.Sprintf("%s 1 to %d", series, last))
		return err
	})
	for order, state := range a.states {
		if state == payment.Paid {
			a.complain("order %s is paid and has no receipt", order)
		}
	}
	a.tell("receipts", "%s", strings.Join(told, ", "))
	return err
}

// notes looks whether refund notes are numbered without a gap.
func (a *audit) notes() error {
	var told []string
	err := a.eachSeries(func(_, series string) error {
		last := int64(0)
		err := each(func(after string) ([]payment.Refund, string, error) {
			return a.cashier.Refunds(a.ctx, payment.RefundQuery{Series: "refund/" + series, After: after, Limit: pageSize})
		}, func(r payment.Refund) error {
			if r.Note.N != last+1 {
				a.complain("refund note %s follows number %d", r.Note, last)
			}
			last = r.Note.N
			return nil
		})
		told = append(told, fmt.Sprintf("%s 1 to %d", series, last))
		return err
	})
	a.tell("refund notes", "%s", strings.Join(told, ", "))
	return err
}
