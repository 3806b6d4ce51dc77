package model

// orderMoves are what happens to the order itself: it has to close, a deposit account pays it.
func (w *world) orderMoves(s State) {
	if w.sc.Closes && !s.due && !over(s.order) {
		n := s
		n.due = true
		w.emit(vDue, none, maybe, s, n)
	}
	if s.due {
		w.closes(s, vCloseExpire, onExpire, expired)
		w.closes(s, vCloseCancel, onCancel, cancelled)
		w.clear(s)
	}
	if w.sc.Deposit {
		w.depositMoves(s)
	}
}

func over(s orderState) bool { return s == paid || s == expired || s == cancelled }

// closes closes an order, if its table allows it.
func (w *world) closes(s State, v verb, event orderEvent, end orderState) {
	to, ok := w.next(s.order, event)
	if !w.keeps(CloseFree) && s.order == paying && !s.claimed() {
		to, ok = end, true
	}
	if ok {
		n := s
		n.order = to
		if s.order == reserved && event == onCancel && w.keeps(DismissReleases) {
			n.deposit = noDeposit
		}
		w.emit(v, none, sure, s, n)
	}
}

// clear ends the attempt that keeps an order from closing.
func (w *world) clear(s State) {
	if s.order != paying {
		return
	}
	n := s
	i := int(s.ref) - 1
	a := &s.try[i]
	switch {
	case !w.active[a.state]:
	case !w.keeps(AskFirst) && a.capture == noOperation:
		w.finish(&n, i, lapsed)
		w.emit(vExpireByClock, i, sure, s, n)
	case !a.cancel.open() && (a.state != authorised || w.keeps(VoidRefused)):
		w.askCancel(s, i, sure)
	}
}

// depositMoves hold the money of a deposit account, and take or release it.
func (w *world) depositMoves(s State) {
	if to, ok := w.next(s.order, onReserve); ok && s.deposit == noDeposit {
		n := s
		n.order, n.deposit = to, depositHeld
		w.emit(vReserve, none, maybe, s, n)
	}
	if to, ok := w.next(s.order, onPay); ok && s.order == open {
		n := s
		n.order, n.deposit = to, depositPaid
		w.emit(vDebit, none, maybe, s, n)
	}
	if s.order != reserved || s.deposit != depositHeld {
		return
	}
	if to, ok := w.next(s.order, onPay); ok {
		n := s
		n.order, n.deposit = to, depositPaid
		w.emit(vPayDeposit, none, sure, s, n)
	}
	if to, ok := w.next(s.order, onRelease); ok {
		n := s
		n.order, n.deposit = to, noDeposit
		w.emit(vRelease, none, sure, s, n)
	}
}
