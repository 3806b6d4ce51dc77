package fees

import (
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/money"
)

// The codes of the steps of a reason, in the order in which they can stand.
const (
	StepEdition      = "edition"           // which edition of the item is in force
	StepBand         = "band"              // which band has the amount
	StepFee          = "fee"               // the fee as the tariff states it, or as it is reckoned
	StepUnknown      = "unknown"           // why nobody knows the fee
	StepElectronic   = "electronic"        // what the item costs when used electronically
	StepPeriod       = "concession-period" // whether a concession is in force
	StepConcession   = "concession"        // what the concession makes of the fee
	StepRounding     = "rounding"          // how that is rounded
	StepNoConcession = "no-concession"     // that no concession touches this use
)

// steps explains a line. Which provisions are cited depends on the band alone, never on the line's amounts.
func (b *basis) steps(l Line) []law.Step {
	p, c := b.pricer, &b.band.charge
	steps := []law.Step{p.editionStep()}
	if p.edition.banded {
		steps = append(steps, b.bandStep(l))
	}
	if p.use != nil {
		steps = append(steps, p.useStep())
	}
	switch c.kind {
	case unknown:
		return append(steps, law.Step{Code: StepUnknown, Provision: b.provision, Says: c.why})
	case flat:
		steps = append(steps, law.Step{Code: StepFee, Provision: c.provision,
			Says: law.T("the fee is {fee}", "費用為 {fee}"), Values: []law.Value{law.V("fee", l.Base)}})
	case perUnit:
		steps = append(steps, b.unitStep(l))
	case percentage:
		steps = append(steps, b.percentageSteps(l)...)
	}
	return append(steps, b.concessionSteps(l)...)
}

func (p *Pricer) editionStep() law.Step {
	en, zh, values := during(p.edition.period)
	title := p.title
	if p.use != nil {
		title = p.use.paper.title
	}
	return law.Step{
		Code: StepEdition, Provision: p.edition.provision,
		Says: law.T(title.In(law.English)+": the edition in force "+en,
			title.In(law.TraditionalChinese)+":"+zh+"有效的版本"),
		Values: values,
	}
}

// during says a period in words.
func during(p period) (en, zh string, values []law.Value) {
	from, until := law.V("from", instant(p.from)), law.V("until", instant(p.until))
	switch {
	case p.from.IsZero() && p.until.IsZero():
		return "at all times", "一直", nil
	case p.until.IsZero():
		return "since {from}", "自 {from} 起", []law.Value{from}
	case p.from.IsZero():
		return "before {until}", "在 {until} 之前", []law.Value{until}
	}
	return "from {from} until before {until}", "自 {from} 起至 {until} 之前", []law.Value{from, until}
}

func (b *basis) bandStep(l Line) law.Step {
	currency := b.pricer.schedule.currency
	over, upTo := law.V("over", money.New(b.band.over, currency)), law.V("upTo", money.New(b.band.upTo, currency))
	s := law.Step{Code: StepBand, Provision: b.pricer.edition.provision, Values: []law.Value{law.V("amount", l.Amount)}}
	switch {
	case b.band.over == noOver && b.band.upTo == noUpTo:
		s.Says = law.T("{amount} is in the only band", "{amount} 屬於唯一的組別")
	case b.band.over == noOver:
		s.Says = law.T("{amount} does not exceed {upTo}", "{amount} 不超過 {upTo}")
		s.Values = append(s.Values, upTo)
	case b.band.upTo == noUpTo:
		s.Says = law.T("{amount} is over {over}", "{amount} 超過 {over}")
		s.Values = append(s.Values, over)
	default:
		s.Says = law.T("{amount} is over {over} and does not exceed {upTo}", "{amount} 超過 {over} 但不超過 {upTo}")
		s.Values = append(s.Values, over, upTo)
	}
	return s
}

func (p *Pricer) useStep() law.Step {
	s := law.Step{Code: StepElectronic, Provision: p.use.provision, Values: []law.Value{law.V("item", p.item), law.V("paper", p.use.paper.name)}}
	if p.listed {
		s.Says = law.T("used electronically it costs the paper fee less any concession", "以電子方式使用時,費用為紙本費用減去適用的優惠")
	} else {
		s.Says = law.T("it has no electronic fee: used electronically it costs the paper fee", "沒有電子費用:以電子方式使用時須繳付紙本費用")
	}
	return s
}

func (b *basis) unitStep(l Line) law.Step {
	unit := b.band.charge.unit
	return law.Step{Code: StepFee,
		Says: law.T("{units} x {each} for each "+unit.In(law.English)+" is {fee}",
			"{units} x 每"+unit.In(law.TraditionalChinese)+" {each},共 {fee}"),
		Values: []law.Value{law.V("units", l.Units), law.V("each", b.band.charge.fee), law.V("fee", l.Base)}}
}

// percentageSteps shows the product before rounding, then the rounding, then a limit that bites.
func (b *basis) percentageSteps(l Line) []law.Step {
	c := &b.band.charge
	rounded, _ := l.Amount.Rate(c.rate, c.rounding.Rounding) // priced without error before
	steps := []law.Step{
		{Code: StepFee, Provision: c.provision, Says: law.T("{percent} of {amount} is {exact}", "{amount} 的 {percent} 為 {exact}"),
			Values: []law.Value{law.V("percent", percent{c.rate}), law.V("amount", l.Amount), law.V("exact", product{l.Amount, c.rate})}},
		c.rounding.step(rounded),
	}
	switch {
	case l.Base.Minor() > rounded.Minor():
		steps = append(steps, law.Step{Code: StepFee, Provision: c.provision,
			Says: law.T("but not less than {fee}", "但不少於 {fee}"), Values: []law.Value{law.V("fee", l.Base)}})
	case l.Base.Minor() < rounded.Minor():
		steps = append(steps, law.Step{Code: StepFee, Provision: c.provision,
			Says: law.T("but not more than {fee}", "但不超過 {fee}"), Values: []law.Value{law.V("fee", l.Base)}})
	}
	return steps
}
