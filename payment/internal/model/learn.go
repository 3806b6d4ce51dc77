package model

// snapshot is what a gateway says about an attempt: its state and the payments that it lists.
type snapshot struct {
	state attemptState
	money [payments]money
	final bool
}

// now is what the gateway says now.
func (a *attempt) now() snapshot {
	snap := snapshot{state: a.page, final: a.over}
	for j, p := range a.pay {
		if p.money == held || p.money == taken {
			snap.money[j] = p.money
		}
	}
	return snap
}

// once is what the gateway said when it was in a state: at most the first payment was there.
func (a *attempt) once(was attemptState) snapshot {
	snap := snapshot{state: was}
	switch {
	case was == authorised:
		snap.money[0] = held
	case was == succeeded:
		snap.money[0] = taken
	}
	return snap
}

// learn is the only way in which an attempt learns of its gateway: money first, then the state.
func (w *world) learn(s *State, i int, snap snapshot) {
	if !w.rules.Has(ListPayments) && snap.state == succeeded {
		snap.money = [payments]money{taken, noMoney} // what a state alone lets one believe
	}
	w.learnAll(s, i, snap)
}

func (w *world) learnAll(s *State, i int, snap snapshot) {
	a := &s.try[i]
	if a.state == noAttempt || snap.state == noAttempt {
		return
	}
	if w.tooLate(s, a) {
		return
	}
	money := false
	for j, m := range snap.money {
		if m == taken || m == held && !w.rules.Has(HeldIsNotTaken) {
			money = true
			w.record(s, i, j)
		}
	}
	switch {
	case money:
		snap.state = succeeded
	case snap.state == succeeded && w.rules.Has(ProvenSuccess):
		return
	}
	w.finish(s, i, snap.state)
	if snap.final && !w.active[a.state] {
		a.final = true
	}
}

// tooLate is the variant without [LateCounts].
func (w *world) tooLate(s *State, a *attempt) bool {
	if w.rules.Has(LateCounts) {
		return false
	}
	return s.order == expired || s.order == cancelled || !w.active[a.state] && a.state != succeeded
}

// record puts a payment on record: it pays the order, when it is of its amount and the order can be paid, or is excess.
func (w *world) record(s *State, i, j int) {
	a := &s.try[i]
	if a.use[j] != unrecorded {
		if !w.rules.Has(RecordOnce) {
			a.twice = true
		}
		return
	}
	a.use[j] = useExcess
	if a.pay[j].other && w.rules.Has(CompareAmount) || s.order == reserved {
		return
	}
	if to, ok := w.next(s.order, onPay); ok {
		s.order, s.ref, a.use[j] = to, uint8(i+1), useOrder
	}
}

// finish moves an attempt by its table, and with it the order whose attempt it is and the operations that it settles.
func (w *world) finish(s *State, i int, reported attemptState) {
	a := &s.try[i]
	was := a.state
	a.state = w.attempt[was][reported]
	a.shown = a.shown || a.state == pending
	if !w.active[was] || w.active[a.state] {
		w.settleCancel(a, reported)
		return
	}
	if s.order == paying && int(s.ref) == i+1 {
		if to, ok := w.next(s.order, onEnd); ok {
			s.order, s.ref = to, 0
		}
	}
	w.settleCancel(a, reported)
	w.settleOperation(&a.capture, a.state == succeeded)
}

// settleCancel settles a cancellation by what the gateway reports.
func (w *world) settleCancel(a *attempt, reported attemptState) {
	if !w.active[reported] {
		w.settleOperation(&a.cancel, reported == withdrawn)
	}
}

func (w *world) settleOperation(op *operationState, done bool) {
	if *op == noOperation {
		return
	}
	if done {
		*op = w.operation[*op][opSucceeded]
	} else {
		*op = w.operation[*op][opFailed]
	}
}
