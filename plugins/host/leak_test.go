//go:build linux

package host_test

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/plugins/host"
)

// files counts the files that this process has open.
func files(t *testing.T) int {
	t.Helper()
	list, err := os.ReadDir("/proc/self/fd")
	require.NoError(t, err)
	return len(list)
}

// goroutines gives the stacks of all goroutines, by their numbers.
func goroutines() map[string]string {
	buffer := make([]byte, 4<<20)
	stacks := map[string]string{}
	for _, stack := range strings.Split(string(buffer[:runtime.Stack(buffer, true)]), "\n\n") {
		number, _, _ := strings.Cut(stack, " [")
		stacks[number] = stack
	}
	return stacks
}

// noneLeft waits until no goroutine runs that did not run before, but for the waiting itself.
func noneLeft(t *testing.T, before map[string]string) {
	t.Helper()
	var left []string
	require.Eventually(t, func() bool {
		left = nil
		for number, stack := range goroutines() {
			if before[number] == "" && !strings.Contains(stack, "host_test.noneLeft") && !strings.Contains(stack, "testing.(*T).Run(") {
				left = append(left, stack)
			}
		}
		return len(left) == 0
	}, 10*time.Second, 10*time.Millisecond, "%s", strings.Join(left, "\n\n"))
}

// heap is the live heap in bytes.
func heap() uint64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

func TestTrapCrashesLeak(t *testing.T) {
	sockets := t.TempDir()
	t.Setenv("TMPDIR", sockets)
	before := runtime.NumGoroutine()
	for range 5 {
		b := startBare(t)
		_, _ = query(t.Context(), b.conn, "kill:")
		eventually(t, "it is dead", b.Exited)
	}
	require.GreaterOrEqual(t, runtime.NumGoroutine()-before, 10, "bare: goroutines of dead plugins")
	left, err := filepath.Glob(filepath.Join(sockets, "plugin*"))
	require.NoError(t, err)
	require.Len(t, left, 5, "bare: sockets of dead plugins")
}

func TestTwoHundredCrashesLeaveNothing(t *testing.T) {
	cycles := 200
	if testing.Short() {
		cycles = 25
	}
	ignore := goroutines()
	p := echo()
	p.Crashes = 10000
	r := newRig(t, host.Limits{BackoffMin: time.Nanosecond, BackoffMax: time.Nanosecond}, p)
	r.log.off()
	conn := r.conn()
	ctx := r.ctx()
	cycle := func(n int) {
		for range n {
			_, err := query(ctx, conn, "kill:")
			require.ErrorIs(t, err, host.ErrDied)
		}
		said, err := query(ctx, conn, "echo:well")
		require.NoError(t, err)
		require.Equal(t, "well", said)
		eventually(t, "one folder is left", func() bool {
			list, err := filepath.Glob(filepath.Join(r.run, "*", "p*"))
			return err == nil && len(list) == 1
		})
	}
	cycle(20) // What is kept from the first ones on.
	goroutines, open, live := runtime.NumGoroutine(), files(t), heap()
	cycle(cycles)
	// Eventually has two goroutines of its own.
	eventually(t, "goroutines", func() bool { return runtime.NumGoroutine() <= goroutines+2 })
	eventually(t, "files", func() bool { return files(t) <= open })
	grown := int64(heap()) - int64(live)
	require.Less(t, grown, int64(cycles*2048), "bytes of heap")
	t.Logf("%d crashes: goroutines %d, files %d, heap %+d bytes", cycles, goroutines, open, grown)
	require.NoError(t, r.Close(r.ctx()))
	require.Empty(t, folders(t, r.run))
	noneLeft(t, ignore)
}

func TestNothingRunsBeforeTheFirstUseAndAfterClose(t *testing.T) {
	ignore := goroutines()
	r := newRig(t, host.Limits{}, echo())
	noneLeft(t, ignore)
	require.Empty(t, folders(t, r.run))
	open := files(t)
	require.Equal(t, "well", r.ask("echo:well"))
	require.NoError(t, r.Close(r.ctx()))
	require.NoError(t, r.Close(r.ctx()))
	noneLeft(t, ignore)
	require.LessOrEqual(t, files(t), open)
}

func TestAFailedStartLeavesNothing(t *testing.T) {
	ignore := goroutines()
	for _, args := range [][]string{{"-exit=1"}, {"-hello=x"}, {"-endless"}, {"-hang-info"}, {"-version=3"}, {"-mute"}, {"-protocol=3"}} {
		open := files(t)
		r := newRig(t, host.Limits{Start: time.Second}, echo(args...))
		_ = r.refused()
		require.Empty(t, leftInRun(t, r), args)
		require.NoError(t, r.Close(r.ctx()))
		require.LessOrEqual(t, files(t), open, args)
	}
	noneLeft(t, ignore)
}
