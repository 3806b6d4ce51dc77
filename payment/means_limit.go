package payment

import (
	"fmt"

	"courts.example/eservices/icms/money"
)

// Limit is the least or the most that may be paid, as far as it is known. Limits compare with ==; the zero Limit is unknown.
type Limit struct {
	amount money.Amount
	state  limitState
}

type limitState uint8

const (
	limitUnknown limitState = iota
	limitNone
	limitStated
)

// The words for a Limit that is no amount.
const (
	unknownWord = "unknown"
	noneWord    = "none"
)

// LimitOf is a limit that somebody stated: more than nothing, in a currency, or no rule takes it.
func LimitOf(a money.Amount) Limit { return Limit{a, limitStated} }

// NoLimit is the statement that there is no limit. Where nobody told of one, the limit is unknown, which is the zero Limit.
func NoLimit() Limit { return Limit{state: limitNone} }

// Amount gives the amount, and whether there is one: not when the limit is unknown or stated not to be there.
func (l Limit) Amount() (money.Amount, bool) { return l.amount, l.state == limitStated }

// Known reports whether somebody stated the limit, or that there is none.
func (l Limit) Known() bool { return l.state != limitUnknown }

// String is "unknown", "none" or the amount: "HKD 500.00".
func (l Limit) String() string {
	switch l.state {
	case limitNone:
		return noneWord
	case limitStated:
		return l.amount.String()
	}
	return unknownWord
}

func (l Limit) check() error {
	if l.state == limitStated && (l.amount.Sign() <= 0 || l.amount.Currency().IsZero()) {
		return fmt.Errorf("%w: %q is no limit: write %q or %q", ErrInvalid, l, unknownWord, noneWord)
	}
	return nil
}

// MarshalText writes String. An amount that is not more than nothing is an error.
func (l Limit) MarshalText() ([]byte, error) { return []byte(l.String()), l.check() }

// UnmarshalText reads what MarshalText writes.
func (l *Limit) UnmarshalText(b []byte) error {
	var read Limit
	switch string(b) {
	case unknownWord:
	case noneWord:
		read = NoLimit()
	default:
		read.state = limitStated
		if err := read.amount.UnmarshalText(b); err != nil {
			return fmt.Errorf("%w: a limit is %q, %q or an amount: %w", ErrInvalid, unknownWord, noneWord, err)
		}
	}
	if err := read.check(); err != nil {
		return err
	}
	*l = read
	return nil
}

// Per is what the most that may be paid is counted over.
type Per uint8

// What a Max is counted over. Where that is unknown, the zero Per, no single payment may be more than it.
const (
	PerUnknown Per = iota
	PerTransaction
	// PerDay counts what one payer pays by these means on one day; see MeansUse.Earlier.
	PerDay
)

var perNames = [...]string{"unknown", "transaction", "day"}

// String is "unknown", "transaction" or "day".
func (p Per) String() string {
	if int(p) < len(perNames) {
		return perNames[p]
	}
	return fmt.Sprintf("per(%d)", uint8(p))
}

// MarshalText writes String; a Per that is none of them is an error.
func (p Per) MarshalText() ([]byte, error) {
	if int(p) >= len(perNames) {
		return nil, fmt.Errorf("%w: limits are not counted over %s", ErrInvalid, p)
	}
	return []byte(p.String()), nil
}

// UnmarshalText reads what MarshalText writes.
func (p *Per) UnmarshalText(b []byte) error {
	for i, name := range perNames {
		if name == string(b) {
			*p = Per(i)
			return nil
		}
	}
	return fmt.Errorf("%w: a limit is counted over %q, which is none of %q", ErrInvalid, b, perNames)
}
