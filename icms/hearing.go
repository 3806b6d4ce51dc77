package icms

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"courts.example/eservices/calendar"
	"courts.example/eservices/filing"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/store"
)

// Appointment is when and where a hearing is to be.
type Appointment struct {
	At time.Time
	// Place is one line that stands as it is in the notices of every language: in one language alone, or with both in it, "Court 1 第一庭".
	Place string
	// Agreed says on what the agreement of the parties rests to a first hearing outside the days of the court's policy: a letter, a paper's
	// number. Empty says that they have not agreed.
	Agreed string
	// Reason is told to the parties; a hearing that is moved has one, in English at least.
	Reason law.Text
	// By is the office and the officer who fixes it.
	By Filer
}

// FixHearing fixes the next hearing of a case, or moves it, and sends notice of it to all parties. A first hearing is within the days
// of the court's policy after the claim counts as received, unless the parties agree; the next one after a hearing that is over is at any
// time to come. Every hearing begins in the court's hours on a day on which it is open, by all closures announced so far. What the rules do
// not let be is a *RefusalError. The same again changes nothing.
func (r Registry) FixHearing(ctx context.Context, court, number string, a Appointment) (Hearing, error) {
	if err := a.check("a hearing of case " + number); err != nil {
		return Hearing{}, err
	}
	f, err := r.s.inCase(ctx, court, number, a.By, func(st *caseStep) error {
		before := st.file.Hearing
		if before != nil && before.At.Equal(a.At) && before.Place == a.Place {
			return errNothing
		}
		if err := st.mayHear(&a); err != nil {
			return err
		}
		return st.fix(&Hearing{Sitting: sittingOf(number, a.At), At: a.At.In(st.desk.court.Zone()), Place: a.Place, FixedBy: a.By, FixedAt: st.at, Agreed: a.Agreed}, a.Reason)
	})
	if err != nil {
		return Hearing{}, err
	}
	return *f.Hearing, nil
}

// VacateHearing takes back the hearing of a case that is to come, and tells all parties why. One that was taken back stays so; a case that
// never had one, and a hearing that is over, are a *RefusalError.
func (r Registry) VacateHearing(ctx context.Context, act CaseAct) error {
	if err := act.check("vacating a hearing"); err != nil {
		return err
	}
	_, err := r.s.inCase(ctx, act.Court, act.Case, act.By, func(st *caseStep) error {
		h := st.file.Hearing
		if h == nil {
			switch had, err := st.any(func(d *Document) bool { return d.Kind == PaperHearing }); {
			case err != nil:
				return err
			case had:
				return errNothing
			}
		}
		if h == nil || !h.At.After(st.at) {
			return refuse(filing.NewFinding(filing.HearingNone, "/case", law.Provision{}, law.V("case", act.Case)))
		}
		if act.Reason.In(law.English) == "" {
			return noReason()
		}
		return st.vacate(act.Reason)
	})
	return err
}

// check holds the form of an Appointment.
func (a *Appointment) check(what string) error {
	switch {
	case a.At.IsZero():
		return invalid("%s: it has no time", what)
	case strings.TrimSpace(a.Place) == "" || len(a.Place) > 200 || strings.ContainsFunc(a.Place, notPrintable):
		return invalid("%s: Place %.220q must be a line of plain text of at most 200 bytes", what, a.Place)
	case len(a.Agreed) > 200 || strings.ContainsFunc(a.Agreed, notPrintable):
		return invalid("%s: Agreed %.220q must be a line of plain text of at most 200 bytes", what, a.Agreed)
	}
	a.At = a.At.Truncate(time.Microsecond)
	if err := officer(a.By, what); err != nil {
		return err
	}
	return tagged("reason", a.Reason)
}

// sittingOf names the sitting of a case that is heard by itself.
func sittingOf(number string, at time.Time) string {
	return number + "@" + at.UTC().Format("20060102T1504")
}

// mayHear says whether a case may be heard then.
func (st *caseStep) mayHear(a *Appointment) error {
	f, c := st.file, st.desk.court
	if f.State == CaseConcluded {
		return refuse(filing.NewFinding(filing.CourtConcluded, "/case", law.Provision{}, law.V("case", f.Number)))
	}
	first, err := st.first()
	if err != nil {
		return err
	}
	now, err := st.s.offices(st.ctx, st.desk)
	if err != nil {
		return err
	}
	st.change.Require = append(st.change.Require, now.still(c.Code))
	if err := c.mayHear(a, now, st.at, f.Received, first); err != nil {
		return err
	}
	if f.Hearing != nil && f.Hearing.At.After(st.at) && a.Reason.In(law.English) == "" {
		return noReason()
	}
	return nil
}

// first reports whether a hearing would be the first of the case: none was held, and none that was fixed is over.
func (st *caseStep) first() (bool, error) {
	f := st.file
	if f.Hearing != nil && !f.Hearing.At.After(st.at) {
		return false, nil
	}
	held, err := st.any(func(d *Document) bool { return d.Event == HearingHeld })
	return !held, err
}

// any reports whether the court issued such a paper in the case.
func (st *caseStep) any(such func(*Document) bool) (bool, error) {
	if st.file.Papers == 0 {
		return false, nil
	}
	all, err := st.s.allPapers(st.ctx, st.file.Court, st.file.Number)
	return slices.ContainsFunc(all, func(d *Document) bool { return d.Outward && d.State == DocumentIssued && such(d) }), err
}

// mayHear holds an appointment against the clock, for a first hearing against the days of the court's policy, and against the court's hours,
// which nobody's agreement changes.
func (c *Court) mayHear(a *Appointment, open *offices, now, received time.Time, first bool) error {
	if !a.At.After(now) {
		return refuse(filing.NewFinding(filing.HearingPast, "/at", law.Provision{}, law.V("at", civil(c, a.At))))
	}
	if first && a.Agreed == "" {
		if err := c.mayHearFirst(a, received); err != nil {
			return err
		}
	}
	return c.sitsAt(open, a.At)
}

// mayHearFirst holds the appointment of a first hearing against the days of the court's policy.
func (c *Court) mayHearFirst(a *Appointment, received time.Time) error {
	p, zone := c.Hearings, c.Zone()
	day, began := calendar.DateOf(a.At, zone), calendar.DateOf(received, zone)
	if earliest := began.AddDays(p.Earliest); p.Earliest > 0 && day.Before(earliest) {
		return refuse(filing.NewFinding(filing.HearingEarly, "/at", p.Provision, law.V("day", day), law.V("earliest", earliest)))
	}
	if latest := began.AddDays(p.Latest); p.Latest > 0 && day.After(latest) {
		return refuse(filing.NewFinding(filing.HearingLate, "/at", p.Provision, law.V("day", day), law.V("latest", latest)))
	}
	return nil
}

// fix sets the hearing of the case and adds the notice of it.
func (st *caseStep) fix(h *Hearing, reason law.Text) error {
	f, c := st.file, st.desk.court
	before := f.Hearing
	f.Hearing = h
	subject, body, values := hearingWords(c, before, h, reason, st.at)
	st.action, st.kind = "hearing fixed", EventHearingFixed
	st.pairs = append(st.pairs, "at", stamp(h.At), "place", h.Place)
	st.data = map[string]any{"at": h.At, "place": h.Place, "sitting": h.Sitting, "moved": before != nil && before.At.After(st.at)}
	return st.paper(hearingPaper(c, f, h), subject, body, values...)
}

// vacate takes the hearing of the case back and adds the notice of it.
func (st *caseStep) vacate(reason law.Text) error {
	f, c := st.file, st.desk.court
	before := f.Hearing
	f.Hearing = nil
	st.action, st.kind = "hearing vacated", EventHearingVacated
	st.pairs = append(st.pairs, "at", stamp(before.At))
	st.data = map[string]any{"at": before.At, "sitting": before.Sitting}
	return st.paper(vacatedPaper(c, f, before), vacatedSubject, vacatedBody, law.V("before", civil(c, before.At)), law.V("reason", reason))
}

// besides tells of the hearing that was fixed or vacated in an event of its own: the step itself is something else, of which the event comes after it.
func (st *caseStep) besides() {
	f := st.file
	st.change.Events = append(st.change.Events, st.event(fmt.Sprintf("besides/%s/%d", caseID(f.Court, f.Number), f.version)))
}

// hearingPaper is the notice of a hearing as a paper of the case.
func hearingPaper(c *Court, f *CaseFile, h *Hearing) *Document {
	d := &Document{Kind: PaperHearing, Title: hearingTitle.Fill(law.V("at", civil(c, h.At)), law.V("place", h.Place))}
	d.to(f)
	return d
}

// vacatedPaper is the notice that a hearing will not be as a paper of the case.
func vacatedPaper(c *Court, f *CaseFile, before *Hearing) *Document {
	d := &Document{Kind: PaperHearing, Title: vacatedTitle.Fill(law.V("at", civil(c, before.At)))}
	d.to(f)
	return d
}

// to sends a paper to all parties, of a sealed case to nobody.
func (d *Document) to(f *CaseFile) {
	if f.Access != CaseSealed {
		d.To = f.partyIDs()
	}
}

// hearingWords are the words of a notice of a hearing that is fixed, or moved when one was fixed that is still to come.
func hearingWords(c *Court, before, h *Hearing, reason law.Text, now time.Time) (subject, body law.Text, values []law.Value) {
	values = []law.Value{law.V("at", civil(c, h.At)), law.V("place", h.Place), law.V("reason", reason)}
	if before == nil || !before.At.After(now) {
		return hearingSubject, joined(hearingBody, reason), values
	}
	return movedSubject, movedBody, append(values, law.V("before", civil(c, before.At)))
}

// still says that the closures of a court are as they were when the offices were read.
func (o *offices) still(court string) store.Key {
	return store.Key{Kind: kindClosures, ID: court, Expect: o.version}
}

func noReason() error {
	return refuse(filing.NewFinding(filing.SubmissionNoReason, "/reason", law.Provision{}))
}

// checkHearings proves the policy of hearings.
func (c *Court) checkHearings(bad func(format string, args ...any)) {
	if p := c.Hearings; p.Earliest < 0 || p.Latest < 0 || p.Latest > 0 && p.Latest < p.Earliest {
		bad("Hearings: the days from %d to %d are none", p.Earliest, p.Latest)
	}
}

var (
	hearingTitle = law.T("Notice of hearing on {at} at {place}", "聆訊通知：{at}，{place}")
	vacatedTitle = law.T("Notice that the hearing on {at} is vacated", "撤銷聆訊通知：{at}")
)
