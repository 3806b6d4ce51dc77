//go:build unix

package host_test

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"google.golang.org/grpc"

	"courts.example/eservices/plugins/host"
	gatewayv1 "courts.example/eservices/plugins/proto/icms/plugin/gateway/v1"
)

// built is where the misbehaving plugin lies: Dir of the hosts, name of the program, digest.
var built struct{ dir, digest string }

const program = "testplugin"

func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == helperFlag {
		helper(os.Args[2:])
		return
	}
	os.Exit(run(m))
}

func run(m *testing.M) int {
	dir, err := os.MkdirTemp("", "plug")
	if err != nil {
		panic(err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	built.dir = dir
	out, err := exec.Command("go", "build", "-ldflags=-s -w", "-o", filepath.Join(dir, program), "./internal/testplugin").CombinedOutput()
	if err != nil {
		fmt.Fprintf(os.Stderr, "%s\n", out)
		panic(err)
	}
	if built.digest, err = host.Digest(filepath.Join(dir, program)); err != nil {
		panic(err)
	}
	return m.Run()
}

// echo is a manifest's entry for the plugin.
func echo(args ...string) host.Plugin {
	return host.Plugin{Name: "echo", Kind: host.Gateway, Version: "1.0.0", Path: program, SHA256: built.digest, Args: args}
}

// rig is a host with what the tests want to see of it.
type rig struct {
	*host.Host
	t   *testing.T
	run string
	log *logs
}

// newRig gives a host of the plugins, which ends with the test.
func newRig(t *testing.T, limits host.Limits, plugins ...host.Plugin) *rig {
	t.Helper()
	return newRigOf(t, host.Options{Manifest: host.Manifest{Plugins: plugins}, Dir: built.dir, Limits: limits})
}

func newRigOf(t *testing.T, o host.Options) *rig {
	t.Helper()
	run, err := os.MkdirTemp("", "run") // Short: a test's own folder has a long name.
	require.NoError(t, err)
	r := &rig{t: t, run: run, log: &logs{}}
	o.Run, o.Logger = run, slog.New(slog.NewJSONHandler(r.log, &slog.HandlerOptions{Level: slog.LevelDebug - 4}))
	r.Host, err = host.New(o)
	require.NoError(t, err)
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
		defer cancel()
		_ = r.Close(ctx)
		_ = os.RemoveAll(run)
	})
	return r
}

// conn gives the supervised connection of "echo".
func (r *rig) conn() grpc.ClientConnInterface {
	r.t.Helper()
	c, err := r.Conn(r.ctx(), "echo", host.Gateway)
	require.NoError(r.t, err)
	return c
}

// refused gives the error of the start of "echo".
func (r *rig) refused() error {
	r.t.Helper()
	_, err := r.Conn(r.ctx(), "echo", host.Gateway)
	require.Error(r.t, err)
	return err
}

// ctx ends long before the test binary does.
func (r *rig) ctx() context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), 60*time.Second)
	r.t.Cleanup(cancel)
	return ctx
}

// query has the plugin do what the reference says.
func query(ctx context.Context, c grpc.ClientConnInterface, reference string) (string, error) {
	answer, err := gatewayv1.NewGatewayServiceClient(c).Query(ctx, &gatewayv1.QueryRequest{Reference: reference})
	return answer.GetSnapshot().GetGatewayRef(), err
}

// ask is query that must succeed.
func (r *rig) ask(reference string) string {
	r.t.Helper()
	said, err := query(r.ctx(), r.conn(), reference)
	require.NoError(r.t, err)
	return said
}

func (r *rig) pid() int {
	r.t.Helper()
	n, err := strconv.Atoi(r.ask("pid:"))
	require.NoError(r.t, err)
	return n
}

// kill kills the process with SIGKILL and waits until the host has seen its end.
func (r *rig) kill(pid int) {
	r.t.Helper()
	require.NoError(r.t, syscall.Kill(pid, syscall.SIGKILL))
	eventually(r.t, "the death is seen", func() bool { return r.status().State != host.Ready })
}

// status is that of "echo".
func (r *rig) status() host.Status { return r.Status()[0] }

// eventually waits until what must come has come.
func eventually(t *testing.T, what string, is func() bool) {
	t.Helper()
	require.Eventually(t, is, 20*time.Second, 2*time.Millisecond, what)
}

// logs keeps what was logged.
type logs struct {
	mu    sync.Mutex
	text  []byte
	quiet bool
}

// off keeps no more.
func (l *logs) off() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.quiet = true
}

func (l *logs) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.quiet {
		l.text = append(l.text, b...)
	}
	return len(b), nil
}

func (l *logs) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return string(l.text)
}
