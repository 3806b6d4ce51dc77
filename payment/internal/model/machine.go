package model

// machine is a table of what reports make of states, for attempts or operations: states and reports are places in a list of names, of which 0 is
// none.
type machine struct {
	next [most][most]uint8
	// moves are the reports that move a state, or what it becomes by others.
	moves [most]past
	// asked are the places that were looked up; unheard are the reports that were not, for they move neither a state nor what it becomes.
	asked   [most][most]bool
	unheard [most]past
}

// most is the largest number of states, none included.
const most = int(attemptStates)

// past is a set of states: those in which something was, or that are reported of it.
type past uint8

// bit is the place of a state in a past.
func bit[S attemptState | operationState](s S) past { return 1 << (s - 1) }

// wasRefused is the place of an answer that says: nothing was done. It is that of unknown, which no gateway reports.
const wasRefused past = 1

func (p past) has(b past) bool { return p&b != 0 }

// newMachine makes a table without rows: no report moves anything.
func newMachine() machine {
	var m machine
	for s := range m.next {
		for reported := range m.next[s] {
			m.next[s][reported] = uint8(s)
		}
	}
	return m
}

// close works out moves, when all rows are in.
func (m *machine) close() {
	for again := true; again; {
		again = false
		for s := range m.next {
			before := m.moves[s]
			for reported, to := range m.next[s] {
				if int(to) != s && reported > 0 {
					m.moves[s] |= 1<<(reported-1) | m.moves[to]
				}
			}
			again = again || m.moves[s] != before
		}
	}
}

// report gives what a report makes of a state.
func (m *machine) report(s, reported uint8) uint8 {
	m.asked[s][reported] = true
	return m.next[s][reported]
}

// heed gives the reports that can still do something to a state: those that move it or what it becomes, and some besides.
func (m *machine) heed(s uint8, reports, besides past) past {
	kept := reports & (m.moves[s] | besides)
	m.unheard[s] |= reports &^ kept
	return kept
}

// places gives the places that were looked up, or would have been if the table moved them.
func (m *machine) places() [most][most]bool {
	p := m.asked
	for s := range m.next {
		for state := range m.reach(s) {
			for reported := 1; reported < most; reported++ {
				if m.unheard[s].has(1 << (reported - 1)) {
					p[state][reported] = true
				}
			}
		}
	}
	return p
}

// reach gives the states that a state can become, and itself.
func (m *machine) reach(s int) map[int]bool {
	found := map[int]bool{s: true}
	for todo := []int{s}; len(todo) > 0; todo = todo[1:] {
		for _, to := range m.next[todo[0]] {
			if !found[int(to)] {
				found[int(to)] = true
				todo = append(todo, int(to))
			}
		}
	}
	return found
}
