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
	switch was {
	case authorised:
		snap.money[0] = held
	case succeeded:
		snap.money[0] = taken
	}
	return snap
}

// learn is the only way in which an attempt learns of its gateway. Each payment is set aside and then booked, or recorded as excess; then the
// attempt takes its state. Each of these is a change of its own, and the host may die after any: v is emitted for the whole, dies for the rest.
func (w *world) learn(s State, i int, snap snapshot, v verb, fair bool) {
	if !w.keeps(ListPayments) && snap.state == succeeded && v != vReconcile {
		snap.money = [payments]money{taken, noMoney} // what a state alone lets one believe
	}
	n := s
	a := &n.try[i]
	if a.state == noAttempt || snap.state == noAttempt || w.tooLate(&n, a) {
		return
	}
	for j, m := range snap.money {
		if m != taken && (m != held || w.keeps(HeldIsNotTaken)) {
			continue
		}
		was := a.use[j]
		w.record(&n, i, j)
		w.early(a, snap)
		w.emit(vDies, i, maybe, s, n)
		if a.use[j] == useClaimed && (was != useClaimed || v != vReconcile) { // a settlement is read once
			w.book(&n, i, j)
			w.early(a, snap)
			w.emit(vDies, i, maybe, s, n)
		}
	}
	if v != vReconcile { // a settlement lists money, not states
		w.report(&n, i, snap)
	}
	w.emit(v, i, fair, s, n)
}

// early is the variant without [WholeAnswer].
func (w *world) early(a *attempt, snap snapshot) {
	if !w.keeps(WholeAnswer) && snap.final && !w.active[a.state] {
		a.final = true
	}
}

// report moves the attempt by what the gateway reports, once its money is on record.
func (w *world) report(s *State, i int, snap snapshot) {
	a := &s.try[i]
	proven := a.use != [payments]use{}
	switch {
	case proven:
		snap.state = succeeded
	case snap.state == succeeded && w.keeps(ProvenSuccess):
		return
	}
	w.finish(s, i, snap.state)
	if snap.final && !w.active[a.state] && snap.state != authorised {
		a.final = true
	}
}

// tooLate is the variant without [LateCounts].
func (w *world) tooLate(s *State, a *attempt) bool {
	if w.keeps(LateCounts) {
		return false
	}
	return s.order == expired || s.order == cancelled || !w.active[a.state] && a.state != succeeded
}

// record puts a payment on record: it is set aside for the order when it is of its amount and nothing else has paid it, or is excess.
func (w *world) record(s *State, i, j int) {
	a := &s.try[i]
	if a.use[j] != unrecorded {
		if !w.keeps(RecordOnce) {
			a.twice = true
		}
		return
	}
	if a.pay[j].other && w.keeps(CompareAmount) || s.claimed() || s.order != open && s.order != paying {
		a.use[j] = useExcess
		w.finish(s, i, succeeded)
		return
	}
	s.order, s.ref, a.use[j] = paying, uint8(i+1), useClaimed
}

// book has a payment that is set aside pay the order.
func (w *world) book(s *State, i, j int) {
	if to, ok := w.next(s.order, onPay); ok {
		s.order, s.ref, s.try[i].use[j] = to, uint8(i+1), useOrder
		w.finish(s, i, succeeded)
	}
}

// claimed reports whether a payment is set aside for the order.
func (s *State) claimed() bool {
	for i := range s.try {
		for _, u := range s.try[i].use {
			if u == useClaimed {
				return true
			}
		}
	}
	return false
}

// finish moves an attempt by its table, and with it the order whose attempt it is and the operations that this decides.
func (w *world) finish(s *State, i int, reported attemptState) {
	a := &s.try[i]
	was := a.state
	a.state = w.nextAttempt(was, reported)
	a.shown = a.shown || a.state == pending
	if w.active[a.state] {
		return
	}
	if w.active[was] && s.order == paying && int(s.ref) == i+1 && !s.claimed() {
		if to, ok := w.next(s.order, onEnd); ok {
			s.order, s.ref = to, 0
		}
	}
	if reported == authorised && a.state != succeeded {
		if w.keeps(VoidLate) {
			a.cancel = opUnknown
		}
		return
	}
	w.decideOperation(&a.cancel, a.state == withdrawn || a.state == lapsed || a.state == failed)
	w.decideOperation(&a.capture, a.state == succeeded)
}

// decideOperation ends an operation that is open.
func (w *world) decideOperation(op *operationState, done bool) {
	switch {
	case !op.open():
	case done:
		*op = w.nextOperation(*op, opSucceeded)
	default:
		*op = w.nextOperation(*op, opFailed)
	}
}

// open reports whether an operation was asked for and is not decided.
func (op operationState) open() bool { return op == opUnknown || op == opPending || op == opReview }
