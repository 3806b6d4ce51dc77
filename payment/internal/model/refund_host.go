package model

// hostMoves are what the host does about a refund, and what it hears of it.
func (w *till) hostMoves(s Refunds, k int) {
	r := &s.back[k]
	if r.state != noOperation {
		w.hear(s, k)
	}
	if w.keeps(Poll) && r.state != noOperation && r.state != opFailed && !r.unwatched {
		w.ask(s, k)
	}
	if r.state == opSucceeded {
		n := s
		n.back[k].unwatched = true
		w.emit(vWatchEnds, k, maybe, s, n)
	}
	if w.keeps(Reconcile) {
		w.reconcile(s, k)
	}
}

// reconcile records what the settlement lists and the books don't.
func (w *till) reconcile(s Refunds, k int) {
	n := s
	r := &n.back[k]
	switch {
	case r.unrequested && r.page == opFailed:
		r.unrequested = false
		w.emit(vReconcile, k, sure, s, n)
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
	if !w.keeps(NotFoundWaits) {
		r.state = w.nextOperation(r.state, opFailed)
		w.emit(vNotFound, k, gone, s, n)
		return
	}
	if !r.quiet && w.keeps(WaitFlight) || !gone && w.keeps(FreshAbsence) {
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
		r.state = w.nextOperation(r.state, opFailed)
		w.emit(vByHand, k, sure, s, n)
	}
}

// hear brings an answer or a message that was true once.
func (w *till) hear(s Refunds, k int) {
	for was := opPending; was < operationStates; was++ {
		if s.back[k].past.has(bit(was)) {
			n := s
			w.learn(&n.back[k], was)
			w.emit(vHear, k, maybe, s, n)
		}
	}
	r := &s.back[k]
	if r.past.has(wasRefused) && r.state == opUnknown && !(r.again && w.keeps(FirstRefusal)) {
		n := s
		w.learn(&n.back[k], opFailed)
		w.emit(vHearRefusal, k, maybe, s, n)
	}
}
