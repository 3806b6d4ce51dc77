package model

// settle wipes out what can't matter any more, so that the states that differ only by it are one:
//   - requests to start what the gateway has already, when it keeps keys: they have no effect,
//   - the flight and the key of an attempt that is past unknown and that nobody is about to send,
//   - the page, when nothing can be done there,
//   - what the gateway was once, when to hear of it can't move the attempt any more, by its table.
func (w *world) settle(s *State) {
	if w.plain {
		return
	}
	for i := range s.try {
		a := &s.try[i]
		if !a.used {
			return
		}
		if a.page != noAttempt && a.creates > 0 && w.keeps(KeepKeys) {
			a.creates = 0
		}
		there := a.page != noAttempt && w.rules.Has(KeepKeys) && w.rules.Has(FreshAbsence)
		if a.creates == 0 && (there || a.state != unknown && !s.handed(toCreate, i) && !s.handed(unsaved, i)) {
			a.quiet, a.closed, a.again = true, true, true
		}
		if !w.sc.Refusals {
			a.again = true
		}
		if a.over && !w.sc.Breaks || a.page > processing && !w.sc.Late && !w.sc.FirstLate && !w.sc.Twice {
			a.shown = false
		}
		w.heed(a)
	}
}

// heed keeps the reports that can still do anything to an attempt.
func (w *world) heed(a *attempt) {
	if !w.rules.Has(RecordOnce) || !w.rules.Has(HeldIsNotTaken) || a.state == noAttempt {
		return
	}
	besides := refusal(a.state == unknown)
	if a.cancel.open() {
		besides |= bit(failed) | bit(withdrawn) | bit(lapsed)
	}
	if a.state != succeeded {
		besides |= bit(authorised)
	}
	a.past = w.attempts.heed(uint8(a.state), a.past, besides)
}

// refusal is the answer that nothing was done, as long as it can be heard.
func refusal(heard bool) past {
	if heard {
		return wasRefused
	}
	return 0
}

// settle wipes out what can't matter any more, as [world.settle], and puts the refunds in order: which is which has no meaning.
func (w *till) settle(s *Refunds) {
	if w.plain {
		return
	}
	for k := range s.back {
		r := &s.back[k]
		if r.amount == 0 {
			break
		}
		there := r.page != noOperation && w.rules.Has(KeepKeys)
		if there && r.creates > 0 && w.keeps(KeepKeys) {
			r.creates = 0
		}
		if r.creates == 0 && (there && w.rules.Has(FreshAbsence) || r.state != opUnknown && !s.handed(toCreate, k) && !s.handed(unsaved, k)) {
			r.quiet, r.closed, r.again = true, true, true
		}
		if r.state != noOperation {
			r.past = w.operations.heed(uint8(r.state), r.past, refusal(r.state == opUnknown))
		}
	}
	for k := len(s.back) - 1; k > 0; k-- {
		for j := range k {
			if s.back[j].less(&s.back[j+1]) {
				s.swap(j)
			}
		}
	}
}

// swap exchanges two refunds that are side by side.
func (s *Refunds) swap(k int) {
	s.back[k], s.back[k+1] = s.back[k+1], s.back[k]
	if s.hand.job != idle {
		switch int(s.hand.on) {
		case k:
			s.hand.on++
		case k + 1:
			s.hand.on--
		}
	}
}
