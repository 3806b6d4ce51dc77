package ledger

import (
	"time"

	"courts.example/eservices/icms/money"
)

// HoldState is the state of a hold.
type HoldState uint8

// The states. The zero HoldState is none.
const (
	// Held reserves the amount.
	Held HoldState = iota + 1
	// Captured took the amount or a part of it and gave back the rest.
	Captured
	// Released gave back all of it.
	Released
)

var holdNames = [...]string{"", "held", "captured", "released"}

// String is the name as it stands in the records.
func (s HoldState) String() string { return nameOf("hold state", holdNames[:], uint8(s)) }

// MarshalText writes the name; the zero HoldState is an error.
func (s HoldState) MarshalText() ([]byte, error) {
	return marshalName("hold state", holdNames[:], uint8(s))
}

// UnmarshalText reads a name.
func (s *HoldState) UnmarshalText(b []byte) error {
	return unmarshalName("hold state", holdNames[:], b, (*uint8)(s))
}

// Hold is money of a deposit account set aside for one purpose: no longer available, but not yet paid. It ends exactly once, captured or released.
type Hold struct {
	ID      string       `json:"id"`
	Account AccountID    `json:"account"`
	Amount  money.Amount `json:"amount"`
	// Ref says what it is for: an order.
	Ref   string    `json:"ref,omitempty"`
	State HoldState `json:"state"`
	At    time.Time `json:"at"`
	// Taken is the part that was captured, by the entry named Entry.
	Taken money.Amount `json:"taken,omitzero"`
	Entry string       `json:"entry,omitempty"`
	// Ended is when it was captured or released, with the reason given for a release.
	Ended  time.Time `json:"ended,omitzero"`
	Reason string    `json:"reason,omitempty"`
	// Hash is the SHA-256 of the request that placed it: id, account, amount and reference.
	Hash string `json:"hash"`
	// Version is the record's version in the store.
	Version int64 `json:"-"`
}

// sum hashes the request that placed the hold.
func (h Hold) sum() string {
	return digest(Hold{ID: h.ID, Account: h.Account, Amount: h.Amount, Ref: h.Ref, State: Held})
}
