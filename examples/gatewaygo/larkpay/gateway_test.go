package larkpay_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/examples/gatewaygo/larkpay"
	"courts.example/eservices/plugins/sdk"
)

// Everything that is wrong with a configuration is told at once, where it is, and no secret is repeated.
func TestBadConfigurations(t *testing.T) {
	for config, paths := range map[string][]string{
		``:   {""},
		`[]`: {""},
		`{"url": "https://pay.example", "secrets": ["a secret of the tests"], "currencies": ["EUR"], "colour": 1}`: {""},
		`{"url": "https://pay.example", "secrets": "a secret of the tests"}`:                                       {""},
		`{}`: {"/url", "/secrets", "/currencies"},
		`{"url": "pay.example", "secrets": ["a secret of the tests", "tests"], "currencies": ["EUR", "eur"]}`: {"/url", "/secrets/1", "/currencies/1"},
	} {
		err := new(larkpay.Gateway).Configure(context.Background(), []byte(config))
		var p sdk.Problems
		require.ErrorAs(t, err, &p, config)
		var got []string
		for _, q := range p {
			got = append(got, q.Path)
		}
		require.Equal(t, paths, got, config)
		require.NotContains(t, err.Error(), "tests")
	}
}

// Before the configuration it says what it is, without what depends on the account.
func TestDescribeBeforeConfigure(t *testing.T) {
	d := new(larkpay.Gateway).Describe()
	require.Equal(t, "larkpay", d.ID)
	require.Empty(t, d.Currencies)
	require.Empty(t, d.RedirectHosts)
}
