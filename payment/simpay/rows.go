package simpay

import (
	"encoding/json"
	"time"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
)

// The rows are what the Sim knows. Each is written whole to the journal whenever it changes, and the last writing counts.

// row is one row; kind names its table in the journal.
type row interface{ kind() string }

// session is one attempt of a merchant's.
type session struct {
	createBody
	N         int                  `json:"n"`
	ID        string               `json:"id"`
	Token     string               `json:"token"`
	CreatedAt time.Time            `json:"createdAt"`
	State     payment.AttemptState `json:"state"`
	Decline   string               `json:"decline,omitempty"`
	// Challenged says that the payer has been asked to prove who he is. ProcessedAt is when the bank will have decided.
	Challenged  bool      `json:"challenged,omitempty"`
	ProcessedAt time.Time `json:"processedAt,omitzero"`
	EndedAt     time.Time `json:"endedAt,omitzero"`
	LapsesAt    time.Time `json:"lapsesAt,omitzero"`
	// Charges are the payments by id; Pressed are the buttons that were pressed, by the one-time value of their page.
	Charges []string `json:"charges,omitempty"`
	Pressed []string `json:"pressed,omitempty"`
}

func (*session) kind() string { return "session" }

// charge is money taken or held.
type charge struct {
	payment.GatewayPayment
	N       int    `json:"n"`
	Session string `json:"session"`
	// Gone says that an authorisation was captured, given up or has lapsed: it holds no money any more.
	Gone     bool     `json:"gone,omitempty"`
	Refunds  []string `json:"refunds,omitempty"`
	Disputes []string `json:"disputes,omitempty"`
}

func (*charge) kind() string { return "charge" }

// refund is money given back.
type refund struct {
	payment.GatewayRefund
	N         int       `json:"n"`
	Session   string    `json:"session"`
	CreatedAt time.Time `json:"createdAt"`
	// Next is what it becomes at Due; empty when it stays.
	Next payment.OperationState `json:"next,omitempty"`
	Due  time.Time              `json:"due,omitzero"`
}

func (*refund) kind() string { return "refund" }

// dispute is a payment that its payer contests.
type dispute struct {
	payment.GatewayDispute
	N        int       `json:"n"`
	Session  string    `json:"session"`
	OpenedAt time.Time `json:"openedAt"`
}

func (*dispute) kind() string { return "dispute" }

// usedKey is an idempotency key with the answer that it got, remembered until an instant.
type usedKey struct {
	Key    string          `json:"key"`
	Op     Op              `json:"op"`
	Hash   string          `json:"hash"`
	Until  time.Time       `json:"until"`
	Answer json.RawMessage `json:"answer"`
}

func (*usedKey) kind() string { return "key" }

// notice is an event that the merchant is to be told of.
type notice struct {
	N         int       `json:"n"`
	ID        string    `json:"id"`
	Type      string    `json:"type"`
	Time      time.Time `json:"time"`
	Reference string    `json:"reference"`
	Session   *snapshot `json:"session,omitempty"`
	URL       string    `json:"url,omitempty"`
	// Due is when it is to be sent next, Tries how often it was; Done says that it is not sent any more.
	Due   time.Time `json:"due"`
	Tries int       `json:"tries,omitempty"`
	Done  bool      `json:"done,omitempty"`
}

func (*notice) kind() string { return "notice" }

// line is one line of the settlement. It is paid out, with others, when the day PayDate is over, at ClosesAt; a payout has neither. A line
// that is Held back is not shown yet.
type line struct {
	payment.SettlementLine
	N        int       `json:"n"`
	PayDate  string    `json:"payDate,omitempty"`
	ClosesAt time.Time `json:"closesAt,omitzero"`
	Held     bool      `json:"held,omitempty"`
}

func (*line) kind() string { return "line" }

// flight is a request that has not landed yet.
type flight struct {
	N    int       `json:"n"`
	Op   Op        `json:"op"`
	Key  string    `json:"key"`
	Body []byte    `json:"body"`
	Due  time.Time `json:"due"`
	Done bool      `json:"done,omitempty"`
}

func (*flight) kind() string { return "flight" }

// settings is what can be changed while the Sim runs and outlives it. There is one row.
type settings struct {
	Ahead time.Duration `json:"ahead,omitempty"`
}

func (*settings) kind() string { return "settings" }

// plus adds amounts that the Sim itself has made: of one currency, and far from the end of an int64.
func plus(a, b money.Amount) money.Amount { return money.New(a.Minor()+b.Minor(), b.Currency()) }

func minus(a, b money.Amount) money.Amount { return money.New(a.Minor()-b.Minor(), b.Currency()) }

func negative(a money.Amount) money.Amount { return money.New(-a.Minor(), a.Currency()) }
