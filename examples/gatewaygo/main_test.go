package main

import (
	"context"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/simpay"
	"courts.example/eservices/plugins/host"
)

// The test program is the plugin too: a host starts it with this argument.
const asPlugin = "as-plugin"

func TestMain(m *testing.M) {
	if len(os.Args) == 2 && os.Args[1] == asPlugin {
		main()
	}
	os.Exit(m.Run())
}

const secret = "a secret of the tests"

// hosted starts a company and a host that runs this program as its plugin.
func hosted(t *testing.T) (*simpay.Sim, *host.Host, payment.Gateway) {
	sim, err := simpay.NewSim(simpay.Options{
		Secrets: []simpay.Secret{secret}, Terms: simpay.Terms{Currencies: []string{"HKD"}}, Clock: time.Now,
	})
	require.NoError(t, err)
	server := httptest.NewServer(sim.Handler())
	t.Cleanup(server.Close)
	self, err := os.Executable()
	require.NoError(t, err)
	digest, err := host.Digest(self)
	require.NoError(t, err)
	run, err := os.MkdirTemp("", "icms") // a short name, for the sockets
	require.NoError(t, err)
	t.Cleanup(func() { os.RemoveAll(run) })
	h, err := host.New(host.Options{Dir: filepath.Dir(self), Run: run, Manifest: host.Manifest{Plugins: []host.Plugin{{
		Name: "larkpay", Kind: host.Gateway, Version: "1.0.0", Path: filepath.Base(self), SHA256: digest, Args: []string{asPlugin},
		Config: host.Secret(fmt.Sprintf(`{"url": %q, "secrets": [%q], "currencies": ["HKD"]}`, server.URL, secret)),
	}}}})
	require.NoError(t, err)
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
		defer cancel()
		require.NoError(t, h.Close(ctx))
	})
	g, err := h.Gateway(t.Context(), "larkpay")
	require.NoError(t, err)
	return sim, h, g
}

// A payment from its start to its refund, through a process of its own.
func TestProcess(t *testing.T) {
	sim, _, g := hosted(t)
	require.Equal(t, "larkpay", g.Describe().ID)
	amount := money.New(14000, money.MustCurrency("HKD"))
	r := payment.CreateRequest{
		Reference: "A-1", Key: "A-1:create:1", Amount: amount, Means: "card", Flow: payment.Redirect, FirstSent: time.Now(), SendNo: 1,
	}
	a, err := g.Create(t.Context(), r)
	require.NoError(t, err)
	again, err := g.Create(t.Context(), r)
	require.NoError(t, err)
	require.True(t, again.Replay)
	require.Equal(t, a.GatewayRef, again.GatewayRef)
	id, err := sim.Pay("A-1")
	require.NoError(t, err)
	q, err := g.Query(t.Context(), payment.QueryRequest{Reference: "A-1"})
	require.NoError(t, err)
	require.Equal(t, id, q.Payments[0].ID)
	back, err := g.(payment.Refunder).Refund(t.Context(), payment.RefundRequest{
		Reference: "R-1", Key: "R-1:refund:1", Attempt: "A-1", PaymentID: id, Amount: amount, Refundable: amount,
	})
	require.NoError(t, err)
	require.Equal(t, payment.OperationSucceeded, back.State)
}

// A company that says what no manual has is unknown at the far end too, and one that can't be reached was sent nothing.
func TestProcessTellsWhatHappened(t *testing.T) {
	sim, _, g := hosted(t)
	r := payment.CreateRequest{Reference: "A-1", Key: "A-1:create:1", Amount: money.New(1, money.MustCurrency("HKD")), Means: "card", Flow: payment.Redirect}
	for mode, want := range map[simpay.Mode]payment.ErrorClass{
		simpay.Strange: payment.Unknown, simpay.Throttle: payment.Throttled, simpay.DeclineAtOnce: payment.Declined, simpay.CutShort: payment.Unknown,
	} {
		require.NoError(t, sim.Fail(simpay.Fault{Op: simpay.OpCreate, Mode: mode, Times: 1}))
		_, err := g.Create(t.Context(), r)
		require.Equal(t, want, payment.ClassOf(err), mode)
	}
}
