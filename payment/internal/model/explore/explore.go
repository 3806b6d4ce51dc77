package explore

import (
	"fmt"
	"hash/maphash"
)

// System is what is explored. S is a state: a value without pointers, in a canonical form, so that equal states are the same state. M names
// a move, for the reader of a trace. The functions are called from one goroutine and keep nothing.
type System[S, M comparable] struct {
	Start []S
	// Moves emits every move out of a state.
	Moves func(s S, emit func(move M, fair bool, next S))
	// Always, Step and End report what is broken: in any state, by a move, and in a state without a fair move. Nil reports nothing.
	Always func(s S, broken func(Fault))
	Step   func(from, to S, broken func(Fault))
	End    func(s S, broken func(Fault))
	// Seen gives what is worth seeing of a move, as bits; the run gathers them. Nil sees nothing.
	Seen func(from, to S) uint64
	// Most measures a state; the run keeps the largest. Nil measures nothing.
	Most func(s S) int
	// Limit bounds the number of states; 0 means 1,000,000. Beyond it the run is an error, never a result.
	Limit int
	// Enough ends the run with the first fault: what it counts is then a part only.
	Enough bool
}

// Fault names a rule that is broken.
type Fault string

// Endless is the fault of fair moves that run in a circle.
const Endless Fault = "never comes to rest"

// Result is what a run found.
type Result[S, M comparable] struct {
	// States and Moves count what was visited, Rests the states without a fair move; Depth is the longest shortest way to a state.
	States, Moves, Rests, Depth int
	// Seen are the bits that were seen. Most is the largest measure of a state.
	Seen uint64
	Most int

	faults []found[S, M]
	visit  *visited[S]
	from   []origin[M]
}

// origin is how a state was first reached: from which, by what.
type origin[M comparable] struct {
	state uint32
	depth uint32
	move  M
}

// found is the first state that breaks a rule; by a move, when step is set.
type found[S, M comparable] struct {
	fault Fault
	at    uint32
	step  bool
	move  M
	to    S
}

const defaultLimit = 1_000_000

// Run visits every state. Its error says that there are more than the limit.
func Run[S, M comparable](sys System[S, M]) (*Result[S, M], error) {
	if sys.Limit == 0 {
		sys.Limit = defaultLimit
	}
	r := &Result[S, M]{visit: newVisited[S]()}
	for _, s := range sys.Start {
		r.reach(s, origin[M]{})
	}
	g := graph{offsets: []uint32{0}}
	for at := 0; at < len(r.visit.states); at++ {
		if sys.Enough && len(r.faults) > 0 {
			break
		}
		if len(r.visit.states) > sys.Limit {
			return nil, fmt.Errorf("explore: more than %d states; make the system smaller, or raise the limit", sys.Limit)
		}
		r.expand(&sys, uint32(at), &g)
	}
	r.States = len(r.visit.states)
	r.Depth = int(r.from[r.States-1].depth)
	if at, ok := g.circle(r.States); ok {
		r.found(found[S, M]{fault: Endless, at: at})
	}
	r.visit.slots = nil
	return r, nil
}

// expand looks at one state and at every move out of it.
func (r *Result[S, M]) expand(sys *System[S, M], at uint32, g *graph) {
	s, depth := r.visit.states[at], r.from[at].depth
	r.look(sys, at, s)
	rest := true
	sys.Moves(s, func(move M, fair bool, next S) {
		r.Moves++
		if sys.Step != nil {
			sys.Step(s, next, func(f Fault) { r.found(found[S, M]{fault: f, at: at, step: true, move: move, to: next}) })
		}
		if sys.Seen != nil {
			r.Seen |= sys.Seen(s, next)
		}
		to := r.reach(next, origin[M]{state: at, depth: depth + 1, move: move})
		if fair {
			rest = false
			g.targets = append(g.targets, to)
		}
	})
	g.offsets = append(g.offsets, uint32(len(g.targets)))
	if rest {
		r.Rests++
		if sys.End != nil {
			sys.End(s, func(f Fault) { r.found(found[S, M]{fault: f, at: at}) })
		}
	}
}

// look asks what is to be said about a state by itself.
func (r *Result[S, M]) look(sys *System[S, M], at uint32, s S) {
	if sys.Always != nil {
		sys.Always(s, func(f Fault) { r.found(found[S, M]{fault: f, at: at}) })
	}
	if sys.Most != nil {
		r.Most = max(r.Most, sys.Most(s))
	}
}

// reach gives the number of a state, a new one when it was not there.
func (r *Result[S, M]) reach(s S, from origin[M]) uint32 {
	at, isNew := r.visit.add(s)
	if isNew {
		r.from = append(r.from, from)
	}
	return at
}

// found keeps the first find of each fault. States come in the order of their depth, so the first is a shortest.
func (r *Result[S, M]) found(f found[S, M]) {
	if _, ok := r.fault(f.fault); !ok {
		r.faults = append(r.faults, f)
	}
}

func (r *Result[S, M]) fault(name Fault) (found[S, M], bool) {
	for _, f := range r.faults {
		if f.fault == name {
			return f, true
		}
	}
	return found[S, M]{}, false
}

// visited is the set of states, numbered in the order in which they came: a hash table of numbers with the states beside it.
type visited[S comparable] struct {
	seed   maphash.Seed
	states []S
	slots  []uint32 // number of the state plus 1; 0 is free; the length is a power of two
}

func newVisited[S comparable]() *visited[S] {
	return &visited[S]{seed: maphash.MakeSeed(), slots: make([]uint32, 1<<10)}
}

// add gives the number of a state and whether it is new.
func (v *visited[S]) add(s S) (at uint32, isNew bool) {
	slot := v.slot(s)
	if n := v.slots[slot]; n != 0 {
		return n - 1, false
	}
	v.states = append(v.states, s)
	n := uint32(len(v.states))
	v.slots[slot] = n
	if len(v.states)*2 > len(v.slots) {
		v.grow()
	}
	return n - 1, true
}

// slot finds where a state is, or where it would be.
func (v *visited[S]) slot(s S) uint64 {
	mask := uint64(len(v.slots) - 1)
	for i := maphash.Comparable(v.seed, s) & mask; ; i = (i + 1) & mask {
		if n := v.slots[i]; n == 0 || v.states[n-1] == s {
			return i
		}
	}
}

func (v *visited[S]) grow() {
	v.slots = make([]uint32, 2*len(v.slots))
	for n, s := range v.states {
		v.slots[v.slot(s)] = uint32(n) + 1
	}
}
