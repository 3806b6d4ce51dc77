package main

import (
	"context"
	"fmt"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms"
	icmshk "courts.example/eservices/icms/hk"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/rollout"
	"courts.example/eservices/payment/ledger"
)

// advising has the law firm look after the defendant who asked it. Nobody is legally represented before the Tribunal: the firm does not
// act in the case, it inspects as any registered user may, and asks where it has to use the system itself.
func (s *story) advising(ctx context.Context) error {
	s.chapter("A law firm advises", "律師行提供意見")
	s.on("2026-08-20 10:10", "A defendant asks a law firm, which may not act before the Tribunal and inspects the case")
	number := s.Cases[1]
	x := s.as(ctx, "firm-clerk")
	_, err := x.Case(ctx, court, number)
	if err := s.refused("firm-clerk", "reading the case as if a party", err, filing.AccessNotParty); err != nil {
		return err
	}
	book, _, err := x.CauseBookFind(ctx, icms.BookQuery{Court: court, Party: "李大"})
	if err != nil {
		return err
	}
	for _, e := range book {
		s.sees("firm-clerk", "cause book: %s of %s, %s v %s %s", e.Number, clock(e.Received), e.ClaimantName.In(law.TraditionalChinese), e.Defendants[0].Name, e.Amount)
	}
	asked, err := x.Search(ctx, icms.Search{Court: court, Reference: "client-lee", Number: number})
	if err != nil {
		return err
	}
	receipt, err := x.PayFromAccount(ctx, asked.Order, ledger.Deposit(firm, ledger.Main))
	if err != nil {
		return err
	}
	s.sees("firm-clerk", "search %q paid from the deposit account: %s, receipt %s", asked.Reference, receipt.Amount, receipt.Number)
	if _, err := s.box(ctx, "firm-clerk"); err != nil {
		return err
	}
	seen, err := x.InspectCase(ctx, asked.ID, number)
	if err != nil {
		return err
	}
	s.sees("firm-clerk", "inspects %s: %s, hearing %s at %s", seen.Number, seen.Claim.Particulars, clock(seen.At), seen.Place)
	own, _, err := x.Searches(ctx, "", 10)
	if err != nil {
		return err
	}
	if len(own) != 1 {
		return fmt.Errorf("the firm has %d searches", len(own))
	}
	s.Firm = own[0]
	return s.duties()
}

// duties asks the roll-out list where the firm must use the system: the host's own question, for which nobody needs a session.
func (s *story) duties() error {
	list, err := icmshk.Rollout()
	if err != nil {
		return err
	}
	for _, q := range []rollout.Question{
		{Court: court, Type: "bulk_claim", Date: date("2026-08-20"), Represented: rollout.No, Commencing: rollout.Yes},
		{Court: "CFI", Type: "HCA", Date: date("2026-08-20"), Represented: rollout.Yes, Commencing: rollout.Yes, Firm: rollout.FirmNew},
	} {
		duty, err := list.Mandate(q)
		if err != nil {
			return err
		}
		s.sees("firm-clerk", "must the system be used to commence %s/%s: %s", q.Court, q.Type, duty.Verdict)
		for _, m := range duty.Mandates {
			s.reads("", fmt.Sprintf("  %s (%s): ", m.Verdict, m.State), m.Title)
		}
	}
	return nil
}
