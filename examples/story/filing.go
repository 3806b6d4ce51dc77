package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"courts.example/eservices/calendar"
	"courts.example/eservices/filing"
	"courts.example/eservices/icms"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment/ledger"
)

// defendant is somebody claimed against.
type defendant struct{ id, name, chinese, amount, represented string }

// claimants are those against whom the batch claims: one who defends, one who asks a law firm, one who does nothing, and one whose case is
// sealed.
func against() []defendant {
	return []defendant{
		{"chan", "Chan Siu Example", "陳小範", "4800.00", ""},
		{"lee", "Lee Tai Example", "李大範", "21500.00", ""},
		{"wong", "Wong Man Example", "黃文範", "33000.00", ""},
		{"ho", "Ho Ming Example", "何明範", "60000.00", ""},
	}
}

// batch is the claims as a file, paid from the claimant's deposit account.
func (s *story) batch(claims []defendant) icms.Batch {
	var csv strings.Builder
	csv.WriteString("reference,category,amount,defendant_name,defendant_chinese_name,defendant_address,nature,particulars,calculation,arose_on,representative\n")
	for i, d := range claims {
		fmt.Fprintf(&csv, "BILL-%d,other,%s,%s,%s,\"Flat %d, Sample House, Example Road\",services,Unpaid bills of 2025,Sum of the bills,2025-12-0%d,\"%s\"\n",
			i+1, d.amount, d.name, d.chinese, i+1, i+1, d.represented)
	}
	return icms.Batch{
		Court: court, Claimant: authority, Reference: "july-2026",
		Claims: filing.File{Name: "july.csv", Bytes: strings.NewReader(csv.String()), Size: int64(csv.Len())}, Format: filing.CSV{},
		Account: string(ledger.Deposit(authority, ledger.Main)),
	}
}

// filing has the claimant approved, its account topped up and the batch filed.
func (s *story) filing(ctx context.Context) error {
	s.chapter("Filing in bulk", "批量存檔")
	for _, step := range []func(context.Context) error{s.approve, s.topUp, s.preflight, s.file} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// approve has the head of the court approve the claimant.
func (s *story) approve(ctx context.Context) error {
	s.on("2026-07-15 09:30", "Who may file in bulk is for the Principal Adjudicator to say")
	r, err := s.as(ctx, "body-filer").Preflight(ctx, s.batch(against()))
	if err != nil {
		return err
	}
	if err := s.found("body-filer", "checking the batch", r.Findings, "batch.claimant.unknown"); err != nil {
		return err
	}
	approval := filing.Approval{
		Claimant:  filing.Claimant{ID: authority, Name: houses()[0].name},
		Provision: law.Provision{Instrument: "Approval invented for this story", Status: law.Assumed, From: local("2026-07-15 00:00")},
	}
	err = s.as(ctx, "registrar").ApproveClaimant(ctx, court, approval)
	if err := s.refused("registrar", "approving a bulk claimant", err, filing.AccessDenied); err != nil {
		return err
	}
	if err := s.as(ctx, "principal").BindClaimant(ctx, court, approval.ID, authority); err != nil {
		return err
	}
	if err := s.as(ctx, "principal").ApproveClaimant(ctx, court, approval); err != nil {
		return err
	}
	s.reads("principal", "approved ", approval.Name)
	return nil
}

// hkd is an amount in whole dollars.
func hkd(dollars int64) money.Amount { return money.New(dollars*100, money.MustCurrency("HKD")) }

// topUp has both organisations open deposit accounts, and the accounts office book what came in.
func (s *story) topUp(ctx context.Context) error {
	s.on("2026-07-16 11:15", "Deposit accounts are opened; the accounts office books what the bank received")
	for i, h := range houses() {
		account, err := s.as(ctx, h.first.ID).OpenDeposit(ctx, "", money.MustCurrency("HKD"))
		if err != nil {
			return err
		}
		in := ledger.TopUp{
			From: ledger.Bank("example"), Reference: fmt.Sprintf("line-%d", 101+i), Account: account.ID, Amount: hkd([]int64{1000, 100}[i]), Note: "cheque",
		}
		_, err = s.as(ctx, h.first.ID).TopUp(ctx, in)
		if err := s.refused(h.first.ID, "booking money for itself", err, filing.AccessDenied); err != nil {
			return err
		}
		for range 2 { // the same line of the bank twice is one top-up
			if _, err := s.as(ctx, "cashier").TopUp(ctx, in); err != nil {
				return err
			}
		}
		has, err := s.as(ctx, h.users[0].ID).Deposit(ctx, account.ID)
		if err != nil {
			return err
		}
		s.sees(h.users[0].ID, "%s has %s", account.ID, has.Available)
	}
	return nil
}

// preflight has the claimant check the batch; a claim whose claimant names a lawyer is not for this court.
func (s *story) preflight(ctx context.Context) error {
	s.on("2026-07-20 17:20", "The batch is checked: nothing is kept")
	bad := against()
	bad[1].represented = "Example & Partners, Solicitors"
	r, err := s.as(ctx, "body-filer").Preflight(ctx, s.batch(bad))
	if err != nil {
		return err
	}
	if err := s.found("body-filer", "a claim that names a lawyer", r.Findings, "claim.representative.not-admitted"); err != nil {
		return err
	}
	r, err = s.as(ctx, "body-filer").Preflight(ctx, s.batch(against()))
	if err != nil {
		return err
	}
	s.sees("body-filer", "%d good claims of %s cost %s; filed and paid now they would count as received %s", r.Accepted, r.Claimed, r.Quote.Total, clock(r.Receipt.Deemed))
	return nil
}

// file has the batch filed after hours, so that it counts the next working day.
func (s *story) file(ctx context.Context) error {
	s.on("2026-07-20 18:05", "The batch is filed and paid, after the offices closed at 17:30")
	done, err := s.as(ctx, "body-filer").File(ctx, s.batch(against()))
	if err != nil {
		return err
	}
	if done.State != icms.Registered {
		return fmt.Errorf("the batch is %s: %v %w", done.State, done.Findings, done.Unpaid)
	}
	s.Filed = done
	a := done.Acknowledgement
	s.sees("body-filer", "acknowledgement %s of %s %s", a.Number, a.CourtName.In(law.English), a.CourtName.In(law.TraditionalChinese))
	s.sees("", "submitted %s, counts as received %s", clock(a.Received), clock(a.Deemed))
	s.because(a.Reason)
	s.sees("", "%s paid from the deposit account, receipt %s", a.Paid, a.PaymentReceipt)
	for line, err := range s.as(ctx, "body-filer").BatchLines(ctx, done.ID) {
		if err != nil {
			return err
		}
		s.Cases = append(s.Cases, line.Number)
		s.sees("", "%s  %s v %s, fee %s", line.Number, line.Claim.Amount, line.Claim.Defendants[0].Name, line.Fee)
	}
	again, err := s.as(ctx, "body-filer").File(ctx, s.batch(against()))
	if err != nil {
		return err
	}
	if !again.Replayed || string(again.Acknowledged) != string(done.Acknowledged) {
		return errors.New("the same batch again was answered otherwise")
	}
	s.sees("body-filer", "the same bytes again: the same acknowledgement, nothing is paid twice")
	_, err = s.as(ctx, "firm-clerk").Batch(ctx, done.ID)
	return s.refused("firm-clerk", "reading another's batch", err, filing.AccessNotThere)
}

// date is a civil day of the court.
func date(text string) calendar.Date {
	d, err := calendar.ParseDate(text)
	if err != nil {
		panic(err) // the texts are of this program
	}
	return d
}
