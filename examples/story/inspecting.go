package main

import (
	"context"
	"fmt"
	"slices"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/payment"
)

// visitor is a member of the public: the host knows who it is, the court has no account for it.
const visitor = "visitor"

// searching has the public search the register for a fee: too early, in time, too late.
func (s *story) searching(ctx context.Context) error {
	s.chapter("The public inspects", "公眾查閱")
	s.on("2026-08-13 10:00", "Somebody without an account searches for a party")
	_, _, err := s.as(ctx, visitor).CauseBookFind(ctx, icms.BookQuery{Court: court, Party: "Chan"})
	if err := s.refused(visitor, "looking into the cause book", err, filing.AccessRegister); err != nil {
		return err
	}
	_, err = s.as(ctx, visitor).Search(ctx, icms.Search{Court: court, Reference: "old", From: date("2024-10-01"), Until: date("2024-10-30")})
	if err := s.refused(visitor, "searching days before the service covers", err, filing.SearchBefore); err != nil {
		return err
	}
	asked, err := s.ask(ctx, icms.Search{Reference: "chan", Party: "陳小範"})
	if err != nil {
		return err
	}
	_, _, err = s.as(ctx, visitor).Results(ctx, asked.ID, "", 10)
	if err := s.refused(visitor, "looking before paying", err, filing.SearchUnpaid); err != nil {
		return err
	}

	s.on("2026-08-13 10:05", "The fee is paid by card at the payment company")
	if s.Receipt, err = s.pay(ctx, asked.Order); err != nil {
		return err
	}
	if err := s.look(ctx, asked.ID); err != nil {
		return err
	}
	if err := s.sealed(ctx); err != nil {
		return err
	}
	s.on("2026-08-14 10:05", "A day later the search is over")
	_, err = s.as(ctx, visitor).InspectCase(ctx, s.Search.ID, s.Cases[0])
	return s.refused(visitor, "looking too late", err, filing.AccessEnded)
}

// ask has the visitor ask for a search.
func (s *story) ask(ctx context.Context, in icms.Search) (icms.Searched, error) {
	in.Court = court
	asked, err := s.as(ctx, visitor).Search(ctx, in)
	if err != nil {
		return asked, err
	}
	s.sees(visitor, "search %q: %s, %s to pay", asked.Reference, asked.State, asked.Fee)
	for _, f := range asked.Findings {
		s.reads("", "  ", f.Text())
	}
	return asked, nil
}

// pay has the visitor pay an order at the company, whose message opens what it pays for.
func (s *story) pay(ctx context.Context, order string) (payment.Receipt, error) {
	attempt, err := s.as(ctx, visitor).Pay(ctx, payment.StartRequest{Order: order, Gateway: gateway, Means: payment.Visa, Locale: "zh-Hant"})
	if err != nil {
		return payment.Receipt{}, err
	}
	if _, err := s.sim.Pay(attempt.ID); err != nil {
		return payment.Receipt{}, err
	}
	if err := s.carry(ctx); err != nil {
		return payment.Receipt{}, err
	}
	r, err := s.as(ctx, visitor).Receipt(ctx, order)
	if err == nil {
		s.sees(visitor, "receipt %s: %s by %s for %s", r.Number, r.Amount, r.Means, r.Purpose)
	}
	return r, err
}

// look has the visitor look at all that the search finds.
func (s *story) look(ctx context.Context, search string) error {
	x := s.as(ctx, visitor)
	own, _, err := x.Searches(ctx, "", 10)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(own, func(q icms.Searched) bool { return q.ID == search })
	if at < 0 {
		return fmt.Errorf("the search %s is not among the visitor's own", search)
	}
	s.Search = own[at]
	s.sees(visitor, "search %q is %s until %s", s.Search.Reference, s.Search.State, clock(s.Search.Ends))
	if s.Found, _, err = x.Results(ctx, search, "", 10); err != nil {
		return err
	}
	for _, f := range s.Found {
		s.sees(visitor, "found %s of %s: %s v %v", f.Number, f.Commenced, f.Claimant.In(law.English), f.Defendants)
		if s.Inspected, _, err = x.InspectPapers(ctx, search, f.Number, "", 20); err != nil {
			return err
		}
		for _, p := range s.Inspected {
			s.reads("", fmt.Sprintf("  paper %d: ", p.Serial), p.Title)
			for i := range p.Files {
				if err := s.read(ctx, search, f.Number, p.Serial, i); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// read reads a file of a paper to its end.
func (s *story) read(ctx context.Context, search, number string, serial, file int) error {
	f, err := s.as(ctx, visitor).InspectFile(ctx, search, number, serial, file)
	if err != nil {
		return err
	}
	defer f.Close()
	n, err := length(f)
	if err == nil && n != f.Size() {
		err = fmt.Errorf("%s has %d bytes, of %d", f.Name, n, f.Size())
	}
	s.sees("", "    %s, %d bytes, %d pages", f.Name, n, f.Pages)
	return err
}

// sealed has the visitor pay for a search for the sealed case, which finds nothing, as one for a number that was never given.
func (s *story) sealed(ctx context.Context) error {
	for _, number := range []string{s.Cases[3], "SCTC999999/2026"} {
		asked, err := s.ask(ctx, icms.Search{Reference: number, Number: number})
		if err != nil {
			return err
		}
		if _, err := s.pay(ctx, asked.Order); err != nil {
			return err
		}
		page, _, err := s.as(ctx, visitor).Results(ctx, asked.ID, "", 10)
		if err != nil {
			return err
		}
		s.Sealed = append(s.Sealed, page...)
		s.sees(visitor, "search %q finds %d cases", number, len(page))
		_, err = s.as(ctx, visitor).InspectCase(ctx, asked.ID, number)
		if err := s.refused(visitor, "inspecting it", err, filing.AccessNotThere); err != nil {
			return err
		}
	}
	return nil
}
