package conformance

import (
	"context"
	"crypto/rand"
	"crypto/tls"
	"fmt"
	"net/http"
	"slices"
	"time"

	"courts.example/eservices/payment"
	"courts.example/eservices/payment/gatewaytest"
	"courts.example/eservices/payment/gatewaytest/simbox"
	"courts.example/eservices/payment/simpay"
)

// firm is the company of one case, with plugin processes that speak to it.
type firm interface {
	gatewaytest.Sandbox
	// config is the configuration of a process that is started now.
	config() []byte
	// secrets are what must never be seen.
	secrets() []string
	// wire is the connection to the company, nil when it can't be watched.
	wire() *line
}

// newFirm opens the company that the settings name.
func (s *subject) newFirm(t T) firm {
	t.Helper()
	switch s.o.Settings.Sandbox.Kind {
	case "simpay":
		return s.newSimpay(t, nil)
	case "control":
		return s.newControl(t)
	}
	return &nobody{s: s}
}

// nobody is no company: what the configuration names is there, but no payer, no books, no fault.
type nobody struct{ s *subject }

func (n *nobody) config() []byte {
	config, _ := fill(n.s.o.Settings.Config, filling{dir: n.s.place()})
	return config
}

func (n *nobody) secrets() []string           { return nil }
func (n *nobody) wire() *line                 { return nil }
func (n *nobody) Gateway(t T) payment.Gateway { return n.s.hosted(t, n.config()) }
func (n *nobody) Now() time.Time              { return time.Now() }

// simpayFirm is the simulated company on loopback. The company's clock is the wall's, like the plugin's, and moves on alone only in the
// cases in which no plugin could tell.
type simpayFirm struct {
	*simbox.Sandbox
	s    *subject
	t    T
	line *line
	o    simbox.Options
	// ahead is by how much the company's clock is before the wall's.
	ahead time.Duration
}

// newSimpay opens the simulated company; with a TLS configuration behind TLS.
func (s *subject) newSimpay(t T, secure *tls.Config) *simpayFirm {
	t.Helper()
	c := s.o.Settings.Sandbox
	terms := simbox.Plain()
	if c.Late {
		terms.Late = time.Hour
	}
	terms.PayTwice = c.PayTwice
	if len(c.Currencies) > 0 {
		terms.Currencies = c.Currencies
	}
	if len(c.Means) > 0 {
		terms.Means = nil
		for _, m := range c.Means {
			terms.Means = append(terms.Means, payment.Means(m))
		}
	}
	f := &simpayFirm{s: s, t: t}
	f.o = simbox.Options{
		Terms:   terms,
		Clock:   func() time.Time { return time.Now().Add(f.ahead) },
		Secrets: simbox.Secrets{First: s.newSecret(), Second: s.newSecret(), Strange: s.newSecret()},
	}
	f.Sandbox = simbox.Open(t, f.o)
	f.line = openLine(t, nil, secure, func() http.RoundTripper { return f.Sandbox.RoundTripper() })
	return f
}

// newSecret makes a secret that stands nowhere by chance.
func (s *subject) newSecret() simpay.Secret { return simpay.Secret(s.mark + rand.Text()) }

func (f *simpayFirm) wire() *line { return f.line }

func (f *simpayFirm) secrets() []string {
	return []string{string(f.o.Secrets.First), string(f.o.Secrets.Second)}
}

func (f *simpayFirm) config() []byte {
	config, err := fill(f.s.o.Settings.Config, filling{url: f.line.url(), secrets: texts(f.Sandbox.Secrets())})
	if err != nil {
		f.t.Fatalf("the configuration: %v", err)
	}
	return config
}

func texts(secrets []simpay.Secret) []string {
	var all []string
	for _, s := range secrets {
		all = append(all, string(s))
	}
	return all
}

// Gateway starts a new process.
func (f *simpayFirm) Gateway(t T) payment.Gateway { return f.s.hosted(t, f.config()) }

// Skewed puts the company's clock back instead of the plugin's forward: a company whose books begin anew.
func (f *simpayFirm) Skewed(t T, d time.Duration) payment.Gateway {
	f.ahead = -d
	f.Sandbox = simbox.Open(t, f.o)
	return f.Gateway(t)
}

// Advance waits when it is a matter of seconds. Else it moves the company's clock alone, in the cases of alone.
func (f *simpayFirm) Advance(d time.Duration) error {
	if d <= 2*time.Second {
		time.Sleep(d)
		return nil
	}
	if !slices.Contains(alone(), f.t.Name()) {
		return f.cannot(whyNoClock)
	}
	return f.Sandbox.Advance(d)
}

// whyNoClock is why a case that needs a clock to be moved is left.
const whyNoClock = "a process has the clock of its machine, which can't be moved: to move the company's alone would be another rule"

// alone are the cases in which a plugin is only asked afterwards about what was before, so that its own clock does not matter.
func alone() []string { return []string{"E7", "F4", "F5", "F10", "G5", "H11", "J1", "J2", "J4"} }

// Settle closes the day by moving the company's clock.
func (f *simpayFirm) Settle() (string, error) {
	if !slices.Contains(alone(), f.t.Name()) {
		return "", f.cannot("payments of later days need the clock of the plugin's machine to be moved")
	}
	return f.Sandbox.Settle()
}

// Rotate needs a plugin that takes several secrets.
func (f *simpayFirm) Rotate() error {
	if !rotates(f.s.o.Settings.Config) {
		return f.cannot("the configuration has no list of secrets: write {{secret}} as an element of a list")
	}
	return f.Sandbox.Rotate()
}

// cannot says better than the suite why a case is left.
func (f *simpayFirm) cannot(why string) error {
	explain(f.t, why)
	return fmt.Errorf("%w: %s", gatewaytest.ErrNotOffered, why)
}

// explain gives a case the reason for which it will be left.
func explain(t T, why string) {
	if r, ok := t.(*recorder); ok {
		r.explain(why)
	}
}

// Fault spoils the connection; without a connection, the port is closed.
func (f *simpayFirm) Fault(fault gatewaytest.Fault, on gatewaytest.Calls) (gatewaytest.Trouble, error) {
	if fault != gatewaytest.NoConnection {
		return f.Sandbox.Fault(fault, on)
	}
	return f.line.cutOff(), nil
}

// cutOff cuts the line until it is healed.
func (l *line) cutOff() gatewaytest.Trouble {
	l.cut()
	met := make(chan struct{})
	close(met)
	return gatewaytest.Trouble{Met: met, Heal: func() {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		reach(ctx, func() bool { return l.join() == nil })
	}}
}
