package sdk

import (
	"context"
	"fmt"
	"runtime"
	"strings"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// unary guards a call of one message each way.
func (s *server) unary(ctx context.Context, r any, info *grpc.UnaryServerInfo, next grpc.UnaryHandler) (reply any, err error) {
	defer s.contain(info.FullMethod, &err)
	s.ready()
	if guards(info.FullMethod) {
		if err := s.gate.enter(info.FullMethod); err != nil {
			return nil, err
		}
		defer s.gate.leave()
	}
	return next(ctx, r)
}

// stream guards a call with streams.
func (s *server) stream(srv any, x grpc.ServerStream, info *grpc.StreamServerInfo, next grpc.StreamHandler) (err error) {
	defer s.contain(info.FullMethod, &err)
	s.ready()
	if !strings.HasPrefix(info.FullMethod, ours) {
		return s.endless(srv, x, next)
	}
	if guards(info.FullMethod) {
		if err := s.gate.enter(info.FullMethod); err != nil {
			return err
		}
		defer s.gate.leave()
	}
	return next(srv, x)
}

// contain turns a panic into a reply, and ends the process after it: what the panic left behind is not to be trusted.
func (s *server) contain(method string, err *error) {
	p := recover()
	if p == nil {
		return
	}
	s.log.Error("the plugin panicked and ends", "method", method, "panic", s.describe(p), "stack", stack())
	*err = status.Error(codes.Internal, "the plugin panicked and ends; its log has the stack")
	if s.panicked.CompareAndSwap(false, true) {
		s.gate.close("the plugin has panicked and ends")
		go s.stop(graceReply)
	}
}

// describe tells a panic without what a request held: the runtime's own errors in full, of others the type.
func (s *server) describe(p any) string {
	if e, ok := p.(runtime.Error); ok {
		return e.Error()
	}
	if s.verbose {
		return fmt.Sprint(p)
	}
	return fmt.Sprintf("a value of type %T", p)
}

// stack lists the functions and lines above the panic, without their arguments.
func stack() []string {
	var pcs [64]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(3, pcs[:])])
	var lines []string
	for {
		f, more := frames.Next()
		lines = append(lines, fmt.Sprintf("%s %s:%d", f.Function, f.File, f.Line))
		if !more {
			return lines
		}
	}
}

// endless runs a stream of go-plugin's, which goes on until the host leaves, so that it ends with the server instead.
func (s *server) endless(srv any, x grpc.ServerStream, next grpc.StreamHandler) error {
	ctx, cancel := context.WithCancel(x.Context())
	defer cancel()
	defer context.AfterFunc(s.over, cancel)()
	return next(srv, bounded{x, ctx})
}

// bounded is a stream with an end.
type bounded struct {
	grpc.ServerStream
	ctx context.Context
}

// Context ends with the server.
func (b bounded) Context() context.Context { return b.ctx }

// RecvMsg waits for a message until the server ends; then the message must not be looked at.
func (b bounded) RecvMsg(m any) error {
	got := make(chan error, 1)
	go func() { got <- b.ServerStream.RecvMsg(m) }()
	select {
	case err := <-got:
		return err
	case <-b.ctx.Done():
		return status.FromContextError(b.ctx.Err()).Err()
	}
}
