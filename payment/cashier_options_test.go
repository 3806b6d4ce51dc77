package payment_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/payment"
)

// TestCapabilitiesAreChecked: a gateway that can't be worked with safely is refused when the cashier is made.
func TestCapabilitiesAreChecked(t *testing.T) {
	o := newOffice(t, 0)
	for name, change := range map[string]func(*payment.Capabilities){
		"no id":             func(c *payment.Capabilities) { c.ID = "" },
		"bad id":            func(c *payment.Capabilities) { c.ID = "a|b" },
		"counter":           func(c *payment.Capabilities) { c.ID = "counter" },
		"no means":          func(c *payment.Capabilities) { c.Means = nil },
		"no flow":           func(c *payment.Capabilities) { c.Flows = nil },
		"no currency":       func(c *payment.Capabilities) { c.Currencies = nil },
		"deposit":           func(c *payment.Capabilities) { c.Means = append(c.Means, payment.DepositAccount) },
		"short references":  func(c *payment.Capabilities) { c.ReferenceMax = 24 },
		"negative":          func(c *payment.Capabilities) { c.InFlight = -1 },
		"sessions":          func(c *payment.Capabilities) { c.SessionMax = time.Second },
		"short window":      func(c *payment.Capabilities) { c.Window = c.InFlight },
		"nothing to ask by": func(c *payment.Capabilities) { c.Idempotency, c.QueryByReference = payment.ByReference, false },
		"no kind":           func(c *payment.Capabilities) { c.Idempotency = "" },
		"no keys, form": func(c *payment.Capabilities) {
			c.Idempotency, c.Flows = payment.NoKeys, []payment.Flow{payment.FormPost}
		},
		"holds, can't cancel": func(c *payment.Capabilities) { c.Cancel = false },
		"no refunder":         func(c *payment.Capabilities) { c.Refund = true },
		"no settler":          func(c *payment.Capabilities) { c.Settlement = true },
	} {
		q := newAcquirer()
		change(&q.caps)
		_, err := payment.NewCashier(options(o, q))
		require.ErrorIs(t, err, payment.ErrInvalid, name)
	}
	_, err := payment.NewCashier(options(o, newAcquirer(), newAcquirer()))
	require.ErrorContains(t, err, "two gateways have the id")
	_, err = payment.NewCashier(options(o, nil))
	require.ErrorIs(t, err, payment.ErrInvalid)
}

// options are enough for a cashier with gateways.
func options(o office, gateways ...payment.Gateway) payment.CashierOptions {
	url := func(string) string { return "https://court.example/" }
	return payment.CashierOptions{
		Store: o.store, Orders: o.Orders, Ledger: o.books, Gateways: gateways, Clock: func() time.Time { return monday }, Name: "test",
		Secret: make([]byte, 32), ReturnURL: url, CancelURL: url, NotifyURL: url,
		Series: func(string, time.Time) string { return series },
	}
}

// TestOptionsAreChecked names everything that is missing at once.
func TestOptionsAreChecked(t *testing.T) {
	_, err := payment.NewCashier(payment.CashierOptions{})
	require.ErrorIs(t, err, payment.ErrInvalid)
	for _, field := range []string{"Store", "Orders", "Ledger", "Clock", "Series"} {
		require.ErrorContains(t, err, field)
	}
	o := newOffice(t, 0)
	_, err = payment.NewCashier(options(o))
	require.NoError(t, err, "a cashier may have no gateways")

	withGateway := options(o, newAcquirer())
	withGateway.Name, withGateway.Secret, withGateway.ReturnURL, withGateway.CancelURL, withGateway.NotifyURL = "", make([]byte, 31), nil, nil, nil
	_, err = payment.NewCashier(withGateway)
	for _, field := range []string{"Name", "Secret", "ReturnURL", "CancelURL", "NotifyURL"} {
		require.ErrorContains(t, err, field)
	}
	for _, terms := range []payment.Terms{{Session: -1}, {Lease: time.Second}, {Send: time.Hour}} {
		bad := options(o)
		bad.Terms = terms
		_, err := payment.NewCashier(bad)
		require.ErrorIs(t, err, payment.ErrInvalid)
	}
}
