package filing

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"courts.example/eservices/calendar"
	"courts.example/eservices/icms/law"
)

// Rule is one thing that a court checks of every claim. Rules are values in Policy.Rules: a court appends its own, and drops or
// replaces others with Policy.ReplaceRule.
type Rule struct {
	// Name names the rule in the list: "limit".
	Name string
	// Codes are the codes that it may report; reporting another is an error of the rule, which ends the check.
	Codes []Code
	// Check looks at one claim and reports what is wrong. It keeps nothing of the claim, and is called by any number of goroutines.
	Check func(*Context, *Claim)
	// Start, in a rule that remembers the claims it saw, makes the check for one batch; it is then called with the claims in their order, by one
	// goroutine. A rule has either Check or Start.
	Start func() func(*Context, *Claim)
}

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
	f := Finding{
		Code: e.Code, Severity: e.Severity, Provision: p, Values: safe(values), entry: e,
		Path: Path{Line: c.row.Line, Pointer: pointer, Reference: c.claim.Reference},
	}
	if c.row.Column != nil && pointer != "" {
		f.Path.Column = c.row.Column(pointer)
	}
	return f
}

// safe makes the user's own words among the values safe to print.
func safe(values []law.Value) []law.Value {
	for i, v := range values {
		if s, ok := v.Of.(string); ok {
			values[i].Of = Show(s)
		}
	}
	return values
}

// run checks one row by rules and gives the findings, valid until the next run.
func (c *Context) run(rules []boundRule, row *Row) []Finding {
	c.row, c.claim, c.Line, c.findings = row, &row.Claim, row.Line, c.findings[:0]
	for i := range rules {
		c.rule = rules[i].rule
		rules[i].check(c, c.claim)
	}
	return c.findings
}

// boundRule is a rule made ready for one batch.
type boundRule struct {
	rule  *Rule
	check func(*Context, *Claim)
}

func bind(rules []Rule) []boundRule {
	out := make([]boundRule, len(rules))
	for i := range rules {
		out[i] = boundRule{&rules[i], rules[i].Check}
		if rules[i].Start != nil {
			out[i].check = rules[i].Start()
		}
	}
	return out
}
