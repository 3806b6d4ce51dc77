package gatewaytest

import (
	"time"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
)

// refundRules are group H.
func refundRules() []rule {
	any := without("refunds", refunds)
	partial := without("partial refunds", partialRefunds)
	asked := unless(any, without("query of refunds", func(c payment.Capabilities) bool { return c.RefundQuery }))
	return []rule{
		{id: "H1", text: "a payment is given back whole", unless: any, test: refundWhole},
		{id: "H2", text: "a payment is given back in parts, to nothing", unless: partial, test: refundParts},
		{id: "H3", text: "more than was paid is refused, and not given", unless: any, test: refundTooMuch},
		{id: "H4", text: "two parts at once never give more than there is", unless: partial, test: refundRace},
		{id: "H5", text: "the same refund again gives once", unless: any, test: refundAgain},
		{id: "H6", text: "a refund by someone who counts otherwise is refused", unless: any, test: refundMiscounted},
		{id: "H7", text: "a refund that is decided later succeeds later", unless: asked, test: refundLater},
		{id: "H8", text: "a refund that was done can still fail", unless: asked, test: refundFailsLate},
		{id: "H9", text: "what is unpaid, given back or disputed is not given back", unless: any, test: refundNothing},
		{id: "H10", text: "a refund in another currency is refused", unless: any, test: refundOtherCurrency},
		{id: "H11", text: "a refund that is asked for too late is refused", unless: any, test: refundTooLate},
		{id: "H12", text: "a refund whose answer was lost is found", unless: asked, test: refundLost},
		{id: "H13", text: "refunds that are not declared are not faked", unless: func(c payment.Capabilities) string {
			if c.Refund && c.PartialRefund {
				return "the gateway declares refunds, whole and partial"
			}
			return ""
		}, test: refundUndeclared},
	}
}

// refundOf asks to give back so much of a payment of which nothing was given back.
func (b *bench) refundOf(attempt string, p payment.GatewayPayment, amount money.Amount) payment.RefundRequest {
	ref := b.ref()
	return payment.RefundRequest{
		Reference: ref, Key: ref + ":refund:1", Attempt: attempt, PaymentID: p.ID, Amount: amount, Refundable: p.Amount, Reason: "Paid twice",
	}
}

func (b *bench) refunder() payment.Refunder {
	b.Helper()
	r, ok := b.g.(payment.Refunder)
	if !ok {
		b.Fatalf("the gateway declares Refund, and does not have it")
	}
	return r
}

func (b *bench) refund(r payment.RefundRequest) (payment.OperationReply, error) {
	b.Helper()
	ctx, cancel := b.call()
	defer cancel()
	return b.refunder().Refund(ctx, r)
}

// refunded gives back what must be given; whether at once or later is the gateway's.
func (b *bench) refunded(r payment.RefundRequest) payment.OperationReply {
	b.Helper()
	reply, err := b.refund(r)
	if err != nil || (reply.State != payment.OperationSucceeded && reply.State != payment.OperationPending) {
		b.Fatalf("Refund of %v: state %q, error %v", r.Amount, reply.State, err)
	}
	return reply
}

// refundState asks about a refund.
func (b *bench) refundState(r payment.RefundRequest, want payment.OperationState) payment.OperationReply {
	b.Helper()
	ctx, cancel := b.call()
	defer cancel()
	reply, err := b.refunder().QueryRefund(ctx, payment.QueryRefundRequest{Reference: r.Reference})
	if err != nil || reply.State != want {
		b.Errorf("QueryRefund %s: state %q, error %v; must be %q", r.Reference, reply.State, err, want)
	}
	return reply
}

// given makes sure how much the company has given back of an attempt.
func (b *bench) given(attempt string, minor int64) {
	b.Helper()
	sum := int64(0)
	for _, a := range b.book(attempt).Refunds {
		sum += a.Minor()
	}
	b.equal("what the company gave back of "+attempt, sum, minor)
}

func (b *bench) desk() RefundDesk {
	b.Helper()
	d, ok := b.s.(RefundDesk)
	if !ok {
		leave(b, NotChecked, "the sandbox has no RefundDesk")
	}
	return d
}

func refundWhole(b *bench) {
	ref, p := b.paid()
	reply := b.refunded(b.refundOf(ref, p, p.Amount))
	b.equal("the amount of the refund", reply.Amount, p.Amount)
	if reply.GatewayRef == "" {
		b.Errorf("the gateway gives the refund no name")
	}
	b.given(ref, p.Amount.Minor())
}

func refundParts(b *bench) {
	ref, p := b.paid()
	left := p.Amount
	for _, minor := range []int64{1, 9999, 4000} {
		r := b.refundOf(ref, p, b.amount(minor))
		r.Refundable = left
		b.refunded(r)
		left = minus(left, r.Amount)
	}
	b.given(ref, p.Amount.Minor())
}

func refundTooMuch(b *bench) {
	ref, p := b.paid()
	over := b.refundOf(ref, p, b.amount(p.Amount.Minor()+1))
	_, err := b.refund(over)
	b.class("Refund of more than was paid", err, payment.NotAllowed, payment.Invalid)
	over.Key, over.Reference, over.Refundable = over.Key+"1", b.ref(), over.Amount
	_, err = b.refund(over)
	b.class("Refund of more than was paid, by someone who counts more", err, payment.NotAllowed, payment.Invalid)
	b.given(ref, 0)
	for _, minor := range []int64{0, -1} {
		_, err = b.refund(b.refundOf(ref, p, b.amount(minor)))
		b.class("Refund of nothing or less", err, payment.NotAllowed, payment.Invalid)
	}
	b.given(ref, 0)
}

func refundRace(b *bench) {
	for range 4 {
		ref, p := b.paid()
		two := [2]payment.RefundRequest{b.refundOf(ref, p, b.amount(8400)), b.refundOf(ref, p, b.amount(8400))}
		var replies [2]payment.OperationReply
		var errs [2]error
		b.refunder()
		b.atOnce(len(two), func(i int) { replies[i], errs[i] = b.refund(two[i]) })()
		b.equal("one of two refunds went through", (errs[0] == nil) != (errs[1] == nil), true)
		b.given(ref, 8400)
	}
}

func refundAgain(b *bench) {
	ref, p := b.paid()
	r := b.refundOf(ref, p, p.Amount)
	first := b.refunded(r)
	for range 3 {
		again := b.refunded(r)
		b.equal("the gateway's name of the same refund", again.GatewayRef, first.GatewayRef)
		b.equal("Replay of the same refund", again.Replay, true)
	}
	b.given(ref, p.Amount.Minor())
	if !b.caps.PartialRefund {
		return
	}
	r.Amount = b.amount(1)
	_, err := b.refund(r)
	b.class("Refund with a used key and another amount", err, payment.Conflict)
	b.given(ref, p.Amount.Minor())
}

func refundMiscounted(b *bench) {
	ref, p := b.paid()
	for _, minor := range []int64{p.Amount.Minor() - 1, p.Amount.Minor() + 1} {
		r := b.refundOf(ref, p, b.amount(100))
		r.Refundable = b.amount(minor)
		if !b.caps.PartialRefund {
			r.Amount = p.Amount
		}
		_, err := b.refund(r)
		b.class("Refund by someone who holds "+r.Refundable.String()+" to be left", err, payment.NotAllowed)
	}
	b.given(ref, 0)
}

func refundTooLate(b *bench) {
	window, err := b.desk().Window()
	b.offered(err, "Window")
	ref, p := b.paid()
	b.wait(window + time.Second)
	_, err = b.refund(b.refundOf(ref, p, p.Amount))
	b.class("Refund after the window", err, payment.NotAllowed)
	b.given(ref, 0)
}

func refundOtherCurrency(b *bench) {
	ref, p := b.paid()
	for _, code := range []string{"JPY", "USD"} {
		if code == p.Amount.Currency().Code() {
			continue
		}
		other := b.in(code, 100)
		r := b.refundOf(ref, p, other)
		_, err := b.refund(r)
		b.class("Refund in "+code, err, payment.NotAllowed, payment.Invalid)
	}
	b.given(ref, 0)
}
