package rollout

import (
	"slices"

	"courts.example/eservices/calendar"
	"courts.example/eservices/icms/law"
)

// Table is a roll-out list: which service covers which type of case of which court since when, and who must use it. It is immutable and
// safe for any number of goroutines. [Load] reads one.
type Table struct {
	name, version string
	title         law.Text
	courts        []*Court
	mandates      []*Mandate
}

// Court is a court on the list.
type Court struct {
	// Code names the court in questions.
	Code string
	Name law.Text
	// Voluntary is why use is voluntary as long as no mandate says otherwise.
	Voluntary law.Provision
	// Concession is the period in which electronic fees are lowered; its zero value is an unknown one.
	Concession Concession
	// Search is how a search is charged; its zero value is unknown.
	Search SearchFee
	// Types are the types of case, in the order of the list.
	Types []Type
}

// Concession is the period of a concession on electronic fees. How much it takes off is a matter of the court's fees.
type Concession struct {
	// First and Last are its first and its last day, both in it. Zero is unknown.
	First, Last calendar.Date
	// Years is how long the law says that it lasts; Last follows from it.
	Years int
	// Length is where Years stands, Start where First stands, and End what Last rests on.
	Length, Start, End law.Provision
}

// Contains tells whether a day lies in the concession: Unknown when its days are not known.
func (c Concession) Contains(d calendar.Date) Verdict {
	switch {
	case c.First.IsZero() || d.IsZero():
		return Unknown
	case d.Before(c.First) || d.After(c.Last):
		return No
	}
	return Yes
}

// SearchFee says by which item of a court's fees a search is charged.
type SearchFee struct {
	// Item is the name of the item in the court's schedule of fees.
	Item string
	// Unit is what is counted, in words.
	Unit law.Text
	// Provision is where the unit stands.
	Provision law.Provision
}

// Type is a type of case on the list.
type Type struct {
	// Code names the type in questions.
	Code string
	Name law.Text
	// Named is where code and name were read.
	Named law.Provision
	// Offers has one entry for each service, in the order of [Services].
	Offers []Offer
}

// Offer is what is known of one service for one type of case: that it began on a day, that it is not offered, or neither.
type Offer struct {
	Service Service
	// Since is the first day; zero when it is not known, or when Never.
	Since calendar.Date
	// Never says that the service is not offered for the type.
	Never bool
	// NotBefore and By bound a first day that is not known: the service had not begun before the one, and had begun by the other. The
	// zero Bound leaves that side open.
	NotBefore, By Bound
	// Commenced leaves out cases that were commenced before its day. The zero Bound leaves out none.
	Commenced Bound
	// Note says why the first day is not known, or why the service is not offered.
	Note law.Text
	// Provision is what Since, Never or the note rests on.
	Provision law.Provision
}

// Bound is a day with what it rests on.
type Bound struct {
	Day       calendar.Date
	Provision law.Provision
}

// Mandate is a rule that makes use mandatory, with how it came about.
type Mandate struct {
	// Name names the rule in answers, Title says it in words.
	Name  string
	Title law.Text
	// Courts are the codes of the courts that it is for.
	Courts []string
	// When are the conditions; it binds who meets all of them.
	When []Condition
	// Stages are how it came about, by their days.
	Stages []Stage
}

// Stage is what was known of a mandate from a day on, until the next stage.
type Stage struct {
	State State
	// Since is the first day of the stage; of InForce it is the first day on which the mandate binds.
	Since calendar.Date
	// From is the day from which it will bind: fixed in the state Announced, the earliest one in the state Planned.
	From calendar.Date
	// Latest is the last day of the planned time; zero when the plan names none.
	Latest    calendar.Date
	Provision law.Provision
}

// Name is what programs call the table.
func (t *Table) Name() string { return t.name }

// Version is the version of its data. Reasons carry name and version.
func (t *Table) Version() string { return t.version }

// Title says in words what the table is.
func (t *Table) Title() law.Text { return t.title }

// Courts lists the courts in the order of the list.
func (t *Table) Courts() []Court {
	out := make([]Court, len(t.courts))
	for i, c := range t.courts {
		out[i] = c.clone()
	}
	return out
}

// Court gives the court of a code; false when it is not on the list.
func (t *Table) Court(code string) (Court, bool) {
	if c := t.court(code); c != nil {
		return c.clone(), true
	}
	return Court{}, false
}

// Mandates lists the mandates in the order of the list.
func (t *Table) Mandates() []Mandate {
	out := make([]Mandate, len(t.mandates))
	for i, m := range t.mandates {
		out[i] = *m
		out[i].Courts, out[i].When, out[i].Stages = slices.Clone(m.Courts), slices.Clone(m.When), slices.Clone(m.Stages)
	}
	return out
}

// Offer gives what is known of a service for the type; its Service is zero for a service that is none.
func (t Type) Offer(s Service) Offer {
	for _, o := range t.Offers {
		if o.Service == s {
			return o
		}
	}
	return Offer{}
}

func (t *Table) court(code string) *Court {
	for _, c := range t.courts {
		if c.Code == code {
			return c
		}
	}
	return nil
}

// find gives a court and a type of it, or the error that says which of them is not on the list.
func (t *Table) find(court, kind string) (*Court, *Type, error) {
	c := t.court(court)
	if c == nil {
		return nil, nil, &NotListedError{Court: court, Listed: t.codes()}
	}
	if k := c.find(kind); k != nil {
		return c, k, nil
	}
	e := &NotListedError{Court: court, Type: kind, InCourt: true}
	for _, k := range c.Types {
		e.Listed = append(e.Listed, k.Code)
	}
	return nil, nil, e
}

func (t *Table) codes() []string {
	codes := make([]string, len(t.courts))
	for i, c := range t.courts {
		codes[i] = c.Code
	}
	return codes
}

func (c *Court) find(kind string) *Type {
	for i := range c.Types {
		if c.Types[i].Code == kind {
			return &c.Types[i]
		}
	}
	return nil
}

func (c *Court) clone() Court {
	out := *c
	out.Types = slices.Clone(c.Types)
	for i := range out.Types {
		out.Types[i].Offers = slices.Clone(out.Types[i].Offers)
	}
	return out
}
