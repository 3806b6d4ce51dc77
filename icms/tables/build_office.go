package tables

import (
	"cmp"
	"slices"
	"time"

	"courts.example/eservices/calendar"
	"courts.example/eservices/icms"
	"courts.example/eservices/icms/law"
)

// offices builds the court's offices.
func (b *builder) offices(c *icms.Court, days *calendar.Holidays) {
	o, n := &b.document.Offices, b.root.member("offices")
	if like := o.Registry.Like; like != "" && n != nil {
		b.fail(n.member("registry").member("like"), "the registry is like no other office: write its hours")
		return
	}
	c.Registry = b.office(&o.Registry, n.member("registry"), days)
	c.Accounts = c.Registry
	if o.Accounts != nil {
		c.Accounts = b.office(b.like(o.Accounts, n.member("accounts")), n.member("accounts"), days)
	}
	if o.Hearings != nil {
		c.Hearings.Hours = b.office(b.like(o.Hearings, n.member("hearings")), n.member("hearings"), days)
		if b.document.Hearings == nil {
			b.fail(n.member("hearings"), "there are hours of hearings, but no hearings")
		}
	}
}

// like gives an office with what it takes from the registry.
func (b *builder) like(o *Office, n *node) *Office {
	if o.Like == "" {
		return o
	}
	if o.Like != "registry" {
		b.fail(n.member("like"), "an office is like the \"registry\", or like none")
		return o
	}
	out, from := *o, &b.document.Offices.Registry
	out.Version, out.Reading = cmp.Or(o.Version, from.Version), cmp.Or(o.Reading, from.Reading)
	out.Strict = o.Strict || from.Strict
	if o.Readings == nil {
		out.Readings = from.Readings
	}
	if o.Special == nil {
		out.Special = from.Special
	}
	if o.Grounds == nil {
		out.Grounds = from.Grounds
	}
	return &out
}

// office proves the rows of an office one by one, then builds it; nil when something is wrong with it.
func (b *builder) office(o *Office, n *node, days *calendar.Holidays) *calendar.Office {
	if n == nil {
		return nil
	}
	if !b.most(n.member("readings"), maxReadings) || !b.most(n.member("closures"), maxNotices) {
		return nil
	}
	options := calendar.OfficeOptions{
		Name: o.Name, Version: b.version(o.Version), Zone: b.zone, Holidays: days, Closures: o.Closures, Strict: o.Strict,
	}
	if g := o.Grounds; g != nil {
		options.Grounds = g.grounds()
	}
	proof := calendar.OfficeOptions{
		Name: law.Text{law.English: "any"}, Zone: time.UTC, Holidays: tiny(), Readings: []calendar.Reading{{Name: "any", Hours: make([]calendar.Hours, 1)}},
	}
	for i, r := range o.Readings {
		from := n
		if n.member("readings") == nil {
			from = b.root.at("/offices/registry") // like it
		}
		at := from.at("/readings/" + index(i))
		reading := calendar.Reading{Name: r.Name, Title: r.Title, ClosingIn: r.ClosingIn, Closing: r.Closing}
		for j, h := range r.Editions {
			edition := b.hours(h, at.at("/editions/"+index(j)), proof)
			reading.Hours = append(reading.Hours, edition)
		}
		options.Readings = append(options.Readings, reading)
	}
	for i, s := range o.Special {
		from := n
		if n.member("special") == nil {
			from = b.root.at("/offices/registry")
		}
		at := from.at("/special/" + index(i))
		day := calendar.SpecialDay{Date: s.Date, Sessions: b.sessions(s.Open, at.member("open")), Title: s.Title, Provision: s.Provision}
		one := proof
		one.Special = []calendar.SpecialDay{day}
		b.proven(one, at)
		options.Special = append(options.Special, day)
	}
	for i, c := range o.Closures {
		one := proof
		one.Closures = []calendar.Closure{c}
		b.proven(one, n.at("/closures/"+index(i)))
	}
	if !b.clean(n) || o.Like != "" && !b.clean(b.root.at("/offices/registry")) || days == nil || b.zone == nil {
		return nil
	}
	made, err := calendar.NewOffice(options)
	if err == nil && o.Reading != "" {
		made, err = made.Reading(o.Reading)
	}
	if err != nil {
		b.fail(n, "%v", err)
		return nil
	}
	return made
}

// proven proves one row in an office made for that.
func (b *builder) proven(o calendar.OfficeOptions, n *node) {
	if !b.clean(n) {
		return
	}
	if _, err := calendar.NewOffice(o); err != nil {
		b.fail(n, "%v", err)
	}
}

// hours gives an edition, its sessions proven.
func (b *builder) hours(h Hours, n *node, proof calendar.OfficeOptions) calendar.Hours {
	out := calendar.Hours{From: h.From, Until: h.Until, Provision: h.Provision}
	var seen []Weekday
	for i, d := range h.Week {
		at := n.at("/week/" + index(i))
		sessions := b.sessions(d.Open, at.member("open"))
		for j, w := range d.On {
			if at := at.at("/on/" + index(j)); slices.Contains(seen, w) && b.clean(at) {
				b.fail(at, "the weekday stands twice")
			}
			seen = append(seen, w)
			out.Week[time.Weekday(w)] = sessions
		}
	}
	one := proof
	one.Readings = []calendar.Reading{{Name: "any", Hours: []calendar.Hours{{Week: out.Week}}}}
	b.proven(one, n)
	return out
}

func (b *builder) sessions(list []Session, n *node) []calendar.Session {
	out := make([]calendar.Session, 0, len(list))
	for i, s := range list {
		opens, closes, err := s.clocks()
		if err != nil && b.clean(n.members[i]) {
			b.fail(n.members[i], "%v", err)
		}
		out = append(out, calendar.Session{Opens: opens, Closes: closes, Provision: s.Provision})
	}
	return out
}

func (g *OfficeGrounds) grounds() calendar.Grounds {
	out := calendar.Grounds{
		Rule: g.Rule, OutsideRule: g.OutsideRule, Closed: g.Closed, AfterHours: g.AfterHours, Reopening: g.Reopening, Pending: g.Pending,
	}
	if len(g.Causes) > 0 {
		out.Causes = make(map[calendar.Cause]calendar.CauseEntry, len(g.Causes))
	}
	for name, c := range g.Causes {
		out.Causes[calendar.Cause(name)] = calendar.CauseEntry{Name: c.Name, Provision: c.Provision}
	}
	return out
}
