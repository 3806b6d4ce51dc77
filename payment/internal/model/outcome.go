package model

import "strings"

// Outcomes is a set of things that a run saw happen: what is good and was never seen was not modelled, or is impossible.
type Outcomes uint32

// The outcomes.
const (
	PaidInTime Outcomes = 1 << iota
	PaidLate
	PaidAtOnce
	PaidFromHold
	Excess
	Expired
	Cancelled
	DepositReleased
	HoldGivenUp
	AttemptCancelled
	SentAgain
	SecondTry
	Refunded
	RefundFailed
	RefundReturned
)

// AllOutcomes are all of them.
const AllOutcomes = RefundReturned<<1 - 1

var outcomeNames = [...]string{
	"paid in time", "paid late", "paid from a deposit at once", "paid from what was held", "excess", "expired", "cancelled", "deposit released",
	"hold given up", "attempt cancelled", "sent again", "second attempt", "refunded", "refund failed", "refund came back",
}

// String lists the outcomes.
func (o Outcomes) String() string {
	var s []string
	for i, name := range outcomeNames {
		if o&(1<<i) != 0 {
			s = append(s, name)
		}
	}
	return strings.Join(s, ", ")
}

// outcomes are those of a move of attempts and orders.
func outcomes(from, to State) uint64 {
	var o Outcomes
	switch {
	case to.order == expired:
		o |= Expired
	case to.order == cancelled:
		o |= Cancelled
	case to.deposit == depositPaid && from.deposit == depositHeld:
		o |= PaidFromHold
	case to.deposit == depositPaid && from.deposit == noDeposit:
		o |= PaidAtOnce
	case from.order == reserved && to.order == open:
		o |= DepositReleased
	}
	for i := range to.try {
		o |= to.try[i].outcomes()
		if from.try[i].used && from.hand.job == idle && to.handed(toCreate, i) {
			o |= SentAgain
		}
	}
	if to.ref == attempts {
		o |= SecondTry
	}
	return uint64(o)
}

func (a *attempt) outcomes() Outcomes {
	var o Outcomes
	for j, p := range a.pay {
		switch {
		case p.money == released:
			o |= HoldGivenUp
		case a.use[j] == useExcess:
			o |= Excess
		case a.use[j] == useOrder && p.cause == tooLate:
			o |= PaidLate
		case a.use[j] == useOrder && a.capture == opSucceeded:
			o |= PaidFromHold
		case a.use[j] == useOrder:
			o |= PaidInTime
		}
	}
	if a.cancel == opSucceeded {
		o |= AttemptCancelled
	}
	return o
}

// refundOutcomes are those of a move of refunds.
func refundOutcomes(from, to Refunds) uint64 {
	var o Outcomes
	if from.hand.job == idle && to.hand.job == toCreate && from.count() == to.count() {
		o |= SentAgain
	}
	for k := range to.back {
		r := &to.back[k]
		switch {
		case r.state == opSucceeded:
			o |= Refunded
		case r.returned:
			o |= RefundReturned
		case r.state == opFailed:
			o |= RefundFailed
		}
	}
	return uint64(o)
}
