package model

// requestMoves bring what is under way to the gateway, or lose it. This gateway does not look at what is left of the payment: that nothing
// too much goes back is all the host's doing.
func (w *till) requestMoves(s Refunds, k int) {
	if s.back[k].creates == 0 {
		return
	}
	n := s
	r := &n.back[k]
	r.creates--
	w.emit(vLose, k, maybe, s, n)
	if r.page != noOperation {
		r.twice = r.twice || !w.keeps(KeepKeys)
		w.emit(vLand, k, sure, s, n)
		return
	}
	for _, page := range []operationState{opPending, opSucceeded} {
		m := n
		m.back[k].turn(page)
		w.emit(vLand, k, sure, s, m)
	}
	if w.sc.Refusals {
		r.past |= wasRefused
		w.emit(vReject, k, maybe, s, n)
	}
}

// turn puts the refund into a state at the gateway.
func (r *refund) turn(page operationState) {
	r.page = page
	r.past |= bit(page)
}

// bankMoves are those of the bank and the clock.
func (w *till) bankMoves(s Refunds, k int) {
	r := &s.back[k]
	switch r.page {
	case opPending:
		w.turns(s, k, vReview, maybe, opReview)
		fallthrough
	case opReview:
		w.turns(s, k, vBack, sure, opSucceeded)
		w.turns(s, k, vSettleNo, sure, opFailed)
	case opSucceeded:
		w.turns(s, k, vReturned, maybe, opFailed)
	}
	if r.state != opUnknown {
		return
	}
	n := s
	n.back[k].quiet = true
	switch flying := r.creates > 0 || s.handed(toCreate, k); {
	case !flying:
		w.emit(vFlightOver, k, sure, s, n)
	case w.sc.Overdue || !w.keeps(FlightBound):
		w.emit(vFlightOver, k, maybe, s, n)
	}
	if r.creates == 0 {
		n = s
		n.back[k].closed = true
		w.emit(vWindowOver, k, maybe, s, n)
	}
}

func (w *till) turns(s Refunds, k int, v verb, fair bool, page operationState) {
	n := s
	n.back[k].turn(page)
	w.emit(v, k, fair, s, n)
}
