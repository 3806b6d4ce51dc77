package simbox

import (
	"cmp"
	"net/http"
	"slices"
	"sync"
	"time"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/gatewaytest"
	"courts.example/eservices/payment/simpay"
)

// Gateway is a payment.Gateway with every optional ability, as simpay's adapter is.
type Gateway interface {
	payment.Gateway
	payment.Canceller
	payment.Capturer
	payment.Refunder
	payment.Settler
	payment.Returner
	payment.Prober
}

// Options say what a Sandbox is like.
type Options struct {
	// Terms are the company's; see Plain and Surprising.
	Terms simpay.Terms
	// Wrap puts another gateway in place of each adapter that the suite asks for; nil leaves them as they are.
	Wrap func(s *Sandbox, g Gateway) payment.Gateway
	// Clock is the company's, which Advance moves on from; nil stands still at an instant of 2031.
	Clock func() time.Time
	// Secrets are the one that the company signs with, the one after Rotate, and one that nobody was given; empty ones are fixed texts.
	Secrets Secrets
}

// Secrets are what a company signs its messages with.
type Secrets struct{ First, Second, Strange simpay.Secret }

// Sandbox is a company with all that the suite can use: gatewaytest's Payer, Faulter, Clock, Books, Mail, Writer, Rotator, RefundDesk, DisputeDesk,
// Settlements and Skewer.
type Sandbox struct {
	*books
	t    gatewaytest.T
	o    Options
	sim  *simpay.Sim
	days simpay.Days
	wire gatewaytest.Wire

	mu        sync.Mutex
	fault     gatewaytest.Fault
	secrets   []simpay.Secret
	messages  []payment.Message
	disputes  map[string]string
	acts      map[string][]gatewaytest.Act
	forgetful bool
}

const (
	firstSecret  = simpay.Secret("the first secret of the suite")
	secondSecret = simpay.Secret("the second secret of the suite")
	strange      = simpay.Secret("a secret that nobody was given")
)

// Plain are terms without surprises.
func Plain() simpay.Terms {
	return simpay.Terms{
		Currencies: []string{"HKD", "JPY"}, Means: []payment.Means{"card", "wallet"}, RefundWindow: 180 * 24 * time.Hour,
	}
}

// Surprising terms let payers pay late and twice.
func Surprising() simpay.Terms {
	t := Plain()
	t.Late, t.PayTwice = time.Hour, true
	return t
}

// Harness opens a Sandbox for each case.
func Harness(o Options) gatewaytest.Harness {
	return gatewaytest.Harness{Seed: 7, Open: func(t gatewaytest.T) gatewaytest.Sandbox { return Open(t, o) }}
}

// Open makes a company with its books, its clock and its connection.
func Open(t gatewaytest.T, o Options) *Sandbox {
	o.Secrets = Secrets{
		cmp.Or(o.Secrets.First, firstSecret), cmp.Or(o.Secrets.Second, secondSecret), cmp.Or(o.Secrets.Strange, strange),
	}
	s := &Sandbox{
		t: t, books: newBooks(), o: o, secrets: []simpay.Secret{o.Secrets.First}, disputes: map[string]string{},
		acts: map[string][]gatewaytest.Act{},
		days: simpay.Days{
			Zone: time.FixedZone("Sandbox", 9*3600+1800), CutOff: 19 * time.Hour,
			Holiday: func(date string) bool { return date == "2031-05-08" || date == "2031-05-09" },
		},
	}
	clock := o.Clock
	if clock == nil {
		clock = func() time.Time { return time.Date(2031, time.May, 6, 3, 4, 5, 0, time.UTC) }
	}
	sim, err := simpay.NewSim(simpay.Options{
		Secrets: s.secrets, Terms: o.Terms, Clock: clock, Journal: s.books,
		Days: s.days, Fees: simpay.Fees{Rate: money.MustRate("0.019"), Fixed: 3},
	})
	if err != nil {
		t.Fatalf("NewSim: %v", err)
	}
	s.sim, s.wire.Next = sim, locked{&s.mu, sim.RoundTripper()}
	s.wire.Strange = func() (int, string, string) {
		return http.StatusBadRequest, "application/json", `{"error":{"code":"x_4711","detail":"of tomorrow"}}`
	}
	return s
}

// locked lets the company do one thing at a time, so that what the payer sees on the page still holds when he presses.
type locked struct {
	mu   *sync.Mutex
	next http.RoundTripper
}

func (l locked) RoundTrip(r *http.Request) (*http.Response, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.next.RoundTrip(r)
}

// RoundTripper is the connection to the company, which Fault spoils.
func (s *Sandbox) RoundTripper() http.RoundTripper { return &s.wire }

// Secrets are those that adapters know now, the newest first.
func (s *Sandbox) Secrets() []simpay.Secret { return slices.Clone(s.secrets) }

// Gateway gives a new adapter.
func (s *Sandbox) Gateway(t gatewaytest.T) payment.Gateway { return s.adapter(t, 0) }

// Skewed gives an adapter whose clock is wrong.
func (s *Sandbox) Skewed(t gatewaytest.T, d time.Duration) payment.Gateway { return s.adapter(t, d) }

func (s *Sandbox) adapter(t gatewaytest.T, ahead time.Duration) payment.Gateway {
	c, err := simpay.NewClient(simpay.ClientOptions{
		URL: "http://pay.example", HTTP: &s.wire, Secrets: s.secrets, Terms: s.o.Terms,
		Clock: func() time.Time { return s.sim.Now().Add(ahead) },
	})
	if err != nil {
		t.Fatalf("NewClient: %v", err)
	}
	if s.o.Wrap != nil {
		return s.o.Wrap(s, c)
	}
	return c
}

// Now is the company's time in its zone.
func (s *Sandbox) Now() time.Time { return s.sim.Now().In(s.days.Zone) }

// Advance moves the clock.
func (s *Sandbox) Advance(d time.Duration) error { return s.sim.Advance(d) }

// Fault spoils the connection.
func (s *Sandbox) Fault(f gatewaytest.Fault, on gatewaytest.Calls) (gatewaytest.Trouble, error) {
	s.fault = f
	return s.wire.Fault(f, on)
}

// Defer has refunds be decided later.
func (s *Sandbox) Defer() error {
	return s.sim.PlanRefunds(simpay.RefundPlan{First: payment.OperationPending})
}

// Finish decides about a refund.
func (s *Sandbox) Finish(reference string, done bool) error {
	return s.sim.FinishRefund(reference, done)
}

// Window is how long a refund is taken.
func (s *Sandbox) Window() (time.Duration, error) { return s.o.Terms.RefundWindow, nil }

// Dispute opens a dispute.
func (s *Sandbox) Dispute(paymentID string) error {
	id, err := s.sim.OpenDispute(paymentID, money.Amount{})
	s.disputes[paymentID] = id
	return err
}

// Decide ends a dispute.
func (s *Sandbox) Decide(paymentID string, won bool) error {
	return s.sim.EndDispute(s.disputes[paymentID], won)
}

// ValueDate says when money counts.
func (s *Sandbox) ValueDate(paid time.Time) (string, error) {
	date, _ := s.valueDate(paid)
	return date, nil
}

// valueDate gives the date on which money counts, and when that date is over, by the terms and not by the Sim's code.
func (s *Sandbox) valueDate(paid time.Time) (string, time.Time) {
	local := paid.In(s.days.Zone)
	y, m, d := local.Date()
	day := time.Date(y, m, d, 0, 0, 0, 0, s.days.Zone)
	if !local.Before(day.Add(s.days.CutOff)) {
		day = day.AddDate(0, 0, 1)
	}
	for s.days.Holiday(day.Format(time.DateOnly)) {
		day = day.AddDate(0, 0, 1)
	}
	return day.Format(time.DateOnly), day.Add(s.days.CutOff)
}

// Settle closes the day that is running.
func (s *Sandbox) Settle() (string, error) {
	date, closes := s.valueDate(s.sim.Now())
	return date, s.sim.Advance(closes.Sub(s.sim.Now()) + time.Second)
}

// Did reports whether the payer of an attempt did something.
func (s *Sandbox) Did(reference string, d gatewaytest.Deed) bool {
	return slices.ContainsFunc(s.Acts(reference), func(a gatewaytest.Act) bool { return a.Deed == d })
}

// Acts gives what the payer of an attempt did.
func (s *Sandbox) Acts(reference string) []gatewaytest.Act {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.acts[reference])
}

// Spoilt is the last fault of the connection.
func (s *Sandbox) Spoilt() gatewaytest.Fault { return s.fault }

// Forget has Retire leave the retired secrets in force, as a forgetful adapter would.
func (s *Sandbox) Forget() { s.forgetful = true }

// Sign gives the value of the header Signature for a body, by the secret in force.
func (s *Sandbox) Sign(stamp string, body []byte) string { return signed(s.secrets[0], stamp, body) }
