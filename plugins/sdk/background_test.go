package sdk_test

import (
	"context"
	"errors"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/durationpb"

	"courts.example/eservices/payment"
	"courts.example/eservices/plugins/internal/gatewaywire"
	"courts.example/eservices/plugins/internal/wire"
	basev1 "courts.example/eservices/plugins/proto/icms/plugin/base/v1"
	gatewayv1 "courts.example/eservices/plugins/proto/icms/plugin/gateway/v1"
	"courts.example/eservices/plugins/sdk"
)

const good = `{"secret": "a secret"}`

func background(t *testing.T, g *trial) (*sdk.Running, basev1.PluginServiceClient) {
	r := sdk.Background(t, sdk.NewGateway(about(), g))
	return r, basev1.NewPluginServiceClient(r.Conn())
}

// Nothing is served before the configuration but what the host needs for it.
func TestGateBeforeConfigure(t *testing.T) {
	r, base := background(t, newTrial())
	g := gatewaywire.Client(r.Conn())
	_, err := g.Query(t.Context(), payment.QueryRequest{Reference: "A-1"})
	require.ErrorContains(t, cause(t, err), "FailedPrecondition")
	_, err = g.Settlement(t.Context(), payment.SettlementDay{}) // a stream too
	require.ErrorContains(t, cause(t, err), "FailedPrecondition")
	require.Equal(t, "trial", g.Describe().ID)
	h, err := base.Health(t.Context(), &basev1.HealthRequest{})
	require.NoError(t, err)
	require.Equal(t, basev1.Health_HEALTH_NOT_SERVING, h.GetHealth())
	require.NoError(t, r.Configure([]byte(good)))
	_, err = g.Query(t.Context(), payment.QueryRequest{Reference: "A-1"})
	require.NoError(t, err)
	h, err = base.Health(t.Context(), &basev1.HealthRequest{})
	require.NoError(t, err)
	require.Equal(t, basev1.Health_HEALTH_SERVING, h.GetHealth())
}

// cause is what lies beneath an error of a gateway.
func cause(t *testing.T, err error) error {
	t.Helper()
	var g *payment.GatewayError
	require.ErrorAs(t, err, &g)
	return g.Cause
}

// A configuration is given once: the same bytes get the same answer, others none.
func TestConfigureOnce(t *testing.T) {
	g := newTrial()
	r, _ := background(t, g)
	require.NoError(t, r.Configure([]byte(good)))
	require.NoError(t, r.Configure([]byte(good)))
	require.Equal(t, 1, g.configured)
	err := r.Configure([]byte(`{"secret": "another"}`))
	require.Equal(t, codes.FailedPrecondition, status.Code(err))
	require.NotContains(t, err.Error(), "another\"")
	require.Equal(t, 1, g.configured)
}

// Everything that is wrong is told at once, and nothing is served with it.
func TestProblems(t *testing.T) {
	r, base := background(t, newTrial())
	bad := []byte(`{"secret": "x", "print": -1}`)
	want := sdk.Problems{{Path: "/secret", Text: "it has 1 bytes, at least 4 are needed"}, {Path: "/print", Text: "it is negative"}}
	for range 2 {
		require.Equal(t, want, r.Configure(bad))
	}
	require.Equal(t, codes.FailedPrecondition, status.Code(r.Configure([]byte(good))))
	h, err := base.Health(t.Context(), &basev1.HealthRequest{})
	require.NoError(t, err)
	require.Equal(t, basev1.Health_HEALTH_NOT_SERVING, h.GetHealth())
	_, err = gatewaywire.Client(r.Conn()).Query(t.Context(), payment.QueryRequest{})
	require.ErrorContains(t, cause(t, err), "FailedPrecondition")
}

// An error that is no problem of the configuration is told as such, and tried again.
func TestConfigureThatCannotLook(t *testing.T) {
	g := newTrial()
	r, _ := background(t, g)
	for i := range 2 {
		err := r.Configure([]byte(`{"secret": "away"}`))
		require.Equal(t, codes.Unknown, status.Code(err))
		require.ErrorContains(t, err, errAway.Error())
		require.Equal(t, i+1, g.configured)
	}
	require.NoError(t, r.Configure([]byte(good)))
}

func TestBounds(t *testing.T) {
	g := newTrial()
	r, base := background(t, g)
	_, err := base.Configure(t.Context(), &basev1.ConfigureRequest{Config: make([]byte, wire.MaxConfig+1)})
	require.Equal(t, codes.InvalidArgument, status.Code(err))
	require.Zero(t, g.configured)
	require.NoError(t, r.Configure([]byte(good)))
	// The other end may send what it likes.
	err = r.Conn().Invoke(t.Context(), gatewayv1.GatewayService_Query_FullMethodName,
		&gatewayv1.QueryRequest{Reference: strings.Repeat("x", wire.MaxMessage-100)}, &gatewayv1.QueryResponse{})
	require.NoError(t, err)
	err = r.Conn().Invoke(t.Context(), gatewayv1.GatewayService_Query_FullMethodName,
		&gatewayv1.QueryRequest{Reference: strings.Repeat("x", wire.MaxMessage+1)}, &gatewayv1.QueryResponse{})
	require.Equal(t, codes.ResourceExhausted, status.Code(err))
}

// Drain lets nobody in and returns when the last is out.
func TestDrain(t *testing.T) {
	g := newTrial()
	r, base := background(t, g)
	require.NoError(t, r.Configure([]byte(good)))
	client := gatewaywire.Client(r.Conn())
	inside := make(chan error, 1)
	go func() {
		_, err := client.Query(context.Background(), payment.QueryRequest{Reference: "wait"})
		inside <- err
	}()
	<-g.started
	_, err := base.Drain(t.Context(), &basev1.DrainRequest{Within: durationpb.New(10 * time.Millisecond)})
	require.Equal(t, codes.DeadlineExceeded, status.Code(err))
	_, err = client.Query(t.Context(), payment.QueryRequest{Reference: "A-1"})
	require.Equal(t, codes.Unavailable, status.Code(cause(t, err)))
	drained := make(chan error, 1)
	go func() {
		_, err := base.Drain(context.Background(), &basev1.DrainRequest{})
		drained <- err
	}()
	close(g.release)
	require.NoError(t, <-inside, "the call that was in has its answer")
	require.NoError(t, <-drained)
	h, err := base.Health(t.Context(), &basev1.HealthRequest{})
	require.NoError(t, err)
	require.Equal(t, basev1.Health_HEALTH_NOT_SERVING, h.GetHealth())
}

func TestReadier(t *testing.T) {
	g := newTrial()
	r, base := background(t, g)
	require.NoError(t, r.Configure([]byte(good)))
	g.mu.Lock()
	g.notReady = errors.New("the certificate has run out")
	g.mu.Unlock()
	h, err := base.Health(t.Context(), &basev1.HealthRequest{})
	require.NoError(t, err)
	require.Equal(t, basev1.Health_HEALTH_NOT_SERVING, h.GetHealth())
	require.Equal(t, "the certificate has run out", h.GetDetail())
	_, err = gatewaywire.Client(r.Conn()).Query(t.Context(), payment.QueryRequest{Reference: "A-1"})
	require.NoError(t, err, "a plugin that says so is still asked")
}

// After a panic nothing is served any more.
func TestPanicInBackground(t *testing.T) {
	r, _ := background(t, newTrial())
	require.NoError(t, r.Configure([]byte(good)))
	g := gatewaywire.Client(r.Conn())
	_, err := g.Query(t.Context(), payment.QueryRequest{Reference: "panic", GatewayRef: "x"})
	require.Equal(t, codes.Internal, status.Code(cause(t, err)))
	require.True(t, r.Panicked())
	_, err = g.Query(t.Context(), payment.QueryRequest{Reference: "A-1"})
	require.Equal(t, codes.Unavailable, status.Code(cause(t, err)))
}

// A host of another process finds a plugin in the background by its line.
func TestReattach(t *testing.T) {
	r, _ := background(t, newTrial())
	at, err := wire.ParseReattach(r.Reattach())
	require.NoError(t, err)
	require.Equal(t, wire.Protocol, at.Protocol)
	for _, bad := range []string{
		"", "{}", `{"network":"unix","address":"/x","pid":1,"protocol":2}`, `{"network":"udp","address":"/x","pid":1,"protocol":1}`,
		`{"network":"unix","address":"","pid":1,"protocol":1}`, `{"network":"unix","address":"/x","pid":0,"protocol":1}`,
	} {
		_, err := wire.ParseReattach(bad)
		require.ErrorIs(t, err, wire.ErrReattach, bad)
	}
}

// A test that is over leaves nothing running.
func TestBackgroundLeavesNothing(t *testing.T) {
	for range 5 {
		t.Run("one", func(t *testing.T) {
			r, _ := background(t, newTrial())
			require.NotNil(t, r.Gateway(good))
		})
	}
	stacks := make([]byte, 1<<20)
	stacks = stacks[:runtime.Stack(stacks, true)]
	require.NotContains(t, string(stacks), "plugins/sdk.(*server)")
}

func TestAboutIsChecked(t *testing.T) {
	for _, a := range []sdk.About{
		{}, {Name: "trial"}, {Name: "trial", Version: "1 0"}, {Name: "Trial", Version: "1"}, {Name: "9pay", Version: "1"}, {Name: "a b", Version: "1"},
		{Name: strings.Repeat("a", 65), Version: "1"}, {Name: "trial", Version: strings.Repeat("1", 65)}, {Name: "trial", Version: "1\n"},
	} {
		f := &failing{T: t}
		func() {
			defer func() { _ = recover() }()
			sdk.Background(f, sdk.NewGateway(a, newTrial()))
		}()
		require.Contains(t, f.said, sdk.ErrAbout.Error(), "%+v", a)
	}
}

// failing is a test that notes its failure.
type failing struct {
	*testing.T
	said string
}

func (f *failing) Fatalf(format string, args ...any) {
	f.said = strings.TrimSpace(args[0].(error).Error())
	panic("failed")
}
