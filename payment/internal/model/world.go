package model

// world makes the moves of a design in a scenario.
type world struct {
	*tables
	rules Rules
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
			w.start(s, i)
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
	w.settle(&after)
	if after != before {
		w.yield(Move{v, uint8(on + 1)}, fair, after)
	}
}

const none = -1

// settle wipes out what can't matter any more, so that the states that differ only by it are one:
//   - requests to start what the gateway has already, when it keeps keys: they have no effect,
//   - the flight and the key of an attempt that is past unknown and that nobody is about to send,
//   - the page, when nothing can be done there,
//   - what the gateway was once, when to hear of it can't move the attempt any more, by its table.
func (w *world) settle(s *State) {
	for i := range s.try {
		a := &s.try[i]
		if !a.used {
			return
		}
		if a.page != noAttempt && w.rules.Has(KeepKeys) {
			a.creates = 0
		}
		if a.state != unknown && a.creates == 0 && !s.handed(toCreate, i) && !s.handed(unsaved, i) {
			a.quiet, a.closed, a.again = true, true, false
		}
		if !w.sc.Refusals {
			a.again = false
		}
		if a.over && !w.sc.Breaks || a.page > processing && !w.sc.Late && !w.sc.Twice {
			a.shown = false
		}
		a.past &= w.matters(a)
	}
}

// matters says which reports can still do anything to an attempt.
func (w *world) matters(a *attempt) past {
	if !w.rules.Has(RecordOnce) || !w.rules.Has(HeldIsNotTaken) || a.state == noAttempt {
		return ^past(0)
	}
	m := w.tables.moves[a.state]
	if a.state == unknown {
		m.add(wasRefused)
	}
	if a.cancel.open() {
		m |= 1<<failed | 1<<withdrawn | 1<<lapsed
	}
	if a.state != succeeded {
		m.add(authorised)
	}
	return m
}

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
