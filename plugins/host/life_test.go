//go:build unix

package host_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/plugins/host"
)

func TestAPluginIsStartedCalledKilledAndStartedAgain(t *testing.T) {
	r := newRig(t, host.Limits{}, echo())
	require.Equal(t, host.Stopped, r.status().State)
	require.Equal(t, "hello", r.ask("echo:hello"))
	first := r.pid()
	require.Equal(t, host.Ready, r.status().State)
	r.kill(first)
	require.Equal(t, host.Backoff, r.status().State)
	require.Equal(t, "again", r.ask("echo:again"))
	require.NotEqual(t, first, r.pid())
	require.EqualValues(t, 2, r.status().Process)
	require.NoError(t, r.Close(context.Background()))
	require.Equal(t, host.Closed, r.status().State)
}
