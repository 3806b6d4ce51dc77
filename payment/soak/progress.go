package main

import (
	"context"
	"fmt"
	"io"
	"sync"
	"time"
)

// progress prints how far a soak is, and measures memory at every tenth part of a steady one.
type progress struct {
	mu    sync.Mutex
	out   io.Writer
	every int
	began time.Time
	// memory are the measurements of a steady soak.
	memory []memory
}

func newProgress(out io.Writer, o options) *progress {
	return &progress{out: out, every: max(1, o.attempts/10), began: time.Now()}
}

// say prints a line.
func (p *progress) say(format string, args ...any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	fmt.Fprintf(p.out, format+"\n", args...)
}

// step tells of a payer who is done.
func (p *progress) step(ctx context.Context, s *soak, done int) error {
	if done%p.every != 0 {
		return nil
	}
	note := ""
	if s.o.steady {
		t, err := s.desk.ask(ctx, ask{Do: doMemory})
		if err != nil {
			return err
		}
		note = fmt.Sprintf(", %v", t.Memory)
		p.mu.Lock()
		p.memory = append(p.memory, t.Memory)
		p.mu.Unlock()
	} else {
		note = fmt.Sprintf(", killed %d times", s.desk.deaths())
	}
	took := time.Since(p.began)
	p.say("%7d payers done in %v, %.0f/s, the clock says %s%s", done, took.Round(time.Second), float64(done)/took.Seconds(),
		s.hands.now().Format("2006-01-02 15:04"), note)
	return nil
}
