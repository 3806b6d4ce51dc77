package icms

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"courts.example/eservices/calendar"
	"courts.example/eservices/filing"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/store"
)

// TimeRequest asks an officer to let a paper count that comes after its last day, or to have one count as received earlier.
type TimeRequest struct {
	// ID names the request; it is derived from the case, the party and the reference.
	ID string `json:"id"`
	// Court and Case name the case, Party the party that asks, Kind the kind of paper it is about.
	Court string `json:"court"`
	Case  string `json:"case"`
	Party string `json:"party"`
	Kind  string `json:"kind"`
	// Document is the serial of a kept paper that it is about; 0 for a paper still to be sent.
	Document int `json:"document,omitempty"`
	// Until asks that a paper counts which is received on or before that civil day, AsOf that it counts as received at that instant. A request
	// has one of the two; one about a kept paper that is late may have neither.
	Until calendar.Date `json:"until,omitzero"`
	AsOf  time.Time     `json:"asOf,omitzero"`
	// Reason says why, in English at least.
	Reason law.Text `json:"reason"`
	// By is who asks, under which Reference; empty derives one from the contents. At is when.
	By        Filer     `json:"by"`
	Reference string    `json:"reference"`
	At        time.Time `json:"at"`
	// Decision is the officer's; nil while it waits. Paper is the serial of the paper that used it.
	Decision *Decision `json:"decision,omitempty"`
	Paper    int       `json:"paper,omitempty"`

	version int64
}

// The record and the indexes of requests for time; id: time/<court>/<case number>/<hash>.
const (
	kindTime    = "time-request"
	indexAsked  = "time.waiting" // court, the instant, of those that wait
	indexTimeOf = "time.case"    // court, case number, the instant
)

func (t *TimeRequest) put() (store.Put, error) {
	body, err := json.Marshal(t)
	if err != nil {
		return store.Put{}, fmt.Errorf("icms: request for time %s: %w", t.ID, err)
	}
	p := store.Put{Kind: kindTime, ID: t.ID, Body: body, Expect: t.version}
	p.Index = []store.Entry{{Index: indexTimeOf, Key: key(t.Court, t.Case, stamp(t.At))}}
	if t.Decision == nil {
		p.Index = append(p.Index, store.Entry{Index: indexAsked, Key: key(t.Court, stamp(t.At))})
	}
	return p, nil
}

func readTime(r store.Record) (*TimeRequest, error) {
	t := &TimeRequest{version: r.Version}
	if err := json.Unmarshal(r.Body, t); err != nil {
		return nil, fmt.Errorf("icms: request for time %s: %w: %w", r.ID, store.ErrCorrupt, err)
	}
	return t, nil
}

func (s *Service) timeRequest(ctx context.Context, id string) (*TimeRequest, error) {
	if id == "" || len(id) > store.MaxID || strings.ContainsFunc(id, notPrintable) {
		return nil, fmt.Errorf("%w: request for time %.80q", ErrNotFound, id)
	}
	r, err := s.store.Get(ctx, kindTime, id)
	if err != nil {
		return nil, notFound(err, "request for time %s", id)
	}
	return readTime(r)
}

// serves reports whether a paper may rest on the request.
func (t *TimeRequest) serves(d *Document) bool {
	return t.Decision != nil && t.Decision.Accepted && t.Court == d.Court && t.Case == d.Case && t.Party == d.Party && t.Kind == d.Kind &&
		t.Document == 0 && t.Paper == 0
}

// covers reports whether the request lets a late paper count. The nil request lets none.
func (t *TimeRequest) covers(d *Document, zone *time.Location) bool {
	switch {
	case t == nil || !t.AsOf.IsZero():
		return false
	case t.Until.IsZero():
		return true // about a kept paper
	}
	return !d.Receipt.Pending && !calendar.DateOf(d.Receipt.Deemed, zone).After(t.Until)
}

// allowedStep is the step of a reason that rests on an officer's leave.
func allowedStep(c *Court, t *TimeRequest) law.Step {
	return law.Step{
		Code: "time allowed", Provision: c.Policies.Time.Provision,
		Says:   law.T("{officer} allowed the request {request} on {decided}: {asked}", "{officer} 於 {decided} 批准申請 {request}：{asked}"),
		Values: []law.Value{law.V("officer", t.Decision.By.User), law.V("request", t.ID), law.V("decided", civil(c, t.Decision.At)), law.V("asked", t.asks(c.Zone()))},
	}
}

// asks says in words what is asked.
func (t *TimeRequest) asks(zone *time.Location) law.Text {
	switch {
	case !t.AsOf.IsZero():
		at := law.V("at", t.AsOf.In(zone).Format("2006-01-02 15:04:05"))
		return law.T("to count as received on {at}", "視為於 {at} 收到").Fill(at)
	case !t.Until.IsZero():
		return law.T("to be taken until {day}", "延至 {day} 提交").Fill(law.V("day", t.Until))
	}
	return law.T("paper {serial} to count although it is late", "第 {serial} 號文件雖逾期仍獲接納").Fill(law.V("serial", t.Document))
}

// RequestTime keeps a request for time and acknowledges it by giving it back with its ID. What it asks is decided by [Registry.AllowTime]; until
// then nothing changes. The same request again gives the one that is kept, as it stands. What can't be asked is a *RefusalError.
func (r Registry) RequestTime(ctx context.Context, t TimeRequest) (TimeRequest, error) {
	return r.s.requestTime(ctx, t, nobodyAsks)
}

func (s *Service) requestTime(ctx context.Context, t TimeRequest, may mayFile) (TimeRequest, error) {
	t.Decision, t.Paper, t.version = nil, 0, 0
	if err := tagged("reason", t.Reason); err != nil {
		return TimeRequest{}, err
	}
	if t.Reference == "" {
		said, err := json.Marshal([]any{t.Kind, t.Document, t.Until, stamp(t.AsOf), t.Reason})
		if err != nil {
			return TimeRequest{}, err
		}
		t.Reference = "T" + strings.ToUpper(shortHash(said))
	}
	for range maxTries {
		d, f, err := s.openSubmission(ctx, &Submission{Court: t.Court, Case: t.Case, By: t.By, Reference: t.Reference})
		if err != nil {
			return TimeRequest{}, err
		}
		rests, err := may(f)
		if err != nil {
			return TimeRequest{}, err
		}
		t.ID = "time/" + caseID(t.Court, t.Case) + "/" + shortHash([]byte(key(t.Party, t.Reference)))
		t.At = s.now()
		kept, err := s.timeRequest(ctx, t.ID)
		if isNotFound(err) {
			if err := s.mayAsk(ctx, d, f, &t); err != nil {
				return TimeRequest{}, err
			}
			rests = append(rests, store.Key{Kind: kindFile, ID: caseID(f.Court, f.Number), Expect: f.version})
			if kept, err = s.keepTime(ctx, d, &t, rests); isNotFound(err) {
				continue // the case moved meanwhile
			}
		}
		if err != nil {
			return TimeRequest{}, err
		}
		if !kept.same(&t) {
			return TimeRequest{}, errors.Join(ErrConflict, refuse(filing.NewFinding(filing.SubmissionReference, "/reference", law.Provision{},
				law.V("reference", t.Reference), law.V("received", civil(d.court, kept.At)))))
		}
		return *kept, nil
	}
	return TimeRequest{}, overtaken("case " + t.Case)
}

func (t *TimeRequest) same(o *TimeRequest) bool {
	return t.Kind == o.Kind && t.Document == o.Document && t.Until == o.Until && t.AsOf.Equal(o.AsOf) &&
		t.Reason.In(law.English) == o.Reason.In(law.English)
}

// mayAsk says what keeps a request from being made.
func (s *Service) mayAsk(ctx context.Context, d *desk, f *CaseFile, t *TimeRequest) error {
	policy := d.court.Policies.Time
	if !policy.Asked {
		return refuse(filing.NewFinding(filing.TimeNotGiven, "", policy.Provision, law.V("court", d.court.Name)))
	}
	kind, refused := d.court.sender(f, t.Party, t.Kind)
	if refused != nil {
		return refuse(*refused)
	}
	if t.Reason[law.English] == "" {
		return refuse(filing.NewFinding(filing.SubmissionNoReason, "/reason", policy.Provision))
	}
	today := calendar.DateOf(t.At, d.court.Zone())
	switch both := !t.Until.IsZero() && !t.AsOf.IsZero(); {
	case both, t.Until.IsZero() && t.AsOf.IsZero() && t.Document == 0,
		!t.Until.IsZero() && t.Until.Before(today),
		!t.AsOf.IsZero() && (t.AsOf.After(t.At) || t.AsOf.Before(f.Received)):
		return refuse(filing.NewFinding(filing.TimeInstant, "", policy.Provision))
	case t.AsOf.IsZero() && kind.Event == "":
		return refuse(filing.NewFinding(filing.TimeNeedless, "/kind", policy.Provision, law.V("kind", kind.Name)))
	case t.Document != 0:
		return s.mayAskFor(ctx, t)
	}
	return nil
}

// mayAskFor says what keeps a request from being about a kept paper: another party's or kind's, one that an officer refused, one that was replaced, or
// one that needs nothing.
func (s *Service) mayAskFor(ctx context.Context, t *TimeRequest) error {
	paper, err := s.document(ctx, t.Court, t.Case, t.Document)
	if err != nil {
		return err
	}
	if !t.helps(paper) {
		return refuse(filing.NewFinding(filing.SubmissionDecided, "/document", law.Provision{},
			law.V("serial", t.Document), law.V("state", string(paper.State))))
	}
	return nil
}

// helps reports whether the request could change anything for a kept paper.
func (t *TimeRequest) helps(d *Document) bool {
	late := d.State == DocumentRefused && d.Decision == nil
	switch {
	case d.Outward || d.Party != t.Party || d.Kind != t.Kind:
		return false
	case late || d.State == DocumentPending:
		return true
	}
	return d.State == DocumentReceived && !t.AsOf.IsZero() && t.AsOf.Before(d.Receipt.Deemed)
}

// keepTime commits a request, while what it rests on is as it was. When somebody else was first, theirs is given.
func (s *Service) keepTime(ctx context.Context, d *desk, t *TimeRequest, rests []store.Key) (*TimeRequest, error) {
	put, err := t.put()
	if err != nil {
		return nil, err
	}
	change := store.Change{
		ID: "ask/" + t.ID, At: t.At, Puts: []store.Put{put}, Require: rests,
		Chain: chain(d.court, t.At), Note: note("time asked for", t.By, "case", t.Case, "request", t.ID),
	}
	change.Events = []store.Event{timeEvent(&change, t, EventTimeAsked)}
	_, err = s.apply(ctx, change)
	if err != nil && !errors.Is(err, store.ErrVersion) {
		return nil, fmt.Errorf("icms: request for time in case %s: %w", t.Case, err)
	}
	return s.timeRequest(ctx, t.ID)
}

func timeEvent(change *store.Change, t *TimeRequest, kind string) store.Event {
	return event(change.At, caseStream(t.Court, t.Case), change.ID, kind, map[string]any{
		"court": t.Court, "case": t.Case, "request": t.ID, "party": t.Party, "kind": t.Kind, "allowed": t.Decision != nil && t.Decision.Accepted,
	})
}
