package sdk_test

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"log"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"

	"courts.example/eservices/payment"
	"courts.example/eservices/plugins/internal/gatewaywire"
	"courts.example/eservices/plugins/internal/wire"
	basev1 "courts.example/eservices/plugins/proto/icms/plugin/base/v1"
	"courts.example/eservices/plugins/sdk"
)

// child is the main of the test program as a plugin.
func child(mode string) {
	a := about()
	switch mode {
	case "chatter": // prints all the time, beside the handshake, by a logger that was made before
		early := log.New(os.Stdout, "", 0)
		go func() {
			for i := range 20_000 {
				early.Println("chatter", i)
			}
		}()
	case "nameless":
		a.Name = "No Name"
	}
	sdk.ServeGateway(a, newTrial())
}

// process is a plugin in a process of its own, started as a host would but with nothing of go-plugin.
type process struct {
	*testing.T
	cmd    *exec.Cmd
	stdin  io.WriteCloser
	conn   *grpc.ClientConn
	stderr *lines
}

// lines collects what a process writes.
type lines struct {
	mu   sync.Mutex
	text strings.Builder
	// until is waited for; seen is closed when it is there.
	until string
	seen  chan struct{}
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.text.Write(p)
	whole := l.text.String()
	l.look(whole[max(0, len(whole)-len(p)-len(l.until)):]) // it may have begun in the piece before
	return len(p), nil
}

// look closes seen when what is waited for stands in a text.
func (l *lines) look(text string) {
	if l.until != "" && strings.Contains(text, l.until) {
		l.until = ""
		close(l.seen)
	}
}

// wait gives a channel that is closed when a text has been written; it may be there already.
func (l *lines) wait(text string) <-chan struct{} {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.until, l.seen = text, make(chan struct{})
	l.look(l.text.String())
	return l.seen
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// command prepares a process; its environment holds nothing but what is given.
func command(t *testing.T, mode string, env ...string) (*exec.Cmd, *lines) {
	self, err := os.Executable()
	require.NoError(t, err)
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	t.Cleanup(cancel)
	cmd := exec.CommandContext(ctx, self)
	dir, err := os.MkdirTemp("", "sdk") // a short path, for the socket
	require.NoError(t, err)
	t.Cleanup(func() { os.RemoveAll(dir) })
	cmd.Env = append(env, childMode+"="+mode, "PLUGIN_UNIX_SOCKET_DIR="+dir, "TMPDIR="+dir)
	out := &lines{}
	cmd.Stderr = out
	return cmd, out
}

// start starts a plugin and reads its handshake.
func start(t *testing.T, mode string) *process {
	cmd, stderr := command(t, mode, wire.CookieKey+"="+wire.CookieValue, "PLUGIN_PROTOCOL_VERSIONS=1")
	stdin, err := cmd.StdinPipe()
	require.NoError(t, err)
	stdout, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	line, err := bufio.NewReader(stdout).ReadString('\n')
	require.NoError(t, err, "%s", stderr)
	f := strings.Split(strings.TrimSpace(line), "|")
	require.GreaterOrEqual(t, len(f), 5, "the first line on stdout is %q", line)
	require.Equal(t, []string{"1", "1", "unix"}, f[:3])
	conn, err := grpc.NewClient("unix:"+f[3], grpc.WithTransportCredentials(insecure.NewCredentials()))
	require.NoError(t, err)
	t.Cleanup(func() { conn.Close() })
	return &process{t, cmd, stdin, conn, stderr}
}

// configure hands over the settings.
func (p *process) configure(s settings) {
	p.Helper()
	text, err := json.Marshal(s)
	require.NoError(p, err)
	a, err := basev1.NewPluginServiceClient(p.conn).Configure(p.Context(), &basev1.ConfigureRequest{Config: text})
	require.NoError(p, err)
	require.Empty(p, a.GetProblems())
}

func (p *process) query(r payment.QueryRequest) error {
	_, err := gatewaywire.Client(p.conn).Query(p.Context(), r)
	return err
}

// end waits for the process and gives its exit status.
func (p *process) end() int {
	p.Helper()
	_ = p.cmd.Wait()
	return p.cmd.ProcessState.ExitCode()
}

// logged gives the records on stderr, each of which must be one that go-plugin reads.
func (p *process) logged() []map[string]any {
	p.Helper()
	var all []map[string]any
	for line := range strings.Lines(p.stderr.String()) {
		var r map[string]any
		require.NoError(p, json.Unmarshal([]byte(line), &r), "%q", line)
		for _, key := range []string{"@level", "@message", "@timestamp"} {
			require.IsType(p, "", r[key], "%q", line)
		}
		all = append(all, r)
	}
	return all
}
