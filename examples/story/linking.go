package main

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/members"
)

// linking has the registry write to the defendants, and two of them join their cases by the codes in the letters.
func (s *story) linking(ctx context.Context) error {
	s.chapter("The defendants are told", "通知被告人")
	s.on("2026-07-21 10:00", "The registry posts a letter with a code to every defendant")
	for i, number := range s.Cases {
		code, err := s.as(ctx, "registrar").LinkCode(ctx, court, number, "defendant-1", s.at.AddDate(0, 1, 0))
		if err != nil {
			return err
		}
		s.letters[number] = code
		s.sees("registrar", "letter about %s to %s (its code is on paper only)", number, against()[i].name)
	}
	s.on("2026-07-22 14:30", "Two defendants register and join")
	for i, d := range against()[:2] {
		if err := s.enrol(ctx, d, s.Cases[i]); err != nil {
			return err
		}
		if err := s.join(ctx, d, s.Cases[i]); err != nil {
			return err
		}
	}
	_, err := s.as(ctx, "chan").Case(ctx, court, s.Cases[1])
	if err := s.refused("chan", "reading the other defendant's case", err, filing.AccessNotParty); err != nil {
		return err
	}
	if err := s.allot(ctx); err != nil {
		return err
	}
	return s.seal(ctx)
}

// allot has the claimant's administrator give a case to one of its users: from then on the others don't see it.
func (s *story) allot(ctx context.Context) error {
	s.on("2026-07-22 15:00", "The claimant's administrator gives a case to the user who filed it")
	if _, err := s.as(ctx, "body-junior").Case(ctx, court, s.Cases[0]); err != nil {
		return err
	}
	if _, err := s.as(ctx, "body-admin").LinkCase(ctx, members.LinkCase{Organisation: authority, Court: court, Case: s.Cases[0], User: "body-filer"}); err != nil {
		return err
	}
	if _, err := s.as(ctx, "body-filer").Case(ctx, court, s.Cases[0]); err != nil {
		return err
	}
	s.sees("body-filer", "sees %s", s.Cases[0])
	_, err := s.as(ctx, "body-junior").Case(ctx, court, s.Cases[0])
	return s.refused("body-junior", "reading it as before", err, filing.AccessNotParty)
}

// join has a defendant use the code of the letter, after a slip of the pen.
func (s *story) join(ctx context.Context, d defendant, number string) error {
	link := icms.Link{Court: court, Case: number, Party: "defendant-1", Code: "ABCDE-FGHIJ-KLMNO-PQRST-UVWXY-Z"}
	if d.id == "chan" {
		_, err := s.as(ctx, d.id).JoinCase(ctx, link)
		if err := s.refused(d.id, "joining with a code that is wrong", err, filing.LinkCode); err != nil {
			return err
		}
	}
	link.Code = s.letters[number]
	f, err := s.as(ctx, d.id).JoinCase(ctx, link)
	if err != nil {
		return err
	}
	s.sees(d.id, "joined %s: %s claims %s", f.Number, houses()[0].name.In(law.English), f.Claim().Amount)
	_, err = s.box(ctx, d.id)
	return err
}

// seal has the adjudicator seal the last case: from then on it is not there.
func (s *story) seal(ctx context.Context) error {
	s.on("2026-07-22 15:30", "The adjudicator seals a case")
	number := s.Cases[3]
	act := icms.CaseAct{Court: court, Case: number, Reason: law.T("A minor is concerned.", "涉及未成年人。")}
	_, err := s.as(ctx, "registrar").SetAccess(ctx, act, icms.CaseSealed)
	if err := s.refused("registrar", "sealing a case", err, filing.AccessDenied); err != nil {
		return err
	}
	f, err := s.as(ctx, "adjudicator").SetAccess(ctx, act, icms.CaseSealed)
	if err != nil {
		return err
	}
	s.sees("adjudicator", "%s is %s", f.Number, f.Access)
	_, err = s.as(ctx, "body-filer").Case(ctx, court, number)
	if err := s.refused("body-filer", "reading the sealed case", err, filing.AccessNotThere); err != nil {
		return err
	}
	left := 0
	for line, err := range s.as(ctx, "body-filer").BatchLines(ctx, s.Filed.ID) {
		if err != nil {
			return err
		}
		if line.Number == number {
			return errors.New("the sealed case is among the lines of its batch")
		}
		left++
	}
	s.sees("body-filer", "of the batch %d lines are left to see", left)
	return nil
}

// box has somebody read what is new in the box, the oldest first, and gives the last of it.
func (s *story) box(ctx context.Context, who string) (icms.Message, error) {
	page, _, err := s.as(ctx, who).Unread(ctx, "", 100)
	if err != nil {
		return icms.Message{}, err
	}
	var last icms.Message
	for _, m := range slices.Backward(page) {
		if len(m.Body) > 0 {
			return last, fmt.Errorf("the message %s shows what it says before it is opened", m.ID)
		}
		if last, err = s.as(ctx, who).OpenMessage(ctx, m.ID); err != nil {
			return last, err
		}
		s.reads(who, "message: ", last.Subject)
		s.reads("", "  ", last.Body)
	}
	if last.ID == "" {
		err = errors.New("nothing is new in the box of " + who)
	}
	return last, err
}
