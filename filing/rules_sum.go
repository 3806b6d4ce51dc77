package filing

import (
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/money"
)

func checkAmount(c *Context, claim *Claim) {
	switch a := claim.Amount; {
	case a == (money.Amount{}):
		c.Report(codeAmountMissing, "/amount", c.Policy.Grounds.Particulars)
	case a.Currency() != c.Policy.Currency:
		c.Report(codeAmountForeign, "/amount", law.Provision{}, law.V("amount", a), law.V("currency", c.Policy.Currency))
	case a.Sign() <= 0:
		c.Report(codeAmountNotPositive, "/amount", law.Provision{}, law.V("amount", a))
	}
}

func checkLimit(c *Context, claim *Claim) {
	a := claim.Amount
	if a.Sign() <= 0 || a.Currency() != c.Policy.Currency {
		return // checkAmount says so
	}
	if c.Limit == nil {
		c.Report(codeLimitUnknown, "/amount", law.Provision{}, law.V("date", c.Date))
		return
	}
	if limit := c.Limit.Amount; a.Minor() > limit.Minor() {
		excess := money.New(a.Minor()-limit.Minor(), a.Currency())
		c.Report(codeOverLimit, "/amount", c.Limit.Provision, law.V("amount", a), law.V("limit", limit), law.V("excess", excess))
	}
}

func checkAbandoned(c *Context, claim *Claim) {
	b := claim.Abandoned
	switch {
	case b.IsZero():
	case b.Currency() != c.Policy.Currency:
		c.Report(codeAbandonedForeign, "/abandoned", law.Provision{}, law.V("amount", b), law.V("currency", c.Policy.Currency))
	case b.Sign() < 0:
		c.Report(codeAbandonedNegative, "/abandoned", law.Provision{}, law.V("amount", b))
	case c.Limit != nil && claim.Amount.Sign() > 0:
		whole, err := claim.Amount.Add(b)
		if err == nil && whole.Minor() <= c.Limit.Amount.Minor() {
			c.Report(codeAbandonedNeedless, "/abandoned", c.Policy.Grounds.Abandonment,
				law.V("abandoned", b), law.V("whole", whole), law.V("limit", c.Limit.Amount))
		}
	}
}
