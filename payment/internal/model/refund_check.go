package model

import "courts.example/eservices/payment/internal/model/explore"

// always reports what may not be in any state.
func (w *till) always(s Refunds, broken func(explore.Fault)) {
	out, booked := 0, 0
	for k := range s.back {
		r := &s.back[k]
		out += r.out()
		if r.state == opSucceeded || r.unrequested {
			booked += int(r.amount)
		}
		if r.twice {
			broken(RefundedTwice)
		}
	}
	if out > whole || booked > whole {
		broken(OverRefunded)
	}
}

// stepRefunds reports what no move may do: what is decided is not undecided again, and what failed never succeeds.
func stepRefunds(from, to Refunds, broken func(explore.Fault)) {
	doneFrom, failedFrom := from.decided()
	doneTo, failedTo := to.decided()
	if failedTo < failedFrom || doneTo+failedTo < doneFrom+failedFrom {
		broken(Moved)
	}
}

// decided counts the refunds that succeeded and those that failed.
func (s *Refunds) decided() (done, failed int) {
	for k := range s.back {
		switch s.back[k].state {
		case opSucceeded:
			done++
		case opFailed:
			failed++
		}
	}
	return done, failed
}

// end reports what may not be where everything has come to rest.
func (w *till) end(s Refunds, broken func(explore.Fault)) {
	for k := range s.back {
		r := &s.back[k]
		if r.state == opUnknown || r.state == opPending || r.state == opReview {
			broken(Stuck)
		}
		out := r.page == opSucceeded
		known := r.state == opSucceeded
		switch {
		case out && !known && !r.unrequested, out && r.twice && !r.unrequested:
			broken(LostRefund)
		case !out && (known || r.unrequested):
			broken(UnfoundedRefund)
		}
	}
}

// refunded counts what went back.
func refunded(s Refunds) int {
	n := 0
	for k := range s.back {
		n += s.back[k].out()
	}
	return n
}
