//go:build unix

package host_test

import (
	"bufio"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/plugins/host"
)

// hostProcess is a host in a process of its own.
type hostProcess struct {
	t     *testing.T
	cmd   *exec.Cmd
	stdin io.Writer
	out   *bufio.Reader
	pid   int
}

func startHost(t *testing.T, mode, run string, args ...string) *hostProcess {
	t.Helper()
	h := &hostProcess{t: t}
	h.cmd = exec.Command(os.Args[0], append([]string{helperFlag, mode, built.dir, built.digest, run}, args...)...)
	var err error
	h.stdin, err = h.cmd.StdinPipe()
	require.NoError(t, err)
	out, err := h.cmd.StdoutPipe()
	require.NoError(t, err)
	h.out = bufio.NewReader(out)
	require.NoError(t, h.cmd.Start())
	t.Cleanup(func() { _, _ = h.cmd.Process.Kill(), h.cmd.Wait() })
	h.pid, err = strconv.Atoi(h.line())
	require.NoError(t, err)
	t.Cleanup(func() { _ = syscall.Kill(h.pid, syscall.SIGKILL) })
	return h
}

func (h *hostProcess) line() string {
	h.t.Helper()
	line, err := h.out.ReadString('\n')
	require.NoError(h.t, err)
	return strings.TrimSpace(line)
}

func (h *hostProcess) kill() {
	h.t.Helper()
	require.NoError(h.t, h.cmd.Process.Kill())
	_ = h.cmd.Wait()
}

func TestTrapAKilledHostLeavesOrphans(t *testing.T) {
	b := startHost(t, "bare", "", "-deaf")
	b.kill()
	require.Never(t, func() bool { return !alive(b.pid) }, soon, 20*time.Millisecond, "bare: the plugin outlives its host")

	modes := map[string][]string{"by the end of its stdin": nil}
	if runtime.GOOS == "linux" {
		modes["by the death signal"] = []string{"-deaf"}
	}
	for how, args := range modes {
		h := startHost(t, "ours", runFolder(t), args...)
		h.kill()
		eventually(t, how, func() bool { return !alive(h.pid) })
	}
}

func TestTheNextHostSweepsWhatAKilledOneLeft(t *testing.T) {
	run := runFolder(t)
	h := startHost(t, "ours", run)
	other := startHost(t, "ours", run)
	h.kill()
	require.Len(t, folders(t, run), 2, "what the killed host left, and the other's")
	third := startHost(t, "ours", run)
	require.Len(t, folders(t, run), 2, "the other's, and the third's")
	require.True(t, alive(other.pid))
	require.True(t, alive(third.pid))
}

func TestALineOfTheWrongShapeEndsABareHost(t *testing.T) {
	const line = `{"@message":1,"@level":[],"@timestamp":{}}`
	b := startHost(t, "bare", "", "-deaf")
	_, err := io.WriteString(b.stdin, "log:"+line+"\n")
	require.NoError(t, err)
	require.ErrorContains(t, b.cmd.Wait(), "exit status 2", "bare: a panic in a goroutine of go-plugin")

	r := newRig(t, host.Limits{}, echo())
	r.ask("log:" + line)
	eventually(t, "the line is in the log", func() bool { return strings.Contains(r.log.String(), `@level\":[]`) })
	require.Equal(t, "well", r.ask("echo:well"))
}

// runFolder gives a folder with a short name, as sockets need.
func runFolder(t *testing.T) string {
	t.Helper()
	run, err := os.MkdirTemp("", "run")
	require.NoError(t, err)
	t.Cleanup(func() { _ = os.RemoveAll(run) })
	return run
}

// folders lists the folders of hosts.
func folders(t *testing.T, run string) []os.DirEntry {
	t.Helper()
	list, err := os.ReadDir(run)
	require.NoError(t, err)
	return list
}

// The death signal ends the plugin, and not what it had started.
func TestTheNextHostEndsWhatPluginsOfAKilledOneHadStarted(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("a process does not show where it comes from")
	}
	run := runFolder(t)
	started := func(h *hostProcess, verb string) int {
		_, err := io.WriteString(h.stdin, verb+":1000\n")
		require.NoError(t, err)
		pid, err := strconv.Atoi(h.line())
		require.NoError(t, err)
		t.Cleanup(func() { _ = syscall.Kill(pid, syscall.SIGKILL) })
		return pid
	}
	h, other := startHost(t, "ours", run), startHost(t, "ours", run)
	child, escaped, stranger := started(h, "grandchild"), started(h, "escape"), started(other, "grandchild")
	h.kill()
	eventually(t, "by the death signal", func() bool { return !alive(h.pid) })
	require.True(t, alive(child), "the trap: nobody has told it")
	require.True(t, alive(escaped))

	startHost(t, "ours", run)
	eventually(t, "the child is ended", func() bool { return !alive(child) })
	eventually(t, "so is what had left the group", func() bool { return !alive(escaped) })
	require.True(t, alive(stranger), "its host lives")
	require.True(t, alive(other.pid))
}
