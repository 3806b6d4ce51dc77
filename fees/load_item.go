package fees

import "courts.example/eservices/icms/money"

func (r *reader) item(n *node) *item {
	o := r.object(n)
	it := &item{name: r.identifier(o.need("name")), title: r.words(o.need("title"))}
	for _, e := range r.elements(o.need("editions")) {
		it.editions = append(it.editions, r.edition(e))
	}
	o.done()
	r.proveEditions(it)
	return it
}

// edition reads a period, its provision, and either bands or one charge.
func (r *reader) edition(n *node) *edition {
	o := r.object(n)
	e := &edition{node: n, period: o.period()}
	e.provision = e.dated(r.cite(o.need("provision")))
	if bands := o.has("bands"); bands != nil {
		e.banded = true
		for _, b := range r.elements(bands) {
			e.bands = append(e.bands, r.band(b, e.period))
		}
		o.charges(false)
	} else {
		e.bands = []*band{{over: noOver, upTo: noUpTo, node: n, charge: o.charge(true)}}
	}
	o.done()
	r.proveBands(e)
	return e
}

func (r *reader) band(n *node, p period) *band {
	o := r.object(n)
	b := &band{over: noOver, upTo: noUpTo, node: n}
	over, upTo := o.has("over"), o.has("upTo")
	if over != nil {
		b.over = r.amount(over).Minor()
	}
	if upTo != nil {
		b.upTo = r.amount(upTo).Minor()
	}
	b.charge = o.charge(false)
	b.charge.provision = p.dated(r.cite(o.has("provision")))
	o.done()
	if b.over >= b.upTo {
		r.fail(n, "upTo must be more than over")
	}
	return b
}

// charges counts the fields that say how a fee is found.
func (o *object) charges(units bool) (found []*node) {
	names := []string{"flat", "percentage", "unknown"}
	if units {
		names = append(names, "perUnit")
	}
	for _, name := range names {
		if f := o.has(name); f != nil {
			found = append(found, f)
		}
	}
	return found
}

// charge reads the one field that says how the fee is found; perUnit is one of them only outside bands.
func (o *object) charge(units bool) charge {
	found := o.charges(units)
	switch {
	case o.n.kind != isObject:
		return charge{}
	case len(found) != 1:
		o.fail(o.n, "needs exactly one of bands, flat, percentage, perUnit, unknown (inside a band: flat, percentage, unknown), not %d", len(found))
		return charge{}
	}
	switch f := found[0]; f.name {
	case "flat":
		return charge{kind: flat, fee: o.amount(f)}
	case "perUnit":
		return o.reader.perUnit(f)
	case "percentage":
		return o.reader.percentage(f)
	default:
		return charge{kind: unknown, why: o.words(f)}
	}
}

func (r *reader) perUnit(n *node) charge {
	o := r.object(n)
	c := charge{kind: perUnit, fee: r.amount(o.need("fee")), unit: r.words(o.need("unit"))}
	o.done()
	return c
}

func (r *reader) percentage(n *node) charge {
	o := r.object(n)
	c := charge{kind: percentage, rate: r.rate(o.need("rate")), rounding: r.rounding(o.need("rounding"))}
	low, high := o.has("minimum"), o.has("maximum")
	c.minimum, c.maximum = r.amount(low), r.amount(high)
	if low != nil && high != nil && c.minimum.Minor() > c.maximum.Minor() {
		r.fail(n, "the minimum %s is more than the maximum %s", c.minimum, c.maximum)
	}
	o.done()
	return c
}

func (r *reader) rounding(n *node) rounding {
	if n == nil {
		return rounding{}
	}
	o, out := r.object(n), rounding{}
	if f := o.need("mode"); f != nil {
		if err := out.Mode.UnmarshalText([]byte(r.text(f))); err != nil {
			r.fail(f, "%v", err)
		}
	}
	if f := o.need("step"); f != nil {
		step := r.amount(f)
		if out.Step = step.Minor(); out.Step == 0 && step != (money.Amount{}) {
			r.fail(f, "the step of a rounding is more than zero")
		}
	}
	out.provision = r.cite(o.need("provision"))
	o.done()
	return out
}
