package main

import (
	"context"
	"time"

	"courts.example/eservices/calendar"
	calendarhk "courts.example/eservices/calendar/hk"
	"courts.example/eservices/filing"
	"courts.example/eservices/icms"
	icmshk "courts.example/eservices/icms/hk"
	"courts.example/eservices/icms/law"
)

// room is where the sitting is.
const room = "Court 1, Tribunal"

// fixing has the registry fix one sitting for the batch, between the tenth and the sixtieth day after filing, and record service.
func (s *story) fixing(ctx context.Context) error {
	s.chapter("The hearing is fixed", "排期聆訊")
	s.on("2026-07-23 11:00", "One sitting for the whole batch")
	for _, bad := range []struct {
		when string
		code filing.Code
	}{{"2026-07-30 10:00", filing.HearingEarly}, {"2026-09-21 10:00", filing.HearingLate}} {
		_, err := s.as(ctx, "clerk").FixSitting(ctx, s.Filed.ID, icms.Appointment{At: local(bad.when), Place: room})
		if err := s.refused("clerk", "a sitting on "+bad.when, err, bad.code); err != nil {
			return err
		}
	}
	fixed, err := s.as(ctx, "clerk").FixSitting(ctx, s.Filed.ID, icms.Appointment{At: local("2026-09-02 10:00"), Place: room})
	if err != nil {
		return err
	}
	s.First = fixed
	s.sees("clerk", "%d cases on %s at %s", fixed.Cases, clock(fixed.At), fixed.Place)
	for _, who := range []string{"body-filer", "chan", "lee"} {
		if _, err := s.box(ctx, who, 1); err != nil {
			return err
		}
	}
	return s.serving(ctx)
}

// serving has the claimant prove service of the claims, and the registry record it.
func (s *story) serving(ctx context.Context) error {
	s.on("2026-07-29 15:00", "The claims were served; the claimant sends affidavits, the registry records service")
	for i, number := range s.Cases[:3] {
		sent, err := s.send(ctx, "body-filer", icms.Submission{Case: number, Party: "claimant-1", Kind: icmshk.AffidavitOfService}, "affidavit.pdf")
		if err != nil {
			return err
		}
		f, err := s.as(ctx, "clerk").RecordService(ctx, icms.ServedPaper{
			Court: court, Case: number, Party: "defendant-1", How: "personally", At: local("2026-07-27 19:00").Add(time.Duration(i) * time.Hour),
			Evidence: sent.Acknowledgement.Number,
		})
		if err != nil {
			return err
		}
		served := f.Parties[1].Served
		s.sees("clerk", "%s: served %s on %s, by %s", number, served.How, clock(served.At), served.Evidence)
	}
	return nil
}

// moving has the sitting moved because the registry is closed on its day.
func (s *story) moving(ctx context.Context) error {
	s.chapter("The hearing", "聆訊")
	s.on("2026-09-01 15:00", "A burst main: the offices are directed to close tomorrow, and the sitting is moved")
	_, err := s.as(ctx, "registrar").AnnounceClosure(ctx, court, icms.BothOffices, calendar.Closure{
		ID: "burst-main", Cause: calendarhk.Direction, From: local("2026-09-02 08:45"), Reopens: local("2026-09-03 08:45"), Authority: "the Registrar",
	})
	if err != nil {
		return err
	}
	moved, err := s.as(ctx, "registrar").FixSitting(ctx, s.Filed.ID, icms.Appointment{
		At: local("2026-09-16 10:00"), Place: room, Reason: law.T("The building is closed.", "大樓關閉。"),
	})
	if err != nil {
		return err
	}
	s.Sitting = moved
	s.sees("registrar", "%d cases on %s, moved once", moved.Cases, clock(moved.At))
	for _, who := range []string{"body-filer", "chan", "lee"} {
		if _, err := s.box(ctx, who, 1); err != nil {
			return err
		}
	}
	listed, _, err := s.as(ctx, "clerk").Hearings(ctx, court, date("2026-09-16"), "", 10)
	if err != nil {
		return err
	}
	for _, l := range listed {
		s.sees("clerk", "list of 16 September: %s on %s at %s", l.Number, clock(l.Hearing.At), l.Hearing.Place)
	}
	return nil
}

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
	if _, err := s.box(ctx, "chan", 1); err != nil {
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
