package hk

import (
	"fmt"
	"time"

	"courts.example/eservices/calendar"
	"courts.example/eservices/icms/law"
)

// Proposal is what a change of the Observatory's warnings gives somebody to decide. It closes and reopens nothing: Cap. 638H makes closure
// time of the time for which an office is closed to the public for a warning, and not of the warning; an office may stay open, close
// later, and reopen hours after the signal is lowered.
type Proposal struct {
	Running
	// Read is when the summary was read that brought it about, Last the reading before it, zero when there was none. What happened between
	// the two may have been more than the summary says: a gale warning may have begun with an earlier signal.
	Read, Last time.Time
	// Ended says that the warning is over: it is to be announced when the office reopens. Otherwise it has begun.
	Ended bool
	// Until is when the warning ended; zero while it is in force, and when the summary no longer has it without saying when it ended.
	Until time.Time
}

// Decision is what somebody answers to a proposal.
type Decision struct {
	// From is when the office closed; zero means when the warning began.
	From time.Time
	// Reopens is when it reopens. Required when the warning has ended; zero otherwise means until further notice.
	Reopens time.Time
	// Known is when the decision became known. Required.
	Known time.Time
	// Authority is who closed the office. Required; the Observatory closes none.
	Authority string
}

// ID names the warning, and the closure for it: the same for its beginning and its end.
func (p *Proposal) ID() string {
	return p.Cause + "-" + p.From.In(Zone()).Format("20060102T150405")
}

// Confirm gives the closure that somebody decided on, to be announced. All notices of one warning have the same ID, so that the
// reopening replaces the closure.
func (p *Proposal) Confirm(d Decision) (calendar.Closure, error) {
	switch {
	case d.Authority == "":
		return calendar.Closure{}, fmt.Errorf("calendar/hk: %s: nobody is named who closed the office", p.ID())
	case d.Known.IsZero():
		return calendar.Closure{}, fmt.Errorf("calendar/hk: %s: it is not said when the decision became known", p.ID())
	case p.Ended && d.Reopens.IsZero():
		return calendar.Closure{}, fmt.Errorf("calendar/hk: %s: the warning has ended: say when the office reopens", p.ID())
	}
	if d.From.IsZero() {
		d.From = p.From
	}
	if !d.Reopens.IsZero() && !d.From.Before(d.Reopens) {
		return calendar.Closure{}, fmt.Errorf("calendar/hk: %s: the office reopens at %s, not after it closed at %s",
			p.ID(), d.Reopens.Format(time.RFC3339), d.From.Format(time.RFC3339))
	}
	return calendar.Closure{
		ID: p.ID(), Cause: calendar.Cause(p.Cause), From: d.From, Reopens: d.Reopens, Known: d.Known, Authority: d.Authority,
		Note: p.warning(),
	}, nil
}

// Warning gives the warning as a fact for periods of days, which count the days on which it was in force whether or not an office was
// closed. ended is when it ended, for one that ended at a time that the summary did not say; else leave it zero. It is in force
// until further notice while it has not ended.
func (p *Proposal) Warning(ended time.Time) (calendar.Warning, error) {
	w := calendar.Warning{ID: p.ID(), Kind: p.Cause, From: p.From, Until: p.Until, Known: p.Read, Name: p.warning(), Provision: observed()}
	switch {
	case !p.Ended && !ended.IsZero():
		return calendar.Warning{}, fmt.Errorf("calendar/hk: %s: the warning has not ended", p.ID())
	case !p.Ended:
		return w, nil
	case w.Until.IsZero():
		w.Until = ended
	}
	if !w.From.Before(w.Until) {
		return calendar.Warning{}, fmt.Errorf("calendar/hk: %s: when the warning ended is not known: after %s and before %s; say when",
			p.ID(), p.Last.Format(time.RFC3339), p.Read.Format(time.RFC3339))
	}
	return w, nil
}

// warning says in words which signal it is.
func (p *Proposal) warning() law.Text {
	return law.T("{cause} ({code})", "{cause}（{code}）").Fill(law.V("cause", causeName(p.Cause)), law.V("code", p.Code))
}

// Reason says on what the proposal rests, and what it does not say.
func (p *Proposal) Reason() law.Reason {
	cause := law.V("cause", causeName(p.Cause))
	begun := law.Step{
		Code: "warning", Provision: observed(),
		Values: []law.Value{cause, law.V("code", p.Code), law.V("from", p.From), law.V("last", p.Last), law.V("read", p.Read)},
		Says:   law.T("{cause}: in force from {from}, last by the signal {code}", "{cause}：由{from}起生效，最後訊號為{code}"),
	}
	switch {
	case p.Ended:
	case p.Last.IsZero():
		begun.Says = law.T("{cause}: the signal {code} was issued at {from}; at the first reading, {read}, it was in force already",
			"{cause}：訊號{code}於{from}發出；於首次讀取（{read}）時已經生效")
	default:
		begun.Says = law.T("{cause}: the signal {code} was issued at {from}; at the reading before, {last}, none was in force",
			"{cause}：訊號{code}於{from}發出；於上次讀取（{last}）時並無生效")
	}
	steps := []law.Step{begun}
	switch {
	case p.Ended && p.Until.IsZero():
		steps = append(steps, law.Step{
			Code: "ended", Provision: observed(), Values: []law.Value{law.V("last", p.Last), law.V("read", p.Read)},
			Says: law.T("it was in force at {last} and not any more at {read}; when it ended is not said",
				"於{last}仍然生效，於{read}已不再生效；何時結束並無說明"),
		})
	case p.Ended:
		steps = append(steps, law.Step{
			Code: "ended", Provision: observed(), Values: []law.Value{law.V("until", p.Until)},
			Says: law.T("it ended at {until}", "於{until}結束"),
		})
	}
	return law.Reason{Steps: append(steps, law.Step{
		Code: "proposal", Provision: closureTime(" (c)", "an office is closed for a warning, and not by it", law.Confirmed),
		Says: law.T("whether and from when to when the office is closed for it has to be decided", "辦事處會否及於何時因此關閉，須另作決定"),
	})}
}

// observed is the Observatory's summary as the ground of a warning.
func observed() law.Provision {
	return law.Provision{
		Instrument: "Hong Kong Observatory", Section: "warning summary", Title: "warnings in force, as published for programs",
		URL: "https://data.weather.gov.hk/weatherAPI/opendata/weather.php?dataType=warnsum", Status: law.Confirmed,
	}
}

// causeName gives the name of a cause that an office knows.
func causeName(cause string) law.Text { return grounds().Causes[calendar.Cause(cause)].Name }

// CauseNames gives the names of the causes of closures, for feed.ExportOptions.
func CauseNames() map[calendar.Cause]law.Text {
	names := make(map[calendar.Cause]law.Text)
	for cause, entry := range grounds().Causes {
		names[cause] = entry.Name
	}
	return names
}
