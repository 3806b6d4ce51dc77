package main

import (
	"context"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms"
	icmshk "courts.example/eservices/icms/hk"
)

// reviewing has one application for review come on the seventh registry day, and another one minute after the registry closed on it.
func (s *story) reviewing(ctx context.Context) error {
	s.chapter("Reviews", "覆核")
	s.on("2026-09-28 17:25", "The seventh registry day, five minutes before the registry closes")
	var err error
	in := icms.Submission{Case: s.Cases[0], Party: "defendant-1", Kind: icmshk.Review, Against: s.Award.Serial}
	if s.Review, err = s.send(ctx, "chan", in, "form-8c.pdf"); err != nil {
		return err
	}
	l := s.Review.Document.Limit
	s.sees("chan", "in time: the last day was %s", l.Last)
	s.because(l.Reason)
	if _, err := s.box(ctx, "body-filer"); err != nil {
		return err
	}

	s.on("2026-09-28 17:31", "One minute after the registry closed")
	late := icms.Submission{Court: court, Case: s.Cases[1], Party: "defendant-1", Kind: icmshk.Review, Files: pdf("late.pdf"), Names: []string{"late.pdf"}}
	if s.TooLate, err = s.as(ctx, "lee").Submit(ctx, late); err != nil {
		return err
	}
	return s.found("lee", "asking for a review too late", s.TooLate.Findings, filing.SubmissionLate)
}
