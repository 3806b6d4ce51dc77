package gatewaytest_test

import (
	"context"
	"slices"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
)

// operationFaults break group G.
func operationFaults() []fault {
	cancels := func(f func(ctx context.Context, b *bug, r payment.OperationRequest) (payment.OperationReply, error)) func(b *bug) {
		return func(b *bug) { b.cancel = f }
	}
	captures := func(f func(ctx context.Context, b *bug, r payment.OperationRequest) (payment.OperationReply, error)) func(b *bug) {
		return func(b *bug) { b.capture = f }
	}
	return []fault{
		{id: "G1", what: "what is not there is cancelled too", set: cancels(func(ctx context.Context, b *bug, r payment.OperationRequest) (payment.OperationReply, error) {
			reply, err := b.gateway.Cancel(ctx, r)
			if coded(err, "not_found") {
				return well()
			}
			return reply, err
		})},
		{id: "G2", what: "what was seen waiting is cancelled", set: func(b *bug) {
			finds(func(_ context.Context, b *bug, ref string, q *payment.QueryReply) {
				if q.State == payment.AttemptPending {
					b.mine.mark(ref)
				}
			})(b)
			b.cancel = func(ctx context.Context, b *bug, r payment.OperationRequest) (payment.OperationReply, error) {
				reply, err := b.gateway.Cancel(ctx, r)
				if err != nil && b.mine.is(r.Reference) {
					return well()
				}
				return reply, err
			}
		}},
		{id: "G3", what: "a second cancellation is a fault", set: cancels(func(ctx context.Context, b *bug, r payment.OperationRequest) (payment.OperationReply, error) {
			if b.seen.times(r.Key) > 1 {
				return payment.OperationReply{}, fail(payment.Unknown, true)
			}
			return b.gateway.Cancel(ctx, r)
		})},
		{id: "G4", what: "what is paid can be cancelled", set: func(b *bug) {
			finds(func(_ context.Context, b *bug, ref string, _ *payment.QueryReply) { b.seen.mark(ref) })(b)
			b.cancel = func(ctx context.Context, b *bug, r payment.OperationRequest) (payment.OperationReply, error) {
				reply, err := b.gateway.Cancel(ctx, r)
				if coded(err, "state_forbids") && !b.seen.is(r.Reference) {
					return well()
				}
				return reply, err
			}
		}},
		{id: "G5", what: "too much is captured as all", set: captures(func(ctx context.Context, b *bug, r payment.OperationRequest) (payment.OperationReply, error) {
			if r.Amount.Minor() > b.created(r.Reference).Amount.Minor() {
				r.Amount = money.Amount{}
			}
			return b.gateway.Capture(ctx, r)
		})},
		{id: "G6", what: "a second capture is said to work", set: captures(func(ctx context.Context, b *bug, r payment.OperationRequest) (payment.OperationReply, error) {
			reply, err := b.gateway.Capture(ctx, r)
			if err != nil && b.mine.is(r.Reference) {
				return well()
			}
			b.mine.mark(r.Reference)
			return reply, err
		})},
		{id: "G7", what: "what is captured is given up", set: func(b *bug) {
			b.capture = func(ctx context.Context, b *bug, r payment.OperationRequest) (payment.OperationReply, error) {
				b.mine.mark("captured " + r.Reference)
				return b.gateway.Capture(ctx, r)
			}
			b.cancel = func(ctx context.Context, b *bug, r payment.OperationRequest) (payment.OperationReply, error) {
				if b.mine.is("captured " + r.Reference) {
					return well()
				}
				return b.gateway.Cancel(ctx, r)
			}
		}},
	}
}

// refundFaults break group H.
func refundFaults() []fault {
	refunds := func(f func(ctx context.Context, b *bug, r payment.RefundRequest) (payment.OperationReply, error)) func(b *bug) {
		return func(b *bug) { b.refund = f }
	}
	asks := func(f func(reply *payment.OperationReply)) func(b *bug) {
		return func(b *bug) {
			b.queryRefund = func(ctx context.Context, b *bug, r payment.QueryRefundRequest) (payment.OperationReply, error) {
				reply, err := b.gateway.QueryRefund(ctx, r)
				f(&reply)
				return reply, err
			}
		}
	}
	return []fault{
		{id: "H1", what: "a refund without a name", set: refunds(func(ctx context.Context, b *bug, r payment.RefundRequest) (payment.OperationReply, error) {
			reply, err := b.gateway.Refund(ctx, r)
			reply.GatewayRef = ""
			return reply, err
		})},
		{id: "H2", what: "two parts are enough", set: refunds(func(ctx context.Context, b *bug, r payment.RefundRequest) (payment.OperationReply, error) {
			if r.Amount != r.Refundable && b.seen.times(r.PaymentID) > 2 || b.seen.times(r.PaymentID+" all") > 2 && r.Amount.Minor() == 4000 {
				return payment.OperationReply{}, fail(payment.NotAllowed, true)
			}
			return b.gateway.Refund(ctx, r)
		})},
		{id: "H3", what: "too much is all", set: refunds(func(ctx context.Context, b *bug, r payment.RefundRequest) (payment.OperationReply, error) {
			if r.Amount.Currency() == r.Refundable.Currency() && r.Amount.Minor() > r.Refundable.Minor() {
				r.Amount = r.Refundable
			}
			return b.gateway.Refund(ctx, r)
		})},
		{id: "H4", what: "who comes second gets the rest", set: refunds(func(ctx context.Context, b *bug, r payment.RefundRequest) (payment.OperationReply, error) {
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
		{id: "H5", what: "the same refund again is another", set: refunds(func(ctx context.Context, b *bug, r payment.RefundRequest) (payment.OperationReply, error) {
			if b.seen.times(r.Key) > 1 {
				r.Key += ":again"
			}
			return b.gateway.Refund(ctx, r)
		})},
		{id: "H6", what: "nobody counts", set: refunds(func(ctx context.Context, b *bug, r payment.RefundRequest) (payment.OperationReply, error) {
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
		{id: "H9", what: "what is disputed is given back", set: refunds(func(ctx context.Context, b *bug, r payment.RefundRequest) (payment.OperationReply, error) {
			reply, err := b.gateway.Refund(ctx, r)
			if coded(err, "disputed") {
				return well()
			}
			return reply, err
		})},
		{id: "H9", what: "what was not paid is given back", set: refunds(func(ctx context.Context, b *bug, r payment.RefundRequest) (payment.OperationReply, error) {
			reply, err := b.gateway.Refund(ctx, r)
			if coded(err, "not_found") {
				return well()
			}
			return reply, err
		})},
		{id: "H10", what: "one currency is like another", set: refunds(func(ctx context.Context, b *bug, r payment.RefundRequest) (payment.OperationReply, error) {
			r.Amount = money.New(r.Amount.Minor(), r.Refundable.Currency())
			return b.gateway.Refund(ctx, r)
		})},
		{id: "H11", what: "too late is in time", set: refunds(func(ctx context.Context, b *bug, r payment.RefundRequest) (payment.OperationReply, error) {
			reply, err := b.gateway.Refund(ctx, r)
			if coded(err, "window_over") {
				return well()
			}
			return reply, err
		})},
		{id: "H12", what: "who did not ask does not know", set: func(b *bug) {
			b.refund = func(ctx context.Context, b *bug, r payment.RefundRequest) (payment.OperationReply, error) {
				b.mine.mark(r.Reference)
				return b.gateway.Refund(ctx, r)
			}
			b.queryRefund = func(ctx context.Context, b *bug, r payment.QueryRefundRequest) (payment.OperationReply, error) {
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

func declares(change func(c *payment.Capabilities)) func(b *bug) {
	return func(b *bug) {
		b.describe = func(c payment.Capabilities) payment.Capabilities {
			change(&c)
			return c
		}
	}
}

// settlementFaults break group J.
func settlementFaults() []fault {
	lines := func(change func(b *bug, date string, lines []payment.SettlementLine) []payment.SettlementLine) func(b *bug) {
		return func(b *bug) {
			b.settle = func(ctx context.Context, b *bug, d payment.SettlementDay) ([]payment.SettlementLine, error) {
				all, err := b.gateway.Settlement(ctx, d)
				return change(b, d.Date, all), err
			}
		}
	}
	each := func(change func(l *payment.SettlementLine)) func(b *bug) {
		return lines(func(_ *bug, _ string, all []payment.SettlementLine) []payment.SettlementLine {
			for i := range all {
				change(&all[i])
			}
			return all
		})
	}
	return []fault{
		{id: "J1", what: "refunds are left out", set: lines(func(_ *bug, _ string, all []payment.SettlementLine) []payment.SettlementLine {
			return slices.DeleteFunc(all, func(l payment.SettlementLine) bool { return l.Kind == payment.SettledRefund })
		})},
		{id: "J1", what: "lines share an id", set: each(func(l *payment.SettlementLine) { l.ID = l.ValueDate })},
		{id: "J2", what: "lines come in another order", set: func(b *bug) {
			asks(func(b *bug, _ *payment.CreateRequest) { b.seen.mu.Lock(); clear(b.seen.count); b.seen.mu.Unlock() })(b)
			lines(func(b *bug, date string, all []payment.SettlementLine) []payment.SettlementLine {
				if b.seen.times(date) > 1 {
					slices.Reverse(all)
				}
				return all
			})(b)
		}},
		{id: "J3", what: "a day repeats the one before", set: func(b *bug) {
			before := []payment.SettlementLine{}
			last := ""
			lines(func(_ *bug, date string, all []payment.SettlementLine) []payment.SettlementLine {
				if date > last {
					with := append(slices.Clone(before), all...)
					before, last = all, date
					return with
				}
				return all
			})(b)
		}},
		{id: "J4", what: "the fee is left out", set: each(func(l *payment.SettlementLine) { l.Fee = money.New(0, l.Fee.Currency()) })},
		{id: "J5", what: "what is lost is open", set: finds(func(_ context.Context, _ *bug, _ string, q *payment.QueryReply) {
			for i := range q.Disputes {
				if q.Disputes[i].State == payment.DisputeLost {
					q.Disputes[i].State = payment.DisputeOpen
				}
			}
		})},
		{id: "J6", what: "value dates are dates of payout", set: each(func(l *payment.SettlementLine) { l.ValueDate += "T00:00:00Z" })},
	}
}
