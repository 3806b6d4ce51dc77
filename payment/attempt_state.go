package payment

import "fmt"

// The states of an attempt are those of the port ([AttemptState]); this is the table of what a report about an attempt does to it.

// AttemptTransition is one row of the table: what an attempt becomes when a report says that it is so at the gateway.
type AttemptTransition struct {
	From     AttemptState
	Reported AttemptState
	To       AttemptState
}

var attemptTransitions = [...]AttemptTransition{
	{AttemptUnknown, AttemptPending, AttemptPending},
	{AttemptUnknown, AttemptProcessing, AttemptProcessing},
	{AttemptUnknown, AttemptAuthorised, AttemptAuthorised},
	{AttemptUnknown, AttemptSucceeded, AttemptSucceeded},
	{AttemptUnknown, AttemptFailed, AttemptFailed},
	{AttemptUnknown, AttemptCancelled, AttemptCancelled},
	{AttemptUnknown, AttemptExpired, AttemptExpired},

	{AttemptPending, AttemptProcessing, AttemptProcessing},
	{AttemptPending, AttemptAuthorised, AttemptAuthorised},
	{AttemptPending, AttemptSucceeded, AttemptSucceeded},
	{AttemptPending, AttemptFailed, AttemptFailed},
	{AttemptPending, AttemptCancelled, AttemptCancelled},
	{AttemptPending, AttemptExpired, AttemptExpired},

	{AttemptProcessing, AttemptPending, AttemptPending}, // a challenge that failed lets the payer try again
	{AttemptProcessing, AttemptAuthorised, AttemptAuthorised},
	{AttemptProcessing, AttemptSucceeded, AttemptSucceeded},
	{AttemptProcessing, AttemptFailed, AttemptFailed},
	{AttemptProcessing, AttemptCancelled, AttemptCancelled},
	{AttemptProcessing, AttemptExpired, AttemptExpired},

	{AttemptAuthorised, AttemptSucceeded, AttemptSucceeded}, // captured
	{AttemptAuthorised, AttemptCancelled, AttemptCancelled}, // given up
	{AttemptAuthorised, AttemptExpired, AttemptExpired},     // lapsed
	{AttemptAuthorised, AttemptFailed, AttemptFailed},

	// An end is no end of the money: proof of a payment still moves these.
	{AttemptFailed, AttemptSucceeded, AttemptSucceeded},
	{AttemptCancelled, AttemptSucceeded, AttemptSucceeded},
	{AttemptExpired, AttemptSucceeded, AttemptSucceeded},
}

// AttemptTransitions gives the whole table. A report that is not in it leaves the attempt as it is: nothing takes a success back, and
// nothing that is known becomes unknown.
func AttemptTransitions() []AttemptTransition {
	return append([]AttemptTransition(nil), attemptTransitions[:]...)
}

// AttemptStates lists the states in the order of an attempt's life.
func AttemptStates() []AttemptState {
	return []AttemptState{
		AttemptUnknown, AttemptPending, AttemptProcessing, AttemptAuthorised,
		AttemptSucceeded, AttemptFailed, AttemptCancelled, AttemptExpired,
	}
}

// Next gives the state after a report; moved is false when the report changes nothing.
func (s AttemptState) Next(reported AttemptState) (to AttemptState, moved bool) {
	for _, t := range attemptTransitions {
		if t.From == s && t.Reported == reported {
			return t.To, true
		}
	}
	return s, false
}

// Active reports whether the attempt may still take the money of its order, as far as anybody knows: no other may be started.
func (s AttemptState) Active() bool {
	switch s {
	case AttemptUnknown, AttemptPending, AttemptProcessing, AttemptAuthorised:
		return true
	}
	return false
}

// OperationTransition is one row of the table for refunds, captures and cancellations.
type OperationTransition struct {
	From     OperationState
	Reported OperationState
	To       OperationState
}

var operationTransitions = [...]OperationTransition{
	{OperationUnknown, OperationPending, OperationPending},
	{OperationUnknown, OperationSucceeded, OperationSucceeded},
	{OperationUnknown, OperationFailed, OperationFailed},
	{OperationUnknown, OperationReview, OperationReview},
	{OperationPending, OperationSucceeded, OperationSucceeded},
	{OperationPending, OperationFailed, OperationFailed},
	{OperationPending, OperationReview, OperationReview},
	{OperationReview, OperationSucceeded, OperationSucceeded},
	{OperationReview, OperationFailed, OperationFailed},
	{OperationSucceeded, OperationFailed, OperationFailed}, // a bank may send a refund back after it was done
}

// OperationTransitions gives the whole table. A report that is not in it leaves the operation as it is.
func OperationTransitions() []OperationTransition {
	return append([]OperationTransition(nil), operationTransitions[:]...)
}

// OperationStates lists the states of an operation.
func OperationStates() []OperationState {
	return []OperationState{OperationUnknown, OperationPending, OperationReview, OperationSucceeded, OperationFailed}
}

// Next gives the state after a report; moved is false when the report changes nothing.
func (s OperationState) Next(reported OperationState) (to OperationState, moved bool) {
	for _, t := range operationTransitions {
		if t.From == s && t.Reported == reported {
			return t.To, true
		}
	}
	return s, false
}

// checkAttemptState reports whether s is one of the states.
func checkAttemptState(s AttemptState) error {
	for _, known := range AttemptStates() {
		if s == known {
			return nil
		}
	}
	return fmt.Errorf("%w: the state %.20q is none of %v", ErrInvalid, s, AttemptStates())
}
