package host

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
)

// Host runs the plugins of a manifest. It is safe for concurrent use.
type Host struct {
	options Options
	run     runDir
	plugins map[string]*supervisor
	// cancel ends waits and starts; work counts the goroutines.
	cancel context.CancelFunc
	work   sync.WaitGroup
	closer sync.Once
	closed error
}

// New checks the options and gives a Host. It looks at no file and starts nothing; Close ends it.
func New(o Options) (*Host, error) {
	o, err := o.withDefaults()
	if err != nil {
		return nil, err
	}
	inst, err := newInstruments(o.TracerProvider, o.MeterProvider)
	if err != nil {
		return nil, fmt.Errorf("cannot make the metrics of plugins: %w", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	h := &Host{options: o, plugins: map[string]*supervisor{}, cancel: cancel, run: runDir{base: o.Run}}
	folders := new(atomic.Uint64)
	for _, p := range o.Manifest.Plugins {
		p = p.withDefaults()
		h.plugins[p.Name] = &supervisor{
			launcher: launcher{plugin: p, dir: o.Dir, run: &h.run, limits: o.Limits, reattach: o.Reattach[p.Name],
				log: o.Logger.With(slog.String("plugin", p.Name), slog.String("version", p.Version))},
			folders: folders, meters: inst.of(p), ctx: ctx, work: &h.work,
			slots: make(chan struct{}, p.Concurrency), changes: make(chan struct{}, max(p.Concurrency-1, 1)), state: Stopped,
		}
	}
	return h, nil
}

// open gives the connection of a plugin, with a process that is ready.
func (h *Host) open(ctx context.Context, name string, kind Kind) (*supervisor, error) {
	s := h.plugins[name]
	if s == nil || s.plugin.Kind != kind {
		return nil, &Error{Plugin: name, Doing: "open", Err: notSent{fmt.Errorf("%w of kind %s", ErrUnknownPlugin, kind)},
			Remedy: "name one of the manifest"}
	}
	if _, err := s.ready(ctx); err != nil {
		return nil, err
	}
	return s, nil
}

// Reset lets a plugin out of quarantine and forgets its deaths: the next call starts it, with its configuration as it is then. A plugin that
// runs is left alone.
func (h *Host) Reset(name string) error {
	s := h.plugins[name]
	if s == nil {
		return &Error{Plugin: name, Doing: "reset", Err: ErrUnknownPlugin, Remedy: "name one of the manifest"}
	}
	s.reset()
	return nil
}

// Close ends every plugin: no call is taken any more, those that run go on for as long as Limits.Drain and ctx allow, then the plugins are asked
// to end, and those that don't are killed. When it returns no process, goroutine or file of the host is left. The error is that of the ctx if
// calls were cut off. A second Close waits for the first.
func (h *Host) Close(ctx context.Context) error {
	h.closer.Do(func() {
		for _, s := range h.plugins {
			s.refuse()
		}
		h.cancel()
		var all sync.WaitGroup
		errs := make([]error, 0, len(h.plugins))
		var mu sync.Mutex
		for _, s := range h.plugins {
			all.Go(func() {
				err := s.close(ctx)
				mu.Lock()
				defer mu.Unlock()
				errs = append(errs, err)
			})
		}
		all.Wait()
		h.work.Wait()
		h.closed = errors.Join(append(errs, h.run.close())...)
	})
	return h.closed
}
