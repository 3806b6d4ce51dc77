package gatewaytest

import (
	"bytes"
	"slices"

	"courts.example/eservices/payment"
)

// mailRules are group I: messages. The rules about what is forged are in notify_forged.go.
func mailRules() []rule {
	mail := without("messages", notifies)
	return []rule{
		{id: "I1", text: "a message of each kind is verified and says what Query says", unless: mail, test: eachKind},
		{id: "I2", text: "one changed bit makes a message worthless", unless: mail, test: oneBit},
		{id: "I3", text: "secrets: the new, the one before, none other", unless: mail, test: secrets},
		{id: "I4", text: "a signature that is absent, empty or doubled", unless: mail, test: signatures},
		{id: "I5", text: "a stamp that is stale, ahead, absent or odd", unless: mail, test: stamps},
		{id: "I6", text: "a message that comes again has the same events with the same ids", unless: mail, test: replayed},
		{id: "I7", text: "messages say the same in whatever order they come", unless: mail, test: reordered},
		{id: "I8", text: "an event's id and contents are told as they are, another body under a used id too", unless: mail, test: sameID},
		{id: "I9", text: "of several events in one message, each is told or none", unless: mail, test: severalEvents},
		{id: "I10", text: "a type of which nobody has heard is acknowledged and gives no event", unless: mail, test: unknownType},
		{id: "I11", text: "a reference that is not ours is told as it is", unless: mail, test: unknownReference},
		{id: "I12", text: "an amount or currency that was not asked for is told as it is", unless: mail, test: otherMoney},
		{id: "I13", text: "huge, deep and damaged bodies give no event", unless: mail, test: hostileBodies},
		{id: "I14", text: "the company takes the answer to a good message, and not that to a bad one", unless: mail, test: answers},
		{id: "I15", text: "the answer to a bad message tells nothing", unless: mail, test: quietRefusal},
		{id: "I16", text: "a look at whose message it is needs no secret", why: "the port has no such call: a host gives each gateway its own address"},
		{id: "I17", text: "a message is verified before it is parsed", unless: mail, test: verifiedFirst},
		{id: "I18", text: "signatures are compared in constant time", why: "time can't be measured without noise here; read the code for hmac.Equal or its like"},
	}
}

func (b *bench) mail() Mail {
	b.Helper()
	m, ok := b.s.(Mail)
	if !ok {
		leave(b, NotChecked, "the sandbox has no Mail")
	}
	return m
}

// sent gives the messages that were sent about an attempt.
func (b *bench) sent(ref string) []payment.Message {
	b.Helper()
	all, err := b.mail().Sent(ref)
	b.offered(err, "Sent")
	return all
}

// latest gives the last message that was sent about an attempt.
func (b *bench) latest(ref string) payment.Message {
	b.Helper()
	all := b.sent(ref)
	if len(all) == 0 {
		b.Fatalf("the company has sent no message about %s", ref)
	}
	return all[len(all)-1]
}

// write has a message made.
func (b *bench) write(l Letter) payment.Message {
	b.Helper()
	w, ok := b.s.(Writer)
	if !ok {
		leave(b, NotChecked, "the sandbox has no Writer")
	}
	if l.At.IsZero() {
		l.At = b.s.Now()
	}
	m, err := w.Write(l)
	b.offered(err, "Write")
	return m
}

// read has the gateway read a message.
func (b *bench) read(g payment.Gateway, m payment.Message) payment.NotificationReply {
	b.Helper()
	ctx, cancel := b.call()
	defer cancel()
	reply, err := g.Notification(ctx, m)
	if err != nil {
		b.Fatalf("Notification: %v", err)
	}
	return reply
}

// events reads a message that must be good.
func (b *bench) events(m payment.Message) []payment.GatewayEvent {
	b.Helper()
	reply := b.read(b.g, m)
	if !reply.Verified || reply.Reject != "" {
		b.Fatalf("a good message is rejected as %q", reply.Reject)
	}
	return reply.Events
}

// event reads a good message with one event.
func (b *bench) event(m payment.Message) payment.GatewayEvent {
	b.Helper()
	all := b.events(m)
	if len(all) != 1 {
		b.Fatalf("a message of one event gives %d", len(all))
	}
	return all[0]
}

// rejected makes sure that a message is not believed.
func (b *bench) rejected(what string, m payment.Message, want ...payment.RejectReason) {
	b.Helper()
	reply := b.read(b.g, m)
	switch {
	case reply.Verified || len(reply.Events) > 0:
		b.Errorf("%s: believed, with the events %v", what, reply.Events)
	case len(want) > 0 && !slices.Contains(want, reply.Reject):
		b.Errorf("%s: rejected as %q, must be %q", what, reply.Reject, want)
	case reply.Reject == "":
		b.Errorf("%s: rejected without a reason", what)
	}
}

// copied gives a message that can be changed.
func copied(m payment.Message) payment.Message {
	m.Body = bytes.Clone(m.Body)
	header := map[string][]string{}
	for name, values := range m.Header {
		header[name] = slices.Clone(values)
	}
	m.Header = header
	return m
}

// paidMessage pays an attempt and gives the message about it.
func (b *bench) paidMessage() (string, payment.Message) {
	b.Helper()
	ref := b.start()
	b.must(ref, Act{Deed: Pay})
	return ref, b.latest(ref)
}
