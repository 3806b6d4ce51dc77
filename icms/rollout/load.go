package rollout

import (
	"slices"

	"courts.example/eservices/calendar"
)

// Format is the name and version of the format of a roll-out list, the value of the member "format".
const Format = "rollout/1"

// Load reads a roll-out list from its file (JSON; the package documentation has the format) and proves it: each type has one entry for each
// service, bounds and stages are in order, a concession lasts as long as it says, every name resolves. What is wrong comes as one
// *[LoadError] with all problems, each with path and line.
func Load(data []byte) (*Table, error) {
	root, err := scan(data)
	if err != nil {
		return nil, &LoadError{Problems: []Problem{{Text: err.Error()}}}
	}
	r := &reader{}
	o, t := r.object(root), &Table{}
	r.format(o.must("format"), Format)
	t.name, t.version = r.identifier(o.must("name")), r.identifier(o.must("version"))
	t.title = r.words(o.must("title"))
	provisions := o.must("provisions")
	r.table(provisions)
	for _, n := range r.list(o.must("courts")) {
		c := r.court(n)
		if t.court(c.Code) != nil {
			r.fail(n, "court %q stands twice", c.Code)
		}
		t.courts = append(t.courts, c)
	}
	for _, n := range r.list(o.may("mandates")) {
		m := r.mandate(n, t)
		if slices.ContainsFunc(t.mandates, func(other *Mandate) bool { return other.Name == m.Name }) {
			r.fail(n, "mandate %q stands twice", m.Name)
		}
		t.mandates = append(t.mandates, m)
	}
	r.allCited(provisions)
	o.end()
	if err := r.err(); err != nil {
		return nil, err
	}
	return t, nil
}

func (r *reader) format(n *node, want string) {
	if got := r.text(n); n != nil && got != want {
		r.fail(n, "this reads the format %q, not %.40q", want, got)
	}
}

func (r *reader) court(n *node) *Court {
	o := r.object(n)
	c := &Court{Code: r.identifier(o.must("code")), Name: r.words(o.must("name")), Voluntary: r.cite(o.must("voluntary"))}
	if m := o.may("concession"); m != nil {
		c.Concession = r.concession(m)
	}
	if m := o.may("search"); m != nil {
		f := r.object(m)
		c.Search = SearchFee{Item: r.identifier(f.must("item")), Unit: r.words(f.must("unit")), Provision: r.cite(f.must("provision"))}
		f.end()
	}
	for _, m := range r.list(o.must("types")) {
		k := r.kind(m)
		if c.find(k.Code) != nil {
			r.fail(m, "type %q stands twice", k.Code)
		}
		c.Types = append(c.Types, k)
	}
	o.end()
	return c
}

func (r *reader) concession(n *node) Concession {
	o := r.object(n)
	last := o.must("last")
	c := Concession{
		First: r.date(o.must("first")), Last: r.date(last), Years: r.count(o.must("years")),
		Length: r.cite(o.must("length")), Start: r.cite(o.must("start")), End: r.cite(o.must("end")),
	}
	o.end()
	if c.First.IsZero() || c.Last.IsZero() || c.Years == 0 {
		return c // told above
	}
	if want := anniversary(c.First, c.Years).AddDays(-1); c.Last != want {
		r.fail(last, "%d years from %s end with %s", c.Years, c.First, want)
	}
	return c
}

// anniversary gives the same day of a later year, 1 March for 29 February where that year has none; the zero Date beyond the last year.
func anniversary(d calendar.Date, years int) calendar.Date {
	y, m, day := d.Date()
	if a, err := calendar.MakeDate(y+years, m, day); err == nil {
		return a
	}
	a, err := calendar.MakeDate(y+years, m, day-1)
	if err != nil {
		return calendar.Date{}
	}
	return a.AddDays(1)
}

func (r *reader) kind(n *node) Type {
	o := r.object(n)
	k := Type{Code: r.identifier(o.must("code")), Name: r.words(o.must("name")), Named: r.cite(o.must("named")), Offers: make([]Offer, len(Services()))}
	rows := o.must("services")
	for _, m := range r.list(rows) {
		r.row(m, k.Offers)
	}
	for i, s := range Services() {
		if rows != nil && k.Offers[i].Service != s {
			r.fail(rows, "nothing is said of the service %s: write unknown where nothing is known", s)
		}
	}
	o.end()
	return k
}

// row reads what holds for one or several services of a type and puts it among its offers.
func (r *reader) row(n *node, offers []Offer) {
	o := r.object(n)
	of := o.must("of")
	offer := Offer{Provision: r.cite(o.must("provision"))}
	notBefore, by, commenced := o.may("notBefore"), o.may("by"), o.may("commenced")
	one := o.exactlyOne("since", "never", "unknown")
	if one != nil {
		switch one.name {
		case "since":
			offer.Since = r.date(one)
		case "never":
			offer.Never, offer.Note = true, r.words(one)
		default:
			offer.Note = r.words(one)
		}
		if (notBefore != nil || by != nil) && one.name != "unknown" {
			r.fail(one, "notBefore and by bound a first day that is unknown; here it is %s", one.name)
		}
		if commenced != nil && one.name == "never" {
			r.fail(commenced, "a service that is never offered leaves out every case")
		}
	}
	offer.NotBefore, offer.By, offer.Commenced = r.bound(notBefore), r.bound(by), r.bound(commenced)
	if !offer.By.Day.IsZero() && !offer.By.Day.After(offer.NotBefore.Day) {
		r.fail(by, "by must be after notBefore, %s; if it is the same day, that day is since", offer.NotBefore.Day)
	}
	o.end()
	for _, m := range r.list(of) {
		r.name(m, &offer.Service)
		if i := int(offer.Service) - 1; i >= 0 {
			if offers[i].Service != 0 {
				r.fail(m, "service %s stands twice in this type", offer.Service)
			}
			offers[i] = offer
		}
	}
}

func (r *reader) bound(n *node) Bound {
	if n == nil {
		return Bound{}
	}
	o := r.object(n)
	b := Bound{Day: r.date(o.must("day")), Provision: r.cite(o.must("provision"))}
	o.end()
	return b
}
