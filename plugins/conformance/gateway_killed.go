package conformance

import (
	"net/http"
	"sync"

	"courts.example/eservices/payment"
	"courts.example/eservices/payment/gatewaytest"
)

// stage is a moment of a request at which it can be held.
type stage int

// The stages: before the company has it, when it has done it, and when half of the reply is on its way.
const (
	arrived stage = iota
	done
	half
)

// hold is a request that is held at a stage until it is let go.
type hold struct {
	at   stage
	once sync.Once
	met  chan struct{}
	free chan struct{}
}

// holdAt has the next requests that change something be held.
func (l *line) holdAt(at stage) *hold {
	h := &hold{at: at, met: make(chan struct{}), free: make(chan struct{})}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.held = h
	return h
}

// release lets all go on.
func (l *line) release(h *hold) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.held == h {
		l.held = nil
		close(h.free)
	}
}

// at holds a request that has come to a stage; it reports whether it goes on. One that was held before the company has it does not.
func (l *line) at(now stage, r *http.Request) bool {
	l.mu.Lock()
	h := l.held
	l.mu.Unlock()
	if h == nil || h.at != now || r.Method == http.MethodGet || r.Method == http.MethodHead {
		return true
	}
	h.once.Do(func() { close(h.met) })
	<-h.free
	return now != arrived
}

// killed kills the process while a request is at each stage.
func killed(b *bench) {
	if b.firm.wire() == nil {
		leave(b.T, NotChecked, "the connection to the company can't be watched")
	}
	if _, ok := b.firm.(gatewaytest.Books); !ok {
		leave(b.T, NotChecked, "the sandbox shows no books")
	}
	for n, at := range []stage{arrived, done, half} {
		b.killedAt(n+1, at)
	}
}

func (b *bench) killedAt(n int, at stage) {
	b.Helper()
	p := b.ready()
	g := b.gateway(p)
	held := b.firm.wire().holdAt(at)
	r := b.request(n)
	ctx, cancel := b.within(2 * quietLimit)
	defer cancel()
	result := make(chan error, 1)
	go func() {
		_, err := g.Create(ctx, r)
		result <- err
	}()
	select {
	case <-held.met:
	case err := <-result:
		b.Fatalf("Create did not ask the company: %v", err)
	}
	_ = p.run.Kill(ctx)
	if err := <-result; payment.ClassOf(err) != payment.Unknown {
		b.Errorf("Create of a process that was killed: %v; must be of class %q", err, payment.Unknown)
	}
	b.firm.wire().release(held)
	again := b.gateway(b.ready())
	before := b.books(r.Reference).Attempts > 0
	q, err := again.Query(ctx, payment.QueryRequest{Reference: r.Reference})
	after := b.books(r.Reference).Attempts > 0
	if err != nil || before && !q.Found || q.Found && !after || q.Found && q.State == payment.AttemptFailed {
		b.Errorf("Query after the kill: found %v, state %q, error %v; the company has it: %v", q.Found, q.State, err, after)
	}
	r.SendNo = 2
	if _, err := again.Create(ctx, r); err != nil {
		b.Errorf("Create with the same key by a new process: %v", err)
	}
	if n := b.books(r.Reference).Attempts; n != 1 {
		b.Errorf("the company holds %d attempts of %s, must be one", n, r.Reference)
	}
}
