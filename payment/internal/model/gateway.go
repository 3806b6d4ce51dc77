package model

// requestMoves bring what is under way to the gateway, or lose it.
func (w *world) requestMoves(s State, i int) {
	a := &s.try[i]
	if a.creates > 0 {
		n := s
		n.try[i].creates--
		w.emit(vLose, i, maybe, s, n)
		if w.sc.Refusals && a.page == noAttempt {
			n.try[i].past |= wasRefused
			w.emit(vReject, i, maybe, s, n)
		}
		w.land(s, i)
	}
	if a.captures {
		n := s
		n.try[i].captures = false
		w.emit(vLoseCapture, i, maybe, s, n)
		if a.page == authorised {
			n.try[i].turn(succeeded)
			n.try[i].pay[0].money = taken
		}
		w.emit(vLandCapture, i, sure, s, n)
		if a.page == authorised {
			n.try[i] = *a
			n.try[i].captures = false
			n.try[i].turn(failed)
			n.try[i].giveUp()
			w.emit(vCaptureFails, i, maybe, s, n)
		}
	}
	if a.cancels {
		n := s
		n.try[i].cancels = false
		w.emit(vLoseCancel, i, maybe, s, n)
		if a.page == pending || a.page == authorised {
			n.try[i].turn(withdrawn)
			n.try[i].giveUp()
		}
		w.emit(vLandCancel, i, sure, s, n)
	}
}

// land is the arrival of a request. A key that is known has no second effect.
func (w *world) land(s State, i int) {
	n := s
	a := &n.try[i]
	a.creates--
	if a.page != noAttempt {
		if w.sc.Direct && !w.keeps(KeepKeys) && !a.over && a.pay[1].money == noMoney && a.pay[0].money == taken {
			a.pay[1].money = taken
		}
		w.emit(vLand, i, sure, s, n)
		return
	}
	if !w.sc.Direct {
		a.turn(pending)
		w.emit(vLand, i, sure, s, n)
		return
	}
	for _, page := range []attemptState{succeeded, failed, processing} {
		m := n
		b := &m.try[i]
		b.turn(page)
		if page == succeeded {
			b.pay[0].money = taken
		}
		w.emit(vLand, i, sure, s, m)
	}
}

// turn puts the attempt into a state at the gateway.
func (a *attempt) turn(page attemptState) {
	a.page = page
	a.past |= bit(page)
}

// giveUp gives up what is held.
func (a *attempt) giveUp() {
	for j := range a.pay {
		if a.pay[j].money == held {
			a.pay[j].money = released
		}
	}
}

// payerMoves are those of the payer and the bank.
func (w *world) payerMoves(s State, i int) {
	a := &s.try[i]
	switch {
	case a.page == processing:
		w.pays(s, i, vSettleYes, sure, inTime)
		w.turns(s, i, vSettleNo, sure, failed)
		if !w.sc.Direct {
			w.turns(s, i, vTryAgain, maybe, pending)
			w.turns(s, i, vLeave, maybe, withdrawn)
			w.turns(s, i, vSessionEnds, maybe, lapsed)
		}
	case !a.shown || a.over && !w.sc.Breaks:
	case a.page == pending:
		w.pays(s, i, vPay, maybe, inTime)
		if w.sc.Challenges {
			w.turns(s, i, vChallenge, maybe, processing)
		}
		w.turns(s, i, vDecline, maybe, failed)
		w.turns(s, i, vLeave, maybe, withdrawn)
	case (w.sc.Late || w.sc.FirstLate && i == 0) && (a.page == lapsed || a.page == withdrawn || a.page == failed):
		w.pays(s, i, vPay, maybe, tooLate)
	case w.sc.Twice && a.page == succeeded && a.pay[1].money == noMoney:
		w.pays(s, i, vPay, maybe, twice)
	}
}

// pays puts money where it goes: the first place that is free. A session whose hold was given up takes no other.
func (w *world) pays(s State, i int, v verb, fair bool, why cause) {
	n := s
	a := &n.try[i]
	j := 0
	if a.pay[0].money == taken {
		j = 1
	}
	if a.pay[j].money != noMoney {
		return
	}
	where, page := taken, succeeded
	if w.sc.Authorise {
		where, page = held, authorised
	}
	a.pay[j] = pay{money: where, cause: why}
	a.turn(page)
	w.emit(v, i, fair, s, n)
	if w.sc.Other && v == vPay {
		a.pay[j].other = true
		w.emit(vPayOther, i, fair, s, n)
	}
}

func (w *world) turns(s State, i int, v verb, fair bool, page attemptState) {
	n := s
	n.try[i].turn(page)
	w.emit(v, i, fair, s, n)
}

// timeMoves are those of the clock.
func (w *world) timeMoves(s State, i int) {
	a := &s.try[i]
	n := s
	switch a.page {
	case pending:
		w.turns(s, i, vSessionEnds, sure, lapsed)
	case authorised:
		n.try[i].turn(lapsed)
		n.try[i].giveUp()
		w.emit(vHoldLapses, i, maybe, s, n)
	case succeeded, failed, withdrawn, lapsed:
		n.try[i].over = true
		w.emit(vFinal, i, maybe, s, n)
	}
	if a.state != unknown {
		return
	}
	n = s
	n.try[i].quiet = true
	switch flying := a.creates > 0 || s.handed(toCreate, i); {
	case !flying:
		w.emit(vFlightOver, i, sure, s, n)
	case w.sc.Overdue || !w.keeps(FlightBound):
		w.emit(vFlightOver, i, maybe, s, n)
	}
	if a.creates == 0 {
		n = s
		n.try[i].closed = true
		w.emit(vWindowOver, i, maybe, s, n)
	}
}
