//go:build unix

package runner

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// shell is a runner of a script of the system's shell, with what it wrote.
type shell struct {
	*Runner
	mu       sync.Mutex
	out, err string
}

func newShell(script string) *shell {
	s := &shell{}
	keep := func(to *string) func(io.Reader) {
		return func(r io.Reader) {
			lines := bufio.NewScanner(r)
			for lines.Scan() {
				s.mu.Lock()
				*to += lines.Text() + "\n"
				s.mu.Unlock()
			}
		}
	}
	s.Runner = New(Command{Path: "/bin/sh", Name: "sh", Args: []string{"-c", script}, Env: []string{"A=b"}, Dir: "/", Protocol: 1,
		Sockets: "/run/s", Stdout: keep(&s.out), Stderr: keep(&s.err), Linger: 100 * time.Millisecond})
	return s
}

// waits waits for the end, bounded.
func (s *shell) waits(t *testing.T) error {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	err := s.Wait(ctx)
	require.NoError(t, ctx.Err())
	return err
}

func TestAProcessHasItsEnvironmentAndNoOther(t *testing.T) {
	t.Setenv("SECRET", "x")
	s := newShell("/usr/bin/env >&2")
	s.AddEnv([]string{"C=d"})
	require.NoError(t, s.Start(context.Background()))
	require.NoError(t, s.waits(t))
	require.Contains(t, s.err, "A=b\n")
	require.Contains(t, s.err, "C=d\n")
	require.NotContains(t, s.err, "SECRET")
	require.ErrorIs(t, s.Start(context.Background()), ErrNeverStarted, "a runner starts once")
}

func TestOnlyAHandshakeThatPassesIsHandedOn(t *testing.T) {
	line := "1|1|unix|/run/s/x|grpc|" + certificate(t)
	s := newShell("echo '" + line + "'; echo more")
	require.NoError(t, s.Start(context.Background()))
	all, err := io.ReadAll(s.Stdout())
	require.NoError(t, err)
	require.Equal(t, line+"\n", string(all))
	require.NoError(t, s.waits(t))
	require.Equal(t, "more\n", s.out)
	require.NoError(t, s.Handshake())

	s = newShell("echo hello; echo more")
	require.NoError(t, s.Start(context.Background()))
	all, err = io.ReadAll(s.Stdout())
	require.NoError(t, err)
	require.Empty(t, all)
	require.NoError(t, s.waits(t))
	var bad *HandshakeError
	require.ErrorAs(t, s.Handshake(), &bad)
	require.Equal(t, `"hello"`, bad.Line)

	s = newShell("exec 1>&-; read x")
	require.NoError(t, s.Start(context.Background()))
	_, err = io.ReadAll(s.Stdout())
	require.NoError(t, err)
	require.NoError(t, s.Handshake(), "it said nothing: go-plugin says so")
	s.HangUp()
	require.Error(t, s.waits(t))
}

func TestTheEndOfAProcessIsTheEndOfItsGroup(t *testing.T) {
	s := newShell("sleep 1000 & echo $! >&2; kill -9 $$")
	require.NoError(t, s.Start(context.Background()))
	require.ErrorContains(t, s.waits(t), "signal: killed")
	child, err := strconv.Atoi(strings.TrimSpace(s.err))
	require.NoError(t, err)
	require.Eventually(t, func() bool { return ended(child) }, 20*time.Second, time.Millisecond)
}

// ended says whether a process is gone, or waits for init to notice.
func ended(pid int) bool {
	b, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	return errors.Is(syscall.Kill(pid, 0), syscall.ESRCH) || err == nil && strings.Contains(string(b), ") Z")
}

func TestStdinIsALifeLine(t *testing.T) {
	s := newShell("read x; exit 7")
	require.NoError(t, s.Start(context.Background()))
	select {
	case <-s.Dead():
		t.Fatal("its stdin has ended")
	default:
	}
	s.HangUp()
	s.HangUp()
	require.ErrorContains(t, s.waits(t), "exit status 7")
}

func TestKill(t *testing.T) {
	s := newShell("sleep 1000")
	require.NoError(t, s.Start(context.Background()))
	require.NotEmpty(t, s.ID())
	for range 3 {
		require.NoError(t, s.Kill(context.Background()))
	}
	require.Error(t, s.waits(t))
	require.NoError(t, s.Kill(context.Background()), "there is nobody to kill")

	s = newShell("sleep 1000")
	require.NoError(t, s.Kill(context.Background()))
	require.ErrorIs(t, s.Start(context.Background()), ErrNeverStarted)
	require.ErrorIs(t, s.waits(t), ErrNeverStarted)
	require.Empty(t, s.ID())
}

func TestAProgramThatCannotRun(t *testing.T) {
	s := newShell("")
	s.command.Path = "/nowhere"
	require.ErrorIs(t, s.Start(context.Background()), os.ErrNotExist)
	require.ErrorIs(t, s.waits(t), ErrNeverStarted)
	<-s.Dead()
}

func TestWaitEndsWithItsContext(t *testing.T) {
	s := newShell("sleep 1000")
	require.NoError(t, s.Start(context.Background()))
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	require.ErrorIs(t, s.Wait(ctx), context.Canceled)
	require.NoError(t, s.Kill(context.Background()))
	require.Error(t, s.waits(t))
}
