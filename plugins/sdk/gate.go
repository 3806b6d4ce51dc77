package sdk

import (
	"context"
	"strings"
	"sync"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

const (
	// ours are the methods of the contract; the others are go-plugin's.
	ours = "/icms.plugin."
	// ofBase are those of the base service, which answers at any time.
	ofBase = "/icms.plugin.base."
)

// gate lets calls of the kind's service in: none before the configuration, none after Drain. It counts those inside.
type gate struct {
	early map[string]bool

	mu         sync.Mutex
	configured bool
	closed     string // why nobody comes in any more; empty while it is open
	running    int
	idle       chan struct{} // closed when the gate is closed and nobody is inside
}

func newGate(early []string) *gate {
	g := &gate{early: map[string]bool{}, idle: make(chan struct{})}
	for _, m := range early {
		g.early[m] = true
	}
	return g
}

// guards reports whether a method passes the gate at all.
func guards(method string) bool {
	return strings.HasPrefix(method, ours) && !strings.HasPrefix(method, ofBase)
}

// enter lets a call in, or says with a status why not. Whoever entered leaves.
func (g *gate) enter(method string) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	switch {
	case g.closed != "":
		return status.Error(codes.Unavailable, g.closed)
	case !g.configured && !g.early[method]:
		return status.Error(codes.FailedPrecondition, "the plugin has no configuration yet: call Configure first")
	}
	g.running++
	return nil
}

func (g *gate) leave() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.running--
	g.wake()
}

// open says that there is a configuration.
func (g *gate) open() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.configured = true
}

// close lets nobody in from now on; the first reason stays.
func (g *gate) close(why string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closed == "" {
		g.closed = why
		g.wake()
	}
}

func (g *gate) wake() {
	if g.closed != "" && g.running == 0 {
		select {
		case <-g.idle:
		default:
			close(g.idle)
		}
	}
}

// wait returns when a closed gate has nobody inside, or with the context's error.
func (g *gate) wait(ctx context.Context) error {
	select {
	case <-g.idle:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// state says why calls are not welcome; empty when they are.
func (g *gate) state() string {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closed == "" && !g.configured {
		return "there is no configuration yet"
	}
	return g.closed
}
