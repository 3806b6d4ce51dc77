package gatewaytest

import (
	"context"
	"time"

	"courts.example/eservices/payment"
)

// keyRules are group C: idempotency.
func keyRules() []rule {
	keys := func(c payment.Capabilities) string {
		if c.Idempotency == payment.NoKeys {
			return "the gateway declares that it has no keys"
		}
		return ""
	}
	byKey := unless(keys, func(c payment.Capabilities) string {
		if c.Idempotency == payment.ByReference {
			return "the gateway declares references, which know no keys: C11"
		}
		return ""
	})
	return []rule{
		{id: "C1", text: "the same request ten times has one effect and one answer", unless: keys, test: tenTimes},
		{id: "C2", text: "the same request fifty times at once has one effect", unless: keys, test: fiftyAtOnce},
		{id: "C3", text: "a key with other contents is a conflict without effect", unless: byKey, test: otherContents},
		{id: "C4", text: "a new process answers a key as the old one did", unless: keys, test: newProcess},
		{id: "C5", text: "sent again after the reply was lost, one effect", unless: keys, test: func(b *bench) { sentAgain(b, ReplyLost) }},
		{id: "C6", text: "sent again after an error that came after the effect, one effect", unless: keys, test: func(b *bench) { sentAgain(b, ErrorAfter) }},
		{id: "C7", text: "sent again while the company still works on it, one effect", unless: keys, test: sentAgainMeanwhile},
		{id: "C8", text: "the window of keys is as declared, and refuses beyond", unless: unless(byKey, without("window of keys",
			func(c payment.Capabilities) bool { return c.Window > 0 })), test: windowOfKeys},
		{id: "C9", text: "keys of different attempts do not touch each other", unless: keys, test: ownKeys},
		{id: "C10", text: "a refund is not answered by the key of its attempt's start", unless: unless(byKey, without("refunds", refunds)), test: keysByOperation},
		{id: "C11", text: "a gateway with references or nothing is as it declares", unless: func(c payment.Capabilities) string {
			if c.Idempotency == payment.ByKey {
				return "the gateway declares keys"
			}
			return ""
		}, test: asDeclared},
	}
}

func refunds(c payment.Capabilities) bool { return c.Refund }

// same makes sure that an answer is the first one again.
func (b *bench) same(first, again payment.AttemptReply) {
	b.Helper()
	if again.GatewayRef != first.GatewayRef || again.Next.URL != first.Next.URL || again.Next.Code != first.Next.Code {
		b.Errorf("the answer to the same request is %s %q, was %s %q", again.GatewayRef, again.Next.URL, first.GatewayRef, first.Next.URL)
	}
}

func tenTimes(b *bench) {
	r := b.request()
	first := b.create(r)
	b.equal("Replay of the first answer", first.Replay, false)
	for r.SendNo = 2; r.SendNo <= 10; r.SendNo++ {
		again := b.create(r)
		b.same(first, again)
		b.equal("Replay of a repeated answer", again.Replay, true)
	}
	b.effects(r.Reference, 1)
}

func fiftyAtOnce(b *bench) {
	r := b.request()
	replies, errs := make([]payment.AttemptReply, 50), make([]error, 50)
	b.atOnce(len(replies), func(i int) { replies[i], errs[i] = b.try(b.g, r) })()
	refs := map[string]bool{}
	for i, err := range errs {
		if err == nil {
			refs[replies[i].GatewayRef] = true
			continue
		}
		b.class("one of fifty", err, payment.Unknown, payment.Throttled, payment.Unavailable)
	}
	if len(refs) > 1 {
		b.Errorf("fifty at once were given %d attempts", len(refs))
	}
	b.effects(r.Reference, 1)
}

func otherContents(b *bench) {
	r := b.request()
	first := b.create(r)
	other := map[string]payment.CreateRequest{}
	for what, change := range map[string]func(r *payment.CreateRequest){
		"amount":    func(r *payment.CreateRequest) { r.Amount = b.amount(13999) },
		"reference": func(r *payment.CreateRequest) { r.Reference = b.ref() },
		"means":     func(r *payment.CreateRequest) { r.Means = b.caps.Means[len(b.caps.Means)-1] },
		"currency":  func(r *payment.CreateRequest) { r.Amount = b.in(b.caps.Currencies[len(b.caps.Currencies)-1], 14000) },
	} {
		changed := r
		if change(&changed); changed != r {
			other[what] = changed
		}
	}
	for what, changed := range other {
		_, err := b.try(b.g, changed)
		b.class("Create with a used key and another "+what, err, payment.Conflict)
		if changed.Reference != r.Reference {
			b.effects(changed.Reference, 0)
		}
	}
	b.effects(r.Reference, 1)
	r.SendNo = 2
	b.same(first, b.create(r))
}

func newProcess(b *bench) {
	r := b.request()
	first := b.create(r)
	b.g, r.SendNo = b.s.Gateway(b), 2
	again := b.create(r)
	b.same(first, again)
	b.equal("Replay by a new process", again.Replay, true)
	b.effects(r.Reference, 1)
}

func sentAgain(b *bench, f Fault) {
	r := b.request()
	trouble := b.fault(f)
	if _, err := b.try(b.g, r); err == nil {
		b.Errorf("Create answered under the fault %s", f)
	}
	trouble.Heal()
	b.effects(r.Reference, 1)
	r.SendNo = 2
	b.create(r)
	b.effects(r.Reference, 1)
}

func sentAgainMeanwhile(b *bench) {
	r := b.request()
	trouble := b.fault(Stall)
	ended := b.interrupted(trouble, func(ctx context.Context) error {
		_, err := b.g.Create(ctx, r)
		return err
	})
	b.class("Create that was given up", ended, payment.Unknown)
	trouble.Heal()
	r.SendNo = 2
	b.create(r)
	b.effects(r.Reference, 1)
}

func windowOfKeys(b *bench) {
	r := b.request()
	first := b.create(r)
	b.wait(b.caps.Window - time.Minute)
	r.SendNo = 2
	inside := b.create(r)
	if inside.GatewayRef != first.GatewayRef || !inside.Replay {
		b.Errorf("just inside the window the answer is %q, was %q", inside.GatewayRef, first.GatewayRef)
	}
	b.wait(2 * time.Minute)
	r.SendNo = 3
	_, err := b.try(b.g, r)
	b.class("Create just outside the window", err, payment.NotAllowed)
	b.effects(r.Reference, 1)
}

func ownKeys(b *bench) {
	r, other := b.request(), b.request()
	other.Description = r.Description
	first, second := b.create(r), b.create(other)
	if first.GatewayRef == second.GatewayRef || second.Replay {
		b.Errorf("two attempts with keys of their own were both given %q", first.GatewayRef)
	}
	b.effects(r.Reference, 1)
	b.effects(other.Reference, 1)
}

func keysByOperation(b *bench) {
	r := b.request()
	b.create(r)
	b.must(r.Reference, Act{Deed: Pay})
	p := b.payment(r.Reference)
	refund := b.refundOf(r.Reference, p, p.Amount)
	refund.Key = r.Key
	reply, err := b.refund(refund)
	switch {
	case err != nil:
		b.class("Refund with the key of Create", err, payment.Conflict, payment.Invalid)
		b.equal("what the company gave back", len(b.book(r.Reference).Refunds), 0)
	case reply.Replay:
		b.Errorf("Refund with the key of Create was answered as a replay")
	default:
		b.equal("what the company gave back", len(b.book(r.Reference).Refunds), 1)
	}
}

func asDeclared(b *bench) {
	r := b.request()
	if b.caps.Idempotency == payment.ByReference {
		first := b.create(r)
		r.Key, r.SendNo = r.Reference+":create:2", 2
		b.same(first, b.create(r))
		b.effects(r.Reference, 1)
		return
	}
	b.equal("a gateway without keys finds attempts by our reference", b.caps.QueryByReference, true)
	for _, f := range b.caps.Flows {
		if f == payment.DeepLink || f == payment.FormPost {
			b.Errorf("a gateway without keys has the flow %s", f)
		}
	}
}
