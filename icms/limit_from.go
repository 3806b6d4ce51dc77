package icms

import "slices"

// startOf finds the record of an event from which the time of a party runs: the one of that serial, or of the paper that was served under that
// serial, or what took its place; with serial 0 that of the newest paper. Of one paper that was served, the first record that stands counts,
// by the day of service: what is recorded later gives nobody new time. Nil when none stands.
func startOf(all []*Document, event CaseEvent, party string, serial int) *Document {
	first := map[int]*Document{} // by what was made or served
	for _, d := range all {
		switch {
		case !d.Outward || d.State != DocumentIssued || d.Event != event || d.EventDay == "":
		case event.served() && len(d.To) > 0 && !slices.Contains(d.To, party):
		case serial != 0 && !succeeds(all, d.subject(), subjectOf(all, serial)):
		default:
			if before := first[d.subject()]; before == nil || d.EventDay < before.EventDay {
				first[d.subject()] = d
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

// subject is the serial of what a paper of the court records an event of: the paper that was served, or itself.
func (d *Document) subject() int {
	if d.Serves != 0 {
		return d.Serves
	}
	return d.Serial
}

// subjectOf is the subject of the paper of a serial.
func subjectOf(all []*Document, serial int) int {
	for _, d := range all {
		if d.Serial == serial && d.Outward {
			return d.subject()
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
