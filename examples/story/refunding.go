package main

import (
	"context"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms"
	"courts.example/eservices/payment"
)

// refunding has the money of a search go back that was paid for by mistake: one person proposes, another approves.
func (s *story) refunding(ctx context.Context) error {
	s.on("2026-08-14 11:20", "The same search by mistake under another name, paid once more")
	asked, err := s.ask(ctx, icms.Search{Reference: "chan again", Party: "陳小範"})
	if err != nil {
		return err
	}
	if _, err := s.pay(ctx, asked.Order); err != nil {
		return err
	}

	s.on("2026-08-17 09:40", "The accounts office gives the money back, by two persons")
	in := payment.Proposal{Order: asked.Order, Reason: "paid for the same search twice", Key: "letter-17"}
	_, err = s.as(ctx, visitor).ProposeRefund(ctx, in)
	if err := s.refused(visitor, "proposing a refund", err, filing.AccessDenied); err != nil {
		return err
	}
	proposed, err := s.as(ctx, "accountant").ProposeRefund(ctx, in)
	if err != nil {
		return err
	}
	_, err = s.as(ctx, "accountant").ApproveRefund(ctx, proposed.ID)
	if err := s.refused("accountant", "approving the own proposal", err, filing.AccessSecondPerson); err != nil {
		return err
	}
	_, err = s.as(ctx, "cashier").ApproveRefund(ctx, proposed.ID)
	if err := s.refused("cashier", "approving as a clerk", err, filing.AccessDenied); err != nil {
		return err
	}
	if _, err := s.as(ctx, "accountant-2").ApproveRefund(ctx, proposed.ID); err != nil {
		return err
	}
	if err := s.carry(ctx); err != nil {
		return err
	}
	s.Refund, err = s.as(ctx, "cashier").Refund(ctx, proposed.ID)
	if err != nil {
		return err
	}
	s.sees("cashier", "refund of %s %s, note %s: proposed by %s, approved by %s", s.Refund.Amount, s.Refund.State, s.Refund.Note, s.Refund.ProposedBy, s.Refund.ApprovedBy)
	return nil
}
