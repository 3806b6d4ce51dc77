package larkpay

import (
	"context"
	"net/url"
	"regexp"
	"slices"
	"sync"
	"time"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
)

// newSession asks the company for a page on which the payer pays.
type newSession struct {
	Reference   string        `json:"reference"`
	Amount      money.Amount  `json:"amount"` // "HKD 140.00": exact, never a float
	Means       payment.Means `json:"means,omitempty"`
	Flow        payment.Flow  `json:"flow"`
	Description string        `json:"description,omitempty"`
	ReturnURL   string        `json:"returnUrl,omitempty"`
	CancelURL   string        `json:"cancelUrl,omitempty"`
	NotifyURL   string        `json:"notifyUrl,omitempty"`
	ExpiresAt   time.Time     `json:"expiresAt,omitzero"`
	Locale      string        `json:"locale,omitempty"`
}

// Create opens a session.
func (g *Gateway) Create(ctx context.Context, r payment.CreateRequest) (payment.AttemptReply, error) {
	if err := g.canCreate(r); err != nil {
		return payment.AttemptReply{}, err
	}
	var s session
	replay, err := g.post(ctx, "/v1/sessions", r.Key, newSession{
		Reference: r.Reference, Amount: r.Amount, Means: r.Means, Flow: r.Flow, Description: r.Description, ReturnURL: r.ReturnURL,
		CancelURL: r.CancelURL, NotifyURL: r.NotifyURL, ExpiresAt: r.ExpiresAt, Locale: r.Locale,
	}, &s)
	if err != nil {
		return payment.AttemptReply{}, err
	}
	if s.Reference != r.Reference || s.ID == "" {
		return payment.AttemptReply{}, unclear("the answer is about another session", nil)
	}
	q := g.snapshot(&s)
	return payment.AttemptReply{State: q.State, GatewayRef: q.GatewayRef, Next: q.Next, Payments: q.Payments, Replay: replay}, nil
}

// canCreate refuses what the company would refuse, and what could charge twice: a key that it may have forgotten.
func (g *Gateway) canCreate(r payment.CreateRequest) error {
	c := g.Describe()
	switch {
	case !referenceForm().MatchString(r.Reference):
		return invalid("a reference has 1 to 25 letters, digits and hyphens")
	case r.Amount.Sign() <= 0:
		return invalid("an amount is more than nothing")
	case !slices.Contains(c.Currencies, r.Amount.Currency().Code()):
		return invalid("the account has no such currency")
	case r.Means != "" && !slices.Contains(c.Means, r.Means):
		return invalid("the account has no such means")
	case !slices.Contains(c.Flows, r.Flow):
		return invalid("there is no such flow")
	case r.Authorise:
		return invalid("money is not held, only taken")
	case !r.FirstSent.IsZero() && !g.Now().Before(r.FirstSent.Add(window)):
		return &payment.GatewayError{Class: payment.NotAllowed, Detail: "the key was first sent so long ago that it may be forgotten"}
	}
	return nil
}

// referenceForm is what the company takes as a reference.
var referenceForm = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[A-Za-z0-9-]{1,25}\z`) })

// Query asks for all there is. A session that is not there is no error.
func (g *Gateway) Query(ctx context.Context, r payment.QueryRequest) (payment.QueryReply, error) {
	var s session
	err := g.get(ctx, "/v1/sessions", oneOf(r.Reference, r.GatewayRef), &s)
	switch {
	case notThere(err):
		return payment.QueryReply{}, nil
	case err != nil:
		return payment.QueryReply{}, err
	case r.Reference != "" && s.Reference != r.Reference || r.Reference == "" && s.ID != r.GatewayRef:
		return payment.QueryReply{}, unclear("the answer is about another session", nil)
	}
	return g.snapshot(&s), nil
}

// oneOf names a thing by our reference, or by the company's where ours is empty.
func oneOf(reference, id string) url.Values {
	if reference != "" {
		return url.Values{"reference": {reference}}
	}
	return url.Values{"id": {id}}
}
