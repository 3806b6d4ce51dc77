package gatewaytest

import (
	"courts.example/eservices/payment"
)

func refundLater(b *bench) {
	desk := b.desk()
	ref, p := b.paid()
	b.offered(desk.Defer(), "Defer")
	r := b.refundOf(ref, p, p.Amount)
	reply, err := b.refund(r)
	if err != nil || reply.State != payment.OperationPending {
		b.Fatalf("Refund that is decided later: state %q, error %v", reply.State, err)
	}
	b.refundState(r, payment.OperationPending)
	b.offered(desk.Finish(r.Reference, true), "Finish")
	b.equal("the amount of the refund", b.refundState(r, payment.OperationSucceeded).Amount, r.Amount)
}

func refundFailsLate(b *bench) {
	desk := b.desk()
	ref, p := b.paid()
	r := b.refundOf(ref, p, p.Amount)
	b.refunded(r)
	b.offered(desk.Finish(r.Reference, false), "Finish")
	b.refundState(r, payment.OperationFailed)
	for _, listed := range b.query(ref).Refunds {
		b.equal("the state of the refund that Query lists", listed.State, payment.OperationFailed)
	}
	again := b.refundOf(ref, p, p.Amount)
	b.refunded(again)
}

func refundNothing(b *bench) {
	unpaid := b.start()
	r := b.refundOf(unpaid, payment.GatewayPayment{ID: b.ref(), Amount: b.amount(14000)}, b.amount(14000))
	_, err := b.refund(r)
	b.class("Refund of what is not paid", err, payment.NotAllowed, payment.Invalid)

	ref, p := b.paid()
	b.refunded(b.refundOf(ref, p, p.Amount))
	_, err = b.refund(b.refundOf(ref, p, p.Amount))
	b.class("Refund of what was given back", err, payment.NotAllowed)
	b.given(ref, p.Amount.Minor())

	if !b.caps.Disputes {
		return
	}
	desk := b.disputes()
	ref, p = b.paid()
	b.offered(desk.Dispute(p.ID), "Dispute")
	_, err = b.refund(b.refundOf(ref, p, p.Amount))
	b.class("Refund of what is disputed", err, payment.NotAllowed)
	b.given(ref, 0)
}

func refundLost(b *bench) {
	ref, p := b.paid()
	r := b.refundOf(ref, p, p.Amount)
	trouble := b.fault(ReplyLost)
	_, err := b.refund(r)
	trouble.Heal()
	b.class("Refund whose answer is lost", err, payment.Unknown)
	ctx, cancel := b.call()
	defer cancel()
	reply, err := b.s.Gateway(b).(payment.Refunder).QueryRefund(ctx, payment.QueryRefundRequest{Reference: r.Reference})
	if err != nil || (reply.State != payment.OperationSucceeded && reply.State != payment.OperationPending) || reply.Amount != r.Amount {
		b.Errorf("QueryRefund by our reference alone: state %q, amount %v, error %v", reply.State, reply.Amount, err)
	}
	none, err := b.refunder().QueryRefund(ctx, payment.QueryRefundRequest{Reference: b.ref()})
	if err == nil && none.State != payment.OperationUnknown && none.State != "" {
		b.Errorf("QueryRefund of a refund that was never asked for: state %q", none.State)
	}
}

func refundUndeclared(b *bench) {
	ref, p := b.paid()
	r := b.refundOf(ref, p, p.Amount)
	refunder, ok := b.g.(payment.Refunder)
	if b.caps.Refund {
		r.Amount = b.amount(1)
	} else if !ok {
		return
	}
	ctx, cancel := b.call()
	defer cancel()
	_, err := refunder.Refund(ctx, r)
	b.class("Refund, which is not declared", err, payment.NotAllowed, payment.Invalid)
	b.given(ref, 0)
}
