package fees

import (
	"slices"

	"courts.example/eservices/icms/money"
)

func (r *reader) concessions(n *node, s *Schedule) {
	names := map[string]*node{}
	for _, e := range r.elements(n) {
		c := r.concession(e, s)
		if first := names[c.name]; first != nil {
			r.fail(e, "concession %q stands twice, first at %s", c.name, first.place())
		}
		names[c.name] = e
		s.concessions = append(s.concessions, c)
	}
	r.proveConcessions(s.concessions)
	slices.SortStableFunc(s.concessions, func(a, b *concession) int { return a.from.Compare(b.from) })
}

func (r *reader) concession(n *node, s *Schedule) *concession {
	o := r.object(n)
	c := &concession{node: n, name: r.identifier(o.need("name"))}
	if f := o.need("mode"); f != nil {
		if err := c.mode.UnmarshalText([]byte(r.text(f))); err != nil {
			r.fail(f, "%v", err)
		}
	}
	for _, f := range r.elements(o.need("items")) {
		c.items = append(c.items, r.concededItem(f, c, s))
	}
	c.period = o.period()
	c.rate = r.rate(o.need("rate"))
	if one := money.MustRate("1").Decimal(); c.rate.Decimal().GreaterThan(one) {
		r.fail(n, "a concession lowers a fee: the rate is at most 1, not %s", c.rate)
	}
	c.rounding = r.rounding(o.need("rounding"))
	c.provision = c.dated(r.cite(o.need("provision")))
	c.dates = c.dated(r.cite(o.has("period")))
	o.done()
	return c
}

// concededItem reads the name of an item that the concession can reach in its mode.
func (r *reader) concededItem(n *node, c *concession, s *Schedule) string {
	name := r.identifier(n)
	_, listed := s.use(name)
	switch {
	case name == "":
	case slices.Contains(c.items, name):
		r.fail(n, "item %q stands twice in this concession", name)
	case c.mode == Paper && s.item(name) == nil:
		r.fail(n, "no item is called %q", name)
	case c.mode == Electronic && !listed:
		r.fail(n, "%q is not among the electronic items: an item without an electronic fee costs the paper fee", name)
	}
	return name
}
