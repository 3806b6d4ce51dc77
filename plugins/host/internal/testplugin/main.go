//go:build unix

// Command testplugin is a plugin that misbehaves on request. It is built by the tests of package host and serves nothing else: what it does before
// it serves is said by flags, what it does afterwards by the configuration and by the reference of a query.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	goplugin "github.com/hashicorp/go-plugin"

	"courts.example/eservices/plugins/internal/wire"
	basev1 "courts.example/eservices/plugins/proto/icms/plugin/base/v1"
)

// flags are what the plugin does before it serves.
type flags struct {
	name, version, kind string
	hello, say          string
	protocol            int
	mute, endless       bool
	exit                int
	deaf                bool
	hangInfo            bool
	lag                 time.Duration
}

func parseFlags() flags {
	var f flags
	flag.StringVar(&f.name, "name", "echo", "name in Info")
	flag.StringVar(&f.version, "version", "1.0.0", "version in Info")
	flag.StringVar(&f.kind, "kind", "gateway", "kind in Info")
	flag.StringVar(&f.hello, "hello", "", "write this line on stdout instead of a handshake, and wait")
	flag.StringVar(&f.say, "say", "", "write this line on stderr")
	flag.IntVar(&f.protocol, "protocol", wire.Protocol, "protocol to serve")
	flag.BoolVar(&f.mute, "mute", false, "never write a handshake")
	flag.BoolVar(&f.endless, "endless", false, "write a first line that has no end")
	flag.IntVar(&f.exit, "exit", -1, "exit at once with this status")
	flag.BoolVar(&f.deaf, "deaf", false, "do not end when stdin ends")
	flag.BoolVar(&f.hangInfo, "hang-info", false, "never answer Info")
	flag.DurationVar(&f.lag, "lag", 0, "wait so long before serving")
	flag.Parse()
	return f
}

func main() {
	f := parseFlags()
	if f.say != "" {
		_, _ = fmt.Fprintln(os.Stderr, f.say)
	}
	if f.exit >= 0 {
		os.Exit(f.exit)
	}
	time.Sleep(f.lag)
	beforeServing(f)
	if !f.deaf {
		go watchLifeline()
	}
	kinds := map[string]basev1.Kind{"gateway": basev1.Kind_KIND_GATEWAY, "store": basev1.Kind_KIND_STORE, "court": basev1.Kind_KIND_COURT}
	s := &service{flags: f, kind: kinds[f.kind]}
	goplugin.Serve(&goplugin.ServeConfig{
		HandshakeConfig: goplugin.HandshakeConfig{
			ProtocolVersion: uint(f.protocol), MagicCookieKey: wire.CookieKey, MagicCookieValue: wire.CookieValue},
		VersionedPlugins: map[int]goplugin.PluginSet{f.protocol: {"plugin": &plug{service: s}}},
		GRPCServer:       goplugin.DefaultGRPCServer,
	})
}

// beforeServing does what a plugin must not do.
func beforeServing(f flags) {
	switch {
	case f.hello != "":
		fmt.Println(strings.ReplaceAll(f.hello, "$DIR", os.Getenv(goplugin.EnvUnixSocketDir)))
		time.Sleep(time.Hour)
	case f.mute:
		time.Sleep(time.Hour)
	case f.endless:
		for {
			_, _ = os.Stdout.WriteString(strings.Repeat("x", 4096))
		}
	}
}

// watchLifeline ends the plugin when the host is gone.
func watchLifeline() {
	_, _ = io.Copy(io.Discard, os.Stdin)
	os.Exit(0)
}
