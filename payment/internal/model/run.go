package model

import "courts.example/eservices/payment/internal/model/explore"

// Design is what is checked: the rules that are kept and the tables.
type Design struct {
	Rules  Rules
	Tables Tables
}

// Full is the design as it is.
func Full() Design { return Design{Rules: All, Tables: Real()} }

// Without gives the design without some rules.
func (d Design) Without(off ...Rule) Design {
	d.Rules = d.Rules.Without(off...)
	return d
}

// Result is what a run found.
type Result struct {
	// States and Moves count what was visited, Rests the states without a fair move, Depth is the longest shortest way to one; Most is the largest
	// number of payments that were taken for the order, or how much of the payment went back.
	States, Moves, Rests, Depth, Most int
	// Faults are what is broken, in the order in which it was found.
	Faults []explore.Fault
	story  func(explore.Fault) string
}

// Story tells a shortest way to a fault, move by move.
func (r *Result) Story(f explore.Fault) string { return r.story(f) }

// Broken reports whether a fault was found.
func (r *Result) Broken(f explore.Fault) bool {
	for _, have := range r.Faults {
		if have == f {
			return true
		}
	}
	return false
}

// Run explores a design in a scenario. Its error says that a table names a state that the model does not know, or that there are too many states.
func Run(sc Scenario, d Design) (*Result, error) {
	t, err := d.Tables.compile()
	if err != nil {
		return nil, err
	}
	if sc.Refunds {
		w := &till{tables: t, rules: d.Rules, sc: sc}
		return run(explore.System[Refunds, Move]{
			Start: []Refunds{{}}, Moves: w.moves, Always: w.always, End: w.end, Most: refunded,
		})
	}
	w := &world{tables: t, rules: d.Rules, sc: sc}
	return run(explore.System[State, Move]{
		Start: []State{{}}, Moves: w.moves, Always: w.always, Step: step, End: w.end, Most: charges,
	})
}

func run[S comparable](sys explore.System[S, Move]) (*Result, error) {
	r, err := explore.Run(sys)
	if err != nil {
		return nil, err
	}
	return &Result{
		States: r.States, Moves: r.Moves, Rests: r.Rests, Depth: r.Depth, Most: r.Most, Faults: r.Faults(), story: r.Story,
	}, nil
}
