package main

import (
	"context"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms"
	"courts.example/eservices/icms/law"
)

// awarding has the adjudicator make awards, and the court prove that they were delivered and read.
func (s *story) awarding(ctx context.Context) error {
	s.on("2026-09-16 11:40", "The sitting was held; the adjudicator makes awards")
	for i, number := range s.Cases[:3] {
		if _, err := s.as(ctx, "clerk").IssueNotice(ctx, icms.Issue{
			Court: court, Case: number, Kind: icms.PaperRecord, Event: icms.HearingHeld, Words: law.T("The hearing was held.", "聆訊已進行。"),
		}); err != nil {
			return err
		}
		award := icms.Issue{
			Court: court, Case: number, Kind: icms.PaperAward, Files: pdf("award.pdf"), Names: []string{"award.pdf"}, Day: date("2026-09-16"),
			Words: law.T("The defendant pays what is claimed.", "被告人須支付申索款額。"),
		}
		if i == 0 {
			_, err := s.as(ctx, "clerk").IssueOrder(ctx, award)
			if err := s.refused("clerk", "making an award", err, filing.AccessDenied); err != nil {
				return err
			}
		}
		issued, err := s.as(ctx, "adjudicator").IssueOrder(ctx, award)
		if err != nil {
			return err
		}
		if i == 0 {
			s.Award = issued.Document
		}
		s.awards = append(s.awards, issued.Document.Serial)
		s.sees("adjudicator", "award in %s: paper %d; without a box: %v", number, issued.Document.Serial, issued.Unreached)
	}
	return s.proving(ctx)
}

// proving has a defendant read the award, and the registry prove it; another is served by hand.
func (s *story) proving(ctx context.Context) error {
	s.on("2026-09-16 20:15", "A defendant reads the award at home")
	if _, err := s.box(ctx, "chan"); err != nil {
		return err
	}
	s.on("2026-09-17 09:30", "The registry proves delivery and reading, and records the service of the awards")
	all, err := s.as(ctx, "clerk").Deliveries(ctx, court, s.Cases[0], s.Award.Serial)
	if err != nil {
		return err
	}
	s.Deliveries = all
	for _, d := range all {
		read := "not read yet"
		if d.Read != nil {
			read = "first read by " + d.Read.By.User + " on " + clock(d.Read.At)
		}
		s.sees("clerk", "delivered to %s for %v on %s, %s", d.To, d.For, clock(d.At), read)
	}
	for i, how := range []string{"message box", "personally", "post"} {
		if _, err := s.as(ctx, "clerk").RecordService(ctx, icms.ServedPaper{
			Court: court, Case: s.Cases[i], Party: "defendant-1", Paper: s.awards[i], How: how, At: local("2026-09-16 20:15"),
		}); err != nil {
			return err
		}
	}
	return nil
}
