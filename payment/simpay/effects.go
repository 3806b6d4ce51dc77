package simpay

import (
	"maps"
	"time"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
)

// Effects count what has happened at the company, whatever was answered.
type Effects struct {
	Sessions int `json:"sessions"`
	// Payments counts money taken, Authorised money that was ever only held.
	Payments   int `json:"payments"`
	Authorised int `json:"authorised"`
	// Refunds counts those that did not fail.
	Refunds  int `json:"refunds"`
	Disputes int `json:"disputes"`
	// Requests counts what came in since the Sim was made, by operation; those that were refused or befallen by a fault too.
	Requests map[Op]int `json:"requests"`
}

// Effects counts what has happened.
func (s *Sim) Effects() (e Effects, err error) {
	err = s.do(func(time.Time) error {
		e = Effects{Sessions: len(s.books.sessions), Disputes: len(s.books.disputes), Requests: maps.Clone(s.counts)}
		for _, c := range s.books.charges {
			if c.Authorised {
				e.Authorised++
			} else {
				e.Payments++
			}
		}
		for _, r := range s.books.refunds {
			if r.State != payment.OperationFailed {
				e.Refunds++
			}
		}
		return nil
	})
	return e, err
}

// Totals is the money of one currency.
type Totals struct {
	// Taken is what payers paid, GivenBack the refunds that were done, Lost the disputes that were; Fees is what the company kept, PaidOut what the merchant got.
	Taken     money.Amount `json:"taken"`
	GivenBack money.Amount `json:"givenBack"`
	Lost      money.Amount `json:"lost"`
	Fees      money.Amount `json:"fees"`
	PaidOut   money.Amount `json:"paidOut"`
	// Owed is what is not paid out yet.
	Owed money.Amount `json:"owed"`
}

// Totals sums up the settlement, whatever its days, lines that are held back too: Taken - GivenBack - Lost - Fees - PaidOut = Owed.
func (s *Sim) Totals(currency money.Currency) (t Totals, err error) {
	none := money.New(0, currency)
	t = Totals{none, none, none, none, none, none}
	err = s.do(func(time.Time) error {
		for _, l := range s.books.ledger.byNumber {
			if l.Net.Currency() != currency {
				continue
			}
			t.Fees = plus(t.Fees, l.Fee)
			switch l.Kind {
			case payment.SettledPayment:
				t.Taken = plus(t.Taken, l.Gross)
			case payment.SettledRefund:
				t.GivenBack = minus(t.GivenBack, l.Gross)
			case payment.SettledDispute:
				t.Lost = minus(t.Lost, l.Gross)
			case payment.SettledPayout:
				t.PaidOut = plus(t.PaidOut, l.Gross)
				t.Owed = minus(t.Owed, l.Net)
				continue
			}
			t.Owed = plus(t.Owed, l.Net)
		}
		return nil
	})
	return t, err
}

// Session tells all about a session, as the company knows it. A reference without one wraps ErrNotThere.
func (s *Sim) Session(reference string) (q payment.QueryReply, err error) {
	err = s.do(func(now time.Time) error {
		x, err := s.find(reference, "")
		if err != nil {
			return err
		}
		q = s.snapshot(x, now).reply("")
		return nil
	})
	return q, err
}
