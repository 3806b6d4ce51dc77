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
			broken(Lost)
		case !out && (known || r.unrequested):
			broken(Unfounded)
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
