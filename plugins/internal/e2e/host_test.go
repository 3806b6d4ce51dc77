package e2e_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/plugins/host"
)

// The names of the plugins.
const (
	gatewayName = "simpay"
	storeName   = "records"
	courtName   = "court"
)

// newHost gives a host of plugins that are all this program, by their arguments. Plugins that die come back at once, as often as they die.
func newHost(t *testing.T, plugins ...host.Plugin) *host.Host {
	t.Helper()
	self, err := os.Executable()
	require.NoError(t, err)
	digest, err := host.Digest(self)
	require.NoError(t, err)
	for i := range plugins {
		p := &plugins[i]
		p.Version, p.Path, p.SHA256, p.Crashes = "1.0.0", filepath.Base(self), digest, 10_000
	}
	run, err := os.MkdirTemp("", "e2e") // a short name, for the sockets
	require.NoError(t, err)
	h, err := host.New(host.Options{
		Manifest: host.Manifest{Plugins: plugins}, Dir: filepath.Dir(self), Run: run,
		Limits: host.Limits{BackoffMin: time.Millisecond, BackoffMax: 2 * time.Millisecond},
	})
	require.NoError(t, err)
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
		defer cancel()
		require.NoError(t, h.Close(ctx))
		left, err := os.ReadDir(run)
		require.NoError(t, err)
		require.Empty(t, left)
		require.NoError(t, os.RemoveAll(run))
	})
	return h
}

// configuration writes a configuration.
func configuration(t *testing.T, of map[string]any) host.Secret {
	t.Helper()
	text, err := json.Marshal(of)
	require.NoError(t, err)
	return text
}

// status gives the status of one plugin.
func status(h *host.Host, name string) host.Status {
	for _, s := range h.Status() {
		if s.Name == name {
			return s
		}
	}
	return host.Status{}
}
