package conformance

import (
	"context"
	"courts.example/eservices/icms"
	"path/filepath"
	"time"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment"
	"courts.example/eservices/plugins/host"
)

// entry is the plugin as a manifest has it.
func (s *subject) entry(config []byte) host.Plugin {
	p := host.Plugin{
		Name: s.info.name, Kind: s.o.Kind, Version: s.info.version, Path: filepath.Base(s.copied), SHA256: s.digest,
		Entry: s.o.Entry, Args: s.o.Args, Config: config, Crashes: 1000, Concurrency: 256,
	}
	if s.interpreter != nil {
		p.Interpreter = &host.Interpreter{Path: s.interpreter.Path, SHA256: s.interpreter.SHA256}
	}
	return p
}

// run is where hosts of the subject keep their copies: in the run's folder; those of an interpreter where hosts keep them by themselves, for in
// the system's folder for temporary files no host runs a script.
func (s *subject) run() string {
	if s.interpreter != nil {
		return ""
	}
	return filepath.Join(s.folder, "h")
}

// open makes a host for one plugin. The case closes it.
func (s *subject) open(t T, config []byte) *host.Host {
	t.Helper()
	h, err := host.New(host.Options{
		Manifest: host.Manifest{Plugins: []host.Plugin{s.entry(config)}}, Dir: s.folder, Run: s.run(),
		Limits: host.Limits{Drain: time.Second, BackoffMin: time.Millisecond, BackoffMax: 10 * time.Millisecond, Queue: 4096},
	})
	if err != nil {
		t.Fatalf("the host: %v", err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), stopLimit)
		defer cancel()
		_ = h.Close(ctx)
	})
	return h
}

// hosted starts a process under a host and gives what it serves. A folder is started without a host, which would copy all of it for each of the many
// processes of a suite; P5 has a host run it.
func (s *subject) hosted(t T, config []byte) payment.Gateway {
	t.Helper()
	if s.home != "" {
		b := &bench{T: t, subject: s, ctx: context.Background()}
		p := s.start(t)
		if answer, err := b.configure(p, config); err != nil || len(answer.GetProblems()) > 0 {
			t.Fatalf("Configure: %v, %v%s", answer.GetProblems(), err, p.words())
		}
		return b.gateway(p)
	}
	return opened(t, s.open(t, config).Gateway, s)
}

func (s *subject) hostedStore(t T, config []byte) store.Store {
	t.Helper()
	return opened(t, s.open(t, config).Store, s)
}

func opened[P any](t T, open func(context.Context, string) (P, error), s *subject) P {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), startLimit)
	defer cancel()
	p, err := open(ctx, s.info.name)
	if err != nil {
		t.Fatalf("the host does not take the plugin: %v", err)
	}
	return p
}

func (s *subject) hostedCourt(t T, config []byte) icms.Court {
	t.Helper()
	return opened(t, s.open(t, config).Court, s)
}
