package model

// ask is a question to the gateway whose answer is written down at once, and what follows from it. Answers that take longer are
// heard ([world.hear]).
func (w *world) ask(s State, i int) {
	a := &s.try[i]
	w.learn(s, i, a.now(), vAsk, sure)
	if a.state == unknown {
		w.absent(s, i)
	}
	if s.hand.job != idle {
		return
	}
	if a.cancel == opUnknown && !a.cancels && (a.page == pending || a.page == authorised) {
		n := s
		n.hand = hand{toCancel, uint8(i)}
		w.emit(vCancel, i, sure, s, n)
	}
	superseded := w.keeps(VoidSuperseded) && w.active[a.state] && int(s.ref) != i+1
	if superseded && !a.cancel.open() && a.page != noAttempt {
		w.askCancel(s, i, sure)
	}
}

// absent decides about an unknown attempt that is not found: it is sent again with its key, or is over when it is not wanted any more. Where
// neither can be, a person closes it by the gateway's statement, which does not show it.
func (w *world) absent(s State, i int) {
	a := &s.try[i]
	gone := a.page == noAttempt
	n := s
	if !w.keeps(NotFoundWaits) {
		w.finish(&n, i, failed)
		n.try[i].final = true
		w.emit(vNotFound, i, gone, s, n)
		return
	}
	if !a.quiet && w.keeps(WaitFlight) || !gone && w.keeps(FreshAbsence) {
		return
	}
	sure := gone && a.creates == 0 && !s.handed(toCreate, i)
	switch {
	case a.cancel.open():
		w.finish(&n, i, withdrawn)
		w.emit(vGone, i, sure, s, n)
	case !a.closed:
		w.sendAgain(s, i, sure)
	case sure:
		w.finish(&n, i, failed)
		n.try[i].final = true
		w.emit(vGiveUp, i, sure, s, n)
	}
}

// sendAgain sends an attempt again. Another process may be about to do so at the same time.
func (w *world) sendAgain(s State, i int, fair bool) {
	n := s
	a := &n.try[i]
	if a.creates > 1 {
		return
	}
	a.again = true
	if s.hand.job == idle {
		n.hand = hand{toCreate, uint8(i)}
		a.quiet = false
	} else {
		w.sendCreate(a)
	}
	w.emit(vSendAgain, i, fair, s, n)
}

// askCancel writes down that an attempt is to be ended, unless a capture may still succeed.
func (w *world) askCancel(s State, i int, fair bool) {
	a := &s.try[i]
	if s.hand.job != idle || a.capture.open() {
		return
	}
	n := s
	n.try[i].cancel, n.hand = opUnknown, hand{toCancel, uint8(i)}
	w.emit(vCancel, i, fair, s, n)
}
