package model

// till makes the moves of refunds.
type till struct {
	*tables
	rules Rules
	sc    Scenario
	yield func(move Move, fair bool, next Refunds)
}

// moves emits every move out of a state.
func (w *till) moves(s Refunds, emit func(move Move, fair bool, next Refunds)) {
	w.yield = emit
	w.handMoves(s)
	for k := range s.back {
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
	w.settle(&after)
	if after != before {
		w.yield(Move{v, uint8(k + 1)}, fair, after)
	}
}

// settle wipes out what can't matter any more, as [world.settle].
func (w *till) settle(s *Refunds) {
	for k := range s.back {
		r := &s.back[k]
		if r.page != noOperation && w.rules.Has(KeepKeys) {
			r.creates = 0
		}
		if r.state != opUnknown && r.creates == 0 && !s.handed(toCreate, k) && !s.handed(unsaved, k) {
			r.quiet, r.closed, r.again = true, true, false
		}
		if r.state == opFailed || r.state == opSucceeded {
			r.past &= 1 << opFailed // what can still move it
		}
	}
}

func (s *Refunds) handed(j job, k int) bool { return s.hand == hand{j, uint8(k)} }

// left is what the books say is left of the payment.
func (w *till) left(s *Refunds) int {
	left := whole
	for k := range s.back {
		r := &s.back[k]
		counts := r.state != noOperation && r.state != opFailed
		if !w.rules.Has(CountOpen) {
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
		if w.rules.Has(GuardRefunds) && amount > w.left(&s) {
			continue
		}
		n := s
		r := &n.back[k]
		r.amount = uint8(amount)
		if w.rules.Has(WriteFirst) {
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
	if r.state == opSucceeded && reported == opFailed && !w.rules.Has(HeedReturns) {
		return
	}
	was := r.state
	r.state = w.operation[was][reported]
	r.returned = r.returned || was == opSucceeded && r.state == opFailed
}

// hostMoves are what the host does about a refund, and what it hears of it.
func (w *till) hostMoves(s Refunds, k int) {
	r := &s.back[k]
	if r.state != noOperation {
		w.hear(s, k)
	}
	if w.rules.Has(Poll) && r.state != noOperation && r.state != opFailed && !r.unwatched {
		w.ask(s, k)
	}
	if r.state == opSucceeded {
		n := s
		n.back[k].unwatched = true
		w.emit(vWatchEnds, k, maybe, s, n)
	}
	if w.rules.Has(Reconcile) {
		w.reconcile(s, k)
	}
}

// reconcile records what the settlement lists and the books don't.
func (w *till) reconcile(s Refunds, k int) {
	n := s
	r := &n.back[k]
	switch {
	case r.page == opSucceeded && (r.state == noOperation || r.state == opFailed && !r.returned || r.twice):
		r.unrequested = true
		w.emit(vUnrequested, k, sure, s, n)
	case r.state != noOperation && (r.page == opSucceeded || r.page == opFailed):
		w.learn(r, r.page)
		w.emit(vReconcile, k, sure, s, n)
	}
}

// ask is a question to the gateway whose answer is written down at once, and what follows from it.
func (w *till) ask(s Refunds, k int) {
	n := s
	r := &n.back[k]
	if r.page != noOperation {
		w.learn(r, r.page)
		w.emit(vAsk, k, sure, s, n)
	}
	if s.back[k].state == opUnknown {
		w.absent(s, k)
	}
}

// absent decides about an unknown refund that is not found.
func (w *till) absent(s Refunds, k int) {
	n := s
	r := &n.back[k]
	gone := r.page == noOperation
	if !w.rules.Has(NotFoundWaits) {
		r.state = w.operation[r.state][opFailed]
		w.emit(vNotFound, k, gone, s, n)
		return
	}
	if !r.quiet && w.rules.Has(WaitFlight) || !gone && w.rules.Has(FreshAbsence) {
		return
	}
	sure := gone && r.creates == 0 && !s.handed(toCreate, k)
	switch {
	case !r.closed && r.creates < 2:
		if r.again = true; s.hand.job == idle {
			n.hand, r.quiet = hand{toCreate, uint8(k)}, false
		} else {
			w.send(r)
		}
		w.emit(vSendAgain, k, sure, s, n)
	case sure:
		r.state = w.operation[r.state][opFailed]
		w.emit(vByHand, k, sure, s, n)
	}
}

// hear brings an answer or a message that was true once.
func (w *till) hear(s Refunds, k int) {
	for was := opPending; was < operationStates; was++ {
		if s.back[k].past&(1<<was) != 0 {
			n := s
			w.learn(&n.back[k], was)
			w.emit(vHear, k, maybe, s, n)
		}
	}
	r := &s.back[k]
	if r.past.has(wasRefused) && r.state == opUnknown && !(r.again && w.rules.Has(FirstRefusal)) {
		n := s
		w.learn(&n.back[k], opFailed)
		w.emit(vHearRefusal, k, maybe, s, n)
	}
}
