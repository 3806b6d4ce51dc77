package icms

import (
	"context"
	"errors"
	"fmt"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/store"
)

// RefuseDocument has an officer refuse a paper that a party sent, with the reason, which is told to the sender; the other parties are told that
// it is refused. What was paid for it goes back by a refund that a second person approves. What a refused correction took the place of stands
// again, as it was received, with the fee that counted for both. Refusing again answers as it did; a paper that is
// neither received nor waiting, and a missing reason, are a *RefusalError.
func (r Registry) RefuseDocument(ctx context.Context, court, number string, serial int, reason law.Text, by Filer) (Document, error) {
	s := r.s
	d, err := s.court(court)
	if err != nil {
		return Document{}, err
	}
	if reason[law.English] == "" {
		return Document{}, refuse(filing.NewFinding(filing.SubmissionNoReason, "/reason", law.Provision{}))
	}
	if by.Organisation == "" || by.User == "" {
		return Document{}, invalid("document %d of case %s: a decision names the office and the officer", serial, number)
	}
	if err := tagged("reason", reason); err != nil {
		return Document{}, err
	}
	for range maxTries {
		paper, err := s.document(ctx, court, number, serial)
		if err != nil {
			return Document{}, err
		}
		if paper.State == DocumentRefused && paper.Decision != nil {
			_, err := s.endCharge(ctx, d.court, paper)
			return *paper, err
		}
		if paper.Outward || paper.State != DocumentReceived && paper.State != DocumentPending {
			return *paper, refuse(filing.NewFinding(filing.SubmissionDecided, "/document", law.Provision{},
				law.V("serial", serial), law.V("state", string(paper.State))))
		}
		next := *paper
		next.State, next.Reason, next.Decision = DocumentRefused, reason, &Decision{Reason: reason, By: by, At: s.now()}
		if err := s.refusePaper(ctx, d, &next); err != nil && !errors.Is(err, errMeanwhile) {
			return Document{}, err
		}
	}
	return Document{}, overtaken(fmt.Sprintf("the refusal of paper %d of case %s", serial, number))
}

// refusePaper commits a refusal.
func (s *Service) refusePaper(ctx context.Context, d *desk, next *Document) error {
	f, err := s.caseFile(ctx, next.Court, next.Case)
	if err != nil {
		return err
	}
	next.Acks++
	change := store.Change{
		ID: fmt.Sprintf("refuse/%s/%d", documentID(next.Court, next.Case, next.Serial), next.version), At: s.now(),
		Note: note("paper refused by an officer", next.Decision.By, "case", next.Case, "document", fmt.Sprint(next.Serial)),
	}
	change.Chain = chain(d.court, change.At)
	if err := f.moves(&change); err != nil {
		return err
	}
	if err := s.giveWay(ctx, next, &change); err != nil { // before its order ends
		return err
	}
	if next.Charge != "" {
		change.Work = append(change.Work, paperWork(next, change.At.Add(s.lease)))
	}
	if err := s.addPaper(&change, d.court, f, next); err != nil {
		return err
	}
	moved, err := s.movePaper(ctx, next, change)
	if err == nil && moved != next {
		return errMeanwhile
	}
	return err
}

// Paper gives a paper of a case, in or out, or ErrNotFound. It is the registry's own look: sealed or not, refused or not.
func (r Registry) Paper(ctx context.Context, court, number string, serial int) (Document, error) {
	if _, err := r.s.court(court); err != nil {
		return Document{}, err
	}
	d, err := r.s.document(ctx, court, number, serial)
	if err != nil {
		return Document{}, err
	}
	return *d, nil
}

// Papers gives a page of the papers of a case in the order of their serials, with the cursor of the next page ("" at the end). It is the
// registry's own look, as Paper is.
func (r Registry) Papers(ctx context.Context, court, number, after string, limit int) ([]Document, string, error) {
	if _, err := r.s.court(court); err != nil {
		return nil, "", err
	}
	page, next, err := r.s.papers(ctx, court, number, after, limit)
	out := make([]Document, len(page))
	for i, d := range page {
		out[i] = *d
	}
	return out, next, err
}

// allPapers reads every paper of a case.
func (s *Service) allPapers(ctx context.Context, court, number string) ([]*Document, error) {
	var all []*Document
	after := ""
	for {
		page, next, err := s.papers(ctx, court, number, after, store.MaxPage)
		if err != nil {
			return nil, err
		}
		all = append(all, page...)
		if after = next; after == "" {
			return all, nil
		}
	}
}
