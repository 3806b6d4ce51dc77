package conformance

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"sync"
	"time"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/gatewaytest"
	"courts.example/eservices/payment/simpay"
)

// controlFirm is a company's own sandbox that serves simpay's control API. Plugins reach it by a line that can be spoilt.
type controlFirm struct {
	s      *subject
	t      T
	remote *simpay.Remote
	line   *line
	faults gatewaytest.Wire

	mu       sync.Mutex
	disputes map[string]string
}

// controlLimit bounds one request of the control API.
const controlLimit = 20 * time.Second

func (s *subject) newControl(t T) firm {
	t.Helper()
	c := s.o.Settings.Sandbox
	to, err := url.Parse(c.URL)
	if err != nil {
		t.Fatalf("the sandbox's url: %v", err)
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.DisableKeepAlives = true
	remote, err := simpay.NewRemote(c.URL, simpay.Secret(c.Secret), transport)
	if err != nil {
		t.Fatalf("the sandbox's control API: %v", err)
	}
	f := &controlFirm{s: s, t: t, remote: remote, faults: gatewaytest.Wire{Next: transport}, disputes: map[string]string{}}
	f.line = openLine(t, to, nil, func() http.RoundTripper { return &f.faults })
	return f
}

func (f *controlFirm) wire() *line { return f.line }

func (f *controlFirm) secrets() []string {
	if f.s.o.Settings.Sandbox.Merchant == "" {
		return nil
	}
	return []string{f.s.o.Settings.Sandbox.Merchant}
}

func (f *controlFirm) config() []byte {
	config, err := fill(f.s.o.Settings.Config, filling{url: f.line.url(), dir: f.s.place(), secrets: f.secrets()})
	if err != nil {
		f.t.Fatalf("the configuration: %v", err)
	}
	return config
}

// Gateway starts a new process.
func (f *controlFirm) Gateway(t T) payment.Gateway { return f.s.hosted(t, f.config()) }

// Now is the wall's time.
func (f *controlFirm) Now() time.Time { return time.Now() }

// ask makes one request of the control API.
func ask(request func(ctx context.Context) error) error {
	ctx, cancel := context.WithTimeout(context.Background(), controlLimit)
	defer cancel()
	err := request(ctx)
	if errors.Is(err, simpay.ErrState) {
		return fmt.Errorf("%w: %w", gatewaytest.ErrRefused, err)
	}
	return err
}

// Act has the payer do something.
func (f *controlFirm) Act(reference string, a gatewaytest.Act) error {
	deed, ok := map[gatewaytest.Deed]simpay.Deed{
		gatewaytest.Pay: simpay.DeedPay, gatewaytest.PayLate: simpay.DeedPay, gatewaytest.PaySlowly: simpay.DeedProcess,
		gatewaytest.Fail: simpay.DeedDecline, gatewaytest.GiveUp: simpay.DeedCancel, gatewaytest.Challenge: simpay.DeedChallenge,
		gatewaytest.PassChallenge: simpay.DeedPass, gatewaytest.FailChallenge: simpay.DeedFail,
	}[a.Deed]
	switch {
	case a.Deed == gatewaytest.Abandon:
		return nil
	case !ok:
		return fmt.Errorf("%w: %s", gatewaytest.ErrNotOffered, a.Deed)
	}
	return ask(func(ctx context.Context) error {
		_, err := f.remote.Act(ctx, reference, simpay.Act{Deed: deed, Amount: a.Amount, Decline: a.Decline})
		return err
	})
}

// Back is not offered: the page can't be seen.
func (f *controlFirm) Back(string) (payment.Message, error) {
	return payment.Message{}, gatewaytest.ErrNotOffered
}

// Fault spoils the connection.
func (f *controlFirm) Fault(fault gatewaytest.Fault, on gatewaytest.Calls) (gatewaytest.Trouble, error) {
	if fault == gatewaytest.NoConnection {
		return f.line.cutOff(), nil
	}
	return f.faults.Fault(fault, on)
}

// Advance waits when it is a matter of seconds. The company's clock is that of all cases and stays where it is.
func (f *controlFirm) Advance(d time.Duration) error {
	if d <= 2*time.Second {
		time.Sleep(d)
		return nil
	}
	explain(f.t, whyNoClock)
	return fmt.Errorf("%w: %s", gatewaytest.ErrNotOffered, whyNoClock)
}

// Defer, Finish and Window are about refunds.
func (f *controlFirm) Defer() error {
	f.t.Cleanup(func() {
		_ = ask(func(ctx context.Context) error { return f.remote.PlanRefunds(ctx, simpay.RefundPlan{}) })
	})
	return ask(func(ctx context.Context) error {
		return f.remote.PlanRefunds(ctx, simpay.RefundPlan{First: payment.OperationPending})
	})
}

// Finish decides about a refund.
func (f *controlFirm) Finish(reference string, done bool) error {
	return ask(func(ctx context.Context) error { return f.remote.FinishRefund(ctx, reference, done) })
}

// Window is not offered: the API does not tell it.
func (f *controlFirm) Window() (time.Duration, error) { return 0, gatewaytest.ErrNotOffered }

// Dispute opens a dispute.
func (f *controlFirm) Dispute(paymentID string) error {
	return ask(func(ctx context.Context) error {
		id, err := f.remote.OpenDispute(ctx, paymentID, money.Amount{})
		f.mu.Lock()
		f.disputes[paymentID] = id
		f.mu.Unlock()
		return err
	})
}

// Decide ends one.
func (f *controlFirm) Decide(paymentID string, won bool) error {
	f.mu.Lock()
	id := f.disputes[paymentID]
	f.mu.Unlock()
	return ask(func(ctx context.Context) error { return f.remote.EndDispute(ctx, id, won) })
}
