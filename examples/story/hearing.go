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
	}{
		{"2026-07-30 10:00", filing.HearingEarly}, {"2026-09-21 10:00", filing.HearingLate}, {"2026-09-05 10:00", filing.HearingClosed},
		{"2026-09-02 18:00", filing.HearingClosed},
	} {
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
		told, err := s.box(ctx, who)
		if err != nil {
			return err
		}
		if who == "body-filer" {
			s.Told = append(s.Told, told)
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
	s.on("2026-09-01 15:00", "A burst main: the offices are directed to close tomorrow, when the sitting is to be")
	closed, err := s.as(ctx, "registrar").AnnounceClosure(ctx, court, icms.BothOffices, calendar.Closure{
		ID: "burst-main", Cause: calendarhk.Direction, From: local("2026-09-02 08:45"), Reopens: local("2026-09-03 08:45"), Authority: "the Registrar",
	})
	if err != nil {
		return err
	}
	s.Closed = closed.Hearings
	s.sees("registrar", "%d hearings fall into the closure; the parties are told", closed.Hearings)
	if _, err := s.box(ctx, "chan"); err != nil {
		return err
	}

	s.on("2026-09-01 16:10", "The sitting is moved, for all its cases at once")
	to := icms.Appointment{At: local("2026-09-02 14:30"), Place: room, Reason: law.T("The building is closed.", "大樓關閉。")}
	_, err = s.as(ctx, "registrar").FixSitting(ctx, s.Filed.ID, to)
	if err := s.refused("registrar", "the afternoon of the closure", err, filing.HearingClosed); err != nil {
		return err
	}
	to.At = local("2026-09-16 10:00")
	moved, err := s.as(ctx, "registrar").FixSitting(ctx, s.Filed.ID, to)
	if err != nil {
		return err
	}
	s.Sitting = moved
	s.sees("registrar", "%d cases on %s, moved once", moved.Cases, clock(moved.At))
	for _, who := range []string{"body-filer", "lee", "chan"} {
		if s.Moved, err = s.box(ctx, who); err != nil {
			return err
		}
		if who == "body-filer" {
			s.Told = append(s.Told, s.Moved)
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
