package gatewaywire_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"courts.example/eservices/payment"
	"courts.example/eservices/plugins/internal/gatewaywire"
	"courts.example/eservices/plugins/internal/wire"
	gatewayv1 "courts.example/eservices/plugins/proto/icms/plugin/gateway/v1"
)

// every calls all that is asked of a company.
func every(ctx context.Context, g *gatewaywire.Gateway) map[string]error {
	errs := map[string]error{}
	_, errs["Create"] = g.Create(ctx, payment.CreateRequest{Reference: "A-1"})
	_, errs["Query"] = g.Query(ctx, payment.QueryRequest{Reference: "A-1"})
	_, errs["Notification"] = g.Notification(ctx, payment.Message{})
	_, errs["Cancel"] = g.Cancel(ctx, payment.OperationRequest{})
	_, errs["Capture"] = g.Capture(ctx, payment.OperationRequest{})
	_, errs["Refund"] = g.Refund(ctx, payment.RefundRequest{})
	_, errs["QueryRefund"] = g.QueryRefund(ctx, payment.QueryRefundRequest{})
	_, errs["Settlement"] = g.Settlement(ctx, payment.SettlementDay{})
	_, errs["Return"] = g.Return(ctx, payment.Message{})
	_, errs["Health"] = g.Health(ctx)
	return errs
}

// A call that failed as such may have happened, unless it never left.
func TestFailedCalls(t *testing.T) {
	for _, c := range []codes.Code{
		codes.Canceled, codes.Unknown, codes.InvalidArgument, codes.DeadlineExceeded, codes.NotFound, codes.ResourceExhausted,
		codes.FailedPrecondition, codes.Aborted, codes.Internal, codes.Unavailable, codes.DataLoss, codes.Unauthenticated,
	} {
		beneath := status.Error(c, "of the call")
		for name, err := range every(t.Context(), gatewaywire.Client(answering{err: beneath})) {
			unknown(t, err, "")
			require.ErrorIs(t, err, beneath, "%s", name)
		}
	}
	beneath := fmt.Errorf("plugin acme 1.0 is quarantined: %w", wire.ErrNotSent)
	for name, err := range every(t.Context(), gatewaywire.Client(answering{err: beneath})) {
		var g *payment.GatewayError
		require.ErrorAs(t, err, &g, name)
		require.Equal(t, payment.Unavailable, g.Class, name)
		require.False(t, g.Sent, name)
		require.ErrorIs(t, err, wire.ErrNotSent)
	}
}

// The answer to a call whose time was over before it began is certain.
func TestOverBeforeItBegan(t *testing.T) {
	s := &said{}
	g := over(t, s)
	require.NoError(t, g.Load(t.Context()))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := g.Create(ctx, payment.CreateRequest{})
	require.Equal(t, payment.Unavailable, payment.ClassOf(err))
	require.ErrorIs(t, err, context.Canceled)
	require.Zero(t, s.called)
}

// What can't be carried is refused before anything is sent.
func TestUnsendableRequests(t *testing.T) {
	s := &said{}
	g := over(t, s)
	for field, r := range map[string]payment.CreateRequest{
		"reference": {Reference: "\xff"}, "description": {Description: "\xff"}, "flow": {Flow: "pigeon"}, "locale": {Locale: "\xff"},
		"expires_at": {ExpiresAt: time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)}, "first_sent": {FirstSent: time.Date(-1, 1, 1, 0, 0, 0, 0, time.UTC)},
	} {
		_, err := g.Create(t.Context(), r)
		require.Equal(t, payment.Invalid, payment.ClassOf(err), field)
		require.ErrorContains(t, err, field)
	}
	for name, err := range map[string]error{
		"Query":       second(g.Query(t.Context(), payment.QueryRequest{Reference: "\xff"})),
		"Cancel":      second(g.Cancel(t.Context(), payment.OperationRequest{Key: "\xff"})),
		"Capture":     second(g.Capture(t.Context(), payment.OperationRequest{GatewayRef: "\xff"})),
		"Refund":      second(g.Refund(t.Context(), payment.RefundRequest{PaymentID: "\xff"})),
		"QueryRefund": second(g.QueryRefund(t.Context(), payment.QueryRefundRequest{GatewayRef: "\xff"})),
		"Settlement":  second(g.Settlement(t.Context(), payment.SettlementDay{Date: "\xff"})),
	} {
		require.Equal(t, payment.Invalid, payment.ClassOf(err), name)
		var e *payment.GatewayError
		require.True(t, errors.As(err, &e) && !e.Sent, name)
	}
	require.Zero(t, s.called)
}

func second[A any](_ A, err error) error { return err }

// Requests that can't be read do not reach the gateway: above all, an amount to capture that can't be read is not all.
func TestUnreadableRequests(t *testing.T) {
	s := &said{}
	c := gatewayv1.NewGatewayServiceClient(connect(t, gatewaywire.Server(s)))
	capture, err := c.Capture(t.Context(), &gatewayv1.CaptureRequest{Reference: "A-1", Key: "k", Amount: money1(5, "")})
	require.NoError(t, err)
	require.Equal(t, gatewayv1.ErrorClass_ERROR_CLASS_INVALID, capture.GetError().GetClass())
	require.Contains(t, capture.GetError().GetDetail(), "amount")
	refund, err := c.Refund(t.Context(), &gatewayv1.RefundRequest{Reference: "R-1", Amount: money1(5, "HKD"), Refundable: money1(5, "ZZZ")})
	require.NoError(t, err)
	require.Equal(t, gatewayv1.ErrorClass_ERROR_CLASS_INVALID, refund.GetError().GetClass())
	create, err := c.Create(t.Context(), &gatewayv1.CreateRequest{Reference: "A-1", Amount: money1(5, "HKD"), Flow: 77})
	require.NoError(t, err)
	require.Equal(t, gatewayv1.ErrorClass_ERROR_CLASS_INVALID, create.GetError().GetClass())
	require.False(t, create.GetError().GetSent())
	require.Zero(t, s.called)
}

// What strangers may put into a message neither fails the call nor reaches a gateway in another form.
func TestOddMessages(t *testing.T) {
	s := &said{}
	g := over(t, s)
	_, err := g.Notification(t.Context(), payment.Message{
		Method: "POST", Path: "/notify/\xff?q=\u6cd5", Body: []byte("\xff\x00"),
		Header: map[string][]string{"Good": {"one", "t\xffwo", "three"}, "Bad": {"\xfe"}, "N\xffme": {"x"}},
	})
	require.NoError(t, err)
	require.Equal(t, payment.Message{
		Method: "POST", Path: "/notify/%ff?q=\u6cd5", Body: []byte("\xff\x00"), Header: map[string][]string{"Good": {"one", "three"}},
	}, s.asked)
	n, err := g.Notification(t.Context(), payment.Message{Body: make([]byte, 5<<20)})
	require.NoError(t, err)
	require.Equal(t, payment.NotificationReply{Reject: payment.RejectTooLarge, Ack: payment.Ack{Status: http.StatusRequestEntityTooLarge}}, n)
	require.Equal(t, 1, s.called)
}

// An answer that is too long for the wire may have happened.
func TestAnswersThatAreTooLong(t *testing.T) {
	g := over(t, &said{reply: payment.AttemptReply{State: payment.AttemptPending, GatewayRef: strings.Repeat("x", 5<<20)}})
	_, err := g.Create(t.Context(), payment.CreateRequest{})
	unknown(t, err, "")
}

// An id that is not UTF-8 is not made into another.
func TestIDsAreNotMended(t *testing.T) {
	g := over(t, &said{reply: payment.AttemptReply{State: payment.AttemptPending, GatewayRef: "a\xffb"}})
	_, err := g.Create(t.Context(), payment.CreateRequest{})
	unknown(t, err, "")
}

// Load gives the abilities that the plugin has, and no more.
func TestLoadGivesWhatThereIs(t *testing.T) {
	caps := payment.Capabilities{ID: "acme"}
	s := &said{caps: caps}
	for name, g := range map[string]payment.Gateway{
		"neither": bare{s},
		"returns": struct {
			bare
			payment.Returner
		}{bare{s}, s},
		"probes": struct {
			bare
			payment.Prober
		}{bare{s}, s},
		"both": s,
	} {
		loaded, err := gatewaywire.Load(t.Context(), connect(t, gatewaywire.Server(g)))
		require.NoError(t, err)
		_, wantReturns := g.(payment.Returner)
		_, wantProbes := g.(payment.Prober)
		_, returns := loaded.(payment.Returner)
		_, probes := loaded.(payment.Prober)
		require.Equal(t, []bool{wantReturns, wantProbes}, []bool{returns, probes}, name)
		require.Equal(t, caps, loaded.Describe())
	}
	_, err := gatewaywire.Load(t.Context(), answeringNothing{})
	unknown(t, err, "")
}

// answeringNothing fails Describe too.
type answeringNothing struct{ answering }

func (answeringNothing) Invoke(context.Context, string, any, any, ...grpc.CallOption) error {
	return status.Error(codes.Unavailable, "gone")
}

// What a plugin does not serve is refused: at once where it said so, by its answer otherwise.
func TestWhatIsNotServed(t *testing.T) {
	g := over(t, bare{&said{caps: payment.Capabilities{ID: "acme"}}})
	errs := every(t.Context(), g)
	for name, want := range map[string]payment.ErrorClass{
		"Create": "", "Query": "", "Notification": "", "Cancel": payment.NotAllowed, "Capture": payment.NotAllowed, "Refund": payment.NotAllowed,
		"QueryRefund": payment.NotAllowed, "Settlement": payment.NotAllowed, "Return": payment.Invalid, "Health": payment.Invalid,
	} {
		require.Equal(t, want, payment.ClassOf(errs[name]), name)
	}
	for name, err := range every(t.Context(), gatewaywire.Client(connect(t, describing{d: &gatewayv1.DescribeResponse{}}))) {
		if name == "Create" || name == "Query" || name == "Notification" {
			unknown(t, err, "")
		}
	}
}
