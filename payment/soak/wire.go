package main

import (
	"time"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/reconcile"
)

// deed is what the court's program can be asked to do. Each may be asked again, when nobody knows whether it was done: it is done once.
type deed string

const (
	// doOpen makes an order; doOrder reads one.
	doOpen  deed = "open"
	doOrder deed = "order"
	// doStart begins an attempt, or finds the one that is active; doCheck asks about it.
	doStart deed = "start"
	doCheck deed = "check"
	// doCancel and doCapture end an attempt, doExpire an order.
	doCancel  deed = "cancel"
	doCapture deed = "capture"
	doExpire  deed = "expire"
	// doRefund proposes money to go back and approves it; doAllocate uses money that is nobody's.
	doRefund   deed = "refund"
	doAllocate deed = "allocate"
	// doExcess lists the money that is nobody's and did not go back.
	doExcess deed = "excess"
	// doLost lists the refunds and attempts that the company doesn't know and that may not be sent any more; doResolve has two persons decide
	// that one of them came to nothing.
	doLost    deed = "lost"
	doResolve deed = "resolve"
	// doClock sets the clock, doWork does all work that is due, doLeft counts what is not at its end.
	doClock deed = "clock"
	doWork  deed = "work"
	doLeft  deed = "left"
	// doSettle imports settlements and compares them with what is on record, doSweep looks for what did not come; doMemory measures.
	doSettle deed = "settle"
	doSweep  deed = "sweep"
	doMemory deed = "memory"
)

// ask is a request to the court's program.
type ask struct {
	Do      deed         `json:"do"`
	Order   string       `json:"order,omitempty"`
	Court   string       `json:"court,omitempty"`
	Attempt string       `json:"attempt,omitempty"`
	Refund  string       `json:"refund,omitempty"`
	Payment string       `json:"payment,omitempty"`
	Amount  money.Amount `json:"amount,omitzero"`
	// Means, Flow and Authorise are how an attempt is begun.
	Means     payment.Means `json:"means,omitempty"`
	Flow      payment.Flow  `json:"flow,omitempty"`
	Authorise bool          `json:"authorise,omitempty"`
	// Key makes a refund happen once.
	Key string `json:"key,omitempty"`
	// Ahead is how far the clock is ahead.
	Ahead time.Duration `json:"ahead,omitempty"`
	// Date and File are a settlement.
	Date string `json:"date,omitempty"`
	File string `json:"file,omitempty"`
}

// told is its answer.
type told struct {
	Order   payment.Order   `json:"order,omitzero"`
	Attempt payment.Attempt `json:"attempt,omitzero"`
	Refund  payment.Refund  `json:"refund,omitzero"`
	Takings []payment.Taken `json:"takings,omitempty"`
	// Lost names refunds and attempts.
	Lost lost `json:"lost,omitzero"`
	// Refused says why nothing was done, where that may be: the money is contested, or went back already.
	Refused string `json:"refused,omitempty"`
	// Count is what was counted.
	Count   int               `json:"count,omitempty"`
	Matched reconcile.Matched `json:"matched,omitzero"`
	Memory  memory            `json:"memory,omitzero"`
	// Error is what went wrong and must not.
	Error string `json:"error,omitempty"`
}

// lost are the things about which a person has to decide.
type lost struct {
	Refunds  []string `json:"refunds,omitempty"`
	Attempts []string `json:"attempts,omitempty"`
}

// memory is what the court's program uses: bytes that are alive on its heap, bytes that the system gives it, where that can be known, and
// goroutines.
type memory struct {
	Heap       uint64 `json:"heap"`
	Resident   uint64 `json:"resident,omitempty"`
	Goroutines int    `json:"goroutines"`
}
