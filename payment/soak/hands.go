package main

import (
	"container/heap"
	"context"
	"sync"
	"time"
)

// hands are the hands of the clock that everybody goes by: the machine's, moved ahead. They also know who rests until when, so that the clock
// can be moved to the next who wakes once everybody rests.
type hands struct {
	mu      sync.Mutex
	by      time.Duration
	busy    int
	resting restQueue
	// idle is told when nobody is busy any more.
	idle chan struct{}
}

// rest is somebody who waits for an instant.
type rest struct {
	until time.Time
	wake  chan struct{}
}

func newHands() *hands { return &hands{idle: make(chan struct{}, 1)} }

func (h *hands) ahead() time.Duration {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.by
}

func (h *hands) now() time.Time { return time.Now().Add(h.ahead()).UTC() }

// move sets the clock on.
func (h *hands) move(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.by += d
}

// begin says that somebody is busy from now on, end that they have gone.
func (h *hands) begin() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.busy++
}

func (h *hands) end() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.leave()
}

// leave counts somebody who is busy no more; the lock is held.
func (h *hands) leave() {
	if h.busy--; h.busy == 0 {
		select {
		case h.idle <- struct{}{}:
		default:
		}
	}
}

// until has somebody who is busy rest until an instant.
func (h *hands) until(ctx context.Context, at time.Time) error {
	r := &rest{until: at, wake: make(chan struct{})}
	h.mu.Lock()
	heap.Push(&h.resting, r)
	h.leave()
	h.mu.Unlock()
	select {
	case <-r.wake:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// next gives how long it is until the first wakes; ok is false while somebody is busy, or when nobody rests.
func (h *hands) next() (d time.Duration, ok bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.busy > 0 || len(h.resting) == 0 {
		return 0, false
	}
	return max(0, h.resting[0].until.Sub(time.Now().Add(h.by))), true
}

// wake wakes those whose time has come: they are busy again.
func (h *hands) wake() {
	h.mu.Lock()
	defer h.mu.Unlock()
	now := time.Now().Add(h.by)
	for len(h.resting) > 0 && !h.resting[0].until.After(now) {
		h.busy++
		close(heap.Pop(&h.resting).(*rest).wake)
	}
}

// restQueue is a queue by instant.
type restQueue []*rest

func (q restQueue) Len() int           { return len(q) }
func (q restQueue) Less(i, j int) bool { return q[i].until.Before(q[j].until) }
func (q restQueue) Swap(i, j int)      { q[i], q[j] = q[j], q[i] }
func (q *restQueue) Push(x any)        { *q = append(*q, x.(*rest)) }
func (q *restQueue) Pop() any {
	old := *q
	last := old[len(old)-1]
	old[len(old)-1] = nil
	*q = old[:len(old)-1]
	return last
}
