package conformance

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"time"

	"courts.example/eservices/plugins/host"
)

// order is what a helper host is told: the plugin to run, and its configuration.
type order struct {
	Dir    string      `json:"dir"`
	Run    string      `json:"run"`
	Plugin host.Plugin `json:"plugin"`
	Config []byte      `json:"config"`
}

// HelperHost is the whole of a program that Options.Helper names: a host that runs one plugin, told on in which one, until it is killed, or
// in ends. It says "ready" on out.
func HelperHost(in io.Reader, out io.Writer) error {
	var o order
	r := bufio.NewReader(in)
	if err := json.NewDecoder(r).Decode(&o); err != nil {
		return fmt.Errorf("conformance: a helper host is told by Certify what to run: %w", err)
	}
	o.Plugin.Config = o.Config
	h, err := host.New(host.Options{Manifest: host.Manifest{Plugins: []host.Plugin{o.Plugin}}, Dir: o.Dir, Run: o.Run})
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), startLimit)
	defer cancel()
	err = openKind(ctx, h, o.Plugin.Kind, o.Plugin.Name)
	if err == nil {
		_, err = fmt.Fprintln(out, "ready")
	}
	if err == nil {
		_, err = io.Copy(io.Discard, r)
	}
	closing, stop := context.WithTimeout(context.Background(), stopLimit)
	defer stop()
	return errors.Join(err, h.Close(closing))
}

// openKind has a host start a plugin.
func openKind(ctx context.Context, h *host.Host, kind host.Kind, name string) (err error) {
	switch kind {
	case host.Gateway:
		_, err = h.Gateway(ctx, name)
	case host.Store:
		_, err = h.Store(ctx, name)
	default:
		_, err = h.Court(ctx, name)
	}
	return err
}

func orphans(b *bench) {
	p := b.ready()
	b.works(p, "before stdin ends")
	children := descendants(p.pid)
	p.run.HangUp()
	b.over(p, "the end of stdin", children)
	if len(b.o.Helper) == 0 {
		leave(b.T, NotChecked, "it ended with stdin; no command was given to run a host that can be killed")
	}
	b.orphaned()
}

// orphaned kills a host, and looks for what it leaves behind.
func (b *bench) orphaned() {
	b.Helper()
	cmd := exec.Command(b.o.Helper[0], b.o.Helper[1:]...)
	in, err := cmd.StdinPipe()
	if err != nil {
		b.Fatalf("the helper host: %v", err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		b.Fatalf("the helper host: %v", err)
	}
	var said output
	errs, err := cmd.StderrPipe()
	if err != nil {
		b.Fatalf("the helper host: %v", err)
	}
	if err := cmd.Start(); err != nil {
		b.Fatalf("the helper host %v: %v", b.o.Helper, err)
	}
	go said.read(errs)
	b.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	config := b.config()
	plugin := b.entry(nil)
	if err := json.NewEncoder(in).Encode(order{Dir: b.folder, Run: b.run(), Plugin: plugin, Config: config}); err != nil {
		b.Fatalf("the helper host: %v", err)
	}
	ready := make(chan string, 1)
	go func() {
		line, _ := bufio.NewReader(out).ReadString('\n')
		ready <- line
	}()
	select {
	case line := <-ready:
		if line != "ready\n" {
			b.Fatalf("the helper host does not run the plugin: %s", said.String())
		}
	case <-time.After(2 * startLimit):
		b.Fatalf("the helper host does not come up: %s", said.String())
	}
	children := descendants(cmd.Process.Pid)
	if len(children) == 0 {
		leave(b.T, NotChecked, "this system does not show which processes another has started")
	}
	if err := cmd.Process.Kill(); err != nil {
		b.Fatalf("the helper host can't be killed: %v", err)
	}
	ctx, cancel := b.within(stopLimit)
	defer cancel()
	if !reach(ctx, func() bool { return len(living(children)) == 0 }) {
		b.Errorf("%v after its host was killed there still run %v", stopLimit, living(children))
		for _, c := range living(children) {
			c.kill()
		}
	}
}
