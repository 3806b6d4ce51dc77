package ledger

import (
	"errors"
	"fmt"

	"courts.example/eservices/icms/money"
)

// The kinds of refusal; test with errors.Is. Two currencies in one request, or another currency than the account's, are
// money.ErrCurrency. Errors of the storage come through unchanged.
var (
	// ErrInvalid says that a request breaks a rule of this package; nothing was looked up.
	ErrInvalid = errors.New("ledger: invalid")
	// ErrNoAccount says that the deposit account was never opened.
	ErrNoAccount = errors.New("ledger: no such account")
	// ErrSuspended says that the account is suspended: it takes no entry and no hold until it is reopened.
	ErrSuspended = errors.New("ledger: account suspended")
	// ErrClosed says that the account is closed for good.
	ErrClosed = errors.New("ledger: account closed")
	// ErrStatus says that an account's status does not allow the step; it is wrapped by a *StatusError.
	ErrStatus = errors.New("ledger: step not allowed in this status")
	// ErrInsufficient says that the account has too little available; it is wrapped by an *InsufficientError.
	ErrInsufficient = errors.New("ledger: insufficient funds")
	// ErrConflict says that the id, or the external reference, was used for something else; it is wrapped by a *ConflictError.
	ErrConflict = errors.New("ledger: id used for another request")
	// ErrDone says that exactly this request was carried out before; it is wrapped by a *DoneError. Do answers it as a replay.
	ErrDone = errors.New("ledger: already done")
	// ErrHold says that a hold is not there or no longer open; it is wrapped by a *HoldError.
	ErrHold = errors.New("ledger: hold not open")
	// ErrNoEntry says that there is no such journal entry.
	ErrNoEntry = errors.New("ledger: no such entry")
	// ErrChanged says that an account changed between the building of a change and its commit: build it again. Do does so by itself.
	ErrChanged = errors.New("ledger: account changed meanwhile")
	// ErrMoving says that a proof was given up because the ledger didn't stand still long enough; try at a quieter time.
	ErrMoving = errors.New("ledger: entries kept coming during the proof")
)

// InsufficientError is an ErrInsufficient with its numbers.
type InsufficientError struct {
	Account AccountID
	// Available is what the account had available, Needed what was asked for, Floor what must stay.
	Available, Needed, Floor money.Amount
	cause                    error
}

// Error names the account and the amounts.
func (e *InsufficientError) Error() string {
	text := fmt.Sprintf("%v: %s has %s available, %s is needed", ErrInsufficient, e.Account, e.Available, e.Needed)
	if !e.Floor.IsZero() {
		text += fmt.Sprintf(" and %s must stay", e.Floor)
	}
	return text
}

// Unwrap gives ErrInsufficient and the storage's own error.
func (e *InsufficientError) Unwrap() []error { return []error{ErrInsufficient, e.cause} }

// ConflictError is an ErrConflict with what holds the id.
type ConflictError struct {
	// Kind is "entry", "hold", "account" or "reversal"; ID is the id that was used.
	Kind, ID string
	// By names what uses it when that has another id: the entry that reverses, the state of an account.
	By string
}

// Error names the id and its holder.
func (e *ConflictError) Error() string {
	text := fmt.Sprintf("%v: %s %q", ErrConflict, e.Kind, e.ID)
	if e.By != "" {
		text += ": " + e.By
	}
	return text + "; give a new request a new id"
}

// Unwrap gives ErrConflict.
func (e *ConflictError) Unwrap() error { return ErrConflict }

// DoneError is an ErrDone with what was recorded the first time.
type DoneError struct{ Done Done }

// Error names what was done.
func (e *DoneError) Error() string {
	switch d := e.Done; {
	case d.Entry.ID != "":
		return fmt.Sprintf("%v: entry %q", ErrDone, d.Entry.ID)
	case d.Hold.ID != "":
		return fmt.Sprintf("%v: hold %q is %s", ErrDone, d.Hold.ID, d.Hold.State)
	default:
		return fmt.Sprintf("%v: account %s is %s", ErrDone, d.Account.ID, d.Account.Status)
	}
}

// Unwrap gives ErrDone.
func (e *DoneError) Unwrap() error { return ErrDone }

// HoldError is an ErrHold with the hold's state.
type HoldError struct {
	ID string
	// State is what the hold is; 0 when there is no such hold.
	State HoldState
}

// Error names the hold and its state.
func (e *HoldError) Error() string {
	if e.State == 0 {
		return fmt.Sprintf("%v: there is no hold %q", ErrHold, e.ID)
	}
	return fmt.Sprintf("%v: hold %q is %s", ErrHold, e.ID, e.State)
}

// Unwrap gives ErrHold.
func (e *HoldError) Unwrap() error { return ErrHold }

// StatusError is an ErrStatus with the account and why.
type StatusError struct {
	Account AccountID
	Status  Status
	// Step is what was asked: "suspend", "reopen", "close".
	Step string
	// Why says what stands in the way.
	Why string
}

// Error names the account, the step and the obstacle.
func (e *StatusError) Error() string {
	return fmt.Sprintf("%v: can't %s %s, which is %s: %s", ErrStatus, e.Step, e.Account, e.Status, e.Why)
}

// Unwrap gives ErrStatus.
func (e *StatusError) Unwrap() error { return ErrStatus }
