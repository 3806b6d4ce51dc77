package gatewaytest

import (
	"reflect"
	"strconv"
	"strings"
	"time"

	"courts.example/eservices/payment"
)

// harmless makes sure that a changed message is rejected, or says what the good one said: some part of it is not signed.
func (b *bench) harmless(what string, m payment.Message, said []payment.GatewayEvent) {
	b.Helper()
	reply := b.read(b.g, m)
	if reply.Verified && !reflect.DeepEqual(reply.Events, said) || !reply.Verified && len(reply.Events) > 0 {
		b.Errorf("%s: verified %v with the events %v", what, reply.Verified, reply.Events)
	}
}

func oneBit(b *bench) {
	_, m := b.paidMessage()
	said := b.events(m)
	for i := range m.Body {
		for _, bit := range []byte{1, 0x20, 0x80} {
			changed := copied(m)
			changed.Body[i] ^= bit
			if reply := b.read(b.g, changed); reply.Verified || len(reply.Events) > 0 {
				b.Fatalf("a bit of byte %d of the body is changed, and the message is believed", i)
			}
		}
	}
	form := b.mail().Form()
	for _, name := range []string{form.Signature, form.Stamp} {
		for i, text := range m.Header[name] {
			for j := range text {
				changed := copied(m)
				value := []byte(text)
				value[j] ^= 1
				changed.Header[name][i] = string(value)
				b.harmless("a bit of the header "+name+" is changed", changed, said)
				if name != form.Signature && b.read(b.g, changed).Verified {
					b.Errorf("a bit of the stamp is changed, and the message is believed")
				}
			}
		}
	}
}

func signatures(b *bench) {
	_, m := b.paidMessage()
	said := b.events(m)
	name := b.mail().Form().Signature
	without := copied(m)
	delete(without.Header, name)
	b.rejected("no signature", without, payment.RejectUnsigned)
	for _, empty := range []string{"", " ", ",", "=", "v1="} {
		changed := copied(m)
		changed.Header[name] = []string{empty}
		b.rejected("the signature "+strconv.Quote(empty), changed, payment.RejectUnsigned, payment.RejectForged)
	}
	good := m.Header[name][0]
	for _, values := range [][]string{{good, good}, {good, "v1=00"}, {"v1=00", good}, {"", good}} {
		changed := copied(m)
		changed.Header[name] = values
		b.harmless("a doubled signature", changed, said)
		changed.Body = append(changed.Body, ' ')
		b.rejected("a doubled signature of another body", changed)
	}
	old := copied(m)
	old.Received = old.Received.Add(time.Hour)
	fresh := b.write(Letter{Body: []byte("{}"), At: old.Received})
	for _, header := range []string{name, b.mail().Form().Stamp} {
		if header == "" {
			continue
		}
		for _, values := range [][]string{{old.Header[header][0], fresh.Header[header][0]}, {fresh.Header[header][0], old.Header[header][0]}} {
			changed := copied(old)
			changed.Header[header] = values
			b.rejected("an old message with a fresh stamp beside its own", changed)
		}
	}
}

func stamps(b *bench) {
	form := b.mail().Form()
	if form.Stamp == "" {
		leave(b, NotChecked, "the company's messages carry no stamp")
	}
	_, m := b.paidMessage()
	for _, later := range []time.Duration{form.Age - 2*time.Second, -(form.Age - 2*time.Second)} {
		near := copied(m)
		near.Received = near.Received.Add(later)
		b.events(near)
	}
	for _, far := range []time.Duration{form.Age + 2*time.Second, 24 * time.Hour} {
		changed := copied(m)
		changed.Received = m.Received.Add(far)
		b.rejected("a stamp that is "+far.String()+" old", changed, payment.RejectStale)
		changed.Received = m.Received.Add(-far)
		b.rejected("a stamp that is "+far.String()+" ahead", changed, payment.RejectFuture)
	}
	now := m.Received.Unix()
	for _, odd := range []string{
		strconv.FormatInt(now*1000, 10), "0", "-1", " ", "soon", "0x7fffffff", "1e9", "99999999999999999999",
	} {
		b.rejected("the stamp "+strconv.Quote(odd)+", signed", b.write(Letter{Body: m.Body, At: m.Received, Stamp: odd}))
	}
	if form.Stamp != form.Signature {
		absent := copied(m)
		delete(absent.Header, form.Stamp)
		b.rejected("no stamp", absent)
	}
}

func quietRefusal(b *bench) {
	ref, m := b.paidMessage()
	id := b.event(m).ID
	forged, unsigned, stale := copied(m), copied(m), copied(m)
	forged.Body = []byte(strings.Replace(string(m.Body), "a", "b", 1))
	delete(unsigned.Header, b.mail().Form().Signature)
	stale.Received = stale.Received.Add(24 * time.Hour)
	for what, bad := range map[string]payment.Message{"forged": forged, "unsigned": unsigned, "stale": stale} {
		ack := b.read(b.g, bad).Ack
		said := ack.ContentType + " " + string(ack.Body)
		for _, secret := range append([]string{ref, id}, m.Header[b.mail().Form().Signature]...) {
			if secret != "" && strings.Contains(said, secret) {
				b.Errorf("the answer to a message that is %s holds %s", what, quote(secret))
			}
		}
		if len(said) > 200 {
			b.Errorf("the answer to a message that is %s is %d bytes long", what, len(said))
		}
	}
}
