package host

import (
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"slices"
	"time"

	"go.opentelemetry.io/otel/metric"
	metricnoop "go.opentelemetry.io/otel/metric/noop"
	"go.opentelemetry.io/otel/trace"
	tracenoop "go.opentelemetry.io/otel/trace/noop"
)

// Options say what a Host runs and within which bounds.
type Options struct {
	Manifest Manifest
	// Dir is the folder of plugins: the paths of the manifest lie below it.
	Dir string
	// Run is a folder of this user's for copies, sockets and temporary files of plugins; several hosts may share it. Its name must be short:
	// the name of a socket has about 100 bytes. Empty: "icms" in the user's folder for caches. What a host that was killed left there
	// goes away when the next one starts a plugin. For plugins with an interpreter nobody else may be able to write in any folder above it, as
	// everybody can in the system's for temporary files: there the interpreter would find code that nobody has checked.
	Run string
	// Logger takes the host's own log and those of the plugins; nil: none.
	Logger *slog.Logger
	// TracerProvider and MeterProvider take spans and metrics; nil: none.
	TracerProvider trace.TracerProvider
	MeterProvider  metric.MeterProvider
	// Limits bound what plugins may cost; the zero value has good ones.
	Limits Limits
	// Reattach is for authors who run their plugin under a debugger: by the name of a plugin, the line that it printed in debug mode. The host
	// connects to it without certificates, checks no digest, and does not end it.
	Reattach map[string]string
}

// Limits bound what plugins may cost. Zero fields have the defaults named.
type Limits struct {
	// Start bounds a start: copying, the handshake, Info and Configure; 10 s.
	Start time.Duration
	// Drain bounds how long calls may go on when a plugin is stopped, and then the plugin's own Drain; 10 s.
	Drain time.Duration
	// Exit bounds how long a process that was asked to end may take before it is killed; 2 s.
	Exit time.Duration
	// Health bounds a question for health; 1 s. A plugin that misses Misses in a row is killed; 3.
	Health time.Duration
	Misses int
	// BackoffMin is the pause after the second death in a row, doubled with each, up to BackoffMax; 500 ms, 30 s. The first start after a death
	// comes at once. A plugin that ran for longer than BackoffMax starts over.
	BackoffMin, BackoffMax time.Duration
	// Window is within which deaths count towards quarantine; 10 min.
	Window time.Duration
	// Queue is how many calls may wait for a place, for each plugin; 1024.
	Queue int
	// Stream bounds a whole stream; 10 min.
	Stream time.Duration
	// LogBurst lines of a plugin's log pass at once, and LogRate a second after them; 1000, 100.
	LogBurst, LogRate int
}

// The defaults of a plugin in a manifest.
const (
	defaultTimeout     = 30 * time.Second
	defaultConcurrency = 64
	defaultHealth      = 10 * time.Second
	defaultCrashes     = 5
)

// orDefault is v, or d where v is zero.
func orDefault[T comparable](v, d T) T {
	var zero T
	if v == zero {
		return d
	}
	return v
}

// withDefaults fills the zero fields.
func (l Limits) withDefaults() Limits {
	return Limits{
		Start: orDefault(l.Start, 10*time.Second), Drain: orDefault(l.Drain, 10*time.Second), Exit: orDefault(l.Exit, 2*time.Second),
		Health: orDefault(l.Health, time.Second), Misses: orDefault(l.Misses, 3),
		BackoffMin: orDefault(l.BackoffMin, 500*time.Millisecond), BackoffMax: orDefault(l.BackoffMax, 30*time.Second),
		Window: orDefault(l.Window, 10*time.Minute), Queue: orDefault(l.Queue, 1024), Stream: orDefault(l.Stream, 10*time.Minute),
		LogBurst: orDefault(l.LogBurst, 1000), LogRate: orDefault(l.LogRate, 100),
	}
}

// check refuses limits that bound nothing.
func (l Limits) check() error {
	for name, v := range map[string]int64{
		"Start": int64(l.Start), "Drain": int64(l.Drain), "Exit": int64(l.Exit), "Health": int64(l.Health), "Misses": int64(l.Misses),
		"BackoffMin": int64(l.BackoffMin), "BackoffMax": int64(l.BackoffMax), "Window": int64(l.Window), "Queue": int64(l.Queue),
		"Stream": int64(l.Stream), "LogBurst": int64(l.LogBurst), "LogRate": int64(l.LogRate),
	} {
		if v < 0 {
			return fmt.Errorf("host.Limits.%s is negative: leave it at 0 for the default", name)
		}
	}
	return nil
}

// withDefaults checks options and fills what is not set.
func (o Options) withDefaults() (Options, error) {
	if err := o.Limits.check(); err != nil {
		return o, err
	}
	if err := o.Manifest.Check(); err != nil {
		return o, err
	}
	if o.Dir == "" {
		return o, errors.New("host.Options.Dir is empty: name the folder of plugins")
	}
	for name := range o.Reattach {
		if !slices.ContainsFunc(o.Manifest.Plugins, func(p Plugin) bool { return p.Name == name }) {
			return o, fmt.Errorf("host.Options.Reattach names %q: name a plugin of the manifest", name)
		}
	}
	var err error
	if o.Dir, err = filepath.Abs(o.Dir); err != nil {
		return o, fmt.Errorf("host.Options.Dir: %w", err)
	}
	o.Limits = o.Limits.withDefaults()
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.TracerProvider == nil {
		o.TracerProvider = tracenoop.NewTracerProvider()
	}
	if o.MeterProvider == nil {
		o.MeterProvider = metricnoop.NewMeterProvider()
	}
	return o, nil
}

// withDefaults fills what the manifest leaves open.
func (p Plugin) withDefaults() Plugin {
	p.Timeout = orDefault(p.Timeout, Duration(defaultTimeout))
	p.Concurrency = orDefault(p.Concurrency, defaultConcurrency)
	p.Health = orDefault(p.Health, Duration(defaultHealth))
	p.Crashes = orDefault(p.Crashes, defaultCrashes)
	return p
}
