package model

import "courts.example/eservices/payment/internal/model/explore"

// The faults.
const (
	Lost          explore.Fault = "money was taken that the books never learn of"
	Unfounded     explore.Fault = "the books show money that nobody took"
	WrongAmount   explore.Fault = "the order was paid with another amount"
	PaidTwice     explore.Fault = "the order was paid twice"
	Recorded2     explore.Fault = "one payment is on record twice"
	Disagree      explore.Fault = "the order, its attempts and its money disagree"
	TwoActive     explore.Fault = "two attempts are active"
	ChargedTwice  explore.Fault = "the payer was charged twice and did nothing wrong"
	InVain        explore.Fault = "the payer paid in time, and it did not pay the order"
	TakenRefused  explore.Fault = "what was refused was paid"
	OverRefunded  explore.Fault = "more went back than was taken"
	RefundedTwice explore.Fault = "a refund went back twice"
	HoldLeft      explore.Fault = "money is held for ever"
	Stuck         explore.Fault = "the order or an attempt stays undecided for ever"
	Moved         explore.Fault = "what had ended moved again"
)

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
		broken(Recorded2)
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
			case p.money == taken && a.use[j] == unrecorded:
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
