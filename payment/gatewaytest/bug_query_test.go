package gatewaytest_test

import (
	"context"
	"slices"
	"strings"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/gatewaytest"
)

// tells makes a fault that tells Query and messages alike.
func tells(change func(b *bug, ref string, q *payment.QueryReply)) func(b *bug) {
	return func(b *bug) { b.tell = change }
}

// finds makes a fault of Query alone.
func finds(change func(ctx context.Context, b *bug, ref string, q *payment.QueryReply)) func(b *bug) {
	return func(b *bug) {
		b.query = func(ctx context.Context, b *bug, r payment.QueryRequest) (payment.QueryReply, error) {
			q, err := b.gateway.Query(ctx, r)
			if err == nil && q.Found {
				change(ctx, b, r.Reference, &q)
			}
			return q, err
		}
	}
}

// queryFaults break group E.
func queryFaults() []fault {
	return []fault{
		{id: "E1", what: "only the process that started an attempt finds it waiting", set: func(b *bug) {
			asks(func(b *bug, r *payment.CreateRequest) { b.mine.mark(r.Reference) })(b)
			finds(func(_ context.Context, b *bug, ref string, q *payment.QueryReply) {
				if q.State == payment.AttemptPending && !b.mine.is(ref) {
					*q = payment.QueryReply{}
				}
			})(b)
		}},
		{id: "E2", what: "a bank that thinks is a payer who waits", set: tells(func(_ *bug, _ string, q *payment.QueryReply) {
			if q.State == payment.AttemptProcessing {
				q.State = payment.AttemptPending
			}
		})},
		{id: "E3", what: "the last payment hides the first", terms: surprising, set: finds(
			func(_ context.Context, _ *bug, _ string, q *payment.QueryReply) {
				q.Payments = q.Payments[max(0, len(q.Payments)-1):]
			})},
		{id: "E4", what: "the last refund hides the first", set: finds(
			func(_ context.Context, _ *bug, _ string, q *payment.QueryReply) {
				q.Refunds = q.Refunds[max(0, len(q.Refunds)-1):]
			})},
		{id: "E5", what: "what is paid is paid in the currency asked for", set: finds(
			func(_ context.Context, b *bug, ref string, q *payment.QueryReply) {
				for i, p := range q.Payments {
					q.Payments[i].Amount = money.New(p.Amount.Minor(), b.created(ref).Amount.Currency())
				}
			})},
		{id: "E6", what: "asking starts an attempt", set: finds(func(ctx context.Context, b *bug, ref string, _ *payment.QueryReply) {
			r := b.created(ref)
			r.Reference, r.Key = ref+"q", r.Key+":q"
			_, _ = b.gateway.Create(ctx, r)
		})},
		{id: "E7", what: "the expired are final", terms: surprising, set: tells(func(_ *bug, _ string, q *payment.QueryReply) {
			q.Final = q.Final || q.State == payment.AttemptExpired
		})},
		{id: "E8", what: "old news now and then", set: finds(func(_ context.Context, b *bug, ref string, q *payment.QueryReply) {
			if q.State == payment.AttemptSucceeded && b.seen.times(ref) > 6 {
				q.State, q.Payments = payment.AttemptPending, nil
			}
		})},
	}
}

// payerFaults break group F.
func payerFaults() []fault {
	return []fault{
		{id: "F1", what: "the whole number of a card", set: tells(func(_ *bug, _ string, q *payment.QueryReply) {
			for i := range q.Payments {
				q.Payments[i].Masked = "4242424242424242"
			}
		})},
		{id: "F2", what: "a reason lost", set: tells(func(_ *bug, _ string, q *payment.QueryReply) {
			if q.Decline == payment.DeclineOnHold {
				q.Decline = payment.DeclineOther
			}
		})},
		{id: "F3", what: "who gives up has failed", set: tells(func(b *bug, ref string, q *payment.QueryReply) {
			if q.State == payment.AttemptCancelled && !b.seen.is("cancel "+ref) {
				q.State = payment.AttemptFailed
			}
		})},
		{id: "F4", what: "who abandons has cancelled", set: tells(func(_ *bug, _ string, q *payment.QueryReply) {
			if q.State == payment.AttemptExpired {
				q.State = payment.AttemptCancelled
			}
		})},
		{id: "F5", what: "money lost behind the proof", set: tells(func(b *bug, ref string, q *payment.QueryReply) {
			if b.did(ref, gatewaytest.PassChallenge) {
				q.Payments = nil
			}
		})},
		{id: "F6", what: "a double click is told as two payments", set: tells(func(b *bug, ref string, q *payment.QueryReply) {
			if b.did(ref, gatewaytest.PayTwice) {
				q.Payments = append(q.Payments, q.Payments...)
			}
		})},
		{id: "F7", what: "a return is understood after a message only", set: returns(func(b *bug, ref string) bool { return b.seen.is("told " + ref) })},
		{id: "F8", what: "a return is not understood after a message", set: returns(func(b *bug, ref string) bool { return !b.seen.is("told " + ref) })},
		{id: "F9", what: "a return is believed", set: func(b *bug) {
			b.back = func(ctx context.Context, b *bug, m payment.Message) (payment.ReturnReply, error) {
				reply, err := b.gateway.Return(ctx, m)
				if err == nil && reply.State == payment.AttemptSucceeded {
					b.seen.mark("back " + reply.Reference)
				}
				return reply, err
			}
			b.tell = func(b *bug, ref string, q *payment.QueryReply) {
				if b.seen.is("back " + ref) {
					q.State = payment.AttemptSucceeded
				}
			}
		}},
		{id: "F10", what: "late money is not told", terms: surprising, set: tells(func(b *bug, ref string, q *payment.QueryReply) {
			if b.did(ref, gatewaytest.PayLate) {
				q.State, q.Payments = payment.AttemptExpired, nil
			}
		})},
		{id: "F11", what: "a second try is told as a second payment", set: tells(func(b *bug, ref string, q *payment.QueryReply) {
			tries := len(slices.DeleteFunc(b.s.Acts(ref), func(a gatewaytest.Act) bool { return a.Deed != gatewaytest.Pay }))
			if tries > 1 && !b.seen.is("cancel "+ref) {
				q.Payments = append(q.Payments, q.Payments...)
			}
		})},
		{id: "F12", what: "what is paid is what was asked", set: finds(func(_ context.Context, b *bug, ref string, q *payment.QueryReply) {
			for i, p := range q.Payments {
				if r := b.created(ref); !r.Authorise {
					q.Payments[i].Amount = money.New(r.Amount.Minor(), p.Amount.Currency())
				}
			}
		})},
	}
}

// returns makes a fault of which returns are understood only when they may be.
func returns(may func(b *bug, ref string) bool) func(b *bug) {
	return func(b *bug) {
		b.notify = func(ctx context.Context, b *bug, m payment.Message) (payment.NotificationReply, error) {
			reply, err := b.gateway.Notification(ctx, m)
			for _, e := range reply.Events {
				b.seen.mark("told " + e.Reference)
			}
			return reply, err
		}
		b.back = func(ctx context.Context, b *bug, m payment.Message) (payment.ReturnReply, error) {
			reply, err := b.gateway.Return(ctx, m)
			if err == nil && !may(b, reply.Reference) {
				reply.Reference = strings.ToLower(reply.Reference)
			}
			return reply, err
		}
	}
}
