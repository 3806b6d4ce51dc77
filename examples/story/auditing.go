package main

import (
	"context"
	"errors"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/ledger"
)

// auditing has the auditor verify every chain of the year.
func (s *story) auditing(ctx context.Context) error {
	s.chapter("The audit", "審計")
	s.on("2026-09-30 09:00", "The auditor verifies the chains")
	year := s.at.Year()
	err := s.as(ctx, "registrar").VerifyAudit(ctx, court, year)
	if err := s.refused("registrar", "verifying the own work", err, filing.AccessDenied); err != nil {
		return err
	}
	x := s.as(ctx, "auditor")
	err = errors.Join(x.VerifyAudit(ctx, court, year), x.VerifyAccounts(ctx, year), x.VerifyMembers(ctx, year))
	if err != nil {
		return err
	}
	links, err := x.AuditLinks(ctx, court, year, 0, 1000)
	if err != nil {
		return err
	}
	s.Links = len(links)
	s.sees("auditor", "the chains of the court, the deposit accounts and the members hold: nothing was changed, removed or reordered")
	s.sees("auditor", "the court's chain has %d links, from %s to %s", s.Links, clock(links[0].At), clock(links[len(links)-1].At))
	return nil
}

// looking prints what each person sees in the end: box, cases, receipts, statement.
func (s *story) looking(ctx context.Context) error {
	s.chapter("What each person sees", "各人所見")
	for _, who := range []string{"body-filer", "firm-clerk", "chan", "lee"} {
		s.print("\n")
		if err := s.desk(ctx, who); err != nil {
			return err
		}
	}
	s.print("\n")
	if err := s.receipts(ctx, visitor); err != nil {
		return err
	}
	var err error
	if s.Posted, err = s.statement(ctx, "body-admin", authority); err != nil {
		return err
	}
	s.FirmPosted, err = s.statement(ctx, "firm-admin", firm)
	return err
}

// desk prints somebody's cases and box.
func (s *story) desk(ctx context.Context, who string) error {
	me, err := s.as(ctx, who).Me(ctx)
	if err != nil {
		return err
	}
	s.reads(who, "", me.Account.Name)
	cases, _, err := s.as(ctx, who).Cases(ctx, "", 100)
	if err != nil {
		return err
	}
	for _, f := range cases {
		s.sees("", "case %s: %s, %d papers", f.Number, f.State, f.Papers)
		papers, _, err := s.as(ctx, who).Papers(ctx, court, f.Number, "", 100)
		if err != nil {
			return err
		}
		for _, p := range papers {
			s.sees("", "  paper %d, %s: %s %s", p.Serial, p.State, p.Title.In(law.English), p.Title.In(law.TraditionalChinese))
		}
	}
	box, _, err := s.as(ctx, who).Inbox(ctx, "", 100)
	if err != nil {
		return err
	}
	for _, m := range box {
		mark := " "
		if m.Read == nil {
			mark = "*"
		}
		s.sees("", "message %s%s  %s  %s", mark, clock(m.At), m.Subject.In(law.English), m.Subject.In(law.TraditionalChinese))
	}
	if who == s.Filed.Acknowledgement.By.User {
		kept, err := s.as(ctx, who).Batch(ctx, s.Filed.ID)
		if err != nil {
			return err
		}
		s.receipt(who, *kept.Payment, kept.Reference)
	}
	return s.receipts(ctx, who)
}

// receipt prints a receipt.
func (s *story) receipt(who string, r payment.Receipt, what string) {
	s.sees(who, "receipt %s: %s by %s on %s for %s %q", r.Number, r.Amount, r.Means, clock(r.PaidAt), r.Purpose, what)
}

// receipts prints what somebody paid for searches.
func (s *story) receipts(ctx context.Context, who string) error {
	searches, _, err := s.as(ctx, who).Searches(ctx, "", 100)
	if err != nil {
		return err
	}
	for _, q := range searches {
		r, err := s.as(ctx, who).Receipt(ctx, q.Order)
		if errors.Is(err, payment.ErrNoReceipt) {
			continue
		}
		if err != nil {
			return err
		}
		s.receipt(who, r, q.Reference)
	}
	return nil
}

// statement prints the statement of an organisation's deposit account, and gives its closing balance.
func (s *story) statement(ctx context.Context, who, organisation string) (closing money.Amount, err error) {
	page, err := s.as(ctx, who).Statement(ctx, ledger.StatementQuery{Account: ledger.Deposit(organisation, ledger.Main)})
	if err != nil {
		return closing, err
	}
	s.print("\n")
	s.sees(who, "statement of %s, opening %s", page.Account, page.Opening)
	for _, l := range page.Lines {
		s.sees("", "  %s  %-8s %12s  %s", clock(l.At), l.Kind, l.Amount, l.Balance)
	}
	s.sees("", "closing %s", page.Closing)
	return page.Closing, nil
}
