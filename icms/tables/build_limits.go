package tables

import (
	"slices"
	"strconv"
	"time"

	"courts.example/eservices/calendar"
	"courts.example/eservices/icms"
	"courts.example/eservices/icms/law"
)

func index(i int) string { return strconv.Itoa(i) }

// limits proves the rule of time limits at the registry, and gives it for the registry as it is at a time.
func (b *builder) limits(l *Limits, days *calendar.Holidays, registry *calendar.Office) icms.LimitsFor {
	n := b.root.member("limits")
	if l == nil || n == nil || !b.most(n.member("warnings"), maxNotices) {
		return nil
	}
	o := calendar.LimitsOptions{
		Name: l.Name, Version: b.version(l.Version), Zone: b.zone, Holidays: days, Short: l.Short, LeftOut: l.LeftOut.days(), NotLast: l.NotLast.days(),
		Kinds: map[string]calendar.Kind{}, Warnings: l.Warnings, Strict: l.Strict, Grounds: l.Grounds.grounds(),
	}
	for name, k := range l.Kinds {
		o.Kinds[name] = calendar.Kind{Name: k.Name, Provision: k.Provision}
	}
	for i, w := range l.Warnings {
		at := n.at("/warnings/" + index(i))
		_, err := calendar.NewLimits(calendar.LimitsOptions{Name: law.Text{law.English: "any"}, Zone: time.UTC, Holidays: tiny(), Warnings: []calendar.Warning{w}})
		if err != nil && b.clean(at) {
			b.fail(at, "%v", err)
		}
	}
	closed := l.Closures
	if closed != nil {
		for i, cause := range closed.Causes {
			if _, kind := l.Kinds[cause]; !kind {
				b.fail(n.at("/closures/causes/"+index(i)), "%.40q is no kind of warning", cause)
			}
		}
	}
	count := func(registry *calendar.Office) (*calendar.Limits, error) {
		of := o
		of.Office = registry
		if closed != nil {
			of.Warnings = append(slices.Clone(o.Warnings), closed.warnings(registry)...)
		}
		return calendar.NewLimits(of)
	}
	if registry != nil && b.clean(n) {
		if _, err := count(registry); err != nil {
			b.fail(n, "%v", err)
		}
	}
	return count
}

// warnings gives the closures of an office that count as warnings.
func (w *ClosuresAsWarnings) warnings(office *calendar.Office) []calendar.Warning {
	var out []calendar.Warning
	for _, c := range office.Closures() {
		if slices.Contains(w.Causes, string(c.Cause)) {
			out = append(out, calendar.Warning{
				ID: "closure " + c.ID, Kind: string(c.Cause), From: c.From, Until: w.until(office, c), Provision: w.Provision,
			})
		}
	}
	return out
}

// until is when a closure ends as a warning: with its reopening or, when that is the opening of a day or before, with the beginning of the day.
func (w *ClosuresAsWarnings) until(office *calendar.Office, c calendar.Closure) time.Time {
	if c.Reopens.IsZero() {
		return time.Time{}
	}
	begins := calendar.DateOf(c.Reopens, office.Zone()).Start(office.Zone())
	opens, err := office.NextOpening(begins)
	if err == nil && !c.Reopens.After(opens) && begins.After(c.From) && opens.Sub(begins) < time.Duration(w.Opening) {
		return begins
	}
	return c.Reopens
}

func (s DaySet) days() calendar.DaySet {
	out := calendar.DaySet{Holidays: s.Holidays, Warnings: s.Warnings, Closed: s.Closed}
	for _, d := range s.Weekdays {
		out.Weekdays = append(out.Weekdays, time.Weekday(d))
	}
	return out
}

func (g *LimitGrounds) grounds() calendar.LimitGrounds {
	out := calendar.LimitGrounds{Event: g.Event, Short: g.Short, NotLast: g.NotLast, Closed: g.Closed, Pending: g.Pending}
	if len(g.Weekdays) > 0 {
		out.Weekdays = make(map[time.Weekday]law.Provision, len(g.Weekdays))
	}
	for d, p := range g.Weekdays {
		out.Weekdays[time.Weekday(d)] = p
	}
	return out
}
