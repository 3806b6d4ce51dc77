package rollout

import (
	"slices"
	"time"

	"courts.example/eservices/calendar"
)

// DirectoryFormat is the name and version of the format of a directory, the value of the member "format".
const DirectoryFormat = "court-info/1"

// LoadDirectory reads the public information of courts from its file (JSON; the package documentation has the format) and proves it.
// What the file has under "everywhere" stands in every court before what the court has itself. Zone is the zone of the courts' clocks.
// What is wrong comes as one *[LoadError].
func LoadDirectory(data []byte, zone *time.Location) (*Directory, error) {
	root, err := scan(data)
	if err != nil {
		return nil, &LoadError{Problems: []Problem{{Text: err.Error()}}}
	}
	r := &reader{}
	o, d := r.object(root), &Directory{zone: zone}
	if zone == nil {
		r.fail(root, "no zone is given: service hours need the zone of the courts' clocks")
	}
	r.format(o.must("format"), DirectoryFormat)
	d.name, d.version = r.identifier(o.must("name")), r.identifier(o.must("version"))
	provisions := o.must("provisions")
	r.table(provisions)
	var everywhere Info
	if m := o.may("everywhere"); m != nil {
		e := r.object(m)
		everywhere = r.info(e)
		e.end()
	}
	for _, n := range r.list(o.must("courts")) {
		c := r.object(n)
		code := r.identifier(c.must("court"))
		if slices.Contains(d.Courts(), code) {
			r.fail(n, "court %q stands twice", code)
		}
		info := &listedInfo{Info: everywhere.with(r.info(c))}
		c.end()
		info.Court = code
		r.hoursInOrder(n, info.Hours)
		info.availability = r.availability(n, info.Maintenance)
		d.courts = append(d.courts, info)
	}
	r.allCited(provisions)
	o.end()
	if err := r.err(); err != nil {
		return nil, err
	}
	return d, nil
}

// info reads the topics of an object, each of which may be absent.
func (r *reader) info(o *object) (i Info) {
	for _, n := range r.list(o.may("offices")) {
		i.Offices = append(i.Offices, r.place(n))
	}
	for _, n := range r.list(o.may("contacts")) {
		i.Contacts = append(i.Contacts, r.contact(n))
	}
	for _, n := range r.list(o.may("helpCentres")) {
		i.HelpCentres = append(i.HelpCentres, r.place(n))
	}
	for _, n := range r.list(o.may("requirements")) {
		i.Requirements = append(i.Requirements, r.requirement(n))
	}
	for _, n := range r.list(o.may("hours")) {
		i.Hours = append(i.Hours, r.serviceHours(n))
	}
	for _, n := range r.list(o.may("maintenance")) {
		i.Maintenance = append(i.Maintenance, r.maintenance(n))
	}
	return i
}

func (r *reader) place(n *node) Place {
	o := r.object(n)
	p := Place{Name: r.words(o.must("name")), Address: r.words(o.may("address")), Hours: r.words(o.may("hours")), Provision: r.cite(o.must("provision"))}
	o.end()
	return p
}

func (r *reader) contact(n *node) Contact {
	o := r.object(n)
	c := Contact{
		Name: r.words(o.must("name")), Telephone: r.text(o.may("telephone")), Email: r.text(o.may("email")), Provision: r.cite(o.must("provision")),
	}
	o.end()
	if c.Telephone == "" && c.Email == "" {
		r.fail(n, "needs a telephone or an email")
	}
	return c
}

func (r *reader) requirement(n *node) Requirement {
	o := r.object(n)
	kind := o.must("kind")
	q := Requirement{Kind: RequirementKind(r.text(kind)), Provision: r.cite(o.must("provision"))}
	if kind != nil && q.Kind != Browser && q.Kind != Setting && q.Kind != Protocol {
		r.fail(kind, "must be one of browser, setting, protocol")
	}
	for _, m := range r.list(o.may("systems")) {
		q.Systems = append(q.Systems, r.text(m))
	}
	for _, m := range r.list(o.must("names")) {
		q.Names = append(q.Names, r.text(m))
	}
	o.end()
	return q
}

func (r *reader) serviceHours(n *node) ServiceHours {
	o := r.object(n)
	h := ServiceHours{First: r.date(o.must("first")), Last: r.date(o.may("last")), Provision: r.cite(o.must("provision"))}
	closes := o.must("closes")
	if r.name(o.must("opens"), &h.Opens) && r.name(closes, &h.Closes) && h.Closes <= h.Opens {
		r.fail(closes, "must be after opens, %s", h.Opens)
	}
	o.end()
	return h
}

// hoursInOrder proves that no day has two service hours.
func (r *reader) hoursInOrder(n *node, hours []ServiceHours) {
	for i, h := range hours {
		if !h.Last.IsZero() && h.Last.Before(h.First) {
			r.fail(n, "service hours end on %s, before they begin on %s", h.Last, h.First)
		}
		if i > 0 && (hours[i-1].Last.IsZero() || !h.First.After(hours[i-1].Last)) {
			r.fail(n, "the service hours from %s on overlap those before them: hours stand by their first days", h.First)
		}
	}
}

// availability proves the maintenance of a court; here a notice stands once.
func (r *reader) availability(n *node, notices []calendar.Maintenance) calendar.Availability {
	a, err := calendar.NewAvailability(notices...)
	if err != nil {
		r.fail(n, "%v", err)
	}
	if len(a.Windows()) != len(notices) && err == nil {
		r.fail(n, "two notices of maintenance have the same id")
	}
	return a
}

func (r *reader) maintenance(n *node) calendar.Maintenance {
	o := r.object(n)
	from, until := o.must("from"), o.may("until")
	m := calendar.Maintenance{ID: r.identifier(o.must("id")), Note: r.words(o.may("note")), Provision: r.cite(o.must("provision"))}
	r.name(from, &m.From)
	if r.name(until, &m.Until) && !m.Until.After(m.From) {
		r.fail(until, "must be after from")
	}
	o.end()
	return m
}
