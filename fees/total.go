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
	next := *t
	next.Lines++
	if l.Unknown {
		next.Unknown++
		*t = next
		return nil
	}
	var err error
	if next.Base, err = t.Base.Add(l.Base); err != nil {
		return err
	}
	if next.Concession, err = t.Concession.Add(l.Concession); err != nil {
		return err
	}
	if next.Payable, err = t.Payable.Add(l.Payable); err != nil {
		return err
	}
	*t = next
	return nil
}

// sum is a Total of fresh lines of one schedule. They are of one currency and not negative, and what is taken off and what is left
// are together the base: where the sum of the bases fits, the others do.
type sum struct {
	lines, unknown            int64
	base, concession, payable int64
}

func (s *sum) add(l *Line) error {
	s.lines++
	if l.Unknown {
		s.unknown++
	}
	s.base += l.Base.Minor()
	s.concession += l.Concession.Minor()
	s.payable += l.Payable.Minor()
	if s.base < 0 {
		return fmt.Errorf("%w: the sum of %d fees", money.ErrOverflow, s.lines)
	}
	return nil
}

func (s *sum) total(c money.Currency) Total {
	return Total{Lines: s.lines, Unknown: s.unknown,
		Base: money.New(s.base, c), Concession: money.New(s.concession, c), Payable: money.New(s.payable, c)}
}

// Complete reports whether every line's fee is known, so that Payable is the whole price.
func (t Total) Complete() bool { return t.Unknown == 0 }

// String is the payable sum, and how many unknown fees come on top: "HKD 160.00" or "HKD 160.00 and 2 unknown fees".
func (t Total) String() string {
	switch t.Unknown {
	case 0:
		return t.Payable.String()
	case 1:
		return t.Payable.String() + " and 1 unknown fee"
	}
	return fmt.Sprintf("%s and %d unknown fees", t.Payable, t.Unknown)
}
