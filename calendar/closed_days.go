package calendar

import "time"

// closedOn reports whether the office, though it has hours on d, is closed through all of them, and by which closure; known is false
// when that hangs on a closure whose reopening is not announced. A date outside the office's horizon has no hours.
func (o *Office) closedOn(d Date) (closed, known bool, by *Closure) {
	p := o.plan
	if d.Before(p.first) || d.After(p.last) {
		return false, true, nil
	}
	if s := p.special[d]; s != nil && len(s.Sessions) == 0 && len(p.reading.edition(d).Week[d.Weekday()]) > 0 {
		return true, true, nil
	}
	from, until := d.Start(p.zone).UnixNano(), d.AddDays(1).Start(p.zone).UnixNano()
	usual, ok := p.regular.within(from, until)
	if !ok {
		return false, true, nil
	}
	by = o.closureAt(time.Unix(0, max(usual.from, from)))
	left, ok := o.open.within(from, until)
	if !ok {
		return true, true, by
	}
	return max(left.from, from) >= o.shut, false, by
}

// within gives the first opening of which more than an instant lies in [from, until).
func (t *table) within(from, until int64) (opening, bool) {
	i := max(t.after(from)-1, 0)
	for ; i < len(t.openings) && t.openings[i].from < until; i++ {
		if t.openings[i].last > from {
			return t.openings[i], true
		}
	}
	return opening{}, false
}
