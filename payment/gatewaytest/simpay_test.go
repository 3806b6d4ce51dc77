package gatewaytest_test

import (
	"encoding/json"
	"testing"

	"courts.example/eservices/payment"
	"courts.example/eservices/payment/gatewaytest"
	"courts.example/eservices/payment/gatewaytest/simbox"
	"courts.example/eservices/payment/simpay"
	"github.com/stretchr/testify/require"
)

type (
	sandbox = simbox.Sandbox
	gateway = simbox.Gateway
)

func plain() simpay.Terms { return simbox.Plain() }

func surprising() simpay.Terms { return simbox.Surprising() }

// harness opens Sims under some terms, with adapters as they are or broken by wrap.
func harness(terms simpay.Terms, wrap func(s *sandbox, g gateway) payment.Gateway) gatewaytest.Harness {
	return simbox.Harness(simbox.Options{Terms: terms, Wrap: wrap})
}

func open(t gatewaytest.T, terms simpay.Terms, wrap func(s *sandbox, g gateway) payment.Gateway) *sandbox {
	return simbox.Open(t, simbox.Options{Terms: terms, Wrap: wrap})
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
