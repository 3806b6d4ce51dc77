package fees

import (
	"fmt"

	"courts.example/eservices/icms/money"
)

// sum is a total in the making: numbers of minor units in one currency, which is what adding a million lines can afford.
type sum struct {
	currency                  money.Currency // of the first line with a known fee
	lines, unknown, units     int64
	base, concession, payable int64
}

// add leaves the sum as it was when it fails.
func (s *sum) add(l *Line) error {
	next := *s
	next.lines++
	if l.Unknown {
		next.unknown++
	} else {
		if err := next.join(l); err != nil {
			return err
		}
		next.base += l.Base.Minor()
		next.concession += l.Concession.Minor()
		next.payable += l.Payable.Minor()
	}
	next.units += l.Units
	if wrapped(s.base, l.Base.Minor(), next.base) || wrapped(s.concession, l.Concession.Minor(), next.concession) ||
		wrapped(s.payable, l.Payable.Minor(), next.payable) || wrapped(s.units, l.Units, next.units) {
		return fmt.Errorf("fees: the sum of %d lines: %w", next.lines, money.ErrOverflow)
	}
	*s = next
	return nil
}

// addTimes adds n lines that cost the same.
func (s *sum) addTimes(l *Line, n int64) error {
	if n == 0 {
		return nil
	}
	all := *l
	var err error
	for _, a := range []*money.Amount{&all.Base, &all.Concession, &all.Payable} {
		if *a, err = a.Times(n); err != nil {
			return fmt.Errorf("fees: the sum of %d lines: %w", n, err)
		}
	}
	if err := s.add(&all); err != nil {
		return err
	}
	s.lines += n - 1
	if l.Unknown {
		s.unknown += n - 1
	}
	return nil
}

// join checks the currency of a line, and takes that of the first. The zero Amount joins any, as it does in package money.
func (s *sum) join(l *Line) error {
	if s.currency.IsZero() {
		s.currency = l.Base.Currency()
	}
	if s.foreign(l.Base) || s.foreign(l.Concession) || s.foreign(l.Payable) {
		return fmt.Errorf("fees: %s less %s is %s in a sum of %s: %w", l.Base, l.Concession, l.Payable, s.currency, money.ErrCurrency)
	}
	return nil
}

func (s *sum) foreign(a money.Amount) bool {
	return a.Currency() != s.currency && a != money.Amount{}
}

func wrapped(a, b, total int64) bool { return (total < a) != (b < 0) }

// amounts gives the sums as amounts; a sum of unknown fees alone has the zero Amount.
func (s *sum) amounts() (base, concession, payable money.Amount) {
	return money.New(s.base, s.currency), money.New(s.concession, s.currency), money.New(s.payable, s.currency)
}

func (s *sum) total() Total {
	t := Total{Lines: s.lines, Unknown: s.unknown}
	t.Base, t.Concession, t.Payable = s.amounts()
	return t
}

// resume is the sum that gave a total.
func resume(t Total) (sum, error) {
	s := sum{currency: t.Base.Currency(), lines: t.Lines, unknown: t.Unknown,
		base: t.Base.Minor(), concession: t.Concession.Minor(), payable: t.Payable.Minor()}
	if t.Concession.Currency() != s.currency || t.Payable.Currency() != s.currency {
		return sum{}, fmt.Errorf("fees: a total of %s, %s and %s: %w", t.Base, t.Concession, t.Payable, money.ErrCurrency)
	}
	return s, nil
}
