package gatewaytest

import (
	"fmt"
	"reflect"
	"strings"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
)

// news is an event as a company might send it: a payment of so much.
func (b *bench) news(id, ref string, amount money.Amount) payment.GatewayEvent {
	now := b.s.Now().UTC().Truncate(1e9)
	return payment.GatewayEvent{ID: id, Time: now, Reference: ref, Snapshot: payment.QueryReply{
		Found: true, State: payment.AttemptSucceeded, GatewayRef: "gw-" + ref, Final: true, Expires: now,
		Payments: []payment.GatewayPayment{{ID: "pay-" + ref, Amount: amount, PaidAt: now, Means: b.caps.Means[0]}},
	}}
}

func sameID(b *bench) {
	ref, other := b.start(), b.start()
	first := b.event(b.write(Letter{Events: []payment.GatewayEvent{b.news("event-1", ref, b.amount(100))}}))
	second := b.event(b.write(Letter{Events: []payment.GatewayEvent{b.news("event-1", other, b.amount(200))}}))
	b.equal("the ids", []string{first.ID, second.ID}, []string{"event-1", "event-1"})
	b.equal("the references", []string{first.Reference, second.Reference}, []string{ref, other})
}

func severalEvents(b *bench) {
	good := []payment.GatewayEvent{
		b.news("event-1", b.start(), b.amount(100)), b.news("event-2", b.start(), b.amount(200)), b.news("event-3", b.start(), b.amount(300)),
	}
	events := b.events(b.write(Letter{Events: good}))
	b.equal("the number of events", len(events), len(good))
	for i := range min(len(events), len(good)) {
		b.equal("an event's id", events[i].ID, good[i].ID)
		b.equal("an event's reference", events[i].Reference, good[i].Reference)
	}
	bad := b.write(Letter{Events: good})
	bad.Body = []byte(strings.Replace(string(bad.Body), good[2].Reference, good[2].Reference+"-x", 1))
	b.rejected("a message of which the last event was changed", bad)
}

func unknownType(b *bench) {
	m := b.write(Letter{Type: "weather.changed"})
	reply := b.read(b.g, m)
	if !reply.Verified || len(reply.Events) > 0 {
		b.Errorf("a signed message of an unknown type: verified %v (%s), events %v", reply.Verified, reply.Reject, reply.Events)
	}
	b.equal("the company takes the answer", b.mail().Takes(reply.Ack), true)
}

func unknownReference(b *bench) {
	ref := b.ref()
	e := b.event(b.write(Letter{Events: []payment.GatewayEvent{b.news("event-1", ref, b.amount(100))}}))
	b.equal("the reference", e.Reference, ref)
}

func otherMoney(b *bench) {
	ref := b.start()
	for i, amount := range []money.Amount{b.amount(13999), b.amount(14001), b.in(b.caps.Currencies[len(b.caps.Currencies)-1], 14000)} {
		e := b.event(b.write(Letter{Events: []payment.GatewayEvent{b.news(fmt.Sprint("event-", i), ref, amount)}}))
		if len(e.Snapshot.Payments) != 1 || e.Snapshot.Payments[0].Amount != amount {
			b.Errorf("a message of %v is told as %v", amount, e.Snapshot.Payments)
		}
	}
}

func hostileBodies(b *bench) {
	ref, m := b.paidMessage()
	good := string(m.Body)
	b.rejected("300 KiB, signed", b.write(Letter{Body: []byte(strings.Repeat("x", 300<<10))}), payment.RejectTooLarge)
	blown := copied(m)
	blown.Body = append(blown.Body, strings.Repeat(" ", 300<<10)...)
	b.rejected("300 KiB, of which the beginning is signed", blown)
	for what, body := range map[string]string{
		"nothing":          "",
		"no message":       "null",
		"a list":           "[]",
		"a deep one":       strings.Repeat(`{"a":[`, 20000),
		"a deep whole one": strings.Repeat(`[`, 20000) + strings.Repeat(`]`, 20000),
		"half":             good[:len(good)/2],
		"two":              good + good,
		"no UTF-8":         strings.ReplaceAll(good, ref, ref+"\xff\xfe"),
		"zeros":            good + "\x00\x00",
	} {
		if reply := b.read(b.g, b.write(Letter{Body: []byte(body)})); len(reply.Events) > 0 {
			b.Errorf("of a body that is %s, signed, come the events %v", what, reply.Events)
		}
	}
	for _, form := range []string{"+", "%7C", "%00", "|"} {
		damaged := strings.ReplaceAll(good, ref, ref+form)
		reply := b.read(b.g, b.write(Letter{Body: []byte(damaged)}))
		for _, e := range reply.Events {
			if e.Reference == ref {
				b.Errorf("the reference %q is told as %q", ref+form, ref)
			}
		}
	}
}

func verifiedFirst(b *bench) {
	_, m := b.paidMessage()
	m = copied(m)
	for _, body := range []string{`{"broken`, "", strings.Repeat("[", 1000), "\xff\xfe"} {
		m.Body = []byte(body)
		b.rejected("a malformed message with another's signature", m, payment.RejectForged, payment.RejectUnsigned)
	}
}

func answers(b *bench) {
	ref, m := b.paidMessage()
	good := b.read(b.g, m).Ack
	b.equal("the company takes the answer to a good message", b.mail().Takes(good), true)
	if again := b.read(b.s.Gateway(b), m).Ack; !reflect.DeepEqual(again, good) {
		b.Errorf("the answer to the same message again is %v, was %v", again, good)
	}
	bad := copied(m)
	bad.Body = []byte(strings.ReplaceAll(string(m.Body), ref, b.ref()))
	b.equal("the company takes the answer to a forged message", b.mail().Takes(b.read(b.g, bad).Ack), false)
}
