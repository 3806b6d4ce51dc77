package main

import (
	"bytes"
	"fmt"
	"net/http"
	"time"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/simpay"
)

// authorised has money held for the order.
func (p *payer) authorised() payment.Attempt {
	a := p.begin(ask{Authorise: true})
	p.act(a, simpay.Act{Deed: simpay.DeedPay})
	for n := 0; p.ok() && n < 20 && a.State.Active() && a.State != payment.AttemptAuthorised; n++ {
		p.rest(time.Second, time.Minute)
		a = p.check(a)
	}
	return a
}

// captured has it taken.
func (p *payer) captured() {
	a := p.authorised()
	p.rest(0, 24*time.Hour)
	if p.ask(ask{Do: doCapture, Attempt: a.ID}); a.State == payment.AttemptAuthorised {
		p.pays(money.Amount{})
	}
	p.arrived()
}

// voided has it given up.
func (p *payer) voided() {
	a := p.authorised()
	p.rest(0, 24*time.Hour)
	p.ask(ask{Do: doCancel, Attempt: a.ID})
}

// lapses has it forgotten until the company gives it up.
func (p *payer) lapses() {
	p.authorised()
	p.rest(7*24*time.Hour, 8*24*time.Hour)
}

// refunded gets all back, a while later.
func (p *payer) refunded() {
	p.simply()
	if _, paid := p.arrived(); paid {
		p.rest(0, 36*time.Hour)
		p.back("all", money.Amount{})
	}
}

// back has the court give money back; the zero amount is all that is left.
func (p *payer) back(key string, amount money.Amount) payment.Refund {
	return p.ask(ask{Do: doRefund, Key: key, Amount: amount}).Refund
}

// parts gets parts back, some of them at the same time, and in the end more is asked than is left.
func (p *payer) parts() {
	p.simply()
	if _, paid := p.arrived(); !paid {
		return
	}
	third := money.New(p.amount.Minor()/3, hkd())
	done := make(chan error, 2)
	for _, key := range []string{"first", "second"} {
		go func() {
			_, err := p.desk.ask(p.ctx, ask{Do: doRefund, Order: p.id, Key: key, Amount: third})
			done <- err
		}()
	}
	for range cap(done) {
		p.fail(<-done)
	}
	p.rest(0, 24*time.Hour)
	p.back("third", third)
	p.back("too much", p.amount)
}

// returned gets all back, and a bank sends that back a day later.
func (p *payer) returned() {
	p.simply()
	if _, paid := p.arrived(); !paid {
		return
	}
	r := p.back("all", money.Amount{})
	p.rest(24*time.Hour, 36*time.Hour)
	if p.ok() && r.ID != "" {
		_ = p.company.FinishRefund(p.ctx, r.ID, false) // it may have failed already, or never come there
	}
}

// contested pays and contests it, in part or whole.
func (p *payer) contested() (dispute string) {
	id := p.act(p.begin(ask{}), simpay.Act{Deed: simpay.DeedPay})
	if id == "" || !p.ok() {
		return ""
	}
	p.rest(0, 24*time.Hour)
	part := money.Amount{}
	if p.chance(50) {
		part = money.New(1+p.lots.Int64N(p.amount.Minor()), hkd())
	}
	dispute, err := p.company.OpenDispute(p.ctx, id, part)
	p.fail(err)
	return dispute
}

// decide has the company decide a dispute after a day or two.
func (p *payer) decide(dispute string, won bool) {
	if p.rest(24*time.Hour, 48*time.Hour); p.ok() && dispute != "" {
		p.fail(p.company.EndDispute(p.ctx, dispute, won))
	}
}

// contests wins: the court loses the money.
func (p *payer) contests() { p.decide(p.contested(), false) }

// contestsInVain does not.
func (p *payer) contestsInVain() { p.decide(p.contested(), true) }

// contestsAndRefunded is offered the money back while the dispute is open, which must not be, and after it.
func (p *payer) contestsAndRefunded() {
	dispute := p.contested()
	p.arrived()
	p.back("while contested", money.New(p.amount.Minor()/4, hkd()))
	p.decide(dispute, p.chance(50))
	p.back("after", money.New(p.amount.Minor()/4, hkd()))
}

// allocate has money that is nobody's pay another order of the same amount.
func (p *payer) allocate(id string) {
	other := *p
	other.id = p.id + "-b"
	other.open()
	other.ask(ask{Do: doAllocate, Payment: id})
	p.fail(other.err)
}

// forged is a payer in whose name somebody else tells the court that it was paid.
func (p *payer) forged() {
	a := p.begin(ask{})
	body := fmt.Sprintf(`{"events":[{"id":"event-forged","type":"session.paid","reference":%q,"session":{"reference":%q,"state":"succeeded"}}]}`, a.ID, a.ID)
	for _, signature := range []string{"", "t=1,v1=00", fmt.Sprintf("t=%d,v1=00", p.hands.now().Unix())} {
		if !p.ok() {
			return
		}
		r, err := http.NewRequestWithContext(p.ctx, http.MethodPost, p.frontURL+"/notify/"+gateway, bytes.NewReader([]byte(body)))
		if err != nil {
			p.fail(err)
			return
		}
		r.Header.Set("Simpay-Signature", signature)
		_, answer, err := p.browser.do(r)
		if p.fail(err); err == nil && answer.StatusCode < 400 {
			p.fail(fmt.Errorf("a forged message was acknowledged with the status %d", answer.StatusCode))
		}
	}
	p.refused()
}
