package host

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/hashicorp/go-hclog"
	goplugin "github.com/hashicorp/go-plugin"
	gorunner "github.com/hashicorp/go-plugin/runner"

	"courts.example/eservices/plugins/internal/hcslog"
	"courts.example/eservices/plugins/internal/runner"
	"courts.example/eservices/plugins/internal/wire"
)

// tempVariable names a plugin's folder for temporary files to it, and to what it starts.
const tempVariable = "TMPDIR"

// launcher starts processes of one plugin.
type launcher struct {
	plugin Plugin
	dir    string
	run    *runDir
	limits Limits
	log    *slog.Logger
	// reattach says where a plugin serves that somebody else has started; empty: the host starts it.
	reattach string
}

// launch starts one process, checks what it is and configures it. The error is a *failure; nothing is left of the process then.
func (l *launcher) launch(ctx context.Context, number, folder uint64) (_ *process, err error) {
	config, err := readConfig(l.plugin)
	if err != nil {
		return nil, err
	}
	log := l.log.With(slog.Uint64("process", number))
	clean, longest := newCleaner(config)
	p := &process{number: number, clean: clean}
	p.sink = hcslog.NewSink(hcslog.Options{Logger: log, Clean: clean, Longest: longest, Burst: l.limits.LogBurst, Rate: l.limits.LogRate, Now: time.Now})
	if l.reattach != "" {
		return p, l.attach(ctx, p, config)
	}
	p.folder, err = l.run.make(folder)
	if err != nil {
		return nil, &failure{kind: ErrStart, cause: err, remedy: "let Options.Run name a folder of this user's, with a short name and space left"}
	}
	if l.plugin.Interpreter != nil {
		if err := l.run.guarded(); err != nil {
			return nil, errors.Join(&failure{kind: ErrStart, cause: err, final: true,
				remedy: "let Options.Run lie where only this user can write all the way up, such as its folder for caches"}, os.RemoveAll(p.folder))
		}
	}
	image, err := makeImage(ctx, l.plugin, l.dir, p.folder)
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(p.folder))
	}
	defer image.Close()
	run := runner.New(l.command(image, p))
	p.run = run
	defer func() {
		if err != nil {
			p.release() // It has said all that it had to say.
			p.quote(err)
		}
	}()
	if err := l.connect(ctx, p, run, log); err != nil {
		return nil, err
	}
	return p, p.ready(ctx, l.plugin, config)
}

// ready has the plugin say what it is and take its configuration.
func (p *process) ready(ctx context.Context, want Plugin, config []byte) error {
	if err := p.introduce(ctx, want); err != nil {
		return err
	}
	if err := p.configure(ctx, config); err != nil {
		return err
	}
	p.since = time.Now()
	return nil
}

// command completes what is started; go-plugin adds its variables to the environment.
func (l *launcher) command(m image, p *process) runner.Command {
	c := m.command(l.plugin)
	c.Protocol, c.Sockets, c.Linger = wire.Protocol, p.folder, 500*time.Millisecond
	c.Stderr = func(r io.Reader) { p.sink.Copy(r, "stderr") }
	c.Stdout = func(r io.Reader) { p.sink.Copy(r, "stdout") }
	c.Env = []string{tempVariable + "=" + filepath.Join(p.folder, "tmp")}
	for _, name := range l.plugin.Env {
		if v, ok := os.LookupEnv(name); ok {
			c.Env = append(c.Env, name+"="+v)
		}
	}
	return c
}

// connect starts the process, does the handshake and opens the connection. go-plugin knows no context: when the time is over the process is
// killed, and that ends every wait.
func (l *launcher) connect(ctx context.Context, p *process, run *runner.Runner, log *slog.Logger) error {
	defer context.AfterFunc(ctx, func() { _ = run.Kill(ctx) })()
	p.client = goplugin.NewClient(l.clientConfig(p, run, log))
	var err error
	if p.addr, err = p.client.Start(); err != nil {
		return p.startFailure(ctx, run, err)
	}
	protocol, err := p.client.Client()
	if err != nil {
		return p.startFailure(ctx, run, err)
	}
	p.conn = protocol.(*goplugin.GRPCClient).Conn
	return nil
}

// clientConfig has go-plugin use our runner, our logs and our connection, and nothing of the host's environment.
func (l *launcher) clientConfig(p *process, run *runner.Runner, log *slog.Logger) *goplugin.ClientConfig {
	return &goplugin.ClientConfig{
		HandshakeConfig:  goplugin.HandshakeConfig{MagicCookieKey: wire.CookieKey, MagicCookieValue: wire.CookieValue},
		VersionedPlugins: map[int]goplugin.PluginSet{wire.Protocol: {}},
		AllowedProtocols: []goplugin.Protocol{goplugin.ProtocolGRPC},
		AutoMTLS:         true,
		SkipHostEnv:      true,
		Logger:           hcslog.New(log),
		StartTimeout:     l.limits.Start,
		SyncStdout:       p.sink.Writer("stdout"),
		SyncStderr:       p.sink.Writer("stderr"),
		UnixSocketConfig: &goplugin.UnixSocketConfig{TempDir: p.folder},
		GRPCDialOptions:  p.dialOptions(),
		RunnerFunc: func(_ hclog.Logger, cmd *exec.Cmd, _ string) (gorunner.Runner, error) {
			run.AddEnv(cmd.Env)
			return run, nil
		},
	}
}

// startFailure says why a process did not come up.
func (p *process) startFailure(ctx context.Context, run *runner.Runner, err error) error {
	if bad := (*runner.HandshakeError)(nil); errors.As(run.Handshake(), &bad) {
		return &failure{kind: ErrHandshake, cause: errors.New(p.clean(bad.Error())), remedy: bad.Remedy, final: true}
	}
	f := &failure{kind: ErrStart}
	switch {
	case ctx.Err() != nil:
		f.cause = fmt.Errorf("it wrote no handshake on stdout in time: %w", ctx.Err())
		f.remedy = "the plugin must serve by go-plugin's protocol, at once; raise Limits.Start if it is slow to come up"
	case !p.endsSoon():
		f.cause = fmt.Errorf("it runs and has closed its stdout: %s", bounded(p.clean(err.Error())))
		f.remedy = "the plugin must serve by go-plugin's protocol"
	case errors.Is(run.Exit(), runner.ErrNeverStarted):
		f.cause, f.remedy = err, "the program must be built for this system, and complete"
		if errors.Is(err, fs.ErrPermission) {
			f.remedy = "the file must be executable, and Options.Run must lie where the system lets programs run"
		}
	default:
		f.cause = fmt.Errorf("it ended: %w", p.end())
		f.remedy = "look at what the plugin logged"
	}
	return f
}

// endsSoon says whether the process has ended, or does in a moment.
func (p *process) endsSoon() bool {
	timer := time.NewTimer(newsOfProcess)
	defer timer.Stop()
	select {
	case <-p.run.Dead():
		return true
	case <-timer.C:
		return false
	}
}

// quote adds what the process logged last to an error of its start.
func (p *process) quote(err error) {
	f := (*failure)(nil)
	if tail := p.sink.Tail(); tail != "" && errors.As(err, &f) && errors.Is(f.kind, ErrStart) {
		f.cause = fmt.Errorf("%w; it said: %s", f.cause, tail)
	}
}
