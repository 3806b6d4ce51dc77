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
func (d Design) Without(off Rules) Design {
	d.Rules &^= off
	return d
}

// Result is what a run found.
type Result struct {
	// States and Moves count what was visited, Rests the states without a fair move, Depth is the longest shortest way to one; Most is the largest
	// number of payments that were taken for the order, or how much of the payment went back.
	States, Moves, Rests, Depth, Most int
	// Outcomes are what happened in some state.
	Outcomes Outcomes
	// Rules are the rules that mattered, Places the places of the tables that were looked up, whether there is a row or not: a change of
	// any other makes no difference to the run.
	Rules  Rules
	Places Places
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
func Run(sc Scenario, d Design) (*Result, error) { return run(sc, d, false, false) }

// Breaks reports whether a design breaks any rule in a scenario, and stops at the first: then the result is of what was visited so far.
func Breaks(sc Scenario, d Design) (*Result, error) { return run(sc, d, true, false) }

func run(sc Scenario, d Design, enough, plain bool) (*Result, error) {
	t, err := d.Tables.compile()
	if err != nil {
		return nil, err
	}
	rules := &switches{rules: d.Rules, plain: plain}
	var r *Result
	if sc.Refunds > 0 {
		w := &till{tables: t, switches: rules, sc: sc}
		r, err = visit(explore.System[Refunds, Move]{
			Start: []Refunds{{}}, Moves: w.moves, Always: w.always, Step: stepRefunds, End: w.end, Seen: refundOutcomes, Most: refunded, Enough: enough,
		})
	} else {
		w := &world{tables: t, switches: rules, sc: sc}
		r, err = visit(explore.System[State, Move]{
			Start: []State{{}}, Moves: w.moves, Always: w.always, Step: step, End: w.end, Seen: outcomes, Most: charges, Enough: enough,
		})
	}
	if err != nil {
		return nil, err
	}
	r.Rules, r.Places = rules.asked, t.places()
	return r, nil
}

func visit[S comparable](sys explore.System[S, Move]) (*Result, error) {
	r, err := explore.Run(sys)
	if err != nil {
		return nil, err
	}
	return &Result{
		States: r.States, Moves: r.Moves, Rests: r.Rests, Depth: r.Depth, Most: r.Most, Outcomes: Outcomes(r.Seen), Faults: r.Faults(), story: r.Story,
	}, nil
}
