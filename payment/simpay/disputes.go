package simpay

import (
	"net/http"
	"time"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
)

// OpenDispute has the payer contest a payment, or part of it; the zero amount contests what is left of it. It gives the dispute's id.
// While a dispute is open, nothing of the payment is given back.
func (s *Sim) OpenDispute(paymentID string, amount money.Amount) (disputeID string, err error) {
	err = s.do(func(now time.Time) error {
		c := s.books.charges[paymentID]
		if c == nil {
			return refuse(http.StatusNotFound, codeNotFound, "there is no such payment")
		}
		left := s.left(c)
		if amount == (money.Amount{}) {
			amount = left
		}
		if c.Authorised || s.contested(c) || amount.Currency() != left.Currency() || amount.Sign() <= 0 || amount.Minor() > left.Minor() {
			return refuse(http.StatusConflict, codeState, "%s of the payment can't be disputed: %s is left", amount, left)
		}
		n, id := s.books.number("dispute")
		d := &dispute{N: n, Session: c.Session, OpenedAt: now, GatewayDispute: payment.GatewayDispute{
			ID: s.id(id), PaymentID: c.ID, Amount: amount, State: payment.DisputeOpen,
		}}
		c.Disputes = append(c.Disputes, d.ID)
		s.books.put(c)
		s.books.put(d)
		s.tell("dispute.open", s.books.sessions[c.Session], now)
		disputeID = d.ID
		return nil
	})
	return disputeID, err
}

// EndDispute decides an open dispute: for the merchant, or for the payer, who then gets the money.
func (s *Sim) EndDispute(disputeID string, won bool) error {
	return s.do(func(now time.Time) error {
		d := s.books.disputes[disputeID]
		if d == nil {
			return refuse(http.StatusNotFound, codeNotFound, "there is no such dispute")
		}
		if d.State != payment.DisputeOpen {
			return refuse(http.StatusConflict, codeState, "the dispute is %s", d.State)
		}
		d.State = payment.DisputeWon
		if !won {
			d.State = payment.DisputeLost
			s.settleDispute(d, now)
		}
		s.books.put(d)
		s.tell("dispute."+string(d.State), s.books.sessions[d.Session], now)
		return nil
	})
}
