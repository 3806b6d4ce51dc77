package icms

import (
	"context"
	"errors"
	"fmt"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/store"
)

// AllowTime has an officer allow or refuse a request for time, which is told to who asked. Allowed, it serves one paper: the kept one that it
// is about, which moves in the same change, or the next one that names it. The same decision again answers as it did; another one is a
// *RefusalError that is an ErrDecided too.
func (r Registry) AllowTime(ctx context.Context, request string, allow bool, reason law.Text, by Filer) (TimeRequest, error) {
	s := r.s
	if !allow && reason[law.English] == "" {
		return TimeRequest{}, refuse(filing.NewFinding(filing.SubmissionNoReason, "/reason", law.Provision{}))
	}
	if by.Organisation == "" || by.User == "" {
		return TimeRequest{}, invalid("request for time %s: a decision names the office and the officer", request)
	}
	if err := tagged("reason", reason); err != nil {
		return TimeRequest{}, err
	}
	for range maxTries {
		t, err := s.timeRequest(ctx, request)
		if err != nil {
			return TimeRequest{}, err
		}
		d, err := s.court(t.Court)
		if err != nil {
			return TimeRequest{}, err
		}
		if t.Decision != nil {
			if t.Decision.Accepted == allow {
				return *t, nil
			}
			return TimeRequest{}, errors.Join(ErrDecided, refuse(filing.NewFinding(filing.TimeDecided, "", d.court.Policies.Time.Provision,
				law.V("request", t.ID), law.V("officer", t.Decision.By.User), law.V("decided", civil(d.court, t.Decision.At)))))
		}
		next := *t
		next.Decision = &Decision{Accepted: allow, Reason: reason, By: by, At: s.now()}
		switch err := s.decideTime(ctx, d, &next); {
		case err == nil:
			kept, err := s.timeRequest(ctx, request)
			if err != nil {
				return TimeRequest{}, err
			}
			return *kept, nil
		case !errors.Is(err, store.ErrVersion) && !errors.Is(err, store.ErrTaken) && !errors.Is(err, store.ErrShort):
			return TimeRequest{}, err
		}
	}
	return TimeRequest{}, overtaken("request " + request)
}

// decideTime commits the decision on a request, with what it does to the kept paper that it is about.
func (s *Service) decideTime(ctx context.Context, d *desk, t *TimeRequest) error {
	action := "time refused"
	if t.Decision.Accepted {
		action = "time allowed"
	}
	at := s.now()
	change := store.Change{
		ID: fmt.Sprintf("allow/%s/%t", t.ID, t.Decision.Accepted), At: at,
		Chain: chain(d.court, at), Note: note(action, t.Decision.By, "case", t.Case, "request", t.ID),
	}
	f, err := s.caseFile(ctx, t.Court, t.Case)
	if err != nil {
		return err
	}
	if err := f.moves(&change); err != nil {
		return err
	}
	if t.Decision.Accepted && t.Document != 0 {
		if err := s.applyTime(ctx, d, f, t, &change); err != nil {
			return err
		}
	}
	put, err := t.put()
	if err != nil {
		return err
	}
	change.Puts = append(change.Puts, put)
	change.Events = append(change.Events, timeEvent(&change, t, EventTimeDecided))
	if err := f.addMessages(&change, timeMessage(d.court, t, at)); err != nil {
		return err
	}
	if _, err := s.apply(ctx, change); err != nil {
		return fmt.Errorf("icms: request for time %s: %w", t.ID, err)
	}
	return nil
}

// applyTime adds to a decision what it does to the kept paper: it counts as received at the instant asked for, or although it is late. A paper that was
// decided otherwise meanwhile stays as it is.
func (s *Service) applyTime(ctx context.Context, d *desk, f *CaseFile, t *TimeRequest, change *store.Change) error {
	paper, err := s.document(ctx, t.Court, t.Case, t.Document)
	if err != nil {
		return err
	}
	if !t.helps(paper) {
		return refuse(filing.NewFinding(filing.SubmissionDecided, "/document", law.Provision{},
			law.V("serial", t.Document), law.V("state", string(paper.State))))
	}
	now, err := s.calendars(ctx, d)
	if err != nil {
		return err
	}
	next := *paper
	next.Time, t.Paper = t.ID, paper.Serial
	if err := s.settleAs(ctx, d.court, now, f, &next, t); err != nil {
		return err
	}
	next.Acks++
	change.Require = append(change.Require, now.unchanged(d.court.Code)...)
	if err := s.allowedFee(ctx, d.court, paper, &next, change); err != nil {
		return err
	}
	return s.addPaper(change, d.court, f, &next)
}

// allowedFee adds to the change that takes a paper after all what it costs: that of one which was refused as late was given back, and is owed
// again. First all of it is given back: a payment that still runs, or that a gateway doesn't end, keeps the decision waiting.
func (s *Service) allowedFee(ctx context.Context, c *Court, paper, next *Document, change *store.Change) error {
	revive := false
	switch {
	case paper.State == DocumentReceived && next.State == DocumentRefused: // by leave it was received, and the earlier instant is late too
		return refuse(c.late(c.paper(next.Kind), next))
	case paper.State == DocumentReceived: // an earlier receipt changes no price
		return nil
	case paper.State == DocumentRefused && next.State != DocumentRefused:
		_, err := s.endCharge(ctx, c, paper)
		if err != nil {
			return err
		}
		if rests, err := s.atRest(ctx, paper); err != nil {
			return err
		} else if !rests {
			return refuse(filing.NewFinding(filing.SubmissionFeeEnding, "/document", law.Provision{}, law.V("serial", paper.Serial)))
		}
		stands, err := s.feeStands(ctx, paper)
		if err != nil {
			return err
		}
		if stands.counts { // nobody gives it back: it counts
			change.Require, change.Sums = append(change.Require, stands.require...), append(change.Sums, stands.sums...)
		} else {
			revive, next.FeeOf = true, 0
		}
	}
	if next.State == DocumentRefused { // late all the same
		if paper.State == DocumentPending && next.Charge != "" {
			change.Work = append(change.Work, paperWork(next, change.At))
		}
		if paper.State != DocumentPending {
			return nil
		}
		return s.giveWay(ctx, next, change)
	}
	if paper.State == DocumentRefused {
		if err := s.takeOver(ctx, c, next, change); err != nil {
			return err
		}
	}
	later, err := s.reprice(ctx, c, next, revive, change)
	if later {
		change.Work = append(change.Work, paperWork(next, change.At))
	}
	return err
}

// TimeRequests gives a page of the requests for time of a court that wait for a decision, in the order in which they came, with the cursor of the
// next page ("" at the end).
func (r Registry) TimeRequests(ctx context.Context, court, after string, limit int) ([]TimeRequest, string, error) {
	return r.s.timeRequests(ctx, court, store.Query{Index: indexAsked, Prefix: key(court, ""), After: after, Limit: limit})
}

// TimeRequestsIn gives those of one case, decided or not.
func (r Registry) TimeRequestsIn(ctx context.Context, court, number, after string, limit int) ([]TimeRequest, string, error) {
	return r.s.timeRequests(ctx, court, store.Query{Index: indexTimeOf, Prefix: key(court, number, ""), After: after, Limit: limit})
}

func (s *Service) timeRequests(ctx context.Context, court string, q store.Query) ([]TimeRequest, string, error) {
	if _, err := s.court(court); err != nil {
		return nil, "", err
	}
	q.Kind = kindTime
	page, err := s.store.List(ctx, q)
	if err != nil {
		return nil, "", fmt.Errorf("icms: requests for time: %w", err)
	}
	out := make([]TimeRequest, len(page.Records))
	for i, r := range page.Records {
		t, err := readTime(r)
		if err != nil {
			return nil, "", err
		}
		out[i] = *t
	}
	return out, page.Next, nil
}
