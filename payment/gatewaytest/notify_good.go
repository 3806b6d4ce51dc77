package gatewaytest

import (
	"reflect"
	"time"

	"courts.example/eservices/payment"
)

// says makes sure that the latest message about an attempt says what Query says.
func (b *bench) says(what, ref string) {
	b.Helper()
	e, q := b.event(b.latest(ref)), b.query(ref)
	if e.ID == "" || e.Time.IsZero() || e.Reference != ref || !e.Snapshot.Found {
		b.Errorf("the event of %s is %+v", what, e)
	}
	b.equal("the state in the message of "+what, e.Snapshot.State, q.State)
	b.equal("the payments in the message of "+what, e.Snapshot.Payments, q.Payments)
	b.equal("the refunds in the message of "+what, e.Snapshot.Refunds, q.Refunds)
	b.equal("the disputes in the message of "+what, e.Snapshot.Disputes, q.Disputes)
}

func eachKind(b *bench) {
	ref, p := b.paid()
	b.says("a payment", ref)
	if b.caps.Refund {
		b.refunded(b.refundOf(ref, p, p.Amount))
		b.says("a refund", ref)
	}
	declined, given, abandoned := b.start(), b.start(), b.start()
	b.must(declined, Act{Deed: Fail, Decline: payment.DeclineLimit})
	b.says("a decline", declined)
	b.must(given, Act{Deed: GiveUp})
	b.says("an attempt given up", given)
	b.wait(b.session() + time.Second)
	b.says("an attempt that expired", abandoned)
	if !b.caps.Disputes {
		return
	}
	desk := b.disputes()
	contested, p := b.paid()
	b.offered(desk.Dispute(p.ID), "Dispute")
	b.says("an open dispute", contested)
	b.offered(desk.Decide(p.ID, true), "Decide")
	b.says("a dispute that is won", contested)
}

func secrets(b *bench) {
	rotator, ok := b.s.(Rotator)
	if !ok {
		leave(b, NotChecked, "the sandbox has no Rotator")
	}
	_, old := b.paidMessage()
	b.rejected("a message signed by a stranger", b.write(Letter{Body: old.Body, Stranger: true}), payment.RejectForged)
	b.offered(rotator.Rotate(), "Rotate")
	b.g = b.s.Gateway(b)
	b.events(old)
	_, fresh := b.paidMessage()
	b.events(fresh)
	b.offered(rotator.Retire(), "Retire")
	b.g = b.s.Gateway(b)
	b.rejected("a message signed with a retired secret", old, payment.RejectForged)
	b.events(fresh)
	b.rejected("a message signed by a stranger", b.write(Letter{Body: fresh.Body, Stranger: true}), payment.RejectForged)
}

func replayed(b *bench) {
	_, m := b.paidMessage()
	first := b.events(m)
	for _, g := range []payment.Gateway{b.g, b.s.Gateway(b), b.g} {
		again := b.read(g, m)
		if !again.Verified || !reflect.DeepEqual(again.Events, first) {
			b.Errorf("the same message again gives %v, gave %v", again.Events, first)
		}
	}
}

func reordered(b *bench) {
	ref, _ := b.paidMessage()
	p := b.payment(ref)
	if b.caps.Refund {
		b.wait(time.Second)
		b.refunded(b.refundOf(ref, p, p.Amount))
	}
	all := b.sent(ref)
	if len(all) < 2 {
		leave(b, NotChecked, "the company sends but one message about an attempt")
	}
	forwards := [][]payment.GatewayEvent{}
	for _, m := range all {
		forwards = append(forwards, b.events(m))
	}
	b.g = b.s.Gateway(b)
	var before time.Time
	for i := len(all) - 1; i >= 0; i-- {
		events := b.events(all[i])
		b.equal("the events, read from the last to the first", events, forwards[i])
		for _, e := range events {
			if !before.IsZero() && e.Time.After(before) {
				b.Errorf("an event at %v was sent before one at %v", e.Time, before)
			}
			before = e.Time
		}
	}
}
