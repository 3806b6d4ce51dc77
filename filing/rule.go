package filing

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

// run checks one row by rules and gives the findings, valid until the next run.
func (c *Context) run(rules []boundRule, row *Row) []Finding {
	c.row, c.claim, c.Line, c.findings = row, &row.Claim, row.Line, c.findings[:0]
	for i := range rules {
		c.rule = rules[i].rule
		rules[i].check(c, c.claim)
	}
	return c.findings
}
