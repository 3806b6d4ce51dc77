package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/simpay"
)

// payer is one who has an order to pay. Its methods do nothing once one of them has failed: err says why.
type payer struct {
	*soak
	ctx    context.Context
	err    error
	lots   *rand.Rand
	id     string
	court  string
	amount money.Amount
	tale   *tale
}

// tale is what a payer can tell afterwards of what was done, whatever the books say.
type tale struct {
	order string
	plot  string
	// paid are the amounts that the company has acknowledged to the payer, or that are certain to be paid by the bank or by a capture.
	paid []money.Amount
	// ended says that the court was asked to end the order.
	ended bool
}

func (s *soak) payer(ctx context.Context, n int, p plot) *payer {
	lots := rand.New(rand.NewPCG(s.o.seed, uint64(n)))
	id := fmt.Sprintf("order-%06d", n)
	half := money.New(100+lots.Int64N(200_000), hkd()) // an order has two lines of this
	amount := money.New(2*half.Minor(), hkd())
	return &payer{
		soak: s, ctx: ctx, lots: lots, id: id, court: courts()[n%len(courts())], amount: amount, tale: &tale{order: id, plot: p.name},
	}
}

func (p *payer) ok() bool { return p.err == nil }

func (p *payer) fail(err error) {
	if p.err == nil && err != nil {
		p.err = fmt.Errorf("%s (%s): %w", p.id, p.tale.plot, err)
	}
}

// ask asks the court about the payer's order.
func (p *payer) ask(a ask) (t told) {
	if p.ok() {
		a.Order, a.Court = p.id, p.court
		var err error
		t, err = p.desk.ask(p.ctx, a)
		p.fail(err)
	}
	return t
}

// open has the court make the order.
func (p *payer) open() { p.ask(ask{Do: doOpen, Amount: money.New(p.amount.Minor()/2, hkd())}) }

// rest waits for a time between two, by the clock that everybody goes by.
func (p *payer) rest(least, most time.Duration) {
	p.until(p.hands.now().Add(least + time.Duration(p.lots.Int64N(int64(most-least)+1))))
}

func (p *payer) until(at time.Time) {
	if p.ok() {
		p.fail(p.hands.until(p.ctx, at))
	}
}

// chance is true in so many of a hundred cases.
func (p *payer) chance(percent int) bool { return p.lots.IntN(100) < percent }

// begin begins an attempt and waits until it can be paid. It gives one that is pending; or any other, or none, when the order has another fate.
func (p *payer) begin(how ask) payment.Attempt {
	how.Do, how.Means = doStart, means()[p.lots.IntN(len(means()))]
	if how.Flow == "" {
		how.Flow = []payment.Flow{payment.Redirect, payment.FormPost, payment.QR, payment.DeepLink}[p.lots.IntN(4)]
	}
	for p.ok() {
		a := p.ask(how).Attempt
		switch {
		case a.ID == "" && p.order().State == payment.Open: // the attempt that was active has ended meanwhile
		case a.State == payment.AttemptUnknown:
			p.rest(5*time.Second, 30*time.Second)
			if p.chance(50) {
				p.check(a)
			}
		case a.State == payment.AttemptPending && a.Next.Flow == "": // an address that looks like a card number is not kept: the company is asked for it
			if a = p.check(a); a.Next.Flow != "" {
				return a
			}
			p.rest(time.Second, 10*time.Second)
		case a.State != payment.AttemptFailed:
			return a
		}
	}
	return payment.Attempt{}
}

func (p *payer) order() payment.Order { return p.ask(ask{Do: doOrder}).Order }

func (p *payer) check(a payment.Attempt) payment.Attempt {
	return p.ask(ask{Do: doCheck, Attempt: a.ID}).Attempt
}

// act does something on the company's page, and gives the payment that came of it. What the page does not allow any more is not done.
func (p *payer) act(a payment.Attempt, act simpay.Act) (id string) {
	if !p.ok() || a.ID == "" {
		return ""
	}
	id, err := p.company.Act(p.ctx, a.ID, act)
	if errors.Is(err, simpay.ErrState) {
		return ""
	}
	if p.fail(err); p.ok() && !a.Authorise && (id != "" || act.Deed == simpay.DeedProcess) {
		p.pays(act.Amount)
	}
	return id
}

// pays remembers that the payer has paid; the zero amount is the order's.
func (p *payer) pays(amount money.Amount) {
	if amount == (money.Amount{}) {
		amount = p.amount
	}
	p.tale.paid = append(p.tale.paid, amount)
}

// pay pays: at a page with a browser, or as somebody who never comes back.
func (p *payer) pay(a payment.Attempt) (id string) {
	if p.ok() && a.State == payment.AttemptPending && a.Flow == payment.Redirect && p.chance(50) {
		paid, err := p.browser.press(p.ctx, a.Next.URL, simpay.DeedPay)
		if p.fail(err); paid {
			p.pays(money.Amount{})
		}
		return ""
	}
	id = p.act(a, simpay.Act{Deed: simpay.DeedPay})
	if p.chance(30) {
		p.check(a)
	}
	return id
}

// arrived waits until the order is paid, and gives it then. It gives up when it was ended, or nothing happens for long.
func (p *payer) arrived() (o payment.Order, paid bool) {
	for range 40 {
		if o = p.order(); !p.ok() || o.State.Over() {
			break
		}
		p.rest(5*time.Second, 10*time.Minute)
	}
	return o, o.State == payment.Paid
}
