package feed

import (
	"fmt"
	"time"

	"courts.example/eservices/calendar"
	"courts.example/eservices/icms/law"
)

// ExportOptions say how an office's days are written down.
type ExportOptions struct {
	// Product names the program that publishes them, and Domain who does: the UIDs end with it. Both are required.
	Product, Domain string
	// Stamp is when the calendar was made, in whole seconds. Required: the same office at the same stamp gives the same calendar.
	Stamp time.Time
	// Language is the tag of the texts; empty is English.
	Language string
	// Causes are the names of the causes of closures; a closure of another cause without a note is named by the cause itself.
	Causes map[calendar.Cause]law.Text
}

// The categories of exported events.
const (
	// CategoryOpen marks a span in which the office is open.
	CategoryOpen = "OPEN"
	// CategoryClosed marks a whole date on which it does not open.
	CategoryClosed = "CLOSED"
	// CategoryClosure marks a closure that touches the dates.
	CategoryClosure = "CLOSURE"
	// CategorySpecial marks, beside the others, a date with hours of its own, such as a half day.
	CategorySpecial = "SPECIAL-HOURS"
	// CategoryProjected marks, beside the others, a date whose holidays were found by rule.
	CategoryProjected = "PROJECTED"
)

// Export gives the days of an office from one date to another, both in, for calendar programs: for each date the spans in which the
// office is open, or one all-day event that says why it does not open; and each closure that touches the dates. A closure
// until further notice ends with the last date and says that it goes on. Instants are whole seconds, and nothing is shown as open
// that is not. Its error is a *calendar.HorizonError when a date lies beyond the office's horizon.
func Export(o *calendar.Office, from, to calendar.Date, opt ExportOptions) (Calendar, error) {
	if opt.Product == "" || opt.Domain == "" || opt.Stamp.IsZero() || !whole(opt.Stamp) {
		return Calendar{}, fmt.Errorf("calendar/feed: export: a Product, a Domain and a Stamp in whole seconds are needed")
	}
	days, err := o.Days(from, to)
	if err != nil {
		return Calendar{}, fmt.Errorf("calendar/feed: export: %w", err)
	}
	x := exporter{
		ExportOptions: opt, name: o.Name().In(opt.Language), closures: make(map[string]bool),
		start: from.Start(o.Zone()), end: to.AddDays(1).Start(o.Zone()), zone: o.Zone(),
	}
	x.out = Calendar{Product: opt.Product, Name: x.name}
	for day := range days {
		x.day(&day)
	}
	return x.out, nil
}

type exporter struct {
	ExportOptions
	out        Calendar
	name       string
	closures   map[string]bool // the IDs of those written
	start, end time.Time
	zone       *time.Location
}

func (x *exporter) day(d *calendar.Day) {
	for i := range d.Closures {
		if c := &d.Closures[i]; !x.closures[c.ID] {
			x.closures[c.ID] = true
			x.closure(c)
		}
	}
	open := 0
	for _, s := range d.Open {
		from, to := ceil(s.From), s.Until.Truncate(time.Second)
		if !from.Before(to) {
			continue
		}
		open++
		e := x.event(fmt.Sprintf("open-%s-%d", d.Date, open), sentence("open"), CategoryOpen)
		e.From, e.To = from.UTC(), to.UTC()
		x.add(e, d)
	}
	if open == 0 {
		says := sentence("closed").Fill(law.V("why", x.why(d)))
		e := x.event("closed-"+d.Date.String(), says, CategoryClosed)
		e.Day, e.Until = d.Date, d.Date.AddDays(1)
		x.add(e, d)
	}
}

// add appends an event of a date with what else is to be said of the date.
func (x *exporter) add(e Event, d *calendar.Day) {
	var notes []law.Text
	if d.Special != nil && d.Holiday == nil {
		e.Categories = append(e.Categories, CategorySpecial)
		notes = append(notes, sentence("special").Fill(law.V("title", d.Special)))
	}
	for i := range d.Closures {
		notes = append(notes, x.closureText(&d.Closures[i]))
	}
	if d.Projected {
		e.Categories = append(e.Categories, CategoryProjected)
		notes = append(notes, sentence("projected"))
	}
	for i, n := range notes {
		if i > 0 {
			e.Description += "\n"
		}
		e.Description += n.In(x.Language)
	}
	x.out.Events = append(x.out.Events, e)
}

func (x *exporter) event(id string, says law.Text, category string) Event {
	return Event{
		UID: id + "@" + x.Domain, Summary: x.name + sentence("colon").In(x.Language) + says.In(x.Language),
		Categories: []string{category}, Stamp: x.Stamp.UTC(), Transparent: true,
	}
}

// why says why an office does not open on a date.
func (x *exporter) why(d *calendar.Day) law.Text {
	switch {
	case d.Holiday != nil:
		return d.Holiday.Name
	case len(d.Hours) > 0 && len(d.Closures) > 0:
		return x.cause(&d.Closures[0])
	case d.Special != nil:
		return d.Special
	}
	return sentence(d.Date.Weekday().String())
}

func (x *exporter) closure(c *calendar.Closure) {
	e := x.event("closure-"+c.ID, sentence("closed").Fill(law.V("why", x.cause(c))), CategoryClosure)
	from, to := c.From, c.Reopens
	if from.Before(x.start) {
		from = x.start
	}
	if to.IsZero() || to.After(x.end) {
		to = x.end
	}
	e.From, e.To = from.Truncate(time.Second).UTC(), ceil(to).UTC()
	e.Description = x.closureText(c).In(x.Language)
	x.out.Events = append(x.out.Events, e)
}

// closureText says from when to when a closure holds, and why.
func (x *exporter) closureText(c *calendar.Closure) law.Text {
	kind := "closure"
	if c.Reopens.IsZero() {
		kind = "closure-unended"
	}
	return sentence(kind).Fill(law.V("from", c.From.In(x.zone)), law.V("reopens", c.Reopens.In(x.zone)), law.V("why", x.cause(c)))
}

func (x *exporter) cause(c *calendar.Closure) law.Text {
	switch {
	case x.Causes[c.Cause] != nil:
		return x.Causes[c.Cause]
	case c.Note.In(x.Language) != "":
		return c.Note
	case c.Cause != "":
		return law.Text{law.English: string(c.Cause)}
	}
	return sentence("unstated")
}

// ceil gives the first whole second that is not before t.
func ceil(t time.Time) time.Time {
	if s := t.Truncate(time.Second); s.Before(t) {
		return s.Add(time.Second)
	}
	return t
}
