package gatewaywire

import (
	"context"

	"google.golang.org/grpc"

	"courts.example/eservices/payment"
	"courts.example/eservices/plugins/internal/wire"
	gatewayv1 "courts.example/eservices/plugins/proto/icms/plugin/gateway/v1"
)

// Server serves a gateway. The optional abilities are served when g has them and answered as not implemented when it has not. A request that
// can't be read is refused as Invalid and does not reach g.
func Server(g payment.Gateway) gatewayv1.GatewayServiceServer { return &server{g: g} }

type server struct {
	gatewayv1.UnimplementedGatewayServiceServer
	g payment.Gateway
}

func (s *server) Describe(context.Context, *gatewayv1.DescribeRequest) (*gatewayv1.DescribeResponse, error) {
	_, returns := s.g.(payment.Returner)
	_, probe := s.g.(payment.Prober)
	return describeTo(described{s.g.Describe(), returns, probe}), nil
}

func (s *server) Create(ctx context.Context, m *gatewayv1.CreateRequest) (*gatewayv1.CreateResponse, error) {
	a, err := serve(ctx, m, createFrom, s.g.Create)
	if err != nil {
		return &gatewayv1.CreateResponse{Error: errorTo(err)}, nil
	}
	return attemptTo(a), nil
}

func (s *server) Query(ctx context.Context, m *gatewayv1.QueryRequest) (*gatewayv1.QueryResponse, error) {
	q, err := s.g.Query(ctx, payment.QueryRequest{Reference: m.GetReference(), GatewayRef: m.GetGatewayRef()})
	if err != nil {
		return &gatewayv1.QueryResponse{Error: errorTo(err)}, nil
	}
	return &gatewayv1.QueryResponse{Snapshot: snapshotTo(q)}, nil
}

func (s *server) Notification(ctx context.Context, m *gatewayv1.NotificationRequest) (*gatewayv1.NotificationResponse, error) {
	n, err := serve(ctx, m.GetMessage(), messageFrom, s.g.Notification)
	if err != nil {
		return &gatewayv1.NotificationResponse{Error: errorTo(err)}, nil
	}
	return notificationTo(n), nil
}

func (s *server) Cancel(ctx context.Context, m *gatewayv1.CancelRequest) (*gatewayv1.CancelResponse, error) {
	g, ok := s.g.(payment.Canceller)
	if !ok {
		return s.UnimplementedGatewayServiceServer.Cancel(ctx, m)
	}
	o, err := g.Cancel(ctx, payment.OperationRequest{Reference: m.GetReference(), GatewayRef: m.GetGatewayRef(), Key: m.GetKey()})
	if err != nil {
		return &gatewayv1.CancelResponse{Error: errorTo(err)}, nil
	}
	return &gatewayv1.CancelResponse{Operation: operationTo(o)}, nil
}

func (s *server) Capture(ctx context.Context, m *gatewayv1.CaptureRequest) (*gatewayv1.CaptureResponse, error) {
	g, ok := s.g.(payment.Capturer)
	if !ok {
		return s.UnimplementedGatewayServiceServer.Capture(ctx, m)
	}
	o, err := serve(ctx, m, captureFrom, g.Capture)
	if err != nil {
		return &gatewayv1.CaptureResponse{Error: errorTo(err)}, nil
	}
	return &gatewayv1.CaptureResponse{Operation: operationTo(o)}, nil
}

func (s *server) Refund(ctx context.Context, m *gatewayv1.RefundRequest) (*gatewayv1.RefundResponse, error) {
	g, ok := s.g.(payment.Refunder)
	if !ok {
		return s.UnimplementedGatewayServiceServer.Refund(ctx, m)
	}
	o, err := serve(ctx, m, refundFrom, g.Refund)
	if err != nil {
		return &gatewayv1.RefundResponse{Error: errorTo(err)}, nil
	}
	return &gatewayv1.RefundResponse{Operation: operationTo(o)}, nil
}

func (s *server) QueryRefund(ctx context.Context, m *gatewayv1.QueryRefundRequest) (*gatewayv1.QueryRefundResponse, error) {
	g, ok := s.g.(payment.Refunder)
	if !ok {
		return s.UnimplementedGatewayServiceServer.QueryRefund(ctx, m)
	}
	o, err := g.QueryRefund(ctx, payment.QueryRefundRequest{Reference: m.GetReference(), GatewayRef: m.GetGatewayRef()})
	if err != nil {
		return &gatewayv1.QueryRefundResponse{Error: errorTo(err)}, nil
	}
	return &gatewayv1.QueryRefundResponse{Operation: operationTo(o)}, nil
}

func (s *server) Settlement(m *gatewayv1.SettlementRequest, out grpc.ServerStreamingServer[gatewayv1.SettlementResponse]) error {
	g, ok := s.g.(payment.Settler)
	if !ok {
		return s.UnimplementedGatewayServiceServer.Settlement(m, out)
	}
	lines, err := g.Settlement(out.Context(), payment.SettlementDay{Date: m.GetDate()})
	if err != nil {
		return out.Send(&gatewayv1.SettlementResponse{Error: errorTo(err)})
	}
	for len(lines) > 0 {
		n := min(len(lines), linesAMessage)
		part := &gatewayv1.SettlementResponse{Lines: make([]*gatewayv1.SettlementLine, n)}
		for i, l := range lines[:n] {
			part.Lines[i] = lineTo(l)
		}
		if err := out.Send(part); err != nil {
			return err
		}
		lines = lines[n:]
	}
	return nil
}

func (s *server) Return(ctx context.Context, m *gatewayv1.ReturnRequest) (*gatewayv1.ReturnResponse, error) {
	g, ok := s.g.(payment.Returner)
	if !ok {
		return s.UnimplementedGatewayServiceServer.Return(ctx, m)
	}
	r, err := serve(ctx, m.GetMessage(), messageFrom, g.Return)
	if err != nil {
		return &gatewayv1.ReturnResponse{Error: errorTo(err)}, nil
	}
	return &gatewayv1.ReturnResponse{Reference: r.Reference, State: numberOf(attemptStates(), r.State)}, nil
}

func (s *server) Probe(ctx context.Context, m *gatewayv1.ProbeRequest) (*gatewayv1.ProbeResponse, error) {
	g, ok := s.g.(payment.Prober)
	if !ok {
		return s.UnimplementedGatewayServiceServer.Probe(ctx, m)
	}
	h, err := g.Health(ctx)
	if err != nil {
		return &gatewayv1.ProbeResponse{Error: errorTo(err)}, nil
	}
	return &gatewayv1.ProbeResponse{Ok: h.OK, Live: h.Live, Skew: wire.Span(h.Skew), Detail: wire.Clean(payment.Scrub(h.Detail))}, nil
}

// serve reads a request and passes it on.
func serve[M, R, A any](ctx context.Context, m M, from func(M) (R, error), call func(context.Context, R) (A, error)) (A, error) {
	r, err := from(m)
	if err != nil {
		var none A
		return none, unsendable(err)
	}
	return call(ctx, r)
}
