package sdk

import (
	"context"
	"fmt"
	"io"
	"net"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"syscall"

	"google.golang.org/grpc/health"
	"google.golang.org/grpc/health/grpc_health_v1"

	"courts.example/eservices/plugins/internal/wire"
)

// debug serves a plugin that was started by hand: it prints a reattach string and serves any host, one after the other, until interrupted.
func debug(p Plugin, out io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	s := newServer(p, Logger())
	s.verbose = true
	l, remove, err := listen()
	if err != nil {
		fmt.Fprintln(os.Stderr, "sdk: the debug mode has no socket:", err)
		return exitNoHost
	}
	defer remove()
	fmt.Fprintln(out, reattachTo(l.Addr()))
	served := s.alone(l)
	select {
	case <-ctx.Done():
		s.stop(graceReply)
		<-served
	case <-served:
	}
	s.close()
	if s.panicked.Load() {
		return exitPanicked
	}
	return exitDone
}

// alone serves on a listener without go-plugin, but for the health service by which its clients make sure of a server.
func (s *server) alone(l net.Listener) (served <-chan struct{}) {
	g := s.build(nil)
	up := health.NewServer()
	up.SetServingStatus("plugin", grpc_health_v1.HealthCheckResponse_SERVING)
	grpc_health_v1.RegisterHealthServer(g, up)
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := g.Serve(l); err != nil {
			s.log.Error("the server has ended", "error", err.Error())
		}
	}()
	return done
}

// listen opens a socket that only this user reaches; on Windows any process of this machine does.
func listen() (net.Listener, func(), error) {
	if runtime.GOOS == "windows" {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		return l, func() {}, err
	}
	dir, err := os.MkdirTemp("", "icms")
	if err != nil {
		return nil, nil, err
	}
	l, err := net.Listen("unix", filepath.Join(dir, "s"))
	if err != nil {
		os.RemoveAll(dir)
		return nil, nil, err
	}
	return l, func() { os.RemoveAll(dir) }, nil
}

func reattachTo(a net.Addr) wire.Reattach {
	return wire.Reattach{Network: a.Network(), Address: a.String(), PID: os.Getpid(), Protocol: wire.Protocol}
}
