package rollout

import (
	"fmt"
	"slices"

	"courts.example/eservices/calendar"
	"courts.example/eservices/icms/law"
)

// Question asks whether somebody must use the electronic system for an act on a day. What is left out is not known, and decides nothing:
// where it matters the answer is Unknown.
type Question struct {
	// Court and Type name the type of case, Date the day of the act.
	Court, Type string
	Date        calendar.Date
	// Represented says whether the party acts by a legal representative.
	Represented Verdict
	// Firm says which law firm acts, if any.
	Firm Firm
	// Commencing says whether the act commences a case.
	Commencing Verdict
	// Permitted says that the court has given permission beforehand not to use the system.
	Permitted bool
}

// Firm is what is known of the law firm that acts. FirmNotSaid is the zero value.
type Firm uint8

// What may be known of a firm. Its history counts everywhere: a case that it commenced electronically in any court on the list.
const (
	// FirmNotSaid is not known.
	FirmNotSaid Firm = iota
	// NoFirm says that no law firm acts.
	NoFirm
	// FirmNew says that a law firm acts that has never commenced a case by the system.
	FirmNew
	// FirmUsed says that a law firm acts that has done so before.
	FirmUsed
)

// Condition is one of the conditions that a mandate can have.
type Condition uint8

// The conditions. The zero value is none of them.
const (
	// IfRepresented: the party acts by a legal representative.
	IfRepresented Condition = iota + 1
	// IfCommencing: the act commences a case.
	IfCommencing
	// IfFirmNew: a law firm acts that has never commenced a case by the system. Once it has, the duty is spent.
	IfFirmNew
	// UnlessPermitted: the court has not given permission beforehand to do otherwise.
	UnlessPermitted
)

var conditionNames = []string{"", "represented", "commencing", "firm_new", "not_permitted"}

// String gives the name as it stands in files.
func (c Condition) String() string { return nameOf(conditionNames, c) }

// MarshalText writes the name; the zero value and a number outside the list are errors.
func (c Condition) MarshalText() ([]byte, error) { return marshalName(conditionNames, "condition", c) }

// UnmarshalText reads what MarshalText wrote.
func (c *Condition) UnmarshalText(b []byte) error {
	return unmarshalName(conditionNames, "condition", b, c)
}

// Duty is whether somebody must use the electronic system.
type Duty struct {
	// Verdict is Yes when any mandate of the court binds, No when none does, and else Unknown.
	Verdict Verdict `json:"verdict"`
	// Mandates has what each mandate of the court that was at least planned on the day says by itself.
	Mandates []MandateDuty `json:"mandates,omitempty"`
	// Reason is how the verdict was found, with what it rests on.
	Reason law.Reason `json:"reason"`
}

// MandateDuty is what one mandate says.
type MandateDuty struct {
	// Name and Title are those of the mandate.
	Name  string   `json:"name"`
	Title law.Text `json:"title"`
	// State is how far it had come on the day, From the day from which it binds or is to bind (in the state Planned the earliest), and
	// Latest the last day of the planned time, zero when none is stated.
	State  State         `json:"state"`
	From   calendar.Date `json:"from"`
	Latest calendar.Date `json:"latest,omitzero"`
	// Verdict is whether it binds.
	Verdict Verdict `json:"verdict"`

	steps []law.Step
}

// Mandate answers a question. A mandate binds only where filing covers the type on the day; in the state Planned it binds nobody before the
// earliest day of the plan, and from then on nobody knows. The error is a *[NotListedError] for what is not on the list, and wraps
// [ErrQuestion] for the zero Date.
func (t *Table) Mandate(q Question) (Duty, error) {
	c, k, err := t.find(q.Court, q.Type)
	if err != nil {
		return Duty{}, err
	}
	if q.Date.IsZero() {
		return Duty{}, fmt.Errorf("%w: it names no date", ErrQuestion)
	}
	filing := k.Offer(Filing)
	covered := t.offered(c, k, &filing, q.Date)
	d := Duty{Verdict: No}
	for _, m := range t.mandates {
		stage, planned := m.at(q.Date)
		if !planned || !slices.Contains(m.Courts, c.Code) {
			continue
		}
		one := MandateDuty{Name: m.Name, Title: m.Title, State: stage.State, From: stage.From, Latest: stage.Latest}
		one.weigh(m, stage, covered, &q)
		d.Mandates = append(d.Mandates, one)
		d.Verdict = d.Verdict.or(one.Verdict)
	}
	d.Reason = law.Reason{Data: t.name + "@" + t.version, Steps: d.steps(c)}
	return d, nil
}

// steps joins the steps of the mandates that decided: all of the verdict's own kind, and for No the ground on which use is voluntary.
func (d *Duty) steps(c *Court) []law.Step {
	var steps []law.Step
	if d.Verdict == No {
		steps = append(steps, law.Step{
			Code: StepVoluntary, Provision: c.Voluntary, Values: []law.Value{law.V("court", c.Name)},
			Says: law.T("{court}: use is voluntary unless a mandate binds", "{court}：除非有強制規定適用，否則屬自願使用"),
		})
	}
	for _, m := range d.Mandates {
		if m.Verdict == d.Verdict {
			steps = append(steps, m.steps...)
		}
	}
	return steps
}

// at gives the stage of a mandate on a day; false before the first.
func (m *Mandate) at(d calendar.Date) (s Stage, ok bool) {
	for _, stage := range m.Stages {
		if d.Before(stage.Since) {
			break
		}
		s, ok = stage, true
	}
	return s, ok
}

// weigh finds the verdict of one mandate: its stage, then whether the type is covered, then its conditions. The first No ends it, so that
// the steps of a No name what decided; those of an Unknown name everything that is not known.
func (d *MandateDuty) weigh(m *Mandate, s Stage, covered Answer, q *Question) {
	d.Verdict = s.binds(q.Date)
	d.steps = append(d.steps, s.step(m.Title, q.Date))
	if d.Verdict == No {
		return
	}
	if covered.Verdict != Yes {
		d.steps = append(d.steps, covered.Reason.Steps...)
		if d.Verdict = d.Verdict.and(covered.Verdict); d.Verdict == No {
			return
		}
	}
	for _, c := range m.When {
		met := c.met(q)
		d.steps = append(d.steps, c.step(met, q))
		if d.Verdict = d.Verdict.and(met); d.Verdict == No {
			return
		}
	}
}

// binds tells whether a mandate in this stage binds on a day.
func (s Stage) binds(d calendar.Date) Verdict {
	switch {
	case d.Before(s.From):
		return No
	case s.State == Planned:
		return Unknown
	}
	return Yes
}

// met tells whether the condition is met.
func (c Condition) met(q *Question) Verdict {
	switch c {
	case IfRepresented:
		return q.Represented
	case IfCommencing:
		return q.Commencing
	case IfFirmNew:
		switch q.Firm {
		case FirmNew:
			return Yes
		case NoFirm, FirmUsed:
			return No
		}
		return Unknown
	case UnlessPermitted:
		if q.Permitted {
			return No
		}
		return Yes
	}
	return Unknown
}
