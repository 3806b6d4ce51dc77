package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing/fstest"

	"courts.example/eservices/calendar"
	calendarhk "courts.example/eservices/calendar/hk"
	"courts.example/eservices/filing"
	"courts.example/eservices/icms"
	icmshk "courts.example/eservices/icms/hk"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/members"
	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment/ledger"
)

// court is the code of the court.
const court = "SCT"

// paper is a PDF of one empty page.
const paper = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n" +
	"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\nxref\n0 4\n0000000000 65535 f \n0000000009 00000 n \n" +
	"0000000054 00000 n \n0000000105 00000 n \ntrailer<</Size 4/Root 1 0 R>>\nstartxref\n171\n%%EOF\n"

func files(names ...string) fstest.MapFS {
	out := fstest.MapFS{}
	for _, n := range names {
		out[n] = &fstest.MapFile{Data: []byte(paper + "% " + n + "\n")}
	}
	return out
}

// register has a statutory body, a law firm and a defendant register.
func (s *story) register(ctx context.Context) error {
	s.on("2026-03-02 09:00", "A statutory body and a law firm register")
	for _, o := range []struct{ id, name, zh, kind, admin, user string }{
		{claimant, "Example Utilities Authority", "範例公用事業管理局", icmshk.StatutoryBody, "body-admin", "body-clerk"},
		{"example-solicitors", "Example & Partners, Solicitors", "範例律師行", icmshk.LawFirm, "firm-admin", "firm-clerk"},
	} {
		admin := s.as(ctx, o.admin)
		applied, err := admin.ApplyOrganisation(ctx, members.ApplyOrganisation{
			ID: o.id, Name: law.T(o.name, o.zh), Kind: o.kind, Statement: "see the certificate",
			Administrator: members.Person{ID: o.admin, Name: law.T(o.admin, "")},
		}, icms.Proofs{Files: files("certificate.pdf"), Names: []string{"certificate.pdf"}})
		if err != nil {
			return err
		}
		if err := s.as(ctx, "registrar").DecideApplication(ctx, applied.ID, true, nil); err != nil {
			return err
		}
		if _, err := admin.OpenUser(ctx, members.OpenAccount{
			Person: members.Person{ID: o.user, Subject: o.user, Name: law.T(o.user, "")}, Organisation: o.id,
		}); err != nil {
			return err
		}
		s.sees(o.admin, "%s is registered; %s may file for it", o.name, o.user)
	}
	if _, err := s.as(ctx, "body-admin").File(ctx, s.claims()); err != nil {
		s.sees("body-admin", "may not file: %s", inWords(err))
	} else {
		return errors.New("an administrator could file")
	}
	return nil
}

// claims is a batch of three claims.
func (s *story) claims() icms.Batch {
	var csv strings.Builder
	csv.WriteString("reference,category,amount,defendant_name,defendant_address,nature,particulars,calculation,arose_on\n")
	for i, amount := range []string{"4800", "21500", "60000"} {
		fmt.Fprintf(&csv, "INV-%d,other,%s,Defendant %04d,\"Flat %d, Sample House, Example Road\",services,Unpaid charges,Sum of invoices,2026-01-0%d\n",
			i+1, amount, i+1, i+1, i+1)
	}
	return icms.Batch{
		Court: court, Claimant: claimant, By: icms.Filer{Organisation: claimant, User: "body-clerk"}, Reference: "march-2026",
		Claims: filing.File{Name: "march.csv", Bytes: strings.NewReader(csv.String()), Size: int64(csv.Len())}, Format: filing.CSV{},
		Account: string(ledger.Deposit(claimant, ledger.Main)),
	}
}

// file has the batch filed, paid from a deposit account.
func (s *story) file(ctx context.Context) error {
	s.on("2026-03-02 18:05", "The batch is filed, after hours")
	books := s.AccountsOffice().Ledger()
	account := ledger.Deposit(claimant, ledger.Main)
	if _, err := books.Do(ctx, ledger.OpenAccount{Account: account, Currency: money.MustCurrency("HKD"), At: s.at}); err != nil {
		return err
	}
	if _, err := books.Do(ctx, ledger.TopUp{
		From: ledger.Bank("example"), Reference: "1", Account: account, Amount: money.New(1000_00, money.MustCurrency("HKD")), At: s.at,
	}); err != nil {
		return err
	}
	done, err := s.as(ctx, "body-clerk").File(ctx, s.claims())
	if err != nil {
		return err
	}
	if done.State != icms.Registered {
		return fmt.Errorf("the batch is %s: %v %v", done.State, done.Findings, done.Unpaid)
	}
	s.batch = done.ID
	for line, err := range s.as(ctx, "body-clerk").BatchLines(ctx, done.ID) {
		if err != nil {
			return err
		}
		s.cases = append(s.cases, line.Number)
	}
	a := done.Acknowledgement
	s.sees("body-clerk", "acknowledgement %s: submitted %s, counts as received %s", a.Number, day(a.Received), day(a.Deemed))
	s.sees("body-clerk", "%s paid, receipt %s; cases %s to %s", a.Paid, a.PaymentReceipt, a.FirstCase, a.LastCase)
	return nil
}

// fix has the registry fix one sitting for the batch.
func (s *story) fix(ctx context.Context) error {
	s.on("2026-03-03 11:00", "A sitting is fixed for the whole batch")
	registrar := s.as(ctx, "registrar")
	_, err := registrar.FixSitting(ctx, s.batch, icms.Appointment{At: local("2026-03-09 10:00"), Place: "Court 1"})
	s.sees("registrar", "9 March is refused: %s", inWords(err))
	sitting, err := registrar.FixSitting(ctx, s.batch, icms.Appointment{At: local("2026-03-26 10:00"), Place: "Court 1"})
	if err != nil {
		return err
	}
	s.sees("registrar", "%d cases on %s", sitting.Cases, day(sitting.At))
	return s.box(ctx, "body-clerk", 1)
}

// join has two defendants register as individuals and join their cases by the codes that the registry sent on paper.
func (s *story) join(ctx context.Context) error {
	s.on("2026-03-05 14:30", "Two defendants join by the codes in their letters")
	for i := range 2 {
		id := fmt.Sprintf("defendant-000%d", i+1)
		who := s.as(ctx, id)
		if _, err := who.ApplyIndividual(ctx, members.ApplyIndividual{
			ID: id, Name: law.T(fmt.Sprintf("Defendant 000%d", i+1), ""), Eligible: icmshk.PartyToCase, Statement: "case " + s.cases[i],
		}, icms.Proofs{}); err != nil {
			return err
		}
		if err := s.as(ctx, "registrar").DecideApplication(ctx, id, true, nil); err != nil {
			return err
		}
		code, err := s.as(ctx, "registrar").LinkCode(ctx, court, s.cases[i], "defendant-1", s.at.AddDate(0, 1, 0))
		if err != nil {
			return err
		}
		if _, err := who.JoinCase(ctx, icms.Link{Court: court, Case: s.cases[i], Party: "defendant-1", Member: id, Code: code}); err != nil {
			return err
		}
		if err := s.box(ctx, id, 1); err != nil {
			return err
		}
	}
	_, err := s.as(ctx, "defendant-0001").Case(ctx, court, s.cases[1])
	s.sees("defendant-0001", "the other's case: %s", inWords(err))
	return nil
}

// defend has one defendant send a defence.
func (s *story) defend(ctx context.Context) error {
	s.on("2026-03-10 16:00", "One defends")
	sent, err := s.as(ctx, "defendant-0001").Submit(ctx, icms.Submission{
		Court: court, Case: s.cases[0], Party: "defendant-1", Kind: icmshk.Defence, Files: files("defence.pdf"), Names: []string{"defence.pdf"},
	})
	if err != nil {
		return err
	}
	s.sees("defendant-0001", "defence acknowledged: %s, counts as received %s", sent.Acknowledgement.Number, day(sent.Acknowledgement.Deemed))
	return s.box(ctx, "body-clerk", 1)
}

// award has awards made at the sitting.
func (s *story) award(ctx context.Context) error {
	s.on("2026-03-26 12:00", "The tribunal makes its awards")
	for i := range 2 {
		issued, err := s.as(ctx, "adjudicator").IssueOrder(ctx, icms.Issue{
			Court: court, Case: s.cases[i], Kind: icms.PaperAward, Files: files("award.pdf"), Names: []string{"award.pdf"},
			Day: calendar.DateOf(s.at, calendarhk.Zone()),
		})
		if err != nil {
			return err
		}
		s.sees("adjudicator", "award %d in %s", issued.Document.Serial, s.cases[i])
		who := fmt.Sprintf("defendant-000%d", i+1)
		if err := s.box(ctx, who, 1); err != nil {
			return err
		}
		limit, err := s.as(ctx, who).LimitOf(ctx, icms.LimitQuestion{Court: court, Case: s.cases[i], Party: "defendant-1", Kind: icmshk.Review})
		if err != nil {
			return err
		}
		s.sees(who, "a review may be asked for until %s", limit.Last)
	}
	return nil
}

// storm closes the registry for a day, which is not counted.
func (s *story) storm(ctx context.Context) error {
	s.on("2026-03-30 08:10", "A black rainstorm warning closes the offices for the day")
	_, err := s.as(ctx, "registrar").AnnounceClosure(ctx, court, icms.BothOffices, calendar.Closure{
		ID: "rain", Cause: calendarhk.BlackRainstorm, From: local("2026-03-30 07:50"), Reopens: local("2026-03-31 08:45"), Authority: "Judiciary",
	})
	if err != nil {
		return err
	}
	limit, err := s.as(ctx, "defendant-0001").LimitOf(ctx, icms.LimitQuestion{Court: court, Case: s.cases[0], Party: "defendant-1", Kind: icmshk.Review})
	if err != nil {
		return err
	}
	s.sees("defendant-0001", "a review may now be asked for until %s, the seventh registry day", limit.Last)
	return nil
}

// review has one application come on the last day, and one too late.
func (s *story) review(ctx context.Context) error {
	for i, when := range []string{"2026-04-10 16:55", "2026-04-10 17:45"} {
		s.on(when, "An application for review")
		who := fmt.Sprintf("defendant-000%d", i+1)
		sent, err := s.as(ctx, who).Submit(ctx, icms.Submission{
			Court: court, Case: s.cases[i], Party: "defendant-1", Kind: icmshk.Review, Files: files("form-8c.pdf"), Names: []string{"form-8c.pdf"},
		})
		if err != nil {
			return err
		}
		if sent.Refused() {
			s.sees(who, "refused: %s", sent.Findings[0].Text().In(law.English))
			s.sees("", "不獲接納：%s", sent.Findings[0].Text().In(law.TraditionalChinese))
			continue
		}
		s.sees(who, "in time: counts as received %s", day(sent.Acknowledgement.Deemed))
	}
	return nil
}

// verify has the auditor verify the chain.
func (s *story) verify(ctx context.Context) error {
	if err := s.Audit().Verify(ctx, court, s.at.Year()); err != nil {
		return err
	}
	fmt.Fprintln(s.out, "\nThe audit chain holds: nothing was changed, removed or reordered.")
	return nil
}

// box prints the newest messages in somebody's box, and opens them.
func (s *story) box(ctx context.Context, who string, n int) error {
	page, _, err := s.as(ctx, who).Inbox(ctx, "", n)
	if err != nil {
		return err
	}
	for _, m := range page {
		if _, err := s.as(ctx, who).OpenMessage(ctx, m.ID); err != nil {
			return err
		}
		s.sees(who, "message: %s", m.Subject.In(law.English))
		s.sees("", "%s", m.Subject.In(law.TraditionalChinese))
	}
	return nil
}

// inWords is what a person reads of a refusal.
func inWords(err error) string {
	if told := (interface{ Text() law.Text })(nil); errors.As(err, &told) {
		return told.Text().In(law.English)
	}
	if err == nil {
		return "(nothing)"
	}
	return err.Error()
}
