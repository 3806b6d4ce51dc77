package simpay

import (
	"fmt"
	"slices"
	"time"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
)

// Terms are what a merchant and the company have agreed on. A Sim and its Clients get the same: a Client declares them
// ([payment.Capabilities]) and the Sim keeps them.
type Terms struct {
	// Currencies are the ISO 4217 codes of what is taken; required.
	Currencies []string
	// Means are the means of payment that the page offers; none means "card" and "wallet".
	Means []payment.Means
	// Window is how long idempotency keys are remembered; 0 means 24 hours.
	Window time.Duration
	// InFlight is how long a request may take to have its effect after it was sent; 0 means a minute.
	InFlight time.Duration
	// SessionMin and SessionMax bound how long a payer may take; 0 means 1 minute and 24 hours.
	SessionMin, SessionMax time.Duration
	// Authorised is how long an authorisation holds before it lapses; 0 means 7 days.
	Authorised time.Duration
	// Late is how long after the end of a session that expired or was cancelled its payer can, against all promises, still pay it; 0 means
	// not at all. The Sim calls no session final before.
	Late time.Duration
	// PayTwice lets a second payer pay a QR code that was paid, while the session lasts.
	PayTwice bool
	// RefundWindow is how long after a payment it can be given back; 0 means for ever. MaxRefunds bounds the refunds of one payment; 0: no bound.
	RefundWindow time.Duration
	MaxRefunds   int
}

// complete fills in what is zero and checks the rest.
func (t Terms) complete() (Terms, error) {
	for _, d := range []struct {
		name  string
		field *time.Duration
		value time.Duration
	}{
		{"Window", &t.Window, 24 * time.Hour},
		{"InFlight", &t.InFlight, time.Minute},
		{"SessionMin", &t.SessionMin, time.Minute},
		{"SessionMax", &t.SessionMax, 24 * time.Hour},
		{"Authorised", &t.Authorised, 7 * 24 * time.Hour},
		{"Late", &t.Late, 0},
		{"RefundWindow", &t.RefundWindow, 0},
	} {
		if *d.field < 0 {
			return t, fmt.Errorf("%w: Terms.%s is %v", ErrOptions, d.name, *d.field)
		}
		if *d.field == 0 {
			*d.field = d.value
		}
	}
	if t.SessionMin > t.SessionMax {
		return t, fmt.Errorf("%w: Terms.SessionMin is %v, more than SessionMax, %v", ErrOptions, t.SessionMin, t.SessionMax)
	}
	if t.InFlight >= t.Window {
		return t, fmt.Errorf("%w: Terms.InFlight is %v: a request must land before its key is forgotten, after %v", ErrOptions, t.InFlight, t.Window)
	}
	if len(t.Currencies) == 0 {
		return t, fmt.Errorf("%w: Terms.Currencies is empty: name the currencies that are taken", ErrOptions)
	}
	for _, c := range t.Currencies {
		if _, err := money.ParseCurrency(c); err != nil {
			return t, fmt.Errorf("%w: Terms.Currencies: %w", ErrOptions, err)
		}
	}
	t.Currencies = slices.Clone(t.Currencies)
	t.Means = slices.Clone(t.Means)
	if len(t.Means) == 0 {
		t.Means = []payment.Means{"card", "wallet"}
	}
	return t, nil
}

// maxReference is the longest reference, maxKey the longest idempotency key, maxDescription the longest description, in bytes.
const (
	maxReference   = 25
	maxKey         = 64
	maxDescription = 500
	maxURL         = 2000
)

// flows are all ways to the page.
func flows() []payment.Flow {
	return []payment.Flow{payment.Redirect, payment.FormPost, payment.QR, payment.DeepLink}
}

// capabilities is what a Client declares.
func (t Terms) capabilities(id string, hosts []string) payment.Capabilities {
	return payment.Capabilities{
		ID: id, Version: "1",
		Means:       slices.Clone(t.Means),
		Flows:       flows(),
		Currencies:  slices.Clone(t.Currencies),
		AuthCapture: true, PartialCapture: true,
		Refund: true, PartialRefund: true, RefundQuery: true, MaxRefunds: t.MaxRefunds,
		Cancel:           true,
		QueryByReference: true, QueryListsPayments: true,
		Idempotency: payment.ByKey, Window: t.Window, InFlight: t.InFlight,
		SessionMin: t.SessionMin, SessionMax: t.SessionMax,
		Notifies: true, Disputes: true, Settlement: true,
		ReferenceMax:     maxReference,
		RedirectHosts:    slices.Clone(hosts),
		PayerCanPayTwice: t.PayTwice,
	}
}
