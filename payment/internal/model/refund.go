package model

// till makes the moves of refunds.
type till struct {
	*tables
	*switches
	sc    Scenario
	yield func(move Move, fair bool, next Refunds)
}

// moves emits every move out of a state.
func (w *till) moves(s Refunds, emit func(move Move, fair bool, next Refunds)) {
	w.yield = emit
	w.handMoves(s)
	for k := range w.sc.Refunds {
		if s.back[k].amount == 0 {
			w.approve(s, k)
			break
		}
		w.hostMoves(s, k)
		w.requestMoves(s, k)
		w.bankMoves(s, k)
	}
}

func (w *till) emit(v verb, k int, fair bool, before, after Refunds) {
	if after == before {
		return
	}
	if w.settle(&after); after != before {
		w.yield(Move{v, uint8(k + 1)}, fair, after)
	}
}

func (s *Refunds) handed(j job, k int) bool { return s.hand == hand{j, uint8(k)} }

// left is what the books say is left of the payment.
func (w *till) left(s *Refunds) int {
	left := whole
	for k := range s.back {
		r := &s.back[k]
		counts := r.state != noOperation && r.state != opFailed
		if !w.keeps(CountOpen) {
			counts = r.state == opSucceeded
		}
		if counts {
			left -= int(r.amount)
		}
		if r.unrequested {
			left -= int(r.amount)
		}
	}
	return left
}

// approve lets part of the payment go back, at any time, to others too.
func (w *till) approve(s Refunds, k int) {
	if s.hand.job != idle {
		return
	}
	for amount := 1; amount <= whole; amount++ {
		if w.keeps(GuardRefunds) && amount > w.left(&s) {
			continue
		}
		n := s
		r := &n.back[k]
		r.amount = uint8(amount)
		if w.keeps(WriteFirst) {
			r.state, n.hand = opUnknown, hand{toCreate, uint8(k)}
		} else {
			r.creates, n.hand = 1, hand{unsaved, uint8(k)}
		}
		w.emit(vApprove, k, maybe, s, n)
	}
}

// handMoves send what is in hand, or lose it.
func (w *till) handMoves(s Refunds) {
	k := int(s.hand.on)
	n := s
	n.hand = hand{}
	r := &n.back[k]
	switch s.hand.job {
	case idle:
		return
	case toCreate:
		w.send(r)
		w.emit(vSend, k, sure, s, n)
	case unsaved:
		r.state = opUnknown
		w.emit(vTimeOut, k, sure, s, n)
		if r.page != noOperation {
			w.learn(r, r.page)
			w.emit(vSave, k, sure, s, n)
		}
	}
	n = s
	n.hand = hand{}
	w.emit(vCrash, k, maybe, s, n)
}

func (w *till) send(r *refund) {
	if !r.closed && r.creates < 2 {
		r.creates, r.quiet = r.creates+1, false
	}
}

// learn moves a refund by what the gateway reports.
func (w *till) learn(r *refund, reported operationState) {
	if r.state == opSucceeded && reported == opFailed && !w.keeps(HeedReturns) {
		return
	}
	was := r.state
	r.state = w.nextOperation(was, reported)
	r.returned = r.returned || was == opSucceeded && r.state == opFailed
}
