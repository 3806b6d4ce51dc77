package storetest_test

import (
	"cmp"
	"context"
	"maps"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"courts.example/eservices/icms/store"
)

// memory is a store in memory, written as plainly as the contract reads. It is right when bug is empty; else it has one fault, named
// after the case that must find it.
type memory struct {
	bug     string
	mu      sync.Mutex // held while writing
	now     atomic.Pointer[state]
	waiting atomic.Int64 // calls of Apply and claims under way
}

func newMemory(bug string) *memory {
	m := &memory{bug: bug}
	m.now.Store(&state{
		records: map[name]row{}, ghosts: map[string]store.Record{}, reserved: map[store.Entry]bool{}, used: map[string]bool{}, log: map[int64][]store.Record{}, done: map[string]store.Applied{},
		sums: map[string]int64{}, last: map[string]int64{}, work: map[name]task{}, tokens: map[name]int64{}, links: map[string][]store.Link{}, replays: map[string]int{},
	})
	return m
}

func (m *memory) has(bug string) bool { return m.bug == bug }

// crowded says whether other writers are under way, for the faults that show only then.
func (m *memory) crowded() bool { return m.waiting.Load() > 1 }

type name struct{ kind, id string }

// row is a record with its keys.
type row struct {
	store.Record
	index, unique []store.Entry
	first         []byte // the body it was created with
}

// state is everything at one moment. Values are replaced, never changed in place.
type state struct {
	records  map[name]row
	log      map[int64][]store.Record // what each change wrote
	done     map[string]store.Applied // shared by all states, read and written under the lock
	sums     map[string]int64
	last     map[string]int64 // of each sequence
	events   []out
	work     map[name]task
	links    map[string][]store.Link
	changes  int64
	inserted int64
	emitted  int64
	token    int64

	// For faults only.
	ghosts   map[string]store.Record
	reserved map[store.Entry]bool
	used     map[string]bool
	tokens   map[name]int64
	replays  map[string]int
}

// out is an event in the outbox, task is work; until is the end of the lease in microseconds.
type out struct {
	store.Event
	until int64
	dead  bool
}

type task struct {
	store.Work
	until int64
}

func (s *state) clone() *state {
	c := *s
	c.records, c.log = maps.Clone(s.records), maps.Clone(s.log)
	c.sums, c.last, c.events = maps.Clone(s.sums), maps.Clone(s.last), slices.Clone(s.events)
	c.work, c.links = maps.Clone(s.work), maps.Clone(s.links)
	c.ghosts, c.reserved, c.used = maps.Clone(s.ghosts), maps.Clone(s.reserved), maps.Clone(s.used)
	c.tokens, c.replays = maps.Clone(s.tokens), maps.Clone(s.replays)
	return &c
}

// keys are all keys of a record, each once.
func (r *row) keys() []store.Entry {
	all := slices.Concat(r.unique, r.index)
	slices.SortFunc(all, func(a, b store.Entry) int { return cmp.Or(cmp.Compare(a.Index, b.Index), cmp.Compare(a.Key, b.Key)) })
	return slices.Compact(all)
}

// write runs f on a copy of the state, which counts when f succeeds.
func (m *memory) write(ctx context.Context, f func(s *state) error) error {
	if err := ctx.Err(); err != nil && !m.has("apply/ends-with-its-context") {
		return err
	}
	m.waiting.Add(1)
	defer m.waiting.Add(-1)
	runtime.Gosched() // so that writers meet
	m.mu.Lock()
	defer m.mu.Unlock()
	before := m.now.Load()
	s := before.clone()
	if err := f(s); err != nil {
		m.now.Store(m.leak(before, s, err))
		return err
	}
	m.now.Store(s)
	return nil
}
