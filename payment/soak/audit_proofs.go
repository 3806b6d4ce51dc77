package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strings"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment/reconcile"
)

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
	if err := a.store.Check(a.ctx); err != nil {
		a.complain("the database: %v", err)
	}
	return nil
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

// traces looks at what the court's program left: errors in its log, and secrets and the canary anywhere.
func (a *audit) traces() error {
	if err := a.log(); err != nil {
		return err
	}
	secrets := map[string]string{"a secret": sharedSecret, "the control secret": controlSecret}
	if a.s.o.canary != "" {
		secrets["the canary"] = a.s.o.canary
		said, err := a.has(companyJournal, a.s.o.canary)
		if err != nil {
			return err
		}
		a.tell("canary", "said by the company %d times", said)
	}
	for what, secret := range secrets {
		for _, name := range []string{courtDatabase, courtDatabase + "-wal", courtLog} {
			n, err := a.has(name, secret)
			if err != nil {
				return err
			}
			if n > 0 {
				a.complain("%s holds %s %d times", name, what, n)
			}
		}
	}
	if n := a.s.desk.leaks.Load(); n > 0 {
		a.complain("the court's program has answered with the canary %d times", n)
	}
	return nil
}

// log looks for errors in the log of the court's program.
func (a *audit) log() error {
	text, err := os.ReadFile(a.s.path(courtLog))
	if err != nil {
		return err
	}
	errs, warnings := 0, 0
	for line := range strings.Lines(string(text)) {
		if strings.Contains(line, "level=WARN") {
			warnings++
		} else if errs++; errs <= maxErrors {
			a.complain("the court's log: %s", line)
		}
	}
	a.tell("the court's log", "%d warnings, %d errors", warnings, errs)
	return nil
}

// maxErrors is how many errors of a log are shown.
const maxErrors = 5

// has counts a text in a file, which may be missing.
func (a *audit) has(name, secret string) (int, error) {
	text, err := os.ReadFile(a.s.path(name))
	if errors.Is(err, os.ErrNotExist) {
		return 0, nil
	}
	return bytes.Count(text, []byte(secret)), err
}
