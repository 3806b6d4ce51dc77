package model

import "courts.example/eservices/payment"

// Places are places of the tables: a state with an event or a report, whether there is a row or not.
type Places struct {
	orders     [orderStates][orderEvents]bool
	attempts   [most][most]bool
	operations [most][most]bool
}

// places gives the places that mattered.
func (t *tables) places() Places {
	return Places{orders: t.asked, attempts: t.attempts.places(), operations: t.operations.places()}
}

// Join adds other places.
func (p *Places) Join(o Places) {
	for s := range p.orders {
		for e := range p.orders[s] {
			p.orders[s][e] = p.orders[s][e] || o.orders[s][e]
		}
	}
	for s := range most {
		for reported := range most {
			p.attempts[s][reported] = p.attempts[s][reported] || o.attempts[s][reported]
			p.operations[s][reported] = p.operations[s][reported] || o.operations[s][reported]
		}
	}
}

// Order reports whether the place of a state and an event is among them; Attempt and Operation, of a state and a report.
func (p *Places) Order(s payment.State, e payment.Event) bool {
	var err error
	return p.orders[find(&err, orderNames[:], s)][find(&err, eventNames[:], e)] && err == nil
}

// Attempt is as Order.
func (p *Places) Attempt(s, reported payment.AttemptState) bool {
	var err error
	return p.attempts[find(&err, attemptNames[:], s)][find(&err, attemptNames[:], reported)] && err == nil
}

// Operation is as Order.
func (p *Places) Operation(s, reported payment.OperationState) bool {
	var err error
	return p.operations[find(&err, operationNames[:], s)][find(&err, operationNames[:], reported)] && err == nil
}
