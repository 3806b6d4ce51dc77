package payment

import (
	"fmt"
	"slices"
	"time"

	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment/internal/key"
)

// MeansUse is a payment that somebody wants to make by some means.
type MeansUse struct {
	// Court is the court's code, Place the words that payers know it by; empty words take the code.
	Court string
	Place law.Text
	Means Means
	// Amount is what is to be paid, Purpose what for (Order.Purpose).
	Amount  money.Amount
	Purpose string
	// Registered says that the payer is known to the system.
	Registered bool
	// At is the instant of payment.
	At time.Time
	// Earlier is what the payer paid by the same means on the same day, by the court's calendar; zero when there was nothing, or nobody knows.
	Earlier money.Amount
}

func (u MeansUse) check() error {
	for _, err := range []error{
		key.CheckName("the court", u.Court), key.CheckName("the means", string(u.Means)), key.CheckName("the purpose", u.Purpose),
		key.CheckTime("the instant of payment", u.At),
	} {
		if err != nil {
			return err
		}
	}
	if u.Amount.Sign() <= 0 || u.Amount.Currency().IsZero() || u.Earlier.Sign() < 0 {
		return fmt.Errorf("%s is to be paid after %s; more than nothing is needed, after nothing or more", u.Amount, u.Earlier)
	}
	return nil
}

// place is what payers know the court by.
func (u MeansUse) place() law.Text {
	if u.Place.In() == "" {
		return law.T(u.Court, u.Court)
	}
	return u.Place
}

// Check reports whether the payment can be made so. If not, the error is a *MeansError with the words for the payer. A use that makes no
// sense is ErrInvalid; an amount in another currency than the limit that it would be held to is money.ErrCurrency.
func (p *MeansPolicy) Check(u MeansUse) error {
	if err := u.check(); err != nil {
		return fmt.Errorf("%w: use of means of payment: %w", ErrInvalid, err)
	}
	refused, err := p.refusal(u)
	if err != nil {
		return fmt.Errorf("payment: limits of %s at %s: %w", u.Means, u.Court, err)
	}
	if refused == nil {
		return nil
	}
	refused.Others = p.others(u)
	return refused
}

// refusal gives nil for a payment that can be made.
func (p *MeansPolicy) refusal(u MeansUse) (*MeansError, error) {
	rules := p.of(u.Court, u.Means)
	at := slices.IndexFunc(rules, func(r MeansRule) bool { return r.at(u.At) })
	if at < 0 {
		return notNow(rules, u), nil
	}
	r := rules[at].clone()
	if !r.lets(u.Registered, u.Purpose) {
		return &MeansError{Refusal: RegisteredOnly, Use: u, Rule: r}, nil
	}
	refusal, err := r.limits(u)
	if err != nil || refusal == "" {
		return nil, err
	}
	return &MeansError{Refusal: refusal, Use: u, Rule: r}, nil
}

// notNow tells of means that are not taken at the instant: from when they are, else since when they are not.
func notNow(rules []MeansRule, u MeansUse) *MeansError {
	e := &MeansError{Refusal: NotOffered, Use: u}
	for _, r := range rules {
		switch {
		case r.From.After(u.At) && (e.Refusal != NotYet || r.From.Before(e.Rule.From)):
			e.Refusal, e.Rule = NotYet, r
		case !r.From.After(u.At) && e.Refusal != NotYet && (e.Refusal != NoMore || r.Until.After(e.Rule.Until)):
			e.Refusal, e.Rule = NoMore, r
		}
	}
	e.Rule = e.Rule.clone()
	return e
}

// limits holds a payment to the limits that are known; it gives "" when it keeps within them.
func (r MeansRule) limits(u MeansUse) (MeansRefusal, error) {
	if least, ok := r.Min.Amount(); ok {
		order, err := u.Amount.Cmp(least)
		if err != nil {
			return "", err
		}
		if order < 0 {
			return BelowMin, nil
		}
	}
	most, ok := r.Max.Amount()
	if !ok {
		return "", nil
	}
	total, err := u.Amount, error(nil)
	if r.Per == PerDay {
		if total, err = total.Add(u.Earlier); err != nil {
			return "", err
		}
	}
	order, err := total.Cmp(most)
	if err != nil {
		return "", err
	}
	if order > 0 {
		return AboveMax, nil
	}
	return "", nil
}

// others lists the other means by which the same payment can be made. Of what was paid earlier by them nothing is known.
func (p *MeansPolicy) others(u MeansUse) []Offer {
	u.Earlier = money.Amount{}
	return slices.DeleteFunc(p.Offered(u.Court, u.Purpose, u.Registered, u.At), func(o Offer) bool {
		other := u
		other.Means = o.Means
		refused, err := p.refusal(other)
		return o.Means == u.Means || refused != nil || err != nil
	})
}
