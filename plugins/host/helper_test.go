//go:build unix

package host_test

import (
	"context"
	"fmt"
	"io"
	"os"

	goplugin "github.com/hashicorp/go-plugin"
	"google.golang.org/grpc"

	"courts.example/eservices/plugins/host"
)

// helperFlag makes the test binary a host that a test can kill: mode ("bare" or "ours"), folder, digest, folder for sockets, arguments.
const helperFlag = "-be-a-host"

// helper starts the plugin, writes its process number, has it do what stdin says, line by line, and waits.
func helper(args []string) {
	mode, dir, digest, run, args := args[0], args[1], args[2], args[3], args[4:]
	conn, err := helperConn(mode, dir, digest, run, args)
	if err != nil {
		fmt.Println("error:", err)
		return
	}
	for verb := "pid:"; ; {
		said, err := query(context.Background(), conn, verb)
		if err != nil {
			said = "error: " + err.Error()
		}
		fmt.Println(said)
		if _, err := fmt.Scanln(&verb); err != nil {
			_, _ = io.Copy(io.Discard, os.Stdin)
			return
		}
	}
}

func helperConn(mode, dir, digest, run string, args []string) (grpc.ClientConnInterface, error) {
	if mode == "bare" {
		protocol, err := goplugin.NewClient(bareConfig(dir, args...)).Client()
		if err != nil {
			return nil, err
		}
		raw, err := protocol.Dispense("plugin")
		if err != nil {
			return nil, err
		}
		return raw.(grpc.ClientConnInterface), nil
	}
	p := host.Plugin{Name: "echo", Kind: host.Gateway, Version: "1.0.0", Path: program, SHA256: digest, Args: args}
	h, err := host.New(host.Options{Manifest: host.Manifest{Plugins: []host.Plugin{p}}, Dir: dir, Run: run})
	if err != nil {
		return nil, err
	}
	return h.Conn(context.Background(), "echo", host.Gateway)
}
