package gatewaytest_test

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"time"
	"unicode/utf8"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/gatewaytest/simbox"
)

// reads makes a fault of Notification: change gets the message and the right reply.
func reads(change func(ctx context.Context, b *bug, m payment.Message, reply *payment.NotificationReply)) func(b *bug) {
	return func(b *bug) {
		b.notify = func(ctx context.Context, b *bug, m payment.Message) (payment.NotificationReply, error) {
			reply, err := b.gateway.Notification(ctx, m)
			if err == nil {
				change(ctx, b, m, &reply)
			}
			return reply, err
		}
	}
}

// asSigned gives what the gateway would say were the message signed as it should be.
func asSigned(ctx context.Context, b *bug, m payment.Message) payment.NotificationReply {
	stamp := "1935889445"
	m.Received = time.Unix(1935889445, 0)
	m.Header = map[string][]string{simbox.Signature: {b.s.Sign(stamp, m.Body)}}
	reply, err := b.gateway.Notification(ctx, m)
	if err != nil {
		panic(err)
	}
	return reply
}

// mailFaults break group I.
func mailFaults() []fault {
	return []fault{
		{id: "I1", what: "disputes are not told", set: reads(func(_ context.Context, _ *bug, _ payment.Message, reply *payment.NotificationReply) {
			for i := range reply.Events {
				reply.Events[i].Snapshot.Disputes = nil
			}
		})},
		{id: "I2", what: "a message that is almost one that was good is good", set: almost},
		{id: "I3", what: "old secrets stay", set: func(b *bug) { b.s.Forget() }},
		{id: "I4", what: "unsigned is fine", set: reads(func(ctx context.Context, b *bug, m payment.Message, reply *payment.NotificationReply) {
			if len(m.Header[simbox.Signature]) == 0 {
				*reply = asSigned(ctx, b, m)
			}
		})},
		{id: "I5", what: "the future is fresh", set: reads(func(ctx context.Context, b *bug, m payment.Message, reply *payment.NotificationReply) {
			if reply.Reject == payment.RejectFuture {
				*reply = asSigned(ctx, b, m)
			}
		})},
		{id: "I5", what: "the past is fresh", set: reads(func(ctx context.Context, b *bug, m payment.Message, reply *payment.NotificationReply) {
			if reply.Reject == payment.RejectStale && !bytes.Equal(m.Body, []byte("{}")) && len(m.Header[simbox.Signature]) == 1 {
				*reply = asSigned(ctx, b, m)
			}
		})},
		{id: "I6", what: "events have new ids when they come again", set: reads(func(_ context.Context, b *bug, m payment.Message, reply *payment.NotificationReply) {
			again := b.mine.times(string(m.Body)) > 1
			for i := range reply.Events {
				if again {
					reply.Events[i].ID += "-again"
				}
			}
		})},
		{id: "I7", what: "what is older is dropped", set: reads(func(_ context.Context, b *bug, _ payment.Message, reply *payment.NotificationReply) {
			b.mine.mu.Lock()
			defer b.mine.mu.Unlock()
			for _, e := range reply.Events {
				known := b.mine.events[e.Reference]
				if len(known) > 0 && e.Time.Before(known[len(known)-1].Time) {
					reply.Events = nil
					return
				}
				b.mine.events[e.Reference] = append(known, e)
			}
		})},
		{id: "I8", what: "a used id is dropped, whatever it says", set: reads(func(_ context.Context, b *bug, m payment.Message, reply *payment.NotificationReply) {
			b.mine.mu.Lock()
			defer b.mine.mu.Unlock()
			for _, e := range reply.Events {
				if known := b.mine.events[e.ID]; len(known) > 0 && known[0].Reference != e.Reference {
					reply.Events = nil
					return
				}
				b.mine.events[e.ID] = []payment.GatewayEvent{e}
			}
		})},
		{id: "I9", what: "only the first event is read", set: reads(func(_ context.Context, _ *bug, _ payment.Message, reply *payment.NotificationReply) {
			reply.Events = reply.Events[:min(1, len(reply.Events))]
		})},
		{id: "I10", what: "new types are malformed", set: reads(func(_ context.Context, _ *bug, m payment.Message, reply *payment.NotificationReply) {
			if reply.Verified && len(reply.Events) == 0 {
				reply.Verified, reply.Reject = false, payment.RejectMalformed
			}
		})},
		{id: "I11", what: "events of others are dropped", set: reads(func(ctx context.Context, b *bug, _ payment.Message, reply *payment.NotificationReply) {
			for _, e := range reply.Events {
				if q, err := b.gateway.Query(ctx, payment.QueryRequest{Reference: e.Reference}); err == nil && !q.Found {
					reply.Events = nil
					return
				}
			}
		})},
		{id: "I12", what: "what is paid is what was asked, in messages", set: reads(
			func(_ context.Context, b *bug, _ payment.Message, reply *payment.NotificationReply) {
				for _, e := range reply.Events {
					for i, p := range e.Snapshot.Payments {
						if asked := b.created(e.Reference).Amount; !asked.IsZero() {
							e.Snapshot.Payments[i].Amount = money.New(asked.Minor(), p.Amount.Currency())
						}
					}
				}
			})},
		{id: "I13", what: "what is no text is made one", set: reads(func(ctx context.Context, b *bug, m payment.Message, reply *payment.NotificationReply) {
			if reply.Reject == payment.RejectMalformed && !utf8.Valid(m.Body) {
				m.Body = bytes.ToValidUTF8(m.Body, []byte("-"))
				*reply = asSigned(ctx, b, m)
			}
		})},
		{id: "I13", what: "size is no matter", set: reads(func(ctx context.Context, b *bug, m payment.Message, reply *payment.NotificationReply) {
			if reply.Reject == payment.RejectTooLarge {
				reply.Reject = payment.RejectMalformed
			}
		})},
		{id: "I14", what: "the company is told that a forged message was taken", set: reads(
			func(_ context.Context, _ *bug, _ payment.Message, reply *payment.NotificationReply) {
				reply.Ack.Status = 200
			})},
		{id: "I15", what: "the answer says what would have been right", set: reads(
			func(_ context.Context, _ *bug, m payment.Message, reply *payment.NotificationReply) {
				if !reply.Verified {
					reply.Ack.Body = []byte("not " + strings.Join(m.Header[simbox.Signature], ","))
				}
			})},
		{id: "I17", what: "parsed first", set: reads(func(_ context.Context, _ *bug, m payment.Message, reply *payment.NotificationReply) {
			if reply.Reject == payment.RejectForged && !json.Valid(m.Body) {
				reply.Reject = payment.RejectMalformed
			}
		})},
	}
}

// almost believes a message that differs in one byte from one that was good.
func almost(b *bug) {
	var good []byte
	var said payment.NotificationReply
	reads(func(_ context.Context, _ *bug, m payment.Message, reply *payment.NotificationReply) {
		if reply.Verified {
			good, said = bytes.Clone(m.Body), *reply
			return
		}
		differ := 0
		for i := range min(len(good), len(m.Body)) {
			if good[i] != m.Body[i] {
				differ++
			}
		}
		if reply.Reject == payment.RejectForged && len(good) == len(m.Body) && differ == 1 {
			*reply = said
		}
	})(b)
}

// timeFaults break group L.
func timeFaults() []fault {
	return []fault{
		{id: "L1", what: "a wrong clock is not noticed", set: func(b *bug) {
			b.health = func(ctx context.Context, b *bug) (payment.Health, error) {
				h, err := b.gateway.Health(ctx)
				h.Skew = 0
				return h, err
			}
		}},
		{id: "L2", what: "a leap day is the first of March", set: finds(func(_ context.Context, b *bug, _ string, q *payment.QueryReply) {
			for i, p := range q.Payments {
				if at := p.PaidAt.In(b.s.Now().Location()); at.Month() == time.February && at.Day() == 29 {
					q.Payments[i].PaidAt = p.PaidAt.AddDate(0, 0, 1)
				}
			}
		})},
		{id: "L3", what: "the company's time is taken for universal time", set: reads(
			func(_ context.Context, _ *bug, _ payment.Message, reply *payment.NotificationReply) {
				for i := range reply.Events {
					reply.Events[i].Time = reply.Events[i].Time.Add(9 * time.Hour)
				}
			})},
		{id: "L4", what: "what is not Latin is a question", set: asks(func(_ *bug, r *payment.CreateRequest) {
			r.Description = strings.Map(func(c rune) rune {
				if c > 0xff {
					return '?'
				}
				return c
			}, r.Description)
		})},
	}
}
