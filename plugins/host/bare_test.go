//go:build unix

package host_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/hashicorp/go-hclog"
	goplugin "github.com/hashicorp/go-plugin"
	"github.com/stretchr/testify/require"
	"google.golang.org/grpc"

	"courts.example/eservices/plugins/internal/wire"
)

// soon is how long bare go-plugin is watched for something that it should do at once.
const soon = 2 * time.Second

// bareConfig starts the same plugin as the documents of go-plugin say. The plugin does not watch its stdin, which is the host's.
func bareConfig(dir string, args ...string) *goplugin.ClientConfig {
	return &goplugin.ClientConfig{
		HandshakeConfig:  goplugin.HandshakeConfig{ProtocolVersion: wire.Protocol, MagicCookieKey: wire.CookieKey, MagicCookieValue: wire.CookieValue},
		Plugins:          goplugin.PluginSet{"plugin": barePlugin{}},
		Cmd:              exec.Command(filepath.Join(dir, program), args...),
		AllowedProtocols: []goplugin.Protocol{goplugin.ProtocolGRPC},
		AutoMTLS:         true,
		Logger:           hclog.NewNullLogger(),
	}
}

// secure pins the digest of the plugin.
func secure(t *testing.T) *goplugin.SecureConfig {
	t.Helper()
	sum, err := hex.DecodeString(built.digest)
	require.NoError(t, err)
	return &goplugin.SecureConfig{Checksum: sum, Hash: sha256.New()}
}

// barePlugin gives the connection.
type barePlugin struct {
	goplugin.NetRPCUnsupportedPlugin
}

func (barePlugin) GRPCServer(*goplugin.GRPCBroker, *grpc.Server) error { return nil }

func (barePlugin) GRPCClient(_ context.Context, _ *goplugin.GRPCBroker, c *grpc.ClientConn) (any, error) {
	return c, nil
}

// bare is a plugin under bare go-plugin.
type bare struct {
	*goplugin.Client
	protocol goplugin.ClientProtocol
	conn     *grpc.ClientConn
	pid      int
}

func startBare(t *testing.T, args ...string) *bare {
	t.Helper()
	b := &bare{Client: goplugin.NewClient(bareConfig(built.dir, append([]string{"-deaf"}, args...)...))}
	var err error
	b.protocol, err = b.Client.Client()
	require.NoError(t, err)
	raw, err := b.protocol.Dispense("plugin")
	require.NoError(t, err)
	b.conn = raw.(*grpc.ClientConn)
	b.pid, err = strconv.Atoi(b.ID())
	require.NoError(t, err)
	t.Cleanup(func() { _ = syscall.Kill(b.pid, syscall.SIGKILL) })
	return b
}

// ends gives a channel that is closed when f has returned.
func ends(f func()) <-chan struct{} {
	done := make(chan struct{})
	go func() {
		defer close(done)
		f()
	}()
	return done
}

// within says whether done is closed in time.
func within(done <-chan struct{}, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-done:
		return true
	case <-timer.C:
		return false
	}
}

// alive says whether a process runs: one that has ended and was not waited for does not.
func alive(pid int) bool {
	return syscall.Kill(pid, 0) == nil && !isZombie(pid)
}

// startBareOf gives the error of a start, and ends what came up.
func startBareOf(t *testing.T, c *goplugin.ClientConfig) error {
	t.Helper()
	client := goplugin.NewClient(c)
	defer client.Kill()
	if _, err := client.Start(); err != nil {
		return err
	}
	// A plugin that ends at once may still have shaken hands.
	protocol, err := client.Client()
	if err != nil {
		return err
	}
	if err := protocol.Ping(); err != nil {
		return err
	}
	if within(ends(func() { waitExit(client) }), soon) {
		return errEnded
	}
	return nil
}

func waitExit(c *goplugin.Client) {
	for !c.Exited() {
		time.Sleep(time.Millisecond)
	}
}

var errEnded = errors.New("the plugin ended by itself")

// pidOf asks for something whose answer is the number of a process.
func pidOf(t *testing.T, c grpc.ClientConnInterface, reference string) int {
	t.Helper()
	said, err := query(context.Background(), c, reference)
	require.NoError(t, err)
	pid, err := strconv.Atoi(said)
	require.NoError(t, err)
	return pid
}
