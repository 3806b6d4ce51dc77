package icms

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"

	"courts.example/eservices/icms/store"
)

// Subscriber receives events in this process. Each event comes at least once, those of one subject in order; one that it refuses with an error
// comes again after Options.Lease. Several subscribers go through a subject at the pace of the slowest: the next event of a case comes when all
// have taken the one before. They are called one after the other by whoever runs [Service.Run] or [Service.DeliverEvents].
type Subscriber struct {
	// Name tells the subscribers apart, in errors and logs.
	Name string
	// Types are the beginnings of the types of event that it wants ("icms.batch."); none means all.
	Types []string
	// Deliver takes an event. Event.ID tells a second delivery from a second happening. A panic counts as an error.
	Deliver func(context.Context, Event) error
}

func (r *Subscriber) wants(kind string) bool {
	for _, prefix := range r.Types {
		if strings.HasPrefix(kind, prefix) {
			return true
		}
	}
	return len(r.Types) == 0
}

// take hands an event over, and turns a panic into an error.
func (r *Subscriber) take(ctx context.Context, e Event) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("it panicked: %v", p)
		}
	}()
	return r.Deliver(ctx, e)
}

// readers are all who receive events.
type readers struct {
	list []Subscriber

	mu sync.Mutex
	// taken has, of events that some refused, who took them: they need not take them again.
	taken map[string]map[string]bool
}

// maxTaken bounds what is remembered of events that some refused; beyond it they come twice.
const maxTaken = 10_000

func newReaders(o Options) (*readers, error) {
	r := &readers{taken: map[string]map[string]bool{}}
	if o.Deliver != nil {
		r.list = append(r.list, Subscriber{Name: "Options.Deliver", Deliver: o.Deliver})
	}
	seen := map[string]bool{}
	var errs []error
	for i, sub := range o.Subscribers {
		if sub.Name == "" || sub.Deliver == nil || seen[sub.Name] {
			errs = append(errs, invalid("Options.Subscribers[%d]: each has a name of its own and a Deliver function", i))
		}
		seen[sub.Name] = true
		r.list = append(r.list, sub)
	}
	return r, errors.Join(errs...)
}

func (r *readers) nobody() bool { return len(r.list) == 0 }

// hand gives events to all who want them, and of a stream none after one that somebody refused. It gives those that everybody took.
func (r *readers) hand(ctx context.Context, batch []store.Event) (done []store.Event, refused []error) {
	stopped := map[string]bool{}
	for _, e := range batch {
		if stopped[e.Stream] {
			continue
		}
		if err := r.give(ctx, Event{ID: e.ID, Type: e.Type, Subject: e.Stream, Time: e.At, Data: json.RawMessage(e.Data)}); err != nil {
			stopped[e.Stream] = e.Stream != ""
			refused = append(refused, err)
			continue
		}
		done = append(done, e)
	}
	return done, refused
}

// give hands one event to those who have not taken it yet.
func (r *readers) give(ctx context.Context, e Event) error {
	before := r.remembered(e.ID)
	took := map[string]bool{}
	var refused error
	for i := range r.list {
		sub := &r.list[i]
		if before[sub.Name] || !sub.wants(e.Type) {
			continue
		}
		if err := sub.take(ctx, e); err != nil {
			refused = errors.Join(refused, fmt.Errorf("icms: event %s: %s: %w", e.ID, sub.Name, err))
			continue
		}
		took[sub.Name] = true
	}
	r.remember(e.ID, took, refused != nil)
	return refused
}

func (r *readers) remembered(event string) map[string]bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.taken[event]
}

// remember keeps who took an event that is to come again, and forgets one that everybody took.
func (r *readers) remember(event string, took map[string]bool, again bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !again {
		delete(r.taken, event)
		return
	}
	if len(r.taken) >= maxTaken {
		clear(r.taken)
	}
	for name := range r.taken[event] {
		took[name] = true
	}
	r.taken[event] = took
}
