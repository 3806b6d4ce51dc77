package hcslog

import (
	"context"
	"io"
	"log"
	"log/slog"

	"github.com/hashicorp/go-hclog"
)

// Logger is an hclog.Logger over a slog.Logger, for what go-plugin itself has to say. All of it is for whoever looks for a mistake: errors that
// operators must see are the host's own, so that nothing is logged above Debug.
type Logger struct {
	hclog.Logger
	log *slog.Logger
}

// New gives a Logger. The methods that it does not have of its own do nothing.
func New(l *slog.Logger) hclog.Logger { return Logger{Logger: hclog.NewNullLogger(), log: l} }

// Log writes one entry.
func (l Logger) Log(level hclog.Level, msg string, args ...any) {
	at := slog.LevelDebug
	if level == hclog.Trace {
		at = LevelTrace
	}
	l.log.Log(context.Background(), at, msg, args...)
}

// Trace writes one entry, as the others do.
func (l Logger) Trace(msg string, args ...any) { l.Log(hclog.Trace, msg, args...) }

// Debug writes one entry.
func (l Logger) Debug(msg string, args ...any) { l.Log(hclog.Debug, msg, args...) }

// Info writes one entry.
func (l Logger) Info(msg string, args ...any) { l.Log(hclog.Info, msg, args...) }

// Warn writes one entry.
func (l Logger) Warn(msg string, args ...any) { l.Log(hclog.Warn, msg, args...) }

// Error writes one entry.
func (l Logger) Error(msg string, args ...any) { l.Log(hclog.Error, msg, args...) }

// IsTrace says whether anybody reads such entries.
func (l Logger) IsTrace() bool { return l.log.Enabled(context.Background(), LevelTrace) }

// With adds fields.
func (l Logger) With(args ...any) hclog.Logger {
	return Logger{Logger: l.Logger, log: l.log.With(args...)}
}

// Named and ResetNamed give the same logger: it carries the name of the plugin.
func (l Logger) Named(string) hclog.Logger { return l }

// ResetNamed gives the same logger.
func (l Logger) ResetNamed(string) hclog.Logger { return l }

// StandardWriter and StandardLogger lead nowhere: go-plugin's host uses neither.
func (l Logger) StandardWriter(*hclog.StandardLoggerOptions) io.Writer { return io.Discard }

// StandardLogger leads nowhere.
func (l Logger) StandardLogger(*hclog.StandardLoggerOptions) *log.Logger {
	return log.New(io.Discard, "", 0)
}
