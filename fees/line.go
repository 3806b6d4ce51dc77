package fees

import (
	"encoding/json"

	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/money"
)

// Line is the price of one use of an item. It is a value; [Line.Reason] is built when somebody asks.
type Line struct {
	Item string
	Mode Mode
	// Unknown says that nobody knows the fee; the reason says why. It is not a fee of nothing.
	Unknown bool
	// Amount is what the use is for, such as the sum claimed; the zero Amount when the fee does not depend on one.
	Amount money.Amount
	// Units is the number of units of an item that is priced by the unit, otherwise 0.
	Units int64
	// Base is the paper fee, Concession what is taken off it (never negative), Payable what is left. All three are the zero
	// Amount when Unknown.
	Base, Concession, Payable money.Amount

	basis *basis
}

// Band names the band by its first and last amount, "5000.01-25000.00"; the last band may have no end, "75000.01-". It is empty for
// an item without bands.
func (l Line) Band() string {
	if l.basis == nil {
		return ""
	}
	return l.basis.label
}

// title is the item's name for people; a line that was read from JSON has lost it.
func (l Line) title() law.Text {
	if l.basis == nil || l.basis.pricer == nil {
		return nil
	}
	return l.basis.pricer.title
}

// Provision is what the paper fee rests on, with the period in which the schedule applies it.
func (l Line) Provision() law.Provision {
	if l.basis == nil {
		return law.Provision{}
	}
	return l.basis.provision
}

// Status is how certain the payable fee is: the weakest status of all that it rests on, the same that the Reason has.
func (l Line) Status() law.Status {
	if l.basis == nil {
		return law.Unstated
	}
	return l.basis.status
}

// Reason gives the steps to the fee, each with its provision. A line that was read from JSON has lost them.
func (l Line) Reason() law.Reason {
	if l.basis == nil || l.basis.pricer == nil {
		return law.Reason{}
	}
	s := l.basis.pricer.schedule
	return law.Reason{Steps: l.basis.steps(l), Data: s.name + "@" + s.version}
}

// lineJSON is the form of a Line in JSON. Amounts are absent where there are none, so that an unknown fee never reads as zero.
type lineJSON struct {
	Item       string         `json:"item"`
	Mode       Mode           `json:"mode"`
	Band       string         `json:"band,omitempty"`
	Amount     *money.Amount  `json:"amount,omitempty"`
	Units      int64          `json:"units,omitempty"`
	Base       *money.Amount  `json:"base,omitempty"`
	Concession *money.Amount  `json:"concession,omitempty"`
	Payable    *money.Amount  `json:"payable,omitempty"`
	Unknown    bool           `json:"unknown,omitempty"`
	Status     law.Status     `json:"status"`
	Provision  *law.Provision `json:"provision,omitempty"`
}

// MarshalJSON writes the line with its provision and status but without the reason; write Reason beside it where it is needed.
func (l Line) MarshalJSON() ([]byte, error) {
	j := lineJSON{
		Item: l.Item, Mode: l.Mode, Band: l.Band(), Amount: present(l.Amount), Units: l.Units,
		Base: present(l.Base), Concession: present(l.Concession), Payable: present(l.Payable),
		Unknown: l.Unknown, Status: l.Status(),
	}
	if p := l.Provision(); !p.IsZero() {
		j.Provision = &p
	}
	return json.Marshal(j)
}

// UnmarshalJSON reads what MarshalJSON wrote; writing it again gives the same bytes.
func (l *Line) UnmarshalJSON(b []byte) error {
	var j lineJSON
	if err := json.Unmarshal(b, &j); err != nil {
		return err
	}
	*l = Line{
		Item: j.Item, Mode: j.Mode, Amount: value(j.Amount), Units: j.Units,
		Base: value(j.Base), Concession: value(j.Concession), Payable: value(j.Payable), Unknown: j.Unknown,
		basis: &basis{label: j.Band, status: j.Status, provision: value(j.Provision)},
	}
	return nil
}

// present gives nil for the zero Amount; EUR 0.00 is an amount and stays.
func present(a money.Amount) *money.Amount {
	if a == (money.Amount{}) {
		return nil
	}
	return &a
}

func value[T any](p *T) T {
	if p == nil {
		var zero T
		return zero
	}
	return *p
}
