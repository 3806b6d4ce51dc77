package model

import (
	"fmt"
	"slices"

	"courts.example/eservices/payment"
)

// Mutation is a change of one row of the tables.
type Mutation struct {
	Name   string
	Tables Tables
	// Matters reports whether a run that looked these places up could have come out otherwise.
	Matters func(Places) bool
}

// Mutations are every row left out, every row that is not there put in, and every state of attempts made active or inactive.
func Mutations() []Mutation {
	real := Real()
	var all []Mutation
	add := func(name string, matters func(Places) bool, change func(*Tables)) {
		t := Tables{
			Orders: slices.Clone(real.Orders), Attempts: slices.Clone(real.Attempts), Operations: slices.Clone(real.Operations),
			Active: slices.Clone(real.Active),
		}
		change(&t)
		all = append(all, Mutation{Name: name, Tables: t, Matters: matters})
	}
	mutateOrders(real, add)
	mutateAttempts(real, add)
	mutateOperations(real, add)
	for _, s := range payment.AttemptStates() {
		verb := "active"
		if s.Active() {
			verb = "not active"
		}
		add(fmt.Sprintf("attempt %s is %s", s, verb), func(Places) bool { return true }, func(t *Tables) {
			if at := slices.Index(t.Active, s); at >= 0 {
				t.Active = slices.Delete(t.Active, at, at+1)
			} else {
				t.Active = append(t.Active, s)
			}
		})
	}
	return all
}

type adder func(name string, matters func(Places) bool, change func(*Tables))

func mutateOrders(real Tables, add adder) {
	leads := map[payment.Event]payment.State{
		payment.EventReserve: payment.Reserved, payment.EventRelease: payment.Open, payment.EventStart: payment.Paying, payment.EventEnd: payment.Open,
		payment.EventPay: payment.Paid, payment.EventExpire: payment.Expired, payment.EventCancel: payment.Cancelled,
	}
	for _, s := range payment.States() {
		for _, e := range payment.Events() {
			matters := func(p Places) bool { return p.Order(s, e) }
			at := slices.IndexFunc(real.Orders, func(r payment.Transition) bool { return r.From == s && r.Event == e })
			if at >= 0 {
				add(fmt.Sprintf("order %s: no %s", s, e), matters, func(t *Tables) { t.Orders = slices.Delete(t.Orders, at, at+1) })
			} else if s != leads[e] {
				add(fmt.Sprintf("order %s: %s", s, e), matters, func(t *Tables) {
					t.Orders = append(t.Orders, payment.Transition{From: s, Event: e, To: leads[e]})
				})
			}
		}
	}
}

func mutateAttempts(real Tables, add adder) {
	for _, s := range payment.AttemptStates() {
		for _, reported := range payment.AttemptStates() {
			if s == reported || reported == payment.AttemptUnknown { // no gateway reports it
				continue
			}
			matters := func(p Places) bool { return p.Attempt(s, reported) }
			at := slices.IndexFunc(real.Attempts, func(r payment.AttemptTransition) bool { return r.From == s && r.Reported == reported })
			if at >= 0 {
				add(fmt.Sprintf("attempt %s: not %s", s, reported), matters, func(t *Tables) { t.Attempts = slices.Delete(t.Attempts, at, at+1) })
			} else {
				add(fmt.Sprintf("attempt %s: %s", s, reported), matters, func(t *Tables) {
					t.Attempts = append(t.Attempts, payment.AttemptTransition{From: s, Reported: reported, To: reported})
				})
			}
		}
	}
}

func mutateOperations(real Tables, add adder) {
	for _, s := range payment.OperationStates() {
		for _, reported := range payment.OperationStates() {
			if s == reported || reported == payment.OperationUnknown {
				continue
			}
			matters := func(p Places) bool { return p.Operation(s, reported) }
			at := slices.IndexFunc(real.Operations, func(r payment.OperationTransition) bool { return r.From == s && r.Reported == reported })
			if at >= 0 {
				add(fmt.Sprintf("operation %s: not %s", s, reported), matters, func(t *Tables) { t.Operations = slices.Delete(t.Operations, at, at+1) })
			} else {
				add(fmt.Sprintf("operation %s: %s", s, reported), matters, func(t *Tables) {
					t.Operations = append(t.Operations, payment.OperationTransition{From: s, Reported: reported, To: reported})
				})
			}
		}
	}
}
