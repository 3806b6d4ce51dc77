package fees

import (
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/money"
)

// basis prepares what the lines of a band share: the citation, the certainty, and the fee where all cost the same.
func (p *Pricer) basis(b *band) (basis, error) {
	out := basis{pricer: p, band: b, label: p.label(b), provision: b.charge.provision}
	if out.provision.IsZero() {
		out.provision = p.edition.provision
	}
	if k := b.charge.kind; k == flat || k == perUnit {
		var err error
		out.base = b.charge.fee
		if out.payable, out.concession, err = p.concede(out.base); err != nil {
			return basis{}, err
		}
	}
	out.status = law.Reason{Steps: out.steps(out.fixed(money.Amount{}))}.Status()
	return out, nil
}

// label names a band by its first and its last amount.
func (p *Pricer) label(b *band) string {
	if !p.edition.banded {
		return ""
	}
	s := money.New(b.over+1, p.schedule.currency).Plain() + "-"
	if b.upTo != noUpTo {
		s += money.New(b.upTo, p.schedule.currency).Plain()
	}
	return s
}

// concede takes the concession in force off a fee. A rounding upwards never makes the conceded fee more than the fee.
func (p *Pricer) concede(base money.Amount) (payable, less money.Amount, err error) {
	c := p.concession
	if c == nil {
		return base, money.New(0, base.Currency()), nil
	}
	payable, err = base.Rate(c.rate, c.rounding.Rounding)
	if err != nil {
		return money.Amount{}, money.Amount{}, err
	}
	if payable.Minor() > base.Minor() {
		payable = base
	}
	less, err = base.Sub(payable)
	return payable, less, err
}

// line prices one use for an amount in this band.
func (b *basis) line(amount money.Amount) (Line, error) {
	switch b.band.charge.kind {
	case percentage:
		return b.percentage(amount)
	case perUnit:
		return Line{}, b.pricer.unitsNeeded()
	default:
		return b.fixed(amount), nil
	}
}

// fixed is a line of a band in which all lines cost the same, or in which nobody knows what they cost.
func (b *basis) fixed(amount money.Amount) Line {
	return Line{
		Item: b.pricer.item, Mode: b.pricer.mode, Amount: amount,
		Base: b.base, Concession: b.concession, Payable: b.payable,
		Unknown: b.band.charge.kind == unknown, basis: b,
	}
}

func (b *basis) percentage(amount money.Amount) (Line, error) {
	l := b.fixed(amount)
	var err error
	if l.Base, err = b.band.charge.of(amount); err != nil {
		return Line{}, err
	}
	if l.Payable, l.Concession, err = b.pricer.concede(l.Base); err != nil {
		return Line{}, err
	}
	return l, nil
}

// of is the percentage of an amount, kept within minimum and maximum.
func (c *charge) of(amount money.Amount) (money.Amount, error) {
	fee, err := amount.Rate(c.rate, c.rounding.Rounding)
	switch {
	case err != nil:
		return money.Amount{}, err
	case c.minimum != (money.Amount{}) && fee.Minor() < c.minimum.Minor():
		return c.minimum, nil
	case c.maximum != (money.Amount{}) && fee.Minor() > c.maximum.Minor():
		return c.maximum, nil
	}
	return fee, nil
}

func (b *basis) units(n int64) (Line, error) {
	l := b.fixed(money.Amount{})
	l.Units = n
	for _, f := range []*money.Amount{&l.Base, &l.Concession, &l.Payable} {
		total, err := f.Times(n)
		if err != nil {
			return Line{}, err
		}
		*f = total
	}
	return l, nil
}
