package icms

import (
	"cmp"
	"slices"
)

// startOf finds the record of an event from which the time of a party runs: the one of that serial, or of the paper that was served under that
// serial, or what took its place; with serial 0 that of the newest paper. Of one paper that was served, the first record that stands counts,
// by the day of service: what is recorded later gives nobody new time. A record that names no paper is none of what was served before the day
// since. Nil when none stands.
func startOf(all []*Document, event CaseEvent, party string, serial int, since string) *Document {
	first := map[int]*Document{} // by what was made or served
	for _, d := range all {
		subject := d.subject(all)
		switch {
		case !d.Outward || d.State != DocumentIssued || d.Event != event || d.EventDay == "":
		case event.served() && len(d.To) > 0 && !slices.Contains(d.To, party):
		case d.unnamed() && d.EventDay < since:
		case serial != 0 && !succeeds(all, subject, subjectOf(all, serial)):
		default:
			if before := first[subject]; before == nil || d.EventDay < before.EventDay {
				first[subject] = d
			}
		}
	}
	var newest *Document
	for _, d := range first {
		if newest == nil || d.EventDay > newest.EventDay || d.EventDay == newest.EventDay && d.Serial > newest.Serial {
			newest = d
		}
	}
	return newest
}

// unnamed reports whether a paper of the court records that something was served, and not what.
func (d *Document) unnamed() bool {
	return d.Outward && d.Event.served() && d.Serves == 0 && courtPapers[d.Kind].served != d.Event
}

// subject is the serial of what a paper of the court records an event of: the paper that was served, or itself. A record that does not name what
// was served speaks of the newest paper before it that can be served so; where there is none, all such records speak of one thing, which has
// the serial of the first of them.
func (d *Document) subject(all []*Document) int {
	switch {
	case d.Serves != 0:
		return d.Serves
	case !d.unnamed():
		return d.Serial
	}
	served, first := 0, d.Serial
	for _, o := range all {
		switch {
		case !o.Outward || o.Serial >= d.Serial:
		case o.State == DocumentIssued && courtPapers[o.Kind].served == d.Event && share(o.To, d.To):
			served = max(served, o.Serial)
		case o.unnamed() && o.Event == d.Event:
			first = min(first, o.Serial)
		}
	}
	return cmp.Or(served, first)
}

// share reports whether two papers went to a party in common; one that names nobody went to all.
func share(one, other []string) bool {
	return len(one) == 0 || len(other) == 0 || slices.ContainsFunc(one, func(p string) bool { return slices.Contains(other, p) })
}

// subjectOf is the subject of the paper of a serial.
func subjectOf(all []*Document, serial int) int {
	for _, d := range all {
		if d.Serial == serial && d.Outward {
			return d.subject(all)
		}
	}
	return serial
}

// succeeds reports whether a paper of the court is another one, or took its place.
func succeeds(all []*Document, serial, before int) bool {
	for before != serial {
		next := 0
		for _, d := range all {
			if d.Serial == before && d.Outward {
				next = d.CorrectedBy
			}
		}
		if next <= before { // a correction has a higher serial
			return false
		}
		before = next
	}
	return true
}

// askedInTime reports whether a party asked, in time, for what a limit may count from instead.
func askedInTime(all []*Document, kind *PaperKind, party string, from int) bool {
	return slices.ContainsFunc(all, func(d *Document) bool {
		taken := d.State == DocumentReceived || d.State == DocumentPending
		return !d.Outward && d.Kind == kind.Asked && d.Party == party && taken && succeeds(all, from, subjectOf(all, d.Against))
	})
}
