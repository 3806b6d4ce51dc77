package ledger

import (
	"fmt"
	"time"

	"courts.example/eservices/icms/money"
)

// Status is the state of a deposit account.
type Status uint8

// The statuses. The zero Status is none.
const (
	// Open takes entries and holds.
	Open Status = iota + 1
	// Suspended takes neither until the account is reopened; what is held is still captured or released.
	Suspended
	// Closed is the end: the account is empty, nothing is held, and it never opens again.
	Closed
)

var statusNames = [...]string{"", "open", "suspended", "closed"}

// String is the name as it stands in the records.
func (s Status) String() string { return nameOf("status", statusNames[:], uint8(s)) }

// MarshalText writes the name; the zero Status is an error.
func (s Status) MarshalText() ([]byte, error) { return marshalName("status", statusNames[:], uint8(s)) }

// UnmarshalText reads a name.
func (s *Status) UnmarshalText(b []byte) error {
	return unmarshalName("status", statusNames[:], b, (*uint8)(s))
}

// statusStep is one row of the table of what may happen to an account.
type statusStep struct {
	step     string
	from, to Status
}

// statusSteps is the whole table; what is not in it is refused.
var statusSteps = [...]statusStep{
	{"suspend", Open, Suspended},
	{"reopen", Suspended, Open},
	{"close", Suspended, Closed},
}

// Account is the record of a deposit account.
type Account struct {
	ID       AccountID      `json:"id"`
	Currency money.Currency `json:"currency"`
	Status   Status         `json:"status"`
	// Opened is when it was opened; Changed when its status changed last, with the reason given.
	Opened  time.Time `json:"opened"`
	Changed time.Time `json:"changed,omitzero"`
	Reason  string    `json:"reason,omitempty"`
	// Branches counts the branch accounts of a main account that are not closed.
	Branches int64 `json:"branches,omitempty"`
	// Version is the record's version in the store.
	Version int64 `json:"-"`
}

// usable gives the error for an account that takes no entries, nil for an open one.
func (a Account) usable() error {
	switch a.Status {
	case Suspended:
		return fmt.Errorf("%w: %s", ErrSuspended, a.ID)
	case Closed:
		return fmt.Errorf("%w: %s", ErrClosed, a.ID)
	}
	return nil
}

func nameOf(what string, names []string, n uint8) string {
	if n > 0 && int(n) < len(names) {
		return names[n]
	}
	return fmt.Sprintf("%s(%d)", what, n)
}

func marshalName(what string, names []string, n uint8) ([]byte, error) {
	if n == 0 || int(n) >= len(names) {
		return nil, fmt.Errorf("ledger: no %s has the number %d", what, n)
	}
	return []byte(names[n]), nil
}

func unmarshalName(what string, names []string, b []byte, n *uint8) error {
	for i, name := range names {
		if i > 0 && name == string(b) {
			*n = uint8(i)
			return nil
		}
	}
	return fmt.Errorf("ledger: %s %.20q is none of %q", what, b, names[1:])
}
