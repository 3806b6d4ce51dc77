package payment_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment"
)

// life is a process that dies at its n-th step, counted from 1: a write to the store or a call to the gateway. It dies before the step or,
// when late, after the step had its effect and before the answer came. A dead process does nothing more.
type life struct {
	mu    sync.Mutex
	dieAt int
	late  bool
	steps int
	dead  bool
}

// step begins a step; it reports whether the step happens, and whether its answer comes.
func (l *life) step() (happens, answers bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.dead {
		return false, false
	}
	if l.steps++; l.steps == l.dieAt {
		l.dead = true
		return l.late, false
	}
	return true, true
}

func (l *life) over() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.dead
}

// during does a step of a life.
func during[T any](l *life, do func() (T, error)) (T, error) {
	var none T
	happens, answers := l.step()
	if !happens {
		return none, errDead
	}
	out, err := do()
	if !answers {
		return none, errDead
	}
	return out, err
}

type livingStore struct {
	store.Store
	life *life
}

func (s livingStore) Apply(ctx context.Context, c store.Change) (store.Applied, error) {
	return during(s.life, func() (store.Applied, error) { return s.Store.Apply(ctx, c) })
}

func (s livingStore) Get(ctx context.Context, kind, id string) (store.Record, error) {
	if s.life.over() {
		return store.Record{}, errDead
	}
	return s.Store.Get(ctx, kind, id)
}

type livingGateway struct {
	*acquirer
	life *life
}

func (g livingGateway) Create(ctx context.Context, r payment.CreateRequest) (payment.AttemptReply, error) {
	return during(g.life, func() (payment.AttemptReply, error) { return g.acquirer.Create(ctx, r) })
}

func (g livingGateway) Query(ctx context.Context, r payment.QueryRequest) (payment.QueryReply, error) {
	return during(g.life, func() (payment.QueryReply, error) { return g.acquirer.Query(ctx, r) })
}

func (g livingGateway) Cancel(ctx context.Context, r payment.OperationRequest) (payment.OperationReply, error) {
	return during(g.life, func() (payment.OperationReply, error) { return g.acquirer.Cancel(ctx, r) })
}

func (g livingGateway) Capture(ctx context.Context, r payment.OperationRequest) (payment.OperationReply, error) {
	return during(g.life, func() (payment.OperationReply, error) { return g.acquirer.Capture(ctx, r) })
}

// living is the same counter in a process of its own.
func (c counter) living(l *life) counter {
	o := c.office.on(livingStore{c.store, l})
	return counterAt(o, c.acquirer, c.clock, func(options *payment.CashierOptions) {
		options.Gateways = []payment.Gateway{livingGateway{c.acquirer, l}}
	})
}

// TestDeathAtEveryStep has a process die at every write and every call of every story, before it or with the answer lost. Others take up
// what it left; then all money is explained and nobody was charged twice.
func TestDeathAtEveryStep(t *testing.T) {
	if testing.Short() {
		t.Skip("long: it runs where -short is not asked for")
	}
	for _, s := range stories() {
		steps := s.run(t, &life{})
		require.NotZero(t, steps)
		for _, late := range []bool{false, true} {
			for at := 1; at <= steps; at++ {
				t.Run(fmt.Sprintf("%s, step %d, late %v", s.name, at, late), func(t *testing.T) { s.run(t, &life{dieAt: at, late: late}) })
			}
		}
	}
}

// run tells the story in a life, and gives the number of its steps.
func (s story) run(t *testing.T, l *life) int {
	c := newCounter(t, nil)
	s.begin(c)
	err := s.tell(c.living(l), c)
	steps := l.steps
	if l.dieAt == 0 {
		require.NoError(t, err)
	} else {
		require.True(t, l.over(), "it died")
	}
	c.clock.move(2 * time.Minute)
	s.end(t, c)
	c.run(time.Hour)
	c.explained()
	return steps
}

// TestHeldIsFinishedWithoutTheGateway: a settlement showed the money, the process died half-way, and the gateway can't be asked.
func TestHeldIsFinishedWithoutTheGateway(t *testing.T) {
	c := newCounter(t, nil)
	c.order("o1")
	a := c.start("o1", payment.AttemptPending)
	id := c.acquirer.pay(a.ID, cents(4200), c.clock.now())
	l := &life{dieAt: 2}
	_, err := c.living(l).Record(c.ctx, "acme-pay", a.ID, payment.GatewayPayment{ID: id, Amount: cents(4200), PaidAt: monday}, payment.FromSettlement)
	require.ErrorIs(t, err, errDead)
	c.is("o1", payment.Paying)
	for range 10 {
		c.acquirer.refuse["query"] = append(c.acquirer.refuse["query"], errLost)
	}
	c.run(time.Minute)
	c.is("o1", payment.Paid)
	c.explained()
}
