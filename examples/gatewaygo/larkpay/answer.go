package larkpay

import (
	"encoding/json"
	"errors"
	"time"

	"courts.example/eservices/payment"
)

// session is all that the company knows of one.
type session struct {
	Reference string                   `json:"reference"`
	ID        string                   `json:"id"`
	State     payment.AttemptState     `json:"state"`
	Payments  []payment.GatewayPayment `json:"payments"`
	Refunds   []payment.GatewayRefund  `json:"refunds"`
	Disputes  []payment.GatewayDispute `json:"disputes"`
	Final     bool                     `json:"final"`
	Decline   string                   `json:"decline"`
	ExpiresAt time.Time                `json:"expiresAt"`
	Next      *struct {
		Flow payment.Flow `json:"flow"`
		Path string       `json:"path"`
	} `json:"next"`
}

// snapshot puts a session into the port's words: every payment and refund with the amounts as taken, whatever was asked.
func (g *Gateway) snapshot(s *session) payment.QueryReply {
	q := payment.QueryReply{
		Found: true, State: attemptState(s.State), GatewayRef: s.ID, Payments: s.Payments, Disputes: s.Disputes, Final: s.Final,
		Decline: decline(s.Decline), Expires: s.ExpiresAt,
	}
	for _, r := range s.Refunds {
		r.State = operationState(r.State)
		q.Refunds = append(q.Refunds, r)
	}
	if s.Next != nil {
		address := *g.base
		address.Path += s.Next.Path
		q.Next = payment.NextAction{Flow: s.Next.Flow, URL: address.String(), ExpiresAt: s.ExpiresAt}
		if s.Next.Flow == payment.QR {
			q.Next.Code = q.Next.URL
		}
	}
	return q
}

// attemptState takes the words that are known. A word of tomorrow is unknown, never an end.
func attemptState(s payment.AttemptState) payment.AttemptState {
	switch s {
	case payment.AttemptPending, payment.AttemptProcessing, payment.AttemptAuthorised, payment.AttemptSucceeded, payment.AttemptFailed,
		payment.AttemptCancelled, payment.AttemptExpired:
		return s
	}
	return payment.AttemptUnknown
}

func operationState(s payment.OperationState) payment.OperationState {
	switch s {
	case payment.OperationPending, payment.OperationSucceeded, payment.OperationFailed, payment.OperationReview:
		return s
	}
	return payment.OperationUnknown
}

// decline puts the company's reasons into the port's.
func decline(word string) payment.Decline {
	switch word {
	case "":
		return ""
	case "insufficient_funds":
		return payment.DeclineInsufficient
	case "over_limit":
		return payment.DeclineLimit
	case "card_expired":
		return payment.DeclineExpired
	case "authentication_failed":
		return payment.DeclineAuth
	case "suspected_fraud":
		return payment.DeclineSuspected
	case "account_on_hold":
		return payment.DeclineOnHold
	case "account_closed":
		return payment.DeclineClosed
	}
	return payment.DeclineOther
}

// refusal puts a refusal into the port's words. A code that is not in the company's manual may mean anything: it is unknown.
func refusal(text []byte) error {
	var a struct {
		Error struct {
			Code    string `json:"code"`
			Detail  string `json:"detail"`
			Decline string `json:"decline"`
		} `json:"error"`
	}
	if err := json.Unmarshal(text, &a); err != nil {
		return unclear("the refusal can't be read", err)
	}
	e := &payment.GatewayError{Class: payment.Unknown, Code: a.Error.Code, Detail: a.Error.Detail, Sent: true}
	switch a.Error.Code {
	case "invalid_request", "means_not_taken", "currency_not_taken":
		e.Class = payment.Invalid
	case "unauthorised":
		e.Class = payment.Config
	case "declined":
		e.Class, e.Decline = payment.Declined, decline(a.Error.Decline)
	case "key_reused":
		e.Class = payment.Conflict
	case "reference_used", "state_forbids", "more_than_refundable", "refundable_differs", "disputed", "window_over", "too_many_refunds", codeNotThere:
		e.Class = payment.NotAllowed
	}
	return e
}

const codeNotThere = "not_found"

// notThere reports whether the company said that there is no such thing.
func notThere(err error) bool {
	var e *payment.GatewayError
	return errors.As(err, &e) && e.Class == payment.NotAllowed && e.Code == codeNotThere
}
