package model

// captureMoves are those of money that is held until an officer decides.
func (w *world) captureMoves(s State, i int) {
	a := &s.try[i]
	if a.state == authorised {
		w.decide(s, i)
	}
	if s.hand.job != idle {
		return
	}
	if a.capture == opUnknown && !a.captures && a.page == authorised {
		n := s
		n.hand = hand{toCapture, uint8(i)}
		w.emit(vCapture, i, sure, s, n)
	}
	if a.state != authorised || a.cancel.open() || a.capture.open() || int(s.ref) != i+1 {
		return
	}
	if s.decision == accepted && w.keeps(CaptureFirst) {
		n := s
		n.try[i].capture, n.hand = opUnknown, hand{toCapture, uint8(i)}
		w.emit(vCapture, i, sure, s, n)
	}
}

// decide is the officer's decision; a refusal closes the order, which gives the hold up.
func (w *world) decide(s State, i int) {
	if s.decision != undecided || over(s.order) || s.due {
		return
	}
	n := s
	n.decision = accepted
	if !w.keeps(CaptureFirst) && s.hand.job == idle {
		n.hand = hand{toCapture, uint8(i)} // and nobody remembers it
	}
	w.emit(vAccept, none, sure, s, n)
	n = s
	n.decision, n.due = refused, true
	w.emit(vRefuse, none, sure, s, n)
}
