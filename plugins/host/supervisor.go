package host

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"
)

// State is where a plugin stands.
type State string

// The states of a plugin.
const (
	Stopped     State = "stopped"
	Starting    State = "starting"
	Ready       State = "ready"
	Backoff     State = "backoff"
	Quarantined State = "quarantined"
	Draining    State = "draining"
	Closed      State = "closed"
)

// supervisor keeps one plugin running: it starts a process when one is needed, one at a time, and learns when it ends.
type supervisor struct {
	launcher
	folders *atomic.Uint64
	meters  *meters
	// ctx ends when the host closes; work counts the goroutines.
	ctx  context.Context
	work *sync.WaitGroup
	// slots holds one token for each call that runs, waiting counts those that want one.
	slots   chan struct{}
	waiting atomic.Int64
	// changes bounds the calls among them that wait for their own caller.
	changes chan struct{}
	// live is the process that is ready, or was.
	live atomic.Pointer[process]

	mu       sync.Mutex
	state    State
	last     error
	record   record
	started  uint64
	starting *attempt
}

// attempt is a start that callers wait for.
type attempt struct {
	// hurry is closed to end the pause before it, done when it has ended.
	hurry, done chan struct{}
	p           *process
	err         error
}

// ready gives the running process, starting one if there is none. The error says that the call was not sent.
func (s *supervisor) ready(ctx context.Context) (*process, error) {
	if p := s.live.Load(); p != nil && !p.dead() {
		return p, nil
	}
	p, a, err := s.attempt(ctx)
	if p != nil || err != nil {
		return p, err
	}
	select {
	case <-a.done:
		return a.p, a.err
	case <-ctx.Done():
		return nil, s.wrap(0, &failure{kind: ErrStart, cause: fmt.Errorf("the call's time was over before the plugin had started: %w", ctx.Err()),
			remedy: "try again"})
	}
}

// attempt gives the process that is there after all, or joins the start that is under way, or begins one.
func (s *supervisor) attempt(ctx context.Context) (*process, *attempt, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if p := s.live.Load(); p != nil {
		if !p.dead() {
			return p, nil, nil
		}
		s.lost(p)
	}
	switch {
	case s.state == Quarantined:
		return nil, nil, s.wrap(s.started, &failure{kind: ErrQuarantined, cause: s.last, remedy: "mend the cause, then reset the plugin"})
	case s.state == Draining, s.state == Closed:
		return nil, nil, s.wrap(s.started, &failure{kind: ErrClosed, remedy: "nothing runs after Close"})
	}
	if deadline, ok := ctx.Deadline(); ok && deadline.Before(s.record.next) {
		return nil, nil, s.wrap(s.started, &failure{kind: ErrBackoff, cause: fmt.Errorf("until %s", s.record.next.UTC().Format(time.RFC3339)),
			remedy: fmt.Sprintf("try again later, or reset the plugin; what happened was: %v", s.last)})
	}
	if s.starting == nil {
		s.begin()
	}
	return nil, s.starting, nil
}

// begin begins a start, after the pause that the record asks for, with the lock held.
func (s *supervisor) begin() {
	a := &attempt{hurry: make(chan struct{}), done: make(chan struct{})}
	wait := time.Until(s.record.next)
	s.state = Starting
	if wait > 0 {
		s.state = Backoff
	}
	s.starting = a
	s.work.Go(func() { s.start(a, wait) })
}

// start waits for the pause to end, starts a process, and tells who waits.
func (s *supervisor) start(a *attempt, wait time.Duration) {
	defer close(a.done)
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-a.hurry:
	case <-s.ctx.Done():
	}
	number := s.count()
	ctx, cancel := context.WithTimeout(s.ctx, s.limits.Start)
	defer cancel()
	began := time.Now()
	p, err := s.launch(ctx, number, s.folders.Add(1))
	if err != nil {
		p = nil
	}
	s.meters.start(time.Since(began), err)
	a.p, a.err = s.settle(p, number, err)
	if p != nil && a.p == nil { // The host is closing.
		p.release()
	}
}

// count counts a start.
func (s *supervisor) count() uint64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.state == Backoff {
		s.state = Starting
	}
	s.started++
	return s.started
}

// settle enters the outcome of a start.
func (s *supervisor) settle(p *process, number uint64, err error) (*process, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.starting = nil
	switch {
	case err == nil && s.state == Starting:
		s.state = Ready
		s.live.Store(p)
		s.work.Go(func() { s.watch(p) })
		s.work.Go(func() { s.ask(p) })
		s.log.Info("plugin started", slog.Uint64("process", number), slog.String("pid", p.run.ID()))
		return p, nil
	case s.state != Starting || s.ctx.Err() != nil:
		err = &failure{kind: ErrClosed, cause: err, remedy: "nothing runs after Close"}
	default:
		s.enter(err, 0)
		s.log.Error("plugin did not start", slog.Uint64("process", number), slog.String("error", err.Error()), slog.String("state", string(s.state)))
	}
	return nil, s.wrap(number, err)
}

// enter records a death or a start that failed, with the lock held.
func (s *supervisor) enter(cause error, ran time.Duration) {
	s.last = cause
	over := s.record.died(time.Now(), ran, s.plugin.Crashes, s.limits)
	final := false
	if f := (*failure)(nil); errors.As(cause, &f) {
		final = f.final
	}
	switch {
	case s.state == Draining || s.state == Closed:
	case over || final:
		s.state = Quarantined
	default:
		s.state = Backoff
	}
}

// watch waits for the end of a process and cleans up after it.
func (s *supervisor) watch(p *process) {
	<-p.run.Dead()
	p.fail(p.end()) // Calls that run end now, whoever holds the other end of the connection.
	_ = p.conn.Close()
	s.mu.Lock()
	s.lost(p)
	s.mu.Unlock()
	p.release()
}

// lost enters the end of a process, once, with the lock held: whoever sees it first, before the next start.
func (s *supervisor) lost(p *process) {
	if !s.live.CompareAndSwap(p, nil) {
		return
	}
	if p.wasAsked() {
		s.log.Info("plugin stopped", slog.Uint64("process", p.number))
		return
	}
	s.enter(p.end(), time.Since(p.since))
	s.meters.died()
	s.log.Error("plugin died", slog.Uint64("process", p.number), slog.String("cause", p.end().Error()),
		slog.String("last_words", p.sink.Tail()), slog.String("state", string(s.state)))
}

// wrap puts the names of the plugin to a cause of a call that was not sent.
func (s *supervisor) wrap(number uint64, cause error) *Error {
	e := &Error{Plugin: s.plugin.Name, Version: s.plugin.Version, Incarnation: number, Doing: "start", Err: notSent{cause}}
	if f := (*failure)(nil); errors.As(cause, &f) {
		e.Remedy = f.remedy
	}
	return e
}

// notSent makes an error one of a call that has not left the host.
type notSent struct{ error }

func (n notSent) Unwrap() []error { return []error{n.error, ErrNotSent} }
