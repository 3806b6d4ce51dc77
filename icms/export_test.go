package icms

import (
	"context"
	"fmt"

	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/store"
)

// RecordEvent writes what the court issues when it records an event, for tests of what counts from it: the paper and nothing else.
func (s *Service) RecordEvent(ctx context.Context, court, number string, e CaseEvent, day string, to ...string) (int, error) {
	d, err := s.court(court)
	if err != nil {
		return 0, err
	}
	f, err := s.caseFile(ctx, court, number)
	if err != nil {
		return 0, err
	}
	f.Papers++
	at := s.now()
	paper := Document{
		Court: court, Case: number, Serial: f.Papers, Kind: "order", Title: law.T("Order", "命令"), Outward: true, By: Filer{Organisation: "registry"},
		At: at, State: DocumentIssued, To: to, Event: e, EventDay: day,
	}
	put, err := paper.put()
	if err != nil {
		return 0, err
	}
	filed, err := f.put()
	if err != nil {
		return 0, err
	}
	_, err = s.apply(ctx, store.Change{
		ID: fmt.Sprintf("test-issue/%s/%s/%d", court, number, paper.Serial), At: at, Puts: []store.Put{put, filed},
		Chain: chain(d.court, at), Note: note("event recorded", paper.By, "case", number),
	})
	return paper.Serial, err
}

// ChangeCase moves the file of a case on, for tests of what its state does.
func (s *Service) ChangeCase(ctx context.Context, court, number string, edit func(*CaseFile)) error {
	d, err := s.court(court)
	if err != nil {
		return err
	}
	f, err := s.caseFile(ctx, court, number)
	if err != nil {
		return err
	}
	edit(f)
	put, err := f.put()
	if err != nil {
		return err
	}
	at := s.now()
	_, err = s.apply(ctx, store.Change{
		ID: fmt.Sprintf("test-case/%s/%s/%d", court, number, f.version), At: at, Puts: []store.Put{put},
		Chain: chain(d.court, at), Note: note("case changed", Filer{Organisation: "registry"}, "case", number),
	})
	return err
}
