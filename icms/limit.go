package icms

import (
	"context"
	"fmt"
	"time"

	"courts.example/eservices/calendar"
	"courts.example/eservices/filing"
	"courts.example/eservices/icms/law"
)

// LimitQuestion asks for the time limit of a paper.
type LimitQuestion struct {
	// Court and Case name the case, Party the party that would send the paper, Kind its kind.
	Court, Case, Party, Kind string
	// Against is the serial of the court's paper that it is directed against, or of a record of its service; 0 takes the newest from which
	// its limit runs.
	Against int
}

// LimitOf answers until when a party may send a paper, by all that is announced now. It is nil for a kind without a limit. A kind that the
// court doesn't have, a party that the case doesn't have and an event that isn't recorded are a *RefusalError; a date that the holidays do
// not reach is a calendar.ErrBeyondHorizon.
func (r Registry) LimitOf(ctx context.Context, q LimitQuestion) (*DocumentLimit, error) {
	s := r.s
	d, f, err := s.visibleCase(ctx, q.Court, q.Case)
	if err != nil {
		return nil, err
	}
	kind, refused := d.court.sender(f, q.Party, q.Kind)
	if refused != nil {
		return nil, refuse(*refused)
	}
	now, err := s.calendars(ctx, d)
	if err != nil {
		return nil, err
	}
	l, refused, err := s.limitOf(ctx, now, f, kind, q.Party, q.Against)
	if err != nil || l == nil && refused == nil {
		return nil, err
	}
	if refused != nil {
		return nil, refuse(*refused)
	}
	return l.document(), nil
}

// visibleCase reads a case for those who are not the court: one that is sealed is not there.
func (s *Service) visibleCase(ctx context.Context, court, number string) (*desk, *CaseFile, error) {
	d, err := s.court(court)
	if err != nil {
		return nil, nil, err
	}
	f, err := s.caseFile(ctx, court, number)
	if err == nil && f.Access == CaseSealed {
		err = fmt.Errorf("%w: case %s of %s", ErrNotFound, number, court)
	}
	return d, f, err
}

// counted is a time limit as it is counted now.
type counted struct {
	limit DocumentLimit
	// expiry is the count; open says that what the limit runs from has still to come, so that nothing is late.
	expiry calendar.Expiry
	open   bool
	// against is the serial of the paper whose making, or whose service, the time runs from.
	against int
}

func (c *counted) document() *DocumentLimit {
	l := c.limit
	return &l
}

// verdict is whether a paper is in time.
type verdict int

const (
	inTime verdict = iota
	tooLate
	undecided
)

// judge holds a receipt against the limit. While the receipt waits for a reopening, the day on which the paper came is the earliest on
// which it can count; while the limit waits, the last day is no earlier than if no closure and no warning went on.
func (c *counted) judge(r *Deeming, zone *time.Location) verdict {
	if c.open {
		return inTime
	}
	came := r.Deemed
	if r.Pending {
		came = r.Documents.Received
	}
	day := calendar.DateOf(came, zone)
	switch {
	case !c.expiry.Pending && day.After(c.expiry.Date):
		return tooLate
	case !r.Pending && (!c.expiry.Pending || !day.After(c.expiry.Regular)):
		return inTime
	}
	return undecided
}

// limitOf counts the time limit of a paper of a kind by a party; nil when the kind has none. The finding says that there is nothing to count
// from.
func (s *Service) limitOf(ctx context.Context, now *calendars, f *CaseFile, kind *PaperKind, party string, against int) (*counted, *filing.Finding, error) {
	if kind.Event == "" {
		return nil, nil, nil
	}
	all, err := s.allPapers(ctx, f.Court, f.Number)
	if err != nil {
		return nil, nil, err
	}
	return now.limitIn(all, f, kind, party, against)
}

// limitIn counts it from the papers of the case.
func (n *calendars) limitIn(all []*Document, f *CaseFile, kind *PaperKind, party string, against int) (*counted, *filing.Finding, error) {
	if kind.Event == "" {
		return nil, nil, nil
	}
	from := startOf(all, kind.Event, party, against, "")
	if from == nil {
		none := filing.NewFinding(filing.SubmissionNoEvent, "/kind", kind.Limit,
			law.V("kind", kind.Name), law.V("event", kind.Event.name()), law.V("case", f.Number))
		if against != 0 {
			none = filing.NewFinding(filing.SubmissionAgainst, "/against", kind.Limit, law.V("serial", against), law.V("kind", kind.Name))
		}
		return nil, &none, nil
	}
	event, against := kind.Event, from.subject(all)
	if kind.Instead != "" && askedInTime(all, kind, party, against) {
		event = kind.Instead
		later := startOf(all, event, party, 0, from.EventDay)
		if later == nil || later.EventDay < from.EventDay {
			return stillToCome(kind, kind.Instead, against), nil, nil
		}
		from = later
	}
	c, err := n.count(kind, event, from)
	if err != nil {
		return nil, nil, err
	}
	c.against = against
	return c, nil, nil
}

// count counts the days of a limit from an event that a paper of the court records.
func (n *calendars) count(kind *PaperKind, event CaseEvent, from *Document) (*counted, error) {
	day, err := calendar.ParseDate(from.EventDay)
	if err != nil {
		return nil, fmt.Errorf("icms: document %d of case %s: the day of its event: %w", from.Serial, from.Case, err)
	}
	expiry, err := n.limits.Expires(day, kind.Days)
	if err != nil {
		return nil, fmt.Errorf("icms: time limit of %s in case %s: %w", kind.Code, from.Case, err)
	}
	reason := law.Reason{Steps: []law.Step{limitStep(kind, event, day)}}
	return &counted{expiry: expiry, limit: DocumentLimit{
		From: event, Paper: from.Serial, Days: kind.Days, Event: from.EventDay, Last: expiry.Date.String(), Pending: expiry.Pending,
		Reason: reason.Append(expiry.Reason()),
	}}, nil
}

func limitStep(kind *PaperKind, event CaseEvent, day calendar.Date) law.Step {
	p := kind.Limit
	if event == kind.Instead && !kind.Deferred.IsZero() {
		p = kind.Deferred
	}
	return law.Step{
		Code: "limit", Provision: p, Says: law.T("{kind} is to be sent within {days} days from {event} on {day}", "「{kind}」須於{event}（{day}）起計 {days} 天內提交"),
		Values: []law.Value{law.V("kind", kind.Name), law.V("days", kind.Days), law.V("event", event.name()), law.V("day", day)},
	}
}

// stillToCome is the limit of a paper whose time runs from something that has not happened yet, or whose record was taken back.
func stillToCome(kind *PaperKind, event CaseEvent, against int) *counted {
	p := kind.Limit
	if event == kind.Instead && !kind.Deferred.IsZero() {
		p = kind.Deferred
	}
	return &counted{open: true, against: against, limit: DocumentLimit{
		From: event, Days: kind.Days, Pending: true,
		Reason: law.Reason{Steps: []law.Step{{
			Code: "deferred", Provision: p, Says: law.T("the time for {kind} runs from {event}, which has still to come", "「{kind}」的期限由{event}起計，該事尚未發生"),
			Values: []law.Value{law.V("kind", kind.Name), law.V("event", event.name())},
		}}},
	}}
}
