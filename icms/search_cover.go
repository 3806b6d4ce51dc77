package icms

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"courts.example/eservices/calendar"
	"courts.example/eservices/filing"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/rollout"
)

// cover is what of a court an electronic service covers on a day.
type cover struct {
	court   *Court
	service rollout.Service
	today   calendar.Date
	// kind is the only type of case wanted; empty for all.
	kind string
	// from is the day before which no case that is covered was commenced, zero where there is none; provision is where that stands.
	from      calendar.Date
	provision law.Provision
}

// inspected is what may be inspected at an instant. A court that says not for how long a search may be looked at offers none.
func (c *Court) inspected(kind string, at time.Time) (*cover, error) {
	today := calendar.DateOf(at, c.Zone())
	if c.Inspection.Open == 0 {
		return nil, c.uncovered(&cover{service: rollout.Inspection, today: today}, filing.CoverageNone, c.Inspection.Provision)
	}
	return c.covers(rollout.Inspection, kind, today)
}

// covers is what a service covers on a day, or the refusal that says why it covers nothing of that type. A court without a roll-out list
// covers all that it has.
func (c *Court) covers(service rollout.Service, kind string, today calendar.Date) (*cover, error) {
	v := &cover{court: c, service: service, today: today, kind: kind}
	kinds := c.kinds()
	if len(kinds) > 0 && kind != "" {
		kinds = slices.DeleteFunc(kinds, func(k rollout.Type) bool { return k.Code != kind })
	}
	if len(kinds) == 0 && kind != "" {
		return nil, refuse(filing.NewFinding(filing.CoverageType, "/type", law.Provision{},
			law.V("court", c.Name), law.V("type", kind), law.V("types", c.kindCodes())))
	}
	if c.Coverage == nil {
		return v, nil
	}
	return v, v.narrow(kinds)
}

// narrow finds the day from which cases of the types are covered, or refuses when none is.
func (v *cover) narrow(kinds []rollout.Type) error {
	c, found := v.court, false
	var unknown, no law.Provision
	for _, k := range kinds {
		a, err := c.Coverage.Covers(c.Code, k.Code, v.service, v.today)
		if err != nil {
			return err
		}
		why := a.Reason.Steps[0].Provision
		switch bound := k.Offer(v.service).Commenced; a.Verdict {
		case rollout.Unknown:
			unknown = cmp.Or(unknown, why)
		case rollout.No:
			no = cmp.Or(no, why)
		default:
			if !found || bound.Day.Before(v.from) {
				v.from, v.provision = bound.Day, bound.Provision
			}
			found = true
		}
	}
	switch {
	case found:
		return nil
	case v.kind == "":
		return c.uncovered(v, filing.CoverageNone, cmp.Or(no, unknown))
	case unknown != (law.Provision{}):
		return c.uncovered(v, filing.CoverageUnknown, unknown, law.V("type", kinds[0].Name))
	}
	return c.uncovered(v, filing.CoverageExcluded, no, law.V("type", kinds[0].Name))
}

// uncovered refuses what the court does not offer.
func (c *Court) uncovered(v *cover, code filing.Code, p law.Provision, values ...law.Value) error {
	values = append(values, law.V("court", c.Name), law.V("service", serviceWords[v.service]), law.V("date", v.today))
	return refuse(filing.NewFinding(code, "/type", p, values...))
}

// includes reports whether a case is covered: yes, and not perhaps.
func (v *cover) includes(head *caseHead) bool {
	if v.kind != "" && head.Type != v.kind {
		return false
	}
	c := v.court
	if c.Coverage == nil {
		return true
	}
	commenced, on := calendar.DateOf(head.Received, c.Zone()), v.today
	if commenced.After(on) { // it was sent today and counts as received on a later day
		on = commenced
	}
	a, err := c.Coverage.CoversCase(c.Code, head.Type, v.service, commenced, on)
	return err == nil && a.Verdict == rollout.Yes // an error: a type that is not on the list
}

// kinds are the types of case of the court: those of its roll-out list, or those that its policies take.
func (c *Court) kinds() []rollout.Type {
	if c.Coverage != nil {
		of, _ := c.Coverage.Court(c.Code) // New has looked
		return of.Types
	}
	var out []rollout.Type
	for _, p := range []*filing.Policy{&c.Filing, c.Single} {
		if p != nil && p.Type != "" && !slices.ContainsFunc(out, func(k rollout.Type) bool { return k.Code == p.Type }) {
			out = append(out, rollout.Type{Code: p.Type, Name: law.T(p.Type, p.Type)})
		}
	}
	return out
}

// kindCodes lists the codes of the types of case.
func (c *Court) kindCodes() string {
	var out []string
	for _, k := range c.kinds() {
		out = append(out, k.Code)
	}
	return strings.Join(out, ", ")
}

// checkInspection proves what the court says about searches.
func (c *Court) checkInspection(bad func(format string, args ...any)) {
	p := c.Inspection
	if c.Coverage != nil {
		if _, on := c.Coverage.Court(c.Code); !on {
			bad("Coverage has no court of that code")
		}
	}
	if p.Open < 0 || p.Open == 0 && p.Item != "" {
		bad("Inspection.Open is %s: say for how long a search may be looked at", p.Open)
	}
	for _, k := range p.Parties {
		if courtPapers[k].name == nil && c.paper(k) == nil {
			bad("Inspection.Parties: %q is no kind of paper", k)
		}
	}
}

// serviceWords are the electronic services in words.
var serviceWords = map[rollout.Service]law.Text{
	rollout.Inspection: law.T("electronic search and inspection", "電子查冊及查閱"),
	rollout.CauseBook:  law.T("electronic search of the cause book", "以電子方式翻查訟案登記冊"),
}
