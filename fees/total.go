package fees

import (
	"fmt"

	"courts.example/eservices/icms/money"
)

// Total is a checked sum of lines. Lines whose fee nobody knows are counted in Unknown and are in none of the sums: a Total
// with Unknown above zero is not the whole price.
type Total struct {
	// Lines is the number of lines added, Unknown how many of them have no known fee.
	Lines   int64 `json:"lines"`
	Unknown int64 `json:"unknown"`
	// Base, Concession and Payable are the sums over the lines whose fee is known.
	Base       money.Amount `json:"base"`
	Concession money.Amount `json:"concession"`
	Payable    money.Amount `json:"payable"`
}

// NewTotal is the total of no lines: zero of the currency.
func NewTotal(c money.Currency) Total {
	zero := money.New(0, c)
	return Total{Base: zero, Concession: zero, Payable: zero}
}

// Add adds a line; after an error the total is as it was. Errors wrap money.ErrOverflow or money.ErrCurrency. The zero Total
// takes the currency of the first line with a known fee.
func (t *Total) Add(l Line) error {
	s, err := resume(*t)
	if err == nil {
		err = s.add(&l)
	}
	if err == nil {
		*t = s.total()
	}
	return err
}

// Complete reports whether every line's fee is known, so that Payable is the whole price.
func (t Total) Complete() bool { return t.Unknown == 0 }

// String is the payable sum, and how many unknown fees come on top: "EUR 160.00" or "EUR 160.00 and 2 unknown fees".
func (t Total) String() string {
	switch t.Unknown {
	case 0:
		return t.Payable.String()
	case 1:
		return t.Payable.String() + " and 1 unknown fee"
	}
	return fmt.Sprintf("%s and %d unknown fees", t.Payable, t.Unknown)
}
