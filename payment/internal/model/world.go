package model

// world makes the moves of a design in a scenario.
type world struct {
	*tables
	*switches
	sc    Scenario
	yield func(move Move, fair bool, next State)
}

// moves emits every move out of a state.
func (w *world) moves(s State, emit func(move Move, fair bool, next State)) {
	w.yield = emit
	w.orderMoves(s)
	w.handMoves(s)
	for i := range s.try {
		if !s.try[i].used {
			if i == 0 || !w.sc.Single {
				w.start(s, i)
			}
			break
		}
		w.hostMoves(s, i)
		if w.sc.Authorise {
			w.captureMoves(s, i)
		}
		w.requestMoves(s, i)
		w.payerMoves(s, i)
		w.timeMoves(s, i)
	}
}

// The kinds of move.
const (
	sure  = true  // happens sooner or later
	maybe = false // happens at any time, or never
)

// emit emits a move if it changes anything. on is the attempt's place, none for the order's moves.
func (w *world) emit(v verb, on int, fair bool, before, after State) {
	if after == before {
		return
	}
	if w.settle(&after); after != before {
		w.yield(Move{v, uint8(on + 1)}, fair, after)
	}
}

const none = -1

func (s *State) handed(j job, i int) bool { return s.hand == hand{j, uint8(i)} }

// activeTries counts the attempts that are active here.
func (w *world) activeTries(s *State) int {
	n := 0
	for i := range s.try {
		if w.active[s.try[i].state] {
			n++
		}
	}
	return n
}
