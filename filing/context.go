package filing

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"courts.example/eservices/calendar"
	"courts.example/eservices/icms/law"
)

// Context is what a rule knows beside the claim. It is only good during the call.
type Context struct {
	// Policy is the court's.
	Policy *Policy
	// At is the instant at which the batch counts as received, Date its date in the court's zone.
	At   time.Time
	Date calendar.Date
	// Claimant is the batch's claimant; zero when it isn't in the register, for which the batch has its finding.
	Claimant Claimant
	// Limit is the limit of jurisdiction at At, nil when none is known.
	Limit *Limit
	// Line is the line of the claim.
	Line int

	approvals []*Approval           // those of the claimant that are in force
	excluded  map[string]*Exclusion // by folded nature, those that apply
	entries   map[Code]*Entry
	rule      *Rule
	claim     *Claim
	row       *Row
	findings  []Finding
	folded    []byte // scratch of rules that fold
	err       error
}

// Report adds a finding about the field at the JSON pointer of the claim; "" is the claim as a whole. The values fill the placeholders
// of the code's text. A finding about a field that the file did not let us read is left out: the reader has given its own.
func (c *Context) Report(code Code, pointer string, p law.Provision, values ...law.Value) {
	e := c.entries[code]
	if e == nil || !c.may(code) {
		c.err = errors.Join(c.err, fmt.Errorf("filing: rule %q of policy %s reports code %q, which it doesn't declare; add it to the rule's Codes",
			c.rule.Name, c.Policy.Court, code))
		return
	}
	if c.unread(pointer) {
		return
	}
	c.findings = append(c.findings, c.finding(e, pointer, p, values))
}

func (c *Context) may(code Code) bool {
	for _, allowed := range c.rule.Codes {
		if allowed == code {
			return true
		}
	}
	return false
}

// unread reports whether the field, a part of it or what it is part of could not be read.
func (c *Context) unread(pointer string) bool {
	for _, u := range c.row.Unread {
		if inside(pointer, u) || inside(u, pointer) && pointer != "" {
			return true
		}
	}
	return false
}

func inside(pointer, parent string) bool {
	rest, ok := strings.CutPrefix(pointer, parent)
	return ok && (rest == "" || rest[0] == '/')
}

func (c *Context) finding(e *Entry, pointer string, p law.Provision, values []law.Value) Finding {
	return Finding{Code: e.Code, Severity: e.Severity, Path: c.path(pointer), Provision: p, Values: safe(values), entry: e}
}

// path is the place of a field of the claim at hand.
func (c *Context) path(pointer string) Path {
	p := Path{Line: c.row.Line, Pointer: pointer, Reference: c.claim.Reference}
	if c.row.Column != nil && pointer != "" {
		p.Column = c.row.Column(pointer)
	}
	return p
}

// safe makes the user's own words among the values safe to print; the list given in stays as it is.
func safe(values []law.Value) []law.Value {
	out := slices.Clone(values)
	for i, v := range out {
		if s, ok := v.Of.(string); ok {
			out[i].Of = Show(s)
		}
	}
	return out
}

// newContext resolves everything that depends on the instant alone.
func (p *Policy) newContext(at time.Time) Context {
	c := Context{Policy: p, At: at, Date: calendar.DateOf(at, p.Zone), Limit: p.limitAt(at), entries: p.entries(),
		excluded: make(map[string]*Exclusion)}
	for i := range p.Exclusions {
		e := &p.Exclusions[i]
		if !e.Provision.AppliesAt(at) {
			continue
		}
		for _, nature := range e.Natures {
			c.excluded[Fold(nature)] = e
		}
	}
	return c
}

// proceedings checks that the proceedings can be filed electronically.
func (c *Context) proceedings(kind, venue string) []Finding {
	if _, ok := c.Policy.NoticeAt(kind, venue, c.At); ok {
		return nil
	}
	var ground law.Provision
	if len(c.Policy.Notices) > 0 {
		ground = c.Policy.Notices[0].Provision
	}
	at := law.V("venue", venue)
	if venue == "" {
		at.Of = notStated()
	}
	return []Finding{c.about(codeNotElectronic, ground, law.V("type", kind), at, law.V("date", c.Date))}
}

// register finds the claimant and its approvals in force.
func (c *Context) register(name string) []Finding {
	claimant, ok := c.Policy.Claimant(name)
	if !ok {
		return []Finding{c.about(codeClaimantUnknown, law.Provision{}, law.V("claimant", name))}
	}
	c.Claimant = claimant
	var ground law.Provision
	for i := range c.Policy.Approvals {
		a := &c.Policy.Approvals[i]
		if a.ID != claimant.ID {
			continue
		}
		ground = a.Provision
		if a.Provision.AppliesAt(c.At) {
			c.approvals = append(c.approvals, a)
		}
	}
	if len(c.approvals) == 0 {
		return []Finding{c.about(codeClaimantNotYet, ground, law.V("claimant", claimant.Name), law.V("date", c.Date))}
	}
	return nil
}

// about makes a finding about the batch.
func (c *Context) about(code Code, p law.Provision, values ...law.Value) Finding {
	e := c.entries[code]
	return Finding{Code: code, Severity: e.Severity, Provision: p, Values: safe(values), entry: e}
}
