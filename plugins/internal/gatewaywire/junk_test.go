package gatewaywire_test

import (
	"context"
	"io"
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/durationpb"
	"google.golang.org/protobuf/types/known/timestamppb"

	"courts.example/eservices/payment"
	"courts.example/eservices/plugins/internal/gatewaywire"
	gatewayv1 "courts.example/eservices/plugins/proto/icms/plugin/gateway/v1"
)

// answering is a connection that answers every call with the same bytes, or an error.
type answering struct {
	text []byte
	err  error
}

func answers(m proto.Message) answering {
	text, err := proto.Marshal(m)
	return answering{text, err}
}

func (c answering) Invoke(_ context.Context, method string, _, reply any, _ ...grpc.CallOption) error {
	if method == gatewayv1.GatewayService_Describe_FullMethodName {
		reply.(*gatewayv1.DescribeResponse).Returns, reply.(*gatewayv1.DescribeResponse).Probe = true, true
		return nil
	}
	return c.read(reply)
}

func (c answering) read(reply any) error {
	if c.err != nil {
		return c.err
	}
	if err := proto.Unmarshal(c.text, reply.(proto.Message)); err != nil {
		return status.Error(codes.Internal, "the answer can't be decoded")
	}
	return nil
}

func (c answering) NewStream(context.Context, *grpc.StreamDesc, string, ...grpc.CallOption) (grpc.ClientStream, error) {
	return &once{c: c}, nil
}

// once is a stream of one message.
type once struct {
	grpc.ClientStream
	c    answering
	over bool
}

func (s *once) SendMsg(any) error { return nil }
func (s *once) CloseSend() error  { return nil }
func (s *once) RecvMsg(m any) error {
	if s.over {
		return io.EOF
	}
	s.over = true
	return s.c.read(m)
}

// unknown makes sure that an error says that it may have happened, and which field can't be read.
func unknown(t testing.TB, err error, field string) {
	t.Helper()
	var g *payment.GatewayError
	require.ErrorAs(t, err, &g)
	require.Equal(t, payment.Unknown, g.Class)
	require.True(t, g.Sent)
	require.Contains(t, err.Error(), field)
}

func money1(minor int64, currency string) *gatewayv1.Money {
	return &gatewayv1.Money{Minor: minor, Currency: currency}
}

func paid(m *gatewayv1.Money) *gatewayv1.Payment {
	return &gatewayv1.Payment{Id: "p1", Amount: m}
}

func TestJunkInAnswersNamesTheField(t *testing.T) {
	good := paid(money1(1, "HKD"))
	late := &timestamppb.Timestamp{Seconds: math.MaxInt64}
	for field, q := range map[string]*gatewayv1.Snapshot{
		"snapshot":                    nil,
		"payments[1].amount":          {Found: true, Payments: []*gatewayv1.Payment{good, paid(money1(5, ""))}},
		"payments[0].amount: can't":   {Found: true, Payments: []*gatewayv1.Payment{paid(nil)}},
		"payments[0].amount":          {Found: true, Payments: []*gatewayv1.Payment{paid(money1(5, "hkd"))}},
		"\"QQQ\"":                     {Found: true, Payments: []*gatewayv1.Payment{paid(money1(5, "QQQ"))}},
		"payments[0].paid_at":         {Found: true, Payments: []*gatewayv1.Payment{{Id: "p", Amount: money1(1, "HKD"), PaidAt: late}}},
		"refunds[0].amount":           {Found: true, Refunds: []*gatewayv1.Refund{{Id: "r"}}},
		"disputes[0].amount":          {Found: true, Disputes: []*gatewayv1.Dispute{{Id: "d", Amount: &gatewayv1.Money{}}}},
		"expires":                     {Found: true, Expires: &timestamppb.Timestamp{Nanos: -1}},
		"next.expires_at":             {Found: true, Next: &gatewayv1.NextAction{ExpiresAt: late}},
		"4 minor units of the curren": {Found: true, Payments: []*gatewayv1.Payment{paid(money1(4, ""))}},
	} {
		g := gatewaywire.Client(answers(&gatewayv1.QueryResponse{Snapshot: q}))
		_, err := g.Query(t.Context(), payment.QueryRequest{Reference: "A-1"})
		unknown(t, err, field)
		g = gatewaywire.Client(answers(&gatewayv1.NotificationResponse{Verified: true, Events: []*gatewayv1.Event{{Id: "e", Snapshot: q}}}))
		_, err = g.Notification(t.Context(), payment.Message{})
		unknown(t, err, "events[0].")
	}
	_, err := gatewaywire.Client(answers(&gatewayv1.CreateResponse{Payments: []*gatewayv1.Payment{paid(nil)}})).Create(t.Context(), payment.CreateRequest{})
	unknown(t, err, "payments[0].amount")
	for field, o := range map[string]*gatewayv1.Operation{
		"operation":             nil,
		"operation.amount":      {Amount: money1(1, "XXXX")},
		"operation.payments[0]": {Payments: []*gatewayv1.Payment{paid(nil)}},
	} {
		_, err := gatewaywire.Client(answers(&gatewayv1.RefundResponse{Operation: o})).Refund(t.Context(), payment.RefundRequest{})
		unknown(t, err, field)
	}
	for field, l := range map[string]*gatewayv1.SettlementLine{
		"lines[0].kind": {Gross: money1(1, "HKD")}, "kind: can't be read: 99": {Kind: 99},
		"lines[0].gross": {Kind: 1, Gross: money1(1, "")}, "lines[0].fee": {Kind: 1, Fee: money1(0, "")}, "lines[0].net": {Kind: 1, Net: money1(1, "??")},
	} {
		_, err := gatewaywire.Client(answers(&gatewayv1.SettlementResponse{Lines: []*gatewayv1.SettlementLine{l}})).
			Settlement(t.Context(), payment.SettlementDay{Date: "2031-05-06"})
		unknown(t, err, field)
	}
	for _, s := range []int32{-1, 7, 199, 600, math.MaxInt32} {
		_, err := gatewaywire.Client(answers(&gatewayv1.NotificationResponse{Ack: &gatewayv1.Ack{Status: s}})).Notification(t.Context(), payment.Message{})
		unknown(t, err, "ack.status")
	}
	_, err = gatewaywire.Client(answers(&gatewayv1.ProbeResponse{Ok: true, Skew: &durationpb.Duration{Seconds: math.MaxInt64}})).Health(t.Context())
	unknown(t, err, "skew")
}

// Numbers that no word has are unknown, open or not said; with them nothing is at its end.
func TestJunkEnums(t *testing.T) {
	for _, n := range []int32{0, -1, 9, 99, math.MaxInt32, math.MinInt32} {
		g := gatewaywire.Client(answers(&gatewayv1.QueryResponse{Snapshot: &gatewayv1.Snapshot{
			Found: true, State: gatewayv1.AttemptState(n), Final: true, Decline: gatewayv1.Decline(n),
			Refunds:  []*gatewayv1.Refund{{Id: "r", Amount: money1(1, "HKD"), State: gatewayv1.OperationState(n)}},
			Disputes: []*gatewayv1.Dispute{{Id: "d", Amount: money1(1, "HKD"), State: gatewayv1.DisputeState(n)}},
			Next:     &gatewayv1.NextAction{Flow: gatewayv1.Flow(n), Url: "https://pay.example"},
		}}))
		q, err := g.Query(t.Context(), payment.QueryRequest{})
		require.NoError(t, err)
		require.Equal(t, payment.AttemptUnknown, q.State)
		require.False(t, q.Final)
		require.Empty(t, q.Decline)
		require.Empty(t, q.Next.Flow)
		require.Equal(t, payment.OperationUnknown, q.Refunds[0].State)
		require.Equal(t, payment.DisputeOpen, q.Disputes[0].State)

		a, err := gatewaywire.Client(answers(&gatewayv1.CreateResponse{State: gatewayv1.AttemptState(n)})).Create(t.Context(), payment.CreateRequest{})
		require.NoError(t, err)
		require.Equal(t, payment.AttemptUnknown, a.State)

		m, err := gatewaywire.Client(answers(&gatewayv1.NotificationResponse{Reject: gatewayv1.RejectReason(n)})).Notification(t.Context(), payment.Message{})
		require.NoError(t, err)
		require.False(t, m.Verified)
		require.Empty(t, m.Reject)

		_, err = gatewaywire.Client(answers(&gatewayv1.CancelResponse{Error: &gatewayv1.GatewayError{Class: gatewayv1.ErrorClass(n)}})).
			Cancel(t.Context(), payment.OperationRequest{})
		unknown(t, err, "")
	}
}

// What is not verified says nothing, whatever came with it.
func TestUnverifiedSaysNothing(t *testing.T) {
	g := gatewaywire.Client(answers(&gatewayv1.NotificationResponse{Reject: gatewayv1.RejectReason_REJECT_REASON_FORGED, Events: []*gatewayv1.Event{
		{Id: "e", Snapshot: &gatewayv1.Snapshot{Found: true, State: gatewayv1.AttemptState_ATTEMPT_STATE_SUCCEEDED}},
	}}))
	n, err := g.Notification(t.Context(), payment.Message{})
	require.NoError(t, err)
	require.Equal(t, payment.NotificationReply{Reject: payment.RejectForged}, n)
}

func TestJunkCapabilities(t *testing.T) {
	long := &durationpb.Duration{Seconds: math.MaxInt64}
	for field, d := range map[string]*gatewayv1.DescribeResponse{
		"window": {Window: long}, "in_flight": {InFlight: &durationpb.Duration{Seconds: -1}}, "session_min": {SessionMin: &durationpb.Duration{Seconds: 1, Nanos: -1}},
		"session_max": {SessionMax: &durationpb.Duration{Seconds: 10_000_000_000}}, "max_refunds": {MaxRefunds: -1}, "reference_max": {ReferenceMax: -1},
	} {
		conn := connect(t, describing{d: d})
		_, err := gatewaywire.Load(t.Context(), conn)
		unknown(t, err, field)
		require.Zero(t, gatewaywire.Client(conn).Describe(), "nothing is declared")
	}
	g, err := gatewaywire.Load(t.Context(), connect(t, describing{d: &gatewayv1.DescribeResponse{Flows: []gatewayv1.Flow{1, 77}, Idempotency: 44}}))
	require.NoError(t, err)
	require.Equal(t, payment.Capabilities{Flows: []payment.Flow{payment.Redirect}}, g.Describe())
}

// describing serves nothing but Describe.
type describing struct {
	gatewayv1.UnimplementedGatewayServiceServer
	d *gatewayv1.DescribeResponse
}

func (s describing) Describe(context.Context, *gatewayv1.DescribeRequest) (*gatewayv1.DescribeResponse, error) {
	return s.d, nil
}
