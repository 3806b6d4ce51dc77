package gatewaytest

import (
	"regexp"
	"time"

	"courts.example/eservices/payment"
)

// payerRules are group F: whatever a payer does is told as it was.
func payerRules() []rule {
	once := func(c payment.Capabilities) string {
		if c.PayerCanPayTwice {
			return "the gateway declares that payers can pay twice: E3"
		}
		return ""
	}
	return []rule{
		{id: "F1", text: "a payment is told: amount, instant, means", test: pays},
		{id: "F2", text: "a decline is told with its reason", test: declines},
		{id: "F3", text: "an attempt that its payer gave up is cancelled", test: givesUp},
		{id: "F4", text: "an attempt that its payer abandoned has expired by itself", test: abandons},
		{id: "F5", text: "proof asked of the payer: given, failed, abandoned", test: challenged},
		{id: "F6", text: "a double click pays once", test: doubleClick},
		{id: "F7", text: "the payer's return comes before any message", test: returnFirst},
		{id: "F8", text: "a message comes before the payer's return", unless: without("messages", notifies), test: messageFirst},
		{id: "F9", text: "a forged or replayed return proves nothing", test: forgedReturn},
		{id: "F10", text: "money that comes after the expiry is told", test: lateMoney},
		{id: "F11", text: "what is paid can't be paid again", unless: once, test: paysAgain},
		{id: "F12", text: "an amount that was not asked for is told as it was paid", test: otherAmount},
	}
}

func notifies(c payment.Capabilities) bool { return c.Notifies }

// masked is how a payer may recognise what he paid with: brand and at most four last digits.
var masked = regexp.MustCompile(`^[A-Za-z ]{0,20}[ *•]*\d{0,4}$`)

func pays(b *bench) {
	r := b.request()
	b.create(r)
	before := b.s.Now().Truncate(time.Second)
	b.must(r.Reference, Act{Deed: Pay})
	after := b.s.Now()
	q := b.state(r.Reference, payment.AttemptSucceeded)
	if len(q.Payments) != 1 {
		b.Fatalf("one payment was made, and Query lists %v", q.Payments)
	}
	p := q.Payments[0]
	b.equal("the amount", p.Amount, r.Amount)
	b.equal("held and not taken", p.Authorised, false)
	if p.ID == "" || p.PaidAt.Before(before) || p.PaidAt.After(after) || !masked.MatchString(p.Masked) {
		b.Errorf("the payment is told as %+v; it was made at %v", p, after)
	}
	if p := b.payment(b.again(r)); p.ID == q.Payments[0].ID {
		b.Errorf("two payments have the id %q", p.ID)
	}
}

// again starts and pays another attempt like r.
func (b *bench) again(r payment.CreateRequest) string {
	b.Helper()
	r.Reference = b.ref()
	r.Key, r.Description = r.Reference+":create:1", "Fees for order "+r.Reference
	b.create(r)
	b.must(r.Reference, Act{Deed: Pay})
	return r.Reference
}

func declines(b *bench) {
	for _, reason := range []payment.Decline{
		payment.DeclineInsufficient, payment.DeclineLimit, payment.DeclineExpired, payment.DeclineAuth,
		payment.DeclineSuspected, payment.DeclineOnHold, payment.DeclineClosed, payment.DeclineOther,
	} {
		ref := b.start()
		b.must(ref, Act{Deed: Fail, Decline: reason})
		q := b.state(ref, payment.AttemptFailed)
		b.equal("the reason of the decline", q.Decline, reason)
		b.equal("payments after a decline", len(q.Payments), 0)
	}
}

func givesUp(b *bench) {
	ref := b.start()
	b.must(ref, Act{Deed: GiveUp})
	q := b.state(ref, payment.AttemptCancelled)
	b.equal("payments of an attempt given up", len(q.Payments), 0)
}

func abandons(b *bench) {
	ref := b.start()
	b.must(ref, Act{Deed: Abandon})
	b.wait(b.session() + time.Second)
	q := b.state(ref, payment.AttemptExpired)
	b.equal("payments of an abandoned attempt", len(q.Payments), 0)
}

func challenged(b *bench) {
	given := b.start()
	b.must(given, Act{Deed: Challenge})
	b.must(given, Act{Deed: PassChallenge})
	b.equal("payments after the proof was given", len(b.query(given).Payments), 1)
	failed := b.start()
	b.must(failed, Act{Deed: Challenge})
	b.must(failed, Act{Deed: FailChallenge})
	q := b.query(failed)
	b.equal("payments after the proof failed", len(q.Payments), 0)
	b.equal("the reason after the proof failed", q.Decline, payment.DeclineAuth)
	abandoned := b.start()
	b.must(abandoned, Act{Deed: Challenge})
	b.wait(b.session() + time.Second)
	q = b.query(abandoned)
	if q.State != payment.AttemptExpired && q.State != payment.AttemptFailed && q.State != payment.AttemptCancelled || len(q.Payments) > 0 {
		b.Errorf("nobody gave the proof: state %q, payments %v", q.State, q.Payments)
	}
}

func doubleClick(b *bench) {
	ref := b.start()
	b.must(ref, Act{Deed: PayTwice})
	b.equal("payments that Query lists", len(b.query(ref).Payments), 1)
	b.equal("payments that the company took", len(b.book(ref).Payments), 1)
}

// told makes sure that Query lists exactly the payments in the company's books.
func (b *bench) told(ref string) payment.QueryReply {
	b.Helper()
	q, book := b.query(ref), b.book(ref)
	b.equal("the number of payments", len(q.Payments), len(book.Payments))
	for i := range min(len(q.Payments), len(book.Payments)) {
		b.equal("the amount of a payment", q.Payments[i].Amount, book.Payments[i])
	}
	return q
}

func lateMoney(b *bench) {
	ref := b.start()
	b.wait(b.session() + time.Second)
	taken := b.act(ref, Act{Deed: PayLate})
	q := b.told(ref)
	b.equal("the payment is told", len(q.Payments) == 1, taken)
	if taken {
		b.equal("the state after late money", q.State, payment.AttemptSucceeded)
	}
}

func paysAgain(b *bench) {
	ref, p := b.paid()
	b.act(ref, Act{Deed: Pay})
	b.equal("the payment", b.payment(ref), p)
	b.told(ref)
}

func otherAmount(b *bench) {
	for _, minor := range []int64{13999, 14001, 1} {
		ref := b.start()
		b.must(ref, Act{Deed: Pay, Amount: b.amount(minor)})
		b.equal("the amount paid", b.payment(ref).Amount.Minor(), minor)
	}
}
