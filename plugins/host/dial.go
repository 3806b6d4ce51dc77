package host

import (
	"context"
	"strings"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"courts.example/eservices/plugins/internal/wire"
)

// dialOptions are those of the one connection to a process: bounded messages, nothing repeated, no sleep after a quiet while.
func (p *process) dialOptions() []grpc.DialOption {
	return []grpc.DialOption{
		grpc.WithContextDialer(p.dial),
		grpc.WithDefaultCallOptions(grpc.MaxCallRecvMsgSize(wire.MaxMessage), grpc.MaxCallSendMsgSize(wire.MaxMessage)),
		grpc.WithDisableRetry(),
		grpc.WithDisableServiceConfig(),
		grpc.WithIdleTimeout(0),
		grpc.WithNoProxy(),
		grpc.WithChainStreamInterceptor(tameStreams),
	}
}

// tameStreams keeps go-plugin's own streams from doing harm. The broker's is not opened: a plugin calls nothing in the host. The one of the
// plugin's standard output may fail with Unavailable only; after any other status go-plugin loses the connection and three goroutines.
func tameStreams(ctx context.Context, desc *grpc.StreamDesc, conn *grpc.ClientConn, method string, next grpc.Streamer,
	opts ...grpc.CallOption) (grpc.ClientStream, error) {
	switch {
	case strings.HasPrefix(method, "/plugin.GRPCBroker/"):
		return nil, status.Error(codes.Unimplemented, "the host has no broker")
	case strings.HasPrefix(method, "/plugin.GRPCStdio/"):
		s, err := next(ctx, desc, conn, method, opts...)
		if err != nil {
			return nil, status.Error(codes.Unavailable, "no standard output")
		}
		return tamed{s}, nil
	default:
		return next(ctx, desc, conn, method, opts...)
	}
}

// tamed is a stream that cannot be opened halfway.
type tamed struct{ grpc.ClientStream }

func (t tamed) SendMsg(m any) error {
	if t.ClientStream.SendMsg(m) != nil {
		return status.Error(codes.Unavailable, "no standard output")
	}
	return nil
}

func (t tamed) CloseSend() error {
	_ = t.ClientStream.CloseSend()
	return nil
}
