package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/ledger"
	"courts.example/eservices/payment/reconcile"
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

// proofs has everything prove itself that can.
func (a *audit) proofs() error {
	books, err := a.books.Prove(a.ctx)
	if err != nil {
		return err
	}
	for _, p := range books {
		a.tell("ledger", "%d entries on %d accounts sum to zero in %s", p.Entries, p.Accounts, p.Currency.Code())
		if !p.OK() {
			a.complain("the ledger does not prove: %v", p.Faults)
		}
	}
	orders, err := a.orders.Prove(a.ctx)
	if err != nil {
		return err
	}
	if !orders.OK() {
		a.complain("the orders do not prove: %v", orders.Faults)
	}
	links := 0
	for year := a.s.settled.start.Year(); year <= a.s.hands.now().Year(); year++ {
		for _, c := range append(courts(), "settlement") {
			name := fmt.Sprintf("payments/%s/%d", c, year)
			if err := store.Verify(a.ctx, a.store, name); err != nil {
				a.complain("the audit chain %s: %v", name, err)
			}
			n, err := a.links(name)
			if links += n; err != nil {
				return err
			}
		}
	}
	a.tell("audit chains", "%d links verify", links)
	return a.store.Check(a.ctx)
}

// links counts the links of an audit chain.
func (a *audit) links(chain string) (n int, err error) {
	for after := int64(0); ; {
		links, err := a.store.Links(a.ctx, chain, after, pageSize)
		if err != nil || len(links) == 0 {
			return n, err
		}
		n, after = n+len(links), links[len(links)-1].Seq
	}
}

// settlement has the clearing account explained, and looks for breaks.
func (a *audit) settlement() error {
	e, err := a.reconciler.Explain(a.ctx, gateway)
	if err != nil {
		return err
	}
	if !e.OK() {
		a.complain("the clearing account is not explained: %+v, items %+v, strange %+v", e.Currencies, e.Items, e.Strange)
	}
	states := map[reconcile.BreakState]map[reconcile.Class]int{}
	err = each(func(after string) ([]reconcile.Break, string, error) {
		return a.reconciler.Breaks(a.ctx, reconcile.BreaksQuery{Gateway: gateway, After: after, Limit: pageSize})
	}, func(b reconcile.Break) error {
		if states[b.State] == nil {
			states[b.State] = map[reconcile.Class]int{}
		}
		if states[b.State][b.Class]++; b.State == reconcile.BreakOpen || b.State == reconcile.BreakProposed {
			a.complain("break %s is %s: %s of %s %s, ours %s, theirs %s: %s", b.ID, b.State, b.Class, b.Kind, b.Item, b.Ours, b.Theirs, b.Detail)
		}
		return nil
	})
	a.tell("comparison", "%d lines, %d agreed at once; breaks: %v", a.s.settled.matched.Lines, a.s.settled.matched.Agreed, states)
	return err
}

// traces looks at what the court's program left: errors in its log, and the canary anywhere.
func (a *audit) traces() error {
	log, err := os.ReadFile(filepath.Join(a.s.folder, "court.log"))
	if err != nil {
		return err
	}
	errs, warnings := 0, 0
	for lines := bufio.NewScanner(bytes.NewReader(log)); lines.Scan(); {
		switch line := lines.Text(); {
		case strings.Contains(line, "level=WARN"):
			warnings++
		default:
			if errs++; errs <= 5 {
				a.complain("the court's log: %s", line)
			}
		}
	}
	a.tell("the court's log", "%d warnings, %d errors", warnings, errs)
	if a.s.o.canary == "" {
		return nil
	}
	found := 0
	for _, name := range []string{"court.db", "court.db-wal", "court.log"} {
		text, err := os.ReadFile(filepath.Join(a.s.folder, name))
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
		if n := bytes.Count(text, []byte(a.s.o.canary)); n > 0 {
			found += n
			a.complain("%s holds the canary %d times", name, n)
		}
	}
	a.tell("canary", "found %d times", found)
	return nil
}
