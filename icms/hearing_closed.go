package icms

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"courts.example/eservices/calendar"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/store"
)

// The types of event about hearings over which a closure came: EventHearingClosed and EventHearingStands on the stream of each case,
// EventHearingsClosed for staff on that of the closures, with how many there are.
const (
	EventHearingClosed  = "icms.hearing.closed"
	EventHearingStands  = "icms.hearing.stands"
	EventHearingsClosed = "icms.hearings.closed"
)

// ClosedHearings gives a page of the hearings of a court that fall into a closure, in the order of their times, with the cursor of the next page:
// those that staff have to fix anew. A closure that is withdrawn, or unknown, has none. A limit of 0 means 100. Sealed cases are not among them.
func (r Registry) ClosedHearings(ctx context.Context, court, closure, after string, limit int) ([]Listed, string, error) {
	d, err := r.s.court(court)
	if err != nil {
		return nil, "", err
	}
	open, err := r.s.offices(ctx, d)
	if err != nil {
		return nil, "", err
	}
	c := open.closure(closure)
	if c == nil {
		return nil, "", nil
	}
	return r.s.hearings(ctx, court, c.From, c.Reopens, after, limit)
}

// closure gives a closure of the registry as it is in force; nil when there is none.
func (o *offices) closure(id string) *calendar.Closure {
	for _, c := range o.registry.Closures() {
		if c.ID == id {
			return &c
		}
	}
	return nil
}

// closureAt names the closure of the registry into which an instant falls; "" for none.
func (o *offices) closureAt(at time.Time) string {
	for _, c := range o.registry.Closures() {
		if !at.Before(c.From) && (c.Reopens.IsZero() || at.Before(c.Reopens)) {
			return c.ID
		}
	}
	return ""
}

// closedWork is what an announcement leaves to be done with hearings, in case that the process dies: nothing when none is within its reach.
func (s *Service) closedWork(ctx context.Context, d *desk, kept *closuresRecord, a Announcement) ([]store.Work, error) {
	r, _, ok := kept.reachOf(a.Closure.ID, d.court.Zone())
	if !ok || a.Office == AccountsDesk {
		return nil, nil
	}
	page, _, err := s.hearings(ctx, d.court.Code, r.from, r.until, "", 1)
	if err != nil || len(page) == 0 {
		return nil, err
	}
	return []store.Work{closedWork(d.court.Code, a.Closure.ID, a.At.Add(s.lease))}, nil
}

// closedWork is the work that a closure makes over hearings.
func closedWork(court, closure string, at time.Time) store.Work {
	return store.Work{Kind: workClosed, ID: court + "/" + closure, Due: at, Body: []byte("{}")}
}

// reach is the span of time that the notices of a closure speak of, from the civil day of the first of them on: hearings before it are over.
type reach struct{ from, until time.Time }

// reachOf finds the reach of a closure of the registry; ok is false when there were no notices of it.
func (r *closuresRecord) reachOf(closure string, zone *time.Location) (out reach, by Filer, ok bool) {
	open := false
	for _, a := range r.Announcements {
		if a.Closure.ID != closure || a.Office == AccountsDesk {
			continue
		}
		from := a.Closure.From
		if today := calendar.DateOf(a.At, zone).Start(zone); from.Before(today) {
			from = today
		}
		if !ok || from.Before(out.from) {
			out.from = from
		}
		if open = open || a.Closure.Reopens.IsZero(); a.Closure.Reopens.After(out.until) {
			out.until = a.Closure.Reopens
		}
		by, ok = a.By, true
	}
	if open {
		out.until = time.Time{}
	}
	return out, by, ok
}

// tellClosed marks the hearings that fall into a closure as it is now, takes the mark from those that no longer do, and tells the parties of both. It
// gives the number of hearings in the closure. Done again it changes nothing.
func (s *Service) tellClosed(ctx context.Context, d *desk, closure string) (int, error) {
	kept, _, err := s.closures(ctx, d.court.Code)
	if err != nil {
		return 0, err
	}
	r, by, ok := kept.reachOf(closure, d.court.Zone())
	if !ok {
		return 0, nil
	}
	in, looked, after := 0, 0, ""
	for {
		page, next, err := s.hearings(ctx, d.court.Code, r.from, r.until, after, sittingPart)
		if err != nil {
			return in, err
		}
		n, err := s.markClosed(ctx, d, closure, by, page)
		if in, looked = in+n, looked+len(page); err != nil {
			return in, err
		}
		if after = next; after == "" {
			break
		}
	}
	if looked == 0 {
		return 0, nil
	}
	return in, s.tellStaff(ctx, d.court, closure, in, by)
}

// tellStaff leaves the event for staff, once for each state of the closure.
func (s *Service) tellStaff(ctx context.Context, c *Court, closure string, in int, by Filer) error {
	_, version, err := s.closures(ctx, c.Code)
	if err != nil {
		return err
	}
	at := s.now()
	id := fmt.Sprintf("hearings-closed/%s/%s/%d/%d", c.Code, closure, version, in)
	_, err = s.apply(ctx, store.Change{
		ID: id, At: at, Chain: chain(c, at), Note: note("hearings in a closure", by, "closure", closure, "hearings", fmt.Sprint(in)),
		Events: []store.Event{event(at, "closures/"+c.Code, id, EventHearingsClosed, map[string]any{"court": c.Code, "closure": closure, "hearings": in})},
	})
	return err
}

// markClosed brings the marks of a page of hearings up to date in one change, and gives how many are in the closure.
func (s *Service) markClosed(ctx context.Context, d *desk, closure string, by Filer, page []Listed) (int, error) {
	for range maxTries {
		open, err := s.offices(ctx, d)
		if err != nil {
			return 0, err
		}
		at := s.now()
		change := store.Change{At: at, Chain: chain(d.court, at), Require: []store.Key{open.still(d.court.Code)}}
		in, changed, batches := 0, 0, map[string]*batchRecord{}
		for _, l := range page {
			f, err := s.caseFile(ctx, d.court.Code, l.Number)
			if err != nil {
				return 0, err
			}
			if f.Hearing == nil || f.State == CaseConcluded || f.Access == CaseSealed || !f.Hearing.At.Equal(l.Hearing.At) {
				continue // it was changed since the page was read
			}
			now := open.closureAt(f.Hearing.At)
			if now == closure {
				in++
			}
			if now == f.Hearing.Closed {
				continue
			}
			changed++
			told, err := s.markSitting(ctx, d, f, open, by, &change, batches)
			if err == nil {
				err = s.markCase(ctx, d, f, now, by, told, &change)
			}
			if err != nil {
				return 0, err
			}
		}
		if changed == 0 {
			return in, nil
		}
		change.ID = fmt.Sprintf("hearings-closed/%s/%s/%d/%s", d.court.Code, closure, open.version, shortHash(bodies(change.Puts)))
		change.Note = note("hearings marked", by, "closure", closure, "cases", fmt.Sprint(changed))
		if _, err = s.apply(ctx, change); !errors.Is(err, store.ErrVersion) && !errors.Is(err, store.ErrTaken) {
			return in, err
		}
	}
	return 0, overtaken("closure " + closure)
}

func bodies(puts []store.Put) []byte {
	var all []byte
	for _, p := range puts {
		all = fmt.Appendf(all, "%s\x00%s\x00%d\x00%s", p.Kind, p.ID, p.Expect, p.Body)
	}
	return all
}

// markCase marks the hearing of a case as in a closure, or as in none any more, with the messages to the parties and the event of the case. Those
// who are told of all cases of a sitting at once get none.
func (s *Service) markCase(ctx context.Context, d *desk, f *CaseFile, closure string, by Filer, told []string, change *store.Change) error {
	st := &caseStep{ctx: ctx, s: s, desk: d, file: f, by: by, at: change.At, kind: EventHearingClosed, told: told}
	subject, body, before := closedHearingSubject, closedHearingBody, f.Hearing.Closed
	if closure == "" {
		st.kind, subject, body = EventHearingStands, standsSubject, standsBody
	}
	f.Hearing.Closed = closure
	st.data = map[string]any{"at": f.Hearing.At, "closure": closure, "before": before}
	if before == "" || closure == "" { // from one closure to another nothing changes for the parties
		if err := st.tell(nil, subject, body, law.V("at", civil(d.court, f.Hearing.At)), law.V("place", f.Hearing.Place)); err != nil {
			return err
		}
	}
	put, err := f.put()
	change.Puts = append(append(change.Puts, st.change.Puts...), put)
	change.Events = append(change.Events, st.event(fmt.Sprintf("hearing-closed/%s/%d", caseID(f.Court, f.Number), f.version)))
	return err
}

// hearings gives a page of the hearings from one instant on and before another, which may be zero.
func (s *Service) hearings(ctx context.Context, court string, from, until time.Time, after string, limit int) ([]Listed, string, error) {
	q := store.Query{Index: indexHearing, Kind: kindFile, From: key(court, stamp(from)), Prefix: key(court, ""), After: after, Limit: limit}
	if !until.IsZero() {
		q.Until = key(court, stamp(until))
	}
	page, err := s.store.List(ctx, q)
	if err != nil {
		return nil, "", fmt.Errorf("icms: hearings of %s from %s on: %w", court, stamp(from), err)
	}
	out := make([]Listed, 0, len(page.Records))
	for _, rec := range page.Records {
		var f CaseFile
		if err := json.Unmarshal(rec.Body, &f); err != nil {
			return nil, "", fmt.Errorf("icms: case file %s: %w: %w", rec.ID, store.ErrCorrupt, err)
		}
		if f.Hearing != nil {
			out = append(out, Listed{Number: f.Number, Hearing: *f.Hearing})
		}
	}
	return out, page.Next, nil
}

var (
	closedHearingSubject = law.T("{case}: the hearing on {at} will be fixed anew", "{case}：原定 {at} 的聆訊將另行安排")
	closedHearingBody    = law.T(
		"The court is closed at {at}, for which a hearing of case {case} was fixed at {place}. Another time will be fixed; a notice follows.",
		"案件 {case} 原定於 {at} 在 {place} 聆訊，惟屆時法庭關閉。聆訊將另行安排，其後會另發通知。")
	standsSubject = law.T("{case}: the hearing on {at} stands", "{case}：{at} 的聆訊如期進行")
	standsBody    = law.T(
		"The court is open at {at} after all: the hearing of case {case} at {place} takes place as fixed.",
		"法庭屆時如常開放：案件 {case} 定於 {at} 在 {place} 的聆訊如期進行。")
)
