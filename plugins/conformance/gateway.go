package conformance

import (
	"crypto/tls"
	"slices"
	"strings"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/gatewaytest"
)

// gatewayRules are the rules about processes that serve gateways.
func gatewayRules() []rule {
	return []rule{
		{id: "A3", text: "what it declares makes sense: ids, limits, currencies, spans", test: declares},
		{id: "A5", text: "an empty secret is refused", test: emptySecret},
		{id: "A11", text: "killed between two calls, it loses nothing", test: restarted},
		{id: "D3", text: "a failed TLS handshake is unavailable: nothing was sent", test: badTLS},
		{id: "D12", text: "killed while the company answers, a new process finds out, and the same key has one effect", test: killed},
		{id: "K5", text: "a company whose certificate nobody trusts is not spoken to", test: badTLS},
		{id: "K6", text: "no field takes a card number", why: "the contract has none; what the company's page asks for can't be seen"},
		{id: "K10", text: "Probe says how the company does, and does not claim what is not", test: probes},
	}
}

func declares(b *bench) {
	c := b.info.capabilities
	must := func(ok bool, format string, args ...any) {
		b.Helper()
		if !ok {
			b.Errorf(format, args...)
		}
	}
	must(nameRule.MatchString(c.ID), "the id %q: 1 to 40 lower-case letters, digits and hyphens", c.ID)
	must(len(c.Means) > 0 && len(c.Flows) > 0 && len(c.Currencies) > 0, "it declares the means %v, the flows %v, the currencies %v: at least one of each",
		c.Means, c.Flows, c.Currencies)
	for _, code := range c.Currencies {
		_, err := money.ParseCurrency(code)
		must(err == nil, "the currency %q: %v", code, err)
	}
	for _, f := range c.Flows {
		must(slices.Contains([]payment.Flow{payment.Redirect, payment.FormPost, payment.QR, payment.DeepLink}, f), "the flow %q", f)
	}
	must(slices.Contains([]payment.Idempotency{payment.ByKey, payment.ByReference, payment.NoKeys}, c.Idempotency), "the idempotency %q", c.Idempotency)
	must(c.Idempotency != payment.ByKey || c.Window > c.InFlight, "keys are remembered for %v, and a request may take effect for %v: longer than its key", c.Window, c.InFlight)
	must(c.InFlight > 0, "it does not say how long a request may still take effect")
	must(c.SessionMin >= 0 && (c.SessionMax == 0 || c.SessionMin <= c.SessionMax), "a payer may take from %v to %v", c.SessionMin, c.SessionMax)
	must(c.ReferenceMax >= 12 && c.ReferenceMax <= 255, "references of %d bytes: 12 are the least with which a host can work, 255 the most", c.ReferenceMax)
	must(c.Refund || !c.PartialRefund && !c.RefundQuery && c.MaxRefunds == 0, "it declares parts of refunds, and no refunds")
	must(c.AuthCapture || !c.PartialCapture, "it declares parts of captures, and no captures")
	must(c.MaxRefunds >= 0, "at most %d refunds", c.MaxRefunds)
	sends := slices.Contains(c.Flows, payment.Redirect) || slices.Contains(c.Flows, payment.FormPost)
	must(!sends || len(c.RedirectHosts) > 0, "it sends payers away and declares no hosts")
	for _, h := range c.RedirectHosts {
		must(h != "" && !strings.ContainsAny(h, "/*@ "), "the host %q: a name, without wildcards", h)
	}
}

func emptySecret(b *bench) {
	if !marked(b.o.Settings.Config, markSecret) {
		leave(b.T, NotChecked, "no secret of the configuration is known: write {{secret}} where it stands")
	}
	for what, secrets := range map[string][]string{"an empty secret": {""}, "no secret": {}} {
		config, err := fill(b.o.Settings.Config, filling{url: "http://127.0.0.1:9", secrets: secrets})
		if err != nil {
			b.Fatalf("the configuration: %v", err)
		}
		answer, err := b.configure(b.start(b), config)
		if err != nil || len(answer.GetProblems()) == 0 {
			b.Errorf("Configure with %s: problems %v, error %v; must be refused with problems: whoever verifies by an empty secret believes everybody",
				what, answer.GetProblems(), err)
		}
	}
}

// books reads what the company holds, or leaves the case.
func (b *bench) books(reference string) gatewaytest.Book {
	b.Helper()
	books, ok := b.firm.(gatewaytest.Books)
	if !ok {
		leave(b.T, NotChecked, "the sandbox shows no books")
	}
	book, err := books.Book(reference)
	if err != nil {
		b.Fatalf("sandbox: Book: %v", err)
	}
	return book
}

func restarted(b *bench) {
	p := b.ready()
	r := b.request(1)
	ctx, cancel := b.within(2 * quietLimit)
	defer cancel()
	first, err := b.gateway(p).Create(ctx, r)
	if err != nil {
		b.Fatalf("Create: %v", err)
	}
	_ = p.run.Kill(ctx)
	g := b.gateway(b.ready())
	if q, err := g.Query(ctx, payment.QueryRequest{Reference: r.Reference}); err != nil || !q.Found || q.GatewayRef != first.GatewayRef {
		b.Errorf("Query by a new process: found %v, %q, error %v; Create gave %q", q.Found, q.GatewayRef, err, first.GatewayRef)
	}
	payer, ok := b.firm.(gatewaytest.Payer)
	if !ok {
		leave(b.T, NotChecked, "an attempt is found by a new process; the sandbox has no payer who would go on")
	}
	if err := payer.Act(r.Reference, gatewaytest.Act{Deed: gatewaytest.Pay}); err != nil {
		b.Fatalf("sandbox: Act: %v", err)
	}
	if q, err := g.Query(ctx, payment.QueryRequest{Reference: r.Reference}); err != nil || len(q.Payments) != 1 || q.Payments[0].Amount != r.Amount {
		b.Errorf("Query after the payment: payments %v, error %v", q.Payments, err)
	}
}

// badTLS has the company speak TLS with a certificate that nobody trusts.
func badTLS(b *bench) {
	if b.o.Settings.Sandbox.Kind != "simpay" {
		leave(b.T, NotChecked, "the company's certificate can't be exchanged")
	}
	certificate, err := newCertificate()
	if err != nil {
		b.Fatalf("no certificate: %v", err)
	}
	f := b.newSimpay(b.T, &tls.Config{Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS12})
	b.firm = f
	r := b.request(1)
	ctx, cancel := b.within(quietLimit)
	defer cancel()
	_, err = b.gateway(b.ready()).Create(ctx, r)
	if class := payment.ClassOf(err); class != payment.Unavailable {
		b.Errorf("Create by a TLS connection that can't come about: the error %v is of class %q, must be of %q", err, class, payment.Unavailable)
	}
	if n := b.books(r.Reference).Attempts; n != 0 {
		b.Errorf("a company with a certificate that nobody trusts has started %d attempts", n)
	}
}

func probes(b *bench) {
	g := b.gateway(b.ready())
	prober, ok := g.(payment.Prober)
	if !ok {
		leave(b.T, Skipped, "the gateway declares no probe")
	}
	ctx, cancel := b.within(2 * quietLimit)
	defer cancel()
	health, err := prober.Health(ctx)
	if err != nil || !health.OK || health.Skew.Abs() > quietLimit {
		b.Errorf("Probe of a company that is well: %+v, %v", health, err)
	}
	if _, ok := b.firm.(gatewaytest.Faulter); !ok {
		return
	}
	trouble := b.fault(gatewaytest.NoConnection, gatewaytest.All)
	defer trouble.Heal()
	if health, err := prober.Health(ctx); err == nil && health.OK {
		b.Errorf("Probe of a company that can't be reached says that it is well")
	}
}
