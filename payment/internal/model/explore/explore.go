package explore

import "fmt"

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
	w := newWalk(&sys, r)
	for at := 0; at < len(r.visit.states); at++ {
		if sys.Enough && len(r.faults) > 0 {
			break
		}
		if len(r.visit.states) > sys.Limit {
			return nil, fmt.Errorf("explore: more than %d states; make the system smaller, or raise the limit", sys.Limit)
		}
		w.expand(uint32(at))
	}
	r.States = len(r.visit.states)
	r.Depth = int(r.from[r.States-1].depth)
	if at, ok := w.fair.circle(r.States); ok {
		r.found(found[S, M]{fault: Endless, at: at})
	}
	r.visit.slots = nil
	return r, nil
}

// walk is a run under way: the state that is looked into and the move that is looked at.
type walk[S, M comparable] struct {
	sys  *System[S, M]
	r    *Result[S, M]
	fair graph
	here found[S, M] // where a fault would be
	s    S
	rest bool
	// The functions that the system gets, made once.
	emit   func(move M, fair bool, next S)
	broken func(Fault)
}

func newWalk[S, M comparable](sys *System[S, M], r *Result[S, M]) *walk[S, M] {
	w := &walk[S, M]{sys: sys, r: r, fair: graph{offsets: []uint32{0}}}
	w.emit = w.move
	w.broken = func(f Fault) {
		w.here.fault = f
		r.found(w.here)
	}
	return w
}

// expand looks at one state and at every move out of it.
func (w *walk[S, M]) expand(at uint32) {
	sys := w.sys
	w.s, w.here, w.rest = w.r.visit.states[at], found[S, M]{at: at}, true
	if sys.Always != nil {
		sys.Always(w.s, w.broken)
	}
	if sys.Most != nil {
		w.r.Most = max(w.r.Most, sys.Most(w.s))
	}
	sys.Moves(w.s, w.emit)
	w.fair.offsets = append(w.fair.offsets, uint32(len(w.fair.targets)))
	if w.rest {
		w.r.Rests++
		if sys.End != nil {
			w.here = found[S, M]{at: at}
			sys.End(w.s, w.broken)
		}
	}
}

// move looks at one move.
func (w *walk[S, M]) move(move M, fair bool, next S) {
	r, at := w.r, w.here.at
	r.Moves++
	if w.sys.Step != nil {
		w.here = found[S, M]{at: at, step: true, move: move, to: next}
		w.sys.Step(w.s, next, w.broken)
	}
	if w.sys.Seen != nil {
		r.Seen |= w.sys.Seen(w.s, next)
	}
	to := r.reach(next, origin[M]{state: at, depth: r.from[at].depth + 1, move: move})
	if fair {
		w.rest = false
		w.fair.targets = append(w.fair.targets, to)
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
