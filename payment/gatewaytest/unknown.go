package gatewaytest

import (
	"context"
	"errors"
	"time"

	"courts.example/eservices/payment"
)

// unknownRules are group D: outcomes that nobody knows.
func unknownRules() []rule {
	return []rule{
		{id: "D1", text: "a lost reply is unknown, and sent", test: func(b *bench) { unclear(b, ReplyLost) }},
		{id: "D2", text: "without a connection nothing was sent", test: noConnection},
		{id: "D3", text: "a failed TLS handshake is unavailable", why: "TLS ends at the process; a proxy outside it must be tried"},
		{id: "D4", text: "a broken reply is unknown", test: func(b *bench) { unclear(b, CutShort, Garbage, Page) }},
		{id: "D5", text: "an internal error of the company is unknown", test: func(b *bench) {
			unclear(b, Status500, Status502, Status503, Status504, ErrorAfter)
		}},
		{id: "D6", text: "throttled says for how long", test: throttled},
		{id: "D7", text: "being sent in a circle ends", test: func(b *bench) { unclear(b, Loop) }},
		{id: "D8", text: "a code that no manual has is unknown, never failed", test: func(b *bench) { unclear(b, NewCode) }},
		{id: "D9", text: "a reply that drips without end stops with the context", test: trickled},
		{id: "D10", text: "Query never says not there of what is there, whatever the connection does", test: truthUnderFault},
		{id: "D11", text: "not found is not final while the request may still land", test: landsLate},
		{id: "D12", text: "killed at any byte, a new process finds out", why: "a process must be killed from outside"},
	}
}

// unclear makes sure that Create under each fault is unknown and perhaps sent.
func unclear(b *bench, faults ...Fault) {
	for _, f := range faults {
		trouble := b.fault(f)
		_, err := b.try(b.g, b.request())
		trouble.Heal()
		g := b.class("Create under the fault "+string(f), err, payment.Unknown)
		b.equal("Sent under the fault "+string(f), g.Sent, true)
	}
}

func noConnection(b *bench) {
	r := b.request()
	trouble := b.fault(NoConnection)
	_, err := b.try(b.g, r)
	trouble.Heal()
	g := b.class("Create without a connection", err, payment.Unavailable)
	b.equal("Sent without a connection", g.Sent, false)
}

func throttled(b *bench) {
	trouble := b.fault(Throttle)
	_, err := b.try(b.g, b.request())
	trouble.Heal()
	g := b.class("Create when throttled", err, payment.Throttled)
	b.equal("RetryAfter", g.RetryAfter, RetryAfter*time.Second)
}

func trickled(b *bench) {
	r := b.request()
	trouble := b.fault(Trickle)
	err := b.interrupted(trouble, func(ctx context.Context) error {
		_, err := b.g.Create(ctx, r)
		return err
	})
	trouble.Heal()
	b.class("Create under the fault "+string(Trickle), err, payment.Unknown)
}

// instant are the faults under which a call ends by itself.
func instant() []Fault {
	return []Fault{
		NoConnection, ReplyLost, ErrorAfter, CutShort, Garbage, Page, Status500, Status502, Status503, Status504, Throttle, Loop, NewCode,
	}
}

func truthUnderFault(b *bench) {
	s, ok := b.s.(Faulter)
	if !ok {
		leave(b, NotChecked, "the sandbox has no Faulter")
	}
	offered := false
	for _, f := range instant() {
		there := b.start()
		trouble, err := s.Fault(f, All)
		if errors.Is(err, ErrNotOffered) {
			continue // the case of that fault says that it is not checked
		}
		b.offered(err, string(f))
		offered = true
		if q, err := b.ask(b.g, there); err == nil && !q.Found {
			b.Errorf("Query under the fault %s says that an attempt is not there", f)
		}
		trouble.Heal()
		r := b.request()
		trouble = b.fault(f)
		_, _ = b.try(b.g, r) // the answer is the matter of the case of that fault
		trouble.Heal()
		q, err := b.ask(b.g, r.Reference)
		if err != nil {
			b.Errorf("Query after the fault %s: %v", f, err)
		}
		b.equal("Found after the fault "+string(f), q.Found, b.book(r.Reference).Attempts > 0)
	}
	if !offered {
		leave(b, NotChecked, "the sandbox offers no fault")
	}
}

func landsLate(b *bench) {
	r := b.request()
	trouble := b.fault(Late)
	_, err := b.try(b.g, r)
	if err == nil {
		b.Errorf("Create answered before the request had landed")
	}
	q, err := b.ask(b.g, r.Reference)
	if err != nil || q.Found || q.Final {
		b.Errorf("Query before the request lands: found %v, final %v, error %v; must be neither", q.Found, q.Final, err)
	}
	trouble.Heal()
	b.query(r.Reference)
}

// interrupted makes a call, waits until it has met the trouble, and ends its context. A call that then does not return fails the case.
func (b *bench) interrupted(trouble Trouble, call func(ctx context.Context) error) error {
	b.Helper()
	ctx, cancel := b.call()
	defer cancel()
	var err error
	done := make(chan struct{})
	wait := b.atOnce(1, func(int) { err = call(ctx) })
	go func() { wait(); close(done) }()
	select {
	case <-trouble.Met:
		cancel()
	case <-done:
		return err
	}
	select {
	case <-done:
	case <-time.After(deadline):
		b.Fatalf("the call does not return when its context has ended")
	}
	return err
}
