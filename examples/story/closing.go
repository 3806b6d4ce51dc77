package main

import (
	"context"
	"fmt"

	"courts.example/eservices/calendar"
	calendarhk "courts.example/eservices/calendar/hk"
	"courts.example/eservices/icms"
	icmshk "courts.example/eservices/icms/hk"
	"courts.example/eservices/icms/law"
)

// closing has the last day for a review stay where it is when the registry closes by direction for part of a day, and when the service is
// down; and move when a typhoon closes it for the half of one.
func (s *story) closing(ctx context.Context) error {
	s.chapter("Closures on the way", "其間關閉")
	s.on("2026-09-17 10:00", "Until when may a review be asked for?")
	if err := s.last(ctx, 0); err != nil {
		return err
	}
	for _, step := range []func(context.Context) error{s.directed, s.typhoon, s.maintained} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// last asks for the last day for a review, in both cases.
func (s *story) last(ctx context.Context, n int) error {
	for i, d := range against()[:2] {
		limit, err := s.review(ctx, i)
		if err != nil {
			return err
		}
		s.sees(d.id, "a review may be asked for until %s: %d days of the registry from %s", limit.Last, limit.Days, limit.Event)
		if i > 0 && limit.Last != s.Last[n] {
			return fmt.Errorf("the last day of %s is %s, not %s", d.id, limit.Last, s.Last[n])
		}
		s.Last[n] = limit.Last
	}
	return nil
}

// review asks for the time limit of a review by the defendant of that place.
func (s *story) review(ctx context.Context, i int) (*icms.DocumentLimit, error) {
	return s.as(ctx, against()[i].id).LimitOf(ctx, icms.LimitQuestion{Court: court, Case: s.Cases[i], Party: "defendant-1", Kind: icmshk.Review})
}

// directed closes the registry by direction until further notice; a paper that comes meanwhile waits for the reopening.
func (s *story) directed(ctx context.Context) error {
	s.on("2026-09-21 10:30", "A power failure: the registry is directed to close until further notice")
	failure := calendar.Closure{ID: "power", Cause: calendarhk.Direction, From: s.at, Authority: "the Registrar"}
	if _, err := s.as(ctx, "registrar").AnnounceClosure(ctx, court, icms.BothOffices, failure); err != nil {
		return err
	}
	s.on("2026-09-21 11:00", "A defendant asks for the reasons of the award meanwhile")
	if err := s.status(ctx, visitor); err != nil {
		return err
	}
	sent, err := s.send(ctx, "lee", icms.Submission{Case: s.Cases[1], Party: "defendant-1", Kind: icmshk.Reasons}, "reasons.pdf")
	if err != nil {
		return err
	}
	s.Waiting = sent.Document

	s.on("2026-09-21 15:10", "The registry reopens")
	failure.Reopens = s.at
	done, err := s.as(ctx, "registrar").AnnounceClosure(ctx, court, icms.BothOffices, failure)
	if err != nil {
		return err
	}
	s.sees("registrar", "completed on reopening: %v", done.Papers)
	if s.Completed, err = s.as(ctx, "lee").Paper(ctx, court, s.Cases[1], sent.Document.Serial); err != nil {
		return err
	}
	if _, err := s.box(ctx, "lee"); err != nil {
		return err
	}
	return s.last(ctx, 1)
}

// typhoon closes the registry for half a day, all of which is not counted.
func (s *story) typhoon(ctx context.Context) error {
	s.on("2026-09-23 12:40", "Typhoon signal No. 8: the registry closes for the afternoon")
	gale := calendar.Closure{ID: "typhoon", Cause: calendarhk.GaleWarning, From: local("2026-09-23 13:00"), Authority: "Judiciary"}
	if _, err := s.as(ctx, "registrar").AnnounceClosure(ctx, court, icms.BothOffices, gale); err != nil {
		return err
	}
	signal := calendar.Warning{ID: "no-8", Kind: calendarhk.GaleWarning, From: s.at}
	if _, err := s.as(ctx, "registrar").AnnounceWarning(ctx, court, signal); err != nil {
		return err
	}
	s.on("2026-09-23 14:30", "Until when, nobody knows while the signal is up")
	if err := s.status(ctx, visitor); err != nil {
		return err
	}
	limit, err := s.review(ctx, 0)
	if err != nil {
		return err
	}
	if s.Open = limit.Pending; !s.Open {
		return fmt.Errorf("the last day is %s although the signal is up", limit.Last)
	}
	s.sees("chan", "the last day for a review is not known yet")

	s.on("2026-09-23 22:10", "The signal is lowered; the registry opens the next morning")
	signal.Until, gale.Reopens = s.at, local("2026-09-24 08:45")
	if _, err := s.as(ctx, "registrar").AnnounceWarning(ctx, court, signal); err != nil {
		return err
	}
	if _, err := s.as(ctx, "registrar").AnnounceClosure(ctx, court, icms.BothOffices, gale); err != nil {
		return err
	}
	return s.last(ctx, 2)
}

// maintained takes the service down at night, which moves nothing.
func (s *story) maintained(ctx context.Context) error {
	s.on("2026-09-24 16:00", "Maintenance of the service is announced; it moves no receipt and no limit")
	err := s.as(ctx, "operator").PublishMaintenance(ctx, court, calendar.Maintenance{
		ID: "autumn", From: local("2026-09-25 20:00"), Until: local("2026-09-26 06:00"), Note: law.T("No filing, no payment.", "暫停存檔及付款。"),
	})
	if err != nil {
		return err
	}
	if err := s.status(ctx, visitor); err != nil {
		return err
	}
	s.on("2026-09-25 21:00", "The service is down; a host that asks tells people so")
	if err := s.status(ctx, visitor); err != nil {
		return err
	}
	before := s.Last[2]
	if err := s.last(ctx, 2); err != nil || s.Last[2] != before {
		return fmt.Errorf("maintenance moved the last day from %s to %s: %w", before, s.Last[2], err)
	}
	return nil
}

// status prints the plain answer to what everybody asks first.
func (s *story) status(ctx context.Context, who string) error {
	now, err := s.as(ctx, who).Status(ctx, court)
	if err != nil {
		return err
	}
	counts := "would count as received " + clock(now.Receipt.Deemed)
	if now.Receipt.Pending {
		counts = "would wait for the reopening"
	}
	s.sees(who, "service up: %t; registry open: %t; accounts office open: %t; a filing sent now %s", now.Up, now.RegistryOpen, now.AccountsOpen, counts)
	for _, m := range []calendar.Maintenance{now.Maintenance, now.Next} {
		if !m.From.IsZero() {
			s.reads("", "  maintenance "+clock(m.From)+" to "+clock(m.Until)+": ", m.Note)
		}
	}
	return nil
}
