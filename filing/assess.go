package filing

import (
	"time"

	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/money"
)

// Assessment is the answer to whether a claim may be filed, as far as claimant, category, amount and day decide it.
type Assessment struct {
	// Findings say what is against it, and what to know.
	Findings []Finding
	// Reason is what the answer rests on: what speaks for the claim, then what speaks against it.
	Reason law.Reason
}

// Eligible reports whether nothing is against it.
func (a Assessment) Eligible() bool { return !Refuses(a.Findings) }

// Assess asks, without a batch, whether the claimant may file a claim of that category and amount at that instant in a
// proceeding of the policy's type: the register of approvals, the categories, the limit of jurisdiction and the implementation
// notices. It uses the policy's own rules of the names category, amount and limit; a policy without one doesn't ask it.
func (p *Policy) Assess(claimant string, category Category, amount money.Amount, at time.Time) Assessment {
	c := p.newContext(at)
	var out Assessment
	out.Findings = append(c.proceedings(p.Type, ""), c.register(claimant)...)
	var rules []Rule
	for _, r := range p.Rules {
		if r.Check != nil && (r.Name == ruleCategory || r.Name == ruleAmount || r.Name == ruleLimit) {
			rules = append(rules, r)
		}
	}
	row := Row{Claim: Claim{Category: category, Amount: amount}}
	out.Findings = append(out.Findings, c.run(bind(rules), &row)...)
	out.Reason = law.Reason{Steps: c.grounds(p, out.Findings), Data: p.Version}
	return out
}

// grounds gives what speaks for a claim, then a step for each finding.
func (c *Context) grounds(p *Policy, findings []Finding) []law.Step {
	var steps []law.Step
	if n, ok := p.NoticeAt(p.Type, "", c.At); ok {
		steps = append(steps, law.Step{Code: "electronic", Provision: n.Provision,
			Says:   law.T("Proceedings of type {type} can be filed electronically.", "「{type}」類法律程序可以電子方式存檔。"),
			Values: []law.Value{law.V("type", p.Type)}})
	}
	for _, a := range c.approvals {
		step := law.Step{Code: "approved", Provision: a.Provision, Values: []law.Value{law.V("claimant", a.Name)},
			Says: law.T("{claimant} is approved to file in bulk.", "「{claimant}」獲批准批量提出申索。")}
		if len(a.Categories) > 0 {
			step.Says = law.T("{claimant} is approved to file in bulk for {approved}.", "「{claimant}」獲批准就{approved}批量提出申索。")
			step.Values = append(step.Values, law.V("approved", p.categoryNames(a.Categories)))
		}
		steps = append(steps, step)
	}
	if c.Limit != nil {
		steps = append(steps, law.Step{Code: "limit", Provision: c.Limit.Provision,
			Says: law.T("The limit is {limit}.", "上限為 {limit}。"), Values: []law.Value{law.V("limit", c.Limit.Amount)}})
	}
	for _, f := range findings {
		step := law.Step{Code: string(f.Code), Provision: f.Provision, Says: f.Text()}
		if e, ok := f.describe(); ok {
			step.Says, step.Values = e.Text, f.Values
		}
		steps = append(steps, step)
	}
	return steps
}
