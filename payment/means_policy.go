package payment

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"time"

	"courts.example/eservices/icms/law"
)

// MeansPolicy says by which means the courts take payments. It is immutable and safe for concurrent use. The policy without rules takes none.
type MeansPolicy struct {
	rules []MeansRule
	means []Means // in the order of their first rules
}

// NewMeansPolicy proves rules and makes a policy of them; it keeps no reference to them. The order of the rules is that in which means are
// offered. Rules of one court for the same means may follow each other in time but not overlap. The error wraps ErrInvalid and names the rule,
// or both.
func NewMeansPolicy(rules ...MeansRule) (*MeansPolicy, error) {
	p := &MeansPolicy{rules: make([]MeansRule, len(rules))}
	for i, r := range rules {
		if err := r.check(); err != nil {
			return nil, fmt.Errorf("%w: means of payment: %s: %w", ErrInvalid, r.place(i), err)
		}
		p.rules[i] = r.clone()
		if !slices.Contains(p.means, r.Means) {
			p.means = append(p.means, r.Means)
		}
	}
	if err := checkOverlaps(p.rules); err != nil {
		return nil, err
	}
	return p, nil
}

// LoadMeans reads a policy from JSON, {"rules": [...]}, and proves it as NewMeansPolicy does. Unknown fields, and anything behind the
// policy, are errors.
func LoadMeans(data []byte) (*MeansPolicy, error) {
	var in meansJSON
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(&in); err != nil {
		return nil, fmt.Errorf("%w: means of payment: %w", ErrInvalid, err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%w: means of payment: something follows the policy at byte %d", ErrInvalid, d.InputOffset())
	}
	return NewMeansPolicy(in.Rules...)
}

type meansJSON struct {
	Rules []MeansRule `json:"rules"`
}

// MarshalJSON writes what LoadMeans reads; the same policy always gives the same bytes.
func (p *MeansPolicy) MarshalJSON() ([]byte, error) {
	return json.Marshal(meansJSON{append([]MeansRule{}, p.rules...)})
}

// Rules gives the rules in their order.
func (p *MeansPolicy) Rules() []MeansRule {
	rules := make([]MeansRule, len(p.rules))
	for i, r := range p.rules {
		rules[i] = r.clone()
	}
	return rules
}

func (r MeansRule) clone() MeansRule {
	r.Name = maps.Clone(r.Name)
	r.From, r.Until = r.From.Round(0), r.Until.Round(0)
	r.Unregistered = slices.Clone(r.Unregistered)
	for i, p := range r.Unregistered {
		r.Unregistered[i].Name = maps.Clone(p.Name)
	}
	return r
}

// checkOverlaps finds two rules of one court for the same means that are both in force at some time.
func checkOverlaps(rules []MeansRule) error {
	order := make([]int, len(rules))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int {
		a, b := rules[i], rules[j]
		return cmp.Or(cmp.Compare(a.Court, b.Court), cmp.Compare(a.Means, b.Means), a.From.Compare(b.From))
	})
	for n := 1; n < len(order); n++ {
		i, j := order[n-1], order[n]
		a, b := rules[i], rules[j]
		if a.Court == b.Court && a.Means == b.Means && (a.Until.IsZero() || b.From.Before(a.Until)) {
			return fmt.Errorf("%w: means of payment: %s and %s are both in force at %s: end one where the other begins",
				ErrInvalid, a.place(i), b.place(j), instant(b.From))
		}
	}
	return nil
}

// of gives the rules that hold for a means at a court: the court's own, or, if it has none, those for every court.
func (p *MeansPolicy) of(court string, m Means) []MeansRule {
	var own, every []MeansRule
	for _, r := range p.rules {
		switch {
		case r.Means != m:
		case r.Court == "":
			every = append(every, r)
		case r.Court == court:
			own = append(own, r)
		}
	}
	if len(own) > 0 {
		return own
	}
	return every
}

// inForce gives the rule for a means at a court at an instant.
func (p *MeansPolicy) inForce(court string, m Means, at time.Time) (MeansRule, bool) {
	for _, r := range p.of(court, m) {
		if r.at(at) {
			return r, true
		}
	}
	return MeansRule{}, false
}

// Offer is a means by which a payment can be made, as a payer may be shown it.
type Offer struct {
	Means Means    `json:"means"`
	Name  law.Text `json:"name"`
	Min   Limit    `json:"min"`
	Max   Limit    `json:"max"`
	Per   Per      `json:"per"`
	// Provision is where it was read, with its status.
	Provision law.Provision `json:"provision"`
}

// Offered lists the means by which a payer can pay a court for a purpose at an instant, in the order of the rules.
func (p *MeansPolicy) Offered(court, purpose string, registered bool, at time.Time) []Offer {
	var offers []Offer
	for _, m := range p.means {
		if r, ok := p.inForce(court, m, at); ok && r.lets(registered, purpose) {
			offers = append(offers, Offer{m, maps.Clone(r.name()), r.Min, r.Max, r.Per, r.Provision})
		}
	}
	return offers
}

// instant writes an instant for people in the zone in which the rule has it, its date alone when the day begins then.
func instant(t time.Time) string {
	if t.IsZero() {
		return "any time"
	}
	if h, m, s := t.Clock(); h+m+s+t.Nanosecond() == 0 {
		return t.Format(time.DateOnly)
	}
	return t.Format("2006-01-02 15:04:05 -07:00")
}

// perPayment refuses a policy with a limit that is counted over more than one payment: nobody who keeps to it here knows the others.
func (p *MeansPolicy) perPayment() error {
	if p == nil {
		return nil
	}
	for i, r := range p.rules {
		if _, stated := r.Max.Amount(); stated && r.Per == PerDay {
			return fmt.Errorf("%w: %s: its limit is counted over a day, and payments are held to limits one by one: leave the limit to the gateway",
				ErrInvalid, r.place(i))
		}
	}
	return nil
}
