package calendar

import "courts.example/eservices/icms/law"

// Reason gives the steps that led to the last day; they are found when it is asked for, from the tables of the rule that counted. An
// expiry that no rule made has an empty reason.
//
// The codes of its steps are event, short, holiday, weekday, warning, office-closed, unknown, last-day, not-last, projected, pending
// and expires.
func (e Expiry) Reason() law.Reason {
	if e.limits == nil {
		return law.Reason{}
	}
	l, g := e.limits, &e.limits.options.Grounds
	w := limitWalk{limits: l}
	w.step("event", g.Event, law.V("rule", l.options.Name), law.V("days", e.Days), law.V("event", e.Event))
	if e.Days <= l.options.Short {
		w.step("short", g.Short, law.V("short", l.options.Short))
	}
	last, err := l.count(e.Event, e.Days, w.note)
	if err != nil {
		return law.Reason{}
	}
	if w.rolled {
		w.step("not-last", g.NotLast, law.V("date", last))
	} else {
		w.step("last-day", law.Provision{}, law.V("date", last))
	}
	if e.Projected {
		h := l.options.Holidays
		w.step("projected", h.options.RuleProvision, law.V("last", h.Last()))
	}
	if e.Pending {
		w.step("pending", g.Pending, law.V("regular", e.Regular))
	} else {
		w.step("expires", law.Provision{}, law.V("date", e.Date))
	}
	return law.Reason{Steps: w.steps, Data: joinVersions(l.options.Holidays.Version(), l.options.Version)}
}

// limitWalk notes the days that a count hands over.
type limitWalk struct {
	limits  *Limits
	steps   []law.Step
	rolled  bool
	doubted Date // the last day noted of which nobody knows
}

func (w *limitWalk) step(code string, p law.Provision, values ...law.Value) {
	w.say(code, limitSentence(code), p, values...)
}

func (w *limitWalk) say(code string, says law.Text, p law.Provision, values ...law.Value) {
	w.steps = append(w.steps, law.Step{Code: code, Provision: p, Says: says, Values: values})
}

// note notes one day that is not counted, or on which the period does not end (rolled).
func (w *limitWalk) note(d Date, s dayState, rolled bool) {
	if rolled && !w.rolled && s.in {
		w.rolled = true
		w.step("last-day", law.Provision{}, law.V("date", d))
	}
	if s.unknown && d == w.doubted {
		return // noted when it was counted
	}
	if s.unknown {
		w.doubted = d
	}
	o := &w.limits.options
	date := law.V("date", d)
	switch s.why {
	case byHoliday:
		w.step("holiday", o.Holidays.provision(s.holiday), date, law.V("holiday", s.holiday.Name))
	case byWeekday:
		w.step("weekday", o.Grounds.Weekdays[d.Weekday()], date, law.V("weekday", weekdayName(d.Weekday())))
	case byWarning:
		w.warning(date, s)
	case byClosure:
		w.closure(date, s)
	}
}

func (w *limitWalk) warning(date law.Value, s dayState) {
	kind, name, p := w.limits.options.Kinds[s.warning.Kind], s.warning.Name, s.warning.Provision
	if name == nil {
		name = kind.Name
	}
	if p.IsZero() {
		p = kind.Provision
	}
	zone := w.limits.options.Zone
	values := []law.Value{date, law.V("warning", name), law.V("from", s.warning.From.In(zone))}
	switch {
	case s.unknown:
		w.say("unknown", limitSentence("warning-unended"), p, values...)
	case s.warning.Until.IsZero():
		w.say("warning", limitSentence("warning-began"), p, values...)
	default:
		w.step("warning", p, append(values, law.V("until", s.warning.Until.In(zone)))...)
	}
}

func (w *limitWalk) closure(date law.Value, s dayState) {
	p := w.limits.options.Grounds.Closed
	if s.closure == nil {
		w.say("office-closed", limitSentence("no-hours"), p, date)
		return
	}
	values := []law.Value{date, law.V("cause", w.limits.options.Office.cause(s.closure).Name), law.V("id", s.closure.ID)}
	if s.unknown {
		w.say("unknown", limitSentence("closure-unended"), p, values...)
		return
	}
	w.step("office-closed", p, values...)
}
