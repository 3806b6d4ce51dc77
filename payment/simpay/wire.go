package simpay

import (
	"time"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
)

// The addresses of the API.
const (
	pathSessions   = "/v1/sessions"
	pathCancel     = "/v1/sessions/cancel"
	pathCapture    = "/v1/sessions/capture"
	pathRefunds    = "/v1/refunds"
	pathSettlement = "/v1/settlement"
	pathHealth     = "/v1/health"
)

// The header fields of the API and of notifications.
const (
	headerKey       = "Simpay-Key"
	headerReplay    = "Simpay-Replay"
	headerSignature = "Simpay-Signature"
)

// createBody asks for a session.
type createBody struct {
	Reference   string        `json:"reference"`
	Amount      money.Amount  `json:"amount"`
	Means       payment.Means `json:"means,omitempty"`
	Flow        payment.Flow  `json:"flow"`
	Authorise   bool          `json:"authorise,omitempty"`
	Description string        `json:"description,omitempty"`
	ReturnURL   string        `json:"returnUrl,omitempty"`
	CancelURL   string        `json:"cancelUrl,omitempty"`
	NotifyURL   string        `json:"notifyUrl,omitempty"`
	ExpiresAt   time.Time     `json:"expiresAt,omitzero"`
	Locale      string        `json:"locale,omitempty"`
}

// operationBody asks to cancel or capture a session, by the merchant's reference or, without one, by the Sim's id.
type operationBody struct {
	Reference string       `json:"reference,omitempty"`
	ID        string       `json:"id,omitempty"`
	Amount    money.Amount `json:"amount,omitzero"`
}

// refundBody asks to give back.
type refundBody struct {
	Reference  string       `json:"reference"`
	Attempt    string       `json:"attempt,omitempty"`
	PaymentID  string       `json:"paymentId"`
	Amount     money.Amount `json:"amount"`
	Refundable money.Amount `json:"refundable,omitzero"`
	Reason     string       `json:"reason,omitempty"`
}

// snapshot is all there is about a session at an instant.
type snapshot struct {
	Reference string                   `json:"reference"`
	ID        string                   `json:"id"`
	State     payment.AttemptState     `json:"state"`
	Payments  []payment.GatewayPayment `json:"payments,omitempty"`
	Refunds   []payment.GatewayRefund  `json:"refunds,omitempty"`
	Disputes  []payment.GatewayDispute `json:"disputes,omitempty"`
	Final     bool                     `json:"final,omitempty"`
	Decline   string                   `json:"decline,omitempty"`
	ExpiresAt time.Time                `json:"expiresAt"`
	Next      *nextStep                `json:"next,omitempty"`
}

// nextStep is where the payer goes: a path at the Sim, and what is posted to it.
type nextStep struct {
	Flow   payment.Flow      `json:"flow"`
	Path   string            `json:"path"`
	Fields map[string]string `json:"fields,omitempty"`
}

// operationAnswer answers a cancellation, a capture or a refund.
type operationAnswer struct {
	Reference string                   `json:"reference"`
	ID        string                   `json:"id"`
	State     payment.OperationState   `json:"state"`
	Amount    money.Amount             `json:"amount"`
	Payments  []payment.GatewayPayment `json:"payments,omitempty"`
}

// healthAnswer says how the Sim does.
type healthAnswer struct {
	Time time.Time `json:"time"`
	Live bool      `json:"live"`
}

// settlementAnswer is one page of a day's lines; Next is where the following begins, 0 when there is none.
type settlementAnswer struct {
	Lines []payment.SettlementLine `json:"lines"`
	Next  int                      `json:"next,omitempty"`
}

// errorAnswer is the body of every reply that is not a success.
type errorAnswer struct {
	Error refusal `json:"error"`
}

// The codes of refusals. A Client takes a code that it does not know as Unknown.
const (
	codeInvalid      = "invalid_request"
	codeMeans        = "means_not_taken"
	codeCurrency     = "currency_not_taken"
	codeUnauthorised = "unauthorised"
	codeThrottled    = "throttled"
	codeDeclined     = "declined"
	codeKeyReused    = "key_reused"
	codeReference    = "reference_used"
	codeState        = "state_forbids"
	codeOverCapture  = "more_than_authorised"
	codeOverRefund   = "more_than_refundable"
	codeRefundable   = "refundable_differs"
	codeDisputed     = "disputed"
	codeWindow       = "window_over"
	codeMaxRefunds   = "too_many_refunds"
	codeNotFound     = "not_found"
	codeInternal     = "internal"
)

// declineCodes are the Sim's own words for the reasons of a decline.
var declineCodes = [...]struct {
	code   string
	reason payment.Decline
}{
	{"insufficient_funds", payment.DeclineInsufficient},
	{"over_limit", payment.DeclineLimit},
	{"card_expired", payment.DeclineExpired},
	{"authentication_failed", payment.DeclineAuth},
	{"suspected_fraud", payment.DeclineSuspected},
	{"account_on_hold", payment.DeclineOnHold},
	{"account_closed", payment.DeclineClosed},
	{"not_honoured", payment.DeclineOther},
}

// declineCode gives the Sim's word for a reason, "not_honoured" for one that it does not know.
func declineCode(d payment.Decline) string {
	for _, c := range declineCodes {
		if c.reason == d {
			return c.code
		}
	}
	return "not_honoured"
}

// declineOf reads the Sim's word; "" is no decline.
func declineOf(code string) payment.Decline {
	for _, c := range declineCodes {
		if c.code == code {
			return c.reason
		}
	}
	if code == "" {
		return ""
	}
	return payment.DeclineOther
}
