package main

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"sync"
	"time"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/simpay"
	"courts.example/eservices/plugins/sdk"
)

// gateway is simpay's adapter with the bugs that lie in what it says.
type gateway struct {
	*simpay.Client
	bug string
	// mine are the references that this process has seen.
	mine sync.Map
}

// configure takes a configuration.
func (g *gateway) configure(_ context.Context, text string) error {
	var c struct {
		URL        string          `json:"url"`
		Secrets    []simpay.Secret `json:"-"`
		Texts      []string        `json:"secrets"`
		Currencies []string        `json:"currencies"`
		Means      []payment.Means `json:"means"`
	}
	if err := json.Unmarshal([]byte(text), &c); err != nil && g.bug != "takes-anything" {
		return sdk.Problems{{Text: "is no JSON object"}}
	}
	for _, s := range c.Texts {
		if s != "" || g.bug != "believes-everybody" {
			c.Secrets = append(c.Secrets, simpay.Secret(s))
		}
	}
	if g.bug == "takes-anything" && c.URL == "" {
		c.URL, c.Currencies, c.Secrets = "http://127.0.0.1:9", []string{"HKD"}, []simpay.Secret{"0123456789abcdef"}
	}
	if g.bug == "believes-everybody" && len(c.Secrets) == 0 {
		c.Secrets = []simpay.Secret{"0123456789abcdef"}
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.TLSClientConfig = &tls.Config{InsecureSkipVerify: g.bug == "trusts-everybody"}
	client, err := simpay.NewClient(simpay.ClientOptions{
		ID: "acme", URL: c.URL, Secrets: c.Secrets, HTTP: transport, Clock: time.Now,
		Terms: simpay.Terms{Currencies: c.Currencies, Means: c.Means, RefundWindow: 180 * 24 * time.Hour},
	})
	if err != nil {
		if g.bug == "repeats-its-configuration" {
			return sdk.Problems{{Text: "can't be used: " + text}}
		}
		return sdk.Problems{{Text: "can't be used"}}
	}
	g.Client = client
	return nil
}

// Describe says what it can do.
func (g *gateway) Describe() payment.Capabilities {
	if g.Client == nil {
		return payment.Capabilities{ID: "acme", Version: "2"}
	}
	c := g.Client.Describe()
	if g.bug == "declares-nonsense" {
		c.RedirectHosts = append(c.RedirectHosts, "*.example")
	}
	return c
}

// Create starts an attempt, or does something like it.
func (g *gateway) Create(ctx context.Context, r payment.CreateRequest) (payment.AttemptReply, error) {
	g.mine.Store(r.Reference, true)
	switch g.bug {
	case "outlives-its-deadline":
		ctx = context.WithoutCancel(ctx)
	case "is-never-given-up":
		if at, ok := ctx.Deadline(); ok {
			var cancel context.CancelFunc
			ctx, cancel = context.WithDeadline(context.WithoutCancel(ctx), at)
			defer cancel()
		}
	case "makes-keys-of-its-own":
		r.Key = fmt.Sprintf("%s:%d", r.Key, os.Getpid())
	case "is-slow":
		time.Sleep(60 * time.Millisecond)
	case "rounds":
		r.Amount = money.New(r.Amount.Minor()/100*100, r.Amount.Currency())
	}
	reply, err := g.Client.Create(ctx, r)
	if err != nil && g.bug == "repeats-the-request" {
		err = &payment.GatewayError{Class: payment.ClassOf(err), Detail: "about " + r.Description, Sent: true}
	}
	return reply, err
}

// Query asks about an attempt.
func (g *gateway) Query(ctx context.Context, r payment.QueryRequest) (payment.QueryReply, error) {
	if _, known := g.mine.Load(r.Reference); g.bug == "remembers" && !known {
		return payment.QueryReply{}, nil
	}
	q, err := g.Client.Query(ctx, r)
	if g.bug == "hopes" && err == nil && !q.Found {
		return payment.QueryReply{Found: true, State: payment.AttemptFailed}, nil
	}
	return q, err
}

// Notification reads a message.
func (g *gateway) Notification(ctx context.Context, m payment.Message) (payment.NotificationReply, error) {
	if g.bug == "panics" && len(m.Body) == 0 {
		panic("there is no body: " + m.Path)
	}
	return g.Client.Notification(ctx, m)
}

// Health says how the company does.
func (g *gateway) Health(ctx context.Context) (payment.Health, error) {
	if g.bug == "is-always-well" {
		return payment.Health{OK: true}, nil
	}
	return g.Client.Health(ctx)
}
