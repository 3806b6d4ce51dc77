package conformance

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"

	"courts.example/eservices/plugins/internal/runner"
	"courts.example/eservices/plugins/internal/wire"
)

const (
	// startLimit is how long a plugin may take to its handshake, stopLimit how long to end.
	startLimit = 20 * time.Second
	stopLimit  = 5 * time.Second
	// quietLimit bounds a call that has nothing to wait for.
	quietLimit = 20 * time.Second
	// maxOutput bounds what is kept of a plugin's output.
	maxOutput = 4 << 20
)

// process is a plugin that was started as a host starts it, but is watched from nearer: its number, its output, its connection.
type process struct {
	run    *runner.Runner
	conn   *grpc.ClientConn
	folder string
	pid    int
	hello  string
	// stdout is what came after the handshake.
	stdout, stderr output
}

// output keeps what a process writes.
type output struct {
	mu   sync.Mutex
	kept bytes.Buffer
}

func (o *output) read(r io.Reader) {
	b := make([]byte, 32<<10)
	for {
		n, err := r.Read(b)
		o.mu.Lock()
		o.kept.Write(b[:min(n, max(0, maxOutput-o.kept.Len()))])
		o.mu.Unlock()
		if err != nil {
			return
		}
	}
}

// String is what was written until now.
func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.kept.String()
}

// environment is what a host puts into a plugin's environment: nothing says that this is no host.
func (s *subject) environment(folder string) map[string]string {
	return map[string]string{
		"TMPDIR": filepath.Join(folder, "tmp"), wire.CookieKey: wire.CookieValue,
		"PLUGIN_MIN_PORT": "10000", "PLUGIN_MAX_PORT": "25000", "PLUGIN_PROTOCOL_VERSIONS": strconv.Itoa(wire.Protocol),
		"PLUGIN_CLIENT_CERT": asPEM(s.certificate), "PLUGIN_UNIX_SOCKET_DIR": filepath.Join(folder, "s"),
	}
}

// spawn starts a process with an environment that may be changed, and waits for nothing. The case ends it.
func (s *subject) spawn(t T, change func(env map[string]string)) *process {
	t.Helper()
	p := &process{folder: s.place()}
	for _, dir := range []string{p.folder, filepath.Join(p.folder, "tmp"), filepath.Join(p.folder, "s")} {
		if err := os.Mkdir(dir, 0o700); err != nil {
			t.Fatalf("no folder for the plugin: %v", err)
		}
	}
	env := s.environment(p.folder)
	if change != nil {
		change(env)
	}
	c := runner.Command{
		Path: s.program, Name: s.program, Args: s.args, Dir: s.home, Protocol: wire.Protocol, Sockets: p.folder, Linger: time.Second,
		Stdout: p.stdout.read, Stderr: p.stderr.read,
	}
	if c.Dir == "" {
		c.Dir = filepath.Join(p.folder, "tmp")
	}
	for k, v := range env {
		c.Env = append(c.Env, k+"="+v)
	}
	p.run = runner.New(c)
	if err := p.run.Start(context.Background()); err != nil {
		t.Fatalf("the plugin does not start: %v", err)
	}
	p.pid, _ = strconv.Atoi(p.run.ID())
	t.Cleanup(func() { p.end() })
	return p
}

// greet reads the handshake, and says what was wrong with it.
func (p *process) greet() error {
	line := make(chan string, 1)
	go func() {
		text, _ := bufio.NewReader(p.run.Stdout()).ReadString('\n')
		line <- strings.TrimSpace(text)
	}()
	timer := time.NewTimer(startLimit)
	defer timer.Stop()
	select {
	case p.hello = <-line:
	case <-timer.C:
		_ = p.run.Kill(context.Background())
		return fmt.Errorf("no handshake on stdout within %v%s", startLimit, p.words())
	}
	if p.hello != "" {
		return nil
	}
	if err := p.run.Handshake(); err != nil {
		return err
	}
	<-p.run.Over()
	return fmt.Errorf("the process ended (%v) without a handshake%s", p.run.Exit(), p.words())
}

// words are the last that a process wrote to stderr.
func (p *process) words() string {
	text := strings.TrimSpace(p.stderr.String())
	if text == "" {
		return ""
	}
	return "; it wrote: " + text[max(0, len(text)-400):]
}

// dial connects with a certificate, or without.
func (p *process) dial(own ...tls.Certificate) (*grpc.ClientConn, error) {
	config, err := trust(p.hello, own...)
	if err != nil {
		return nil, err
	}
	parts := strings.Split(p.hello, "|")
	return grpc.NewClient("passthrough:///localhost",
		grpc.WithTransportCredentials(credentials.NewTLS(config)),
		grpc.WithContextDialer(func(ctx context.Context, _ string) (net.Conn, error) {
			var d net.Dialer
			return d.DialContext(ctx, parts[2], parts[3])
		}),
		grpc.WithDefaultCallOptions(grpc.MaxCallRecvMsgSize(wire.MaxMessage), grpc.MaxCallSendMsgSize(2*wire.MaxMessage)),
		grpc.WithDisableRetry(), grpc.WithDisableServiceConfig(), grpc.WithNoProxy(), grpc.WithIdleTimeout(0),
	)
}

// end kills what is left.
func (p *process) end() {
	if p.conn != nil {
		_ = p.conn.Close()
	}
	_ = p.run.Kill(context.Background())
	p.gone(stopLimit)
	_ = os.RemoveAll(p.folder)
}

// gone waits for the end of the process.
func (p *process) gone(within time.Duration) bool {
	timer := time.NewTimer(within)
	defer timer.Stop()
	select {
	case <-p.run.Over():
		return true
	case <-timer.C:
		return false
	}
}

// alive reports whether the process runs.
func (p *process) alive() bool {
	select {
	case <-p.run.Dead():
		return false
	default:
		return true
	}
}

var errStart = errors.New("the plugin does not start")

// start starts a process and connects to it; it is not configured yet.
func (s *subject) start(t T) *process {
	t.Helper()
	p := s.spawn(t, nil)
	if err := p.greet(); err != nil {
		t.Fatalf("%v: %v", errStart, err)
	}
	conn, err := p.dial(s.certificate)
	if err != nil {
		t.Fatalf("%v: %v", errStart, err)
	}
	p.conn = conn
	return p
}
