package gatewaywire_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/payment"
	"courts.example/eservices/payment/gatewaytest"
	"courts.example/eservices/payment/gatewaytest/simbox"
	"courts.example/eservices/payment/simpay"
	"courts.example/eservices/plugins/internal/gatewaywire"
)

// The whole suite has the same result over the wire as in process, rule by rule and reason by reason.
func TestSuiteIsTheSameOverTheWire(t *testing.T) {
	for name, terms := range map[string]simpay.Terms{"plain": simbox.Plain(), "surprising": simbox.Surprising()} {
		t.Run(name, func(t *testing.T) {
			inside, err := gatewaytest.Check(simbox.Harness(simbox.Options{Terms: terms}))
			require.NoError(t, err)
			outside, err := gatewaytest.Check(simbox.Harness(simbox.Options{Terms: terms, Wrap: func(_ *simbox.Sandbox, g simbox.Gateway) payment.Gateway {
				loaded, err := gatewaywire.Load(t.Context(), connect(t, gatewaywire.Server(g)))
				require.NoError(t, err)
				return loaded
			}}))
			require.NoError(t, err)
			require.Empty(t, outside.IDs(gatewaytest.Failed), "%s", outside)
			require.Equal(t, inside, outside)
			require.Len(t, outside.IDs(gatewaytest.Passed), 96)
		})
	}
}

// A gateway with nothing but what is needed has the same result too: nothing is there that it has not.
func TestSuiteOfABareGateway(t *testing.T) {
	run := func(over bool) gatewaytest.Report {
		report, err := gatewaytest.Check(simbox.Harness(simbox.Options{Terms: simbox.Plain(), Wrap: func(_ *simbox.Sandbox, g simbox.Gateway) payment.Gateway {
			b := payment.Gateway(poor{g})
			if !over {
				return b
			}
			loaded, err := gatewaywire.Load(t.Context(), connect(t, gatewaywire.Server(b)))
			require.NoError(t, err)
			return loaded
		}}))
		require.NoError(t, err)
		return report
	}
	require.Equal(t, run(false), run(true))
}

// poor declares what it has: no optional ability.
type poor struct{ payment.Gateway }

func (p poor) Describe() payment.Capabilities {
	c := p.Gateway.Describe()
	c.AuthCapture, c.PartialCapture, c.Refund, c.PartialRefund, c.RefundQuery, c.Cancel, c.Settlement, c.Disputes = false, false, false, false, false, false, false, false
	return c
}
