//go:build unix

package host_test

import (
	"context"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"courts.example/eservices/plugins/host"
	"courts.example/eservices/plugins/internal/wire"
	gatewayv1 "courts.example/eservices/plugins/proto/icms/plugin/gateway/v1"
)

func TestACallThatDiesMayHaveHappened(t *testing.T) {
	r := newRig(t, host.Limits{}, echo())
	for _, reference := range []string{"kill:", "die:0", "die:7"} {
		_, err := query(r.ctx(), r.conn(), reference)
		require.ErrorIs(t, err, host.ErrDied)
		require.NotErrorIs(t, err, host.ErrNotSent)
		require.Equal(t, codes.Unavailable, status.Code(err))
		require.ErrorContains(t, err, "plugin echo 1.0.0 (process ")
		require.Contains(t, remedy(t, err), "it may have happened")
		require.NoError(t, r.Reset("echo"))
		require.Equal(t, "well", r.ask("echo:well"))
	}
}

func TestACallThatNeverAnswersEndsInTime(t *testing.T) {
	p := echo()
	p.Timeout = host.Duration(200 * time.Millisecond)
	r := newRig(t, host.Limits{Drain: 200 * time.Millisecond, Exit: 200 * time.Millisecond}, p)
	_, err := query(context.Background(), r.conn(), "hang:")
	require.Equal(t, codes.DeadlineExceeded, status.Code(err))
	require.ErrorIs(t, err, context.DeadlineExceeded)
	require.NotErrorIs(t, err, host.ErrNotSent)
	require.ErrorContains(t, err, "plugin echo 1.0.0")
	_, err = query(context.Background(), r.conn(), "freeze:")
	require.Equal(t, codes.DeadlineExceeded, status.Code(err))

	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err = query(ctx, r.conn(), "echo:x")
	require.ErrorIs(t, err, host.ErrNotSent)
	require.ErrorIs(t, err, context.Canceled)
}

func TestWhoeverGivesUpACallIsToldSoAtOnce(t *testing.T) {
	r := newRig(t, host.Limits{}, echo())
	ctx, cancel := context.WithCancel(context.Background())
	done := ends(func() {
		_, err := query(ctx, r.conn(), "hang:")
		require.ErrorIs(t, err, context.Canceled)
		require.Equal(t, codes.Canceled, status.Code(err))
		require.NotErrorIs(t, err, host.ErrNotSent)
	})
	eventually(t, "the call runs", func() bool { return r.status().Calls == 1 })
	cancel()
	require.True(t, within(done, 10*time.Second))
}

func TestCallsWaitForAPlaceAndTheQueueHasAnEnd(t *testing.T) {
	p := echo()
	p.Concurrency = 2
	r := newRig(t, host.Limits{Queue: 3}, p)
	conn := r.conn()
	ctx, cancel := context.WithCancel(context.Background())
	var calls sync.WaitGroup
	for range 2 {
		calls.Go(func() { _, _ = query(ctx, conn, "hang:") })
	}
	eventually(t, "two run", func() bool { return r.status().Calls == 2 })
	for range 3 {
		calls.Go(func() {
			_, err := query(ctx, conn, "echo:x")
			require.ErrorIs(t, err, host.ErrNotSent)
		})
	}
	eventually(t, "three wait", func() bool { return r.status().Waiting == 3 })
	_, err := query(context.Background(), conn, "echo:x")
	require.ErrorIs(t, err, host.ErrBusy)
	require.ErrorIs(t, err, host.ErrNotSent)
	require.ErrorContains(t, err, "2 calls run and 3 wait")
	cancel()
	calls.Wait()
	require.Equal(t, "well", r.ask("echo:well"))
	require.Zero(t, r.status().Waiting)
}

func TestHugeMessagesAreRefusedOnBothSides(t *testing.T) {
	r := newRig(t, host.Limits{}, echo())
	_, err := query(r.ctx(), r.conn(), "huge:5000000")
	require.Equal(t, codes.ResourceExhausted, status.Code(err))
	require.ErrorContains(t, err, "plugin echo 1.0.0")
	require.NotErrorIs(t, err, host.ErrNotSent, "the answer was too long: it may have happened")
	_, err = query(r.ctx(), r.conn(), "echo:"+strings.Repeat("x", wire.MaxMessage))
	require.Equal(t, codes.ResourceExhausted, status.Code(err))
	require.ErrorIs(t, err, host.ErrNotSent, "the request was too long")
	require.Contains(t, remedy(t, err), "at most 4194304 bytes")
	require.Len(t, r.ask("huge:4000000"), 4000000)
	require.EqualValues(t, 1, r.status().Process)
}

func TestAFloodedLogCostsNothing(t *testing.T) {
	other := echo()
	other.Name, other.Plugin = "other", "echo"
	r := newRig(t, host.Limits{LogBurst: 100, LogRate: 10}, echo(), other)
	require.Equal(t, "300000", r.ask("flood:300000")) // 60 MB.
	require.Equal(t, "well", r.ask("echo:well"))
	conn, err := r.Conn(r.ctx(), "other", host.Gateway)
	require.NoError(t, err)
	_, err = query(r.ctx(), conn, "log:I am another")
	require.NoError(t, err)
	eventually(t, "the other's line is there", func() bool { return strings.Contains(r.log.String(), "I am another") })
	require.NoError(t, r.Close(r.ctx()))
	text := r.log.String()
	require.Less(t, len(text), 1<<20)
	require.Contains(t, text, "lines were left out")
	require.Contains(t, text, `"plugin":"echo"`)
}

func TestWhatIsWrittenOnStdoutLaterIsLogged(t *testing.T) {
	r := newRig(t, host.Limits{}, echo())
	require.Equal(t, "words", r.ask("stdout:words"))
	eventually(t, "both ways", func() bool {
		return strings.Count(r.log.String(), `"msg":"words","plugin":"echo","version":"1.0.0","process":1,"from":"stdout"`) == 2
	})
	require.Equal(t, "well", r.ask("echo:well"))
}

func TestAnErrorOfThePluginKeepsItsStatus(t *testing.T) {
	r := newRig(t, host.Limits{}, echo())
	for _, code := range []codes.Code{codes.InvalidArgument, codes.FailedPrecondition, codes.Internal, codes.Unavailable, codes.Canceled} {
		answer, err := gatewayv1.NewGatewayServiceClient(r.conn()).Query(r.ctx(), &gatewayv1.QueryRequest{Reference: "fail:" + itoa(code)})
		require.Nil(t, answer)
		require.Equal(t, code, status.Code(err), code)
		require.ErrorContains(t, err, "as asked")
		require.NotErrorIs(t, err, host.ErrNotSent)
		require.NotErrorIs(t, err, host.ErrDied)
	}
	require.EqualValues(t, 1, r.status().Process)
	_, err := gatewayv1.NewGatewayServiceClient(r.conn()).Refund(r.ctx(), &gatewayv1.RefundRequest{})
	require.Equal(t, codes.Unimplemented, status.Code(err))
}

func TestFilesOfAProcessGoWithIt(t *testing.T) {
	r := newRig(t, host.Limits{}, echo())
	r.kill(r.pid())
	require.Equal(t, "well", r.ask("echo:well"))
	eventually(t, "only one folder is left", func() bool {
		list, err := os.ReadDir(r.run)
		require.NoError(t, err)
		inner, err := os.ReadDir(r.run + "/" + list[0].Name())
		require.NoError(t, err)
		return len(inner) == 2 // The lock and one process.
	})
	require.NoError(t, r.Close(r.ctx()))
	require.Empty(t, folders(t, r.run))
}
