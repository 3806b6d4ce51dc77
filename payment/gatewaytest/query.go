package gatewaytest

import (
	"slices"
	"time"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
)

// queryRules are group E: Query tells all there is, and changes nothing.
func queryRules() []rule {
	twice := func(c payment.Capabilities) bool { return c.PayerCanPayTwice }
	return []rule{
		{id: "E1", text: "an attempt is found by our reference alone", unless: without("query by reference",
			func(c payment.Capabilities) bool { return c.QueryByReference }), test: byReference},
		{id: "E2", text: "the states before the end are told as they are (the ends are in group F)", test: statesBeforeEnd},
		{id: "E3", text: "two payments of one attempt are listed", unless: without("attempts that can be paid twice", twice), test: twoPayments},
		{id: "E4", text: "partial refunds are listed one by one", unless: without("partial refunds", partialRefunds), test: refundsListed},
		{id: "E5", text: "the currency is told as taken, not as asked", unless: without("second currency",
			func(c payment.Capabilities) bool { return len(c.Currencies) > 1 }), test: currencyAsTaken},
		{id: "E6", text: "Query writes nothing", test: readOnly},
		{id: "E7", text: "what is final is never paid later", test: finalIsFinal},
		{id: "E8", text: "a success is never taken back", test: successStays},
	}
}

func partialRefunds(c payment.Capabilities) bool { return c.Refund && c.PartialRefund }

func byReference(b *bench) {
	r := b.request()
	first := b.create(r)
	q, err := b.ask(b.s.Gateway(b), r.Reference)
	if err != nil || !q.Found || q.GatewayRef != first.GatewayRef {
		b.Errorf("Query by our reference alone: found %v as %q, created as %q, error %v", q.Found, q.GatewayRef, first.GatewayRef, err)
	}
	q, err = b.ask(b.g, b.ref())
	if err != nil || q.Found {
		b.Errorf("Query of a reference that was never used: found %v, error %v", q.Found, err)
	}
}

func statesBeforeEnd(b *bench) {
	b.state(b.start(), payment.AttemptPending)
	slow := b.start()
	b.must(slow, Act{Deed: PaySlowly})
	b.state(slow, payment.AttemptProcessing)
	if b.caps.AuthCapture {
		r := b.request()
		r.Authorise = true
		b.create(r)
		b.must(r.Reference, Act{Deed: Pay})
		b.state(r.Reference, payment.AttemptAuthorised)
	}
	challenged := b.start()
	b.must(challenged, Act{Deed: Challenge})
	if q := b.query(challenged); q.State != payment.AttemptPending && q.State != payment.AttemptProcessing {
		b.Errorf("while the payer is asked for proof, the state is %q", q.State)
	}
}

func twoPayments(b *bench) {
	r := b.request()
	if has(payment.QR)(b.caps) {
		r.Flow = payment.QR
	}
	b.create(r)
	b.must(r.Reference, Act{Deed: Pay})
	b.must(r.Reference, Act{Deed: Pay})
	q := b.query(r.Reference)
	if len(q.Payments) != 2 || q.Payments[0].ID == q.Payments[1].ID {
		b.Errorf("paid twice, and Query lists %v", q.Payments)
	}
}

func refundsListed(b *bench) {
	ref, p := b.paid()
	var want []payment.RefundRequest
	left := p.Amount
	for _, minor := range []int64{4000, 4000} {
		r := b.refundOf(ref, p, b.amount(minor))
		r.Refundable = left
		b.refunded(r)
		left = minus(left, r.Amount)
		want = append(want, r)
	}
	listed := b.query(ref).Refunds
	b.equal("the number of refunds listed", len(listed), len(want))
	for _, r := range want {
		if !slices.ContainsFunc(listed, func(l payment.GatewayRefund) bool {
			return l.Reference == r.Reference && l.PaymentID == p.ID && l.Amount == r.Amount && l.ID != ""
		}) {
			b.Errorf("the refund %s of %v is not in %v", r.Reference, r.Amount, listed)
		}
	}
}

// minus is a-b of one currency.
func minus(a, b money.Amount) money.Amount { return money.New(a.Minor()-b.Minor(), a.Currency()) }

func currencyAsTaken(b *bench) {
	ref := b.start()
	taken := b.in(b.caps.Currencies[1], 14000)
	b.must(ref, Act{Deed: Pay, Amount: taken})
	b.equal("the amount of a payment made in another currency", b.payment(ref).Amount, taken)
}

func readOnly(b *bench) {
	books, ok := b.s.(Books)
	if !ok {
		leave(b, NotChecked, "the sandbox has no Books")
	}
	ref := b.start()
	nobody := b.ref()
	before, err := books.Writes()
	b.offered(err, "Writes")
	for range 5 {
		b.query(ref)
		_, _ = b.ask(b.g, nobody)
		if b.caps.RefundQuery {
			_, _ = b.refunder().QueryRefund(b.ctx, payment.QueryRefundRequest{Reference: nobody})
		}
	}
	after, err := books.Writes()
	b.offered(err, "Writes")
	b.equal("what is written in the company's books", after, before)
}

func finalIsFinal(b *bench) {
	deeds := map[string]func(ref string){
		"waiting":   func(string) {},
		"given up":  func(ref string) { b.must(ref, Act{Deed: GiveUp}) },
		"declined":  func(ref string) { b.must(ref, Act{Deed: Fail, Decline: payment.DeclineInsufficient}) },
		"abandoned": func(ref string) { b.must(ref, Act{Deed: Abandon}); b.wait(b.session() + time.Second) },
	}
	for _, name := range []string{"waiting", "given up", "declined", "abandoned"} {
		ref := b.start()
		deeds[name](ref)
		final := b.query(ref).Final
		deed := PayLate
		if name == "waiting" {
			deed = Pay
		}
		if b.act(ref, Act{Deed: deed}) && final {
			b.Errorf("an attempt that is %s was final, and was paid afterwards", name)
		}
	}
}

func successStays(b *bench) {
	ref, p := b.paid()
	other := b.s.Gateway(b)
	for i := range 10 {
		q, err := b.ask([]payment.Gateway{b.g, other}[i%2], ref)
		if err != nil || q.State != payment.AttemptSucceeded || len(q.Payments) != 1 || q.Payments[0] != p {
			b.Errorf("Query %d after the success: state %q, payments %v, error %v", i+1, q.State, q.Payments, err)
		}
	}
}
