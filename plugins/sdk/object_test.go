package sdk_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/plugins/sdk"
)

// careless takes every configuration.
type careless struct{ *trial }

func (careless) Configure(context.Context, []byte) error { return nil }

// A configuration that is no JSON object is refused for every author, and never repeated.
func TestAConfigurationIsAnObject(t *testing.T) {
	for _, config := range []string{"", "null", "[]", `"hidden"`, "7", `{"secret": "hidden"`, `{"secret": "hidden"} {}`} {
		r := sdk.Background(t, sdk.NewGateway(about(), careless{newTrial()}))
		err := r.Configure([]byte(config))
		var p sdk.Problems
		require.ErrorAs(t, err, &p, config)
		require.Len(t, p, 1)
		require.Contains(t, p[0].Text, "no JSON object")
		require.NotContains(t, err.Error(), "hidden")
	}
	r := sdk.Background(t, sdk.NewGateway(about(), careless{newTrial()}))
	require.NoError(t, r.Configure([]byte("{}")))
}
