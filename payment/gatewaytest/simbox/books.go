package simbox

import (
	"encoding/json"
	"fmt"
	"iter"
	"slices"
	"sync"
	"time"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/gatewaytest"
)

// books is the Sim's journal, read behind everybody's back.
type books struct {
	mu       sync.Mutex
	writes   int
	sessions map[string]sessionRow
	charges  map[string]chargeRow
	refunds  map[string]payment.GatewayRefund
	order    []string
}

type sessionRow struct {
	ID          string               `json:"id"`
	Token       string               `json:"token"`
	Reference   string               `json:"reference"`
	Amount      money.Amount         `json:"amount"`
	Means       payment.Means        `json:"means"`
	Flow        payment.Flow         `json:"flow"`
	Authorise   bool                 `json:"authorise"`
	Description string               `json:"description"`
	ReturnURL   string               `json:"returnUrl"`
	CancelURL   string               `json:"cancelUrl"`
	NotifyURL   string               `json:"notifyUrl"`
	Locale      string               `json:"locale"`
	ExpiresAt   time.Time            `json:"expiresAt"`
	State       payment.AttemptState `json:"state"`
	Charges     []string             `json:"charges"`
}

type chargeRow struct {
	payment.GatewayPayment
	Gone    bool     `json:"gone"`
	Refunds []string `json:"refunds"`
}

func newBooks() *books {
	return &books{sessions: map[string]sessionRow{}, charges: map[string]chargeRow{}, refunds: map[string]payment.GatewayRefund{}}
}

// Entries, Append and Sync make it a simpay.Journal.
func (b *books) Entries() iter.Seq2[[]byte, error] { return func(func([]byte, error) bool) {} }

// Sync has nothing to do.
func (b *books) Sync() error { return nil }

// Append enters what the Sim writes down.
func (b *books) Append(entry []byte) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	var rows []struct {
		Kind string          `json:"kind"`
		Row  json.RawMessage `json:"row"`
	}
	if err := json.Unmarshal(entry, &rows); err != nil {
		return err
	}
	for _, r := range rows {
		if r.Kind == "notice" { // that a message was sent changes no money
			continue
		}
		b.writes++
		if err := b.enter(r.Kind, r.Row); err != nil {
			return fmt.Errorf("%s: %w", r.Kind, err)
		}
	}
	return nil
}

func (b *books) enter(kind string, text json.RawMessage) error {
	switch kind {
	case "session":
		var x sessionRow
		err := json.Unmarshal(text, &x)
		if _, known := b.sessions[x.ID]; !known {
			b.order = append(b.order, x.ID)
		}
		b.sessions[x.ID] = x
		return err
	case "charge":
		var c chargeRow
		err := json.Unmarshal(text, &c)
		b.charges[c.ID] = c
		return err
	case "refund":
		var r payment.GatewayRefund
		err := json.Unmarshal(text, &r)
		b.refunds[r.ID] = r
		return err
	}
	return nil
}

// session gives the last session of a reference.
func (b *books) session(reference string) sessionRow {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, id := range slices.Backward(b.order) {
		if b.sessions[id].Reference == reference {
			return b.sessions[id]
		}
	}
	return sessionRow{}
}

// Writes counts what was ever written.
func (b *books) Writes() (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.writes, nil
}

// Book says what the company holds of an attempt.
func (b *books) Book(reference string) (gatewaytest.Book, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	var book gatewaytest.Book
	for _, id := range b.order {
		x := b.sessions[id]
		if x.Reference != reference {
			continue
		}
		book.Attempts++
		book.Asked = &payment.CreateRequest{
			Reference: x.Reference, Amount: x.Amount, Means: x.Means, Flow: x.Flow, Authorise: x.Authorise, Description: x.Description,
			ReturnURL: x.ReturnURL, CancelURL: x.CancelURL, NotifyURL: x.NotifyURL, Locale: x.Locale, ExpiresAt: x.ExpiresAt,
		}
		for _, id := range x.Charges {
			c := b.charges[id]
			if !c.Gone {
				book.Payments = append(book.Payments, c.Amount)
			}
			for _, id := range c.Refunds {
				if r := b.refunds[id]; r.State != payment.OperationFailed {
					book.Refunds = append(book.Refunds, r.Amount)
				}
			}
		}
	}
	return book, nil
}
