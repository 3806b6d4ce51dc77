//go:build unix

package host_test

import (
	"context"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"google.golang.org/grpc/codes"

	"courts.example/eservices/plugins/host"
)

func itoa(c codes.Code) string { return strconv.Itoa(int(c)) }

func TestManyCallersShareOneStart(t *testing.T) {
	r := newRig(t, host.Limits{}, echo("-lag=200ms"))
	var callers sync.WaitGroup
	for range 50 {
		callers.Go(func() {
			conn, err := r.Conn(r.ctx(), "echo", host.Gateway)
			require.NoError(t, err)
			said, err := query(r.ctx(), conn, "echo:x")
			require.NoError(t, err)
			require.Equal(t, "x", said)
		})
	}
	callers.Wait()
	require.EqualValues(t, 1, r.status().Process)
}

func TestAPluginThatDiesTooOftenIsQuarantined(t *testing.T) {
	p := echo()
	p.Crashes = 3
	r := newRig(t, host.Limits{BackoffMin: time.Millisecond, BackoffMax: 5 * time.Millisecond}, p)
	conn := r.conn()
	for range 3 {
		_, err := query(r.ctx(), conn, "kill:")
		require.ErrorIs(t, err, host.ErrDied)
	}
	_, err := query(r.ctx(), conn, "echo:x")
	require.ErrorIs(t, err, host.ErrQuarantined)
	require.ErrorIs(t, err, host.ErrNotSent)
	require.ErrorContains(t, err, "signal: killed")
	require.Contains(t, remedy(t, err), "reset the plugin")
	require.Equal(t, 3, r.status().Deaths)
	require.EqualValues(t, 3, r.status().Process)
	require.NoError(t, r.Reset("echo"))
	require.Equal(t, "well", r.ask("echo:well"))
	require.Zero(t, r.status().Deaths)
}

func TestACallDoesNotWaitForAPauseThatIsLongerThanItsTime(t *testing.T) {
	r := newRig(t, host.Limits{BackoffMin: time.Hour, BackoffMax: time.Hour}, echo())
	conn := r.conn()
	for range 2 { // The first start after a death comes at once.
		_, err := query(r.ctx(), conn, "kill:")
		require.ErrorIs(t, err, host.ErrDied)
	}
	began := time.Now()
	_, err := query(r.ctx(), conn, "echo:x")
	require.ErrorIs(t, err, host.ErrBackoff)
	require.ErrorIs(t, err, host.ErrNotSent)
	require.Less(t, time.Since(began), 10*time.Second)
	require.Equal(t, host.Backoff, r.status().State)
	require.NoError(t, r.Reset("echo"))
	require.Equal(t, "well", r.ask("echo:well"), "Reset ends the pause")
	require.NoError(t, r.Close(r.ctx()))
}

func TestCloseLetsCallsEnd(t *testing.T) {
	r := newRig(t, host.Limits{}, echo())
	conn := r.conn()
	done := ends(func() {
		said, err := query(r.ctx(), conn, "sleep:300")
		require.NoError(t, err)
		require.Equal(t, "300", said)
	})
	eventually(t, "the call runs", func() bool { return r.status().Calls == 1 })
	require.NoError(t, r.Close(r.ctx()))
	require.True(t, within(done, time.Second))
	_, err := query(r.ctx(), conn, "echo:x")
	require.ErrorIs(t, err, host.ErrClosed)
	require.ErrorIs(t, err, host.ErrNotSent)
	require.ErrorIs(t, r.refused(), host.ErrClosed)
}

func TestCloseCutsOffCallsThatDoNotEnd(t *testing.T) {
	r := newRig(t, host.Limits{Drain: 100 * time.Millisecond}, configured(`{"no_drain":true}`))
	conn := r.conn()
	var err error
	done := ends(func() { _, err = query(r.ctx(), conn, "hang:") })
	eventually(t, "the call runs", func() bool { return r.status().Calls == 1 })
	require.ErrorContains(t, r.Close(context.Background()), "calls still ran")
	require.True(t, within(done, 10*time.Second))
	require.ErrorIs(t, err, host.ErrDied)
	require.NotErrorIs(t, err, host.ErrNotSent)
}

func TestCloseEndsAStart(t *testing.T) {
	r := newRig(t, host.Limits{Start: time.Minute}, echo("-mute"))
	done := ends(func() { require.ErrorIs(t, r.refused(), host.ErrClosed) })
	eventually(t, "it starts", func() bool { return r.status().State == host.Starting })
	require.True(t, within(ends(func() { _ = r.Close(r.ctx()) }), 10*time.Second))
	require.True(t, within(done, 10*time.Second))
}

func TestASickPluginIsLeftAlone(t *testing.T) {
	p := configured(`{"sick":true}`)
	p.Health = host.Duration(10 * time.Millisecond)
	r := newRig(t, host.Limits{}, p)
	require.Equal(t, "x", r.ask("echo:x"))
	eventually(t, "it was asked", func() bool { return r.status().Health != nil })
	require.Equal(t, &host.Health{Serving: false, Detail: "sick"}, r.status().Health)
	require.EqualValues(t, 1, r.status().Process)
}

func TestUnknownPluginsHaveNames(t *testing.T) {
	r := newRig(t, host.Limits{}, echo())
	_, err := r.Gateway(r.ctx(), "acme")
	require.ErrorIs(t, err, host.ErrUnknownPlugin)
	_, err = r.Store(r.ctx(), "echo")
	require.ErrorIs(t, err, host.ErrUnknownPlugin)
	require.ErrorContains(t, err, "of kind store")
	require.ErrorIs(t, r.Reset("acme"), host.ErrUnknownPlugin)
	require.Zero(t, r.status().Process)
}
