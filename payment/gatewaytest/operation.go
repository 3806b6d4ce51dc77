package gatewaytest

import (
	"time"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
)

// operationRules are group G: cancelling, capturing, voiding.
func operationRules() []rule {
	cancels := without("cancellation", func(c payment.Capabilities) bool { return c.Cancel })
	captures := without("authorisation", func(c payment.Capabilities) bool { return c.AuthCapture })
	return []rule{
		{id: "G1", text: "a waiting attempt is cancelled, and can't be paid afterwards", unless: cancels, test: cancelWaiting},
		{id: "G2", text: "cancelling and paying at once end in one of the two", unless: cancels, test: cancelRace},
		{id: "G3", text: "cancelling twice is cancelling once", unless: cancels, test: cancelTwice},
		{id: "G4", text: "what is paid can't be cancelled", unless: cancels, test: cancelPaid},
		{id: "G5", text: "capture of all, of a part, of too much, and after the lapse", unless: captures, test: captureAll},
		{id: "G6", text: "capturing twice takes once", unless: captures, test: captureTwice},
		{id: "G7", text: "what is captured can't be given up", unless: unless(cancels, captures), test: voidCaptured},
	}
}

func (b *bench) operation(ref, name string) payment.OperationRequest {
	b.n++
	return payment.OperationRequest{Reference: ref, Key: ref + ":" + name}
}

func (b *bench) cancel(g payment.Gateway, r payment.OperationRequest) (payment.OperationReply, error) {
	b.Helper()
	c, ok := g.(payment.Canceller)
	if !ok {
		b.Fatalf("the gateway declares Cancel, and does not have it")
	}
	ctx, cancel := b.call()
	defer cancel()
	return c.Cancel(ctx, r)
}

func (b *bench) capture(r payment.OperationRequest) (payment.OperationReply, error) {
	b.Helper()
	c, ok := b.g.(payment.Capturer)
	if !ok {
		b.Fatalf("the gateway declares AuthCapture, and does not have it")
	}
	ctx, cancel := b.call()
	defer cancel()
	return c.Capture(ctx, r)
}

// done makes sure that an operation has succeeded.
func (b *bench) done(what string, reply payment.OperationReply, err error) payment.OperationReply {
	b.Helper()
	if err != nil || reply.State != payment.OperationSucceeded {
		b.Fatalf("%s: state %q, error %v", what, reply.State, err)
	}
	return reply
}

func cancelWaiting(b *bench) {
	ref := b.start()
	reply, err := b.cancel(b.g, b.operation(ref, "cancel:1"))
	b.done("Cancel of a waiting attempt", reply, err)
	b.state(ref, payment.AttemptCancelled)
	if b.act(ref, Act{Deed: Pay}) {
		b.Errorf("a cancelled attempt was paid")
	}
	_, err = b.cancel(b.g, b.operation(b.ref(), "cancel:1"))
	b.class("Cancel of what is not there", err, payment.NotAllowed, payment.Invalid)
}

func cancelRace(b *bench) {
	known := b.start()
	b.query(known) // the adapter has seen that it waits
	b.must(known, Act{Deed: Pay})
	_, err := b.cancel(b.g, b.operation(known, "cancel:1"))
	b.class("Cancel of what was paid a moment ago", err, payment.NotAllowed)
	for range 8 {
		ref := b.start()
		b.query(ref)
		request := b.operation(ref, "cancel:1")
		var reply payment.OperationReply
		var err error
		wait := b.atOnce(1, func(int) { reply, err = b.cancel(b.g, request) })
		paid := b.act(ref, Act{Deed: Pay})
		wait()
		cancelled := err == nil && reply.State == payment.OperationSucceeded
		if q := b.query(ref); paid == cancelled || len(q.Payments) > 0 != paid {
			b.Errorf("cancelled %v (%v) and paid %v at once, and Query lists %v", cancelled, err, paid, q.Payments)
		}
	}
}

func cancelTwice(b *bench) {
	ref := b.start()
	r := b.operation(ref, "cancel:1")
	reply, err := b.cancel(b.g, r)
	b.done("Cancel", reply, err)
	reply, err = b.cancel(b.g, r)
	b.equal("Replay of the same cancellation", b.done("the same Cancel again", reply, err).Replay, true)
	if reply, err = b.cancel(b.s.Gateway(b), b.operation(ref, "cancel:2")); err != nil {
		b.class("Cancel of what is cancelled", err, payment.NotAllowed)
	} else {
		b.equal("Cancel of what is cancelled", reply.State, payment.OperationSucceeded)
	}
	b.state(ref, payment.AttemptCancelled)
}

func cancelPaid(b *bench) {
	ref := b.start()
	b.must(ref, Act{Deed: Pay})
	_, err := b.cancel(b.s.Gateway(b), b.operation(ref, "cancel:1"))
	b.class("Cancel of what is paid", err, payment.NotAllowed)
	b.state(ref, payment.AttemptSucceeded)
}

// held starts an attempt whose money is held.
func (b *bench) held() (string, money.Amount) {
	b.Helper()
	r := b.request()
	r.Authorise = true
	b.create(r)
	b.must(r.Reference, Act{Deed: Pay})
	if p := b.payment(r.Reference); !p.Authorised {
		b.Fatalf("the money of %s was to be held, and is told as taken", r.Reference)
	}
	return r.Reference, r.Amount
}

// taken gives what was taken and is not merely held.
func (b *bench) taken(ref string) money.Amount {
	b.Helper()
	var sum money.Amount
	for _, p := range b.query(ref).Payments {
		if p.Authorised {
			continue
		}
		var err error
		if sum, err = sum.Add(p.Amount); err != nil {
			b.Fatalf("payments of %s: %v", ref, err)
		}
	}
	return sum
}

func captureAll(b *bench) {
	ref, amount := b.held()
	reply, err := b.capture(b.operation(ref, "capture:1"))
	b.done("Capture of all", reply, err)
	b.equal("taken by a capture of all", b.taken(ref), amount)

	ref, amount = b.held()
	over := b.operation(ref, "capture:1")
	over.Amount = b.amount(amount.Minor() + 1)
	_, err = b.capture(over)
	b.class("Capture of more than is held", err, payment.NotAllowed, payment.Invalid)
	b.equal("taken by a capture of too much", b.taken(ref).Minor(), int64(0))

	part := b.operation(ref, "capture:2")
	part.Amount = b.amount(amount.Minor() - 4000)
	reply, err = b.capture(part)
	if b.caps.PartialCapture {
		b.done("Capture of a part", reply, err)
		b.equal("taken by a capture of a part", b.taken(ref), part.Amount)
	} else {
		b.class("Capture of a part, which is not declared", err, payment.NotAllowed, payment.Invalid)
	}
	if b.caps.Cancel {
		ref, _ = b.held()
		reply, err = b.cancel(b.g, b.operation(ref, "cancel:1"))
		b.done("Cancel of an authorisation", reply, err)
		b.gone(ref)
	}
	ref, _ = b.held()
	b.wait(366 * 24 * time.Hour) // longer than anybody holds money
	b.gone(ref)
}

// gone makes sure that money that is held no more can't be captured.
func (b *bench) gone(ref string) {
	b.Helper()
	_, err := b.capture(b.operation(ref, "capture:1"))
	b.class("Capture of money that is held no more", err, payment.NotAllowed)
	b.equal("taken of money that is held no more", b.taken(ref).Minor(), int64(0))
}

func captureTwice(b *bench) {
	ref, amount := b.held()
	r := b.operation(ref, "capture:1")
	reply, err := b.capture(r)
	b.done("Capture", reply, err)
	reply, err = b.capture(r)
	b.equal("Replay of the same capture", b.done("the same Capture again", reply, err).Replay, true)
	_, err = b.capture(b.operation(ref, "capture:2"))
	b.class("Capture of what is captured", err, payment.NotAllowed)
	b.equal("taken by two captures", b.taken(ref), amount)
}

func voidCaptured(b *bench) {
	ref, amount := b.held()
	reply, err := b.capture(b.operation(ref, "capture:1"))
	b.done("Capture", reply, err)
	_, err = b.cancel(b.g, b.operation(ref, "cancel:1"))
	b.class("Cancel of what is captured", err, payment.NotAllowed)
	b.equal("taken", b.taken(ref), amount)
}
