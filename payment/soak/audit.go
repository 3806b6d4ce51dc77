package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"time"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/simpay"
)

// audit holds the court's books, as they are in its file, against those of the company and against what the payers tell:
//
//   - every payment at the company is on record once, with its amount, and nothing else is; what payers were told is among it
//   - what was taken, given back and lost, what the company kept, paid out and owes: the same sums on both sides, to the cent
//   - every payment is one order's, or nobody's and given back; every paid order has payments of exactly its amount, and no other order has any
//   - every order and the claim that it pays for say the same
//   - every order is over or open, every attempt at its end, no refund or dispute under way, no break of a settlement open
//   - every paid order has its receipt; receipts and refund notes are numbered from 1 without a gap
//   - the ledger, the orders, the clearing account and the audit chains prove
//   - the log of the court's program has no error, and nothing of it keeps a secret or the canary
type audit struct {
	*system
	ctx context.Context
	s   *soak
	findings
	// theirs are the company's payments by their names here, until they are found here.
	theirs map[string]money.Amount
	// charges counts the company's payments by the attempt that they are for, and then by its order.
	charges map[string]int
	// paidBy is what paid each order.
	paidBy map[string]money.Amount
	states map[string]payment.State
	owed   map[string]money.Amount
	totals simpay.Totals
}

// findings are what an audit has come to.
type findings struct {
	// wrong are the things that nothing explains, at most maxWrong; more counts the rest.
	wrong []string
	more  int
	// sums are the money on both sides, counts what was counted.
	sums   []sum
	counts []count
}

// sum is an amount of money by the company's word and by ours.
type sum struct {
	of           string
	theirs, ours money.Amount
}

// count is a number of things.
type count struct {
	of string
	n  string
}

const maxWrong = 40

func (f *findings) complain(format string, args ...any) {
	if len(f.wrong) == maxWrong {
		f.more++
		return
	}
	f.wrong = append(f.wrong, fmt.Sprintf(format, args...))
}

func (f *findings) tell(of, format string, args ...any) {
	f.counts = append(f.counts, count{of, fmt.Sprintf(format, args...)})
}

// audit opens the court's file once its program has ended.
func (s *soak) audit(ctx context.Context) (f findings, err error) {
	clock := new(ahead)
	clock.set(s.hands.ahead())
	sys, err := open(ctx, systemOptions{
		path: s.path(courtDatabase), company: s.company.url, front: s.frontURL, secret: sharedSecret, clock: clock,
		log: slog.New(slog.NewTextHandler(io.Discard, nil)),
	})
	if err != nil {
		return f, err
	}
	defer func() {
		if closed := sys.close(); err == nil {
			err = closed
		}
	}()
	a := &audit{
		system: sys, ctx: ctx, s: s, theirs: map[string]money.Amount{}, charges: map[string]int{}, paidBy: map[string]money.Amount{},
		states: map[string]payment.State{}, owed: map[string]money.Amount{},
	}
	for _, check := range []func() error{
		a.company, a.payments, a.ordersOver, a.tales, a.sumsAgree, a.receipts, a.notes, a.proofs, a.settlement, a.traces,
	} {
		if err := check(); err != nil {
			return a.findings, err
		}
	}
	for _, t := range s.troubles {
		a.complain("%v", t)
	}
	if more := grown(s.progress.memory); more != "" {
		a.complain("%s", more)
	}
	return a.findings, nil
}

// company reads the company's settlement of all days.
func (a *audit) company() (err error) {
	if a.totals, err = a.s.company.Totals(a.ctx, hkd()); err != nil {
		return err
	}
	effects, err := a.s.company.Effects(a.ctx)
	if err != nil {
		return err
	}
	a.tell("at the company", "%d sessions, %d payments, %d authorisations, %d refunds, %d disputes; requests: %v",
		effects.Sessions, effects.Payments, effects.Authorised, effects.Refunds, effects.Disputes, effects.Requests)
	lines := 0
	for date := a.s.settled.start; !date.After(a.s.hands.now()); date = date.Add(24 * time.Hour) {
		rows, err := dayOf(a.ctx, a.s.company, date)
		if err != nil {
			return err
		}
		for _, r := range rows[min(1, len(rows)):] {
			lines++
			if payment.SettlementKind(r[columnKind]) != payment.SettledPayment {
				continue
			}
			a.charges[r[columnReference]]++
			id := payment.ScrubID(r[columnPayment])
			if _, twice := a.theirs[id]; twice {
				a.complain("the company settles its payment %s twice", id)
			}
			if a.theirs[id], err = money.Parse(r[columnGross], hkd()); err != nil {
				return err
			}
		}
	}
	a.tell("settlement", "%d lines of %d days, read in %d files", lines, int(a.s.hands.now().Sub(a.s.settled.start).Hours()/24), a.s.settled.files)
	return nil
}

// payments holds the payments on record against the company's.
func (a *audit) payments() error {
	uses := map[payment.Use]int{}
	total := money.New(0, hkd())
	err := each(func(after string) ([]payment.Taken, string, error) {
		return a.cashier.Takings(a.ctx, payment.TakingsQuery{Gateway: gateway, After: after, Limit: pageSize})
	}, func(t payment.Taken) (err error) {
		uses[t.Use]++
		if amount, there := a.theirs[t.ID]; !there || amount != t.Amount {
			a.complain("payment %s of %s is on record, at the company it is of %s", t.ID, t.Amount, amount)
		}
		delete(a.theirs, t.ID)
		if total, err = total.Add(t.Amount); err != nil {
			return err
		}
		return a.use(t)
	})
	for id, amount := range a.theirs {
		a.complain("payment %s of %s at the company is not on record", id, amount)
	}
	a.sums = append(a.sums, sum{"taken", a.totals.Taken, total})
	a.tell("payments", "%d paid orders, %d were too much", uses[payment.UseOrder], uses[payment.UseExcess])
	return err
}

// use looks at what a payment is for.
func (a *audit) use(t payment.Taken) error {
	switch t.Use {
	case payment.UseOrder:
		if _, some := a.paidBy[t.Order]; !some {
			a.paidBy[t.Order] = money.New(0, hkd())
		}
		var err error
		a.paidBy[t.Order], err = a.paidBy[t.Order].Add(t.Amount)
		return err
	case payment.UseExcess:
		left, err := a.leftOf(a.ctx, t)
		if err == nil && !left.IsZero() {
			a.complain("of payment %s, which is nobody's, %s is left", t.ID, left)
		}
		return err
	}
	a.complain("payment %s is %s", t.ID, t.Use)
	return nil
}

// ordersOver looks at every order and its attempts.
func (a *audit) ordersOver() error {
	count, attempts := map[payment.State]int{}, 0
	for _, court := range courts() {
		err := each(func(after string) ([]payment.Order, string, error) {
			return a.orders.List(a.ctx, payment.Query{Court: court, After: after, Limit: pageSize})
		}, func(o payment.Order) error {
			count[o.State]++
			a.states[o.ID], a.owed[o.ID] = o.State, o.Amount
			paid, some := a.paidBy[o.ID]
			switch {
			case o.State == payment.Paid && paid != o.Amount:
				a.complain("order %s of %s is paid with %s", o.ID, o.Amount, paid)
			case o.State != payment.Paid && some:
				a.complain("order %s is %s and has %s", o.ID, o.State, paid)
			case o.State == payment.Paying || o.State == payment.Reserved:
				a.complain("order %s is still %s", o.ID, o.State)
			}
			delete(a.paidBy, o.ID)
			if err := a.claim(o); err != nil {
				return err
			}
			tried, err := a.cashier.Attempts(a.ctx, o.ID)
			for _, t := range tried {
				a.charges[o.ID] += a.charges[t.ID]
				if attempts++; t.State.Active() || !t.Final {
					a.complain("attempt %s of order %s is %s, final %v, flags %v", t.ID, o.ID, t.State, t.Final, t.Flags)
				}
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	for order := range a.paidBy {
		a.complain("money is for order %s, which is not there", order)
	}
	a.tell("orders", "%d paid, %d open, %d expired; %d attempts", count[payment.Paid], count[payment.Open], count[payment.Expired], attempts)
	a.tell("by two persons", "%d refunds and attempts that the company could not be asked about any more", a.s.decided)
	return nil
}

// tales holds what the payers tell against the orders and the company: who paid has paid, once for each time, and who did not has not.
func (a *audit) tales() error {
	for _, t := range a.s.tales {
		if made := a.charges[t.order]; made != len(t.paid) {
			a.complain("a payer who %s has paid %v; the company has taken %d payments for order %s", t.plot, t.paid, made, t.order)
		}
		exact := false
		for _, paid := range t.paid {
			exact = exact || paid == a.owed[t.order]
		}
		switch state := a.states[t.order]; {
		case exact && state != payment.Paid && !(t.ended && state == payment.Expired):
			a.complain("a payer who %s has paid %v; order %s is %s", t.plot, t.paid, t.order, state)
		case !exact && state == payment.Paid:
			a.complain("a payer who %s has paid %v; order %s is %s", t.plot, t.paid, t.order, state)
		}
	}
	return nil
}
