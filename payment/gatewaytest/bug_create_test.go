package gatewaytest_test

import (
	"context"
	"html"
	"net/url"
	"slices"
	"strings"
	"time"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/gatewaytest"
)

// asks makes a fault that changes the request before it is sent.
func asks(change func(b *bug, r *payment.CreateRequest)) func(b *bug) {
	return func(b *bug) {
		b.create = func(ctx context.Context, b *bug, r payment.CreateRequest) (payment.AttemptReply, error) {
			change(b, &r)
			return b.gateway.Create(ctx, r)
		}
	}
}

// answers makes a fault that changes the answer to Create.
func answers(change func(b *bug, r payment.CreateRequest, a *payment.AttemptReply, err *error)) func(b *bug) {
	return func(b *bug) {
		b.create = func(ctx context.Context, b *bug, r payment.CreateRequest) (payment.AttemptReply, error) {
			a, err := b.gateway.Create(ctx, r)
			change(b, r, &a, &err)
			return a, err
		}
	}
}

// createFaults break group B.
func createFaults() []fault {
	return []fault{
		{id: "B1", what: "the next action has no flow", set: answers(func(_ *bug, _ payment.CreateRequest, a *payment.AttemptReply, _ *error) {
			a.Next.Flow = ""
		})},
		{id: "B1", what: "the attempt has no name when it is shown as a code", set: answers(func(_ *bug, r payment.CreateRequest, a *payment.AttemptReply, _ *error) {
			if r.Flow == payment.QR {
				a.GatewayRef = ""
			}
		})},
		{id: "B2", what: "an amount goes through a float", set: asks(func(_ *bug, r *payment.CreateRequest) {
			if r.Amount.Minor() == 999999999 {
				r.Amount = money.New(1000000000, r.Amount.Currency())
			}
		})},
		{id: "B2", what: "another currency is taken for the first", set: asks(func(b *bug, r *payment.CreateRequest) {
			if !slices.Contains(b.Describe().Currencies, r.Amount.Currency().Code()) {
				r.Amount = money.New(r.Amount.Minor(), money.MustCurrency(b.Describe().Currencies[0]))
			}
		})},
		{id: "B3", what: "the longest reference loses its end", set: asks(func(b *bug, r *payment.CreateRequest) {
			r.Reference = r.Reference[:min(len(r.Reference), b.Describe().ReferenceMax-1)]
		})},
		{id: "B3", what: "a reference is mended", set: asks(func(_ *bug, r *payment.CreateRequest) {
			r.Reference = strings.ReplaceAll(r.Reference, "|", "-")
		})},
		{id: "B4", what: "the expiry asked for is told, not the one that counts", set: answers(
			func(_ *bug, r payment.CreateRequest, a *payment.AttemptReply, _ *error) {
				a.Next.ExpiresAt = r.ExpiresAt
			})},
		{id: "B5", what: "addresses are put in order", set: asks(func(_ *bug, r *payment.CreateRequest) {
			if u, err := url.Parse(r.ReturnURL); err == nil {
				u.RawQuery = u.Query().Encode()
				r.ReturnURL = u.String()
			}
		})},
		{id: "B6", what: "everybody reads English", set: asks(func(_ *bug, r *payment.CreateRequest) { r.Locale = "en" })},
		{id: "B7", what: "the description is in the address", set: answers(func(_ *bug, r payment.CreateRequest, a *payment.AttemptReply, _ *error) {
			if r.Flow != payment.QR {
				a.Next.URL += "?d=" + url.QueryEscape(r.Description)
			}
		})},
		{id: "B8", what: "payers go elsewhere", set: answers(func(_ *bug, _ payment.CreateRequest, a *payment.AttemptReply, _ *error) {
			a.Next.URL = strings.Replace(a.Next.URL, "pay.example", "pay.example.org", 1)
		})},
		{id: "B9", what: "fields are escaped twice", set: answers(func(_ *bug, r payment.CreateRequest, a *payment.AttemptReply, _ *error) {
			if r.Flow == payment.FormPost {
				a.Next.Fields["description"] = html.EscapeString(r.Description)
			}
		})},
		{id: "B10", what: "all payers scan the same code", set: answers(func(_ *bug, r payment.CreateRequest, a *payment.AttemptReply, _ *error) {
			if r.Flow == payment.QR {
				a.Next.Code = "https://pay.example/till"
			}
		})},
		{id: "B11", what: "means that are not declared become the first", set: asks(func(b *bug, r *payment.CreateRequest) {
			if !slices.Contains(b.Describe().Means, r.Means) {
				r.Means = b.Describe().Means[0]
			}
		})},
		{id: "B12", what: "to start is to succeed", set: answers(func(_ *bug, _ payment.CreateRequest, a *payment.AttemptReply, _ *error) {
			a.State = payment.AttemptSucceeded
		})},
	}
}

// keyFaults break group C.
func keyFaults() []fault {
	return []fault{
		{id: "C1", what: "the sixth sending takes a new key", set: asks(func(_ *bug, r *payment.CreateRequest) {
			if r.SendNo > 5 {
				r.Key += ":again"
			}
		})},
		{id: "C2", what: "the first sending, seen twice, starts two attempts", set: asks(func(b *bug, r *payment.CreateRequest) {
			if r.SendNo == 1 && b.seen.times("first "+r.Key+r.Reference+r.Amount.String()+string(r.Means)) == 2 {
				r.Key, r.Reference = r.Key+":two", r.Reference+"x"
			}
		})},
		{id: "C3", what: "a conflict is taken for a wrong request", set: answers(func(_ *bug, _ payment.CreateRequest, _ *payment.AttemptReply, err *error) {
			if payment.ClassOf(*err) == payment.Conflict {
				*err = fail(payment.Invalid, false)
			}
		})},
		{id: "C4", what: "each process has keys of its own", set: func(b *bug) {
			own := b.seen.times("process")
			asks(func(_ *bug, r *payment.CreateRequest) { r.Key += strings.Repeat("x", own) })(b)
		}},
		{id: "C5", what: "a new key after a lost reply", set: newKeyAfter(gatewaytest.ReplyLost)},
		{id: "C6", what: "a new key after an error", set: newKeyAfter(gatewaytest.ErrorAfter)},
		{id: "C7", what: "a new key after a wait", set: newKeyAfter(gatewaytest.Stall)},
		{id: "C8", what: "no end of the window", set: asks(func(b *bug, r *payment.CreateRequest) {
			if !b.s.Now().Before(r.FirstSent.Add(b.Describe().Window)) {
				r.Reference, r.Key, r.FirstSent = r.Reference+"x", r.Key+":again", b.s.Now()
				r.ExpiresAt = b.s.Now().Add(time.Hour)
			}
		})},
		{id: "C9", what: "the key is made of the contents", set: func(b *bug) {
			b.create = func(ctx context.Context, b *bug, r payment.CreateRequest) (payment.AttemptReply, error) {
				b.seen.mu.Lock()
				first, known := b.seen.replies[r.Description]
				b.seen.mu.Unlock()
				if known && b.created(r.Reference).SendNo == 1 && !b.seen.is(r.Key) {
					return first, nil
				}
				b.seen.mark(r.Key)
				a, err := b.gateway.Create(ctx, r)
				b.seen.mu.Lock()
				b.seen.replies[r.Description] = a
				b.seen.mu.Unlock()
				return a, err
			}
		}},
		{id: "C10", what: "one table of keys for all operations", set: func(b *bug) {
			asks(func(b *bug, r *payment.CreateRequest) { b.seen.mark(r.Key) })(b)
			b.refund = func(ctx context.Context, b *bug, r payment.RefundRequest) (payment.OperationReply, error) {
				if b.seen.is(r.Key) {
					return payment.OperationReply{State: payment.OperationSucceeded, Amount: r.Amount, Replay: true}, nil
				}
				return b.gateway.Refund(ctx, r)
			}
		}},
		{id: "C11", what: "one attempt for a reference is declared and not kept", set: byReference},
	}
}

// byReference declares references in the place of keys.
func byReference(b *bug) {
	b.describe = func(c payment.Capabilities) payment.Capabilities {
		c.Idempotency = payment.ByReference
		return c
	}
}

// asksFirst is the right way with references: it asks, and sends only what is not there.
func asksFirst(b *bug) {
	byReference(b)
	b.create = func(ctx context.Context, b *bug, r payment.CreateRequest) (payment.AttemptReply, error) {
		q, err := b.gateway.Query(ctx, payment.QueryRequest{Reference: r.Reference})
		switch {
		case err != nil && payment.ClassOf(err) != payment.Invalid:
			return payment.AttemptReply{}, err
		case q.Found:
			return payment.AttemptReply{State: q.State, GatewayRef: q.GatewayRef, Next: q.Next, Payments: q.Payments, Replay: true}, nil
		}
		return b.gateway.Create(ctx, r)
	}
}

func newKeyAfter(f gatewaytest.Fault) func(b *bug) {
	return asks(func(b *bug, r *payment.CreateRequest) {
		if r.SendNo > 1 && b.s.Spoilt() == f {
			r.Key += ":again"
		}
	})
}

// under makes a fault that answers an error of its own to Create under a fault of the connection.
func under(f gatewaytest.Fault, wrong error) func(b *bug) {
	return answers(func(b *bug, _ payment.CreateRequest, _ *payment.AttemptReply, err *error) {
		if b.s.Spoilt() == f && *err != nil {
			*err = wrong
		}
	})
}

// unknownFaults break group D.
func unknownFaults() []fault {
	return []fault{
		{id: "D1", what: "a lost reply was never sent", set: under(gatewaytest.ReplyLost, fail(payment.Unavailable, false))},
		{id: "D2", what: "no connection is anything", set: under(gatewaytest.NoConnection, fail(payment.Unknown, true))},
		{id: "D4", what: "noise is a refusal", set: under(gatewaytest.Garbage, fail(payment.Invalid, true))},
		{id: "D4", what: "a cut reply is a decline", set: under(gatewaytest.CutShort, fail(payment.Declined, true))},
		{id: "D5", what: "an error of the company is unavailable", set: under(gatewaytest.Status503, fail(payment.Unavailable, false))},
		{id: "D6", what: "throttled without a time", set: under(gatewaytest.Throttle, fail(payment.Throttled, true))},
		{id: "D7", what: "a circle is a wrong request", set: under(gatewaytest.Loop, fail(payment.Invalid, true))},
		{id: "D8", what: "an unknown code is a decline", set: under(gatewaytest.NewCode, fail(payment.Declined, true))},
		{id: "D9", what: "a drip is unavailable", set: under(gatewaytest.Trickle, fail(payment.Unavailable, false))},
		{id: "D10", what: "what can't be read is not there", set: func(b *bug) {
			b.query = func(ctx context.Context, b *bug, r payment.QueryRequest) (payment.QueryReply, error) {
				q, err := b.gateway.Query(ctx, r)
				if err != nil && b.s.Spoilt() == gatewaytest.CutShort {
					return payment.QueryReply{}, nil
				}
				return q, err
			}
		}},
		{id: "D11", what: "not found is the end", set: func(b *bug) {
			b.query = func(ctx context.Context, b *bug, r payment.QueryRequest) (payment.QueryReply, error) {
				q, err := b.gateway.Query(ctx, r)
				q.Final = q.Final || !q.Found
				return q, err
			}
		}},
	}
}
