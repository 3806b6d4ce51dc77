package model

// start begins the next attempt.
func (w *world) start(s State, i int) {
	if s.due || s.hand.job != idle {
		return
	}
	to, ok := w.next(s.order, onStart)
	if w.rules.Has(OneActive) {
		ok = ok && w.activeTries(&s) == 0
	} else if s.order == paying {
		to, ok = paying, true
	}
	if !ok {
		return
	}
	n := s
	a := &n.try[i]
	a.used = true
	if w.rules.Has(WriteFirst) {
		a.state, n.order, n.ref, n.hand = unknown, to, uint8(i+1), hand{toCreate, uint8(i)}
	} else {
		a.creates, n.hand = 1, hand{unsaved, uint8(i)}
	}
	w.emit(vStart, i, maybe, s, n)
}

// handMoves sends what is in hand, or loses it.
func (w *world) handMoves(s State) {
	i := int(s.hand.on)
	n := s
	n.hand = hand{}
	a := &n.try[i]
	switch s.hand.job {
	case idle:
		return
	case toCreate:
		w.sendCreate(a)
	case toCapture:
		a.captures = true
		if !w.rules.Has(CaptureProven) {
			w.learn(&n, i, snapshot{state: succeeded, money: [payments]money{taken, noMoney}})
		}
	case toCancel:
		a.cancels = true
	case unsaved:
		w.saveMoves(s)
		return
	}
	w.emit(vSend, i, sure, s, n)
	w.crash(s)
}

// sendCreate puts a request under way. The adapter refuses to use a key after its time.
func (w *world) sendCreate(a *attempt) {
	if !a.closed && a.creates < 2 {
		a.creates, a.quiet = a.creates+1, false
	}
}

func (w *world) crash(s State) {
	n := s
	n.hand = hand{}
	w.emit(vCrash, int(s.hand.on), maybe, s, n)
}

// saveMoves write down afterwards what was sent without a record: the variant without [WriteFirst].
func (w *world) saveMoves(s State) {
	i := int(s.hand.on)
	n := s
	n.hand = hand{}
	n.try[i].state = unknown
	if to, ok := w.next(s.order, onStart); ok {
		n.order, n.ref = to, uint8(i+1)
	}
	w.emit(vTimeOut, i, sure, s, n)
	if s.try[i].page != noAttempt {
		w.learn(&n, i, s.try[i].now())
		w.emit(vSave, i, sure, s, n)
	}
	w.crash(s)
}

// hostMoves are what the host does about an attempt, and what it hears of it.
func (w *world) hostMoves(s State, i int) {
	a := &s.try[i]
	if w.rules.Has(Poll) && a.state != noAttempt && !a.final {
		w.ask(s, i)
	}
	w.hear(s, i)
	if w.rules.Has(Reconcile) {
		w.reconcile(s, i)
	}
	if w.sc.Cancels && w.active[a.state] && a.cancel == noOperation {
		w.askCancel(s, i, vCancel, maybe)
	}
	w.cancelMoves(s, i)
}

// ask is a question to the gateway whose answer is written down at once. Answers that take longer are heard ([world.hear]).
func (w *world) ask(s State, i int) {
	a := &s.try[i]
	if a.page != noAttempt {
		n := s
		w.learn(&n, i, a.now())
		w.emit(vAsk, i, sure, s, n)
	}
	if a.state != unknown {
		return
	}
	if !w.rules.Has(NotFoundWaits) {
		v, fair := vNotFound, a.page == noAttempt
		if !fair {
			v = vStaleNotFound
		}
		n := s
		w.finish(&n, i, failed)
		n.try[i].final = true
		w.emit(v, i, fair, s, n)
		return
	}
	lost := a.page == noAttempt && a.creates == 0 && !s.handed(toCreate, i) // the answer is not found, and nothing will change that
	w.sendAgain(s, i, lost)
	if lost && a.closed && a.quiet {
		n := s
		w.finish(&n, i, failed)
		n.try[i].final = true
		w.emit(vGiveUp, i, sure, s, n)
	}
}

// sendAgain sends an attempt that was not found, perhaps by an answer that is older than its arrival, with its key. Another process may be
// about to send it at the same time.
func (w *world) sendAgain(s State, i int, lost bool) {
	n := s
	a := &n.try[i]
	if a.closed || a.creates > 1 {
		return
	}
	a.again = true
	if s.hand.job == idle {
		n.hand = hand{toCreate, uint8(i)}
	} else {
		w.sendCreate(a)
	}
	w.emit(vSendAgain, i, lost, s, n)
}

// hear brings an answer or a message that was true once: late, doubled and out of order, as it likes. One that is lost is not brought.
func (w *world) hear(s State, i int) {
	a := &s.try[i]
	if a.state == noAttempt {
		return // of an attempt that is not on record: stored for people, nothing moves
	}
	n := s
	w.learn(&n, i, a.now())
	w.emit(vHear, i, maybe, s, n)
	for was := unknown; was < attemptStates; was++ {
		if a.past.has(was) {
			n = s
			w.learn(&n, i, a.once(was))
			w.emit(vHear, i, maybe, s, n)
		}
	}
	if a.past.has(wasRefused) && a.state == unknown && !(a.again && w.rules.Has(FirstRefusal)) {
		n = s
		w.finish(&n, i, failed)
		n.try[i].final = true
		w.emit(vHear, i, maybe, s, n)
	}
	if a.page == succeeded {
		n = s
		w.learn(&n, i, snapshot{state: succeeded, final: a.over})
		w.emit(vHearUnproven, i, maybe, s, n)
	}
}

// reconcile records what the settlement lists and the books don't.
func (w *world) reconcile(s State, i int) {
	n := s
	snap := s.try[i].now()
	snap.state, snap.final = s.try[i].state, false
	if s.try[i].state == noAttempt {
		for j, p := range s.try[i].pay {
			if p.money == taken {
				n.try[i].use[j] = useExcess
			}
		}
	} else {
		w.learnAll(&n, i, snap)
	}
	w.emit(vReconcile, i, sure, s, n)
}

// cancelMoves ask the gateway to end an attempt, until it is settled. They give up a hold that came after the end of its attempt.
func (w *world) cancelMoves(s State, i int) {
	a := &s.try[i]
	if s.hand.job != idle || !(a.page == pending || a.page == authorised) || a.cancels {
		return
	}
	if a.cancel == opUnknown {
		n := s
		n.hand = hand{toCancel, uint8(i)}
		w.emit(vCancel, i, sure, s, n)
		return
	}
	if w.rules.Has(VoidLate) && w.rules.Has(Poll) && a.page == authorised && a.state != noAttempt && !w.active[a.state] && !a.final {
		n := s
		n.try[i].cancel, n.hand = opUnknown, hand{toCancel, uint8(i)}
		w.emit(vVoidLate, i, sure, s, n)
	}
}

// askCancel writes down that an attempt is to be ended, unless a capture may still succeed.
func (w *world) askCancel(s State, i int, v verb, fair bool) {
	a := &s.try[i]
	if s.hand.job != idle || a.capture == opUnknown || a.capture == opPending {
		return
	}
	n := s
	n.try[i].cancel, n.hand = opUnknown, hand{toCancel, uint8(i)}
	if a.state == authorised && !w.rules.Has(VoidFirst) {
		n.hand = hand{}
		w.finish(&n, i, withdrawn)
	}
	w.emit(v, i, fair, s, n)
}
