//go:build unix

package host_test

import (
	"context"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/plugins/host"
)

// Each test shows what go-plugin does when left alone, with the same plugin, and then that a Host does not.

func TestTrapKillHasNoDeadline(t *testing.T) {
	b := startBare(t)
	freeze(t, b.pid)
	killed := ends(b.Kill)
	require.False(t, within(killed, soon), "bare: Kill waits for a frozen plugin for ever")
	require.NoError(t, syscall.Kill(b.pid, syscall.SIGKILL))
	require.True(t, within(killed, 10*time.Second))

	r := newRig(t, host.Limits{Drain: 200 * time.Millisecond, Exit: 100 * time.Millisecond}, echo())
	pid := r.pid()
	freeze(t, pid)
	require.True(t, within(ends(func() { _ = r.Close(context.Background()) }), 5*time.Second))
	require.False(t, alive(pid))
}

func TestTrapPingHasNoDeadline(t *testing.T) {
	b := startBare(t)
	freeze(t, b.pid)
	pinged := ends(func() { _ = b.protocol.Ping() })
	require.False(t, within(pinged, soon), "bare: Ping waits for a frozen plugin for ever")
	require.NoError(t, syscall.Kill(b.pid, syscall.SIGKILL))
	require.True(t, within(pinged, 10*time.Second))

	p := echo()
	p.Health = host.Duration(20 * time.Millisecond)
	r := newRig(t, host.Limits{Health: 200 * time.Millisecond, Misses: 2}, p)
	frozen := r.pid()
	freeze(t, frozen)
	eventually(t, "the frozen plugin is killed", func() bool { return !alive(frozen) })
	require.NotEqual(t, frozen, r.pid())
	require.ErrorContains(t, r.status().Last, "did not answer 2 questions for its health")
}

func TestTrapGrandchildHoldsTheOutput(t *testing.T) {
	b := startBare(t)
	child := pidOf(t, b.conn, "grandchild:60")
	require.NoError(t, syscall.Kill(b.pid, syscall.SIGKILL))
	killed := ends(b.Kill)
	require.False(t, within(killed, soon), "bare: Kill waits for whoever holds stdout")
	require.NoError(t, syscall.Kill(child, syscall.SIGKILL))
	require.True(t, within(killed, 10*time.Second))

	// One in the group dies with the plugin; one that left it lives on, and nobody waits for it.
	for verb, survives := range map[string]bool{"grandchild": false, "escape": true} {
		r := newRig(t, host.Limits{}, echo())
		pid := r.pid()
		child, err := strconv.Atoi(r.ask(verb + ":60"))
		require.NoError(t, err)
		t.Cleanup(func() { _ = syscall.Kill(child, syscall.SIGKILL) })
		r.kill(pid)
		require.NotEqual(t, pid, r.pid(), "the next process is there at once")
		require.True(t, within(ends(func() { _ = r.Close(context.Background()) }), 5*time.Second))
		if survives {
			require.True(t, alive(child))
		} else {
			eventually(t, "the child is dead", func() bool { return !alive(child) })
		}
	}
}

func TestTrapDigestFailsOnRestart(t *testing.T) {
	pinned := secure(t)
	for _, works := range []bool{true, false} {
		c := bareConfig(built.dir, "-deaf")
		c.SecureConfig = pinned
		require.Equal(t, works, startBareOf(t, c) == nil, "bare: the same SecureConfig serves once")
	}

	r := newRig(t, host.Limits{}, echo())
	for range 3 {
		pid := r.pid()
		require.NoError(t, r.Reset("echo"))
		r.kill(pid)
		require.NotEqual(t, pid, r.pid())
	}
}

func TestTrapEnvironmentLeaks(t *testing.T) {
	t.Setenv("SECRET_DB_PASSWORD", "hunter2hunter2")
	t.Setenv("HTTPS_PROXY", "http://proxy.example")
	b := startBare(t)
	env, err := query(context.Background(), b.conn, "env:")
	require.NoError(t, err)
	require.Contains(t, env, "SECRET_DB_PASSWORD=hunter2hunter2", "bare: the plugin has the host's environment")
	b.Kill()

	p := echo()
	p.Env = []string{"HTTPS_PROXY", "NO_SUCH_VARIABLE"}
	r := newRig(t, host.Limits{}, p)
	env = r.ask("env:")
	require.NotContains(t, env, "hunter2")
	require.NotContains(t, env, "PATH=")
	require.Contains(t, env, "HTTPS_PROXY=http://proxy.example")
	require.NotContains(t, env, "NO_SUCH_VARIABLE")
	require.Contains(t, env, "TMPDIR="+r.run)
}

func TestTrapStdinEndsThePlugin(t *testing.T) {
	c := bareConfig(built.dir) // Watches its stdin, which under go test is at its end.
	require.Error(t, startBareOf(t, c), "bare: a plugin with a life line ends at once")

	r := newRig(t, host.Limits{}, echo())
	require.Equal(t, "there", r.ask("echo:there"))
	require.EqualValues(t, 1, r.status().Process)
}
