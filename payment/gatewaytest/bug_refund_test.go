package gatewaytest_test

import (
	"context"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
)

// refundFaults break group H.
func refundFaults() []fault {
	refunds := func(f func(ctx context.Context, b *bug, r payment.RefundRequest) (outcome, error)) func(b *bug) {
		return func(b *bug) { b.refund = f }
	}
	asks := func(f func(reply *payment.OperationReply)) func(b *bug) {
		return func(b *bug) {
			b.queryRefund = func(ctx context.Context, b *bug, r payment.QueryRefundRequest) (outcome, error) {
				reply, err := b.gateway.QueryRefund(ctx, r)
				f(&reply)
				return reply, err
			}
		}
	}
	return []fault{
		{id: "H1", what: "a refund without a name", set: refunds(func(ctx context.Context, b *bug, r payment.RefundRequest) (outcome, error) {
			reply, err := b.gateway.Refund(ctx, r)
			reply.GatewayRef = ""
			return reply, err
		})},
		{id: "H2", what: "two parts are enough", set: refunds(func(ctx context.Context, b *bug, r payment.RefundRequest) (outcome, error) {
			if b.seen.is("twice "+r.PaymentID) && !b.seen.is(r.Key) {
				return payment.OperationReply{}, fail(payment.NotAllowed, true)
			}
			reply, err := b.gateway.Refund(ctx, r)
			if err == nil && !b.seen.is(r.Key) {
				b.seen.mark(r.Key)
				if b.seen.times(r.PaymentID) == 2 {
					b.seen.mark("twice " + r.PaymentID)
				}
			}
			return reply, err
		})},
		{id: "H3", what: "too much is all", set: refunds(func(ctx context.Context, b *bug, r payment.RefundRequest) (outcome, error) {
			if r.Amount.Currency() == r.Refundable.Currency() && r.Amount.Minor() > r.Refundable.Minor() {
				r.Amount = r.Refundable
			}
			return b.gateway.Refund(ctx, r)
		})},
		{id: "H4", what: "who comes second gets the rest", set: refunds(func(ctx context.Context, b *bug, r payment.RefundRequest) (outcome, error) {
			before := b.seen.is(r.PaymentID)
			reply, err := b.gateway.Refund(ctx, r)
			if err == nil {
				b.seen.mark(r.PaymentID)
			}
			if rest := r.Refundable.Minor() - r.Amount.Minor(); payment.ClassOf(err) == payment.NotAllowed && rest > 0 && (before || b.seen.is(r.PaymentID)) {
				r.Amount = money.New(rest, r.Amount.Currency())
				r.Refundable = r.Amount
				return b.gateway.Refund(ctx, r)
			}
			return reply, err
		})},
		{id: "H5", what: "the same refund again is another", set: refunds(func(ctx context.Context, b *bug, r payment.RefundRequest) (outcome, error) {
			if b.seen.times(r.Key) > 1 {
				r.Key += ":again"
			}
			return b.gateway.Refund(ctx, r)
		})},
		{id: "H6", what: "nobody counts", set: refunds(func(ctx context.Context, b *bug, r payment.RefundRequest) (outcome, error) {
			r.Refundable = money.Amount{}
			return b.gateway.Refund(ctx, r)
		})},
		{id: "H7", what: "what is accepted is done", set: asks(func(reply *payment.OperationReply) {
			if reply.State == payment.OperationPending {
				reply.State = payment.OperationSucceeded
			}
		})},
		{id: "H8", what: "what was done stays done", set: asks(func(reply *payment.OperationReply) {
			if reply.State == payment.OperationFailed {
				reply.State = payment.OperationSucceeded
			}
		})},
		{id: "H9", what: "what is disputed is given back", set: refunds(func(ctx context.Context, b *bug, r payment.RefundRequest) (outcome, error) {
			reply, err := b.gateway.Refund(ctx, r)
			if coded(err, "disputed") {
				return well()
			}
			return reply, err
		})},
		{id: "H9", what: "what was not paid is given back", set: refunds(func(ctx context.Context, b *bug, r payment.RefundRequest) (outcome, error) {
			reply, err := b.gateway.Refund(ctx, r)
			if coded(err, "not_found") {
				return well()
			}
			return reply, err
		})},
		{id: "H10", what: "one currency is like another", set: refunds(func(ctx context.Context, b *bug, r payment.RefundRequest) (outcome, error) {
			r.Amount = money.New(r.Amount.Minor(), r.Refundable.Currency())
			return b.gateway.Refund(ctx, r)
		})},
		{id: "H11", what: "too late is in time", set: refunds(func(ctx context.Context, b *bug, r payment.RefundRequest) (outcome, error) {
			reply, err := b.gateway.Refund(ctx, r)
			if coded(err, "window_over") {
				return well()
			}
			return reply, err
		})},
		{id: "H12", what: "who did not ask does not know", set: func(b *bug) {
			b.refund = func(ctx context.Context, b *bug, r payment.RefundRequest) (outcome, error) {
				b.mine.mark(r.Reference)
				return b.gateway.Refund(ctx, r)
			}
			b.queryRefund = func(ctx context.Context, b *bug, r payment.QueryRefundRequest) (outcome, error) {
				if !b.mine.is(r.Reference) {
					return payment.OperationReply{State: payment.OperationFailed}, nil
				}
				return b.gateway.QueryRefund(ctx, r)
			}
		}},
		{id: "H13", what: "refunds are done and not declared", set: declares(func(c *payment.Capabilities) { c.Refund = false })},
		{id: "H13", what: "partial refunds are done and not declared", set: declares(func(c *payment.Capabilities) { c.PartialRefund = false })},
	}
}
