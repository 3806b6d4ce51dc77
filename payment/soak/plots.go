package main

import (
	"time"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/simpay"
)

// plot is what happens to a payer's order. Of a hundred payers, so many have it.
type plot struct {
	name  string
	share int
	play  func(*payer)
}

// plots are all there are. The shares add up to a hundred.
func plots() []plot {
	return []plot{
		{"pays", 22, (*payer).simply},
		{"pays after a challenge", 4, (*payer).challenged},
		{"has a slow bank", 4, (*payer).slowly},
		{"is declined and pays", 5, (*payer).declined},
		{"is declined and gives up", 3, (*payer).refused},
		{"cancels", 3, (*payer).leaves},
		{"is cancelled while paying", 4, (*payer).crossed},
		{"abandons", 4, (*payer).abandons},
		{"abandons, and the order expires", 4, (*payer).expires},
		{"pays late", 4, (*payer).lately},
		{"pays late what was paid again", 3, (*payer).doubly},
		{"pays when the order has expired", 2, (*payer).tooLate},
		{"pays a code twice", 5, (*payer).twice},
		{"pays another amount", 3, (*payer).wrongly},
		{"authorises, is captured", 5, (*payer).captured},
		{"authorises, is given up", 3, (*payer).voided},
		{"authorises, lapses", 1, (*payer).lapses},
		{"gets all back", 5, (*payer).refunded},
		{"gets parts back", 5, (*payer).parts},
		{"gets it back, and the bank returns it", 3, (*payer).returned},
		{"contests and loses", 2, (*payer).contestsInVain},
		{"contests and wins", 3, (*payer).contests},
		{"contests, gets back", 2, (*payer).contestsAndRefunded},
		{"is sent forged messages", 1, (*payer).forged},
	}
}

// simply pays.
func (p *payer) simply() { p.pay(p.begin(ask{})) }

// challenged passes a challenge, or fails it and pays by another attempt.
func (p *payer) challenged() {
	a := p.begin(ask{})
	p.act(a, simpay.Act{Deed: simpay.DeedChallenge})
	if p.chance(70) {
		p.act(a, simpay.Act{Deed: simpay.DeedPass})
		return
	}
	p.act(a, simpay.Act{Deed: simpay.DeedFail})
	p.check(a)
	p.simply()
}

// slowly pays by a bank that takes a minute.
func (p *payer) slowly() {
	a := p.begin(ask{})
	if p.act(a, simpay.Act{Deed: simpay.DeedProcess}); a.State == payment.AttemptPending {
		p.rest(2*simpay.ProcessingTime, 5*time.Minute)
	}
	p.arrived()
}

// declined is declined, and pays by another attempt.
func (p *payer) declined() {
	p.refused()
	p.simply()
}

// refused is declined.
func (p *payer) refused() {
	a := p.begin(ask{})
	p.act(a, simpay.Act{Deed: simpay.DeedDecline, Decline: payment.DeclineInsufficient})
	p.check(a)
}

// leaves cancels at the page; the browser comes back to the court, or does not.
func (p *payer) leaves() {
	a := p.begin(ask{Flow: payment.Redirect})
	if a.State == payment.AttemptPending && p.chance(50) && p.ok() {
		_, err := p.browser.press(p.ctx, a.Next.URL, simpay.DeedCancel)
		p.fail(err)
		return
	}
	p.act(a, simpay.Act{Deed: simpay.DeedCancel})
}

// crossed pays while the court cancels.
func (p *payer) crossed() {
	a := p.begin(ask{})
	done := make(chan struct{})
	go func() {
		defer close(done)
		if _, err := p.desk.ask(p.ctx, ask{Do: doCancel, Order: p.id, Attempt: a.ID}); err != nil && p.ctx.Err() == nil {
			p.trouble(err)
		}
	}()
	p.act(a, simpay.Act{Deed: simpay.DeedPay})
	<-done
}

// abandons goes away until the session is over.
func (p *payer) abandons() { p.abandoned() }

func (p *payer) abandoned() payment.Attempt {
	a := p.begin(ask{})
	if a.ID != "" {
		p.until(a.ExpiresAt.Add(time.Minute))
	}
	return a
}

// expires abandons, and the court ends the order.
func (p *payer) expires() {
	p.abandons()
	p.end()
}

// end has the court end the order, for as long as money may still come.
func (p *payer) end() {
	p.tale.ended = true
	for range 50 {
		if o := p.ask(ask{Do: doExpire}).Order; !p.ok() || o.State.Over() {
			return
		}
		p.rest(time.Minute, 10*time.Minute)
	}
}

// lately pays when the session is over already.
func (p *payer) lately() {
	p.act(p.abandoned(), simpay.Act{Deed: simpay.DeedPay})
	p.arrived()
}

// doubly pays by a second attempt, and then by the first one too, whose session is over.
func (p *payer) doubly() {
	first := p.abandoned()
	p.check(first)
	p.simply()
	p.act(first, simpay.Act{Deed: simpay.DeedPay})
}

// tooLate pays when the order has expired.
func (p *payer) tooLate() {
	a := p.abandoned()
	p.end()
	p.act(a, simpay.Act{Deed: simpay.DeedPay})
}

// twice pays a code, and somebody else pays it too. Half of what is too much pays another order.
func (p *payer) twice() {
	a := p.begin(ask{Flow: payment.QR})
	p.act(a, simpay.Act{Deed: simpay.DeedPay})
	p.rest(0, 2*time.Minute)
	second := p.act(a, simpay.Act{Deed: simpay.DeedPay})
	if second == "" || p.chance(50) {
		return
	}
	p.rest(24*time.Hour, 30*time.Hour) // till it is on record and everybody knows what it is
	p.allocate(second)
}

// wrongly pays another amount than was asked, and then the right one.
func (p *payer) wrongly() {
	a := p.begin(ask{})
	p.act(a, simpay.Act{Deed: simpay.DeedPay, Amount: money.New(p.amount.Minor()+1+p.lots.Int64N(1000), hkd())})
	p.check(a)
	p.simply()
}
