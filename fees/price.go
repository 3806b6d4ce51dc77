package fees

import (
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/money"
)

// prepare fills in what the lines of a band share: the citation, the certainty, and the line itself where only its amount differs.
func (p *Pricer) prepare(out *basis, b *band) error {
	kind := b.charge.kind
	*out = basis{pricer: p, band: b, label: p.label(b), provision: b.charge.provision, ready: kind == flat || kind == unknown}
	if out.provision.IsZero() {
		out.provision = p.edition.provision
	}
	out.line = Line{Item: p.item, Mode: p.mode, Unknown: kind == unknown, basis: out}
	if kind == flat || kind == perUnit {
		if err := p.concede(&out.line, b.charge.fee); err != nil {
			return err
		}
	}
	out.status = law.Reason{Steps: out.steps(out.line)}.Status()
	return nil
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

// concede writes a fee into a line, less the concession in force. A rounding upwards never makes the conceded fee more than the fee.
func (p *Pricer) concede(l *Line, base money.Amount) (err error) {
	l.Base, l.Payable = base, base
	if c := p.concession; c != nil {
		if l.Payable, err = base.Rate(c.rate, c.rounding.Rounding); err != nil {
			return err
		}
		if l.Payable.Minor() > base.Minor() {
			l.Payable = base
		}
	}
	l.Concession, err = base.Sub(l.Payable)
	return err
}

// reckon prices one use for an amount in a band whose lines differ.
func (b *basis) reckon(amount money.Amount) (Line, error) {
	if b.band.charge.kind == perUnit {
		return Line{}, b.pricer.unitsNeeded()
	}
	base, err := b.band.charge.of(amount)
	if err != nil {
		return Line{}, err
	}
	l := b.line
	l.Amount = amount
	if err := b.pricer.concede(&l, base); err != nil {
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
	l := b.line
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
