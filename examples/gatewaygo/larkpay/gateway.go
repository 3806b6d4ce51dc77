package larkpay

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
	"courts.example/eservices/plugins/sdk"
)

// About says what the plugin is; the operator's manifest says the same.
func About() sdk.About {
	return sdk.About{Name: "larkpay", Version: "1.0.0", ConfigSchema: `{
  "type": "object",
  "properties": {
    "url": {"type": "string", "description": "the API: https://api.larkpay.example"},
    "secrets": {"type": "array", "minItems": 1, "items": {"type": "string", "minLength": 16}, "description": "the newest first"},
    "currencies": {"type": "array", "minItems": 1, "items": {"type": "string"}}
  },
  "required": ["url", "secrets", "currencies"],
  "additionalProperties": false
}`}
}

// config is what an operator says. It holds secrets and is printed nowhere.
type config struct {
	URL        string   `json:"url"`
	Secrets    []string `json:"secrets"`
	Currencies []string `json:"currencies"`
}

// Gateway is Larkpay. The zero value is ready for sdk.ServeGateway, which lets no call through before Configure.
type Gateway struct {
	// Transport carries requests and Now gives the time; nil are the usual ones. Tests set them before Configure.
	Transport http.RoundTripper
	Now       func() time.Time

	config config
	base   *url.URL
	http   *http.Client
}

// The compiler makes sure of what is declared below.
var (
	_ sdk.Gateway       = (*Gateway)(nil)
	_ payment.Canceller = (*Gateway)(nil)
	_ payment.Refunder  = (*Gateway)(nil)
	_ payment.Prober    = (*Gateway)(nil)
)

// Configure takes the configuration. It sends nothing, tells everything that is wrong at once, and repeats no secret.
func (g *Gateway) Configure(_ context.Context, text []byte) error {
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	var c config
	if err := d.Decode(&c); err != nil || d.More() {
		return sdk.Problems{{Text: "is not a JSON object of url, secrets and currencies alone"}} // err could repeat a secret
	}
	var p sdk.Problems
	base, err := url.Parse(c.URL)
	if err != nil || base.Scheme != "https" && base.Scheme != "http" || base.Host == "" || base.User != nil || base.RawQuery != "" || base.Fragment != "" {
		p.Add("/url", "is no address such as https://api.larkpay.example")
	}
	if len(c.Secrets) == 0 {
		p.Add("/secrets", "is missing: give at least one, from the company's letter")
	}
	for i, s := range c.Secrets {
		if len(s) < 16 { // whoever verifies with an empty secret believes everybody
			p.Add(fmt.Sprintf("/secrets/%d", i), "has %d bytes, at least 16 are needed", len(s))
		}
	}
	if len(c.Currencies) == 0 {
		p.Add("/currencies", `is missing: name those of the account: ["HKD"]`)
	}
	for i, code := range c.Currencies {
		if _, err := money.ParseCurrency(code); err != nil {
			p.Add(fmt.Sprintf("/currencies/%d", i), "is no current ISO 4217 code in capitals")
		}
	}
	if err := p.Err(); err != nil {
		return err
	}
	g.config, g.base = c, base
	if g.Now == nil {
		g.Now = time.Now
	}
	g.http = newClient(g.Transport)
	return nil
}

// The terms that the company gives every merchant.
const (
	window     = 24 * time.Hour  // keys are remembered
	inFlight   = time.Minute     // a request takes effect, or never does
	tolerance  = 5 * time.Minute // messages are fresh
	sessionMin = time.Minute
	sessionMax = 24 * time.Hour
	maxRef     = 25
)

// Describe says what the company can do. What is not said here is never asked for: this adapter leaves out holding money, settlement and
// returning browsers, which are abilities that can be added one by one.
func (g *Gateway) Describe() payment.Capabilities {
	c := payment.Capabilities{
		ID: "larkpay", Version: About().Version,
		Means:      []payment.Means{"card", "wallet"},
		Flows:      []payment.Flow{payment.Redirect, payment.QR},
		Currencies: g.config.Currencies,
		Cancel:     true,
		Refund:     true, PartialRefund: true, RefundQuery: true,
		QueryByReference: true, QueryListsPayments: true,
		Idempotency: payment.ByKey, Window: window, InFlight: inFlight,
		SessionMin: sessionMin, SessionMax: sessionMax,
		Notifies:     true,
		ReferenceMax: maxRef,
	}
	if g.base != nil {
		c.RedirectHosts = []string{g.base.Host}
	}
	return c
}

// Health asks the company for its time, with the credentials: if that works, so will the rest.
func (g *Gateway) Health(ctx context.Context) (payment.Health, error) {
	var a struct {
		Time time.Time `json:"time"`
		Live bool      `json:"live"`
	}
	if err := g.get(ctx, "/v1/health", nil, &a); err != nil {
		return payment.Health{}, err
	}
	return payment.Health{OK: true, Live: a.Live, Skew: a.Time.Sub(g.Now()).Round(time.Second)}, nil
}
