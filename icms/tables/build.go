package tables

import (
	"cmp"
	"reflect"
	"slices"
	"time"

	"courts.example/eservices/calendar"
	"courts.example/eservices/fees"
	"courts.example/eservices/icms"
)

// builder makes a court of a document, and gathers what is wrong with it.
type builder struct {
	reader
	root     *node
	document Document
}

// read reads a document and builds its court. The error is a *LoadError.
func read(data []byte) (*Document, icms.Court, error) {
	root, problem := scan(data)
	if problem != nil {
		return nil, icms.Court{}, &LoadError{Problems: []Problem{*problem}}
	}
	b := &builder{root: root}
	b.data = data
	b.openZone(root.member("zone"))
	b.named(root.member("provisions"))
	b.object(root, reflect.ValueOf(&b.document).Elem())
	if n := root.member("format"); n != nil && b.clean(n) && b.document.Format != Format {
		b.fail(n, "this reads the format %q, not %.40q", Format, b.document.Format)
	}
	court := b.court()
	if n := root.member("provisions"); n != nil {
		b.allCited(n)
	}
	if len(b.problems) > 0 {
		slices.SortStableFunc(b.problems, func(x, y Problem) int { return cmp.Compare(x.Line, y.Line) })
		return nil, icms.Court{}, &LoadError{Problems: slices.Compact(b.problems)}
	}
	return &b.document, court, nil
}

func (b *builder) openZone(n *node) {
	if n == nil || n.kind != aText {
		return // told when the document is read
	}
	zone, err := readZone(n.text)
	if err != nil {
		b.fail(n, "%v", err)
		return
	}
	b.zone = zone
}

// version gives a table's own version, or that of the document.
func (b *builder) version(own string) string { return cmp.Or(own, b.document.Version) }

// court builds what can be built and proves it.
func (b *builder) court() icms.Court {
	d := &b.document
	c := icms.Court{
		Code: d.Code, Name: d.Name, FilingFee: d.FilingFee, NoSingle: d.NoSingle,
		Numbers:  icms.Numbering{Prefix: d.Numbers.Prefix, Digits: d.Numbers.Digits, Provision: d.Numbers.Provision},
		Policies: d.Policies.policies(), Papers: papers(d.Papers),
	}
	b.hooks()
	c.Fees = b.schedule(b.root.member("fees"))
	c.Coverage = b.coverage(b.root.member("coverage"))
	if policy := b.policy(&d.Filing, b.root.member("filing")); policy != nil {
		c.Filing = *policy
	}
	if d.Single != nil {
		c.Single = b.policy(d.Single, b.root.member("single"))
	}
	c.Means = b.means(b.root.member("means"))
	c.Maintenance = b.maintenance(b.root.member("maintenance"))
	if h := d.Hearings; h != nil {
		c.Hearings = icms.HearingPolicy{Earliest: h.Earliest, Latest: h.Latest, Provision: h.Provision}
	}
	if i := d.Inspection; i != nil {
		c.Inspection = icms.InspectionPolicy{Item: i.Item, Open: time.Duration(i.Open), Parties: i.Parties, Provision: i.Provision}
	}
	days := b.holidays(&d.Holidays, b.root.member("holidays"))
	b.offices(&c, days)
	c.Limits = b.limits(d.Limits, days, c.Registry)
	b.agree(&c)
	b.check(&c)
	return c
}

// agree proves that the tables of several packages speak of the same court.
func (b *builder) agree(c *icms.Court) {
	if c.Fees == nil {
		return
	}
	items := c.Fees.Items()
	has := func(n *node, item string) {
		if item != "" && !slices.ContainsFunc(items, func(i fees.Item) bool { return i.Name == item }) {
			b.fail(n, "the fees have no item %.80q", item)
		}
	}
	if n := b.root.member("filingFee"); n != nil {
		has(n, c.FilingFee)
	}
	if n := b.root.member("inspection").member("item"); n != nil {
		has(n, c.Inspection.Item)
	}
	at := b.root.member("fees")
	if b.zone != nil && c.Fees.Zone().String() != b.zone.String() {
		b.fail(at.member("zone"), "must be the court's zone, %q", b.document.Zone)
	}
	if f := c.Filing.Currency; !f.IsZero() && c.Fees.Currency() != f {
		b.fail(at.member("currency"), "the fees are in %s and claims in %s", c.Fees.Currency().Code(), f.Code())
	}
}

// check has the court check itself, and tells what it finds of the tables in which nothing wrong was found before.
func (b *builder) check(c *icms.Court) {
	for _, err := range parts(c.Check()) {
		pointer, text := placeOf(err, c.Code)
		n := b.root.at(pointer)
		top := n
		for top.parent != nil && top.parent != b.root {
			top = top.parent
		}
		missing := pointer == "/offices" || pointer == "/filingFee" // what could not be built was told before
		if (top == b.root || missing) && len(b.problems) > 0 || top != b.root && !b.clean(top) {
			continue
		}
		b.fail(n, "%s", text)
	}
}

func (p *Policies) policies() icms.Policies {
	out := icms.Policies{
		Fee:     icms.FeePolicy{Choice: p.Fee.Choice, Provision: p.Fee.Provision},
		Receipt: icms.ReceiptPolicy{Choice: p.Receipt.Choice, Provision: p.Receipt.Provision},
	}
	if a := p.Acceptance; a != nil {
		out.Acceptance = icms.AcceptancePolicy{Choice: a.Choice, Provision: a.Provision}
	}
	if t := p.Time; t != nil {
		out.Time = icms.TimePolicy{Asked: t.Asked, Provision: t.Provision}
	}
	if r := p.Represented; r != nil {
		out.Represented = icms.RepresentedPolicy{Told: r.Told, Provision: r.Provision}
	}
	if g := p.Partial; g != nil {
		out.Partial = icms.PartialPolicy{Allowed: g.Allowed, Provision: g.Provision}
	}
	if c := p.Corrections; c != nil {
		out.Corrections = icms.CorrectionPolicy{Choice: c.Choice, Provision: c.Provision}
	}
	if l := p.Linking; l != nil {
		out.Linking = icms.LinkPolicy{Tries: l.Tries, CodeTries: l.CodeTries, Rest: time.Duration(l.Rest), Provision: l.Provision}
	}
	return out
}

func papers(list []Paper) []icms.PaperKind {
	var out []icms.PaperKind
	for _, p := range list {
		k := icms.PaperKind{
			Code: p.Code, Name: p.Name, Sides: p.Sides, Afterwards: p.Afterwards, OnPaper: p.OnPaper, Fee: p.Fee, Provision: p.Provision,
		}
		if l := p.Limit; l != nil {
			k.Event, k.Days, k.Limit = l.Event, l.Days, l.Provision
			if i := l.Instead; i != nil {
				k.Instead, k.Asked, k.Deferred = i.Event, i.Asked, i.Provision
			}
		}
		out = append(out, k)
	}
	return out
}

// maintenance proves the notices one by one.
func (b *builder) maintenance(n *node) calendar.Availability {
	list := b.document.Maintenance
	if !b.most(n, maxNotices) {
		return calendar.Availability{}
	}
	for i, m := range list {
		if _, err := calendar.NewAvailability(m); err != nil && b.clean(n.members[i]) {
			b.fail(n.members[i], "%v", err)
		}
	}
	all, _ := calendar.NewAvailability(list...) // each was proven above
	return all
}

// tiny is a table of holidays in which single rows of other tables are proven.
func tiny() *calendar.Holidays {
	const year = 2000
	h, err := calendar.NewHolidays(calendar.HolidaysOptions{Version: "tiny", From: year, Until: year})
	if err != nil {
		panic(err) // a table without rows
	}
	return h
}
