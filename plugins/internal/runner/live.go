package runner

import (
	"bufio"
	"errors"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"sync"
	"time"
)

// pipes are the ends of a process's standard streams: three for the process, three for the host.
type pipes struct {
	stdin, stdout, stderr *os.File
	lifeline, out, err    *os.File
}

func openPipes() (p pipes, err error) {
	open := func(r, w **os.File) {
		if err == nil {
			*r, *w, err = os.Pipe()
		}
	}
	open(&p.stdin, &p.lifeline)
	open(&p.out, &p.stdout)
	open(&p.err, &p.stderr)
	if err != nil {
		p.closeTheirs()
		p.closeOurs()
	}
	return p, err
}

func (p pipes) closeTheirs() { closeAll(p.stdin, p.stdout, p.stderr) }
func (p pipes) closeOurs()   { closeAll(p.out, p.err) }

func closeAll(files ...*os.File) {
	for _, f := range files {
		if f != nil {
			_ = f.Close()
		}
	}
}

// live starts the process, waits for its end and cleans up. It keeps its thread: the death signal is tied to the thread that started the
// process, not to the host, and a thread that Go gives back may end.
func (r *Runner) live(p pipes, started chan<- error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	cmd, err := r.spawn(p)
	p.closeTheirs()
	if err != nil {
		r.HangUp()
		p.closeOurs()
		r.giveUp()
		started <- err
		return
	}
	defer close(r.over)
	defer r.HangUp()
	defer p.closeOurs()
	started <- nil
	var readers sync.WaitGroup
	readers.Go(func() { r.command.Stderr(quiet{p.err}) })
	readers.Go(func() { r.greet(quiet{p.out}) })
	r.await(cmd)
	close(r.dead)
	linger(&readers, r.command.Linger, p.closeOurs)
}

// spawn starts the process. A copy that was just written can still be open for writing in a child that another goroutine is about to start,
// and the kernel refuses to run it for that moment.
func (r *Runner) spawn(p pipes) (*exec.Cmd, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.killed {
		return nil, ErrNeverStarted
	}
	for tries := 0; ; tries++ {
		cmd := &exec.Cmd{
			Path: r.command.Path, Args: append([]string{r.command.Name}, r.command.Args...),
			Env: r.command.Env, Dir: r.command.Dir,
			Stdin: p.stdin, Stdout: p.stdout, Stderr: p.stderr,
		}
		prepare(cmd, r.command.File)
		err := cmd.Start()
		r.process = cmd.Process
		if err == nil || tries == 20 || !isBusy(err) {
			return cmd, err
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// await waits for the end of the process and kills what is left of its group.
func (r *Runner) await(cmd *exec.Cmd) {
	ended := awaitExit(cmd.Process)
	r.mu.Lock()
	if ended {
		// Not reaped yet: the number of the group can't have passed to another.
		_ = kill(cmd.Process)
	}
	r.mu.Unlock()
	err := cmd.Wait()
	if !ended {
		_ = kill(cmd.Process)
	}
	r.mu.Lock()
	r.reaped, r.exit = true, err
	r.mu.Unlock()
}

// linger waits for the readers to come to the end, and ends them by force after a while: a process that left the group may hold the pipes.
func linger(readers *sync.WaitGroup, within time.Duration, end func()) {
	timer := time.AfterFunc(within, end)
	defer timer.Stop()
	readers.Wait()
}

// greet judges the first line on stdout, hands it to go-plugin if it passes, and gives the rest to the reader of stdout.
func (r *Runner) greet(out io.Reader) {
	defer func() { _ = r.helloIn.Close() }()
	in := bufio.NewReaderSize(out, maxLine)
	line, err := in.ReadSlice('\n')
	if err == nil {
		var text string
		if text, err = ReadHandshake(strings.TrimSpace(string(line)), r.command.Protocol, r.command.Sockets); err == nil {
			_, _ = io.WriteString(r.helloIn, text+"\n")
		}
	} else if errors.Is(err, bufio.ErrBufferFull) {
		err = &HandshakeError{Line: quote(string(line)), Problem: "the first line on stdout has no end",
			Remedy: "the plugin must write nothing on stdout before it serves: its logs belong on stderr"}
	} else {
		err = nil // It ended, or is ending, without a word; go-plugin says so.
	}
	if err != nil {
		r.mu.Lock()
		r.handshake = err
		r.mu.Unlock()
		_ = r.helloIn.Close()
	}
	r.command.Stdout(in)
}

// quiet reads a pipe; one that was closed under it has simply ended.
type quiet struct{ io.Reader }

func (q quiet) Read(b []byte) (int, error) {
	n, err := q.Reader.Read(b)
	if err != nil {
		err = io.EOF
	}
	return n, err
}
