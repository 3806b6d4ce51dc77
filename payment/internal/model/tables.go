package model

import (
	"fmt"

	"courts.example/eservices/payment"
)

// Tables are the tables that the host's moves go by. [Real] takes them from package payment, row by row as its Next methods answer, so that
// what is checked is what runs; a test changes rows of a copy.
type Tables struct {
	Orders     []payment.Transition
	Attempts   []payment.AttemptTransition
	Operations []payment.OperationTransition
	// Active are the states in which an attempt may still take money.
	Active []payment.AttemptState
}

// Real gives the tables of package payment. What changes nothing is no row.
func Real() Tables {
	var t Tables
	for _, from := range payment.States() {
		for _, e := range payment.Events() {
			if to, err := from.Next(e); err == nil {
				t.Orders = append(t.Orders, payment.Transition{From: from, Event: e, To: to})
			}
		}
	}
	for _, from := range payment.AttemptStates() {
		if from.Active() {
			t.Active = append(t.Active, from)
		}
		for _, reported := range payment.AttemptStates() {
			if to, moved := from.Next(reported); moved {
				t.Attempts = append(t.Attempts, payment.AttemptTransition{From: from, Reported: reported, To: to})
			}
		}
	}
	for _, from := range payment.OperationStates() {
		for _, reported := range payment.OperationStates() {
			if to, moved := from.Next(reported); moved {
				t.Operations = append(t.Operations, payment.OperationTransition{From: from, Reported: reported, To: to})
			}
		}
	}
	return t
}

// The states as the model holds them: their places in these lists. Place 0 of attempts and operations is "there is none".
type (
	orderState     uint8
	orderEvent     uint8
	attemptState   uint8
	operationState uint8
)

const (
	open orderState = iota
	reserved
	paying
	paid
	expired
	cancelled
	orderStates
)

const (
	onReserve orderEvent = iota
	onRelease
	onStart
	onEnd
	onPay
	onExpire
	onCancel
	orderEvents
)

const (
	noAttempt attemptState = iota
	unknown
	pending
	processing
	authorised
	succeeded
	failed
	withdrawn
	lapsed
	attemptStates
)

const (
	noOperation operationState = iota
	opUnknown
	opPending
	opReview
	opSucceeded
	opFailed
	operationStates
)

var (
	orderNames = [orderStates]payment.State{
		payment.Open, payment.Reserved, payment.Paying, payment.Paid, payment.Expired, payment.Cancelled,
	}
	eventNames = [orderEvents]payment.Event{
		payment.EventReserve, payment.EventRelease, payment.EventStart, payment.EventEnd, payment.EventPay, payment.EventExpire, payment.EventCancel,
	}
	attemptNames = [attemptStates]payment.AttemptState{
		"", payment.AttemptUnknown, payment.AttemptPending, payment.AttemptProcessing, payment.AttemptAuthorised,
		payment.AttemptSucceeded, payment.AttemptFailed, payment.AttemptCancelled, payment.AttemptExpired,
	}
	operationNames = [operationStates]payment.OperationState{
		"", payment.OperationUnknown, payment.OperationPending, payment.OperationReview, payment.OperationSucceeded, payment.OperationFailed,
	}
)

// tables are Tables made for looking up. They keep in mind what was.
type tables struct {
	order      [orderStates][orderEvents]place
	asked      [orderStates][orderEvents]bool
	attempts   machine
	operations machine
	active     [attemptStates]bool
}

// place is where an event leads, if anywhere.
type place struct {
	to orderState
	ok bool
}

// compile makes the tables; its error names a state that the model does not know.
func (t Tables) compile() (*tables, error) {
	c := &tables{attempts: newMachine(), operations: newMachine()}
	var err error
	for _, row := range t.Orders {
		from, event, to := find(&err, orderNames[:], row.From), find(&err, eventNames[:], row.Event), find(&err, orderNames[:], row.To)
		c.order[from][event] = place{orderState(to), true}
	}
	for _, row := range t.Attempts {
		from, reported := find(&err, attemptNames[:], row.From), find(&err, attemptNames[:], row.Reported)
		c.attempts.next[from][reported] = uint8(find(&err, attemptNames[:], row.To))
	}
	for _, row := range t.Operations {
		from, reported := find(&err, operationNames[:], row.From), find(&err, operationNames[:], row.Reported)
		c.operations.next[from][reported] = uint8(find(&err, operationNames[:], row.To))
	}
	for _, s := range t.Active {
		c.active[find(&err, attemptNames[:], s)] = true
	}
	c.attempts.close()
	c.operations.close()
	return c, err
}

// find gives the place of a name in a list, and an error where there is none.
func find[N comparable](err *error, names []N, name N) int {
	for at, n := range names {
		if n == name {
			return at
		}
	}
	*err = fmt.Errorf("model: no %v among %v; the model has to learn it", name, names)
	return 0
}

// next gives where an event leads an order, if the table allows it.
func (t *tables) next(s orderState, e orderEvent) (orderState, bool) {
	t.asked[s][e] = true
	p := t.order[s][e]
	return p.to, p.ok
}

// nextAttempt gives what a report makes of an attempt, nextOperation of an operation.
func (t *tables) nextAttempt(s, reported attemptState) attemptState {
	return attemptState(t.attempts.report(uint8(s), uint8(reported)))
}

func (t *tables) nextOperation(s, reported operationState) operationState {
	return operationState(t.operations.report(uint8(s), uint8(reported)))
}
