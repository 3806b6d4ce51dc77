package sdk

import (
	"context"
	"io"
	"log/slog"
	"sync/atomic"
	"time"

	"google.golang.org/grpc"

	"courts.example/eservices/plugins/internal/wire"
	basev1 "courts.example/eservices/plugins/proto/icms/plugin/base/v1"
)

const (
	// graceReply is how long running calls may go on when the process must end: after a panic, or when the host is gone.
	graceReply = 2 * time.Second
	// graceClose is how long the author's Close may take.
	graceClose = 5 * time.Second
)

// server serves one Plugin, in a process of its own or in the background of a test.
type server struct {
	plugin Plugin
	log    *slog.Logger
	gate   *gate
	// grpc is set when built is closed.
	grpc  *grpc.Server
	built chan struct{}
	// over ends the streams that are not the contract's, which have no end of their own.
	over   context.Context
	cancel context.CancelFunc
	// ready runs with the first call, before anything of the author's.
	ready func()
	// verbose has panics tell their values, which may hold what a request held.
	verbose  bool
	panicked atomic.Bool
}

func newServer(p Plugin, log *slog.Logger) *server {
	s := &server{plugin: p, log: log, gate: newGate(p.early), built: make(chan struct{}), ready: func() {}}
	s.over, s.cancel = context.WithCancel(context.Background())
	return s
}

// build makes the gRPC server with the services of the contract.
func (s *server) build(options []grpc.ServerOption) *grpc.Server {
	s.grpc = grpc.NewServer(append(options,
		grpc.MaxRecvMsgSize(wire.MaxMessage), grpc.MaxSendMsgSize(wire.MaxMessage),
		grpc.ChainUnaryInterceptor(s.unary), grpc.ChainStreamInterceptor(s.stream),
	)...)
	basev1.RegisterPluginServiceServer(s.grpc, &base{plugin: s.plugin, gate: s.gate})
	s.plugin.register(s.grpc)
	close(s.built)
	return s.grpc
}

func (s *server) wasBuilt() bool {
	select {
	case <-s.built:
		return true
	default:
		return false
	}
}

// stop lets nobody in and ends the server when those inside have their answers, or when it took too long.
func (s *server) stop(within time.Duration) {
	s.gate.close("the plugin is ending")
	s.cancel()
	done := make(chan struct{})
	go func() {
		s.grpc.GracefulStop()
		close(done)
	}()
	late := time.NewTimer(within)
	defer late.Stop()
	select {
	case <-done:
	case <-late.C:
		s.grpc.Stop()
		<-done
	}
}

// close ends the author's value, when no call is in it any more or none has left for long.
func (s *server) close() {
	s.gate.close("the plugin is ending")
	s.cancel()
	ctx, cancel := context.WithTimeout(context.Background(), graceReply)
	defer cancel()
	if err := s.gate.wait(ctx); err != nil {
		s.log.Warn("the plugin ends with calls running")
	}
	c, ok := s.plugin.impl.(io.Closer)
	if !ok {
		return
	}
	done := make(chan error, 1)
	go func() { done <- c.Close() }()
	late := time.NewTimer(graceClose)
	defer late.Stop()
	select {
	case err := <-done:
		if err != nil {
			s.log.Warn("the plugin did not close well", "error", err.Error())
		}
	case <-late.C:
		s.log.Warn("the plugin did not close in time", "limit", graceClose.String())
	}
}
