package model

import (
	"fmt"
	"strings"
)

// State is one order with everything about it: here, under way, and at the gateway. It is small and comparable; what can't matter any more is
// wiped out of it ([world.settle]), so that states that behave alike are the same state.
type State struct {
	order orderState
	// ref is the attempt that an order is being paid by, or was paid by: its number from 1.
	ref uint8
	// due says that the order has to close, decision what an officer decided about what it is for.
	due      bool
	decision decision
	// deposit is the money of a deposit account.
	deposit deposit
	// hand is what a process of the host is about to send. It is all that a crash takes away.
	hand hand
	try  [attempts]attempt
}

// attempts is how many attempts an order has at most.
const attempts = 2

// attempt is one attempt.
type attempt struct {
	// On record here.
	state   attemptState
	capture operationState
	cancel  operationState
	use     [payments]use // what the payments at the gateway are here
	again   bool          // sent more than once
	final   bool          // not asked about any more
	twice   bool          // a payment is on record twice
	// Known only to the one who looks from above.
	used  bool // the number was given away, if only in the memory of a process that died
	shown bool // the payer has the page
	// Under way. Answers and notifications are not here: whatever the gateway was once, it may say at any time, any number of times.
	creates  uint8 // copies of the request
	captures bool
	cancels  bool
	quiet    bool // the time in which what was sent may still arrive is over
	closed   bool // the time in which the key may be used is over
	// At the gateway.
	page attemptState // noAttempt: it is not there
	past past         // the states in which it was
	over bool         // no more money, whatever comes
	pay  [payments]pay
}

// payments is how many payments an attempt can have at most.
const payments = 2

type (
	use      uint8
	decision uint8
	deposit  uint8
)

const (
	unrecorded use = iota
	useClaimed     // set aside for the order, which nothing else can happen to
	useOrder
	useExcess
)

const (
	undecided decision = iota
	accepted
	refused
)

const (
	noDeposit deposit = iota
	depositHeld
	depositPaid
)

// pay is a payment at the gateway: where the money is, of what amount, and why it came.
type pay struct {
	money money
	other bool // not the amount of the order
	cause cause
}

type (
	money uint8
	cause uint8
)

const (
	noMoney money = iota
	held
	taken
	released
)

const (
	inTime  cause = iota
	tooLate       // after the gateway had said that the session is over
	twice         // the payer paid one session twice
)

// hand is a request that is written down and not sent yet.
type hand struct {
	job job
	on  uint8 // the attempt's place
}

type job uint8

const (
	idle job = iota
	toCreate
	toCapture
	toCancel
	// unsaved is a request that was sent and of which nothing is on record.
	unsaved
)

// String tells the state in one line; what is as it was in the beginning is left out.
func (s State) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "order %s", orderNames[s.order])
	if s.ref != 0 {
		fmt.Fprintf(&b, " by %d", s.ref)
	}
	if s.due {
		b.WriteString(", to be closed")
	}
	b.WriteString([...]string{"", ", accepted", ", refused"}[s.decision])
	b.WriteString([...]string{"", ", deposit held", ", deposit paid"}[s.deposit])
	if s.hand.job != idle {
		fmt.Fprintf(&b, ", in hand: %s %d", jobNames[s.hand.job], s.hand.on+1)
	}
	for i, a := range s.try {
		if a.used {
			fmt.Fprintf(&b, " | %d: %v", i+1, a)
		}
	}
	return b.String()
}

var jobNames = [...]string{"", "create", "capture", "cancel", "sent without a record of"}

// String tells the attempt: here, then under way, then at the gateway.
func (a attempt) String() string {
	var b strings.Builder
	if a.state == noAttempt {
		b.WriteString("no record")
	} else {
		b.WriteString(string(attemptNames[a.state]))
	}
	if a.final {
		b.WriteString(" for good")
	}
	if a.capture != noOperation {
		fmt.Fprintf(&b, ", capture %s", operationNames[a.capture])
	}
	if a.cancel != noOperation {
		fmt.Fprintf(&b, ", cancel %s", operationNames[a.cancel])
	}
	if a.creates > 0 {
		fmt.Fprintf(&b, ", %d under way", a.creates)
	}
	if a.captures {
		b.WriteString(", capture under way")
	}
	if a.cancels {
		b.WriteString(", cancel under way")
	}
	if a.page == noAttempt {
		b.WriteString(", gateway: nothing")
		return b.String()
	}
	fmt.Fprintf(&b, ", gateway: %s", attemptNames[a.page])
	for j, p := range a.pay {
		if p.money != noMoney {
			fmt.Fprintf(&b, ", %v (%s)", p, [...]string{"not on record", "set aside", "the order's", "excess"}[a.use[j]])
		}
	}
	return b.String()
}

// String tells the payment.
func (p pay) String() string {
	s := [...]string{"", "held", "taken", "given up"}[p.money]
	if p.other {
		s = "another amount " + s
	}
	return s + [...]string{"", " late", " again"}[p.cause]
}
