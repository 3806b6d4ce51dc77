package sdk

import (
	"context"
	"fmt"
	"os"
	"sync"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"
	"google.golang.org/grpc"

	"courts.example/eservices/plugins/internal/wire"
)

// debugKey asks in the environment for the debug mode.
const debugKey = "ICMS_PLUGIN_DEBUG"

// The exit statuses of a plugin.
const (
	exitDone     = 0
	exitNoHost   = 1
	exitPanicked = 2
)

// serve is the whole life of a plugin's process: it ends the process and does not return.
func serve(p Plugin) {
	if err := p.about.check(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(exitNoHost)
	}
	if os.Getenv(debugKey) == "1" {
		os.Exit(debug(p, os.Stdout))
	}
	if os.Getenv(wire.CookieKey) != wire.CookieValue {
		fmt.Fprintf(os.Stderr, "%s %s is a plugin: a host starts it, by its manifest.\nTo try it by hand, set %s=1.\n", p.about.Name, p.about.Version, debugKey)
		os.Exit(exitNoHost)
	}
	os.Exit(serveHost(p))
}

// serveHost serves the host that started the process, until it asks for the end or is gone.
func serveHost(p Plugin) int {
	s := newServer(p, Logger())
	restore, err := guardStdout(s.log)
	if err != nil {
		s.log.Error("the plugin can't start", "error", err.Error())
		return exitNoHost
	}
	s.ready = sync.OnceFunc(restore)
	s.followLifeLine(os.Stdin)
	plugin.Serve(&plugin.ServeConfig{
		HandshakeConfig: plugin.HandshakeConfig{
			ProtocolVersion: wire.Protocol, MagicCookieKey: wire.CookieKey, MagicCookieValue: wire.CookieValue,
		},
		VersionedPlugins: map[int]plugin.PluginSet{wire.Protocol: {"icms": nothingMore{}}},
		GRPCServer:       s.build,
		Logger:           hclog.New(&hclog.LoggerOptions{Level: hclog.Warn, Output: stderr, JSONFormat: true}),
	})
	s.close()
	switch {
	case s.panicked.Load():
		return exitPanicked
	case !s.wasBuilt():
		return exitNoHost
	}
	return exitDone
}

// nothingMore is the go-plugin plugin of a server whose services are all there already.
type nothingMore struct{ plugin.NetRPCUnsupportedPlugin }

// GRPCServer adds nothing.
func (nothingMore) GRPCServer(*plugin.GRPCBroker, *grpc.Server) error { return nil }

// GRPCClient gives the connection; a plugin's side never asks for it.
func (nothingMore) GRPCClient(_ context.Context, _ *plugin.GRPCBroker, conn *grpc.ClientConn) (any, error) {
	return conn, nil
}
