package fees

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"

	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/money"
)

// Tally sums the lines of a batch by what they are for: the rows of its order of payment. The zero Tally is empty and ready.
// Adding a line allocates nothing once the tally has a group for it. A Tally is not safe for concurrent use.
type Tally struct {
	groups []group
	sum    sum
}

// Group is a row of a tally: the lines of one item in one mode, one band and under one provision.
type Group struct {
	Item  string   `json:"item"`
	Title law.Text `json:"title,omitempty"`
	Mode  Mode     `json:"mode"`
	// Band is that of [Line.Band].
	Band string `json:"band,omitempty"`
	// Count is the number of lines, Units the sum of their units.
	Count int64 `json:"count"`
	Units int64 `json:"units,omitempty"`
	// Unknown says that nobody knows the fee of these lines; all amounts are then the zero Amount.
	Unknown bool `json:"unknown,omitempty"`
	// EachBase and EachPayable are what every one of the lines costs; the zero Amount where they differ, as with a percentage.
	EachBase    money.Amount `json:"eachBase"`
	EachPayable money.Amount `json:"eachPayable"`
	// Base, Concession and Payable are the sums.
	Base       money.Amount `json:"base"`
	Concession money.Amount `json:"concession"`
	Payable    money.Amount `json:"payable"`
	// Provision is what the paper fee rests on; Status is the weakest status of the lines.
	Provision law.Provision `json:"provision"`
	Status    law.Status    `json:"status"`
}

// group is a Group in the making. Further lines of the pricer that opened it are found by comparing a pointer.
type group struct {
	row   Group // without its sums
	basis *basis
	sum   sum
}

// Add adds a line; after an error the tally is as it was. Errors wrap money.ErrOverflow or money.ErrCurrency.
func (t *Tally) Add(l Line) error {
	all := t.sum
	if err := all.add(&l); err != nil {
		return err
	}
	if g := t.find(&l); g != nil {
		if err := g.add(&l); err != nil {
			return err
		}
	} else {
		fresh := opened(&l)
		if err := fresh.add(&l); err != nil {
			return err
		}
		t.groups = append(t.groups, fresh)
	}
	t.sum = all
	return nil
}

// find gives the group of a line, nil when it needs a new one.
func (t *Tally) find(l *Line) *group {
	for i := range t.groups {
		if g := &t.groups[i]; g.basis == l.basis && g.basis != nil {
			return g
		}
	}
	for i := range t.groups {
		g := &t.groups[i]
		if r := &g.row; r.Item == l.Item && r.Mode == l.Mode && r.Unknown == l.Unknown && r.Band == l.Band() && same(r.Provision, l.Provision()) {
			return g
		}
	}
	return nil
}

// same compares provisions of which one may have been read from JSON, where an instant loses its zone's name.
func same(a, b law.Provision) bool {
	if !a.From.Equal(b.From) || !a.Until.Equal(b.Until) {
		return false
	}
	b.From, b.Until = a.From, a.Until
	return a == b
}

func opened(l *Line) group {
	return group{basis: l.basis, row: Group{
		Item: l.Item, Title: l.title(), Mode: l.Mode, Band: l.Band(), Unknown: l.Unknown,
		EachBase: l.Base, EachPayable: l.Payable,
		Provision: l.Provision(), Status: l.Status(),
	}}
}

// add leaves the group as it was when it fails.
func (g *group) add(l *Line) error {
	if err := g.sum.add(l); err != nil {
		return err
	}
	g.row.Status = min(g.row.Status, l.Status())
	if g.row.EachBase != l.Base || g.row.EachPayable != l.Payable {
		g.row.EachBase, g.row.EachPayable = money.Amount{}, money.Amount{}
	}
	return nil
}

// Total is the sum of all lines added.
func (t *Tally) Total() Total { return t.sum.total() }

// Groups gives the rows in the order of item, mode and band, whatever the order of the lines.
func (t *Tally) Groups() []Group {
	out := make([]Group, len(t.groups))
	for i := range t.groups {
		g := &t.groups[i]
		out[i] = g.row
		out[i].Count, out[i].Units = g.sum.lines, g.sum.units
		out[i].Base, out[i].Concession, out[i].Payable = g.sum.amounts()
	}
	slices.SortStableFunc(out, func(a, b Group) int {
		return cmp.Or(cmp.Compare(a.Item, b.Item), cmp.Compare(a.Mode, b.Mode), compareBands(a.Band, b.Band),
			a.Provision.From.Compare(b.Provision.From), cmp.Compare(a.Provision.String(), b.Provision.String()))
	})
	return out
}

// compareBands orders labels by their first amount: plain decimals of one currency, so the longer one is the larger.
func compareBands(a, b string) int {
	a, _, _ = strings.Cut(a, "-")
	b, _, _ = strings.Cut(b, "-")
	return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b))
}

type tallyJSON struct {
	Groups []Group `json:"groups"`
	Total  Total   `json:"total"`
}

// MarshalJSON writes the groups, as Groups orders them, and the total. The same lines in any order give the same bytes.
func (t *Tally) MarshalJSON() ([]byte, error) {
	return json.Marshal(tallyJSON{t.Groups(), t.Total()})
}

// UnmarshalJSON reads what MarshalJSON wrote; further lines can be added. Amounts that are not of one currency are an error.
func (t *Tally) UnmarshalJSON(b []byte) (err error) {
	var j tallyJSON
	if err := json.Unmarshal(b, &j); err != nil {
		return err
	}
	var out Tally
	if out.sum, err = resume(j.Total); err != nil {
		return err
	}
	for _, row := range j.Groups {
		g := group{row: row}
		if g.sum, err = resume(Total{Lines: row.Count, Base: row.Base, Concession: row.Concession, Payable: row.Payable}); err != nil {
			return err
		}
		g.sum.units = row.Units
		out.groups = append(out.groups, g)
	}
	*t = out
	return nil
}
