package fees

import (
	"slices"
	"time"

	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/money"
)

// Format is the name and version of the file format, the value of the field "format".
const Format = "fees/1"

// Load reads a schedule from its file (JSON, see the package documentation for the format) and proves it: at every instant that
// an item's editions span it has exactly one of them, each amount within the bands falls in exactly one, no two concessions meet,
// every name resolves. What is wrong comes as one *[LoadError] that names all problems with path and line, a gap or an
// overlap with both its places.
func Load(data []byte) (*Schedule, error) {
	root, err := parse(data)
	if err != nil {
		return nil, &LoadError{Problems: []Problem{{Text: err.Error()}}}
	}
	r := &reader{provisions: map[string]*citation{}}
	s := r.schedule(root)
	if len(r.problems) > 0 {
		return nil, &LoadError{Problems: r.problems}
	}
	return s, nil
}

func (r *reader) schedule(n *node) *Schedule {
	o, s := r.object(n), &Schedule{index: map[string]*item{}}
	if f := o.need("format"); f != nil && r.text(f) != Format {
		r.fail(f, "this program reads the format %q", Format)
	}
	s.name, s.version = r.identifier(o.need("name")), r.identifier(o.need("version"))
	s.title = r.words(o.need("title"))
	s.currency, s.zone = r.denomination(o.need("currency")), r.location(o.need("zone"))
	r.currency, r.zone = s.currency, s.zone
	r.provisionTable(o.need("provisions"))
	for _, e := range r.elements(o.need("items")) {
		it := r.item(e)
		if s.item(it.name) != nil {
			r.fail(e, "item %q stands twice", it.name)
		}
		s.items, s.index[it.name] = append(s.items, it), it
	}
	r.electronicUse(o.has("electronic"), s)
	r.concessions(o.has("concessions"), s)
	r.allCited()
	o.done()
	return s
}

func (r *reader) denomination(n *node) money.Currency {
	c, err := money.ParseCurrency(r.text(n))
	if n != nil && err != nil {
		r.fail(n, "%v", err)
	}
	return c
}

func (r *reader) location(n *node) *time.Location {
	if n == nil {
		return nil
	}
	zone, err := readZone(r.text(n))
	if err != nil {
		r.fail(n, "%v", err)
	}
	return zone
}

// provisionTable reads the table that everything else cites by name.
func (r *reader) provisionTable(n *node) {
	if n == nil {
		return
	}
	for _, f := range r.object(n).fields() {
		o := r.object(f)
		var p law.Provision
		p.Instrument = r.text(o.need("instrument"))
		p.Section, p.Title, p.URL = r.text(o.has("section")), r.text(o.has("title")), r.text(o.has("url"))
		p.Status = r.status(o.need("status"))
		o.done()
		r.provisions[f.name] = &citation{provision: p, node: f}
	}
}

// allCited refuses provisions that nothing cites: a misspelt name would leave one behind.
func (r *reader) allCited() {
	var idle []*node
	for _, c := range r.provisions {
		if !c.used {
			idle = append(idle, c.node)
		}
	}
	slices.SortFunc(idle, func(a, b *node) int { return a.line - b.line })
	for _, n := range idle {
		r.fail(n, "nothing in the schedule cites this provision")
	}
}

func (r *reader) electronicUse(n *node, s *Schedule) {
	if n == nil {
		return
	}
	o, use := r.object(n), &s.electronic
	use.offered = true
	use.others.period = o.period()
	use.index, use.unavailable = map[string]*electronicItem{}, map[string]bool{}
	for _, e := range r.elements(o.has("items")) {
		it := r.electronicItem(e, s)
		if use.index[it.name] != nil {
			r.fail(e, "electronic item %q stands twice", it.name)
		}
		use.items, use.index[it.name] = append(use.items, it), it
	}
	for _, e := range r.elements(o.has("unavailable")) {
		name := r.identifier(e)
		if s.item(name) == nil {
			r.fail(e, "no item is called %q", name)
		}
		if use.unavailable[name] || use.index[name] != nil {
			r.fail(e, "item %q stands twice here, or is also among the electronic items", name)
		}
		use.unavailable[name] = true
	}
	use.others.provision = r.cite(o.has("others"))
	o.done()
}

func (r *reader) electronicItem(n *node, s *Schedule) *electronicItem {
	o := r.object(n)
	e := &electronicItem{name: r.identifier(o.need("name")), title: r.words(o.has("title"))}
	paper := o.need("paper")
	if e.paper = s.item(r.identifier(paper)); e.paper == nil && paper != nil {
		r.fail(paper, "no item is called %q", paper.text)
		e.paper = &item{}
	}
	e.period = o.period()
	if e.from.IsZero() {
		e.from = s.electronic.others.from
	}
	if e.until.IsZero() {
		e.until = s.electronic.others.until
	}
	if !e.until.IsZero() && !e.from.Before(e.until) {
		r.fail(n, "is never available: from %s until %s", showFrom(e.from), showInstant(e.until))
	}
	e.provision = e.dated(r.cite(o.need("provision")))
	o.done()
	return e
}
