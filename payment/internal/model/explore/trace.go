package explore

import (
	"fmt"
	"strings"
)

// Faults lists the faults that were found, in the order in which they were.
func (r *Result[S, M]) Faults() []Fault {
	out := make([]Fault, 0, len(r.faults))
	for _, f := range r.faults {
		out = append(out, f.fault)
	}
	return out
}

// Broken reports whether a fault was found.
func (r *Result[S, M]) Broken(name Fault) bool {
	_, ok := r.fault(name)
	return ok
}

// Line is one line of a trace: a move and the state that it led to. The first line has no move.
type Line[S, M comparable] struct {
	Move  M
	State S
}

// Trace gives a shortest way to a fault, nil when it was not found.
func (r *Result[S, M]) Trace(name Fault) []Line[S, M] {
	f, ok := r.fault(name)
	if !ok {
		return nil
	}
	var back []Line[S, M]
	if f.step {
		back = append(back, Line[S, M]{f.move, f.to})
	}
	for at := f.at; ; at = r.from[at].state {
		back = append(back, Line[S, M]{r.from[at].move, r.visit.states[at]})
		if r.from[at].depth == 0 {
			break
		}
	}
	for i, j := 0, len(back)-1; i < j; i, j = i+1, j-1 {
		back[i], back[j] = back[j], back[i]
	}
	return back
}

// Story writes a trace for people: a numbered line for each move, with the state after it as it prints itself.
func (r *Result[S, M]) Story(name Fault) string {
	var b strings.Builder
	for n, l := range r.Trace(name) {
		if n == 0 {
			fmt.Fprintf(&b, "%3d  %-44s %v\n", n, "start", l.State)
			continue
		}
		fmt.Fprintf(&b, "%3d  %-44v %v\n", n, l.Move, l.State)
	}
	if b.Len() > 0 {
		fmt.Fprintf(&b, "     => %s\n", name)
	}
	return b.String()
}
