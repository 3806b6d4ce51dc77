package simpay

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
)

// ClientOptions say where the Sim is and what was agreed with it.
type ClientOptions struct {
	// ID is the gateway's name in the host's records; empty means "simpay".
	ID string
	// URL is the Sim's address, "http://127.0.0.1:8080"; required. Its path, if any, is kept before those of the API and the page.
	URL string
	// HTTP carries the requests; nil carries them by a transport of the Client's own, and Sim.RoundTripper without a network.
	HTTP http.RoundTripper
	// Secrets are the Sim's: requests are made with the first, notifications may be signed with any.
	Secrets []Secret
	// Terms are the Sim's.
	Terms Terms
	// Clock gives the time; required.
	Clock func() time.Time
	// Timeout bounds a call whose context has no deadline; 0 means 30 seconds.
	Timeout time.Duration
}

// Client is the payment.Gateway of a Sim, with every optional ability. It keeps nothing: any number of Clients may work on one Sim, and
// each may be made anew between any two calls. It is safe for concurrent use. It never sends twice by itself what changes something; a question
// that met a connection the other side had closed may be asked again by net/http.
type Client struct {
	o    ClientOptions
	base *url.URL
	http *http.Client
}

var (
	_ payment.Gateway   = (*Client)(nil)
	_ payment.Canceller = (*Client)(nil)
	_ payment.Capturer  = (*Client)(nil)
	_ payment.Refunder  = (*Client)(nil)
	_ payment.Settler   = (*Client)(nil)
	_ payment.Returner  = (*Client)(nil)
	_ payment.Prober    = (*Client)(nil)
)

// NewClient makes a Client. It sends nothing. Its error wraps ErrOptions.
func NewClient(o ClientOptions) (*Client, error) {
	if err := checkSecrets(o.Secrets); err != nil {
		return nil, err
	}
	if o.Clock == nil {
		return nil, fmt.Errorf("%w: Clock is not set", ErrOptions)
	}
	base, err := url.Parse(o.URL)
	if err != nil || !validURL(o.URL) || o.URL == "" || base.RawQuery != "" || base.Fragment != "" {
		return nil, fmt.Errorf("%w: URL is not an address such as http://127.0.0.1:8080", ErrOptions)
	}
	if o.Terms, err = o.Terms.complete(); err != nil {
		return nil, err
	}
	if o.ID == "" {
		o.ID = "simpay"
	}
	if o.Timeout <= 0 {
		o.Timeout = 30 * time.Second
	}
	if o.HTTP == nil {
		o.HTTP = newTransport()
	}
	o.Secrets = slices.Clone(o.Secrets)
	base.Path = strings.TrimSuffix(base.Path, "/")
	return &Client{o: o, base: base, http: &http.Client{
		Transport:     o.HTTP,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}, nil
}

// Describe says what the Sim can do under the terms.
func (c *Client) Describe() payment.Capabilities {
	return c.o.Terms.capabilities(c.o.ID, []string{c.base.Host})
}

// Create opens a session. What the terms do not allow is refused before anything is sent, as Invalid, and a key that the Sim may have
// forgotten as NotAllowed.
func (c *Client) Create(ctx context.Context, r payment.CreateRequest) (payment.AttemptReply, error) {
	if err := c.checkCreate(r); err != nil {
		return payment.AttemptReply{}, err
	}
	var a snapshot
	replay, err := c.post(ctx, pathSessions, r.Key, createBody{
		Reference: r.Reference, Amount: r.Amount, Means: r.Means, Flow: r.Flow, Authorise: r.Authorise, Description: r.Description,
		ReturnURL: r.ReturnURL, CancelURL: r.CancelURL, NotifyURL: r.NotifyURL, ExpiresAt: r.ExpiresAt, Locale: r.Locale,
	}, &a)
	if err != nil {
		return payment.AttemptReply{}, err
	}
	if a.Reference != r.Reference || a.ID == "" {
		return payment.AttemptReply{}, unknown("the answer is about another session")
	}
	q := a.reply(c.base.String())
	return payment.AttemptReply{State: q.State, GatewayRef: q.GatewayRef, Next: q.Next, Payments: q.Payments, Replay: replay}, nil
}

func (c *Client) checkCreate(r payment.CreateRequest) error {
	t := c.o.Terms
	switch {
	case !validReference(r.Reference):
		return invalid("a reference has 1 to %d letters, digits and hyphens", maxReference)
	case !validKey(r.Key):
		return invalid("a key has 1 to %d letters, digits, hyphens and colons", maxKey)
	case r.Amount.Sign() <= 0 || r.Amount.Minor() > maxMinor:
		return invalid("an amount is more than nothing and at most %d minor units", int64(maxMinor))
	case !slices.Contains(t.Currencies, r.Amount.Currency().Code()):
		return invalid("only %v are taken", t.Currencies)
	case r.Means != "" && !slices.Contains(t.Means, r.Means):
		return invalid("only %v are offered", t.Means)
	case !slices.Contains(flows(), r.Flow):
		return invalid("a flow is one of %v", flows())
	case len(r.Description) > maxDescription:
		return invalid("a description has at most %d bytes", maxDescription)
	case !validURL(r.ReturnURL) || !validURL(r.CancelURL) || !validURL(r.NotifyURL):
		return invalid("an address begins with http:// or https:// and has at most %d bytes", maxURL)
	case !r.FirstSent.IsZero() && !c.o.Clock().Before(r.FirstSent.Add(t.Window)):
		return &payment.GatewayError{Class: payment.NotAllowed, Code: codeWindow, Detail: "the key was first sent so long ago that it may be forgotten"}
	}
	return nil
}

func validKey(k string) bool {
	return k != "" && len(k) <= maxKey && !strings.ContainsFunc(k, func(r rune) bool {
		return !('a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || r == '-' || r == ':')
	})
}

// Query asks for all there is about a session: by our reference, or by the Sim's where that is empty.
func (c *Client) Query(ctx context.Context, r payment.QueryRequest) (payment.QueryReply, error) {
	if r.Reference == "" && r.GatewayRef == "" {
		return payment.QueryReply{}, invalid("neither reference is given")
	}
	var a snapshot
	err := c.get(ctx, pathSessions, url.Values{"reference": {r.Reference}, "id": {r.GatewayRef}}, &a)
	if isNotFound(err) {
		return payment.QueryReply{}, nil
	}
	if err != nil {
		return payment.QueryReply{}, err
	}
	if r.Reference != "" && a.Reference != r.Reference || r.Reference == "" && a.ID != r.GatewayRef {
		return payment.QueryReply{}, unknown("the answer is about another session")
	}
	return a.reply(c.base.String()), nil
}

// Cancel ends a session that waits for its payer, or gives up its authorisation. One that is cancelled already stays so, without an error.
func (c *Client) Cancel(ctx context.Context, r payment.OperationRequest) (payment.OperationReply, error) {
	return c.operate(ctx, pathCancel, r, money.Amount{})
}

// Capture takes money that is authorised, once: what is not captured is given up.
func (c *Client) Capture(ctx context.Context, r payment.OperationRequest) (payment.OperationReply, error) {
	return c.operate(ctx, pathCapture, r, r.Amount)
}

func (c *Client) operate(ctx context.Context, path string, r payment.OperationRequest, amount money.Amount) (payment.OperationReply, error) {
	if !validKey(r.Key) || r.Reference == "" && r.GatewayRef == "" || amount.Sign() < 0 {
		return payment.OperationReply{}, invalid("a key of 1 to %d characters, a reference and no negative amount are needed", maxKey)
	}
	var a operationAnswer
	replay, err := c.post(ctx, path, r.Key, operationBody{Reference: r.Reference, ID: r.GatewayRef, Amount: amount}, &a)
	if err != nil {
		return payment.OperationReply{}, err
	}
	if r.Reference != "" && a.Reference != r.Reference || r.Reference == "" && a.ID != r.GatewayRef {
		return payment.OperationReply{}, unknown("the answer is about another session")
	}
	return a.reply(replay), nil
}

// Refund gives money back.
func (c *Client) Refund(ctx context.Context, r payment.RefundRequest) (payment.OperationReply, error) {
	switch {
	case !validReference(r.Reference) || !validKey(r.Key) || r.PaymentID == "":
		return payment.OperationReply{}, invalid("a reference, a key and the payment's id are needed")
	case r.Amount.Sign() <= 0 || len(r.Reason) > maxDescription:
		return payment.OperationReply{}, invalid("a refund is of more than nothing, with a reason of at most %d bytes", maxDescription)
	}
	var a operationAnswer
	replay, err := c.post(ctx, pathRefunds, r.Key, refundBody{
		Reference: r.Reference, Attempt: r.Attempt, PaymentID: r.PaymentID, Amount: r.Amount, Refundable: r.Refundable, Reason: r.Reason,
	}, &a)
	if err != nil {
		return payment.OperationReply{}, err
	}
	if a.Reference != r.Reference {
		return payment.OperationReply{}, unknown("the answer is about another refund")
	}
	return a.reply(replay), nil
}

// QueryRefund asks about a refund. One that is not there is payment.OperationUnknown without a GatewayRef and without an error.
func (c *Client) QueryRefund(ctx context.Context, r payment.QueryRefundRequest) (payment.OperationReply, error) {
	if r.Reference == "" && r.GatewayRef == "" {
		return payment.OperationReply{}, invalid("neither reference is given")
	}
	var a operationAnswer
	err := c.get(ctx, pathRefunds, url.Values{"reference": {r.Reference}, "id": {r.GatewayRef}}, &a)
	if isNotFound(err) {
		return payment.OperationReply{State: payment.OperationUnknown}, nil
	}
	if err != nil {
		return payment.OperationReply{}, err
	}
	if r.Reference != "" && a.Reference != r.Reference || r.Reference == "" && a.ID != r.GatewayRef {
		return payment.OperationReply{}, unknown("the answer is about another refund")
	}
	return a.reply(false), nil
}
