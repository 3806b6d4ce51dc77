package model

import (
	"fmt"
	"strings"
)

// Refunds is a payment that was taken, with its refunds: here, under way, and at the gateway. Which refund is which has no meaning: from one line
// of a story to the next they may change places.
type Refunds struct {
	hand hand
	back [refunds]refund
}

// refunds is how many refunds a payment has at most; whole is the payment, of which a refund gives back a part or all.
const (
	refunds = 3
	whole   = 3
)

// refund is one refund. Its fields are those of an attempt, where they have the same names.
type refund struct {
	state       operationState // noOperation: not on record
	returned    bool           // failed after it had succeeded
	unrequested bool           // the gateway's doing is on record as a refund that nobody asked for
	again       bool
	unwatched   bool // done so long ago that nobody asks any more
	amount      uint8
	creates     uint8
	quiet       bool
	closed      bool
	page        operationState
	past        past
	twice       bool // it went back twice
}

// count counts the refunds that there are.
func (s *Refunds) count() int {
	n := 0
	for k := range s.back {
		if s.back[k].amount > 0 {
			n++
		}
	}
	return n
}

// less is an order of refunds, the larger first, so that those that are not there are last.
func (r *refund) less(o *refund) bool { return r.rank() < o.rank() }

// rank is all there is of a refund as a number.
func (r *refund) rank() uint64 {
	n := uint64(r.amount)<<32 | uint64(r.state)<<28 | uint64(r.page)<<24 | uint64(r.past)<<12 | uint64(r.creates)<<8
	for i, b := range [...]bool{r.returned, r.unrequested, r.again, r.unwatched, r.quiet, r.closed, r.twice} {
		if b {
			n |= 1 << i
		}
	}
	return n
}

// out is what is going back, or went, at the gateway.
func (r *refund) out() int {
	if r.page == noOperation || r.page == opFailed {
		return 0
	}
	if r.twice {
		return 2 * int(r.amount)
	}
	return int(r.amount)
}

// String tells the state in one line.
func (s Refunds) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "taken %d", whole)
	if s.hand.job != idle {
		fmt.Fprintf(&b, ", in hand: %s %d", jobNames[s.hand.job], s.hand.on+1)
	}
	for k, r := range s.back {
		if r.amount > 0 {
			fmt.Fprintf(&b, " | %d: %v", k+1, r)
		}
	}
	return b.String()
}

// String tells the refund: here, then under way, then at the gateway.
func (r refund) String() string {
	s := fmt.Sprintf("%d back, ", r.amount)
	if r.state == noOperation {
		s += "no record"
	} else {
		s += string(operationNames[r.state])
	}
	if r.unrequested {
		s += " and one not asked for"
	}
	if r.creates > 0 {
		s += fmt.Sprintf(", %d under way", r.creates)
	}
	if r.page == noOperation {
		return s + ", gateway: nothing"
	}
	s += fmt.Sprintf(", gateway: %s", operationNames[r.page])
	if r.twice {
		s += " twice"
	}
	return s
}
