package simpay

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"time"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
)

// maxMinor is the largest amount of one session in minor units, so that sums of many stay far from the end of an int64.
const maxMinor = 1_000_000_000_000

// refusal is a no of the company: an HTTP status, a code of its own, and words for operators.
type refusal struct {
	Status  int    `json:"-"`
	Code    string `json:"code"`
	Decline string `json:"decline,omitempty"`
	Detail  string `json:"detail,omitempty"`
	// RetryAfter is in seconds.
	RetryAfter int `json:"-"`
}

// Error gives code and detail.
func (r *refusal) Error() string { return "simpay: " + r.Code + ": " + r.Detail }

// Unwrap gives ErrNotThere or ErrState for the callers of the control methods.
func (r *refusal) Unwrap() error {
	if r.Code == codeNotFound {
		return ErrNotThere
	}
	return ErrState
}

func refuse(status int, code, format string, args ...any) *refusal {
	return &refusal{Status: status, Code: code, Detail: fmt.Sprintf(format, args...)}
}

// check refuses a session that the company does not open.
func (s *Sim) check(c createBody, now time.Time) error {
	switch {
	case !validReference(c.Reference):
		return refuse(http.StatusBadRequest, codeInvalid, "a reference has 1 to %d letters, digits and hyphens", maxReference)
	case c.Amount.Sign() <= 0 || c.Amount.Minor() > maxMinor:
		return refuse(http.StatusBadRequest, codeInvalid, "an amount is more than nothing and at most %d minor units", int64(maxMinor))
	case !slices.Contains(s.o.Terms.Currencies, c.Amount.Currency().Code()):
		return refuse(http.StatusBadRequest, codeCurrency, "only %v are taken", s.o.Terms.Currencies)
	case c.Means != "" && !slices.Contains(s.o.Terms.Means, c.Means):
		return refuse(http.StatusBadRequest, codeMeans, "only %v are offered", s.o.Terms.Means)
	case !slices.Contains(flows(), c.Flow):
		return refuse(http.StatusBadRequest, codeInvalid, "a flow is one of %v", flows())
	case len(c.Description) > maxDescription:
		return refuse(http.StatusBadRequest, codeInvalid, "a description has at most %d bytes", maxDescription)
	case !c.ExpiresAt.IsZero() && !c.ExpiresAt.After(now):
		return refuse(http.StatusBadRequest, codeInvalid, "the session would end before it begins")
	}
	for _, u := range []string{c.ReturnURL, c.CancelURL, c.NotifyURL} {
		if !validURL(u) {
			return refuse(http.StatusBadRequest, codeInvalid, "an address begins with http:// or https:// and has at most %d bytes", maxURL)
		}
	}
	return nil
}

func validReference(r string) bool {
	if r == "" || len(r) > maxReference {
		return false
	}
	for i := range len(r) {
		b := r[i]
		if !('a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' || '0' <= b && b <= '9' || b == '-') {
			return false
		}
	}
	return true
}

// validURL takes absolute web addresses, and none at all.
func validURL(text string) bool {
	if text == "" {
		return true
	}
	u, err := url.Parse(text)
	return err == nil && len(text) <= maxURL && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && u.User == nil
}

// create opens a session.
func (s *Sim) create(c createBody, now time.Time) (*snapshot, error) {
	if err := s.check(c, now); err != nil {
		return nil, err
	}
	if s.books.byReference[c.Reference] != nil {
		return nil, refuse(http.StatusConflict, codeReference, "the reference was used with another key, or with a key that is forgotten")
	}
	c.ExpiresAt = s.clamp(c.ExpiresAt, now)
	n, id := s.books.number("session")
	x := &session{
		createBody: c, N: n, ID: s.id(id), CreatedAt: now, State: payment.AttemptPending,
		Token: s.o.Secrets[0].derive("simpay", "page", id)[:32],
	}
	s.books.put(x)
	return s.snapshot(x, now), nil
}

// id adds the canary to an id.
func (s *Sim) id(id string) string {
	if s.o.Canary != "" {
		id += "-" + s.o.Canary
	}
	return id
}

// clamp brings the end of a session within the terms.
func (s *Sim) clamp(end, now time.Time) time.Time {
	first, last := now.Add(s.o.Terms.SessionMin), now.Add(s.o.Terms.SessionMax)
	switch {
	case end.IsZero() || end.After(last):
		return last
	case end.Before(first):
		return first
	}
	return end.Round(0).UTC()
}

// find gives a session by the merchant's reference or, without one, by the Sim's id.
func (s *Sim) find(reference, id string) (*session, error) {
	x := s.books.byReference[reference]
	if reference == "" {
		x = s.books.sessions[id]
	}
	if x == nil {
		return nil, refuse(http.StatusNotFound, codeNotFound, "there is no such session")
	}
	return x, nil
}

// snapshot tells all about a session.
func (s *Sim) snapshot(x *session, now time.Time) *snapshot {
	a := &snapshot{
		Reference: x.Reference, ID: x.ID, State: x.State, Decline: x.Decline, ExpiresAt: x.ExpiresAt, Final: s.final(x, now),
	}
	for _, id := range x.Charges {
		c := s.books.charges[id]
		if !c.Gone {
			a.Payments = append(a.Payments, c.GatewayPayment)
		}
		for _, r := range c.Refunds {
			a.Refunds = append(a.Refunds, s.books.refunds[r].GatewayRefund)
		}
		for _, d := range c.Disputes {
			a.Disputes = append(a.Disputes, s.books.disputes[d].GatewayDispute)
		}
	}
	if x.State == payment.AttemptPending {
		a.Next = &nextStep{Flow: x.Flow, Path: "/pay/" + x.Token}
		if x.Flow == payment.FormPost {
			a.Next.Path, a.Next.Fields = "/pay", map[string]string{"session": x.Token, "lang": x.Locale}
		}
	}
	return a
}

// final reports whether no money can come of a session any more.
func (s *Sim) final(x *session, now time.Time) bool {
	switch x.State {
	case payment.AttemptPending, payment.AttemptProcessing, payment.AttemptAuthorised:
		return false
	}
	return !s.payable(x, now)
}

// payable reports whether a payer could pay a session now, or, when it is over, at any later time.
func (s *Sim) payable(x *session, now time.Time) bool {
	switch x.State {
	case payment.AttemptPending:
		return true
	case payment.AttemptSucceeded:
		return s.o.Terms.PayTwice && x.Flow == payment.QR && !x.Authorise && len(x.Charges) < 2 && now.Before(x.ExpiresAt)
	case payment.AttemptExpired, payment.AttemptCancelled:
		return !x.Authorise && now.Before(x.EndedAt.Add(s.o.Terms.Late))
	}
	return false
}

// end ends a session without money.
func (s *Sim) end(x *session, state payment.AttemptState, decline string, at time.Time) {
	x.State, x.Decline, x.EndedAt = state, decline, at
	s.books.put(x)
	s.tell("session."+string(state), x, at)
}

// expire ends a session that nobody paid in time.
func (s *Sim) expire(x *session, at time.Time) {
	if x.State == payment.AttemptPending && !at.Before(x.ExpiresAt) {
		s.end(x, payment.AttemptExpired, "", at)
	}
}

// authorised gives the authorisation that a session holds.
func (s *Sim) authorised(x *session) *charge {
	for _, id := range x.Charges {
		if c := s.books.charges[id]; c.Authorised && !c.Gone {
			return c
		}
	}
	return nil
}

// letGo gives up the authorisation of a session, and ends it.
func (s *Sim) letGo(x *session, state payment.AttemptState, at time.Time) {
	c := s.authorised(x)
	c.Gone = true
	s.books.put(c)
	s.end(x, state, "", at)
}

// lapse ends an authorisation that nobody captured in time.
func (s *Sim) lapse(x *session, at time.Time) {
	if x.State == payment.AttemptAuthorised && !at.Before(x.LapsesAt) {
		s.letGo(x, payment.AttemptExpired, at)
	}
}

// cancel ends a session that waits for its payer, or gives up its authorisation.
func (s *Sim) cancel(b operationBody, now time.Time) (*operationAnswer, error) {
	x, err := s.find(b.Reference, b.ID)
	if err != nil {
		return nil, err
	}
	switch x.State {
	case payment.AttemptPending:
		s.end(x, payment.AttemptCancelled, "", now)
	case payment.AttemptAuthorised:
		s.letGo(x, payment.AttemptCancelled, now)
	case payment.AttemptCancelled:
	default:
		return nil, refuse(http.StatusConflict, codeState, "the session is %s", x.State)
	}
	return &operationAnswer{Reference: x.Reference, ID: x.ID, State: payment.OperationSucceeded, Amount: x.Amount}, nil
}

// capture takes money that is authorised.
func (s *Sim) capture(b operationBody, now time.Time) (*operationAnswer, error) {
	x, err := s.find(b.Reference, b.ID)
	if err != nil {
		return nil, err
	}
	if x.State != payment.AttemptAuthorised {
		return nil, refuse(http.StatusConflict, codeState, "the session is %s", x.State)
	}
	held := s.authorised(x)
	amount := b.Amount
	switch {
	case amount == money.Amount{}:
		amount = held.Amount
	case amount.Currency() != held.Amount.Currency():
		return nil, refuse(http.StatusBadRequest, codeCurrency, "%s is authorised", held.Amount)
	case amount.Sign() <= 0:
		return nil, refuse(http.StatusBadRequest, codeInvalid, "a capture is of more than nothing")
	case amount.Minor() > held.Amount.Minor():
		return nil, refuse(http.StatusConflict, codeOverCapture, "%s is authorised", held.Amount)
	}
	held.Gone = true
	s.books.put(held)
	c := s.charge(x, amount, held.Means, held.Masked, false, now)
	s.succeed(x, "session.captured", now)
	return &operationAnswer{
		Reference: x.Reference, ID: x.ID, State: payment.OperationSucceeded, Amount: amount, Payments: []payment.GatewayPayment{c.GatewayPayment},
	}, nil
}
