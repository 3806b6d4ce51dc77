package fees

import (
	"time"

	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/money"
	"github.com/shopspring/decimal"
)

// concessionSteps says which concession is taken off and how, or why none is.
func (b *basis) concessionSteps(l Line) []law.Step {
	p, c := b.pricer, b.pricer.concession
	if c == nil {
		return []law.Step{p.noConcessionStep()}
	}
	base, payable := l.Base, l.Payable
	if b.band.charge.kind == perUnit {
		base, payable = b.line.Base, b.line.Payable
	}
	en, zh, values := during(c.period)
	steps := []law.Step{
		{Code: StepPeriod, Provision: c.dates, Says: law.T("a concession is in force "+en, "優惠"+zh+"有效"), Values: values},
		{Code: StepConcession, Provision: c.provision, Says: law.T("{percent} of {base} is {exact}", "{base} 的 {percent} 為 {exact}"),
			Values: []law.Value{law.V("percent", percent{c.rate}), law.V("base", base), law.V("exact", product{base, c.rate})}},
	}
	if b.band.charge.kind == percentage || !payable.Decimal().Equal(product{base, c.rate}.exact()) {
		steps = append(steps, c.roundingSteps(base, payable)...)
	}
	if b.band.charge.kind == perUnit {
		steps = append(steps, law.Step{Code: StepConcession, Says: law.T("{units} x {each} is {payable}", "{units} x {each} 為 {payable}"),
			Values: []law.Value{law.V("units", l.Units), law.V("each", payable), law.V("payable", l.Payable)}})
	}
	return steps
}

// roundingSteps shows the rounding, and that a rounding upwards stops at the full fee.
func (c *concession) roundingSteps(base, payable money.Amount) []law.Step {
	rounded, _ := base.Rate(c.rate, c.rounding.Rounding) // priced without error before
	steps := []law.Step{c.rounding.step(rounded)}
	if payable != rounded {
		steps = append(steps, law.Step{Code: StepConcession, Says: law.T("but not more than the full fee of {payable}", "但不超過全數費用 {payable}"),
			Values: []law.Value{law.V("payable", payable)}})
	}
	return steps
}

// noConcessionStep cites the period of the concession that ended last or begins next, because the full fee rests on it.
func (p *Pricer) noConcessionStep() law.Step {
	var ended, next *concession
	for _, c := range p.schedule.concessions { // in order of time
		switch {
		case !c.covers(p.mode, p.item):
		case c.from.After(p.at):
			if next == nil {
				next = c
			}
		default:
			ended = c
		}
	}
	switch {
	case ended != nil:
		return law.Step{Code: StepPeriod, Provision: ended.dates, Values: []law.Value{law.V("until", instant(ended.until))},
			Says: law.T("the concession was in force before {until} only: the full fee is due", "優惠只在 {until} 之前有效:須繳付全數費用")}
	case next != nil:
		return law.Step{Code: StepPeriod, Provision: next.dates, Values: []law.Value{law.V("from", instant(next.from))},
			Says: law.T("the concession begins on {from} only: the full fee is due", "優惠自 {from} 起才有效:須繳付全數費用")}
	}
	if p.mode == Paper {
		return law.Step{Code: StepNoConcession, Says: law.T("no concession applies to use on paper", "以紙本方式使用沒有優惠")}
	}
	return law.Step{Code: StepNoConcession, Says: law.T("no concession applies", "沒有適用的優惠")}
}

func (r rounding) step(result money.Amount) law.Step {
	en, zh := "rounded down", "向下取整"
	switch r.Mode {
	case money.Up:
		en, zh = "rounded up", "向上取整"
	case money.HalfUp:
		en, zh = "rounded to the nearest, a half up,", "四捨五入"
	case money.HalfEven:
		en, zh = "rounded to the nearest, a half to the even,", "四捨六入五成雙"
	}
	return law.Step{Code: StepRounding, Provision: r.provision,
		Says:   law.T(en+" to a multiple of {step} it is {result}", zh+"至 {step} 的倍數,為 {result}"),
		Values: []law.Value{law.V("step", money.New(max(r.Step, 1), result.Currency())), law.V("result", result)}}
}

// instant, percent and product are values of a reason; they are formatted only when it is read.
type instant time.Time

func (t instant) String() string { return showInstant(time.Time(t)) }

type percent struct{ rate money.Rate }

func (p percent) String() string { return p.rate.Decimal().Shift(2).String() + " %" }

type product struct {
	amount money.Amount
	rate   money.Rate
}

func (p product) exact() decimal.Decimal { return p.amount.Decimal().Mul(p.rate.Decimal()) }

// String has at least the decimals of the currency and all digits beyond them.
func (p product) String() string {
	exact, places := p.exact(), int32(p.amount.Currency().Exponent())
	if exact.Equal(exact.Truncate(places)) {
		return p.amount.Currency().Code() + " " + exact.StringFixed(places)
	}
	return p.amount.Currency().Code() + " " + exact.String()
}
