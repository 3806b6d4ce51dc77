//go:build unix

package host_test

import (
	"context"
	"errors"
	"io"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"courts.example/eservices/plugins/host"
	gatewayv1 "courts.example/eservices/plugins/proto/icms/plugin/gateway/v1"
	storev1 "courts.example/eservices/plugins/proto/icms/plugin/store/v1"
)

// read reads a stream to its end: how many messages came, and the error at the end.
func read(ctx context.Context, c grpc.ClientConnInterface, date string) (int, error) {
	s, err := gatewayv1.NewGatewayServiceClient(c).Settlement(ctx, &gatewayv1.SettlementRequest{Date: date})
	if err != nil {
		return 0, err
	}
	for n := 0; ; n++ {
		if _, err := s.Recv(); err != nil {
			if errors.Is(err, io.EOF) {
				err = nil
			}
			return n, err
		}
	}
}

// narrow is a plugin that takes one call at a time, so that a place that is not given back shows.
func narrow(timeout time.Duration) host.Plugin {
	p := echo()
	p.Concurrency, p.Timeout = 1, host.Duration(timeout)
	return p
}

func TestAStreamGivesItsPlaceBack(t *testing.T) {
	r := newRig(t, host.Limits{}, narrow(5*time.Second))
	for range 3 {
		n, err := read(r.ctx(), r.conn(), "1000")
		require.NoError(t, err)
		require.Equal(t, 1000, n)
	}
	// One that is given up halfway.
	for range 3 {
		ctx, cancel := context.WithCancel(r.ctx())
		s, err := gatewayv1.NewGatewayServiceClient(r.conn()).Settlement(ctx, &gatewayv1.SettlementRequest{Date: "100000"})
		require.NoError(t, err)
		_, err = s.Recv()
		require.NoError(t, err)
		cancel()
	}
	require.Equal(t, "well", r.ask("echo:well"))
	eventually(t, "no place is taken", func() bool { return r.status().Calls == 0 })
}

func TestAStreamThatDiesSaysSo(t *testing.T) {
	r := newRig(t, host.Limits{}, narrow(5*time.Second))
	n, err := read(r.ctx(), r.conn(), "10:kill")
	require.LessOrEqual(t, n, 10)
	require.ErrorIs(t, err, host.ErrDied)
	require.NotErrorIs(t, err, host.ErrNotSent)
	require.ErrorContains(t, err, "plugin echo 1.0.0 (process 1): /icms.plugin.gateway.v1.GatewayService/Settlement")
	require.Equal(t, "well", r.ask("echo:well"))
}

func TestAStreamOnWhichNothingMovesEnds(t *testing.T) {
	r := newRig(t, host.Limits{}, narrow(300*time.Millisecond))
	n, err := read(context.Background(), r.conn(), "10:hang")
	require.Equal(t, 10, n)
	require.Equal(t, codes.DeadlineExceeded, status.Code(err))
	require.ErrorContains(t, err, "no answer in time")
	require.Equal(t, "well", r.ask("echo:well"))

	r = newRig(t, host.Limits{Stream: 300 * time.Millisecond}, narrow(time.Minute))
	_, err = read(context.Background(), r.conn(), "10:hang")
	require.Equal(t, codes.DeadlineExceeded, status.Code(err))
}

func TestAStreamBothWays(t *testing.T) {
	r := newRig(t, host.Limits{}, narrow(5*time.Second))
	s, err := storev1.NewStoreServiceClient(r.conn()).Apply(r.ctx())
	require.NoError(t, err)
	for range 100 {
		require.NoError(t, s.Send(&storev1.ApplyRequest{}))
		_, err := s.Recv()
		require.NoError(t, err)
	}
	require.Equal(t, 1, r.status().Calls)
	require.NoError(t, s.CloseSend())
	_, err = s.Recv()
	require.ErrorIs(t, err, io.EOF)
	require.Zero(t, r.status().Calls)
	require.Equal(t, "well", r.ask("echo:well"))
}

func TestAStreamThatWasNotOpenedWasNotSent(t *testing.T) {
	r := newRig(t, host.Limits{}, narrow(5*time.Second))
	conn := r.conn()
	require.NoError(t, r.Close(r.ctx()))
	_, err := read(r.ctx(), conn, "1")
	require.ErrorIs(t, err, host.ErrNotSent)
	require.ErrorIs(t, err, host.ErrClosed)
}
