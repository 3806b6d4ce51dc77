package gatewaywire_test

import (
	"context"
	"net"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/test/bufconn"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
	"courts.example/eservices/plugins/internal/gatewaywire"
	"courts.example/eservices/plugins/internal/wire"
	gatewayv1 "courts.example/eservices/plugins/proto/icms/plugin/gateway/v1"
)

// connect serves a service over gRPC without a network.
func connect(t testing.TB, s gatewayv1.GatewayServiceServer) *grpc.ClientConn {
	listener := bufconn.Listen(1 << 20)
	server := grpc.NewServer(grpc.MaxRecvMsgSize(wire.MaxMessage), grpc.MaxSendMsgSize(wire.MaxMessage))
	gatewayv1.RegisterGatewayServiceServer(server, s)
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(server.Stop)
	conn, err := grpc.NewClient("passthrough:plugin", grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithContextDialer(func(ctx context.Context, _ string) (net.Conn, error) { return listener.DialContext(ctx) }))
	require.NoError(t, err)
	t.Cleanup(func() { conn.Close() })
	return conn
}

// over gives a gateway as it is at the other end of the wire.
func over(t testing.TB, g payment.Gateway) *gatewaywire.Gateway {
	return gatewaywire.Client(connect(t, gatewaywire.Server(g)))
}

// said is a gateway that says what it is told to, with every ability, and keeps what it was asked.
type said struct {
	caps   payment.Capabilities
	asked  any
	err    error
	reply  any
	called int
}

func say[A any](s *said, asked any) (A, error) {
	s.asked, s.called = asked, s.called+1
	a, _ := s.reply.(A)
	return a, s.err
}

func (s *said) Describe() payment.Capabilities { return s.caps }

func (s *said) Create(_ context.Context, r payment.CreateRequest) (payment.AttemptReply, error) {
	return say[payment.AttemptReply](s, r)
}

func (s *said) Query(_ context.Context, r payment.QueryRequest) (payment.QueryReply, error) {
	return say[payment.QueryReply](s, r)
}

func (s *said) Notification(_ context.Context, m payment.Message) (payment.NotificationReply, error) {
	return say[payment.NotificationReply](s, m)
}

func (s *said) Cancel(_ context.Context, r payment.OperationRequest) (payment.OperationReply, error) {
	return say[payment.OperationReply](s, r)
}

func (s *said) Capture(_ context.Context, r payment.OperationRequest) (payment.OperationReply, error) {
	return say[payment.OperationReply](s, r)
}

func (s *said) Refund(_ context.Context, r payment.RefundRequest) (payment.OperationReply, error) {
	return say[payment.OperationReply](s, r)
}

func (s *said) QueryRefund(_ context.Context, r payment.QueryRefundRequest) (payment.OperationReply, error) {
	return say[payment.OperationReply](s, r)
}

func (s *said) Settlement(_ context.Context, d payment.SettlementDay) ([]payment.SettlementLine, error) {
	return say[[]payment.SettlementLine](s, d)
}

func (s *said) Return(_ context.Context, m payment.Message) (payment.ReturnReply, error) {
	return say[payment.ReturnReply](s, m)
}

func (s *said) Health(context.Context) (payment.Health, error) {
	return say[payment.Health](s, nil)
}

// bare is a gateway without optional abilities.
type bare struct{ s *said }

func (b bare) Describe() payment.Capabilities { return b.s.caps }

func (b bare) Create(ctx context.Context, r payment.CreateRequest) (payment.AttemptReply, error) {
	return b.s.Create(ctx, r)
}

func (b bare) Query(ctx context.Context, r payment.QueryRequest) (payment.QueryReply, error) {
	return b.s.Query(ctx, r)
}

func (b bare) Notification(ctx context.Context, m payment.Message) (payment.NotificationReply, error) {
	return b.s.Notification(ctx, m)
}

func hkd(minor int64) money.Amount { return money.New(minor, money.MustCurrency("HKD")) }

var noon = time.Date(2031, time.May, 6, 12, 0, 0, 123456789, time.UTC)
