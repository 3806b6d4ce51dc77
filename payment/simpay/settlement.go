package simpay

import (
	"encoding/csv"
	"fmt"
	"io"
	"maps"
	"slices"
	"time"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
)

// settlement is the lines, by the day on which they count.
type settlement struct {
	byNumber map[int]*line
	days     map[string][]int
	// unpaid are the lines that are in no payout yet.
	unpaid map[int]bool
}

func newSettlement() settlement {
	return settlement{byNumber: map[int]*line{}, days: map[string][]int{}, unpaid: map[int]bool{}}
}

// enter enters a line, or that it is in a payout now.
func (l *settlement) enter(r *line) {
	if l.byNumber[r.N] == nil {
		l.days[r.ValueDate] = append(l.days[r.ValueDate], r.N)
	}
	l.byNumber[r.N] = r
	if l.unpaid[r.N] = true; r.Batch != "" {
		delete(l.unpaid, r.N)
	}
}

// waiting gives the lines that are in no payout yet, in their order.
func (l *settlement) waiting() []*line {
	all := make([]*line, 0, len(l.unpaid))
	for _, n := range slices.Sorted(maps.Keys(l.unpaid)) {
		all = append(all, l.byNumber[n])
	}
	return all
}

// settle enters a line on the day on which the instant counts.
func (s *Sim) settle(l payment.SettlementLine, at time.Time) {
	date, closes := s.o.Days.valueDate(at)
	l.ValueDate, l.Net = date, minus(l.Gross, l.Fee)
	r := &line{SettlementLine: l, Held: s.held}
	r.N, r.ID = s.books.number("line")
	if !r.Held {
		r.PayDate, r.ClosesAt = date, closes
	}
	s.books.put(r)
}

// HoldLines keeps the lines of settlement that come from now on back; switched off, those that were kept come, late, on their own value
// dates, and in the payout of the day that is open then.
func (s *Sim) HoldLines(on bool) error {
	return s.do(func(now time.Time) error {
		s.held = on
		if on {
			return nil
		}
		date, closes := s.o.Days.valueDate(now)
		for _, l := range s.books.ledger.waiting() {
			if l.Held {
				l.Held, l.PayDate, l.ClosesAt = false, date, closes
				s.books.put(l)
			}
		}
		return nil
	})
}

// settlePayment enters a payment less what the company keeps.
func (s *Sim) settlePayment(c *charge, x *session) {
	s.settle(payment.SettlementLine{
		Kind: payment.SettledPayment, PaymentID: c.ID, Reference: x.Reference, Gross: c.Amount, Fee: s.fee(c.Amount),
	}, c.PaidAt)
}

// fee is what the company keeps of a payment, at most all of it.
func (s *Sim) fee(a money.Amount) money.Amount {
	fee, err := a.Rate(s.o.Fees.Rate, money.Rounding{Mode: money.HalfUp})
	if err != nil {
		fee = a // a rate so large that it does not fit takes all
	}
	return money.New(min(fee.Minor()+s.o.Fees.Fixed, a.Minor()), a.Currency())
}

// settleRefund enters money given back, negative, or money of a refund that came back.
func (s *Sim) settleRefund(r *refund, gross money.Amount, at time.Time) {
	s.settle(payment.SettlementLine{
		Kind: payment.SettledRefund, PaymentID: r.PaymentID, Reference: r.Reference, Gross: gross, Fee: none(gross),
	}, at)
}

// settleDispute enters a lost dispute.
func (s *Sim) settleDispute(d *dispute, at time.Time) {
	s.settle(payment.SettlementLine{
		Kind: payment.SettledDispute, PaymentID: d.PaymentID, Reference: s.books.sessions[d.Session].Reference,
		Gross: negative(d.Amount), Fee: none(d.Amount),
	}, at)
}

func none(a money.Amount) money.Amount { return money.New(0, a.Currency()) }

// ChargeFee has the company charge the merchant for something, such as a monthly fee.
func (s *Sim) ChargeFee(amount money.Amount) error {
	return s.do(func(now time.Time) error {
		if amount.Sign() <= 0 || amount.Minor() > maxMinor {
			return fmt.Errorf("%w: a fee of %s", ErrState, amount)
		}
		s.settle(payment.SettlementLine{Kind: payment.SettledFee, Gross: none(amount), Fee: amount}, now)
		return nil
	})
}

// closeDay pays out what is not paid out yet of a day that is over and of those before. What is owed to the company instead waits for the next.
func (s *Sim) closeDay(date string) {
	byCurrency := map[money.Currency][]*line{}
	var order []money.Currency
	for _, l := range s.books.ledger.waiting() {
		if l.Held || l.PayDate > date {
			continue
		}
		c := l.Net.Currency()
		if byCurrency[c] == nil {
			order = append(order, c)
		}
		byCurrency[c] = append(byCurrency[c], l)
	}
	for _, c := range order {
		s.payOut(byCurrency[c], date)
	}
}

// payOut pays out some lines of one currency, if that comes to anything.
func (s *Sim) payOut(lines []*line, date string) {
	sum := none(lines[0].Net)
	for _, l := range lines {
		sum = plus(sum, l.Net)
	}
	if sum.Sign() <= 0 {
		return
	}
	n, id := s.books.number("line")
	batch := idOf("payout", n)
	for _, l := range lines {
		l.Batch = batch
		s.books.put(l)
	}
	s.books.put(&line{N: n, SettlementLine: payment.SettlementLine{
		ID: id, Kind: payment.SettledPayout, Gross: sum, Fee: none(sum), Net: sum, ValueDate: date, Batch: batch,
	}})
}

// Settlement gives the lines of a value date ("2006-01-02") in the order in which they were entered. The date's payout comes when it is
// over; a payout's Net is the sum of the Net of all other lines with its Batch, which may be of days before.
func (s *Sim) Settlement(date string) (lines []payment.SettlementLine, err error) {
	err = s.do(func(time.Time) error {
		for _, n := range s.books.ledger.days[date] {
			if l := s.books.ledger.byNumber[n]; !l.Held {
				lines = append(lines, l.SettlementLine)
			}
		}
		return nil
	})
	return lines, err
}

// WriteSettlement writes the lines of a value date as CSV with a heading.
func (s *Sim) WriteSettlement(w io.Writer, date string) error {
	lines, err := s.Settlement(date)
	if err != nil {
		return err
	}
	out := csv.NewWriter(w)
	if err := out.Write([]string{"id", "kind", "payment", "reference", "currency", "gross", "fee", "net", "value_date", "batch"}); err != nil {
		return err
	}
	for _, l := range lines {
		if err := out.Write([]string{
			l.ID, string(l.Kind), l.PaymentID, l.Reference, l.Gross.Currency().Code(), l.Gross.Plain(), l.Fee.Plain(), l.Net.Plain(), l.ValueDate, l.Batch,
		}); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}
