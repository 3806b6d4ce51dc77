package model

import "courts.example/eservices/payment/internal/model/explore"

// always reports what may not be in any state.
func (w *world) always(s State, broken func(explore.Fault)) {
	if w.activeTries(&s) > 1 {
		broken(TwoActive)
	}
	paidBy, onTime := 0, 0
	if s.deposit == depositPaid {
		paidBy++
	}
	for i := range s.try {
		a := &s.try[i]
		w.books(a, broken)
		for j, p := range a.pay {
			if a.use[j] == useOrder || a.use[j] == useClaimed {
				paidBy++
			}
			if p.money == taken && p.cause == inTime && !p.other {
				onTime++
			}
		}
	}
	if paidBy > 1 {
		broken(PaidTwice)
	}
	if onTime > 1 {
		broken(ChargedTwice)
	}
	if (paidBy > 0 && !s.claimed()) != (s.order == paid) {
		broken(Disagree)
	}
}

// books compares what is on record of an attempt with what the gateway has.
func (w *world) books(a *attempt, broken func(explore.Fault)) {
	recorded, claimed := 0, 0
	for j, p := range a.pay {
		switch a.use[j] {
		case unrecorded:
			continue
		case useClaimed:
			claimed++
		default:
			recorded++
		}
		if p.money != taken {
			broken(Unfounded)
		}
		if a.use[j] == useOrder && p.other {
			broken(WrongAmount)
		}
	}
	if a.twice {
		broken(RecordedTwice)
	}
	if a.state != noAttempt && (recorded > 0 && a.state != succeeded || a.state == succeeded && recorded+claimed == 0) {
		broken(Disagree)
	}
}

// step reports what no move may do.
func step(from, to State, broken func(explore.Fault)) {
	if over(from.order) && to.order != from.order {
		broken(Moved)
	}
	for i := range from.try {
		a, b := &from.try[i], &to.try[i]
		if a.ended() && !b.ended() || a.state == succeeded && b.state != succeeded {
			broken(Moved)
		}
	}
}

// ended reports whether the attempt has come to an end here.
func (a *attempt) ended() bool {
	return a.state == succeeded || a.state == failed || a.state == withdrawn || a.state == lapsed
}

// end reports what may not be where everything has come to rest.
func (w *world) end(s State, broken func(explore.Fault)) {
	if s.order == paying || s.order == reserved || s.due && !over(s.order) {
		broken(Stuck)
	}
	if s.deposit == depositHeld {
		broken(HoldLeft)
	}
	for i := range s.try {
		a := &s.try[i]
		if w.active[a.state] || a.cancel.open() || a.capture.open() || s.claimed() {
			broken(Stuck)
		}
		for j, p := range a.pay {
			switch {
			case p.money == held:
				broken(HoldLeft)
			case p.money == taken && a.use[j] == unrecorded && (over(s.order) || !w.active[a.state]): // else it is awaited still, and stuck
				broken(Lost)
			case p.money == taken && !p.other && p.cause == inTime && s.order != paid:
				broken(InVain)
			}
			if a.use[j] == useOrder && s.decision == refused {
				broken(TakenRefused)
			}
		}
	}
}

// charges counts the payments that were taken.
func charges(s State) int {
	n := 0
	for i := range s.try {
		for _, p := range s.try[i].pay {
			if p.money == taken {
				n++
			}
		}
	}
	return n
}
