package runner

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/hashicorp/go-plugin/runner"
)

var _ runner.Runner = (*Runner)(nil)

// ErrNeverStarted is the end of a process that was never started.
var ErrNeverStarted = errors.New("the process was never started")

// Command says what to start and how its output is taken.
type Command struct {
	// Path is the absolute name of the program. File, when set, is executed in its stead, by its handle: what was checked is what runs. Only
	// Linux can do so.
	Path string
	File *os.File
	// Name is what the process sees as its own name; Args are the arguments after it.
	Name string
	Args []string
	// Env is the whole environment. Dir is where the process starts.
	Env []string
	Dir string
	// Protocol and Sockets are what ReadHandshake asks for.
	Protocol int
	Sockets  string
	// Stderr reads what the process writes there, until the end; Stdout reads what it writes there after the handshake. Both must read on: a
	// full pipe stops the process.
	Stderr, Stdout func(io.Reader)
	// Linger is how long output is still read after the process has ended.
	Linger time.Duration
}

// Runner is one process. It is safe for concurrent use.
type Runner struct {
	command Command
	// hello carries the handshake to go-plugin.
	hello     *io.PipeReader
	helloIn   *io.PipeWriter
	dead      chan struct{}
	over      chan struct{}
	mu        sync.Mutex
	used      bool
	killed    bool
	process   *os.Process
	reaped    bool
	lifeline  *os.File
	exit      error
	handshake error
}

// New gives a Runner that has started nothing.
func New(c Command) *Runner {
	r := &Runner{command: c, dead: make(chan struct{}), over: make(chan struct{}), exit: ErrNeverStarted}
	r.hello, r.helloIn = io.Pipe()
	return r
}

// AddEnv adds to the environment, before Start.
func (r *Runner) AddEnv(env []string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.command.Env = append(slices.Clip(r.command.Env), env...)
}

// Start starts the process. A Runner starts once, and not after Kill.
func (r *Runner) Start(context.Context) error {
	r.mu.Lock()
	used := r.used
	r.used = true
	r.mu.Unlock()
	if used {
		return ErrNeverStarted
	}
	p, err := openPipes()
	if err != nil {
		r.giveUp()
		return fmt.Errorf("cannot open pipes for the plugin: %w", err)
	}
	r.mu.Lock()
	r.lifeline = p.lifeline
	r.mu.Unlock()
	started := make(chan error, 1)
	go r.live(p, started)
	return <-started
}

// giveUp ends a Runner whose process never came to be.
func (r *Runner) giveUp() {
	_ = r.helloIn.Close()
	close(r.dead)
	close(r.over)
}

// Dead is closed when the process has ended. Its output may still be read for a moment.
func (r *Runner) Dead() <-chan struct{} { return r.dead }

// Over is closed when the process has ended, its group is killed and its output was read or given up.
func (r *Runner) Over() <-chan struct{} { return r.over }

// Exit says how the process ended: nil when with status 0. It is ErrNeverStarted until Dead is closed.
func (r *Runner) Exit() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.exit
}

// Handshake is the error of a line that did not pass, a *HandshakeError, or nil.
func (r *Runner) Handshake() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.handshake
}

// HangUp closes the life line: a plugin that watches its stdin ends by itself.
func (r *Runner) HangUp() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.lifeline != nil {
		_ = r.lifeline.Close()
		r.lifeline = nil
	}
}

// Kill ends the process and its group at once, without waiting. A process that has ended is no error; one that was not started never will be.
func (r *Runner) Kill(context.Context) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.killed = true
	if !r.used {
		r.used = true
		r.giveUp()
	}
	if r.process == nil || r.reaped {
		return nil
	}
	if err := kill(r.process); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return fmt.Errorf("cannot kill process %d: %w", r.process.Pid, err)
	}
	return nil
}

// Wait waits until Over.
func (r *Runner) Wait(ctx context.Context) error {
	select {
	case <-r.over:
		return r.Exit()
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Stdout carries the handshake when it passes, and no byte else.
func (r *Runner) Stdout() io.ReadCloser { return r.hello }

// Stderr carries nothing: go-plugin panics over lines that are JSON of the wrong shape.
func (r *Runner) Stderr() io.ReadCloser { return io.NopCloser(eof{}) }

type eof struct{}

func (eof) Read([]byte) (int, error) { return 0, io.EOF }

// Name is the name of the program, ID the number of the process; empty before it is started.
func (r *Runner) Name() string { return r.command.Name }

// ID implements runner.Runner.
func (r *Runner) ID() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.process == nil {
		return ""
	}
	return strconv.Itoa(r.process.Pid)
}

// Diagnose implements runner.Runner; the host says what is wrong.
func (r *Runner) Diagnose(context.Context) string { return "" }

// PluginToHost and HostToPlugin implement runner.Runner: host and plugin see the same files and ports.
func (r *Runner) PluginToHost(network, address string) (string, string, error) {
	return network, address, nil
}

// HostToPlugin implements runner.Runner.
func (r *Runner) HostToPlugin(network, address string) (string, string, error) {
	return network, address, nil
}
