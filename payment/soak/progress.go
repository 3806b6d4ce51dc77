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
		note = fmt.Sprintf(", heap %s in %d goroutines", mega(t.Memory.Heap), t.Memory.Goroutines)
		p.mu.Lock()
		p.memory = append(p.memory, t.Memory)
		p.mu.Unlock()
	} else {
		s.desk.mu.Lock()
		note = fmt.Sprintf(", killed %d times", s.desk.killed)
		s.desk.mu.Unlock()
	}
	took := time.Since(p.began)
	p.say("%7d payers done in %v, %.0f/s, the clock says %s%s", done, took.Round(time.Second), float64(done)/took.Seconds(),
		s.hands.now().Format("2006-01-02 15:04"), note)
	return nil
}

func mega(bytes uint64) string { return fmt.Sprintf("%.1f MiB", float64(bytes)/(1<<20)) }

// The growth of the heap that is allowed from the second tenth part to the last: by a share, and by what chance may add.
const (
	growthShare = 0.25
	growthFlat  = 4 << 20
	warm        = 1
)

// grown says whether the heap of a steady soak grew; it is empty when it did not.
func (p *progress) grown() string {
	if len(p.memory) <= warm+1 {
		return ""
	}
	base, last := p.memory[warm].Heap, p.memory[len(p.memory)-1].Heap
	if limit := uint64(float64(base)*(1+growthShare)) + growthFlat; last > limit {
		return fmt.Sprintf("the heap has grown from %s to %s, more than to %s", mega(base), mega(last), mega(limit))
	}
	return ""
}
