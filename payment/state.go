package payment

import (
	"errors"
	"fmt"
)

// State is the state of an order.
type State string

// The states of an order.
const (
	// Open waits to be paid.
	Open State = "open"
	// Reserved waits too, with the money held on a deposit account: it can't be paid from elsewhere, expire or be cancelled unless the hold
	// is released first.
	Reserved State = "reserved"
	// Paying waits too, with an attempt at a gateway that may still take the money: it can't be paid from elsewhere, expire or be cancelled
	// unless the attempt ends first.
	Paying State = "paying"
	// Paid is the end of an order that was paid; its receipt exists.
	Paid State = "paid"
	// Expired and Cancelled are the ends of an order that was not paid. What it was for may have a new order.
	Expired   State = "expired"
	Cancelled State = "cancelled"
)

// Event is what happens to an order.
type Event string

// The events.
const (
	EventReserve Event = "reserve"
	EventRelease Event = "release"
	EventStart   Event = "start"
	EventEnd     Event = "end"
	EventPay     Event = "pay"
	EventExpire  Event = "expire"
	EventCancel  Event = "cancel"
)

// Transition is one row of the table of what may happen to an order.
type Transition struct {
	From  State
	Event Event
	To    State
}

var transitions = [...]Transition{
	{Open, EventReserve, Reserved},
	{Open, EventPay, Paid},
	{Open, EventExpire, Expired},
	{Open, EventCancel, Cancelled},
	{Reserved, EventPay, Paid},
	{Reserved, EventRelease, Open},
	{Reserved, EventCancel, Cancelled}, // with the release of what is held: Orders.Dismiss
	{Open, EventStart, Paying},
	{Paying, EventPay, Paid},
	{Paying, EventEnd, Open},
}

// Transitions gives the whole table. What is not in it is refused.
func Transitions() []Transition { return append([]Transition(nil), transitions[:]...) }

// States lists the states, Events the events, both in the order of an order's life.
func States() []State { return []State{Open, Reserved, Paying, Paid, Expired, Cancelled} }

// Events lists the events; see States.
func Events() []Event {
	return []Event{EventReserve, EventRelease, EventStart, EventEnd, EventPay, EventExpire, EventCancel}
}

// Next gives the state after an event; its error wraps ErrTransition.
func (s State) Next(e Event) (State, error) {
	for _, t := range transitions {
		if t.From == s && t.Event == e {
			return t.To, nil
		}
	}
	return s, fmt.Errorf("%w: %q does not happen to an order that is %q", ErrTransition, e, s)
}

// Over reports whether nothing happens to the order any more.
func (s State) Over() bool { return s == Paid || s == Expired || s == Cancelled }

// The kinds of refusal; test with errors.Is.
var (
	// ErrInvalid says that an order, a receipt or a request breaks a rule of this package.
	ErrInvalid = errors.New("payment: invalid")
	// ErrTransition says that an order's state does not allow what was asked.
	ErrTransition = errors.New("payment: not in this state")
	// ErrNoOrder says that there is no such order.
	ErrNoOrder = errors.New("payment: no such order")
	// ErrNoReceipt says that there is no such receipt.
	ErrNoReceipt = errors.New("payment: no such receipt")
	// ErrOrdered says that what the order is for has an order already; it is wrapped by an *OrderedError.
	ErrOrdered = errors.New("payment: there is an order for it already")
	// ErrChanged says that an order, or the account that pays it, changed meanwhile: read the order again and decide anew. It is wrapped
	// together with what the store or the ledger found.
	ErrChanged = errors.New("payment: order changed meanwhile")
)
