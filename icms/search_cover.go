package icms

import (
	"errors"
	"strings"

	"courts.example/eservices/calendar"
	"courts.example/eservices/fees"
	"courts.example/eservices/filing"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/names"
	"courts.example/eservices/icms/rollout"
)

// cover is what of a court an electronic service covers on a day.
type cover struct {
	court   *Court
	service rollout.Service
	today   calendar.Date
	// kind is the only type of case wanted; empty for all.
	kind string
	// from is the day before which no case that is covered was commenced, where there is one, and provision where that stands.
	from      calendar.Date
	provision law.Provision
}

// inspected is what may be inspected on a day, or the refusal that says why nothing may.
func (c *Court) inspected(kind string, today calendar.Date) (*cover, error) {
	if c.Inspection.Open <= 0 {
		return nil, c.uncovered(filing.CoverageNone, rollout.Inspection, today, law.Text{}, c.Inspection.Provision)
	}
	return c.covers(rollout.Inspection, kind, today)
}

// covers is what a service covers on a day, or the refusal that says why it covers nothing of that type. Without a roll-out list it covers
// everything.
func (c *Court) covers(service rollout.Service, kind string, today calendar.Date) (*cover, error) {
	v := &cover{court: c, service: service, today: today, kind: kind}
	kinds, names := c.kinds()
	if len(kinds) == 0 {
		return v, nil
	}
	if kind != "" {
		name, known := names[kind]
		if !known {
			return nil, refuse(filing.NewFinding(filing.CoverageType, "/type", law.Provision{},
				law.V("court", c.Name), law.V("type", kind), law.V("types", strings.Join(kinds, ", "))))
		}
		if c.Coverage == nil {
			return v, nil
		}
		a, err := c.Coverage.Covers(c.Code, kind, service, today)
		if err != nil {
			return nil, err
		}
		switch a.Verdict {
		case rollout.No:
			return nil, c.uncovered(filing.CoverageExcluded, service, today, name, a.Reason.Steps[0].Provision)
		case rollout.Unknown:
			return nil, c.uncovered(filing.CoverageUnknown, service, today, name, a.Reason.Steps[0].Provision)
		}
		kinds = []string{kind}
	}
	if c.Coverage == nil {
		return v, nil
	}
	return v, v.narrow(kinds)
}

// narrow finds the types that are covered and the day from which on.
func (v *cover) narrow(kinds []string) error {
	c := v.court
	any := false
	unknown := rollout.No
	var why law.Provision
	court, _ := c.Coverage.Court(c.Code) // New has looked
	for _, t := range court.Types {
		a, err := c.Coverage.Covers(c.Code, t.Code, v.service, v.today)
		if err != nil {
			return err
		}
		if why = a.Reason.Steps[0].Provision; a.Verdict != rollout.Yes {
			if a.Verdict == rollout.Unknown {
				unknown = rollout.Unknown
			}
			continue
		}
		_ = unknown
		bound := t.Offer(v.service).Commenced
		if !any || bound.Day.Before(v.from) {
			v.from, v.provision = bound.Day, bound.Provision
		}
		any = true
	}
	if any {
		return nil
	}
	return c.uncovered(filing.CoverageNone, v.service, v.today, law.Text{}, why)
}

var _ = errors.Join
var _ = fees.Electronic
var _ = names.ErrText
