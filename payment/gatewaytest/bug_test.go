package gatewaytest_test

import (
	"context"
	"errors"
	"sync"

	"courts.example/eservices/payment"
	"courts.example/eservices/payment/gatewaytest"
)

// bug is a gateway with a fault: an adapter of which some methods are replaced. What is nil is right.
type bug struct {
	gateway
	s *sandbox
	// seen is shared by all adapters of a sandbox, mine is this adapter's own, lost when it is started anew.
	seen, mine *memory

	describe    func(c payment.Capabilities) payment.Capabilities
	create      func(ctx context.Context, b *bug, r payment.CreateRequest) (payment.AttemptReply, error)
	query       func(ctx context.Context, b *bug, r payment.QueryRequest) (payment.QueryReply, error)
	cancel      func(ctx context.Context, b *bug, r payment.OperationRequest) (payment.OperationReply, error)
	capture     func(ctx context.Context, b *bug, r payment.OperationRequest) (payment.OperationReply, error)
	refund      func(ctx context.Context, b *bug, r payment.RefundRequest) (payment.OperationReply, error)
	queryRefund func(ctx context.Context, b *bug, r payment.QueryRefundRequest) (payment.OperationReply, error)
	notify      func(ctx context.Context, b *bug, m payment.Message) (payment.NotificationReply, error)
	settle      func(ctx context.Context, b *bug, d payment.SettlementDay) ([]payment.SettlementLine, error)
	back        func(ctx context.Context, b *bug, m payment.Message) (payment.ReturnReply, error)
	health      func(ctx context.Context, b *bug) (payment.Health, error)
	// tell changes what is told of an attempt, by Query and by messages alike.
	tell func(b *bug, ref string, q *payment.QueryReply)
}

// outcome is the reply to an operation.
type outcome = payment.OperationReply

// memory is what a fault remembers.
type memory struct {
	mu      sync.Mutex
	asked   map[string]payment.CreateRequest
	count   map[string]int
	marked  map[string]bool
	replies map[string]payment.AttemptReply
	events  map[string][]payment.GatewayEvent
}

func newMemory() *memory {
	return &memory{
		asked: map[string]payment.CreateRequest{}, count: map[string]int{}, marked: map[string]bool{},
		replies: map[string]payment.AttemptReply{}, events: map[string][]payment.GatewayEvent{},
	}
}

// times counts how often it was called with a name, this time included.
func (m *memory) times(name string) int {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.count[name]++
	return m.count[name]
}

func (m *memory) mark(name string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.marked[name] = true
}

func (m *memory) is(name string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.marked[name]
}

// did reports whether the payer of an attempt did something.
func (b *bug) did(ref string, d gatewaytest.Deed) bool {
	return b.s.Did(ref, d)
}

// created gives the request that started an attempt.
func (b *bug) created(ref string) payment.CreateRequest {
	b.seen.mu.Lock()
	defer b.seen.mu.Unlock()
	return b.seen.asked[ref]
}

func (b *bug) Describe() payment.Capabilities {
	if b.describe != nil {
		return b.describe(b.gateway.Describe())
	}
	return b.gateway.Describe()
}

func (b *bug) Create(ctx context.Context, r payment.CreateRequest) (payment.AttemptReply, error) {
	b.seen.mu.Lock()
	b.seen.asked[r.Reference] = r
	b.seen.mu.Unlock()
	if b.create != nil {
		return b.create(ctx, b, r)
	}
	return b.gateway.Create(ctx, r)
}

func (b *bug) Query(ctx context.Context, r payment.QueryRequest) (q payment.QueryReply, err error) {
	if b.query != nil {
		q, err = b.query(ctx, b, r)
	} else {
		q, err = b.gateway.Query(ctx, r)
	}
	if err == nil && q.Found && b.tell != nil {
		b.tell(b, r.Reference, &q)
	}
	return q, err
}

func (b *bug) Cancel(ctx context.Context, r payment.OperationRequest) (payment.OperationReply, error) {
	b.seen.mark("cancel " + r.Reference)
	if b.cancel != nil {
		return b.cancel(ctx, b, r)
	}
	return b.gateway.Cancel(ctx, r)
}

func (b *bug) Capture(ctx context.Context, r payment.OperationRequest) (payment.OperationReply, error) {
	if b.capture != nil {
		return b.capture(ctx, b, r)
	}
	return b.gateway.Capture(ctx, r)
}

func (b *bug) Refund(ctx context.Context, r payment.RefundRequest) (payment.OperationReply, error) {
	if b.refund != nil {
		return b.refund(ctx, b, r)
	}
	return b.gateway.Refund(ctx, r)
}

func (b *bug) QueryRefund(ctx context.Context, r payment.QueryRefundRequest) (payment.OperationReply, error) {
	if b.queryRefund != nil {
		return b.queryRefund(ctx, b, r)
	}
	return b.gateway.QueryRefund(ctx, r)
}

func (b *bug) Notification(ctx context.Context, m payment.Message) (reply payment.NotificationReply, err error) {
	if b.notify != nil {
		reply, err = b.notify(ctx, b, m)
	} else {
		reply, err = b.gateway.Notification(ctx, m)
	}
	if b.tell != nil {
		for i := range reply.Events {
			b.tell(b, reply.Events[i].Reference, &reply.Events[i].Snapshot)
		}
	}
	return reply, err
}

func (b *bug) Settlement(ctx context.Context, d payment.SettlementDay) ([]payment.SettlementLine, error) {
	if b.settle != nil {
		return b.settle(ctx, b, d)
	}
	return b.gateway.Settlement(ctx, d)
}

func (b *bug) Return(ctx context.Context, m payment.Message) (payment.ReturnReply, error) {
	if b.back != nil {
		return b.back(ctx, b, m)
	}
	return b.gateway.Return(ctx, m)
}

func (b *bug) Health(ctx context.Context) (payment.Health, error) {
	if b.health != nil {
		return b.health(ctx, b)
	}
	return b.gateway.Health(ctx)
}

// fail is an error of a class that the fault takes for the right one.
func fail(class payment.ErrorClass, sent bool) error {
	return &payment.GatewayError{Class: class, Sent: sent, Detail: "as a fault has it"}
}

// coded reports whether an error has the company's code.
func coded(err error, code string) bool {
	var e *payment.GatewayError
	return errors.As(err, &e) && e.Code == code
}

// well is an operation that is said to have succeeded.
func well() (payment.OperationReply, error) {
	return payment.OperationReply{State: payment.OperationSucceeded}, nil
}
