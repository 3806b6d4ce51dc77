package calendar

import (
	"time"

	"courts.example/eservices/icms/law"
)

// Reason gives the steps that led to the receipt; they are found when it is asked for, from the tables of the office that received.
// A receipt that no office made has an empty reason.
//
// The codes of its steps are received, open, closing-instant, outside-hours, no-hours, holiday, closure, closed, opens, projected,
// announced-after-hours, announced-reopening, pending, not-in-force, as-received and deemed.
func (r Receipt) Reason() law.Reason {
	if r.office == nil {
		return law.Reason{}
	}
	w := receiptWalk{office: r.office, receipt: r}
	w.step("received", law.Provision{}, law.V("office", r.office.options.Name),
		law.V("reading", r.office.plan.reading.title()), law.V("at", r.Received))
	switch {
	case !r.Moved():
		w.open()
	case r.Pending:
		w.pending()
	default:
		w.moved()
	}
	return law.Reason{Steps: w.steps, Data: joinVersions(r.office.plan.holidays.Version(), r.office.options.Version)}
}

// receiptWalk goes from the instant of receipt to the next opening and notes why the office is closed on the way.
type receiptWalk struct {
	office  *Office
	receipt Receipt
	steps   []law.Step
}

func (w *receiptWalk) step(code string, p law.Provision, values ...law.Value) {
	w.say(code, receiptSentence(code), p, values...)
}

func (w *receiptWalk) say(code string, says law.Text, p law.Provision, values ...law.Value) {
	w.steps = append(w.steps, law.Step{Code: code, Provision: p, Says: says, Values: values})
}

// open explains a receipt that counts when it came in.
func (w *receiptWalk) open() {
	w.hours("open", w.receipt.Received)
	w.closingInstant(w.receipt.Received)
	w.projected()
	w.rule("as-received")
}

// moved explains a receipt that counts when the office next opens.
func (w *receiptWalk) moved() {
	g, r := &w.office.options.Grounds, w.receipt
	w.causes()
	w.ground("closed", g.Closed)
	w.hours("opens", r.Deemed)
	w.projected()
	if w.office.closureAt(r.Received) != nil {
		w.ground("announced-reopening", g.Reopening)
	} else if w.office.plan.afterHours(r.Received) {
		w.ground("announced-after-hours", g.AfterHours)
	}
	w.rule("deemed", law.V("at", r.Deemed))
}

// rule notes the conclusion, and before it that the rule on which it rests is not in force at the instant of receipt, where it is not.
func (w *receiptWalk) rule(code string, values ...law.Value) {
	g := &w.office.options.Grounds
	if !g.Rule.AppliesAt(w.receipt.Received) {
		w.ground("not-in-force", g.OutsideRule)
	}
	w.step(code, g.Rule, values...)
}

// ground is step for a step that says nothing without its provision.
func (w *receiptWalk) ground(code string, p law.Provision) {
	if !p.IsZero() {
		w.step(code, p)
	}
}

// pending explains a receipt of which nobody can say yet when it counts.
func (w *receiptWalk) pending() {
	w.causes()
	w.ground("closed", w.office.options.Grounds.Closed)
	w.projected()
	w.step("pending", w.office.options.Grounds.Pending, law.V("regular", w.receipt.Regular))
}

// causes notes why the office is closed until it opens: each holiday, weekday without hours and closure on the way, and the hours
// themselves where the receipt, or the end of a closure, lies outside them.
func (w *receiptWalk) causes() {
	at, arrived := w.receipt.Received, true
	for w.receipt.Pending || at.Before(w.receipt.Deemed) {
		c := w.office.closureAt(at)
		if c == nil {
			at, arrived = w.ordinary(at, arrived), false
			continue
		}
		w.closure(c)
		if c.Reopens.IsZero() {
			return
		}
		at, arrived = c.Reopens.In(w.office.Zone()), true
	}
}

func (w *receiptWalk) closure(c *Closure) {
	cause := w.office.cause(c)
	values := []law.Value{law.V("id", c.ID), law.V("cause", cause.Name), law.V("from", c.From.In(w.office.Zone()))}
	if c.Reopens.IsZero() {
		w.say("closure", receiptSentence("closure-unended"), cause.Provision, values...)
		return
	}
	w.step("closure", cause.Provision, append(values, law.V("reopens", c.Reopens.In(w.office.Zone())))...)
}

// cause says what c rests on, and what brought it about in words.
func (o *Office) cause(c *Closure) CauseEntry {
	entry := o.options.Grounds.Causes[c.Cause]
	if entry.Name == nil {
		entry.Name = law.Text{law.English: string(c.Cause)}
	}
	if c.Note != nil {
		entry.Name = c.Note
	}
	if !c.Provision.IsZero() {
		entry.Provision = c.Provision
	}
	return entry
}

// ordinary notes why the office is closed at an instant without a closure, and gives the next instant to look at. Outside the hours
// of a day of opening it notes something only where arrived is set: a night between two days explains nothing.
func (w *receiptWalk) ordinary(at time.Time, arrived bool) time.Time {
	p, d := w.office.plan, DateOf(at, w.office.Zone())
	tomorrow := d.AddDays(1).Start(p.zone)
	if h, ok := p.holidays.On(d); ok {
		w.step("holiday", p.holidays.provision(h), law.V("date", d), law.V("holiday", h.Name))
		return tomorrow
	}
	sessions, ground := p.sessions(d)
	if len(sessions) == 0 {
		title := weekdayName(d.Weekday())
		if s := p.special[d]; s != nil && s.Title != nil {
			title = s.Title
		}
		w.step("no-hours", ground, law.V("date", d), law.V("day", title))
		return tomorrow
	}
	if arrived {
		w.hours("outside-hours", at)
		w.closingInstant(at)
	}
	if i := p.regular.after(at.UnixNano()); i < len(p.regular.openings) {
		if next := time.Unix(0, p.regular.openings[i].from); next.Before(tomorrow) {
			return next.In(p.zone)
		}
	}
	return tomorrow
}

// hours notes the hours of the date of at, on what the session at that time rests.
func (w *receiptWalk) hours(code string, at time.Time) {
	p, d := w.office.plan, DateOf(at, w.office.Zone())
	sessions, ground := p.sessions(d)
	clock := clockOf(at)
	for _, s := range sessions {
		if s.Opens <= clock && clock < s.Closes && !s.Provision.IsZero() {
			ground = s.Provision
		}
	}
	w.step(code, ground, law.V("at", at), law.V("date", d), law.V("hours", sessionList(sessions)))
}

// closingInstant notes how the reading takes the closing instant, when at is one.
func (w *receiptWalk) closingInstant(at time.Time) {
	p := w.office.plan
	sessions, _ := p.sessions(DateOf(at, p.zone))
	if at.Nanosecond() != 0 || !closes(sessions, clockOf(at)) {
		return
	}
	says := receiptSentence("closing-instant-out")
	if !w.receipt.Moved() {
		says = receiptSentence("closing-instant-in")
	}
	w.say("closing-instant", says, p.reading.Closing, law.V("at", at), law.V("reading", p.reading.title()))
}

func (w *receiptWalk) projected() {
	if w.receipt.Projected {
		h := w.office.plan.holidays
		w.step("projected", h.options.RuleProvision, law.V("last", h.Last()))
	}
}
