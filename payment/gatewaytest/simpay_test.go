package gatewaytest_test

import (
	"encoding/json"
	"net/http"
	"sync"
	"testing"
	"time"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/gatewaytest"
	"courts.example/eservices/payment/simpay"
	"github.com/stretchr/testify/require"
)

// gateway is a payment.Gateway with every optional ability.
type gateway interface {
	payment.Gateway
	payment.Canceller
	payment.Capturer
	payment.Refunder
	payment.Settler
	payment.Returner
	payment.Prober
}

// sandbox is a Sim with all that the suite can use.
type sandbox struct {
	*ledgerBook
	t     gatewaytest.T
	sim   *simpay.Sim
	terms simpay.Terms
	days  simpay.Days
	wire  gatewaytest.Wire

	mu       sync.Mutex
	fault    gatewaytest.Fault
	secrets  []simpay.Secret
	messages []payment.Message
	disputes map[string]string
	acts     map[string][]gatewaytest.Act
	// wrap breaks adapters; forgetful keeps retired secrets.
	wrap      func(s *sandbox, g gateway) payment.Gateway
	forgetful bool
}

const (
	firstSecret  = simpay.Secret("the first secret of the suite")
	secondSecret = simpay.Secret("the second secret of the suite")
	strange      = simpay.Secret("a secret that nobody was given")
)

// plain are terms without surprises; surprising ones let payers pay late and twice.
func plain() simpay.Terms {
	return simpay.Terms{
		Currencies: []string{"HKD", "JPY"}, Means: []payment.Means{"card", "wallet"}, RefundWindow: 180 * 24 * time.Hour,
	}
}

func surprising() simpay.Terms {
	t := plain()
	t.Late, t.PayTwice = time.Hour, true
	return t
}

// harness opens Sims under some terms, with adapters as they are or broken by wrap.
func harness(terms simpay.Terms, wrap func(s *sandbox, g gateway) payment.Gateway) gatewaytest.Harness {
	return gatewaytest.Harness{Seed: 7, Open: func(t gatewaytest.T) gatewaytest.Sandbox { return open(t, terms, wrap) }}
}

func open(t gatewaytest.T, terms simpay.Terms, wrap func(s *sandbox, g gateway) payment.Gateway) *sandbox {
	s := &sandbox{
		t: t, ledgerBook: newLedgerBook(), terms: terms, secrets: []simpay.Secret{firstSecret}, disputes: map[string]string{},
		acts: map[string][]gatewaytest.Act{}, wrap: wrap,
		days: simpay.Days{
			Zone: time.FixedZone("Sandbox", 9*3600+1800), CutOff: 19 * time.Hour,
			Holiday: func(date string) bool { return date == "2031-05-08" || date == "2031-05-09" },
		},
	}
	start := time.Date(2031, time.May, 6, 3, 4, 5, 0, time.UTC)
	sim, err := simpay.NewSim(simpay.Options{
		Secrets: s.secrets, Terms: terms, Clock: func() time.Time { return start }, Journal: s.ledgerBook,
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

func (s *sandbox) Gateway(t gatewaytest.T) payment.Gateway { return s.adapter(t, 0) }

func (s *sandbox) Skewed(t gatewaytest.T, d time.Duration) payment.Gateway { return s.adapter(t, d) }

func (s *sandbox) adapter(t gatewaytest.T, ahead time.Duration) payment.Gateway {
	c, err := simpay.NewClient(simpay.ClientOptions{
		URL: "http://pay.example", HTTP: &s.wire, Secrets: s.secrets, Terms: s.terms,
		Clock: func() time.Time { return s.sim.Now().Add(ahead) },
	})
	if err != nil {
		t.Fatalf("NewClient: %v", err)
	}
	if s.wrap != nil {
		return s.wrap(s, c)
	}
	return c
}

func (s *sandbox) Now() time.Time { return s.sim.Now().In(s.days.Zone) }

func (s *sandbox) Advance(d time.Duration) error { return s.sim.Advance(d) }

func (s *sandbox) Fault(f gatewaytest.Fault, on gatewaytest.Calls) (gatewaytest.Trouble, error) {
	s.fault = f
	return s.wire.Fault(f, on)
}

func (s *sandbox) Defer() error {
	return s.sim.PlanRefunds(simpay.RefundPlan{First: payment.OperationPending})
}

func (s *sandbox) Finish(reference string, done bool) error {
	return s.sim.FinishRefund(reference, done)
}

func (s *sandbox) Window() (time.Duration, error) { return s.terms.RefundWindow, nil }

func (s *sandbox) Dispute(paymentID string) error {
	id, err := s.sim.OpenDispute(paymentID, money.Amount{})
	s.disputes[paymentID] = id
	return err
}

func (s *sandbox) Decide(paymentID string, won bool) error {
	return s.sim.EndDispute(s.disputes[paymentID], won)
}

func (s *sandbox) ValueDate(paid time.Time) (string, error) {
	date, _ := s.valueDate(paid)
	return date, nil
}

// valueDate gives the date on which money counts, and when that date is over, by the terms and not by the Sim's code.
func (s *sandbox) valueDate(paid time.Time) (string, time.Time) {
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

func (s *sandbox) Settle() (string, error) {
	date, closes := s.valueDate(s.sim.Now())
	return date, s.sim.Advance(closes.Sub(s.sim.Now()) + time.Second)
}

// simpay passes, and nothing that it claims is skipped.
func TestSimpayPasses(t *testing.T) {
	for name, terms := range map[string]simpay.Terms{"plain": plain(), "surprising": surprising()} {
		t.Run(name, func(t *testing.T) { gatewaytest.Run(gatewaytest.Go(t), harness(terms, nil)) })
	}
}

func TestNothingThatSimpayClaimsIsSkipped(t *testing.T) {
	elsewhere := []string{"D3", "D12", "I16", "I18"}
	for name, want := range map[string]struct {
		terms   simpay.Terms
		skipped []string
	}{
		"plain":      {plain(), []string{"C11", "E3", "H13"}},
		"surprising": {surprising(), []string{"C11", "F11", "H13"}},
	} {
		report, err := gatewaytest.Check(harness(want.terms, nil))
		require.NoError(t, err)
		require.Empty(t, report.IDs(gatewaytest.Failed), "%s: %s", name, report)
		require.Equal(t, want.skipped, report.IDs(gatewaytest.Skipped), name)
		require.Equal(t, elsewhere, report.IDs(gatewaytest.NotChecked), name)
		_, err = json.Marshal(report)
		require.NoError(t, err)
	}
}
