package model

// start begins the next attempt.
func (w *world) start(s State, i int) {
	if s.hand.job != idle {
		return
	}
	to, ok := w.next(s.order, onStart)
	if w.keeps(OneActive) {
		ok = ok && w.activeTries(&s) == 0
	} else if s.order == paying && !s.claimed() {
		to, ok = paying, true
	}
	if !ok {
		return
	}
	n := s
	a := &n.try[i]
	a.used = true
	if w.keeps(WriteFirst) {
		a.state, n.order, n.ref, n.hand = unknown, to, uint8(i+1), hand{toCreate, uint8(i)}
	} else {
		a.creates, n.hand = 1, hand{unsaved, uint8(i)}
	}
	w.emit(vStart, i, maybe, s, n)
}

// handMoves send what is in hand, or lose it.
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
		if !w.keeps(CaptureProven) {
			w.record(&n, i, 0)
			w.book(&n, i, 0)
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
	w.learn(n, i, s.try[i].now(), vSave, sure)
	w.crash(s)
}

// hostMoves are what the host does about an attempt, and what it hears of it.
func (w *world) hostMoves(s State, i int) {
	a := &s.try[i]
	if w.keeps(Poll) && a.state != noAttempt && !(a.final && !a.cancel.open() && !a.capture.open()) {
		w.ask(s, i)
	}
	w.hear(s, i)
	if w.keeps(Reconcile) {
		w.reconcile(s, i)
	}
	if w.keeps(FinishClaims) {
		w.bookClaims(s, i)
	}
	if w.sc.Cancels && w.active[a.state] && a.cancel == noOperation {
		w.askCancel(s, i, maybe)
	}
}

// hear brings an answer or a message that was true once: late, doubled and out of order, as it likes. One that is lost is not brought.
func (w *world) hear(s State, i int) {
	a := &s.try[i]
	if a.state == noAttempt {
		return // of an attempt that is not on record: stored for people, nothing moves
	}
	w.learn(s, i, a.now(), vHear, maybe)
	for was := unknown; was < attemptStates; was++ {
		if a.past.has(bit(was)) && was != a.page {
			w.learn(s, i, a.once(was), vHear, maybe)
		}
	}
	if a.past.has(wasRefused) && a.state == unknown && !(a.again && w.keeps(FirstRefusal)) {
		n := s
		w.finish(&n, i, failed)
		n.try[i].final = true
		w.emit(vHearRefusal, i, maybe, s, n)
	}
	if a.page == succeeded && w.keeps(ListPayments) {
		w.learn(s, i, snapshot{state: succeeded}, vHearUnproven, maybe)
	}
}

// reconcile records what the settlement lists and the books don't.
func (w *world) reconcile(s State, i int) {
	a := &s.try[i]
	if a.state == noAttempt {
		n := s
		for j, p := range a.pay {
			if p.money == taken {
				n.try[i].use[j] = useExcess
			}
		}
		w.emit(vReconcile, i, sure, s, n)
		return
	}
	snap := a.now()
	snap.state, snap.final = a.state, false
	w.learn(s, i, snap, vReconcile, sure)
}

// bookClaims has what is set aside pay the order: who set it aside may have died.
func (w *world) bookClaims(s State, i int) {
	for j, u := range s.try[i].use {
		if u == useClaimed {
			n := s
			w.book(&n, i, j)
			w.emit(vBook, i, sure, s, n)
		}
	}
}
