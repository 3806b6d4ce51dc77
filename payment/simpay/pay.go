package simpay

import (
	"net/http"
	"slices"
	"time"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
)

// Deed is what a payer does on the page, or the payer's bank after that.
type Deed string

// The deeds. To abandon a session is to do nothing.
const (
	// DeedPay pays, or authorises where that was asked.
	DeedPay Deed = "pay"
	// DeedDecline has the payer's bank say no.
	DeedDecline Deed = "decline"
	// DeedCancel gives up.
	DeedCancel Deed = "cancel"
	// DeedChallenge has the bank ask who the payer is; DeedPass and DeedFail are the answers.
	DeedChallenge Deed = "challenge"
	DeedPass      Deed = "pass"
	DeedFail      Deed = "fail"
	// DeedProcess pays by a bank that takes its time; it decides after ProcessingTime by itself, or by DeedPay or DeedDecline before.
	DeedProcess Deed = "process"
)

// ProcessingTime is how long the bank of DeedProcess takes before it pays.
const ProcessingTime = time.Minute

// Act is what happens on a page.
type Act struct {
	Deed Deed
	// Amount is what is paid, where it differs from what was asked, as with a transfer that the payer types in.
	Amount money.Amount
	// Means is how it is paid; empty takes the session's, or the first that is offered.
	Means payment.Means
	// Decline is why the bank says no; empty is payment.DeclineOther.
	Decline payment.Decline
	// Once names the pressing of a button: pressed again it does nothing. Empty never was pressed before.
	Once string
}

// Act has the payer of a session do something. It gives the id of the payment or authorisation that came of it, if one did. What the
// session's state does not allow wraps ErrState, a reference without a session ErrNotThere.
func (s *Sim) Act(reference string, a Act) (paymentID string, err error) {
	err = s.do(func(now time.Time) error {
		x, err := s.find(reference, "")
		if err != nil {
			return err
		}
		paymentID, err = s.act(x, a, now)
		return err
	})
	return paymentID, err
}

// Pay is Act with DeedPay.
func (s *Sim) Pay(reference string) (paymentID string, err error) {
	return s.Act(reference, Act{Deed: DeedPay})
}

// PayAmount is Act with DeedPay and another amount than was asked.
func (s *Sim) PayAmount(reference string, amount money.Amount) (paymentID string, err error) {
	return s.Act(reference, Act{Deed: DeedPay, Amount: amount})
}

// Decline is Act with DeedDecline.
func (s *Sim) Decline(reference string, reason payment.Decline) error {
	_, err := s.Act(reference, Act{Deed: DeedDecline, Decline: reason})
	return err
}

// Leave is Act with DeedCancel.
func (s *Sim) Leave(reference string) error {
	_, err := s.Act(reference, Act{Deed: DeedCancel})
	return err
}

// act does what a payer does; the lock is held.
func (s *Sim) act(x *session, a Act, now time.Time) (string, error) {
	if a.Once != "" && slices.Contains(x.Pressed, a.Once) {
		return "", nil
	}
	id, err := s.deed(x, a, now)
	if err == nil && a.Once != "" {
		x.Pressed = append(x.Pressed, a.Once)
		s.books.put(x)
	}
	return id, err
}

func (s *Sim) deed(x *session, a Act, now time.Time) (string, error) {
	waiting := x.State == payment.AttemptPending
	switch {
	case a.Deed == DeedPay && (s.payable(x, now) || x.State == payment.AttemptProcessing) && !x.Challenged,
		a.Deed == DeedPass && waiting && x.Challenged:
		return s.pay(x, a, now)
	case a.Deed == DeedDecline && (waiting || x.State == payment.AttemptProcessing):
		s.end(x, payment.AttemptFailed, s.withCanary(declineCode(a.Decline)), now)
	case a.Deed == DeedFail && waiting && x.Challenged:
		s.end(x, payment.AttemptFailed, s.withCanary(declineCode(payment.DeclineAuth)), now)
	case a.Deed == DeedCancel && waiting:
		s.end(x, payment.AttemptCancelled, "", now)
	case a.Deed == DeedChallenge && waiting && !x.Challenged:
		x.Challenged = true
		s.books.put(x)
	case a.Deed == DeedProcess && waiting && !x.Challenged:
		x.State, x.ProcessedAt = payment.AttemptProcessing, now.Add(ProcessingTime)
		s.books.put(x)
		s.tell("session.processing", x, now)
	default:
		return "", refuse(http.StatusConflict, codeState, "%q is not possible: the session is %s", a.Deed, x.State)
	}
	return "", nil
}

// pay takes or holds money.
func (s *Sim) pay(x *session, a Act, now time.Time) (string, error) {
	if a.Amount == (money.Amount{}) {
		a.Amount = x.Amount
	}
	if a.Amount.Sign() <= 0 || a.Amount.Minor() > maxMinor {
		return "", refuse(http.StatusBadRequest, codeInvalid, "%s can't be paid", a.Amount)
	}
	if a.Means == "" {
		a.Means = x.Means
	}
	if a.Means == "" {
		a.Means = s.o.Terms.Means[0]
	}
	x.Challenged = false
	c := s.charge(x, a.Amount, a.Means, s.masked(a.Means), x.Authorise, now)
	if x.Authorise {
		x.State, x.LapsesAt = payment.AttemptAuthorised, now.Add(s.o.Terms.Authorised)
		s.books.put(x)
		s.tell("session.authorised", x, now)
		return c.ID, nil
	}
	s.succeed(x, "session.paid", now)
	return c.ID, nil
}

// processed has the bank of DeedProcess pay.
func (s *Sim) processed(x *session, at time.Time) {
	if x.State == payment.AttemptProcessing && !at.Before(x.ProcessedAt) {
		// The amount is the session's own, which was checked: this can't be refused.
		_, _ = s.pay(x, Act{}, at)
	}
}

// masked is what the payer recognises: "card 4242". A canary stands where a careless company would show the whole number.
func (s *Sim) masked(m payment.Means) string {
	if s.o.Canary != "" {
		return s.o.Canary
	}
	return string(m) + " 4242"
}

// withCanary adds the canary to a code.
func (s *Sim) withCanary(code string) string {
	if s.o.Canary != "" {
		return code + " " + s.o.Canary
	}
	return code
}

// charge enters money taken or held of a session.
func (s *Sim) charge(x *session, amount money.Amount, means payment.Means, masked string, authorised bool, now time.Time) *charge {
	n, id := s.books.number("charge")
	c := &charge{N: n, Session: x.ID, GatewayPayment: payment.GatewayPayment{
		ID: s.id(id), Amount: amount, PaidAt: now, Means: means, Masked: masked, Authorised: authorised,
	}}
	x.Charges = append(x.Charges, c.ID)
	s.books.put(c)
	if !authorised {
		s.settlePayment(c, x)
	}
	return c
}

// succeed has a session be paid.
func (s *Sim) succeed(x *session, event string, now time.Time) {
	x.State, x.EndedAt, x.Decline = payment.AttemptSucceeded, now, ""
	s.books.put(x)
	s.tell(event, x, now)
}
