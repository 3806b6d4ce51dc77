package conformance

import (
	"context"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/protobuf/types/known/emptypb"

	"courts.example/eservices/plugins/internal/wire"
	basev1 "courts.example/eservices/plugins/proto/icms/plugin/base/v1"
)

// endRules are the rules about how a process ends.
func endRules() []rule {
	return []rule{
		{id: "A10", text: "it ends within 5 s when it is asked to, and leaves no child", test: ends},
		{id: "P1", text: "nobody without the host's certificate is served", test: strangers},
		{id: "P2", text: "it ends with its host, however that ends, and leaves no orphan", test: orphans},
		{id: "P3", text: "stdout holds the handshake and nothing else", test: quietOut},
		{id: "P5", text: "a host runs it by its manifest, and ends it in time", test: byManifest},
		{id: "P8", text: "Drain lets what runs end, and lets nothing in", test: drains},
	}
}

func ends(b *bench) {
	for what, ask := range map[string]func(p *process) error{
		"SIGTERM": terminate,
		"Shutdown": func(p *process) error {
			ctx, cancel := b.within(stopLimit)
			defer cancel()
			_ = p.conn.Invoke(ctx, "/plugin.GRPCController/Shutdown", &emptypb.Empty{}, &emptypb.Empty{}) // it may end before it answers
			return nil
		},
	} {
		p := b.ready()
		b.works(p, "before the end")
		children := descendants(p.pid)
		if err := ask(p); err != nil {
			leave(b, NotChecked, what+": "+err.Error())
		}
		b.over(p, what, children)
	}
}

// byManifest has a host copy, pin, start and end it.
func byManifest(b *bench) {
	h := b.open(b.T, b.config())
	ctx, cancel := b.within(startLimit)
	defer cancel()
	if err := openKind(ctx, h, b.o.Kind, b.info.name); err != nil {
		b.Fatalf("the host does not take the plugin: %v", err)
	}
	closing, stop := b.within(stopLimit)
	defer stop()
	if err := h.Close(closing); err != nil {
		b.Errorf("the host could not end it within %v: %v", stopLimit, err)
	}
}

// over makes sure that a process has ended in time, and that nothing is left of it.
func (b *bench) over(p *process, what string, children []child) {
	b.Helper()
	if !p.gone(stopLimit) {
		b.Errorf("%s after %s it still runs", stopLimit, what)
		return
	}
	ctx, cancel := b.within(stopLimit)
	defer cancel()
	if !reach(ctx, func() bool { return len(living(children)) == 0 }) {
		b.Errorf("after %s it has left the processes %v", what, living(children))
		for _, c := range living(children) {
			c.kill()
		}
	}
}

func quietOut(b *bench) {
	p := b.ready()
	b.works(p, "with stdout watched")
	b.lifeOf(p)
	p.run.HangUp()
	p.gone(stopLimit)
	if text := p.stdout.String(); text != "" {
		b.Errorf("after the handshake it wrote on stdout: %.400q", text)
	}
}

// lifeOf makes a few calls of every sort.
func (b *bench) lifeOf(p *process) {
	ctx, cancel := b.within(quietLimit)
	defer cancel()
	_, _ = base(p.conn).Health(ctx, &basev1.HealthRequest{})
	for name, request := range b.harmless() {
		_, _ = b.invoke(ctx, p.conn, name, request())
	}
	_, _ = send(ctx, p.conn, b.service()+"NoSuchMethod", nil)
}

func strangers(b *bench) {
	p := b.ready()
	stranger, err := newCertificate()
	if err != nil {
		b.Fatalf("no certificate: %v", err)
	}
	for what, dial := range map[string]func() error{
		"without a certificate":         func() error { return b.served(p.dial()) },
		"with a certificate of its own": func() error { return b.served(p.dial(stranger)) },
		"without TLS":                   func() error { return b.served(p.dialOpen()) },
	} {
		if dial() == nil {
			b.Errorf("a client %s is served", what)
		}
	}
	b.works(p, "after strangers")
}

func drains(b *bench) {
	p := b.ready()
	stalled := b.stall(p)
	done := make(chan error, 1)
	ctx, cancel := b.within(25 * time.Second)
	defer cancel()
	go func() {
		_, err := base(p.conn).Drain(ctx, &basev1.DrainRequest{Within: wire.Span(20 * time.Second)})
		done <- err
	}()
	if stalled != nil {
		refused := func() bool { return b.touchIn(p, time.Second) == codes.Unavailable }
		begun, stop := context.WithTimeout(b.ctx, 10*time.Second)
		defer stop()
		if !reach(begun, refused) {
			b.Errorf("while it drains it lets calls in: %v; must be refused with %v", b.touchIn(p, time.Second), codes.Unavailable)
		}
		select {
		case err := <-done:
			b.Errorf("Drain returned (%v) while a call ran", err)
			done <- err
		case <-time.After(slack):
		}
		if err := stalled(); err != nil {
			b.Errorf("what ran when it was drained did not end well: %v", err)
		}
	}
	if err := <-done; err != nil {
		b.Errorf("Drain: %v", err)
	}
	b.refused(p, codes.Unavailable, "a call after Drain")
}
