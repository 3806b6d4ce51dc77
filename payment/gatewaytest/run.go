package gatewaytest

import (
	"context"
	"math/rand/v2"

	"courts.example/eservices/payment"
)

// Run runs the whole suite, each rule as a case named by its id, in an order given by the seed. What is skipped or not checked ends
// in t.Skipf with the reason.
func Run(t T, h Harness) {
	all := rules()
	order := rand.New(rand.NewPCG(h.Seed, uint64(len(all))))
	order.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	for _, r := range all {
		t.Run(r.id, func(t T) { h.run(t, r) })
	}
}

// Rule is a rule by its name and in words.
type Rule struct{ ID, Text string }

// Rules lists all rules, in the order of their ids.
func Rules() []Rule {
	var all []Rule
	for _, r := range rules() {
		all = append(all, Rule{r.id, r.text})
	}
	return all
}

// rule is one rule of the contract.
type rule struct {
	id, text string
	// unless says why a gateway with these capabilities is not asked; empty when it is. nil asks every gateway.
	unless func(c payment.Capabilities) string
	test   func(b *bench)
	// why says of a rule without a test what keeps the suite from checking it.
	why string
}

// rules are all rules in the order of their ids.
func rules() []rule {
	var all []rule
	for _, group := range [][]rule{
		createRules(), keyRules(), unknownRules(), queryRules(), payerRules(), operationRules(), refundRules(), mailRules(), settlementRules(), timeRules(),
	} {
		all = append(all, group...)
	}
	return all
}

// run runs one case.
func (h Harness) run(t T, r rule) {
	t.Helper()
	if r.test == nil {
		leave(t, NotChecked, r.why)
	}
	s := h.Open(t)
	g := s.Gateway(t)
	c := g.Describe()
	if rec, ok := t.(*recorder); ok {
		rec.report.Capabilities = c
	}
	if len(c.Currencies) == 0 || len(c.Means) == 0 || len(c.Flows) == 0 {
		t.Fatalf("the gateway declares no currency, means or flow: %+v", c)
	}
	if r.unless != nil {
		if why := r.unless(c); why != "" {
			leave(t, Skipped, why)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(cancel)
	r.test(&bench{T: t, ctx: ctx, s: s, g: g, caps: c, tag: tag(r.id, h.Seed)})
}

// leave ends a case without a verdict.
func leave(t T, s Status, why string) {
	t.Helper()
	if b, ok := t.(*bench); ok {
		t = b.T
	}
	if rec, ok := t.(*recorder); ok {
		rec.result.Status, rec.result.Reason = s, why
	}
	t.Skipf("%s: %s", s, why)
}
