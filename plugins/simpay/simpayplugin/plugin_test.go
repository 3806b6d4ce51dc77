package simpayplugin_test

import (
	"net/http/httptest"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/simpay"
	"courts.example/eservices/plugins/sdk"
	"courts.example/eservices/plugins/simpay/simpayplugin"
)

// company starts a company that listens on this machine.
func company(t testing.TB) (*simpay.Sim, string) {
	sim, err := simpay.NewSim(simpay.Options{
		Secrets: []simpay.Secret{secret}, Terms: simpay.Terms{Currencies: []string{"HKD"}}, Clock: time.Now,
	})
	require.NoError(t, err)
	server := httptest.NewServer(sim.Handler())
	t.Cleanup(server.Close)
	return sim, server.URL
}

// In process and as a plugin it is the same gateway: each finds what the other did.
func TestPluginAndInProcessAreOne(t *testing.T) {
	sim, url := company(t)
	config := with(map[string]any{"url": url})
	inside, err := simpayplugin.Open(config)
	require.NoError(t, err)
	plugin := sdk.Background(t, sdk.NewGateway(simpayplugin.About(), new(simpayplugin.Plugin))).Gateway(string(config))
	require.Equal(t, inside.Describe(), plugin.Describe())

	amount := money.New(14000, money.MustCurrency("HKD"))
	a, err := plugin.Create(t.Context(), payment.CreateRequest{Reference: "A-1", Key: "A-1:create:1", Amount: amount, Means: "card", Flow: payment.Redirect, SendNo: 1})
	require.NoError(t, err)
	require.Equal(t, payment.AttemptPending, a.State)
	_, err = sim.Pay("A-1")
	require.NoError(t, err)
	for _, g := range []payment.Gateway{inside, plugin} {
		q, err := g.Query(t.Context(), payment.QueryRequest{Reference: "A-1"})
		require.NoError(t, err)
		require.Equal(t, payment.AttemptSucceeded, q.State)
		require.Equal(t, amount, q.Payments[0].Amount)
	}
	h, err := plugin.(payment.Prober).Health(t.Context())
	require.NoError(t, err)
	require.True(t, h.OK)
}

// Before the configuration a plugin says only what it is.
func TestDescribeBeforeConfigure(t *testing.T) {
	require.Equal(t, payment.Capabilities{ID: "simpay", Version: "1"}, new(simpayplugin.Plugin).Describe())
}
