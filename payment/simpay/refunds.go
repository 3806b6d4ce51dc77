package simpay

import (
	"fmt"
	"net/http"
	"slices"
	"time"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
)

// RefundPlan says what becomes of the refunds that are asked for from now on. First is their state in the answer; the zero value means
// payment.OperationSucceeded. Then is what they become After a while; empty lets them stay, for FinishRefund to end.
type RefundPlan struct {
	First payment.OperationState `json:"first,omitempty"`
	Then  payment.OperationState `json:"then,omitempty"`
	After time.Duration          `json:"after,omitempty"`
}

func (p RefundPlan) first() payment.OperationState {
	if p.First == "" {
		return payment.OperationSucceeded
	}
	return p.First
}

func (p RefundPlan) check() error {
	first := []payment.OperationState{payment.OperationSucceeded, payment.OperationPending, payment.OperationReview}
	then := []payment.OperationState{"", payment.OperationSucceeded, payment.OperationFailed}
	switch {
	case !slices.Contains(first, p.first()):
		return fmt.Errorf("%w: a refund can't begin as %.20q, only as one of %q", ErrOptions, p.First, first)
	case !slices.Contains(then, p.Then):
		return fmt.Errorf("%w: a refund can't become %.20q, only one of %q", ErrOptions, p.Then, then)
	case p.After < 0:
		return fmt.Errorf("%w: a refund can't end %v before it begins", ErrOptions, -p.After)
	}
	return nil
}

// PlanRefunds sets the plan for refunds. A plan that starts in failure or ends in anything but success or failure is refused with
// ErrOptions.
func (s *Sim) PlanRefunds(p RefundPlan) error {
	if err := p.check(); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.refund = p
	return nil
}

// giveBack enters a refund.
func (s *Sim) giveBack(b refundBody, now time.Time) (*operationAnswer, error) {
	if !validReference(b.Reference) {
		return nil, refuse(http.StatusBadRequest, codeInvalid, "a reference has 1 to %d letters, digits and hyphens", maxReference)
	}
	if s.books.refundByRef[b.Reference] != nil {
		return nil, refuse(http.StatusConflict, codeReference, "the reference was used with another key, or with a key that is forgotten")
	}
	c := s.books.charges[b.PaymentID]
	if c == nil || b.Attempt != "" && s.books.sessions[c.Session].Reference != b.Attempt {
		return nil, refuse(http.StatusNotFound, codeNotFound, "there is no such payment")
	}
	if err := s.checkRefund(b, c, now); err != nil {
		return nil, err
	}
	n, id := s.books.number("refund")
	r := &refund{
		N: n, Session: c.Session, CreatedAt: now,
		GatewayRefund: payment.GatewayRefund{
			ID: s.id(id), Reference: b.Reference, PaymentID: c.ID, Amount: b.Amount, State: s.refund.first(),
		},
	}
	if s.refund.Then != "" {
		r.Next, r.Due = s.refund.Then, now.Add(s.refund.After)
	}
	c.Refunds = append(c.Refunds, r.ID)
	s.books.put(c)
	s.books.put(r)
	if r.State == payment.OperationSucceeded {
		s.settleRefund(r, negative(r.Amount), now)
	}
	s.tell("refund."+string(r.State), s.books.sessions[r.Session], now)
	return r.answer(), nil
}

// checkRefund refuses what can't be given back of a payment.
func (s *Sim) checkRefund(b refundBody, c *charge, now time.Time) error {
	left := s.left(c)
	switch {
	case b.Amount.Currency() != c.Amount.Currency():
		return refuse(http.StatusBadRequest, codeCurrency, "%s was paid", c.Amount)
	case b.Amount.Sign() <= 0:
		return refuse(http.StatusBadRequest, codeInvalid, "a refund is of more than nothing")
	case c.Authorised:
		return refuse(http.StatusConflict, codeState, "the money is authorised and was not taken")
	case s.contested(c):
		return refuse(http.StatusConflict, codeDisputed, "the payment is disputed")
	case s.o.Terms.RefundWindow > 0 && !now.Before(c.PaidAt.Add(s.o.Terms.RefundWindow)):
		return refuse(http.StatusConflict, codeWindow, "payments are given back for %v", s.o.Terms.RefundWindow)
	case b.Amount.Minor() > left.Minor():
		return refuse(http.StatusConflict, codeOverRefund, "%s is left", left)
	case b.Refundable != (money.Amount{}) && b.Refundable != left:
		return refuse(http.StatusConflict, codeRefundable, "%s is left, not %s", left, b.Refundable)
	case s.o.Terms.MaxRefunds > 0 && s.counting(c) >= s.o.Terms.MaxRefunds:
		return refuse(http.StatusConflict, codeMaxRefunds, "a payment has at most %d refunds", s.o.Terms.MaxRefunds)
	}
	return nil
}

// left is what of a payment is neither given back, about to be, nor lost in a dispute.
func (s *Sim) left(c *charge) money.Amount {
	left := c.Amount
	for _, id := range c.Refunds {
		if r := s.books.refunds[id]; r.State != payment.OperationFailed {
			left = minus(left, r.Amount)
		}
	}
	for _, id := range c.Disputes {
		if d := s.books.disputes[id]; d.State == payment.DisputeLost {
			left = minus(left, d.Amount)
		}
	}
	return left
}

// counting is the number of refunds of a payment that did not fail.
func (s *Sim) counting(c *charge) (n int) {
	for _, id := range c.Refunds {
		if s.books.refunds[id].State != payment.OperationFailed {
			n++
		}
	}
	return n
}

// contested reports whether a dispute about a payment is open.
func (s *Sim) contested(c *charge) bool {
	return slices.ContainsFunc(c.Disputes, func(id string) bool { return s.books.disputes[id].State == payment.DisputeOpen })
}

func (r *refund) answer() *operationAnswer {
	return &operationAnswer{Reference: r.Reference, ID: r.ID, State: r.State, Amount: r.Amount}
}

// endRefund has a refund become what was planned.
func (s *Sim) endRefund(r *refund, at time.Time) {
	if r.Next != "" && !at.Before(r.Due) {
		s.moveRefund(r, r.Next, at)
	}
}

// FinishRefund ends a refund by its reference: well, or badly, as a bank may even after it was done. One that failed stays failed:
// ErrState.
func (s *Sim) FinishRefund(reference string, well bool) error {
	return s.do(func(now time.Time) error {
		r := s.books.refundByRef[reference]
		if r == nil {
			return refuse(http.StatusNotFound, codeNotFound, "there is no such refund")
		}
		to := payment.OperationFailed
		if well {
			to = payment.OperationSucceeded
		}
		if r.State == payment.OperationFailed || r.State == to {
			return refuse(http.StatusConflict, codeState, "the refund has %s", r.State)
		}
		s.moveRefund(r, to, now)
		return nil
	})
}

// moveRefund changes a refund's state, with what that means for the money.
func (s *Sim) moveRefund(r *refund, to payment.OperationState, at time.Time) {
	was := r.State
	r.State, r.Next, r.Due = to, "", time.Time{}
	s.books.put(r)
	switch {
	case to == payment.OperationSucceeded && was != to:
		s.settleRefund(r, negative(r.Amount), at)
	case to == payment.OperationFailed && was == payment.OperationSucceeded:
		s.settleRefund(r, r.Amount, at)
	}
	s.tell("refund."+string(to), s.books.sessions[r.Session], at)
}
