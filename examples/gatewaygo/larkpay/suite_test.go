package larkpay_test

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/examples/gatewaygo/larkpay"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/gatewaytest"
	"courts.example/eservices/payment/gatewaytest/simbox"
	"courts.example/eservices/plugins/sdk"
)

// sandbox is a company on trial, with Larkpay's adapter in the place of the company's own.
type sandbox struct {
	*simbox.Sandbox
	open func(t gatewaytest.T, g *larkpay.Gateway, config []byte) payment.Gateway
}

// Gateway starts a new adapter, as a new process would.
func (s sandbox) Gateway(t gatewaytest.T) payment.Gateway { return s.Skewed(t, 0) }

// Skewed starts one whose clock is wrong.
func (s sandbox) Skewed(t gatewaytest.T, ahead time.Duration) payment.Gateway {
	var secrets []string
	for _, secret := range s.Secrets() {
		secrets = append(secrets, string(secret))
	}
	config, err := json.Marshal(map[string]any{"url": "https://pay.example", "secrets": secrets, "currencies": []string{"HKD", "JPY"}})
	if err != nil {
		t.Fatalf("%v", err)
	}
	return s.open(t, &larkpay.Gateway{
		Transport: s.RoundTripper(), Now: func() time.Time { return s.Sandbox.Now().Add(ahead) },
	}, config)
}

func harness(open func(t gatewaytest.T, g *larkpay.Gateway, config []byte) payment.Gateway) gatewaytest.Harness {
	return gatewaytest.Harness{Seed: 1, Open: func(t gatewaytest.T) gatewaytest.Sandbox {
		return sandbox{simbox.Open(t, simbox.Options{Terms: simbox.Plain()}), open}
	}}
}

// inProcess configures an adapter and takes it as it is.
func inProcess(t gatewaytest.T, g *larkpay.Gateway, config []byte) payment.Gateway {
	if err := g.Configure(context.Background(), config); err != nil {
		t.Fatalf("%v", err)
	}
	return g
}

// The suite that every gateway must pass, rule by rule: go test -run Larkpay/C3 runs one.
func TestLarkpay(t *testing.T) {
	gatewaytest.Run(gatewaytest.Go(t), harness(inProcess))
}

// Nothing that Larkpay declares is skipped, and it is the same as a plugin.
func TestLarkpayAsAPlugin(t *testing.T) {
	report, err := gatewaytest.Check(harness(inProcess))
	require.NoError(t, err)
	require.Empty(t, report.IDs(gatewaytest.Failed), "%s", report)
	require.Equal(t, []string{"D3", "D12", "I16", "I18"}, report.IDs(gatewaytest.NotChecked))
	served, err := gatewaytest.Check(harness(func(_ gatewaytest.T, g *larkpay.Gateway, config []byte) payment.Gateway {
		return sdk.Background(t, sdk.NewGateway(larkpay.About(), g)).Gateway(string(config))
	}))
	require.NoError(t, err)
	require.Equal(t, report, served)
}
