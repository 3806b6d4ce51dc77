package e2e_test

import (
	"bufio"
	"context"
	"os"
	"os/exec"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/payment"
	"courts.example/eservices/plugins/host"
)

// An author's plugin runs in debug mode, started by hand or by a debugger, and hosts attach to the line that it prints, one after the other.
func TestAHostAttachesToAPluginInDebugMode(t *testing.T) {
	self, err := os.Executable()
	require.NoError(t, err)
	plugin := exec.Command(self, asGateway)
	plugin.Env = append(os.Environ(), "ICMS_PLUGIN_DEBUG=1")
	out, err := plugin.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, plugin.Start())
	t.Cleanup(func() { _ = plugin.Process.Kill() })
	line, err := bufio.NewReader(out).ReadString('\n')
	require.NoError(t, err)

	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	for range 2 {
		h, err := host.New(host.Options{
			Dir: t.TempDir(), // where no plugin lies
			Manifest: host.Manifest{Plugins: []host.Plugin{{
				Name: gatewayName, Kind: host.Gateway, Version: "1.0.0", Path: "none", SHA256: zeros,
				Config: configuration(t, map[string]any{"url": "http://127.0.0.1:9", "secrets": []string{"a secret of the sandbox"}, "currencies": []string{"HKD"}}),
			}}},
			Reattach: map[string]string{gatewayName: line},
		})
		require.NoError(t, err)
		gateway, err := h.Gateway(ctx, gatewayName)
		require.NoError(t, err)
		require.Equal(t, []string{"HKD"}, gateway.Describe().Currencies)
		_, err = gateway.Query(ctx, payment.QueryRequest{Reference: "R1"})
		require.Equal(t, payment.Unavailable, payment.ClassOf(err), "the plugin has asked a company that is not there: %v", err)
		require.Equal(t, strconv.Itoa(plugin.Process.Pid), status(h, gatewayName).PID)
		require.NoError(t, h.Close(ctx))
	}

	require.NoError(t, plugin.Process.Signal(os.Interrupt), "no host has ended it")
	require.NoError(t, plugin.Wait())
}

// zeros is the digest of nothing: nobody looks at it.
const zeros = "0000000000000000000000000000000000000000000000000000000000000000"
