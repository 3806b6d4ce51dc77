package gatewaytest

import (
	"strings"

	"courts.example/eservices/payment"
)

// back gives the request of the returning browser, and the ability to read it.
func (b *bench) back(ref string) (payment.Returner, payment.Message) {
	b.Helper()
	returner, ok := b.g.(payment.Returner)
	if !ok {
		leave(b, Skipped, "the gateway reads no returns")
	}
	p, ok := b.s.(Payer)
	if !ok {
		leave(b, NotChecked, "the sandbox has no Payer")
	}
	m, err := p.Back(ref)
	b.offered(err, "Back")
	return returner, m
}

// hint reads a return that must be read.
func (b *bench) hint(r payment.Returner, m payment.Message) payment.ReturnReply {
	b.Helper()
	reply, err := r.Return(b.ctx, m)
	if err != nil {
		b.Fatalf("Return of %s: %v", m.Path, err)
	}
	return reply
}

func returnFirst(b *bench) {
	ref := b.start()
	b.must(ref, Act{Deed: Pay})
	returner, m := b.back(ref)
	b.equal("the reference of the return", b.hint(returner, m).Reference, ref)
	b.equal("payments, without any message", len(b.query(ref).Payments), 1)
}

func messageFirst(b *bench) {
	ref := b.start()
	b.must(ref, Act{Deed: Pay})
	event := b.event(b.latest(ref))
	b.equal("the reference of the message", event.Reference, ref)
	b.equal("payments in the message", len(event.Snapshot.Payments), 1)
	returner, m := b.back(ref)
	b.equal("the reference of the return after the message", b.hint(returner, m).Reference, ref)
}

func forgedReturn(b *bench) {
	paid, waiting := b.start(), b.start()
	b.must(paid, Act{Deed: Pay})
	returner, m := b.back(paid)
	m.Path = strings.ReplaceAll(m.Path, paid, waiting)
	m.Body = []byte(strings.ReplaceAll(string(m.Body), paid, waiting))
	for range 2 {
		_, _ = returner.Return(b.ctx, m) // what it says is a hint, whatever it says
	}
	q := b.query(waiting)
	if q.State != payment.AttemptPending || len(q.Payments) > 0 {
		b.Errorf("after a forged return, Query says %q with the payments %v", q.State, q.Payments)
	}
	b.equal("what the company took", len(b.book(waiting).Payments), 0)
	for _, path := range []string{"", "/", "/return", "%", "/return?%zz", "/return?" + strings.Repeat("a=b&", 5000)} {
		if reply, err := returner.Return(b.ctx, payment.Message{Method: "GET", Path: path}); err == nil && reply.Reference != "" {
			b.Errorf("Return of %s names the reference %q", quote(path), reply.Reference)
		}
	}
}
