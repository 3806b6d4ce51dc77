package gatewaytest

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
)

// createRules are group B: what starts an attempt, and what the payer is given to do.
func createRules() []rule {
	return []rule{
		{id: "B1", text: "every flow gives the payer something to do", test: usableNext},
		{id: "B2", text: "amounts reach the company exactly, in declared currencies only", test: exactAmounts},
		{id: "B3", text: "references reach the company as they are, up to the declared length", test: exactReferences},
		{id: "B4", text: "the expiry asked for is kept, or brought within the declared bounds, and told", test: toldExpiry},
		{id: "B5", text: "return, cancel and notify addresses reach the company as they are", test: exactAddresses},
		{id: "B6", text: "the payer's language reaches the company", test: exactLocale},
		{id: "B7", text: "the description is in no address", test: quietAddress},
		{id: "B8", text: "payers are sent to declared hosts only", test: declaredHosts},
		{id: "B9", text: "fields to post are values, not markup", unless: without("flow form-post", has(payment.FormPost)), test: plainFields},
		{id: "B10", text: "a code to scan is made for this payment only, and right", unless: without("flow qr", has(payment.QR)), test: rightCode},
		{id: "B11", text: "only declared means are taken, and the payment is by the one asked for", test: onlyMeans},
		{id: "B12", text: "an attempt that needs its payer has not succeeded when it starts", test: notYet},
	}
}

func has(f payment.Flow) func(payment.Capabilities) bool {
	return func(c payment.Capabilities) bool { return slices.Contains(c.Flows, f) }
}

// flows starts an attempt in each flow.
func flows(b *bench, f func(r payment.CreateRequest, a payment.AttemptReply)) {
	for _, flow := range b.caps.Flows {
		r := b.request()
		r.Flow = flow
		f(r, b.create(r))
	}
}

func usableNext(b *bench) {
	flows(b, func(r payment.CreateRequest, a payment.AttemptReply) {
		if a.GatewayRef == "" {
			b.Errorf("%s: the gateway gives the attempt no name", r.Flow)
		}
		b.equal("the flow of the next action", a.Next.Flow, r.Flow)
		if r.Flow == payment.QR {
			if a.Next.Code == "" {
				b.Errorf("%s: there is no code", r.Flow)
			}
			return
		}
		if u, err := url.Parse(a.Next.URL); err != nil || u.Scheme == "" || (u.Host == "" && r.Flow != payment.DeepLink) {
			b.Errorf("%s: %q is no address to go to", r.Flow, a.Next.URL)
		}
		if r.Flow == payment.FormPost && len(a.Next.Fields) == 0 {
			b.Errorf("%s: there are no fields to post", r.Flow)
		}
	})
}

func exactAmounts(b *bench) {
	for _, code := range b.caps.Currencies {
		for _, minor := range []int64{1, 10, 99, 100, 1005, 999999999} {
			r := b.request()
			r.Amount = b.in(code, minor)
			b.create(r)
			b.equal("the amount that the company asks for", b.asked(r.Reference).Amount, r.Amount)
		}
	}
	for _, code := range []string{"HKD", "JPY", "KWD", "XXX"} {
		c, err := money.ParseCurrency(code)
		if err != nil || slices.Contains(b.caps.Currencies, code) {
			continue
		}
		r := b.request()
		r.Amount = money.New(1000, c)
		_, err = b.try(b.g, r)
		b.class("Create in "+code+", which is not declared", err, payment.Invalid)
		b.effects(r.Reference, 0)
	}
	for _, minor := range []int64{0, -1} {
		r := b.request()
		r.Amount = b.amount(minor)
		_, err := b.try(b.g, r)
		b.class("Create of "+r.Amount.String(), err, payment.Invalid)
		b.effects(r.Reference, 0)
	}
}

func exactReferences(b *bench) {
	longest := b.tag + "-" + strings.Repeat("Zz9-", 64)
	if b.caps.ReferenceMax < len(b.tag)+4 {
		b.Fatalf("the gateway declares a longest reference of %d", b.caps.ReferenceMax)
	}
	longest = longest[:b.caps.ReferenceMax-1] + "E"
	for _, ref := range []string{longest, b.tag + "-aB", b.tag + "-Ab", b.tag + "--0"} {
		r := b.request()
		r.Reference, r.Key = ref, ref+":create:1"
		b.create(r)
		b.effects(ref, 1)
	}
	for _, ref := range []string{longest + "x", "", b.tag + " 1", b.tag + "|1", b.tag + "é", b.tag + "\n"} {
		r := b.request()
		r.Reference = ref
		_, err := b.try(b.g, r)
		if g := b.class("Create with the reference "+quote(ref), err, payment.Invalid); g.Sent {
			b.Errorf("Create with the reference %s: it was sent to be refused", quote(ref))
		}
	}
}

func toldExpiry(b *bench) {
	now := b.s.Now().Truncate(time.Second)
	low, high := now.Add(b.caps.SessionMin), now.Add(b.session())
	if b.caps.SessionMax > 0 {
		high = now.Add(b.caps.SessionMax)
	}
	inside := b.request().ExpiresAt
	for _, asked := range []time.Time{inside, now.Add(b.caps.SessionMin / 2), high.Add(time.Hour)} {
		r := b.request()
		r.ExpiresAt = asked
		a, err := b.try(b.g, r)
		if err != nil {
			b.class("Create with an expiry out of bounds", err, payment.Invalid)
			b.equal("the expiry refused is within the bounds", asked.Equal(inside), false)
			continue
		}
		told := a.Next.ExpiresAt
		if told.IsZero() || told.Before(low.Add(-time.Second)) || (b.caps.SessionMax > 0 && told.After(high.Add(time.Minute))) {
			b.Errorf("asked for %v, the expiry told is %v, out of the bounds declared", asked, told)
		}
		if asked.Equal(inside) && !told.Equal(asked) {
			b.Errorf("asked for the expiry %v, which is within the bounds, and told %v", asked, told)
		}
		if q := b.query(r.Reference); !q.Expires.Equal(told) {
			b.Errorf("Create tells the expiry %v, Query %v", told, q.Expires)
		}
	}
}

func notYet(b *bench) {
	flows(b, func(r payment.CreateRequest, a payment.AttemptReply) {
		if a.State != payment.AttemptPending && a.State != payment.AttemptProcessing || len(a.Payments) > 0 {
			b.Errorf("%s: nobody has paid, and Create answers with the state %q and %d payments", r.Flow, a.State, len(a.Payments))
		}
	})
}
