package gatewaytest_test

import (
	"context"
	"slices"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
)

// operationFaults break group G.
func operationFaults() []fault {
	cancels := func(f func(ctx context.Context, b *bug, r payment.OperationRequest) (outcome, error)) func(b *bug) {
		return func(b *bug) { b.cancel = f }
	}
	captures := func(f func(ctx context.Context, b *bug, r payment.OperationRequest) (outcome, error)) func(b *bug) {
		return func(b *bug) { b.capture = f }
	}
	return []fault{
		{id: "G1", what: "what is not there is cancelled too", set: cancels(func(ctx context.Context, b *bug, r payment.OperationRequest) (outcome, error) {
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
			b.cancel = func(ctx context.Context, b *bug, r payment.OperationRequest) (outcome, error) {
				reply, err := b.gateway.Cancel(ctx, r)
				if err != nil && b.mine.is(r.Reference) {
					return well()
				}
				return reply, err
			}
		}},
		{id: "G3", what: "a second cancellation is a fault", set: cancels(func(ctx context.Context, b *bug, r payment.OperationRequest) (outcome, error) {
			if b.seen.times(r.Key) > 1 {
				return payment.OperationReply{}, fail(payment.Unknown, true)
			}
			return b.gateway.Cancel(ctx, r)
		})},
		{id: "G4", what: "what is paid can be cancelled", set: func(b *bug) {
			finds(func(_ context.Context, b *bug, ref string, _ *payment.QueryReply) { b.seen.mark(ref) })(b)
			b.cancel = func(ctx context.Context, b *bug, r payment.OperationRequest) (outcome, error) {
				reply, err := b.gateway.Cancel(ctx, r)
				if coded(err, "state_forbids") && !b.seen.is(r.Reference) {
					return well()
				}
				return reply, err
			}
		}},
		{id: "G5", what: "too much is captured as all", set: captures(func(ctx context.Context, b *bug, r payment.OperationRequest) (outcome, error) {
			if r.Amount.Minor() > b.created(r.Reference).Amount.Minor() {
				r.Amount = money.Amount{}
			}
			return b.gateway.Capture(ctx, r)
		})},
		{id: "G6", what: "a second capture is said to work", set: captures(func(ctx context.Context, b *bug, r payment.OperationRequest) (outcome, error) {
			reply, err := b.gateway.Capture(ctx, r)
			if err != nil && b.mine.is(r.Reference) {
				return well()
			}
			b.mine.mark(r.Reference)
			return reply, err
		})},
		{id: "G7", what: "what is captured is given up", set: func(b *bug) {
			b.capture = func(ctx context.Context, b *bug, r payment.OperationRequest) (outcome, error) {
				b.mine.mark("captured " + r.Reference)
				return b.gateway.Capture(ctx, r)
			}
			b.cancel = func(ctx context.Context, b *bug, r payment.OperationRequest) (outcome, error) {
				if b.mine.is("captured " + r.Reference) {
					return well()
				}
				return b.gateway.Cancel(ctx, r)
			}
		}},
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
