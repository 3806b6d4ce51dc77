package payment

import (
	"context"
	"time"

	"courts.example/eservices/icms/money"
)

// Gateway is the port to a company that takes money: it translates, and nothing else. Keys, persistence, transitions, comparison,
// deadlines and retries are the Cashier's. An implementation keeps no state of its own that correctness needs: it may be killed and
// started anew between any two calls. Every method is safe for concurrent use and returns before its context's deadline.
//
// An error is a *GatewayError, or is taken for one of class Unknown. No request, reply or error has a field for a card number.
type Gateway interface {
	// Describe says what the gateway can do. It is static: no network, no secrets.
	Describe() Capabilities
	// Create starts an attempt. The same key with the same contents has its effect once and answers with the same references; with
	// other contents it is Conflict. Outside the window of keys it refuses with NotAllowed rather than risk a second charge.
	Create(ctx context.Context, r CreateRequest) (AttemptReply, error)
	// Query says all there is about an attempt: every payment, refund and dispute with the amounts as taken. It changes nothing.
	// An attempt that is not there is Found false, without an error.
	Query(ctx context.Context, r QueryRequest) (QueryReply, error)
	// Notification verifies a message from the gateway before it parses it, and gives what it says. A message that is not verified
	// gives Verified false with the reason, never an event. Unknown types are verified and give no event.
	Notification(ctx context.Context, m Message) (NotificationReply, error)
}

// The optional abilities; Capabilities says which a gateway has, and the Cashier asks for none that is not declared.
type (
	// Canceller ends an attempt that waits for the payer, or gives up an authorisation.
	Canceller interface {
		Cancel(ctx context.Context, r OperationRequest) (OperationReply, error)
	}
	// Capturer takes money that is authorised.
	Capturer interface {
		Capture(ctx context.Context, r OperationRequest) (OperationReply, error)
	}
	// Refunder gives money back to where it came from.
	Refunder interface {
		Refund(ctx context.Context, r RefundRequest) (OperationReply, error)
		QueryRefund(ctx context.Context, r QueryRefundRequest) (OperationReply, error)
	}
	// Settler gives the lines of a settlement day: what the gateway says it took, gave back and paid out.
	Settler interface {
		Settlement(ctx context.Context, day SettlementDay) ([]SettlementLine, error)
	}
	// Returner reads the references out of the request with which a payer's browser comes back. They are a hint, never proof.
	Returner interface {
		Return(ctx context.Context, m Message) (ReturnReply, error)
	}
	// Prober says whether the gateway can be reached and its credentials are valid.
	Prober interface {
		Health(ctx context.Context) (Health, error)
	}
)

// Flow is how a payer is brought to pay.
type Flow string

// The flows. There is none in which card data would pass through the host.
const (
	// Redirect sends the payer's browser to a page of the gateway.
	Redirect Flow = "redirect"
	// FormPost has the browser post fields to a page of the gateway.
	FormPost Flow = "form-post"
	// QR shows a code to scan; DeepLink opens the payer's banking app.
	QR       Flow = "qr"
	DeepLink Flow = "deep-link"
)

// Idempotency is what a gateway offers against doubling.
type Idempotency string

// The kinds of Idempotency.
const (
	// ByKey remembers keys for a window; ByReference has one attempt a reference, found by asking first; NoKeys has nothing.
	ByKey       Idempotency = "key"
	ByReference Idempotency = "reference"
	NoKeys      Idempotency = "none"
)

// Capabilities is what a gateway can do, as it declares it. What is not declared is not asked for and not tested.
type Capabilities struct {
	// ID names the gateway in records: lower-case letters, digits and hyphens. Version is the adapter's own.
	ID, Version string
	Means       []Means
	Flows       []Flow
	Currencies  []string
	// AuthCapture says that money can be authorised first and captured later, PartialCapture that less can be.
	AuthCapture, PartialCapture bool
	// Refund, PartialRefund and RefundQuery say what can be given back and asked about; MaxRefunds bounds refunds of one payment, 0: no bound.
	Refund, PartialRefund, RefundQuery bool
	MaxRefunds                         int
	// Cancel says that a waiting attempt can be ended.
	Cancel bool
	// QueryByReference says that Query finds an attempt by our reference alone, QueryListsPayments that it lists every payment.
	QueryByReference, QueryListsPayments bool
	Idempotency                          Idempotency
	// Window is how long keys are remembered after the first sending; InFlight is how long a request may still take effect after it was sent.
	Window, InFlight time.Duration
	// SessionMin and SessionMax bound how long a payer may take.
	SessionMin, SessionMax time.Duration
	// Notifies says that messages come; Disputes and Settlement that there are such.
	Notifies, Disputes, Settlement bool
	// ReferenceMax is the longest reference taken.
	ReferenceMax int
	// RedirectHosts are the hosts to which payers may be sent; the host refuses any other.
	RedirectHosts []string
	// PayerCanPayTwice says that one attempt can be paid more than once by accident, as with a QR code.
	PayerCanPayTwice bool
}

// CreateRequest starts an attempt.
type CreateRequest struct {
	// Reference is ours for the attempt, Key the idempotency key.
	Reference, Key string
	Amount         money.Amount
	Means          Means
	Flow           Flow
	// Authorise asks to hold the money only; the zero value takes it.
	Authorise bool
	// Description is shown to the payer: no names of parties, no words of a claim.
	Description string
	// ReturnURL and CancelURL are where the browser comes back, NotifyURL where messages go.
	ReturnURL, CancelURL, NotifyURL string
	// ExpiresAt is until when the payer may pay. Locale is a BCP 47 tag.
	ExpiresAt time.Time
	Locale    string
	// FirstSent is when the key was first sent, SendNo counts the sendings from 1.
	FirstSent time.Time
	SendNo    int
}

// AttemptState is the state of an attempt, at the gateway and here.
type AttemptState string

// The states of an attempt. The empty state is none; a gateway that answers with it is taken as Unknown.
const (
	// AttemptUnknown is stored before anything is sent, and holds whenever an answer leaves it open what happened.
	AttemptUnknown AttemptState = "unknown"
	// AttemptPending waits for the payer, AttemptProcessing for the gateway.
	AttemptPending    AttemptState = "pending"
	AttemptProcessing AttemptState = "processing"
	// AttemptAuthorised has the money held, not taken.
	AttemptAuthorised AttemptState = "authorised"
	// AttemptSucceeded has at least one payment on record.
	AttemptSucceeded AttemptState = "succeeded"
	// In these the gateway states that money can't be taken any more; proof of money still moves them to succeeded.
	AttemptFailed    AttemptState = "failed"
	AttemptCancelled AttemptState = "cancelled"
	AttemptExpired   AttemptState = "expired"
)

// AttemptReply answers Create.
type AttemptReply struct {
	State AttemptState
	// GatewayRef is the gateway's name for the attempt.
	GatewayRef string
	// Next is what the payer has to do; zero when nothing.
	Next NextAction
	// Payments are there when money was taken at once.
	Payments []GatewayPayment
	// Replay says that the key had been used before and this is the answer of then.
	Replay bool
}

// NextAction is what the payer has to do.
type NextAction struct {
	Flow Flow
	// URL is where to send the browser, or what to open; Fields are posted to it in FormPost; Code is what a QR shows.
	URL    string
	Fields map[string]string
	Code   string
	// ExpiresAt is until when.
	ExpiresAt time.Time
}

// QueryRequest asks about an attempt: by our reference, and the gateway's where it is known.
type QueryRequest struct {
	Reference, GatewayRef string
}

// QueryReply is all there is about an attempt.
type QueryReply struct {
	Found      bool
	State      AttemptState
	GatewayRef string
	Payments   []GatewayPayment
	Refunds    []GatewayRefund
	Disputes   []GatewayDispute
	// Final says that no money can be taken by this attempt any more, whatever comes.
	Final bool
	// Decline says why an attempt failed.
	Decline Decline
	// Expires is until when the payer may pay; Next is what is left to do.
	Expires time.Time
	Next    NextAction
}

// GatewayPayment is money that a gateway took: a row of its own, whatever was asked.
type GatewayPayment struct {
	// ID is the gateway's name for the payment, unique at the gateway.
	ID     string       `json:"id"`
	Amount money.Amount `json:"amount"`
	PaidAt time.Time    `json:"paidAt"`
	Means  Means        `json:"means,omitempty"`
	// Masked is the brand and at most four last digits, for the payer to recognise: "Visa 4242".
	Masked string `json:"masked,omitempty"`
	// Authorised says that the money is held and not taken.
	Authorised bool `json:"authorised,omitempty"`
}

// GatewayRefund is money given back.
type GatewayRefund struct {
	ID string `json:"id"`
	// Reference is ours for the refund, PaymentID the payment it came from.
	Reference string         `json:"reference,omitempty"`
	PaymentID string         `json:"paymentId"`
	Amount    money.Amount   `json:"amount"`
	State     OperationState `json:"state"`
}

// GatewayDispute is a payment that its payer contests.
type GatewayDispute struct {
	ID        string       `json:"id"`
	PaymentID string       `json:"paymentId"`
	Amount    money.Amount `json:"amount"`
	// State is "open", "won" or "lost".
	State DisputeState `json:"state"`
}

// DisputeState is the state of a dispute.
type DisputeState string

// The states of a dispute.
const (
	DisputeOpen DisputeState = "open"
	DisputeWon  DisputeState = "won"
	DisputeLost DisputeState = "lost"
)

// OperationState is the state of a cancellation, capture or refund.
type OperationState string

// The states of an operation; the empty one is taken as OperationUnknown.
const (
	OperationUnknown   OperationState = "unknown"
	OperationPending   OperationState = "pending"
	OperationSucceeded OperationState = "succeeded"
	OperationFailed    OperationState = "failed"
	// OperationReview waits for a person at the gateway.
	OperationReview OperationState = "review"
)

// OperationRequest cancels or captures.
type OperationRequest struct {
	Reference, GatewayRef, Key string
	// Amount is what to capture; zero captures all.
	Amount money.Amount
}

// OperationReply answers a cancellation, capture or refund.
type OperationReply struct {
	State      OperationState
	GatewayRef string
	Amount     money.Amount
	Replay     bool
	// Payments are the payments that a capture made.
	Payments []GatewayPayment
}

// RefundRequest gives money back.
type RefundRequest struct {
	// Reference is ours for the refund, Key the idempotency key.
	Reference, Key string
	// Attempt and PaymentID say what is given back.
	Attempt, PaymentID string
	Amount             money.Amount
	// Refundable is what we hold to be left; a gateway that holds otherwise refuses with NotAllowed.
	Refundable money.Amount
	Reason     string
}

// QueryRefundRequest asks about a refund.
type QueryRefundRequest struct {
	Reference, GatewayRef string
}

// Message is an HTTP request as it came in: from the gateway, or a returning browser.
type Message struct {
	Method string
	// Path is the path with its query, Header the header fields in canonical form, Body the raw bytes, at most 256 KiB.
	Path   string
	Header map[string][]string
	Body   []byte
	// Received is when it came in.
	Received time.Time
}

// Ack is what to answer to a message, once it is stored.
type Ack struct {
	Status      int
	ContentType string
	Body        []byte
}

// NotificationReply is what a message says.
type NotificationReply struct {
	// Verified says that it is the gateway's and fresh; when not, Reject says why, for the operator.
	Verified bool
	Reject   RejectReason
	Events   []GatewayEvent
	// Ack is to be sent after the message is stored, for a rejected message too.
	Ack Ack
}

// RejectReason says why a message was not taken.
type RejectReason string

// The reasons.
const (
	RejectUnsigned  RejectReason = "unsigned"
	RejectForged    RejectReason = "forged"
	RejectStale     RejectReason = "stale"
	RejectFuture    RejectReason = "future"
	RejectMalformed RejectReason = "malformed"
	RejectTooLarge  RejectReason = "too-large"
)

// GatewayEvent is one thing that a message says: a snapshot of an attempt. A message may hold several.
type GatewayEvent struct {
	// ID is the gateway's name for the event; the same event may come many times.
	ID   string
	Time time.Time
	// Reference is ours for the attempt.
	Reference string
	Snapshot  QueryReply
}

// ReturnReply is what a returning browser brings: a hint.
type ReturnReply struct {
	Reference string
	State     AttemptState
}

// Health says how a gateway does.
type Health struct {
	OK bool
	// Live says that it is not a test system. Skew is how far its clock is ahead of ours. Detail is for operators.
	Live   bool
	Skew   time.Duration
	Detail string
}

// SettlementDay asks for the lines of a value date.
type SettlementDay struct {
	// Date is a civil date, "2026-03-02".
	Date string
}

// SettlementKind is what a settlement line is about.
type SettlementKind string

// The kinds of settlement line.
const (
	SettledPayment SettlementKind = "payment"
	SettledRefund  SettlementKind = "refund"
	SettledDispute SettlementKind = "dispute"
	SettledFee     SettlementKind = "fee"
	SettledPayout  SettlementKind = "payout"
)

// SettlementLine is one line of a settlement.
type SettlementLine struct {
	// ID is the line's own, unique at the gateway.
	ID   string         `json:"id"`
	Kind SettlementKind `json:"kind"`
	// PaymentID is the gateway's payment, Reference our attempt or refund.
	PaymentID string `json:"paymentId,omitempty"`
	Reference string `json:"reference,omitempty"`
	// Gross less Fee is Net. Refunds and lost disputes are negative.
	Gross money.Amount `json:"gross"`
	Fee   money.Amount `json:"fee"`
	Net   money.Amount `json:"net"`
	// ValueDate is the civil date on which it counts, Batch the payout it is in.
	ValueDate string `json:"valueDate"`
	Batch     string `json:"batch,omitempty"`
}
